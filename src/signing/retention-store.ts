/** The SQL of how long things are kept. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { Retention } from "./retention.ts";

/** What held at an instant; the latest where none is given. */
export function selectRetention(db: Queryable, instant?: Date): Promise<Retention | undefined> {
  const rows = db
    .selectFrom("retention")
    .select(["confirm_days as confirmDays", "pending_days as pendingDays", "withdrawn_days as withdrawnDays"])
    .orderBy("since", "desc")
    .limit(1);
  return (instant ? rows.where("since", "<=", instant) : rows).executeTakeFirst();
}

/** Lets nobody else set it until the transaction ends. */
export async function lockRetention(trx: Transaction): Promise<void> {
  await sql`lock table retention in share row exclusive mode`.execute(trx);
}

/** Adds what holds from an instant on. */
export async function insertRetention(trx: Transaction, since: Date, retention: Retention): Promise<void> {
  const row = {
    confirm_days: retention.confirmDays,
    pending_days: retention.pendingDays,
    withdrawn_days: retention.withdrawnDays,
  };
  await trx
    .insertInto("retention")
    .values({ since, ...row })
    .onConflict((conflict) => conflict.column("since").doUpdateSet(row))
    .execute();
}
