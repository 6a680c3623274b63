/**
 * A letter's counts are kept, not counted: changed in the transaction that changes a signature. The row of the letter
 * is locked until that transaction ends, so it is written as late as can be.
 */
import type { Queryable, Transaction } from "../database/open.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import type { SignatureState } from "./signature.ts";
import {
  addToDeskTally,
  addToTally,
  selectDeskTally,
  subtractFromTally,
  type TallyChange,
} from "./tally-store.ts";

/** Of a signature, what is counted. */
export interface Countable {
  readonly kind: SignatoryKind;
  readonly show: boolean;
  readonly country: string | null;
  /** When it was accepted: it counts on that day (UTC). */
  readonly accepted_at: Date | null;
  /** The text that it is under. */
  readonly revision: number;
}

/** Counts signatures of a letter in (1) or out (-1), and marks its pages as changed. */
export async function countSignatures(
  trx: Transaction,
  letterId: string,
  signatures: readonly Countable[],
  by: 1 | -1,
): Promise<void> {
  if (signatures.length === 0) return;
  const change = {
    all: numbersOf(signatures),
    days: grouped(signatures, ({ accepted_at }) => accepted_at!.toISOString().slice(0, 10)),
    countries: grouped(signatures, ({ country }) => country!),
    revisions: grouped(
      signatures.filter(({ revision }) => revision > 1),
      ({ revision }) => String(revision),
    ),
  };
  await (by === 1 ? addToTally : subtractFromTally)(trx, letterId, change);
}

function grouped(
  signatures: readonly Countable[],
  key: (signature: Countable) => string,
): TallyChange["days"] {
  return Array.from(Map.groupBy(signatures, key), ([name, those]) => ({ key: name, ...numbersOf(those) }));
}

function numbersOf(signatures: readonly Countable[]): TallyChange["all"] {
  const people = signatures.filter(({ kind }) => kind === "person").length;
  return {
    people,
    organisations: signatures.length - people,
    unnamed: signatures.filter(({ show }) => !show).length,
  };
}

/** How many signatures of a letter are in the states that readers do not see. */
export type DeskCounts = Readonly<Record<Exclude<SignatureState, "accepted">, number>>;

/**
 * Counts that some signatures have come into another state, for the desk; what readers see is not touched. Its row is
 * locked until the transaction ends, before the tally's; each connection has its own.
 * @param from undefined for signatures that are new
 * @param to undefined for signatures that are deleted
 */
export async function countMove(
  trx: Transaction,
  letterId: string,
  from: SignatureState | undefined,
  to: SignatureState | undefined,
  by = 1,
): Promise<void> {
  if (from === to || by === 0) return;
  const change = { pending: 0, held: 0, refused: 0, withdrawn: 0 };
  if (from && from !== "accepted") change[from] -= by;
  if (to && to !== "accepted") change[to] += by;
  await addToDeskTally(trx, letterId, change);
}

/** The counts that only the desk sees. */
export function findDeskCounts(db: Queryable, letterId: string): Promise<DeskCounts> {
  return selectDeskTally(db, letterId);
}
