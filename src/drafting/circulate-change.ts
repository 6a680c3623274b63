import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { recordAct } from "../people/act.ts";
import { settingFacts } from "./circulate.ts";
import type { CirculationSettings } from "./circulation.ts";
import { selectCirculation, updateCirculation } from "./circulation-store.ts";

/** Changes what was decided about a circulation: its deadline (also one that has passed), reminders, and message. */
export function changeCirculation(
  db: Database,
  clock: Clock,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  settings: CirculationSettings,
): Promise<{ readonly changed: true } | Problem<"not-circulating">> {
  return inTransaction(db, async (trx) => {
    const before = await selectCirculation(trx, letterId, "lock");
    if (!before || before.endedAt) return problem("not-circulating");
    await updateCirculation(trx, letterId, settings);
    await recordAct(trx, clock(), {
      actor,
      act: "circulation.change",
      subject: { id: letterId },
      letterId,
      before: settingFacts(before),
      after: settingFacts(settings),
    });
    return { changed: true };
  });
}
