/** The SQL of signatures as the desk reads them: the queue, a letter's list, one of them. Every query goes by an index. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import type { HeldFilter } from "./condition.ts";
import { heldWhere } from "./decision-store.ts";
import type { HoldReason } from "./hold-rules.ts";
import { type SignatureState, signatureStates } from "./signature.ts";

/** A signature, whatever its state. Personal values are null once it is erased. */
export interface DeskRow {
  readonly id: string;
  readonly letterId: string;
  readonly state: SignatureState;
  readonly kind: SignatoryKind;
  readonly name: string | null;
  readonly affiliation: string | null;
  readonly role: string | null;
  readonly website: string | null;
  readonly representative: string | null;
  readonly country: string | null;
  readonly show: boolean;
  readonly updates: boolean;
  readonly language: string;
  readonly revision: number;
  readonly emailSealed: Buffer | null;
  readonly createdAt: Date;
  readonly heldAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly refusedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly erasedAt: Date | null;
  readonly undeliverableAt: Date | null;
  readonly decisionId: string | null;
  readonly reasons: readonly HoldReason[] | null;
  readonly watched: string | null;
}

const columns = sql`s.id, s.letter_id as "letterId", s.state, s.kind, s.name, s.affiliation, s.role, s.website,
  s.representative, s.country, s.show, s.updates, s.language, s.revision, s.email_sealed as "emailSealed",
  s.created_at as "createdAt", s.held_at as "heldAt", s.accepted_at as "acceptedAt", s.refused_at as "refusedAt",
  s.withdrawn_at as "withdrawnAt", s.erased_at as "erasedAt", s.undeliverable_at as "undeliverableAt",
  s.decision_id as "decisionId", h.reasons, h.watched`;

/** Where a page of a list ends: the next one begins behind it. */
export interface PageEnd {
  readonly at: Date;
  readonly id: string;
}

/** Held signatures, the oldest first. */
export async function selectQueue(
  db: Queryable,
  filter: HeldFilter,
  after: PageEnd | undefined,
  limit: number,
): Promise<DeskRow[]> {
  const { rows } = await sql<DeskRow>`
    select ${columns} from signature s left join signature_hold h on h.signature_id = s.id
    where ${heldWhere(filter)} ${after ? sql`and (s.held_at, s.id) > (${after.at}, ${after.id}::uuid)` : sql``}
    order by s.held_at, s.id limit ${limit}`.execute(db);
  return rows;
}

/** Letters under which something is held, with how many. */
export async function selectHeldLetters(db: Queryable): Promise<{ letterId: string; held: number }[]> {
  const { rows } = await sql<{ letterId: string; held: number }>`
    select letter_id as "letterId", sum(held)::bigint as held from desk_tally
    group by letter_id having sum(held) > 0 order by sum(held) desc, letter_id limit 200`.execute(db);
  return rows;
}

/** How many are held in all, and since when the oldest is. */
export async function selectHeldSummary(db: Queryable): Promise<{ held: number; oldest: Date | null }> {
  const { rows } = await sql<{ held: number; oldest: Date | null }>`
    select coalesce(sum(held), 0)::bigint as held,
      (select held_at from signature where state = 'held' order by held_at, id limit 1) as oldest
    from desk_tally`.execute(db);
  return rows[0]!;
}

/** Signatures of a letter, the latest entry first: of one state, or of all. Each state is read by the same index. */
export async function selectOfLetter(
  db: Queryable,
  letterId: string,
  state: SignatureState | undefined,
  after: PageEnd | undefined,
  limit: number,
): Promise<DeskRow[]> {
  const states = state ? [state] : signatureStates;
  const parts = states.map(
    (one) => sql`(select id, created_at from signature where letter_id = ${letterId} and state = ${one}
      ${after ? sql`and (created_at, id) < (${after.at}, ${after.id}::uuid)` : sql``}
      order by created_at desc, id desc limit ${limit})`,
  );
  const { rows } = await sql<DeskRow>`
    with found as (select * from (${sql.join(parts, sql` union all `)}) some_of_each
      order by created_at desc, id desc limit ${limit})
    select ${columns} from found join signature s on s.id = found.id
    left join signature_hold h on h.signature_id = s.id order by s.created_at desc, s.id desc`.execute(db);
  return rows;
}

/**
 * Signatures of a letter in whose names each of some words stands (short ones at the beginning of a word), or whose
 * address it is; not all of them where there are very many, so that a common name costs no more than a rare one.
 * @param words folded, none empty
 */
export async function searchOfLetter(
  db: Queryable,
  letterId: string,
  state: SignatureState | undefined,
  asked: { readonly words: readonly string[]; readonly emailHash: Buffer | undefined },
  limit: number,
): Promise<DeskRow[]> {
  const like = (word: string) => {
    const pattern = word.replace(/[\\%_]/g, "\\$&");
    // The index knows groups of three: shorter words are looked for where a word begins, which makes one.
    return Array.from(word).length < 3
      ? sql`(name_folded like ${`${pattern}%`} or name_folded like ${`% ${pattern}%`})`
      : sql`name_folded like ${`%${pattern}%`}`;
  };
  const named = sql.join(asked.words.map(like), sql` and `);
  const inState = state ? sql`and state = ${state}` : sql``;
  const byName = (where: ReturnType<typeof sql>) => sql`
    (select id from signature where letter_id = ${letterId} and ${where} and ${named} ${inState} limit ${limit})`;
  const byAddress = asked.emailHash
    ? sql`union select id from signature where letter_id = ${letterId} and email_hash = ${asked.emailHash}
        and state not in ('withdrawn', 'refused') ${inState}
      union select id from signature where letter_id = ${letterId} and email_hash = ${asked.emailHash}
        and state = 'refused' ${inState}`
    : sql``;
  const { rows } = await sql<DeskRow>`
    with found as (
      ${byName(sql`state = 'accepted' and show`)} union
      ${byName(sql`name_folded is not null and not (state = 'accepted' and show)`)} ${byAddress})
    select ${columns} from found join signature s on s.id = found.id
    left join signature_hold h on h.signature_id = s.id order by s.created_at desc, s.id desc limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** One signature of a letter. */
export async function selectDeskRow(
  db: Queryable,
  letterId: string,
  id: string,
): Promise<DeskRow | undefined> {
  const { rows } = await sql<DeskRow>`select ${columns} from signature s
    left join signature_hold h on h.signature_id = s.id
    where s.id = ${id} and s.letter_id = ${letterId}`.execute(db);
  return rows[0];
}

export interface PastChange {
  readonly at: Date;
  readonly change: string;
  readonly actor: "signatory" | "system" | "desk";
  /** Of the account that decided. */
  readonly actorName: string | null;
  readonly reason: string | null;
}

/** What became of a signature, from the beginning. */
export async function selectChanges(db: Queryable, id: string): Promise<PastChange[]> {
  const { rows } = await sql<PastChange>`
    select c.at, c.change, c.actor, d.account_name as "actorName", c.reason
    from signature_change c left join decision d on d.id = c.decision_id
    where c.signature_id = ${id} order by c.id`.execute(db);
  return rows;
}

/** Of some signatures, the letters under which they stand. */
export async function selectLettersOf(
  db: Queryable,
  ids: readonly string[],
): Promise<{ id: string; letterId: string }[]> {
  return db
    .selectFrom("signature")
    .select(["id", "letter_id as letterId"])
    .where("id", "in", [...ids])
    .execute();
}
