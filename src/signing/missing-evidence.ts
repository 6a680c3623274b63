/**
 * Organisations that stand on nothing but a confirmed address. What is asked here costs the same for any number of
 * signatures.
 */
import type { Queryable } from "../database/open.ts";
import { countWithoutEvidence, selectWithoutEvidence } from "./missing-evidence-store.ts";

export interface WithoutEvidence {
  readonly id: string;
  readonly letterId: string;
  readonly name: string;
  /** The letter's, in the reader's language where it has one. */
  readonly title: string;
  readonly titleLanguage: string;
  readonly acceptedAt: Date;
}

/** How far is counted, under one letter. */
export const countedAtMost = 1_000;

/** How many are listed; the newest of each letter first. */
const listed = 100;

/** How many there are under a letter; no more than `countedAtMost` are counted. */
export async function countOrganisationsWithoutEvidence(db: Queryable, letterId: string): Promise<number> {
  return countWithoutEvidence(db, countedAtMost, letterId);
}

/** How many there are under all open letters; of each no more than `countedAtMost` are counted. */
export function countMissingEvidence(db: Queryable): Promise<number> {
  return countWithoutEvidence(db, countedAtMost);
}

/** Those under open letters. */
export function listOrganisationsWithoutEvidence(
  db: Queryable,
  language: string,
): Promise<WithoutEvidence[]> {
  return selectWithoutEvidence(db, language, listed);
}
