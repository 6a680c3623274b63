/**
 * An address counts once its owner has answered a mail: the one typed at the set-up, and one that shall take the place of
 * another. Until then nobody signs in by it, and nothing has changed. The answer is given by whoever is signed in to the
 * account: a stranger to whom a slip of the finger sent the mail gets nowhere with it.
 */
import type { Queryable, Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken, newToken } from "../foundation/token.ts";
import { queueMail } from "../mail/outbox.ts";
import type { Account } from "./account.ts";
import { type AccountRow, hasAccount, lockAccount } from "./account-store.ts";
import { recordAct } from "./act.ts";
import {
  deleteOpenProofs,
  lockProof,
  markAddressProved,
  markProofUsed,
  selectProof,
  updateAddress,
} from "./address-proof-store.ts";
import { endLinks } from "./link-store.ts";

/** The address that a link of an account proves; nothing when there is no such link, or it was used, or has ended. */
export async function findProof(
  db: Queryable,
  keys: Keys,
  clock: Clock,
  account: Account,
  token: string,
): Promise<string | undefined> {
  const row = await selectProof(db, account.id, hashToken(token), clock());
  return row && keys.open(row.email_sealed);
}

/**
 * The owner of an address answers. It is the account's from now on; the one before is told, where that was proved, and
 * links to sign in that were mailed to it lead nowhere. Their places at drafts are moved by who calls this
 * (drafting/own-address.ts).
 */
export async function proveAddress(
  trx: Transaction,
  keys: Keys,
  now: Date,
  account: Account,
  token: string,
): Promise<"proved" | "changed" | Problem<"link-ended">> {
  const row = await lockAccount(trx, account.id);
  const proof = row && (await lockProof(trx, account.id, hashToken(token), now));
  if (!proof) return problem("link-ended");
  const own = row.email_hash!.equals(proof.email_hash);
  if (!own && (await hasAccount(trx, proof.email_hash))) return problem("link-ended");
  await deleteOpenProofs(trx, account.id, proof.id);
  if (own) {
    await markProofUsed(trx, proof.id, now, null);
    await markAddressProved(trx, account.id, now);
    await recordAct(trx, now, { actor: account, act: "account.address-proved", subject: account });
    return "proved";
  }
  await changeAddress(trx, keys, now, account, row, proof);
  return "changed";
}

async function changeAddress(
  trx: Transaction,
  keys: Keys,
  now: Date,
  account: Account,
  before: AccountRow,
  proof: { readonly id: string; readonly email_sealed: Buffer; readonly email_hash: Buffer },
): Promise<void> {
  const tell = before.address_proved_at !== null;
  await markProofUsed(trx, proof.id, now, tell ? before.email_sealed : null);
  await updateAddress(trx, account.id, proof.email_sealed, proof.email_hash, now);
  await endLinks(trx, account.id, now);
  await recordAct(trx, now, { actor: account, act: "account.address", subject: account });
  // The mail leads nowhere; the token makes it one mail, however often it is tried.
  if (tell)
    await queueMail(trx, keys, {
      template: "address-changed",
      about: proof.id,
      language: account.language,
      token: newToken().token,
    });
}
