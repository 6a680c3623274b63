/** Where mail goes on a machine without a mail server: sealed into a table, to be read at /mailbox. */
import type { Database } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import type { MailFile } from "./content.ts";
import { deleteMailBefore, insertMail, type SealedMail, selectMail, selectOneMail } from "./mailbox-store.ts";
import type { Transport } from "./transport.ts";

/** A mail that waits in the mailbox. */
export interface BoxedMail {
  readonly id: number;
  readonly at: Date;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What goes with it, by name. */
  readonly file?: MailFile;
}

/** How many mails the mailbox lists. */
const listed = 100;

/** Puts every mail into the mailbox. */
export function mailboxTransport(db: Database, keys: Keys, clock: Clock): Transport {
  return {
    async send({ to, subject, text, html, file }) {
      await insertMail(db, clock(), keys.seal(JSON.stringify({ to, subject, text, html, file })));
      return "sent";
    },
    close() {},
  };
}

/** The latest mails, newest first. */
export async function listMailbox(db: Database, keys: Keys): Promise<BoxedMail[]> {
  return (await selectMail(db, listed)).map((row) => unsealed(row, keys));
}

/** One mail of the mailbox. */
export async function findMail(db: Database, keys: Keys, id: number): Promise<BoxedMail | undefined> {
  const row = await selectOneMail(db, id);
  return row && unsealed(row, keys);
}

function unsealed({ id, at, sealed }: SealedMail, keys: Keys): BoxedMail {
  return { ...(JSON.parse(keys.open(sealed)) as Omit<BoxedMail, "id" | "at">), id, at };
}

/** How long the mailbox keeps a mail, in milliseconds. */
const kept = 30 * 86_400_000;

/** Deletes mails that have lain in the mailbox for thirty days. Returns how many. */
export function purgeMailbox(db: Database, clock: Clock): Promise<number> {
  return deleteMailBefore(db, new Date(clock().getTime() - kept));
}
