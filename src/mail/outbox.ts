import type { Queryable, Transaction } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import { addJob, dropJobs, type MailJob } from "../jobs/queue.ts";
import { signatureTemplates, type TemplateName } from "./content.ts";

/**
 * How often a mail is tried. The queue waits e, e², e³ … seconds between attempts, at most e¹⁰ (6.1 hours), so that
 * the last of 17 comes some 46 hours after the first.
 */
const maxAttempts = 17;

/**
 * Asks for a mail, in the transaction of what it follows from: both happen, or neither. Of each kind one at most waits
 * about one matter: the newest, which has the newest link.
 * @param token the secret of the link in the mail; it lies in the queue sealed and nowhere else
 */
export async function queueMail(
  trx: Transaction,
  keys: Keys,
  mail: { readonly template: TemplateName; about: string; language: string; token: string },
): Promise<void> {
  const { template, about, language, token } = mail;
  const sealed = keys.seal(JSON.stringify({ token })).toString("base64");
  await addMailJob(trx, { template, about, language, sealed });
}

/** Puts off a mail whose matter is not ready yet. */
export async function postponeMail(db: Queryable, job: MailJob, runAt: Date): Promise<void> {
  await addMailJob(db, job, runAt);
}

/** Takes back all mail that waits for signatures. One that is being sent looks once more whether it is wanted. */
export async function dropMail(trx: Transaction, signatureIds: readonly string[]): Promise<void> {
  const keys = signatureIds.flatMap((id) => signatureTemplates.map((template) => keyOf(template, id)));
  await dropJobs(trx, keys);
}

async function addMailJob(db: Queryable, job: MailJob, runAt?: Date): Promise<void> {
  const key = keyOf(job.template, job.about);
  await addJob(db, "send-mail", job, { maxAttempts, key, ...(runAt && { runAt }) });
}

function keyOf(template: string, about: string): string {
  return `mail ${template} ${about}`;
}
