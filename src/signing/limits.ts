/** So that the form cannot be used to flood a stranger's inbox. */
import type { Transaction } from "../database/open.ts";
import { countMail, insertMailSent } from "./mail-store.ts";
import { daysAfter } from "./signature.ts";

/** How many mails one address gets at most. */
export const mailLimits = { letterHour: 3, letterDay: 6, siteDay: 20 } as const;

const hour = 3_600_000;

/** Whether one more mail about a letter may go to an address. Right only while the address is locked. */
export async function mayMail(
  trx: Transaction,
  letterId: string,
  emailHash: Buffer,
  now: Date,
): Promise<boolean> {
  const since = { hour: new Date(now.getTime() - hour), day: daysAfter(now, -1) };
  const sent = await countMail(trx, letterId, emailHash, since);
  return (
    sent.letterHour < mailLimits.letterHour &&
    sent.letterDay < mailLimits.letterDay &&
    sent.siteDay < mailLimits.siteDay
  );
}

/** Counts a mail to an address. */
export const countOneMail = insertMailSent;
