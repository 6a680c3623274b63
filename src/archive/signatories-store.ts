/** What the archive reads of signatures: accepted ones whose names are shown, and nothing that is personal beside. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import type { NamedSignatory } from "./entry.ts";

/** A verified signatory as the public list shows it. */
export interface Signatory {
  readonly kind: SignatoryKind;
  readonly name: string;
  /** Of a person. */
  readonly affiliation: string | null;
  /** Of a person; who signed for an organisation is not public. */
  readonly role: string | null;
  /** Of an organisation. */
  readonly website: string | null;
  /** Of an organisation: ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** The order of acceptance; the list is read from the highest down. */
  readonly place: number;
  readonly signedAt: Date;
}

const columns = sql`kind, name, affiliation, case when kind = 'person' then role end as role, website,
  case when kind = 'organisation' then country end as country, place, accepted_at as "signedAt"`;

/** The newest names of one kind under a letter, before a place in the order when it is given. Costs the same for any length of list. */
export async function newestSignatories(
  db: Queryable,
  letterId: string,
  kind: SignatoryKind,
  before: number | undefined,
  limit: number,
): Promise<Signatory[]> {
  const { rows } = await sql<Signatory>`
    select ${columns} from signature
    where letter_id = ${letterId} and kind = ${kind} and state = 'accepted' and show
      ${before === undefined ? sql`` : sql`and place < ${before}`}
    order by place desc limit ${limit}`.execute(db);
  return rows;
}

/** Names in which a word begins with the folded text; which of many is not promised. */
export async function signatoriesNamed(
  db: Queryable,
  letterId: string,
  folded: string,
  limit: number,
): Promise<Signatory[]> {
  const pattern = folded.replace(/[\\%_]/g, "\\$&");
  const { rows } = await sql<Signatory>`
    select ${columns} from signature
    where letter_id = ${letterId} and state = 'accepted' and show
      and (name_folded like ${`${pattern}%`} or name_folded like ${`% ${pattern}%`})
    limit ${limit}`.execute(db);
  return rows;
}

/** Names that resemble the folded text, the most similar first. Slow on lists of many thousands. */
export async function signatoriesLike(
  db: Queryable,
  letterId: string,
  folded: string,
  limit: number,
): Promise<Signatory[]> {
  const { rows } = await sql<Signatory>`
    select ${columns} from signature
    where letter_id = ${letterId} and state = 'accepted' and show and ${folded} <% name_folded
    order by word_similarity(${folded}, name_folded) desc, place desc limit ${limit}`.execute(db);
  return rows;
}

/** Names as reported, in their order, after a position when it is given. */
export async function reportedSignatories(
  db: Queryable,
  letterId: string,
  after: number | undefined,
  limit: number,
): Promise<(NamedSignatory & { readonly position: number })[]> {
  const { rows } = await sql<NamedSignatory & { position: number }>`
    select name, kind, position from reported_signatory
    where letter_id = ${letterId} ${after === undefined ? sql`` : sql`and position > ${after}`}
    order by position limit ${limit}`.execute(db);
  return rows;
}
