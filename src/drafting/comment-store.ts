/** The SQL of comments on drafts. */
import { type Insertable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";
import type { Comment } from "./comment.ts";

export type CommentRow = Comment & { readonly thread: string | null };

/** All comments on a letter's drafts, in the order in which they were written. */
export async function selectComments(db: Queryable, letterId: string): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`
    select c.id, c.thread, c.invitee_id as "inviteeId", c.account_id as "accountId",
      coalesce(i.name, a.name, '') as name, i.organisation, c.draft, c.language, c.paragraph, c.quote, c.body, c.at,
      c.resolved_at as "resolvedAt"
    from comment c left join invitee i on i.id = c.invitee_id left join account a on a.id = c.account_id
    where c.letter_id = ${letterId} order by c.place`.execute(db);
  return rows;
}

export async function insertComment(trx: Transaction, row: Insertable<Schema["comment"]>): Promise<void> {
  await trx.insertInto("comment").values(row).execute();
}

/** How many comments somebody invited has written, and how many of them since an instant. */
export async function countComments(
  trx: Transaction,
  inviteeId: string,
  since: Date,
): Promise<{ readonly all: number; readonly late: number }> {
  const { rows } = await sql<{ all: number; late: number }>`
    select count(*) as all, count(*) filter (where at > ${since}) as late
    from comment where invitee_id = ${inviteeId}`.execute(trx);
  return rows[0]!;
}

/** The comment that begins a thread, held until the transaction ends. */
export function lockThread(trx: Transaction, letterId: string, id: string) {
  return trx
    .selectFrom("comment")
    .select(["id", "invitee_id", "resolved_at", "language"])
    .where("letter_id", "=", letterId)
    .where("id", "=", id)
    .where("thread", "is", null)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateResolved(trx: Transaction, id: string, at: Date | null): Promise<void> {
  await trx.updateTable("comment").set({ resolved_at: at }).where("id", "=", id).execute();
}

export async function insertCommentChange(
  trx: Transaction,
  row: Insertable<Schema["comment_change"]>,
): Promise<void> {
  await trx.insertInto("comment_change").values(row).execute();
}

export interface Participant {
  readonly id: string;
  readonly toldAt: Date | null;
}

/** Who of those invited has written in a thread, and can be written to. */
export async function selectParticipants(trx: Transaction, thread: string): Promise<Participant[]> {
  const { rows } = await sql<Participant>`
    select distinct i.id, i.answers_told_at as "toldAt"
    from comment c join invitee i on i.id = c.invitee_id
    where (c.id = ${thread} or c.thread = ${thread}) and i.revoked_at is null and i.email_sealed is not null
      and i.undeliverable_at is null`.execute(trx);
  return rows;
}

/** For editors: how many open threads, in which one who is invited has the last word, each letter that circulates has. */
export async function selectUnansweredThreads(
  db: Queryable,
): Promise<{ readonly letterId: string; readonly count: number; readonly oldest: Date }[]> {
  const { rows } = await sql<{ letterId: string; count: number; oldest: Date }>`
    select c.letter_id as "letterId", count(*) as count, min(last.at) as oldest
    from comment c
      join circulation u on u.letter_id = c.letter_id and u.ended_at is null
      join draft d on d.letter_id = c.letter_id and d.discarded_at is null
      cross join lateral (select at, invitee_id from comment
        where id = c.id or thread = c.id order by place desc limit 1) last
    where c.thread is null and c.resolved_at is null and last.invitee_id is not null
    group by c.letter_id order by oldest`.execute(db);
  return rows;
}
