/**
 * "Mail me a link." Whoever asks learns nothing about the address: the answer is given before anybody has looked whether
 * it has an account, and the same job is queued for every address.
 */
import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { EmailAddress } from "../foundation/email-address.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { newToken } from "../foundation/token.ts";
import { addJob, type JobPayloads } from "../jobs/queue.ts";
import { queueMail } from "../mail/outbox.ts";
import { lockByAddress } from "./account-store.ts";
import { mayMailLink } from "./link-limits.ts";
import { insertLink } from "./link-store.ts";

/** How long a link works, in milliseconds. */
export const linkLife = 15 * 60_000;

interface Ask {
  /** The keyed hash of the address, in base64. */
  readonly address: string;
  /** The hash of the browser's cookie, in base64. */
  readonly browser: string;
  /** The page of the desk that was asked for. */
  readonly next: string | null;
}

/** Notes that somebody at a browser asks for a link. */
export async function askToEnter(
  db: Database,
  keys: Keys,
  email: EmailAddress,
  browserHash: Buffer,
  next?: string,
): Promise<void> {
  const ask: Ask = {
    address: keys.addressHash(email.canonical).toString("base64"),
    browser: browserHash.toString("base64"),
    next: next ?? null,
  };
  const sealed = keys.seal(JSON.stringify(ask)).toString("base64");
  await addJob(db, "send-sign-in", { sealed }, { maxAttempts: 5 });
}

/** The job that answers: mails a link if the address has an account and has not had enough of them. */
export function sendSignIn(db: Database, keys: Keys, clock: Clock) {
  return async (job: JobPayloads["send-sign-in"]): Promise<void> => {
    const ask = JSON.parse(keys.open(Buffer.from(job.sealed, "base64"))) as Ask;
    await inTransaction(db, async (trx) => {
      const now = clock();
      const account = await lockByAddress(trx, Buffer.from(ask.address, "base64"));
      // An address that was typed and never proved may be a stranger's.
      if (!account?.address_proved_at) return;
      if (!(await mayMailLink(trx, "sign_in_link", account.id, now))) return;
      const id = newId();
      const { token, hash } = newToken();
      await insertLink(trx, {
        id,
        token_hash: hash,
        account_id: account.id,
        browser_hash: Buffer.from(ask.browser, "base64"),
        next: ask.next,
        created_at: now,
        expires_at: new Date(now.getTime() + linkLife),
      });
      await queueMail(trx, keys, { template: "sign-in", about: id, language: account.language, token });
    });
  };
}
