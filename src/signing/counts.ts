/**
 * A letter's counts are kept, not counted: changed in the transaction that changes a signature. The row of the letter
 * is locked until that transaction ends, so it is written as late as can be.
 */
import type { Queryable, Transaction } from "../database/open.ts";
import type { SignatureKind } from "./signature.ts";
import { addToTally, countAccepted } from "./tally-store.ts";

export interface Counts {
  readonly people: number;
  readonly organisations: number;
  /** Of these, how many are not named. */
  readonly unnamed: number;
}

/** Counts a signature in (1) or out (-1), and marks its letter's pages as changed. */
export async function count(
  trx: Transaction,
  letterId: string,
  signature: { readonly kind: SignatureKind; readonly show: boolean },
  by: 1 | -1,
): Promise<void> {
  await addToTally(trx, letterId, {
    people: signature.kind === "person" ? by : 0,
    organisations: signature.kind === "organisation" ? by : 0,
    unnamed: signature.show ? 0 : by,
  });
}

/** Counts a letter's signatures anew, one by one. For checks: what is kept must always equal it. */
export function recount(db: Queryable, letterId: string): Promise<Counts> {
  return countAccepted(db, letterId);
}
