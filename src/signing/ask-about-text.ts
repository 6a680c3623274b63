/**
 * The desk has found a change of the text to be material: whoever signed an earlier one is asked by mail whether they
 * sign the new one too (sign-new-text.ts). No limit on mail holds this back; it is once for a text, and a person of the
 * desk decided it.
 */
import type { Database, Queryable, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { addJob } from "../jobs/queue.ts";
import { queueMail } from "../mail/outbox.ts";
import { takesAnswers } from "./letter.ts";
import { selectLetterById } from "./letter-store.ts";
import { bulkPace } from "./limits.ts";
import { makeAccessLink } from "./links.ts";
import {
  endRequest,
  insertRequest,
  lockRequest,
  noteAsked,
  selectNextToAsk,
  selectReachable,
  selectTextRows,
  type TextRow,
} from "./text-request-store.ts";

export type { TextRow };

/**
 * Keeps the request that is at work still, for whoever is about to change the text and ask about the new one. Before the
 * text is taken: the work holds the request while it waits for a signature.
 */
export async function holdRequest(trx: Transaction, letterId: string): Promise<void> {
  await lockRequest(trx, letterId);
}

/** Has all asked who signed an earlier text than this one, which has just become the latest. The request is held (holdRequest). */
export async function askAboutText(
  trx: Transaction,
  letterId: string,
  revision: number,
  at: Date,
): Promise<void> {
  await insertRequest(trx, { letterId, revision, at });
  await askSignatoriesLater(trx, letterId);
}

/** Queues the next mails to a letter's signatories. */
export async function askSignatoriesLater(db: Queryable, letterId: string, runAt?: Date): Promise<void> {
  const key = `ask-signatories ${letterId}`;
  await addJob(db, "ask-signatories", { letterId }, { key, ...(runAt && { runAt }) });
}

/**
 * Asks the next few. Each mail is one transaction with its place among them, so the work goes on where it was left, and
 * nobody is asked twice.
 * @returns in how many milliseconds to go on; undefined when all have been asked
 */
export async function askNextSignatories(
  db: Database,
  keys: Keys,
  clock: Clock,
  letterId: string,
  atOnce: number = bulkPace.mails,
): Promise<number | undefined> {
  for (let mails = 0; mails < atOnce; mails++)
    if (!(await askOne(db, keys, clock, letterId))) return undefined;
  return bulkPace.pause;
}

/** @returns whether there may be more */
function askOne(db: Database, keys: Keys, clock: Clock, letterId: string): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const request = await lockRequest(trx, letterId);
    if (!request) return false;
    const letter = await selectLetterById(trx, letterId, "en");
    const open = letter && takesAnswers({ state: letter.letter_state, closesOn: letter.closes_on }, clock());
    const next = open ? await selectNextToAsk(trx, request) : undefined;
    if (!next) {
      await endRequest(trx, request, clock());
      return false;
    }
    const { id, language } = next;
    const token = await makeAccessLink(trx, id, clock());
    await queueMail(trx, keys, { template: "new-text", about: id, language, token });
    await noteAsked(trx, request, id);
    return true;
  });
}

/** A letter's texts, with how many stand under each and how many were asked about it; the latest first. */
export function listTexts(db: Queryable, letterId: string): Promise<TextRow[]> {
  return selectTextRows(db, letterId);
}

/** How many would be written to about a new text. */
export function countReachable(db: Queryable, letterId: string): Promise<number> {
  return selectReachable(db, letterId);
}
