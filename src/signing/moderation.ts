/** How a letter takes signatures: those of people, and those of organisations. */
import type { Database, Queryable, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { deleteModeration, selectModeration, upsertModeration } from "./moderation-store.ts";

/** Accepted at once, or held until somebody has looked. */
export interface Moderation {
  readonly holdPeople: boolean;
  readonly holdOrganisations: boolean;
}

/** The rules of a letter, or of a draft; a letter of which nothing was said takes all signatures at once. */
export async function findModeration(db: Queryable, letterId: string): Promise<Moderation> {
  return (await selectModeration(db, letterId)) ?? { holdPeople: false, holdOrganisations: false };
}

/** Forgets the rules of drafts that are deleted. @param letterIds at least one */
export function forgetModeration(trx: Transaction, letterIds: readonly string[]): Promise<void> {
  return deleteModeration(trx, letterIds);
}

/** Sets a letter's rules. They hold for whoever confirms from now on; what waits in the queue stays there. */
export function setModeration(
  db: Database,
  clock: Clock,
  actor: Actor,
  letter: { readonly id: string; readonly title: string },
  rules: Moderation,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const before = await findModeration(trx, letter.id);
    if (before.holdPeople === rules.holdPeople && before.holdOrganisations === rules.holdOrganisations)
      return;
    await upsertModeration(trx, letter.id, rules);
    await recordAct(trx, clock(), {
      actor,
      act: "letter.moderation",
      subject: { id: letter.id, name: letter.title },
      letterId: letter.id,
      before: { ...before },
      after: { ...rules },
    });
  });
}
