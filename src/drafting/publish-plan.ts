/** How a draft is to become public: kept from one visit of the page to the next. */
import type { Database, Queryable, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { findLetterBySlug } from "../letters/find-letter.ts";
import { recordAct, type Somebody } from "../people/act.ts";
import { titleIn } from "./document.ts";
import { draftOf } from "./draft.ts";
import { selectDraft } from "./draft-store.ts";
import { firstPlan, type PublicationPlan } from "./publish-input.ts";
import { selectPlan, upsertPlan } from "./publish-store.ts";

/** What was decided of a letter so far. */
export async function findPlan(db: Queryable, letterId: string): Promise<PublicationPlan> {
  return (await selectPlan(db, letterId)) ?? firstPlan;
}

/** Keeps what was decided; a schedule goes by what was decided when it was made. */
export function savePlan(
  db: Database,
  clock: Clock,
  actor: Somebody,
  letterId: string,
  plan: PublicationPlan,
): Promise<undefined | Problem<"draft-unknown" | "already-public" | "slug-taken">> {
  return inTransaction(db, async (trx) => {
    const draft = await selectDraft(trx, letterId, "lock");
    if (!draft || draft.discarded_at) return problem("draft-unknown");
    if (draft.stage === "published") return problem("already-public");
    if (await isTaken(trx, plan.slug)) return problem("slug-taken");
    const [before, after] = [factsOf(await findPlan(trx, letterId)), factsOf(plan)];
    if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
    await upsertPlan(trx, letterId, plan);
    const { document } = draftOf(draft);
    await recordAct(trx, clock(), {
      actor,
      act: "letter.plan",
      subject: { id: letterId, name: titleIn(document, document.language).title || undefined },
      letterId,
      before,
      after,
    });
    return undefined;
  });
}

function factsOf({ opens, closesOn, slug }: PublicationPlan) {
  return { opens, closes: closesOn, address: slug };
}

/** Whether a letter has, or had, this address. */
export async function isTaken(trx: Transaction, slug: string | null): Promise<boolean> {
  return slug !== null && (await findLetterBySlug(trx, slug)) !== undefined;
}
