import type { Transaction } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import { addKnownNames } from "../letters/known-names.ts";
import { latestTextHash } from "../letters/log-text.ts";
import { queueMail } from "../mail/outbox.ts";
import { ownerHash } from "../transparency/commitment.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { insertChange } from "./change-store.ts";
import { countMove, countSignatures } from "./counts.ts";
import { noteAddress } from "./evidence.ts";
import { makeAccessLink, makePassingLink } from "./links.ts";
import { type LoggableSignature, logSignature } from "./log-signature.ts";
import { ownerSecretOf } from "./owner-secret.ts";
import type { SignatureState } from "./signature.ts";
import { updateAccepted } from "./signature-store.ts";

/** Of a signature, what accepting it needs. Its row is locked. */
export interface AcceptableSignature extends LoggableSignature {
  readonly state: SignatureState;
  readonly website: string | null;
  readonly country: string | null;
  readonly language: string;
  /** The letter's latest revision. */
  readonly latest: number;
}

export interface Acceptance {
  readonly change: "accepted" | "restored";
  /** Whether receipt and link are mailed; a link that is not ends some day. */
  readonly mail: boolean;
  /** The hash of an owner secret that the browser has made; without it the secret follows from the new link. */
  readonly owner?: Uint8Array | undefined;
  /** The decision that it follows from, where the desk had to look. */
  readonly decisionId?: string | undefined;
  /** An earlier one by which it was found good: when that is taken back, it is held with the others. */
  readonly foundBy?: string | undefined;
}

/**
 * Accepts a signature under the latest text of its letter, which the caller holds: it counts, its name stands on the
 * list if it may, its entry is queued for the log, and a receipt goes out with a new private link.
 * @returns the token of the private link
 */
export async function acceptSignature(
  trx: Transaction,
  keys: Keys,
  row: AcceptableSignature,
  now: Date,
  acceptance: Acceptance,
): Promise<string> {
  const token = await enter(trx, keys, row, now, acceptance);
  await countAcceptance(trx, row.letter_id, [row], now);
  return token;
}

/** Accepts many signatures of one letter, likewise. Each brings the acceptance that is its own. */
export async function acceptSignatures(
  trx: Transaction,
  keys: Keys,
  letterId: string,
  rows: readonly (readonly [AcceptableSignature, Acceptance])[],
  now: Date,
): Promise<void> {
  for (const [row, acceptance] of rows) await enter(trx, keys, row, now, acceptance);
  await countAcceptance(
    trx,
    letterId,
    rows.map(([row]) => row),
    now,
  );
}

async function enter(
  trx: Transaction,
  keys: Keys,
  row: AcceptableSignature,
  now: Date,
  { change, mail, owner, decisionId, foundBy }: Acceptance,
): Promise<string> {
  await updateAccepted(trx, row.id, row.latest, now, decisionId ?? foundBy);
  const actor = decisionId ? "desk" : "signatory";
  await insertChange(trx, { signatureId: row.id, at: now, change, actor, decisionId });
  await noteAddress(trx, keys, row, now);
  const token = await (mail ? makeAccessLink : makePassingLink)(trx, row.id, now);
  if (mail) await queueMail(trx, keys, { template: "receipt", about: row.id, language: row.language, token });
  await logSignature(trx, keys, row, {
    text: await latestTextHash(trx, row.letter_id),
    owner: owner ?? ownerHash(nodeSha256, ownerSecretOf(token)),
  });
  return token;
}

/**
 * Late, for the letter's tally is what confirmations wait for each other at; and before the names, so that one
 * organisation's name is not dropped while another of that name comes.
 */
async function countAcceptance(
  trx: Transaction,
  letterId: string,
  rows: readonly AcceptableSignature[],
  now: Date,
): Promise<void> {
  for (const state of ["pending", "held", "withdrawn"] as const)
    await countMove(trx, letterId, state, "accepted", rows.filter((row) => row.state === state).length);
  await countSignatures(
    trx,
    letterId,
    rows.map((row) => ({ ...row, accepted_at: now, revision: row.latest })),
    1,
  );
  const listed = rows.filter(({ kind, show }) => kind === "organisation" && show).map(({ name }) => name!);
  if (listed.length > 0) await addKnownNames(trx, letterId, listed);
}
