/** The SQL of signing. Every query goes by an index, whatever the number of signatures. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import type { Entry, SignatureKind, SignatureState } from "./signature.ts";

/** A letter, with its title in the reader's language where it has one. */
export interface LetterRow {
  readonly letter_id: string;
  readonly slug: string;
  readonly letter_kind: string;
  readonly letter_state: string;
  readonly dated: number;
  readonly closes_on: string | null;
  readonly closed_at: Date | null;
  readonly revision: number;
  readonly title: string;
  readonly title_language: string;
  readonly people: number;
  readonly organisations: number;
  readonly site: string;
}

const letterColumns = sql`
  l.id as letter_id, l.slug, l.kind as letter_kind, l.state as letter_state, l.dated, l.closes_on, l.closed_at,
  t.title, t.language as title_language, n.people, n.organisations, coalesce((select name from site), '') as site`;

const titleOf = (revision: ReturnType<typeof sql>, language: string) => sql`
  lateral (select title, language from translation
           where letter_id = l.id and revision = ${revision} and language in (${language}, l.language)
           order by language = ${language} desc limit 1) t`;

/** The latest revision of a letter, by its slug or one that it had before. */
export async function selectLetter(
  db: Queryable,
  slug: string,
  language: string,
): Promise<LetterRow | undefined> {
  const { rows } = await sql<LetterRow>`
    select ${letterColumns}, r.number as revision
    from letter l
    join tally n on n.letter_id = l.id
    cross join lateral (select max(number) as number from revision where letter_id = l.id) r
    cross join ${titleOf(sql`r.number`, language)}
    where l.id = coalesce((select id from letter where slug = ${slug}),
                          (select letter_id from former_slug where slug = ${slug}))
  `.execute(db);
  return rows[0];
}

/** A signature with the token by which it was asked for, and its letter in the revision that was signed. */
export interface SignatureRow extends LetterRow {
  readonly id: string;
  readonly kind: SignatureKind;
  readonly state: SignatureState;
  readonly name: string | null;
  readonly affiliation: string | null;
  readonly role: string | null;
  readonly website: string | null;
  readonly representative: string | null;
  readonly country: string | null;
  readonly show: boolean;
  readonly updates: boolean;
  readonly language: string;
  readonly email_sealed: Buffer | null;
  readonly email_hash: Buffer | null;
  readonly created_at: Date;
  readonly accepted_at: Date | null;
  readonly undeliverable_at: Date | null;
  readonly expires_at: Date | null;
}

export type TokenPurpose = "confirm" | "access";

const signatureColumns = sql`
  s.id, s.kind, s.state, s.name, s.affiliation, s.role, s.website, s.representative, s.country, s.show, s.updates,
  s.language, s.email_sealed, s.email_hash, s.created_at, s.accepted_at, s.undeliverable_at, s.revision, k.expires_at`;

/**
 * The signature that a token belongs to.
 * @param lock holds the signature until the transaction ends, and reads it as it stands once the lock is held
 */
export async function selectByToken(
  db: Queryable,
  hash: Buffer,
  purpose: TokenPurpose,
  language: string,
  lock: "lock" | "read" = "read",
): Promise<SignatureRow | undefined> {
  const { rows } = await sql<SignatureRow>`
    select ${signatureColumns}, ${letterColumns}
    from signature_token k
    join signature s on s.id = k.signature_id
    join letter l on l.id = s.letter_id
    join tally n on n.letter_id = l.id
    cross join ${titleOf(sql`s.revision`, language)}
    where k.hash = ${hash} and k.purpose = ${purpose}
    ${lock === "lock" ? sql`for update of s` : sql``}
  `.execute(db);
  return rows[0];
}

/** The signature of an address under a letter, held until the transaction ends. */
export function selectByAddress(trx: Transaction, letterId: string, emailHash: Buffer) {
  return trx
    .selectFrom("signature")
    .select(["id", "state"])
    .where("letter_id", "=", letterId)
    .where("email_hash", "=", emailHash)
    .forUpdate()
    .executeTakeFirst();
}

export interface NewSignature {
  readonly id: string;
  readonly letterId: string;
  readonly revision: number;
  readonly language: string;
  readonly emailSealed: Buffer;
  readonly emailHash: Buffer;
  readonly createdAt: Date;
}

/** A pending signature. */
export async function insertSignature(trx: Transaction, entry: Entry, row: NewSignature): Promise<void> {
  const { email: _, ...signed } = entry;
  await trx
    .insertInto("signature")
    .values({
      ...signed,
      id: row.id,
      letter_id: row.letterId,
      revision: row.revision,
      state: "pending",
      name_folded: fold(entry.name),
      language: row.language,
      email_sealed: row.emailSealed,
      email_hash: row.emailHash,
      created_at: row.createdAt,
    })
    .execute();
}

/** Deletes a pending signature and its tokens. */
export async function deletePending(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom("signature").where("id", "=", id).where("state", "=", "pending").execute();
}

/** Makes a signature count: it takes the next place in the order of acceptance. */
export async function acceptSignature(trx: Transaction, id: string, at: Date): Promise<void> {
  await trx
    .updateTable("signature")
    .set({ state: "accepted", accepted_at: at, place: sql<number>`nextval('signature_place')` })
    .where("id", "=", id)
    .execute();
}

/** What a signatory may change afterwards. */
export interface Correction {
  readonly affiliation: string | null;
  readonly role: string | null;
  readonly updates: boolean;
}

export async function updateSignature(
  trx: Transaction,
  id: string,
  correction: Partial<Correction>,
): Promise<void> {
  await trx.updateTable("signature").set(correction).where("id", "=", id).execute();
}

/** Takes everything personal out of a signature. Kind, dates and tokens stay. */
export async function emptySignature(trx: Transaction, id: string): Promise<void> {
  await trx
    .updateTable("signature")
    .set({
      state: "withdrawn",
      name: null,
      name_folded: null,
      affiliation: null,
      role: null,
      website: null,
      representative: null,
      country: null,
      updates: false,
      email_sealed: null,
      email_hash: null,
      undeliverable_at: null,
    })
    .where("id", "=", id)
    .execute();
}

/** Marks an address as refused by its mail server, or (null) as worth another try. Returns whether there is such a signature still. */
export async function setUndeliverable(trx: Transaction, id: string, at: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("signature")
    .set({ undeliverable_at: at })
    .where("id", "=", id)
    .where("state", "<>", "withdrawn")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whether another organisation that is listed under a letter bears a name, as compared. */
export async function isNameListed(trx: Transaction, letterId: string, folded: string): Promise<boolean> {
  const found = await trx
    .selectFrom("signature")
    .select("id")
    .where("letter_id", "=", letterId)
    .where("kind", "=", "organisation")
    .where("name_folded", "=", folded)
    .where("state", "=", "accepted")
    .where("show", "=", true)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export interface Change {
  readonly signatureId: string;
  readonly at: Date;
  readonly change: "accepted" | "corrected" | "withdrawn" | "undeliverable";
  readonly actor: "signatory" | "system";
  readonly reason?: string;
}

/** Records a change of state. */
export async function insertChange(trx: Transaction, change: Change): Promise<void> {
  const { signatureId, reason = null, ...row } = change;
  await trx
    .insertInto("signature_change")
    .values({ ...row, signature_id: signatureId, reason })
    .execute();
}

/** When a signature was last changed in some way. */
export async function selectChangeAt(
  db: Queryable,
  signatureId: string,
  change: Change["change"],
): Promise<Date | undefined> {
  const row = await db
    .selectFrom("signature_change")
    .select("at")
    .where("signature_id", "=", signatureId)
    .where("change", "=", change)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at;
}

export interface NewToken {
  readonly hash: Buffer;
  readonly signatureId: string;
  readonly purpose: TokenPurpose;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

export async function insertToken(trx: Transaction, token: NewToken): Promise<void> {
  await trx
    .insertInto("signature_token")
    .values({
      hash: token.hash,
      signature_id: token.signatureId,
      purpose: token.purpose,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    })
    .execute();
}

/** Leaves of a signature's access tokens that end some day only the newest few. */
export async function deleteOldAccess(trx: Transaction, signatureId: string, keep: number): Promise<void> {
  await sql`
    delete from signature_token where hash in (
      select hash from signature_token
      where signature_id = ${signatureId} and purpose = 'access' and expires_at is not null
      order by created_at desc, hash offset ${keep})
  `.execute(trx);
}

/** The end of the last link that can still confirm a signature. */
export async function selectLastConfirm(db: Queryable, signatureId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom("signature_token")
    .select((expression) => expression.fn.max("expires_at").as("last"))
    .where("signature_id", "=", signatureId)
    .where("purpose", "=", "confirm")
    .executeTakeFirst();
  return row?.last ?? undefined;
}

/** What a mail needs at the moment of sending; nothing when its link is gone, or the address wants no mail. */
export async function selectForMail(
  db: Queryable,
  mail: { readonly signatureId: string; readonly tokenHash: Buffer; readonly language: string; now: Date },
): Promise<(SignatureRow & { purpose: TokenPurpose }) | undefined> {
  const { rows } = await sql<SignatureRow & { purpose: TokenPurpose }>`
    select ${signatureColumns}, k.purpose, ${letterColumns}
    from signature_token k
    join signature s on s.id = k.signature_id
    join letter l on l.id = s.letter_id
    join tally n on n.letter_id = l.id
    cross join ${titleOf(sql`s.revision`, mail.language)}
    where k.hash = ${mail.tokenHash} and s.id = ${mail.signatureId}
      and (k.expires_at is null or k.expires_at > ${mail.now}) and s.undeliverable_at is null
      and not exists (select from mail_block b where b.letter_id = s.letter_id and b.email_hash = s.email_hash)
  `.execute(db);
  return rows[0];
}

/** What has had its time. Returns how many rows went, of each kind. */
export async function deleteExpired(
  trx: Transaction,
  before: { readonly pending: Date; readonly now: Date; readonly mail: Date },
): Promise<{ pending: number; tokens: number; mail: number }> {
  const deleted = async (statement: ReturnType<typeof sql>): Promise<number> =>
    Number((await statement.execute(trx)).numAffectedRows ?? 0);
  return {
    pending: await deleted(sql`
      delete from signature s where state = 'pending' and created_at < ${before.pending}
        and not exists (select from signature_token k where k.signature_id = s.id and k.expires_at > ${before.now})`),
    tokens: await deleted(sql`
      delete from signature_token where purpose = 'access' and expires_at < ${before.now}`),
    mail: await deleted(sql`delete from mail_sent where at < ${before.mail}`),
  };
}
