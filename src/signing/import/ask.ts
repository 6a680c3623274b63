/** Those who signed elsewhere are asked by mail whether they did: entered as pending at once, mailed a few at a time. */
import { setImmediate as breathe } from "node:timers/promises";
import type { Database, Queryable, Transaction } from "../../database/open.ts";
import { inTransaction } from "../../database/transaction.ts";
import type { Clock } from "../../foundation/clock.ts";
import { fold } from "../../foundation/fold.ts";
import type { Language } from "../../foundation/i18n.ts";
import { newId } from "../../foundation/ids.ts";
import type { Keys } from "../../foundation/keys.ts";
import { partialDateToNumber } from "../../foundation/partial-date.ts";
import { isProblem, type Problem, problem } from "../../foundation/problem.ts";
import { addJob } from "../../jobs/queue.ts";
import { holdText } from "../../letters/text-lock.ts";
import { queueMail } from "../../mail/outbox.ts";
import { countMove } from "../counts.ts";
import { findOpenLetterById } from "../find-letter.ts";
import { bulkPace, countOneMail, inboxOfSealed, mayMail } from "../limits.ts";
import { makeConfirmLink } from "../links.ts";
import { lockArrivals, lockInbox } from "../mail-store.ts";
import type { Good } from "./check.ts";
import { countAsked, insertImport, updateEntered } from "./import-store.ts";
import { selectKnownAddresses } from "./known-store.ts";
import {
  deleteWaiting,
  type ImportedSignature,
  insertImported,
  lockWaiting,
  postponeWaiting,
  selectDue,
  selectNextDue,
} from "./waiting-store.ts";

/** How many rows go into one statement. */
const batch = 1_000;

/** How long an inbox that has had enough mail is left alone, in milliseconds. */
const patience = 3_600_000;

/**
 * Enters pending signatures for those whose address is new under the letter, and queues the first mails.
 * @returns how many
 */
export async function enterPending(
  trx: Transaction,
  keys: Keys,
  clock: Clock,
  row: Omit<Parameters<typeof insertImport>[1], "entered" | "leftOut"> & { readonly rows: number },
  language: Language,
  candidates: readonly Good[],
): Promise<number | Problem<"letter-closed">> {
  const { rows, ...written } = row;
  // Nobody else enters an address under this letter meanwhile.
  await lockArrivals(trx, row.letterId);
  await holdText(trx, row.letterId);
  const letter = await findOpenLetterById(trx, clock, row.letterId, language);
  if (isProblem(letter)) return problem("letter-closed");
  await insertImport(trx, { ...written, entered: 0, leftOut: rows });
  const of = { importId: row.id, letterId: row.letterId, revision: letter.revision, language, at: row.at };
  let entered = 0;
  for (let at = 0; at < candidates.length; at += batch) {
    const some = candidates.slice(at, at + batch).map((one) => imported(keys, one));
    const known = await selectKnownAddresses(
      trx,
      row.letterId,
      some.map(({ emailHash }) => emailHash),
    );
    const taken = new Set(known.map((hash) => hash.toString("hex")));
    const fresh = some.filter(({ emailHash }) => !taken.has(emailHash.toString("hex")));
    if (fresh.length > 0) await insertImported(trx, of, fresh);
    entered += fresh.length;
    await breathe();
  }
  await updateEntered(trx, row.id, entered, rows - entered);
  await countMove(trx, row.letterId, undefined, "pending", entered);
  await askLater(trx, row.id);
  return entered;
}

/** Queues the next mails of an import. */
export async function askLater(db: Queryable, importId: string, runAt?: Date): Promise<void> {
  await addJob(
    db,
    "ask-imported",
    { importId },
    { key: `ask-imported ${importId}`, ...(runAt && { runAt }) },
  );
}

function imported(keys: Keys, { row: _, key, email, date, country, ...signed }: Good): ImportedSignature {
  return {
    ...signed,
    id: newId(),
    name_folded: fold(signed.name),
    country: country!,
    signed_elsewhere: date ? partialDateToNumber(date) : null,
    emailSealed: keys.seal(email!.address),
    emailHash: Buffer.from(key, "base64"),
  };
}

/**
 * Asks the next few of an import. Each mail is one transaction, so the work goes on where it was left.
 * @returns in how many milliseconds to go on; undefined when all have been asked, or the letter takes no signatures
 */
export async function askNext(
  db: Database,
  keys: Keys,
  clock: Clock,
  importId: string,
): Promise<number | undefined> {
  const due = await selectDue(db, importId, clock(), bulkPace.mails);
  const [first] = due;
  if (first && isProblem(await findOpenLetterById(db, clock, first.letterId, "en"))) return undefined;
  for (const one of due) await askOne(db, keys, clock, importId, one);
  const { next } = await selectNextDue(db, importId);
  return next ? Math.max(bulkPace.pause, next.getTime() - clock().getTime()) : undefined;
}

function askOne(
  db: Database,
  keys: Keys,
  clock: Clock,
  importId: string,
  { id, letterId, sealed }: { readonly id: string; readonly letterId: string; readonly sealed: Buffer },
): Promise<void> {
  const inbox = inboxOfSealed(keys, sealed);
  return inTransaction(db, async (trx) => {
    const now = clock();
    await lockInbox(trx, inbox);
    const waiting = await lockWaiting(trx, id);
    if (!waiting) return;
    if (!(await mayMail(trx, letterId, { inbox, emailHash: waiting.emailHash }, now)))
      return postponeWaiting(trx, id, new Date(now.getTime() + patience));
    const token = await makeConfirmLink(trx, id, now);
    await queueMail(trx, keys, { template: "confirm-import", about: id, language: waiting.language, token });
    await countOneMail(trx, letterId, inbox, now);
    await deleteWaiting(trx, id);
    await countAsked(trx, importId);
  });
}
