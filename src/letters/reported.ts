/** Names reported elsewhere that are added to a letter, and taken from it again, as one act. */
import type { Transaction } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import { type PartialDate, partialDateToNumber } from "../foundation/partial-date.ts";
import { indexLetter } from "./index-letter.ts";
import type { SignatoryKind } from "./letter.ts";
import {
  addToReported,
  countReportedAnew,
  deleteReported,
  insertReportedNames,
  lastReported,
} from "./reported-store.ts";

export interface ReportedName {
  readonly kind: SignatoryKind;
  readonly name: string;
  /** Of a person. */
  readonly affiliation: string | null;
  /** Of a person. */
  readonly role: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** When it was signed elsewhere. */
  readonly date: PartialDate | null;
}

/** Adds names behind those that stand there, in their order; no look for doubles is taken. */
export async function addReportedNames(
  trx: Transaction,
  letterId: string,
  importId: string,
  names: readonly ReportedName[],
): Promise<void> {
  const last = await lastReported(trx, letterId);
  const rows = names.map(({ kind, name, affiliation, role, country, date }, index) => ({
    kind,
    name,
    affiliation,
    role,
    country,
    letter_id: letterId,
    import_id: importId,
    position: last + index + 1,
    name_folded: fold(name),
    signed_elsewhere: date ? partialDateToNumber(date) : null,
  }));
  await insertReportedNames(trx, rows);
  await addToReported(trx, letterId, rows.length);
  await indexLetter(trx, letterId);
}

/** Takes the names of an import away. @returns how many there were */
export async function removeReportedNames(
  trx: Transaction,
  letterId: string,
  importId: string,
): Promise<number> {
  // The letter's count is held first, as when names are added.
  await lastReported(trx, letterId);
  const removed = await deleteReported(trx, importId);
  await addToReported(trx, letterId, -removed);
  await indexLetter(trx, letterId);
  return removed;
}

/** Counts a letter's reported names anew, for checks. @returns whether the kept count was wrong; it is put right */
export function recountReported(trx: Transaction, letterId: string): Promise<boolean> {
  return countReportedAnew(trx, letterId);
}
