/** What the archive reads of signatures: accepted ones whose names are shown, and nothing that is personal beside. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import { partialDateFromNumber } from "../foundation/partial-date.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import type { ReportedSignatory } from "./entry.ts";

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
  /** When it was put under the revision, of one that was accepted under an earlier one. */
  readonly textSignedAt: Date | null;
  /** The revision that was signed. */
  readonly revision: number;
  /** The index of its entry in the log; null for the moment before it has one. */
  readonly entry: number | null;
  /** What is known beyond the confirmed address, the strongest first; most have nothing. */
  readonly evidence: readonly PublicEvidence[];
}

/** Evidence as readers see it; how a domain was verified makes no difference to them. */
export interface PublicEvidence {
  readonly kind: "domain" | "address" | "organisers" | "orcid";
  /** The organisation's domain; a person's ORCID iD if they show it. */
  readonly detail: string | null;
}

const columns = sql`kind, name, affiliation, case when kind = 'person' then role end as role, website,
  case when kind = 'organisation' then country end as country, place, accepted_at as "signedAt",
  text_signed_at as "textSignedAt", revision,
  (select index from log_signature l where l.signature_id = signature.id and not l.withdrawn and not l.erased) as entry,
  (select coalesce(json_agg(json_build_object('kind', kind, 'detail', detail) order by rank), '[]') from (
    select case when e.kind in ('dns', 'file') then 'domain' else e.kind end as kind,
      min(case when e.show_detail then e.detail end) as detail,
      min(array_position(array['dns', 'file', 'address', 'organisers', 'orcid'], e.kind)) as rank
    from evidence e where e.signature_id = signature.id and e.removed_at is null group by 1) known) as evidence`;

/**
 * The newest names of one kind under a letter, before a place in the order when it is given. Costs the same for any
 * length of list.
 */
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

/** Whose name the sign entry at a place among a letter's entries stands for; nothing unless it is on the list now. */
export async function selectNameLogged(
  db: Queryable,
  letterId: string,
  s: number,
): Promise<Pick<Signatory, "kind" | "name"> | undefined> {
  const { rows } = await sql<Pick<Signatory, "kind" | "name">>`
    select g.kind, g.name from log_signature l join signature g on g.id = l.signature_id
    where l.letter_id = ${letterId} and l.s = ${s} and not l.withdrawn and not l.erased
      and g.state = 'accepted' and g.show`.execute(db);
  return rows[0];
}

/** Names as reported, in their order, after a position when it is given. */
export async function reportedSignatories(
  db: Queryable,
  letterId: string,
  after: number | undefined,
  limit: number,
): Promise<(ReportedSignatory & { readonly position: number })[]> {
  const { rows } = await sql<ReportedRow>`
    select ${reportedColumns} from reported_signatory
    where letter_id = ${letterId} ${after === undefined ? sql`` : sql`and position > ${after}::bigint`}
    order by position limit ${limit}`.execute(db);
  return rows.map(readReported);
}

/** Names as reported in which a word begins with the folded text; which of many is not promised. */
export async function reportedNamed(
  db: Queryable,
  letterId: string,
  folded: string,
  limit: number,
): Promise<(ReportedSignatory & { readonly position: number })[]> {
  const pattern = folded.replace(/[\\%_]/g, "\\$&");
  const { rows } = await sql<ReportedRow>`
    select ${reportedColumns} from reported_signatory
    where letter_id = ${letterId} and (name_folded like ${`${pattern}%`} or name_folded like ${`% ${pattern}%`})
    limit ${limit}`.execute(db);
  return rows.map(readReported).sort((a, b) => a.position - b.position);
}

type ReportedRow = Omit<ReportedSignatory, "date"> & {
  readonly position: number;
  readonly dated: number | null;
};

const reportedColumns = sql`name, kind, affiliation, role, country, signed_elsewhere as dated, position`;

function readReported({ dated, ...row }: ReportedRow): ReportedSignatory & { readonly position: number } {
  return { ...row, date: dated === null ? null : partialDateFromNumber(dated) };
}
