/**
 * What is done at the desk, kept for good: whoever changes something there calls recordAct in the same transaction, so
 * that there is no act without its row and no row without its act. The database refuses to change or delete a row.
 */
import type { Transaction } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import { insertAct } from "./act-store.ts";

/** Somebody of the desk, whoever has the command line of the server, or the software itself. */
export type Actor = Somebody | "operator" | "system";

/** Somebody of the desk. */
export interface Somebody {
  readonly id: string;
  readonly name: string;
}

/** Values by name, as they were before or after an act. Never an address, a token or a whole text: it stays for ever. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

export interface Act {
  readonly actor: Actor;
  /** The matter and what was done to it, such as "account.role": shown by the message history.act.account.role. */
  readonly act: string;
  /** What it was done to, and how that is called now. */
  readonly subject?: { readonly id: string; readonly name?: string | undefined };
  /** The letter to whose history it belongs. */
  readonly letterId?: string | undefined;
  readonly before?: Facts;
  readonly after?: Facts;
}

/** Writes down an act. */
export async function recordAct(trx: Transaction, at: Date, act: Act): Promise<void> {
  const { actor, subject } = act;
  const person = typeof actor === "object" ? actor : undefined;
  const values = [act.before, act.after].flatMap((facts) => Object.values(facts ?? {}));
  await insertAct(trx, {
    at,
    actor: typeof actor === "object" ? "account" : actor,
    account_id: person?.id ?? null,
    actor_name: person?.name ?? null,
    act: act.act,
    subject_id: subject?.id ?? null,
    subject_name: subject?.name ?? null,
    letter_id: act.letterId ?? null,
    before: act.before ? JSON.stringify(act.before) : null,
    after: act.after ? JSON.stringify(act.after) : null,
    words: fold([person?.name, subject?.name, ...values].filter((word) => word != null).join(" ")),
  });
}
