import { type Problem, problem } from "./problem.ts";

/** The longest address that is kept, in characters. */
export const websiteMax = 500;

/**
 * Reads an organisation's web address as people write it, with or without https://.
 * @param text one line, without control characters
 * @returns an absolute http or https URL with a host name of at least two labels
 */
export function parseWebsite(text: string): string | Problem<"missing" | "too-long"> {
  const typed = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (/\s/.test(typed) || !URL.canParse(typed)) return problem("missing");
  const url = new URL(typed);
  const labels = url.hostname.replace(/\.$/, "").split(".");
  const named = labels.length > 1 && !labels.includes("") && !/^[0-9]+$/.test(labels.at(-1)!);
  const safe = /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (!named || !safe) return problem("missing");
  return url.href.length > websiteMax ? problem("too-long", { max: websiteMax }) : url.href;
}
