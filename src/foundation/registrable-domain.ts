/** Which domains belong to one owner: the suffix that anybody can register under decides (publicsuffix.org). */
import { getDomain } from "tldts";

/**
 * The registrable domain of a host: `law.example.ac.uk` → `example.ac.uk`. Suffixes of companies count as such, so
 * that two sites at one host of pages (`a.github.io`, `b.github.io`) are not each other's.
 * @param host in its ASCII form, lower case, as in EmailAddress.domain or URL.hostname
 * @returns undefined for a suffix itself, an IP address, or what is no host
 */
export function registrableDomain(host: string): string | undefined {
  return getDomain(host, { allowPrivateDomains: true }) ?? undefined;
}
