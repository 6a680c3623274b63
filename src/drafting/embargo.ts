/**
 * Links by which the press or an addressee reads a letter before it is public, and keeps it for themselves until then.
 * A link shows the frozen draft that is scheduled; from the moment when the letter is public it leads to the public page.
 */
import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { EmailAddress } from "../foundation/email-address.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken, newToken } from "../foundation/token.ts";
import { queueMail } from "../mail/outbox.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { type DraftRevision, findDraftRevision } from "./draft.ts";
import { selectDraft } from "./draft-store.ts";
import { insertEmbargoLink, selectEmbargoLink, selectEmbargoLinks, updateRevoked } from "./embargo-store.ts";
import { findSchedule, type Schedule } from "./publish-schedule.ts";

export interface NewEmbargo {
  /** Whom it is for, as the page behind the link names them. */
  readonly recipient: string;
  /** Where the link is mailed to; without it the desk hands it on. */
  readonly email?: EmailAddress;
  /** Of the mail. */
  readonly language: string;
}

export interface EmbargoLink {
  readonly id: string;
  /** Null, as the recipient is, once whom it was for is deleted (invitee-purge.ts). */
  readonly token: string | null;
  readonly recipient: string | null;
  /** Null where it was not mailed, or the letter is public by now. */
  readonly address: string | null;
  readonly createdAt: Date;
  readonly undeliverableAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Makes a link to a letter that waits for its time. */
export function makeEmbargoLink(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
  { recipient, email, language }: NewEmbargo,
): Promise<undefined | Problem<"not-scheduled">> {
  return inTransaction(db, async (trx) => {
    await selectDraft(trx, letterId, "lock");
    const schedule = await findSchedule(trx, letterId);
    if (schedule?.state !== "waiting") return problem("not-scheduled");
    const id = newId();
    const at = clock();
    const { token, hash } = newToken();
    await insertEmbargoLink(trx, {
      id,
      letterId,
      hash,
      tokenSealed: keys.seal(token),
      recipient,
      emailSealed: email ? keys.seal(email.address) : null,
      language,
      at,
      by: actor.id,
    });
    if (email) await queueMail(trx, keys, { template: "embargo", about: id, language, token });
    await recordAct(trx, at, { actor, act: "embargo.made", subject: { id }, letterId });
    return undefined;
  });
}

/** Takes a link back: it shows nothing from now on. Once more does no harm. */
export function revokeEmbargoLink(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
  id: string,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    if (!(await updateRevoked(trx, letterId, id, clock()))) return;
    await recordAct(trx, clock(), {
      actor,
      act: "embargo.revoked",
      subject: { id },
      letterId,
    });
  });
}

/** A letter's links, the latest first; also those that were revoked. */
export async function listEmbargoLinks(db: Queryable, keys: Keys, letterId: string): Promise<EmbargoLink[]> {
  return (await selectEmbargoLinks(db, letterId)).map((row) => ({
    id: row.id,
    token: row.token_sealed && keys.open(row.token_sealed),
    recipient: row.recipient,
    address: row.email_sealed && keys.open(row.email_sealed),
    createdAt: row.created_at,
    undeliverableAt: row.undeliverable_at,
    revokedAt: row.revoked_at,
  }));
}

export interface Embargo {
  readonly letterId: string;
  /** Null once that is deleted, when the letter has long been public. */
  readonly recipient: string | null;
  /** What is to be read, and until when it is not public; absent while no time is set, and once it is public. */
  readonly waiting?: { readonly schedule: Schedule; readonly draft: DraftRevision };
}

/** What a link shows; nothing where there is none, or it was revoked. */
export async function findEmbargo(db: Queryable, token: string): Promise<Embargo | undefined> {
  const link = await selectEmbargoLink(db, { hash: hashToken(token) });
  if (!link || link.revoked_at) return undefined;
  const found = { letterId: link.letter_id, recipient: link.recipient };
  const schedule = await findSchedule(db, link.letter_id);
  const draft =
    schedule?.state === "waiting" ? await findDraftRevision(db, link.letter_id, schedule.draft) : undefined;
  return schedule && draft ? { ...found, waiting: { schedule, draft } } : found;
}
