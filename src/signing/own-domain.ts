import { isKnownDomain } from "../foundation/email-providers.ts";
import { registrableDomain } from "../foundation/registrable-domain.ts";

/**
 * Whether a mail address is at the domain of an organisation's website: both below one registrable domain, which is no
 * provider of mail boxes for everybody.
 * @param mailDomain in its ASCII form, lower case
 * @param website an absolute URL
 */
export function isAtOwnDomain(mailDomain: string, website: string | null): boolean {
  const own = registrableDomain(URL.parse(website ?? "")?.hostname ?? "");
  return own !== undefined && !isKnownDomain(own) && registrableDomain(mailDomain) === own;
}
