/** The domain by which a website is called, and what is part of it. Pure. */
import { isIP } from "node:net";

/**
 * The domain by which a website is called: its host without a www. in front; undefined where it has none of its own.
 * @param website an absolute URL
 * @returns lower case, in its ASCII form, at least two labels
 */
export function websiteDomain(website: string): string | undefined {
  const host = URL.parse(website)?.hostname.replace(/\.$/, "") ?? "";
  const domain = host.replace(/^www\.(?=[^.]+\.)/, "");
  const labels = domain.split(".");
  const named = labels.length > 1 && labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label));
  return named && isIP(domain) === 0 && domain.length <= 240 ? domain : undefined;
}

/** Whether a host is a domain or a part of it. */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
