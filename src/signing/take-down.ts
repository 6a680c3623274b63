import type { Transaction } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { dropKnownName } from "../letters/known-names.ts";
import { ownerHash } from "../transparency/commitment.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { insertChange } from "./change-store.ts";
import { type Countable, countMove, countSignatures } from "./counts.ts";
import { logWithdrawal } from "./log-signature.ts";
import { findOwnerSecret } from "./owner-secret.ts";
import { selectSecret } from "./secret-store.ts";
import { isNameListed, updateWithdrawn } from "./signature-store.ts";
import type { SignatureRow } from "./token-store.ts";

/** Takes an accepted signature down for its signatory: it counts no longer, and its name leaves the list. */
export async function takeDown(
  trx: Transaction,
  row: SignatureRow,
  at: Date,
  secret: Uint8Array | undefined,
): Promise<void> {
  await updateWithdrawn(trx, row.id, at);
  await insertChange(trx, { signatureId: row.id, at, change: "withdrawn", actor: "signatory" });
  await logWithdrawal(trx, row, "own", secret);
  await countMove(trx, row.letter_id, "accepted", "withdrawn");
  await leaveList(trx, row.letter_id, [row]);
}

/** Takes signatures that stand no longer out of a letter's counts, and their names from its list. */
export async function leaveList(
  trx: Transaction,
  letterId: string,
  rows: readonly (Countable & { readonly name: string | null })[],
): Promise<void> {
  // The tally is held from here on: what is listed under these names cannot change meanwhile.
  await countSignatures(trx, letterId, rows, -1);
  for (const { kind, show, name } of rows) {
    if (kind !== "organisation" || !show || (await isNameListed(trx, letterId, fold(name!)))) continue;
    await dropKnownName(trx, letterId, name!);
  }
}

/**
 * The owner secret that an entry may reveal: the one given, out of a receipt; or the one that the link itself leads to.
 * @param given 32 bytes
 */
export async function secretToReveal(
  trx: Transaction,
  signatureId: string,
  token: string,
  given: Uint8Array | undefined,
): Promise<Uint8Array | undefined | Problem<"owner-differs">> {
  const secret = await selectSecret(trx, signatureId);
  if (!secret) return undefined;
  if (!given) return findOwnerSecret(token, secret.owner_hash);
  return secret.owner_hash.equals(ownerHash(nodeSha256, given)) ? given : problem("owner-differs");
}
