import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { shutPartnerOut } from "../people/account.ts";
import { recordAct } from "../people/act.ts";
import { selectDraft } from "./draft-store.ts";
import { eraseEverything, eraseWords } from "./invitee-erase-store.ts";
import { lockPerson } from "./invitee-store.ts";

/**
 * Erases one person who was invited, at once and for good: their links open nothing, and address, name, word, sign-on and
 * condition are deleted. A partner's place goes under whatever address they were invited, and the letter is shut to them at
 * the desk; the account stays. A signature that their sign-on has become is theirs, and stays.
 * @param words what becomes of their comments: kept, under no name; or deleted as well
 */
export function eraseInvitee(
  db: Database,
  clock: Clock,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  id: string,
  words: "kept" | "deleted",
): Promise<{ readonly erased: true } | Problem<"invitee-unknown">> {
  return inTransaction(db, async (trx) => {
    await selectDraft(trx, letterId, "lock");
    const places = await lockPerson(trx, letterId, id);
    const ids = places.flatMap((one) => (one.name === null ? [] : [one.id]));
    if (ids.length === 0) return problem("invitee-unknown");
    const at = clock();
    await eraseEverything(trx, ids, at);
    if (words === "deleted") await eraseWords(trx, ids);
    const { accountId } = places[0]!;
    if (accountId) await shutPartnerOut(trx, accountId, letterId);
    await recordAct(trx, at, { actor, act: "invitee.erase", subject: { id }, letterId });
    return { erased: true };
  });
}
