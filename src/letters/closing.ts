/** Ending the signing of a letter: at a last day that readers are shown, or by hand. */
import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { closeLetter } from "./close.ts";
import { selectClosing, updateClosesOn } from "./letter-store.ts";
import { takeText } from "./text-lock.ts";
import { touchSite } from "./touch.ts";

export type ClosingRefusal = "not-open" | "day-past";

/**
 * Sets, moves or takes away the last day on which a letter can be signed.
 * @param closesOn yyyy-mm-dd, to the end of which (UTC) it can be signed; null for no such day
 * @returns a problem where the letter is not open, or no longer; or where the day lies behind
 */
export function setClosingDay(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
  closesOn: string | null,
): Promise<undefined | Problem<ClosingRefusal>> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    const letter = await openLetter(trx, letterId, now);
    if (!letter) return problem("not-open");
    if (closesOn !== null && closesOn < today(now)) return problem("day-past");
    if (closesOn === letter.closesOn) return undefined;
    await updateClosesOn(trx, letterId, closesOn);
    await touchSite(trx);
    await recordAct(trx, now, {
      actor,
      act: "letter.closing",
      subject: { id: letterId, name: letter.title },
      letterId,
      before: { closes: letter.closesOn },
      after: { closes: closesOn },
    });
    return undefined;
  });
}

/** Closes a letter now. That is final: the log takes no further signature of it, and no other text. */
export function closeNow(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
): Promise<undefined | Problem<"not-open">> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    const letter = await openLetter(trx, letterId, now);
    if (!letter) return problem("not-open");
    await closeLetter(trx, letterId, now);
    await touchSite(trx);
    await recordAct(trx, now, {
      actor,
      act: "letter.close",
      subject: { id: letterId, name: letter.title },
      letterId,
    });
    return undefined;
  });
}

/** Held until the transaction ends. One whose last day has passed is as good as closed: at midnight it will be. */
async function openLetter(trx: Transaction, letterId: string, now: Date) {
  await takeText(trx, letterId);
  const letter = await selectClosing(trx, letterId);
  const open = letter?.state === "open" && (letter.closesOn === null || letter.closesOn >= today(now));
  return open ? letter : undefined;
}

function today(now: Date): string {
  return now.toISOString().slice(0, 10);
}
