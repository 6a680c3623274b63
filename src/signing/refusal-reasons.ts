import type { Reason } from "../transparency/leaf.ts";

/** Why a signature is refused. The signatory is told in these words, with a sentence of the organisers' own if they like. */
const refusalReasons = [
  "not-real",
  "impersonation",
  "not-authorised",
  "duplicate",
  "abuse",
  "closed",
  "other",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Whether a word is one of them. */
export function isRefusalReason(word: string): word is RefusalReason {
  return refusalReasons.includes(word as RefusalReason);
}

/** What somebody of the desk may choose: that a letter has closed is said by itself. */
export const choosableReasons: readonly RefusalReason[] = refusalReasons.filter(
  (reason) => reason !== "closed",
);

/** Whether a word is a reason to choose. */
export function isChoosableReason(word: string | null | undefined): word is RefusalReason {
  return choosableReasons.includes(word as RefusalReason);
}

/** How the log gives the reason where what is refused stood under the letter before (transparency/leaf.ts). */
export function logReason(reason: RefusalReason): Reason {
  return reason === "duplicate" || reason === "impersonation" ? reason : "rule";
}
