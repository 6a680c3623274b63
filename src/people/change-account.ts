import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { lockAccount, updateAccount } from "./account-store.ts";
import { recordAct, type Somebody } from "./act.ts";

/** What people change of their own accounts. */
export interface OwnValues {
  readonly name: string;
  /** Of the mail that is sent to them. */
  readonly language: string;
  /** Whether they are mailed about the circulations that they follow. */
  readonly news: boolean;
}

/** Changes one's own account; what is not given stays. */
export function changeAccount(
  db: Database,
  clock: Clock,
  account: Somebody,
  values: Partial<OwnValues>,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const row = await lockAccount(trx, account.id);
    if (!row) return;
    const before: OwnValues = { name: row.name, language: row.language, news: row.news };
    const after = { ...before, ...values };
    const changed = (["name", "language", "news"] as const).filter((key) => before[key] !== after[key]);
    if (changed.length === 0) return;
    await updateAccount(trx, account.id, after);
    const facts = (from: OwnValues) => Object.fromEntries(changed.map((key) => [key, from[key]]));
    await recordAct(trx, clock(), {
      actor: account,
      act: "account.changed",
      subject: { id: account.id, name: after.name },
      before: facts(before),
      after: facts(after),
    });
  });
}
