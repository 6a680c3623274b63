import type { Transaction } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import { queueMail } from "../mail/outbox.ts";
import { isRefused } from "./address-store.ts";
import { insertChange } from "./change-store.ts";
import { countMove } from "./counts.ts";
import { noteAddress } from "./evidence.ts";
import { type Holdable, type HoldReason, whyHeld } from "./hold-rules.ts";
import { selectHold, upsertHold } from "./hold-store.ts";
import { openAddress } from "./limits.ts";
import { makeAccessLink } from "./links.ts";
import { updateHeld } from "./signature-store.ts";
import type { SignatureRow } from "./token-store.ts";

/** Why a signature that its owner confirms has to be held. */
export interface Hold {
  readonly reasons: readonly HoldReason[];
  readonly watched: string | null;
  readonly domainHash: Buffer;
}

/** The keyed hash by which signatures of one domain of addresses are found. */
export function domainHash(keys: Keys, domain: string): Buffer {
  return keys.addressHash(`@${domain}`);
}

/** Of a signature, what is looked at when it might be held. */
type ToBeHeld = Holdable & Pick<SignatureRow, "id" | "letter_id" | "email_sealed" | "email_hash">;

/** Whether a signature has to be held, and why. One that was found good already is not held once more. */
export async function findHold(trx: Transaction, keys: Keys, row: ToBeHeld): Promise<Hold | undefined> {
  if ((await selectHold(trx, row.id))?.cleared_at) return undefined;
  const email = openAddress(keys, row.email_sealed!);
  const refusedBefore = await isRefused(trx, row.letter_id, row.email_hash!);
  const [why] = await whyHeld(trx, row.letter_id, [{ row, email, refusedBefore }]);
  return why!.reasons.length > 0 ? { ...why!, domainHash: domainHash(keys, email.domain) } : undefined;
}

/**
 * Holds a signature that its owner has confirmed under the latest text: it is neither shown nor counted nor in the log
 * until somebody of the desk has decided. A mail says so and brings the private link.
 * @param owner the hash of an owner secret that the browser has made, kept for the day on which it is accepted
 * @returns the token of the private link
 */
export async function holdSignature(
  trx: Transaction,
  keys: Keys,
  row: ToBeHeld & Pick<SignatureRow, "state" | "language" | "latest">,
  now: Date,
  { reasons, watched, domainHash }: Hold,
  owner: Uint8Array | undefined,
): Promise<string> {
  await updateHeld(trx, row.id, { revision: row.latest, at: now });
  await upsertHold(trx, row.id, {
    reasons,
    watched,
    domain_hash: domainHash,
    owner_hash: owner ? Buffer.from(owner) : null,
    cleared_at: null,
  });
  const change = { change: "held", actor: "signatory", reason: reasons.join(", ") } as const;
  await insertChange(trx, { signatureId: row.id, at: now, ...change });
  await noteAddress(trx, keys, row, now);
  const token = await makeAccessLink(trx, row.id, now);
  await queueMail(trx, keys, { template: "held", about: row.id, language: row.language, token });
  await countMove(trx, row.letter_id, row.state, "held");
  return token;
}
