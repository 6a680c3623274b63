/** The SQL of decisions, and of the signatures that one is about. */
import { type Insertable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import type { HeldFilter } from "./condition.ts";
import type { Decision } from "./decision.ts";
import type { PageEnd } from "./desk-store.ts";
import type { SignatureState } from "./signature.ts";

/** A signature that is decided about, with what became of its letter's text. */
export interface DecidedRow {
  readonly id: string;
  readonly letter_id: string;
  readonly state: SignatureState;
  readonly kind: SignatoryKind;
  readonly name: string | null;
  readonly affiliation: string | null;
  readonly show: boolean;
  readonly website: string | null;
  readonly country: string | null;
  readonly language: string;
  readonly email_sealed: Buffer | null;
  readonly email_hash: Buffer | null;
  readonly revision: number;
  readonly held_at: Date | null;
  readonly accepted_at: Date | null;
  readonly erased_at: Date | null;
  readonly decision_id: string | null;
  readonly owner_hash: Buffer | null;
  /** The letter's latest revision. */
  readonly latest: number;
}

/** Signatures of a letter by their ids, locked in the order of these until the transaction ends. */
export async function lockSignatures(
  trx: Transaction,
  letterId: string,
  ids: readonly string[],
): Promise<DecidedRow[]> {
  const { rows } = await sql<DecidedRow>`
    select s.id, s.letter_id, s.state, s.kind, s.name, s.affiliation, s.show, s.website, s.country, s.language, s.email_sealed, s.email_hash,
           s.revision, s.held_at, s.accepted_at, s.erased_at, s.decision_id, h.owner_hash,
           (select max(number) from revision where letter_id = s.letter_id) as latest
    from signature s left join signature_hold h on h.signature_id = s.id
    where s.letter_id = ${letterId} and s.id = any(${ids}::uuid[])
    order by s.id for update of s`.execute(trx);
  return rows;
}

/** What holds of held signatures `s` that a filter lets through. */
export const heldWhere = (filter: HeldFilter) => {
  const { letterId, kind, reason, domainHash, country, before, until } = filter;
  const hold = reason !== undefined || domainHash !== undefined;
  return sql`s.state = 'held'
    ${letterId === undefined ? sql`` : sql`and s.letter_id = ${letterId}`}
    ${kind === undefined ? sql`` : sql`and s.kind = ${kind}`}
    ${country === undefined ? sql`` : sql`and s.country = ${country}`}
    ${before === undefined ? sql`` : sql`and s.held_at < ${before}`}
    ${until === undefined ? sql`` : sql`and s.held_at <= ${until}`}
    ${
      hold
        ? sql`and exists (select from signature_hold h where h.signature_id = s.id
            ${reason === undefined ? sql`` : sql`and ${reason} = any(h.reasons)`}
            ${domainHash === undefined ? sql`` : sql`and h.domain_hash = ${domainHash}`})`
        : sql``
    }`;
};

/** How many are held as described, up to a limit. */
export async function countHeld(db: Queryable, filter: HeldFilter, limit: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select from signature s where ${heldWhere(filter)} limit ${limit}) found`.execute(
    db,
  );
  return rows[0]!.n;
}

/** The next held signatures as described, in the order of their ids. */
export async function selectHeldIds(
  db: Queryable,
  filter: HeldFilter,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from signature s where ${heldWhere(filter)}
      ${after === undefined ? sql`` : sql`and s.id > ${after}`}
    order by s.id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The next signatures that are in the state into which a decision has brought them. */
export async function selectDecidedIds(
  db: Queryable,
  decisionId: string,
  state: SignatureState,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from signature where decision_id = ${decisionId} and state = ${state} and erased_at is null
      ${after === undefined ? sql`` : sql`and id > ${after}`}
    order by id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** How many signatures are in the state into which a decision has brought them. */
export async function countDecided(
  db: Queryable,
  decisionId: string,
  state: SignatureState,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from signature
    where decision_id = ${decisionId} and state = ${state} and erased_at is null`.execute(db);
  return rows[0]!.n;
}

export async function insertDecision(trx: Transaction, row: Insertable<Schema["decision"]>): Promise<void> {
  await trx.insertInto("decision").values(row).execute();
}

/** Adds to how many a decision has reached, and says that it is carried out when it is. */
export async function noteReached(
  trx: Transaction,
  id: string,
  by: number,
  finishedAt: Date | null,
): Promise<void> {
  await sql`update decision set touched = touched + ${by}, finished_at = ${finishedAt} where id = ${id}`.execute(
    trx,
  );
}

const columns = sql`d.id, d.letter_id as "letterId", d.verdict, d.reason, d.note, d.told, d.condition, d.undoes,
  (select id from decision where undoes = d.id) as "undoneBy", d.account_name as "accountName",
  d.decided_at as "decidedAt", d.expected, d.touched, d.finished_at as "finishedAt"`;

/** A decision. */
export async function selectDecision(db: Queryable, id: string): Promise<Decision | undefined> {
  const { rows } = await sql<Decision>`select ${columns} from decision d where d.id = ${id}`.execute(db);
  return rows[0];
}

/** The same, locked until the transaction ends, and read once the lock is held. */
export async function lockDecision(trx: Transaction, id: string): Promise<Decision | undefined> {
  await sql`select from decision where id = ${id} for update`.execute(trx);
  return selectDecision(trx, id);
}

/** Decisions, the latest first; those of one letter if it is named. @param after the last of the page before */
export async function selectDecisions(
  db: Queryable,
  letterId: string | undefined,
  after: PageEnd | undefined,
  limit: number,
): Promise<Decision[]> {
  const { rows } = await sql<Decision>`select ${columns} from decision d
    where ${letterId === undefined ? sql`true` : sql`d.letter_id = ${letterId}`}
      and ${after === undefined ? sql`true` : sql`(d.decided_at, d.id) < (${after.at}, ${after.id}::uuid)`}
    order by d.decided_at desc, d.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Closed letters under which something is held still. */
export async function selectLeftOver(db: Queryable): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select l.id from (select letter_id from desk_tally group by letter_id having sum(held) > 0) d
      join letter l on l.id = d.letter_id
    where l.state = 'closed' order by l.id`.execute(db);
  return rows;
}

/**
 * Whether a signature of a letter can be decided about: until it closes, and for good where only those invited sign.
 * Undefined if there is no such letter.
 */
export async function selectDecidable(db: Queryable, letterId: string): Promise<boolean | undefined> {
  const row = await db.selectFrom("letter").select("state").where("id", "=", letterId).executeTakeFirst();
  return row && row.state !== "closed";
}
