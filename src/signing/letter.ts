/** A letter as far as signing needs to know it. */
import { type PartialDate, partialDateFromNumber } from "../foundation/partial-date.ts";
import type { Kind, State } from "../letters/letter.ts";
import type { LetterRow } from "./letter-store.ts";

export interface SignableLetter {
  readonly id: string;
  readonly slug: string;
  readonly kind: Kind;
  readonly state: State;
  readonly dated: PartialDate;
  /** The last day for signing (UTC), yyyy-mm-dd; null while none is set. */
  readonly closesOn: string | null;
  readonly closedAt: Date | null;
  /** The text that is signed. */
  readonly revision: number;
  /** In the reader's language where the letter has it, else in the original's. */
  readonly title: string;
  readonly titleLanguage: string;
  readonly originalLanguage: string;
  readonly people: number;
  readonly organisations: number;
  /** The publisher's name for its site. */
  readonly site: string;
}

/** Reads a letter from its row. */
export function signableLetter(row: LetterRow): SignableLetter {
  return {
    id: row.letter_id,
    slug: row.slug,
    kind: row.letter_kind,
    state: row.letter_state,
    dated: partialDateFromNumber(row.dated),
    closesOn: row.closes_on,
    closedAt: row.closed_at,
    revision: row.revision,
    title: row.title,
    titleLanguage: row.title_language,
    originalLanguage: row.original_language,
    people: row.people,
    organisations: row.organisations,
    site: row.site,
  };
}

/** Whether a letter takes signatures at an instant: up to the end of its last day, in UTC. */
export function isOpen(letter: Pick<SignableLetter, "state" | "closesOn">, now: Date): boolean {
  return (
    letter.state === "open" && (letter.closesOn === null || now.toISOString().slice(0, 10) <= letter.closesOn)
  );
}

/**
 * Whether who stands under a letter, or was asked by mail, may still have a say: as long as it takes signatures; and where
 * only those invited sign, for good, since it never closes.
 */
export function takesAnswers(letter: Pick<SignableLetter, "state" | "closesOn">, now: Date): boolean {
  return letter.state === "invited" || isOpen(letter, now);
}

/** The last day on which a letter could be signed; undefined where it was never open. */
export function lastDay(letter: Pick<SignableLetter, "closesOn" | "closedAt">): Date | undefined {
  const planned = letter.closesOn ? new Date(`${letter.closesOn}T00:00:00Z`) : undefined;
  if (planned && letter.closedAt) return planned < letter.closedAt ? planned : letter.closedAt;
  return planned ?? letter.closedAt ?? undefined;
}
