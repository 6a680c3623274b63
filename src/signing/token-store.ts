/** The SQL of links: the tokens of a signature, and the signature that a token leads to. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import { type LetterRow, letterColumns, titleOf } from "./letter-store.ts";
import type { SignatureState } from "./signature.ts";

/** A signature with the token by which it was asked for, and its letter in the revision that was signed. */
export interface SignatureRow extends LetterRow {
  readonly id: string;
  readonly kind: SignatoryKind;
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
  readonly held_at: Date | null;
  readonly accepted_at: Date | null;
  /** When it came under the text that it is under, where it was accepted under an earlier one. */
  readonly text_signed_at: Date | null;
  readonly refused_at: Date | null;
  /** The decision by which it came into its state. */
  readonly decision_id: string | null;
  readonly undeliverable_at: Date | null;
  readonly withdrawn_at: Date | null;
  readonly erased_at: Date | null;
  /** The import by which it came. */
  readonly import_id: string | null;
  /** The date of the signature elsewhere, as a number. */
  readonly signed_elsewhere: number | null;
  /** The letter's latest revision; the one that was signed, or is about to be, is `revision`. */
  readonly latest: number;
  /** When the link was made by which it was asked for, and when that ends. */
  readonly linked_at: Date;
  readonly expires_at: Date | null;
}

/** What a link is for: to confirm a signature, or to see, correct and withdraw it. */
export type TokenPurpose = "confirm" | "access";

const signatureColumns = sql`
  s.id, s.kind, s.state, s.name, s.affiliation, s.role, s.website, s.representative, s.country, s.show, s.updates,
  s.language, s.email_sealed, s.email_hash, s.created_at, s.held_at, s.accepted_at, s.text_signed_at, s.refused_at, s.decision_id,
  s.undeliverable_at, s.withdrawn_at, s.erased_at, s.import_id, s.signed_elsewhere,
  s.revision, r.number as latest, k.created_at as linked_at, k.expires_at`;

/** Who has yet to confirm is asked about the latest text; who has signed, has signed what was the latest then. */
const textOf = (language: string) => sql`
  lateral (select max(number) as number from revision where letter_id = l.id) r
  cross join ${titleOf(sql`(case s.state when 'pending' then r.number else s.revision end)`, language)}`;

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
    cross join ${textOf(language)}
    where k.hash = ${hash} and k.purpose = ${purpose}
    ${lock === "lock" ? sql`for update of s` : sql``}
  `.execute(db);
  return rows[0];
}

/** A signature as a mail about it finds it: what its link is for, and when that was made. */
export type MailedRow = SignatureRow & { readonly purpose: TokenPurpose; readonly made_at: Date };

/** What a mail needs at the moment of sending; nothing when its link is gone, or the address wants no mail. */
export async function selectForMail(
  db: Queryable,
  mail: { readonly signatureId: string; readonly tokenHash: Buffer; readonly language: string; now: Date },
): Promise<MailedRow | undefined> {
  const { rows } = await sql<MailedRow>`
    select ${signatureColumns}, k.purpose, k.created_at as made_at, ${letterColumns}
    from signature_token k
    join signature s on s.id = k.signature_id
    join letter l on l.id = s.letter_id
    join tally n on n.letter_id = l.id
    cross join ${textOf(mail.language)}
    where k.hash = ${mail.tokenHash} and s.id = ${mail.signatureId}
      and (k.expires_at is null or k.expires_at > ${mail.now}) and s.undeliverable_at is null
      and not exists (select from mail_block b where b.letter_id = s.letter_id and b.email_hash = s.email_hash)
  `.execute(db);
  return rows[0];
}

export interface NewToken {
  readonly hash: Buffer;
  readonly signatureId: string;
  readonly purpose: TokenPurpose;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

/** A link's token, by its hash. */
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

/** How many links there are that confirm a signature. */
export async function countConfirmLinks(trx: Transaction, signatureId: string): Promise<number> {
  const { links } = await trx
    .selectFrom("signature_token")
    .select((expression) => expression.cast<number>(expression.fn.countAll(), "integer").as("links"))
    .where("signature_id", "=", signatureId)
    .where("purpose", "=", "confirm")
    .executeTakeFirstOrThrow();
  return links;
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
