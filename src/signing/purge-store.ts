/** The SQL of what has had its time. */
import { sql } from "kysely";
import type { Transaction } from "../database/open.ts";
import type { ErasableSignature } from "./erase.ts";

/** The days that were promised when something began (retention.ts). */
const promised = (
  days: "pending_days" | "withdrawn_days",
  begun: "created_at" | "withdrawn_at" | "refused_at" | "decided_at",
) => sql`
  (select ${sql.ref(days)} from retention where since <= ${sql.ref(`s.${begun}`)} order by since desc limit 1)
    * interval '24 hours'`;

/**
 * The first signatures in a state that were kept as long as was promised and are not erased yet, held until the
 * transaction ends. A refusal can be undone as long as a withdrawal. One that somebody else holds just now has time
 * until tomorrow.
 */
export async function lockEnough(
  trx: Transaction,
  state: "withdrawn" | "refused",
  now: Date,
  limit: number,
): Promise<ErasableSignature[]> {
  const since = `${state}_at` as const;
  const { rows } = await sql<ErasableSignature>`
    select id, letter_id, show, accepted_at from signature s
    where state = ${sql.lit(state)} and erased_at is null
      and ${sql.ref(since)} + ${promised("withdrawn_days", since)} < ${now}
    order by ${sql.ref(since)} limit ${limit} for update skip locked`.execute(trx);
  return rows;
}

/**
 * What a decision says of those whom it was about goes once what was refused is erased: the sentence to them, and the
 * domain of their addresses, by which they were described. Of the domain stays that there was one. A decision that is
 * carried out still needs it; taking it back does not.
 */
export async function forgetWords(trx: Transaction, now: Date): Promise<void> {
  await sql`
    update decision s set note = null, condition = case when condition ->> 'domain' is null then condition
      else (condition::jsonb || '{"domain": null}')::json end
    where (note is not null or condition ->> 'domain' is not null) and finished_at is not null
      and decided_at + ${promised("withdrawn_days", "decided_at")} < ${now}`.execute(trx);
}

/**
 * Deletes the first pending signatures that nobody confirmed, as long as nobody else holds them. What lapses is counted
 * for the import by which it came.
 * @returns how many of each letter went
 */
export async function deletePendingEnough(
  trx: Transaction,
  now: Date,
  limit: number,
): Promise<{ letter_id: string; gone: number }[]> {
  const { rows } = await sql<{ letter_id: string; gone: number }>`
    with due as (
      select id from signature s where state = 'pending'
        and created_at + ${promised("pending_days", "created_at")} < ${now}
        and not exists (select from signature_token k
                        where k.signature_id = s.id and k.purpose = 'confirm' and k.expires_at > ${now})
      order by created_at limit ${limit} for update of s skip locked),
    gone as (
      delete from signature s using due where s.id = due.id returning s.letter_id, s.import_id),
    counted as (
      update signature_import i set pending = pending - g.n, lapsed = lapsed + g.n
      from (select import_id, count(*)::int as n from gone where import_id is not null group by import_id) g
      where i.id = g.import_id)
    select letter_id, count(*) as gone from gone group by letter_id order by letter_id`.execute(trx);
  return rows;
}

/** What has had its time. Returns how many rows went, of each kind. */
export async function deleteExpired(
  trx: Transaction,
  before: { readonly now: Date; readonly mail: Date },
): Promise<{ tokens: number; mail: number }> {
  const deleted = async (statement: ReturnType<typeof sql>): Promise<number> =>
    Number((await statement.execute(trx)).numAffectedRows ?? 0);
  return {
    tokens: await deleted(sql`
      delete from signature_token where purpose = 'access' and expires_at < ${before.now}`),
    mail: await deleted(sql`delete from mail_sent where at < ${before.mail}`),
  };
}
