import { type Problem, problem } from "./problem.ts";

/** The longest address that is kept, in characters. */
export const websiteMax = 500;

/**
 * Names at the end that never lead to a website for everybody: of one machine or one house (RFC 6761 section 6.3, RFC 6762
 * section 3, RFC 8375, ICANN resolution 2024.07.29.06), for tests and as no name at all (RFC 6761 sections 6.2 and 6.4,
 * RFC 9476), and of the network's own addresses (RFC 3172). Not .example, which is for all that is written about, and not
 * .onion, where organisations do have websites.
 */
const nobodys: readonly string[] = ["localhost", "local", "internal", "test", "invalid", "alt", "arpa"];

/**
 * Reads an organisation's web address as people write it, with or without https://.
 * @param text one line, without control characters
 * @returns an absolute http or https URL with a host name of at least two labels that could be a website's for everybody
 */
export function parseWebsite(text: string): string | Problem<"missing" | "too-long"> {
  const typed = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (/\s/.test(typed) || !URL.canParse(typed)) return problem("missing");
  const url = new URL(typed);
  const labels = url.hostname.replace(/\.$/, "").split(".");
  const top = labels.at(-1)!;
  const named = labels.length > 1 && !labels.includes("") && !/^[0-9]+$/.test(top) && !nobodys.includes(top);
  const safe = /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (!named || !safe) return problem("missing");
  return url.href.length > websiteMax ? problem("too-long", { max: websiteMax }) : url.href;
}
