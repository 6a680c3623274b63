/** Correcting a public letter: never the text under which a name stands, always with a note to readers. */
import type { Queryable, Transaction } from "../database/open.ts";
import { isProblem, type Problem } from "../foundation/problem.ts";
import { type Correction, insertCorrection, selectCorrections } from "./correction-store.ts";
import { replaceFacts, replaceReported, updateSummaries } from "./facts-store.ts";
import { indexLetter } from "./index-letter.ts";
import type { LetterFacts, ReportedSignatories, TextInput } from "./record-letter.ts";
import { type ReviseRefusal, revise } from "./revise.ts";
import { takeText } from "./text-lock.ts";
import { touchSite } from "./touch.ts";

export type { Correction };

/** What of a letter can be corrected without a new text to sign. Its summary is not part of what is signed. */
export const correctable = [
  "summary",
  "kind",
  "role",
  "date",
  "addressees",
  "initiators",
  "topics",
  "places",
  "measure",
  "stance",
  "reported",
] as const;
export type Correctable = (typeof correctable)[number];

export interface CorrectionInput {
  /** What was corrected and why, for readers; in the language of the letter's original. */
  readonly note: string;
  /** Which of the following differ from what is public. */
  readonly changed: readonly Correctable[];
  /** The whole revision in all its languages, where title or text change: a new one, which is signed from now on. */
  readonly texts?: readonly TextInput[];
  readonly facts?: LetterFacts;
  /** By language. */
  readonly summaries?: Readonly<Record<string, string>>;
  readonly reported?: ReportedSignatories;
}

/**
 * Corrects a public letter; nothing is written where it is refused.
 * @param by an account
 * @returns the new revision, or null where the text to be signed stays the same
 */
export async function correctLetter(
  trx: Transaction,
  at: Date,
  by: string,
  letterId: string,
  { note, changed, texts, facts, summaries, reported }: CorrectionInput,
): Promise<{ readonly revision: number | null } | Problem<ReviseRefusal>> {
  await takeText(trx, letterId);
  const revised = texts && (await revise(trx, at, letterId, texts));
  if (isProblem(revised)) return revised;
  if (facts) await replaceFacts(trx, letterId, facts);
  if (summaries) await updateSummaries(trx, letterId, summaries);
  if (reported) await replaceReported(trx, letterId, reported);
  const revision = revised?.revision ?? null;
  await insertCorrection(trx, { letterId, at, revision, note, changed, by });
  await indexLetter(trx, letterId);
  await touchSite(trx);
  return { revision };
}

/** What was corrected in a letter since it became public, the latest first. */
export function listCorrections(db: Queryable, letterId: string): Promise<Correction[]> {
  return selectCorrections(db, letterId);
}
