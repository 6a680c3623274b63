import type { Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { lockAccount, lockOwners, removeAccount as remove } from "./account-store.ts";
import { type Actor, recordAct } from "./act.ts";
import { withdrawInvitationsBy } from "./invite.ts";

/**
 * Removes an account, at once: sessions, passkeys and links end, the address is deleted, what they invited is taken back.
 * The name stays beside what they did. The last owner stays. Their private links to drafts are taken back by who calls this
 * (drafting/remove-person.ts).
 */
export async function removeAccount(
  trx: Transaction,
  clock: Clock,
  actor: Exclude<Actor, string>,
  id: string,
): Promise<{ readonly name: string } | Problem<"account-unknown" | "last-owner">> {
  const owners = await lockOwners(trx);
  const account = await lockAccount(trx, id);
  if (!account) return problem("account-unknown");
  if (owners.length === 1 && owners[0] === id) return problem("last-owner");
  const { name, role } = account;
  const now = clock();
  await remove(trx, id, now);
  await recordAct(trx, now, { actor, act: "account.removed", subject: { id, name }, before: { role } });
  await withdrawInvitationsBy(trx, now, actor, id);
  return { name };
}
