/** Signatures that are held, as tests make them and look at them. */
import assert from "node:assert/strict";
import type { LetterInput } from "../../src/letters/record-letter.ts";
import { findDeskCounts } from "../../src/signing/counts.ts";
import type { TestApp } from "./app.ts";
import { type Form, openLetter, signAndConfirm, tallyOf } from "./signing.ts";

/** A letter whose signatures are all held. */
export async function heldLetter(app: TestApp, slug: string, input: Partial<LetterInput> = {}) {
  const letter = await app.letter({ ...openLetter, slug, ...input });
  await app.db
    .insertInto("letter_moderation")
    .values({ letter_id: letter.id, hold_people: true, hold_organisations: true })
    .execute();
  return letter;
}

/** The signature of an address under a letter, in its latest entry. Between entries the test has to let time pass. */
export async function signatureOf(app: TestApp, letterId: string, email: string) {
  const [latest, before] = await app.db
    .selectFrom("signature")
    .selectAll()
    .where("letter_id", "=", letterId)
    .where("email_hash", "=", app.deps.keys.addressHash(email))
    .orderBy("created_at", "desc")
    .execute();
  assert.ok(latest, `${email} has not signed`);
  assert.notDeepEqual(latest.created_at, before?.created_at, "two entries at one instant have no order");
  return latest;
}

/** Signs and confirms; it must be held then. @returns its private page, and its id */
export async function signHeld(app: TestApp, letter: { id: string; slug: string }, form: Form) {
  const own = await signAndConfirm(app, letter.slug, form);
  const { id, state } = await signatureOf(app, letter.id, form.email!);
  assert.equal(state, "held");
  return { own, id };
}

/** Why a signature is held. */
export async function reasonsOf(app: TestApp, id: string): Promise<string[]> {
  const row = await app.db
    .selectFrom("signature_hold")
    .select("reasons")
    .where("signature_id", "=", id)
    .executeTakeFirstOrThrow();
  return row.reasons;
}

/** All that is kept in counts equals what is counted anew. */
export async function assertCounts(app: TestApp, letterId: string): Promise<void> {
  const rows = await app.db
    .selectFrom("signature")
    .select(["state", "kind"])
    .where("letter_id", "=", letterId)
    .execute();
  const count = (state: string, kind?: string) =>
    rows.filter((row) => row.state === state && (!kind || row.kind === kind)).length;
  assert.deepEqual(await findDeskCounts(app.db, letterId), {
    pending: count("pending"),
    held: count("held"),
    refused: count("refused"),
    withdrawn: count("withdrawn"),
  });
  const { people, organisations } = await tallyOf(app, letterId);
  assert.deepEqual([people, organisations], [count("accepted", "person"), count("accepted", "organisation")]);
}
