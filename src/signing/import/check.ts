/** What bringing a file in would do, and what cannot come in and why. Changes nothing. */
import { setImmediate as breathe } from "node:timers/promises";
import type { Queryable } from "../../database/open.ts";
import { suggestEmailAddress } from "../../foundation/email-address.ts";
import { fold } from "../../foundation/fold.ts";
import type { Keys } from "../../foundation/keys.ts";
import { findWatchedAmong } from "../watch-list.ts";
import { type BadRow, type Candidate, rowJudge } from "./judge-row.ts";
import { countKnownAddresses, selectNamesLike } from "./known-store.ts";
import type { Plan } from "./plan.ts";
import type { Table } from "./read-table.ts";

/** A row that says again what an earlier one says. */
export interface RepeatedRow {
  readonly row: number;
  readonly earlier: number;
}

/** Somebody who can come in, and by what another row would be the same. */
export interface Good extends Candidate {
  /** Of those who are asked the keyed hash of the address in Base64, else kind, name and affiliation as compared. */
  readonly key: string;
}

export interface Judged {
  /** Each once. */
  readonly good: readonly Good[];
  readonly bad: readonly BadRow[];
  readonly repeated: readonly RepeatedRow[];
  /** Rows of people who do not want to be named: they cannot be entered as reported. */
  readonly unnamed: readonly number[];
}

/** Judges all rows of a file, and lets others be served meanwhile. */
export async function judgeTable(keys: Keys, table: Table, plan: Plan, now: Date): Promise<Judged> {
  const judge = rowJudge(plan, table.headings.length, now);
  const good: Good[] = [];
  const bad: BadRow[] = [];
  const repeated: RepeatedRow[] = [];
  const unnamed: number[] = [];
  const seen = new Map<string, number>();
  for (const [index, row] of table.rows.entries()) {
    if (index % 250 === 249) await breathe();
    const judged = judge(row);
    if ("faults" in judged) {
      bad.push(judged);
      continue;
    }
    if (plan.mode === "report" && !judged.show) {
      unnamed.push(judged.row);
      continue;
    }
    const key = judged.email ? keys.addressHash(judged.email.canonical).toString("base64") : nameKey(judged);
    const earlier = seen.get(key);
    if (earlier !== undefined) repeated.push({ row: judged.row, earlier });
    else {
      seen.set(key, judged.row);
      good.push({ ...judged, key });
    }
  }
  return { good, bad, repeated, unnamed };
}

export interface Slip {
  readonly row: number;
  readonly address: string;
  /** The address that was probably meant. */
  readonly meant: string;
}

/**
 * Addresses that are most likely mistyped. They are only pointed out. Each domain is looked at once, for it takes a
 * while.
 */
export async function findSlips(good: readonly Candidate[]): Promise<Slip[]> {
  const right = new Set<string>();
  const slips: Slip[] = [];
  let looked = 0;
  for (const { row, email } of good) {
    if (!email || right.has(email.domain)) continue;
    if (++looked % 50 === 0) await breathe();
    const meant = suggestEmailAddress(email);
    if (meant === undefined) right.add(email.domain);
    else slips.push({ row, address: email.address, meant });
  }
  return slips;
}

export interface WatchedRow {
  readonly row: number;
  readonly name: string;
  readonly watched: string;
}

/**
 * Names that resemble watched ones. As reported they would be public at once, so they wait for somebody who lets them
 * in.
 */
export async function findWatchedRows(db: Queryable, good: readonly Good[]): Promise<WatchedRow[]> {
  const found = await findWatchedAmong(db, good, ({ name, affiliation, role, representative }) => [
    name,
    affiliation,
    role,
    representative,
  ]);
  return found.map(({ one: { row, name }, watched }) => ({ row, name, watched }));
}

/** By what two names are taken for one: people of one name may work in different places. */
function nameKey(one: {
  readonly kind: string;
  readonly name: string;
  readonly affiliation: string | null;
}): string {
  return [one.kind, fold(one.name), fold(one.affiliation ?? "")].join("\n");
}

/** How many are looked up at a time. */
const slice = 1_000;

/**
 * How many of them stand under the letter already, and would be left as they are. Of addresses no more than the number
 * is told: who has signed, or wants no mail, is not for the desk to find out by a list of addresses.
 */
export async function countKnown(
  db: Queryable,
  letterId: string,
  mode: Plan["mode"],
  good: readonly Good[],
): Promise<number> {
  if (mode === "report") return good.length - (await withoutKnownNames(db, letterId, good)).length;
  let known = 0;
  for (let at = 0; at < good.length; at += slice) {
    const hashes = good.slice(at, at + slice).map(({ key }) => Buffer.from(key, "base64"));
    known += await countKnownAddresses(db, letterId, hashes);
  }
  return known;
}

/** Those whose names are not on the letter's public lists, verified or reported. */
export async function withoutKnownNames(
  db: Queryable,
  letterId: string,
  good: readonly Good[],
): Promise<Good[]> {
  const fresh: Good[] = [];
  for (let at = 0; at < good.length; at += slice) {
    const some = good.slice(at, at + slice);
    const folded = some.map(({ key }) => key.split("\n")[1]!);
    const known = new Set((await selectNamesLike(db, letterId, [...new Set(folded)])).map(nameKey));
    fresh.push(...some.filter(({ key }) => !known.has(key)));
  }
  return fresh;
}
