import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { queueMail } from "../mail/outbox.ts";
import { recordAct } from "../people/act.ts";
import { selectDraft } from "./draft-store.ts";
import { makeInviteeLink } from "./invitee.ts";
import { selectInvitee } from "./invitee-store.ts";
import { selectSignOns, updateOutcome } from "./sign-on-store.ts";

export interface ConditionAnswer {
  readonly outcome: "met" | "declined";
  /** To whoever set the condition; may be empty. */
  readonly word: string;
}

/**
 * Says of a sign-on's condition that it is met, or that it will not be; its signatory is told by mail. Once: a condition
 * that was decided stays so, and a new sign-on may bring another.
 */
export function decideCondition(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  signOnId: string,
  { outcome, word }: ConditionAnswer,
): Promise<{ readonly decided: true } | Problem<"nothing-to-decide">> {
  return inTransaction(db, async (trx) => {
    const draft = await selectDraft(trx, letterId, "lock");
    // Once the letter is public, whoever waits on a condition was left out.
    if (!draft || draft.discarded_at || draft.stage === "published") return problem("nothing-to-decide");
    const signOn = (await selectSignOns(trx, letterId)).find(({ id }) => id === signOnId);
    const decidable = signOn?.condition != null && signOn.outcome === null && signOn.withdrawnAt === null;
    if (!signOn || !decidable) return problem("nothing-to-decide");
    const at = clock();
    await updateOutcome(trx, signOnId, { outcome, word, at, by: actor.id });
    const invitee = (await selectInvitee(trx, letterId, signOn.inviteeId))!;
    const token = await makeInviteeLink(trx, invitee.id, at);
    await queueMail(trx, keys, {
      template: "draft-condition",
      about: invitee.id,
      language: invitee.language,
      token,
    });
    await recordAct(trx, at, {
      actor,
      act: outcome === "met" ? "condition.met" : "condition.declined",
      subject: { id: signOnId },
      letterId,
    });
    return { decided: true };
  });
}
