import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { recordAct } from "./act.ts";
import type { Session } from "./session.ts";
import { deleteOtherSessions, deleteSession } from "./session-store.ts";

/** Ends a session of one's own: this one, or that of another device. Once more does no harm. */
export function endSession(db: Database, clock: Clock, own: Session, id: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const device = await deleteSession(trx, own.account.id, id);
    if (device === undefined) return;
    await recordAct(trx, clock(), {
      actor: own.account,
      act: id === own.id ? "session.left" : "session.ended",
      before: { device },
    });
  });
}

/** Ends all sessions of one's own but this one. */
export function endOtherSessions(db: Database, clock: Clock, own: Session): Promise<void> {
  return inTransaction(db, async (trx) => {
    const devices = await deleteOtherSessions(trx, own.account.id, own.id);
    const now = clock();
    for (const device of devices)
      await recordAct(trx, now, { actor: own.account, act: "session.ended", before: { device } });
  });
}
