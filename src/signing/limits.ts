/**
 * So that the form cannot be used to flood a stranger's inbox. Mail is counted by the inbox that it reaches, for which
 * one owner can have any number of addresses (ada+1@, ada+2@): each of these can sign, but they share the limits.
 */

import type { Queryable, Transaction } from "../database/open.ts";
import { type EmailAddress, inboxOf, parseEmailAddress } from "../foundation/email-address.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem } from "../foundation/problem.ts";
import { countOwnChanges } from "./change-store.ts";
import { countMail, insertMailSent } from "./mail-store.ts";
import { daysAfter } from "./signature.ts";

/**
 * How many mails one inbox gets at most. Not counted for the site's day is what went out before the address answered: the
 * mails about a letter that it confirmed since, or said of that it was not its owner.
 */
export const mailLimits = { letterHour: 3, letterDay: 6, siteDay: 20 } as const;

/**
 * How often within a day a signatory corrects or puts back one signature: each may be an entry in the log, and stays.
 * Taking leave to write back is not counted.
 */
export const changeLimit = 10;

/** So many are written to, and then comes a pause in milliseconds: mail servers slow down whoever writes to thousands at once. */
export const bulkPace = { mails: 100, pause: 30_000 } as const;

const hour = 3_600_000;

/** The keyed hash by which mail to an inbox is counted. */
export function inboxHash(keys: Keys, email: EmailAddress): Buffer {
  return keys.addressHash(inboxOf(email));
}

/** The same for an address as it lies in the database. */
export function inboxOfSealed(keys: Keys, sealed: Buffer): Buffer {
  return inboxHash(keys, openAddress(keys, sealed));
}

/** An address as it lies in the database, read. */
export function openAddress(keys: Keys, sealed: Buffer): EmailAddress {
  const email = parseEmailAddress(keys.open(sealed));
  if (isProblem(email)) throw new Error("a sealed address cannot be read");
  return email;
}

/**
 * Whether one more mail about a letter may go to an address. Right only while its inbox is locked.
 * @param to the keyed hashes of the inbox and of the address itself
 */
export async function mayMail(
  trx: Transaction,
  letterId: string,
  to: { readonly inbox: Buffer; readonly emailHash: Buffer },
  now: Date,
): Promise<boolean> {
  const since = { hour: new Date(now.getTime() - hour), day: daysAfter(now, -1) };
  const sent = await countMail(trx, letterId, to, since);
  return (
    sent.letterHour < mailLimits.letterHour &&
    sent.letterDay < mailLimits.letterDay &&
    sent.siteDay < mailLimits.siteDay
  );
}

/** Whether a signatory may change a signature once more. Right only while the signature is locked. */
export async function mayChange(db: Queryable, signatureId: string, now: Date): Promise<boolean> {
  return (await countOwnChanges(db, signatureId, daysAfter(now, -1))) < changeLimit;
}

/** Counts a mail to an inbox. */
export const countOneMail = insertMailSent;
