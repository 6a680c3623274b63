import type { Transaction } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import { addJob } from "../jobs/queue.ts";
import type { TemplateName } from "./content.ts";

/**
 * How often a mail is tried. The queue waits e, e², e³ … seconds between attempts, at most e¹⁰ (6.1 hours), so that
 * the last of 17 comes some 46 hours after the first.
 */
const maxAttempts = 17;

/**
 * Asks for a mail, in the transaction of what it follows from: both happen, or neither.
 * @param token the secret of the link in the mail; it lies in the queue sealed and nowhere else
 */
export async function queueMail(
  trx: Transaction,
  keys: Keys,
  mail: { readonly template: TemplateName; signatureId: string; language: string; token: string },
): Promise<void> {
  const { template, signatureId, language, token } = mail;
  const sealed = keys.seal(JSON.stringify({ token })).toString("base64");
  await addJob(trx, "send-mail", { template, signatureId, language, sealed }, { maxAttempts });
}
