/** The SQL of deleting what is personal of those who were invited, and of those who were given links under embargo. */
import { sql } from "kysely";
import type { Transaction } from "../database/open.ts";

/** Whether the name of an invitee `i` stands under the letter: their sign-on became a signature that is not erased. */
const stands = sql`exists (
  select from sign_on o join signature s on s.id = o.signature_id
  where o.invitee_id = i.id and s.erased_at is null)`;

/** Whether an invitee `i` had a sign-on that became a signature, whatever became of that. */
const entered = sql`exists (select from sign_on o where o.invitee_id = i.id and o.signature_id is not null)`;

/** Whether the letter of a row became public, or was put aside, before an instant. */
const over = (letter: string, before: Date) => sql`(
  exists (select from circulation where letter_id = ${sql.ref(letter)} and ended_at < ${before})
  or exists (select from revision where letter_id = ${sql.ref(letter)} and number = 1 and created_at < ${before})
  or exists (select from draft where letter_id = ${sql.ref(letter)} and discarded_at < ${before}))`;

/**
 * Of whom everything goes: those who have erased the signature that their sign-on became; and, of circulations that were
 * over before an instant, everybody whose name does not stand under the letter.
 */
export async function selectForgotten(trx: Transaction, before: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select i.id from invitee i
    where i.name is not null and not ${stands} and (${entered} or ${over("i.letter_id", before)})
    order by i.id for update`.execute(trx);
  return rows.map(({ id }) => id);
}

/**
 * Deletes everything personal of some: who they are, their word, their links, and what they signed with. What they wrote
 * stays, without a name.
 */
export async function eraseEverything(trx: Transaction, ids: readonly string[], at: Date): Promise<void> {
  const those = sql`any(${ids}::uuid[])`;
  await sql`
    update invitee set name = null, organisation = null, account_id = null, email_sealed = null, email_hash = null,
      declined_word = null, erased_at = coalesce(erased_at, ${at})
    where id = ${those}`.execute(trx);
  await sql`delete from invitee_link where invitee_id = ${those}`.execute(trx);
  await sql`delete from sign_on where invitee_id = ${those}`.execute(trx);
}

/**
 * Of circulations that were over before an instant, deletes what else is left of those whose names stand under the letter:
 * addresses and links, and what they signed that did not become the signature.
 */
export async function eraseBesideSignatures(trx: Transaction, before: Date, at: Date): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update invitee i set email_sealed = null, email_hash = null, erased_at = ${at}
    where i.email_sealed is not null and ${over("i.letter_id", before)} returning i.id`.execute(trx);
  await sql`delete from invitee_link where invitee_id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(
    trx,
  );
  await sql`delete from sign_on o where o.signature_id is null and ${over("o.letter_id", before)}`.execute(
    trx,
  );
  return rows.length;
}

/** Deletes what some wrote. A comment that others have answered stays, without its words. */
export async function eraseWords(trx: Transaction, ids: readonly string[]): Promise<void> {
  const theirs = sql`c.invitee_id = any(${ids}::uuid[])`;
  await sql`delete from comment c where ${theirs} and c.thread is not null`.execute(trx);
  await sql`delete from comment c where ${theirs}
    and not exists (select from comment a where a.thread = c.id)`.execute(trx);
  await sql`update comment c set body = null where ${theirs}`.execute(trx);
}

/**
 * Of links under embargo to letters that were over before an instant, or that were revoked before it, deletes whom they
 * were for.
 */
export async function eraseRecipients(trx: Transaction, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update embargo_link e set recipient = null, token_sealed = null, email_sealed = null
    where recipient is not null and (revoked_at < ${before} or ${over("e.letter_id", before)})`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
