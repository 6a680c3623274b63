import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { lockAccount, lockOwners, updateRole } from "./account-store.ts";
import { type Actor, recordAct } from "./act.ts";
import { withdrawInvitationsBy } from "./invite.ts";
import type { Role } from "./roles.ts";

/** Gives somebody another role, at once. The last owner stays one; what a former owner invited is taken back. */
export function changeRole(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  id: string,
  role: Role,
): Promise<{ readonly name: string } | Problem<"account-unknown" | "last-owner">> {
  return inTransaction(db, async (trx) => {
    const owners = await lockOwners(trx);
    const account = await lockAccount(trx, id);
    if (!account) return problem("account-unknown");
    const { name } = account;
    if (account.role === role) return { name };
    if (owners.length === 1 && owners[0] === id) return problem("last-owner");
    await updateRole(trx, id, role);
    const now = clock();
    await recordAct(trx, now, {
      actor,
      act: "account.role",
      subject: { id, name },
      before: { role: account.role },
      after: { role },
    });
    if (account.role === "owner") await withdrawInvitationsBy(trx, now, actor, id);
    return { name };
  });
}
