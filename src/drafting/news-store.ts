/** The SQL of what those invited do in a circulation, of who follows it, and of the mails that tell it. */
import { type Insertable, type Selectable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";
import type { Follower, NewsEvent } from "./news.ts";

export async function insertEvent(
  trx: Transaction,
  row: Omit<Insertable<Schema["circulation_event"]>, "place">,
): Promise<void> {
  await trx.insertInto("circulation_event").values(row).execute();
}

/** What was done at a letter after a place, up to another, in order. */
export async function selectEvents(
  db: Queryable,
  letterId: string,
  after: number,
  last: number,
): Promise<NewsEvent[]> {
  const { rows } = await sql<NewsEvent>`
    select e.invitee_id as "inviteeId", i.name, i.organisation, e.kind
    from circulation_event e join invitee i on i.id = e.invitee_id
    where e.letter_id = ${letterId} and e.place > ${after} and e.place <= ${last} order by e.place`.execute(
    db,
  );
  return rows;
}

const lastPlace = (letterId: string) =>
  sql<number>`select coalesce(max(place), 0) from circulation_event where letter_id = ${letterId}`;

/** The place of the last thing that was done at a letter; 0 where nothing was. */
export async function selectLastPlace(db: Queryable, letterId: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`select (${lastPlace(letterId)}) as last`.execute(db);
  return rows[0]!.last;
}

export interface FollowerRow {
  readonly accountId: string;
  readonly told: number;
}

/** Holds who follows a letter until the transaction ends: together with others who add events, or alone. */
export async function lockFollowers(
  trx: Transaction,
  letterId: string,
  how: "together" | "alone",
): Promise<FollowerRow[]> {
  const { rows } = await sql<FollowerRow>`
    select account_id as "accountId", told from circulation_follower
    where letter_id = ${letterId} order by account_id ${how === "alone" ? sql`for update` : sql`for share`}`.execute(
    trx,
  );
  return rows;
}

/** Everybody of the desk who follows a letter. */
export async function selectFollowers(db: Queryable, letterId: string): Promise<Follower[]> {
  const { rows } = await sql<Follower>`
    select a.id, a.name, a.news and a.address_proved_at is not null and a.role in ('owner', 'editor') as mailed
    from circulation_follower f join account a on a.id = f.account_id
    where f.letter_id = ${letterId} and a.removed_at is null order by a.name, a.id`.execute(db);
  return rows;
}

/** Lets an account follow from now on; once more does no harm. */
export async function insertFollower(trx: Transaction, letterId: string, accountId: string): Promise<void> {
  await sql`insert into circulation_follower (letter_id, account_id, told)
    values (${letterId}, ${accountId}, (${lastPlace(letterId)})) on conflict do nothing`.execute(trx);
}

/** The same for who started the letter's draft. */
export async function insertStarter(trx: Transaction, letterId: string): Promise<void> {
  await sql`insert into circulation_follower (letter_id, account_id, told)
    select letter_id, created_by, (${lastPlace(letterId)}) from draft
    where letter_id = ${letterId} and created_by is not null on conflict do nothing`.execute(trx);
}

export async function deleteFollower(trx: Transaction, letterId: string, accountId: string): Promise<void> {
  await trx
    .deleteFrom("circulation_follower")
    .where("letter_id", "=", letterId)
    .where("account_id", "=", accountId)
    .execute();
}

export async function updateTold(
  trx: Transaction,
  letterId: string,
  accountId: string,
  told: number,
): Promise<void> {
  await trx
    .updateTable("circulation_follower")
    .set({ told })
    .where("letter_id", "=", letterId)
    .where("account_id", "=", accountId)
    .execute();
}

export async function insertNews(
  trx: Transaction,
  row: Insertable<Schema["circulation_news"]>,
): Promise<void> {
  await trx.insertInto("circulation_news").values(row).execute();
}

/** One mail, by its id or by the hash of the token in it. */
export function selectNews(
  db: Queryable,
  by: { readonly id: string } | { readonly hash: Buffer },
): Promise<Selectable<Schema["circulation_news"]> | undefined> {
  const all = db.selectFrom("circulation_news").selectAll();
  return (
    "id" in by ? all.where("id", "=", by.id) : all.where("token_hash", "=", by.hash)
  ).executeTakeFirst();
}
