import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { recordAct } from "../people/act.ts";
import type { CirculationSettings } from "./circulation.ts";
import { insertCirculation, selectCirculation } from "./circulation-store.ts";
import { titleIn } from "./document.ts";
import { draftOf } from "./draft.ts";
import { selectDraft, selectLastNumber, updateStage } from "./draft-store.ts";
import { type FreezeRefusal, freeze } from "./freeze.ts";
import { insertFollower, insertStarter } from "./news-store.ts";

/**
 * Begins to circulate a letter: from now on those who are invited see its latest frozen draft. Where none has been frozen,
 * the draft as it is saved becomes the first. Who begins it, and who started the draft, follow it (news.ts). Beginning once
 * more does no harm.
 * @param seen the edition that was looked at, without which none is frozen; where another has been saved since, nothing is
 *   done
 */
export function beginCirculation(
  db: Database,
  clock: Clock,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  settings: CirculationSettings,
  seen: number | undefined,
): Promise<
  { readonly began: true } | Problem<FreezeRefusal | "letter-public" | "edited-meanwhile" | "edition-unsaid">
> {
  return inTransaction(db, async (trx) => {
    const at = clock();
    const row = await selectDraft(trx, letterId, "lock");
    if (!row || row.discarded_at) return problem("draft-unknown");
    if (row.stage === "published") return problem("letter-public");
    if (await selectCirculation(trx, letterId)) return { began: true };
    if (seen !== undefined && row.edition !== seen) return problem("edited-meanwhile");
    if ((await selectLastNumber(trx, letterId)) === 0) {
      if (seen === undefined) return problem("edition-unsaid");
      const frozen = await freeze(trx, actor, letterId, "", at);
      if (isProblem(frozen)) return frozen;
    }
    await updateStage(trx, letterId, "circulating");
    await insertCirculation(trx, letterId, settings, at, actor.id);
    await insertStarter(trx, letterId);
    await insertFollower(trx, letterId, actor.id);
    const { document } = draftOf(row);
    await recordAct(trx, at, {
      actor,
      act: "circulation.begin",
      subject: { id: letterId, name: titleIn(document, document.language).title },
      letterId,
      after: settingFacts(settings),
    });
    return { began: true };
  });
}

/** Settings as the history keeps them. */
export function settingFacts({ deadline, timeZone, remindDays }: CirculationSettings) {
  return {
    deadline: deadline?.toISOString() ?? null,
    "time-zone": timeZone,
    reminders: remindDays.join(", "),
  };
}
