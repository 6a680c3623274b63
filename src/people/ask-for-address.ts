/** Mailing a link that proves an address: the one that was typed at the set-up, or one that shall take its place. */
import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { EmailAddress } from "../foundation/email-address.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { newToken } from "../foundation/token.ts";
import { queueMail } from "../mail/outbox.ts";
import type { Account } from "./account.ts";
import { hasAccount, lockAccount } from "./account-store.ts";
import { insertProof } from "./address-proof-store.ts";
import { mayMailLink } from "./link-limits.ts";

const hour = 3_600_000;

/** How long the link works, in milliseconds. */
export const addressProofLife = 24 * hour;

/**
 * Mails a link that proves an address of an account. No more of them than an inbox may get.
 * @param mailed where it is another's, the link is counted and goes to nobody
 */
export async function askForProof(
  trx: Transaction,
  keys: Keys,
  now: Date,
  account: Pick<Account, "id" | "language">,
  address: { readonly sealed: Buffer; readonly hash: Buffer },
  mailed = true,
): Promise<void> {
  if (!(await mayMailLink(trx, "address_proof", account.id, now))) return;
  const id = newId();
  const { token, hash } = newToken();
  await insertProof(trx, {
    id,
    token_hash: hash,
    account_id: account.id,
    email_sealed: address.sealed,
    email_hash: address.hash,
    created_at: now,
    expires_at: new Date(now.getTime() + addressProofLife),
  });
  if (mailed)
    await queueMail(trx, keys, { template: "address", about: id, language: account.language, token });
}

/**
 * Asks for another address. The answer is the same whatever the address is, and so is what is left to ask for; one that
 * belongs to another account is mailed nothing.
 */
export function askForAddress(
  db: Database,
  keys: Keys,
  clock: Clock,
  account: Account,
  email: EmailAddress,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const row = await lockAccount(trx, account.id);
    const hash = keys.addressHash(email.canonical);
    const own = row?.email_hash?.equals(hash);
    if (!row || (own && row.address_proved_at !== null)) return;
    const mailed = own === true || !(await hasAccount(trx, hash));
    await askForProof(trx, keys, clock(), account, { sealed: keys.seal(email.address), hash }, mailed);
  });
}

/** Mails the link for the account's own address once more. Nothing happens when it is proved. */
export function askForProofAgain(db: Database, keys: Keys, clock: Clock, account: Account): Promise<void> {
  return inTransaction(db, async (trx) => {
    const row = await lockAccount(trx, account.id);
    if (!row?.email_sealed || !row.email_hash || row.address_proved_at) return;
    await askForProof(trx, keys, clock(), account, { sealed: row.email_sealed, hash: row.email_hash });
  });
}
