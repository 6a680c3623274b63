/** The SQL of requests to those who signed an earlier text. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

/** Notes a request about a letter's newest text. What is left of earlier ones goes over to it. */
export async function insertRequest(
  trx: Transaction,
  { letterId, revision, at }: { readonly letterId: string; readonly revision: number; readonly at: Date },
): Promise<void> {
  await trx
    .updateTable("text_request")
    .set({ ended_at: at, reached: null, reached_at: null })
    .where("letter_id", "=", letterId)
    .where("ended_at", "is", null)
    .execute();
  await trx.insertInto("text_request").values({ letter_id: letterId, revision, at }).execute();
}

export interface OpenRequest {
  readonly letter_id: string;
  readonly revision: number;
  readonly reached: string | null;
}

/** The request of a letter that is not at its end, held until the transaction ends. */
export function lockRequest(trx: Transaction, letterId: string): Promise<OpenRequest | undefined> {
  return trx
    .selectFrom("text_request")
    .select(["letter_id", "revision", "reached"])
    .where("letter_id", "=", letterId)
    .where("ended_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
}

/**
 * The next signature under an earlier text than the one that a request is about, whose address can be written to. The
 * newest come first.
 */
export async function selectNextToAsk(
  db: Queryable,
  { letter_id, revision, reached }: OpenRequest,
): Promise<{ readonly id: string; readonly language: string } | undefined> {
  const { rows } = await sql<{ id: string; language: string }>`
    select id, language from signature s
    where letter_id = ${letter_id} and state = 'accepted' and revision < ${revision} and undeliverable_at is null
      and not exists (select from mail_block b where b.letter_id = s.letter_id and b.email_hash = s.email_hash)
      ${
        reached === null
          ? sql``
          : sql`and (created_at, id) < (
        select reached_at, reached from text_request where letter_id = ${letter_id} and revision = ${revision})`
      }
    order by created_at desc, id desc limit 1`.execute(db);
  return rows[0];
}

/** Notes that a signature's owner was written to. */
export async function noteAsked(trx: Transaction, request: OpenRequest, signatureId: string): Promise<void> {
  await sql`update text_request set asked = asked + 1, reached = ${signatureId},
      reached_at = (select created_at from signature where id = ${signatureId})
    where letter_id = ${request.letter_id} and revision = ${request.revision}`.execute(trx);
}

/** Notes that nobody is left to be written to. */
export async function endRequest(trx: Transaction, request: OpenRequest, at: Date): Promise<void> {
  await trx
    .updateTable("text_request")
    .set({ ended_at: at, reached: null, reached_at: null })
    .where("letter_id", "=", request.letter_id)
    .where("revision", "=", request.revision)
    .execute();
}

/** Whether there was a request about a letter's text after an instant. */
export async function hasLaterRequest(db: Queryable, letterId: string, since: Date): Promise<boolean> {
  const { rows } =
    await sql`select from text_request where letter_id = ${letterId} and at > ${since} limit 1`.execute(db);
  return rows.length > 0;
}

/** A text of a letter, as the desk sees it. */
export interface TextRow {
  readonly revision: number;
  readonly publishedAt: Date;
  /** How many signatures are under it. */
  readonly signed: number;
  /** How many who signed earlier ones have been asked about it; null where nobody was to be. */
  readonly asked: number | null;
  /** Whether some have yet to be written to. */
  readonly asking: boolean;
}

/** A letter's texts, the latest first. Counts are kept; those under the first text are what the others leave. */
export async function selectTextRows(db: Queryable, letterId: string): Promise<TextRow[]> {
  const { rows } = await sql<TextRow>`
    select r.number as revision, r.created_at as "publishedAt", q.asked,
      coalesce(q.letter_id is not null and q.ended_at is null, false) as asking,
      case r.number when 1 then n.people + n.organisations - (
        select coalesce(sum(people + organisations), 0)::bigint from tally_revision where letter_id = r.letter_id)
      else coalesce(v.people + v.organisations, 0) end as signed
    from revision r
    join tally n on n.letter_id = r.letter_id
    left join tally_revision v on v.letter_id = r.letter_id and v.revision = r.number
    left join text_request q on q.letter_id = r.letter_id and q.revision = r.number
    where r.letter_id = ${letterId} order by r.number desc`.execute(db);
  return rows;
}

/** How many signatures stand under a letter whose addresses can be written to. */
export async function selectReachable(db: Queryable, letterId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select people + organisations - (select count(*) from signature s
      where letter_id = ${letterId} and state = 'accepted' and (undeliverable_at is not null
        or exists (select from mail_block b where b.letter_id = s.letter_id and b.email_hash = s.email_hash))) as n
    from tally where letter_id = ${letterId}`.execute(db);
  return rows[0]?.n ?? 0;
}
