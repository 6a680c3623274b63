/** The SQL of sign-ons. Rows are added; an invitee's latest one holds. */
import { type RawBuilder, sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import { latestSignOns, signOnState, standsForLatest } from "./circulation-store.ts";
import type { Signatory, SignOn } from "./sign-on.ts";

type SignOnRow = Omit<SignOn, "signatory"> & Signatory;

const columns = sql`s.id, s.invitee_id as "inviteeId", s.draft, s.at, s.kind, s.name, s.affiliation, s.role, s.website,
  s.representative, s.country, s.show, s.language, s.condition, s.outcome, s.outcome_word as "outcomeWord",
  s.outcome_at as "outcomeAt", s.withdrawn_at as "withdrawnAt", s.signature_id as "signatureId", ${signOnState} as state`;

/** Whether the desk has looked at what a sign-on `s` says of its signatory, and found it good. */
const foundGood = sql`exists (
  select from sign_on seen where seen.letter_id = s.letter_id and seen.invitee_id = s.invitee_id
    and seen.found_good_at is not null
    and (seen.kind, seen.name, seen.affiliation, seen.role, seen.website, seen.representative)
      is not distinct from (s.kind, s.name, s.affiliation, s.role, s.website, s.representative))`;

/** Whether a sign-on `s` is its invitee's latest. By the letter too, as the index has it. */
const isLatest = sql`not exists (
  select from sign_on later
  where later.letter_id = s.letter_id and later.invitee_id = s.invitee_id and later.place > s.place)`;

/** The latest of each invitee whose link was not taken back. @param inviteeId only this one's */
export async function selectSignOns(db: Queryable, letterId: string, inviteeId?: string): Promise<SignOn[]> {
  const { rows } = await sql<SignOnRow>`
    select ${columns} from (${latestSignOns(letterId)}) s join invitee i on i.id = s.invitee_id
    where i.revoked_at is null and ${inviteeId === undefined ? sql`true` : sql`s.invitee_id = ${inviteeId}`}
    order by s.place`.execute(db);
  return rows.map(signOnOf);
}

/** All of one invitee, the latest first. */
export async function selectSignOnHistory(
  db: Queryable,
  letterId: string,
  inviteeId: string,
): Promise<SignOn[]> {
  const { rows } = await sql<SignOnRow>`
    select ${columns} from (${allSignOns(letterId)}) s where s.invitee_id = ${inviteeId} order by s.place desc`.execute(
    db,
  );
  return rows.map(signOnOf);
}

function allSignOns(letterId: string): RawBuilder<unknown> {
  return sql`select s.*, ${standsForLatest} as current from sign_on s where s.letter_id = ${letterId}`;
}

function signOnOf(row: SignOnRow): SignOn {
  const { kind, name, affiliation, role, website, representative, country, show, ...rest } = row;
  return {
    ...rest,
    signatory: { kind, name, affiliation, role, website, representative, country, show },
  };
}

/** The numbers of the frozen drafts that somebody has signed. */
export async function selectSignedDrafts(db: Queryable, letterId: string): Promise<number[]> {
  const { rows } = await sql<{ draft: number }>`
    select distinct draft from sign_on where letter_id = ${letterId}`.execute(db);
  return rows.map(({ draft }) => draft);
}

export interface NewSignOn
  extends Pick<SignOn, "id" | "inviteeId" | "draft" | "at" | "signatory" | "language"> {
  readonly letterId: string;
  readonly condition: string | null;
}

export async function insertSignOn(trx: Transaction, row: NewSignOn): Promise<void> {
  await trx
    .insertInto("sign_on")
    .values({
      ...row.signatory,
      id: row.id,
      letter_id: row.letterId,
      invitee_id: row.inviteeId,
      draft: row.draft,
      at: row.at,
      language: row.language,
      condition: row.condition,
    })
    .execute();
}

export async function updateSignOnWithdrawn(trx: Transaction, id: string, at: Date): Promise<void> {
  await trx.updateTable("sign_on").set({ withdrawn_at: at }).where("id", "=", id).execute();
}

export async function updateOutcome(
  trx: Transaction,
  id: string,
  decided: {
    readonly outcome: "met" | "declined";
    readonly word: string;
    readonly at: Date;
    readonly by: string;
  },
): Promise<void> {
  await trx
    .updateTable("sign_on")
    .set({
      outcome: decided.outcome,
      outcome_word: decided.word === "" ? null : decided.word,
      outcome_at: decided.at,
      outcome_by: decided.by,
    })
    .where("id", "=", id)
    .execute();
}

/** A sign-on that stands for a frozen draft, with what a signature is made of. */
export interface StandingSignOn extends Signatory {
  readonly id: string;
  readonly language: string;
  readonly at: Date;
  readonly sealed: Buffer;
  readonly hash: Buffer;
  readonly foundGood: boolean;
}

/** Those that stand for a frozen draft, in the order in which they were given; held until the transaction ends. */
export async function selectStandingFor(
  trx: Transaction,
  letterId: string,
  draft: number,
): Promise<StandingSignOn[]> {
  const { rows } = await sql<StandingSignOn>`
    select s.id, s.language, s.at, s.kind, s.name, s.affiliation, s.role, s.website, s.representative, s.country, s.show,
      i.email_sealed as sealed, i.email_hash as hash, ${foundGood} as "foundGood"
    from sign_on s join invitee i on i.id = s.invitee_id
    where s.letter_id = ${letterId} and i.revoked_at is null and i.email_sealed is not null
      and s.draft = any(array(
        select unnest(covers) from draft_revision where letter_id = ${letterId} and number = ${draft}))
      and s.withdrawn_at is null and (s.condition is null or s.outcome = 'met')
      and ${isLatest}
    order by s.place for update of s`.execute(trx);
  return rows;
}

/** One that stands or may yet, with what says whether it would be held. */
export interface PendingSignOn extends Signatory {
  readonly id: string;
  readonly at: Date;
  readonly sealed: Buffer;
  readonly foundGood: boolean;
}

/** Those whose latest sign-on stands or may yet, whose links were not taken back and whose addresses are kept. */
export async function selectPendingSignOns(db: Queryable, letterId: string): Promise<PendingSignOn[]> {
  const { rows } = await sql<PendingSignOn>`
    select s.id, s.at, s.kind, s.name, s.affiliation, s.role, s.website, s.representative, s.country, s.show,
      i.email_sealed as sealed, ${foundGood} as "foundGood"
    from (${latestSignOns(letterId)}) s join invitee i on i.id = s.invitee_id
    where i.revoked_at is null and i.email_sealed is not null
      and s.withdrawn_at is null and s.outcome is distinct from 'declined'
    order by s.place`.execute(db);
  return rows;
}

/** Letters that circulate, and have sign-ons. */
export async function selectCirculating(db: Queryable): Promise<string[]> {
  const { rows } = await sql<{ letterId: string }>`
    select u.letter_id as "letterId" from circulation u
      join draft d on d.letter_id = u.letter_id and d.discarded_at is null
    where u.ended_at is null and exists (select from sign_on s where s.letter_id = u.letter_id)`.execute(db);
  return rows.map(({ letterId }) => letterId);
}

/** Notes that a sign-on was found good; or (null) that whatever its invitee signs with is to be looked at. */
export async function updateFoundGood(trx: Transaction, id: string, at: Date | null): Promise<void> {
  await (at
    ? sql`update sign_on set found_good_at = ${at} where id = ${id}`
    : sql`update sign_on set found_good_at = null where invitee_id = (select invitee_id from sign_on where id = ${id})`
  ).execute(trx);
}

/** Invitees with a sign-on, given and not withdrawn, whose links were not taken back. */
export async function countGiven(trx: Transaction, letterId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from (${latestSignOns(letterId)}) s join invitee i on i.id = s.invitee_id
    where i.revoked_at is null and s.withdrawn_at is null`.execute(trx);
  return rows[0]!.count;
}

/** Whom to tell that what they signed, and did not withdraw, has become no signature. */
export async function selectLeftOut(
  trx: Transaction,
  letterId: string,
): Promise<{ readonly id: string; readonly language: string }[]> {
  const { rows } = await sql<{ id: string; language: string }>`
    select i.id, i.language from (${latestSignOns(letterId)}) s join invitee i on i.id = s.invitee_id
    where s.signature_id is null and s.withdrawn_at is null and i.revoked_at is null and i.email_sealed is not null
      and i.undeliverable_at is null
    order by s.place`.execute(trx);
  return rows;
}

/** Notes which signature a sign-on has become. */
export async function updateEntered(trx: Transaction, id: string, signatureId: string): Promise<void> {
  await trx.updateTable("sign_on").set({ signature_id: signatureId }).where("id", "=", id).execute();
}

/** For editors: how many conditions wait at each letter that circulates. */
export async function selectUndecided(
  db: Queryable,
): Promise<{ readonly letterId: string; readonly count: number; readonly oldest: Date }[]> {
  const { rows } = await sql<{ letterId: string; count: number; oldest: Date }>`
    select s.letter_id as "letterId", count(*) as count, min(s.at) as oldest
    from sign_on s join invitee i on i.id = s.invitee_id
      join circulation u on u.letter_id = s.letter_id and u.ended_at is null
      join draft d on d.letter_id = s.letter_id and d.discarded_at is null
    where s.condition is not null and s.outcome is null and s.withdrawn_at is null and i.revoked_at is null
      and ${isLatest}
    group by s.letter_id order by oldest`.execute(db);
  return rows;
}
