/** Reminders before a circulation's deadline: at eight in the morning by the clocks it was set by, each once. */
import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { instantOf, wallTimeAt } from "../foundation/time-zone.ts";
import { queueMail } from "../mail/outbox.ts";
import type { Circulation, CirculationSettings } from "./circulation.ts";
import { selectWithDeadline } from "./circulation-store.ts";
import { makeInviteeLinks } from "./invitee.ts";
import { insertReminders, selectUnanswered } from "./invitee-remind-store.ts";

const hourOfDay = 8;
/** One that is due for longer, since the server was down or the settings are new, is not made up for. In milliseconds. */
const late = 24 * 3_600_000;

/** When a reminder so many days before a deadline is due. */
export function reminderDue(deadline: Date, timeZone: string, days: number): Date {
  const { year, month, day } = wallTimeAt(timeZone, deadline);
  const date = new Date(Date.UTC(year, month - 1, day - days));
  return instantOf(timeZone, {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: hourOfDay,
    minute: 0,
  });
}

/** The reminder that is due at an instant. */
function dueNow({ deadline, timeZone, remindDays }: CirculationSettings, now: Date) {
  return remindDays
    .map((days) => ({ days, due: reminderDue(deadline!, timeZone, days) }))
    .filter(({ due }) => due <= now && now.getTime() - due.getTime() < late)
    .sort((a, b) => a.days - b.days)[0];
}

/**
 * Reminds those who have not answered: letter by letter, so that nobody's places at several are held at once. Run once an
 * hour.
 * @returns how many mails were queued
 */
export async function remindInvited(db: Database, keys: Keys, clock: Clock): Promise<number> {
  const now = clock();
  let count = 0;
  for (const circulation of await selectWithDeadline(db, now))
    count += await inTransaction(db, (trx) => remindOf(trx, keys, circulation, now));
  return count;
}

async function remindOf(trx: Transaction, keys: Keys, circulation: Circulation, now: Date): Promise<number> {
  const reminder = dueNow(circulation, now);
  if (!reminder) return 0;
  const deadline = circulation.deadline!;
  const unanswered = await selectUnanswered(trx, circulation.letterId, { deadline, ...reminder });
  if (unanswered.length === 0) return 0;
  const ids = unanswered.map(({ id }) => id);
  await insertReminders(
    trx,
    ids.map((id) => ({ invitee_id: id, deadline, days: reminder.days, at: now })),
  );
  const tokens = await makeInviteeLinks(trx, ids, now);
  for (const [at, { id, language }] of unanswered.entries())
    await queueMail(trx, keys, { template: "draft-reminder", about: id, language, token: tokens[at]! });
  return unanswered.length;
}
