import type { Transaction } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import { queueMail } from "../mail/outbox.ts";
import { makeAccessLink } from "./links.ts";
import { setUndeliverable } from "./store.ts";

/**
 * Answers an address that has signed already: a mail says so and brings a fresh private link. Nothing else changes,
 * for anybody can send the form. An address that was refused once is tried anew.
 */
export async function answerDuplicate(
  trx: Transaction,
  keys: Keys,
  signatureId: string,
  language: string,
  now: Date,
): Promise<void> {
  await setUndeliverable(trx, signatureId, null);
  const token = await makeAccessLink(trx, signatureId, now);
  await queueMail(trx, keys, { template: "already-signed", signatureId, language, token });
}
