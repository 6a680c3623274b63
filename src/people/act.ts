/**
 * What is done at the desk, kept for good: whoever changes something there calls recordAct in the same transaction, so
 * that there is no act without its row and no row without its act. The database refuses to change or delete a row.
 */
import type { Transaction } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import { insertActs } from "./act-store.ts";

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
export function recordAct(trx: Transaction, at: Date, act: Act): Promise<void> {
  return recordActs(trx, at, [act]);
}

/** Writes down several, at least one, that were done at once. */
export async function recordActs(trx: Transaction, at: Date, acts: readonly Act[]): Promise<void> {
  await insertActs(
    trx,
    acts.map((act) => rowOf(at, act)),
  );
}

function rowOf(at: Date, { actor, act, subject, letterId, before, after }: Act) {
  const person = typeof actor === "object" ? actor : undefined;
  const values = [before, after].flatMap((facts) => Object.values(facts ?? {}));
  return {
    at,
    actor: typeof actor === "object" ? ("account" as const) : actor,
    account_id: person?.id ?? null,
    actor_name: person?.name ?? null,
    act,
    subject_id: subject?.id ?? null,
    subject_name: subject?.name ?? null,
    letter_id: letterId ?? null,
    before: before ? JSON.stringify(before) : null,
    after: after ? JSON.stringify(after) : null,
    words: fold([person?.name, subject?.name, ...values].filter((word) => word != null).join(" ")),
  };
}
