/** The SQL of reminding those who are invited. */
import { type Insertable, sql } from "kysely";
import type { Schema, Transaction } from "../database/open.ts";
import { latestSignOns, signOnState } from "./circulation-store.ts";

export interface Unanswered {
  readonly id: string;
  readonly language: string;
}

/**
 * Who has not answered and was not reminded: invited before an instant, deliverable, neither signed (the latest words)
 * nor declined nor withdrawn. Held until the transaction ends.
 */
export async function selectUnanswered(
  trx: Transaction,
  letterId: string,
  reminder: { readonly deadline: Date; readonly days: number; readonly due: Date },
): Promise<Unanswered[]> {
  const { deadline, days, due } = reminder;
  const { rows } = await sql<Unanswered>`
    select i.id, i.language
    from invitee i left join (${latestSignOns(letterId)}) s on s.invitee_id = i.id
    where i.letter_id = ${letterId} and i.revoked_at is null and i.declined_at is null and i.email_sealed is not null
      and i.undeliverable_at is null and i.invited_at < ${due}
      and coalesce(${signOnState}, 'to-renew') in ('to-renew', 'not-met')
      and not exists (select from invitee_reminder r
        where r.invitee_id = i.id and r.deadline = ${deadline} and r.days = ${days})
    order by i.id for update of i`.execute(trx);
  return rows;
}

/** Notes who was reminded; at least one. */
export async function insertReminders(
  trx: Transaction,
  rows: readonly Insertable<Schema["invitee_reminder"]>[],
): Promise<void> {
  await trx.insertInto("invitee_reminder").values(rows).execute();
}
