/** What a reader asks to have checked. Pure; runs on the server and in browsers. */
import { type Problem, problem } from "../../foundation/problem.ts";
import type { Trust } from "../../transparency/checkpoint.ts";
import type { Sha256 } from "../../transparency/sha256.ts";
import { cosignatureType, parseVerifierKey, type VerifierKey } from "../../transparency/verifier-key.ts";

/** The longest text that is looked at: far longer than any receipt. */
export const longestAsked = 400_000;

/**
 * A text that was given as a receipt.
 * @returns why it is none at all. One that is broken or cut off is a receipt still, and the checks say what is wrong
 */
export function asReceipt(
  text: string,
): string | Problem<"receipt-nothing" | "receipt-none" | "receipt-large"> {
  if (text.trim() === "") return problem("receipt-nothing");
  if (text.length > longestAsked) return problem("receipt-large");
  return /"undersigned-receipt"/.test(text) ? text : problem("receipt-none");
}

/** Witnesses that a reader asks for, as they were given. */
export interface GivenWitnesses {
  /** Keys of the site's own choice that were ticked. */
  readonly named: readonly string[];
  /** Keys, one a line. */
  readonly keys: string;
  readonly quorum: string;
}

/** Whom a reader asks for, and how many of them must have cosigned; at least one. */
export type AskedWitnesses = Pick<Trust, "witnesses" | "quorum">;

/** What a form says of witnesses. */
export function givenWitnesses(form: Pick<URLSearchParams, "get" | "getAll">): GivenWitnesses {
  const text = (name: string) => form.get(name) ?? "";
  return { named: form.getAll("named"), keys: text("witnesses"), quorum: text("quorum").trim() };
}

/** The witnesses that a reader asks for; nothing where none are asked for. */
export function asWitnesses(
  sha256: Sha256,
  { named, keys, quorum }: GivenWitnesses,
): AskedWitnesses | undefined | Problem<"witness-none" | "witness-nothing" | "quorum-wrong"> {
  const lines = [...named, ...keys.split(/[\r\n]+/)].map((line) => line.trim()).filter(Boolean);
  if (lines.length === 0) return quorum === "" ? undefined : problem("witness-nothing");
  const witnesses: VerifierKey[] = [];
  for (const line of new Set(lines)) {
    const key = parseVerifierKey(sha256, line);
    if ("problem" in key || key.type !== cosignatureType) return problem("witness-none");
    witnesses.push(key);
  }
  // One key under two names is one witness.
  const count = new Set(witnesses.map(({ publicKey }) => publicKey.join())).size;
  const wanted = quorum === "" ? count : Number(quorum);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > count) return problem("quorum-wrong");
  return { witnesses, quorum: wanted };
}

/**
 * The slug of a letter that was named by its address or by the slug itself.
 * @param hosts this site's, as it is configured and as it was reached
 */
export function asSlug(
  text: string,
  hosts: readonly string[],
): string | Problem<"letter-nothing" | "letter-unknown" | "letter-elsewhere"> {
  const given = text.trim();
  if (given === "") return problem("letter-nothing");
  if (/^[a-z0-9-]{1,200}$/.test(given)) return given;
  const url = parseAddress(given, hosts[0]!);
  const slug = /^\/letters\/([a-z0-9-]{1,200})(?:[/.]|$)/.exec(url?.pathname ?? "")?.[1];
  if (!url || !slug) return problem("letter-unknown");
  return hosts.includes(url.host) ? slug : problem("letter-elsewhere");
}

/** An address with its scheme, without it, or a path of this site. */
function parseAddress(text: string, host: string): URL | undefined {
  const address = text.startsWith("/") ? host + text : text;
  try {
    return new URL(/^https?:\/\//i.test(address) ? address : `https://${address}`);
  } catch {
    return undefined;
  }
}
