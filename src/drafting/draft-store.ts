/** The SQL of drafts and their frozen revisions. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import { type DraftDocument, originalHash } from "./document.ts";
import type { Stage } from "./draft.ts";

export interface DraftRow {
  readonly letter_id: string;
  readonly stage: Stage;
  readonly document: unknown;
  readonly edition: number;
  readonly created_at: Date;
  readonly saved_at: Date;
  /** Who saved it, as they are called now; null where the software did. */
  readonly saved_by_name: string | null;
  readonly discarded_at: Date | null;
}

/** @param how "lock" holds it until the transaction ends */
export async function selectDraft(
  db: Queryable,
  letterId: string,
  how: "look" | "lock" = "look",
): Promise<DraftRow | undefined> {
  const { rows } = await sql<DraftRow>`
    select d.letter_id, d.stage, d.document, d.edition, d.created_at, d.saved_at, a.name as saved_by_name, d.discarded_at
    from draft d left join account a on a.id = d.saved_by
    where d.letter_id = ${letterId} ${how === "lock" ? sql`for update of d` : sql``}`.execute(db);
  return rows[0];
}

export interface NewDraft {
  readonly letterId: string;
  readonly stage: Stage;
  readonly document: DraftDocument;
  readonly at: Date;
  /** An account; null for the software. */
  readonly by: string | null;
}

/** @returns whether there was none yet */
export async function insertDraft(trx: Transaction, draft: NewDraft): Promise<boolean> {
  const { letterId, stage, document, at, by } = draft;
  const { numAffectedRows } = await sql`
    insert into draft (letter_id, stage, document, edition, created_at, created_by, saved_at, saved_by)
    values (${letterId}, ${stage}, ${JSON.stringify(document)}, 1, ${at}, ${by}, ${at}, ${by})
    on conflict do nothing`.execute(trx);
  if (numAffectedRows !== 1n) return false;
  await insertEdition(trx, letterId, 1, draft);
  return true;
}

/** @returns the edition that it has become */
export async function updateDocument(
  trx: Transaction,
  letterId: string,
  { document, at, by }: Pick<NewDraft, "document" | "at" | "by">,
): Promise<number> {
  const { rows } = await sql<{ edition: number }>`
    update draft set document = ${JSON.stringify(document)}, edition = edition + 1, saved_at = ${at}, saved_by = ${by}
    where letter_id = ${letterId} returning edition`.execute(trx);
  const { edition } = rows[0]!;
  await insertEdition(trx, letterId, edition, { document, at, by });
  return edition;
}

async function insertEdition(
  trx: Transaction,
  letterId: string,
  edition: number,
  { document, at, by }: Pick<NewDraft, "document" | "at" | "by">,
): Promise<void> {
  await sql`
    insert into draft_edition (letter_id, edition, document, original_hash, saved_at, saved_by)
    values (${letterId}, ${edition}, ${JSON.stringify(document)}, ${originalHash(document)}, ${at}, ${by})`.execute(
    trx,
  );
}

export interface EditionRow {
  readonly edition: number;
  readonly document: unknown;
  readonly saved_at: Date;
  readonly saved_by_name: string | null;
}

const editions = sql`
  select e.edition, e.document, e.saved_at, a.name as saved_by_name
  from draft_edition e left join account a on a.id = e.saved_by`;

export async function selectEdition(
  db: Queryable,
  letterId: string,
  edition: number,
): Promise<EditionRow | undefined> {
  const { rows } = await sql<EditionRow>`${editions}
    where e.letter_id = ${letterId} and e.edition = ${edition}`.execute(db);
  return rows[0];
}

/** The latest edition whose original has this hash. */
export async function selectEditionWithOriginal(
  db: Queryable,
  letterId: string,
  hash: string,
): Promise<EditionRow | undefined> {
  const { rows } = await sql<EditionRow>`${editions}
    where e.letter_id = ${letterId} and e.original_hash = ${hash}
    order by e.edition desc limit 1`.execute(db);
  return rows[0];
}

/** When, and by whom, the latest editions were saved; without their documents. */
export async function selectEditions(
  db: Queryable,
  letterId: string,
  limit: number,
): Promise<Omit<EditionRow, "document">[]> {
  const { rows } = await sql<Omit<EditionRow, "document">>`
    select e.edition, e.saved_at, a.name as saved_by_name
    from draft_edition e left join account a on a.id = e.saved_by
    where e.letter_id = ${letterId} order by e.edition desc limit ${limit}`.execute(db);
  return rows;
}

export async function updateStage(trx: Transaction, letterId: string, stage: Stage): Promise<void> {
  await sql`update draft set stage = ${stage} where letter_id = ${letterId}`.execute(trx);
}

export interface DraftRevisionRow {
  readonly number: number;
  readonly document: unknown;
  readonly covers: number[];
  readonly note: string;
  readonly frozen_at: Date;
  readonly frozen_by_name: string | null;
  readonly published_as: number | null;
}

/** One of a draft's frozen revisions: by its number, the latest, or the one that became the letter's first text. */
export async function selectDraftRevision(
  db: Queryable,
  letterId: string,
  which: number | "latest" | "published",
): Promise<DraftRevisionRow | undefined> {
  const number =
    which === "latest"
      ? sql`true`
      : which === "published"
        ? sql`r.published_as = 1`
        : sql`r.number = ${which}`;
  const { rows } = await sql<DraftRevisionRow>`
    select r.number, r.document, r.covers, r.note, r.frozen_at, a.name as frozen_by_name, r.published_as
    from draft_revision r left join account a on a.id = r.frozen_by
    where r.letter_id = ${letterId} and ${number}
    order by r.number desc limit 1`.execute(db);
  return rows[0];
}

/** A draft's frozen revisions, the latest first; without their documents. */
export async function selectDraftRevisions(
  db: Queryable,
  letterId: string,
): Promise<Omit<DraftRevisionRow, "document">[]> {
  const { rows } = await sql<Omit<DraftRevisionRow, "document">>`
    select r.number, r.covers, r.note, r.frozen_at, a.name as frozen_by_name, r.published_as
    from draft_revision r left join account a on a.id = r.frozen_by
    where r.letter_id = ${letterId} order by r.number desc`.execute(db);
  return rows;
}

/** What some frozen revisions of a draft say, the latest first. */
export async function selectFrozenTexts(
  db: Queryable,
  letterId: string,
  numbers: readonly number[],
): Promise<Pick<DraftRevisionRow, "number" | "document" | "covers">[]> {
  const { rows } = await sql<Pick<DraftRevisionRow, "number" | "document" | "covers">>`
    select number, document, covers from draft_revision
    where letter_id = ${letterId} and number = any(${numbers}::integer[]) order by number desc`.execute(db);
  return rows;
}

/** The number of the latest frozen revision, which is how many there are. */
export async function selectLastNumber(db: Queryable, letterId: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(number), 0) as last from draft_revision where letter_id = ${letterId}`.execute(db);
  return rows[0]!.last;
}

/**
 * Freezes under the next number; the draft is held by the caller.
 * @param revision with the earlier drafts of which sign-ons stand for it, and those for which its own stand
 */
export async function insertDraftRevision(
  trx: Transaction,
  letterId: string,
  revision: Pick<NewDraft, "document" | "at" | "by"> & {
    readonly note: string;
    readonly covers: readonly number[];
    readonly coveredBy: readonly number[];
  },
): Promise<number> {
  const { document, covers, coveredBy, note, at, by } = revision;
  const { rows } = await sql<{ number: number }>`
    insert into draft_revision (letter_id, number, document, covers, note, frozen_at, frozen_by)
    select ${letterId}, coalesce(max(number), 0) + 1, ${JSON.stringify(document)}::json,
      ${covers}::integer[] || coalesce(max(number), 0) + 1, ${note}, ${at}::timestamptz, ${by}::uuid
    from draft_revision where letter_id = ${letterId}
    returning number`.execute(trx);
  const { number } = rows[0]!;
  await sql`update draft_revision set covers = covers || ${number}::integer
    where letter_id = ${letterId} and number = any(${coveredBy}::integer[])`.execute(trx);
  return number;
}

/** Says as which revision of the letter a frozen draft was published. */
export async function updatePublishedAs(
  trx: Transaction,
  letterId: string,
  number: number,
  revision: number,
): Promise<void> {
  await sql`update draft_revision set published_as = ${revision}
    where letter_id = ${letterId} and number = ${number}`.execute(trx);
}
