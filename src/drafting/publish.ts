/**
 * Publishing a draft: the letter's row, its first revision, its first entry of the log, and the signatures of those who
 * signed these very words while it circulated, all in one transaction. From
 * then on the draft is the copy in which the next correction is prepared.
 */
import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import type { PartialDate } from "../foundation/partial-date.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { dropJobs } from "../jobs/queue.ts";
import { beginRecording, recordLetter } from "../letters/record-letter.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { endCirculation } from "./circulate-end.ts";
import { draftOf } from "./draft.ts";
import {
  selectDraft,
  selectDraftRevision,
  selectLastNumber,
  updatePublishedAs,
  updateStage,
} from "./draft-store.ts";
import { forgetEmbargoAddresses } from "./embargo-store.ts";
import { tellEmbargo } from "./embargo-tell.ts";
import { freeze } from "./freeze.ts";
import { tellLeftOut } from "./left-out.ts";
import { dayOf, letterInputOf, type Missing, type PublicationPlan } from "./publish-input.ts";
import { isTaken } from "./publish-plan.ts";
import { endSchedule, upsertPlan } from "./publish-store.ts";
import { type EnteredSignOns, enterSignOns } from "./sign-on-enter.ts";
import { selectStandingFor } from "./sign-on-store.ts";

export type PublishRefusal = "draft-unknown" | "already-public" | "slug-taken" | "edited-meanwhile";
/** Why a letter cannot be published: a refusal, or what is missing in it. */
export type NotPublished = Problem<PublishRefusal> | { readonly missing: readonly Missing[] };

/**
 * Publishes a draft now, as it is saved; it is frozen first where it is not. A schedule that waits is over.
 * @param seen the edition that whoever publishes it has looked at; where another has been saved since, nothing is done
 */
export function publishDraft(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
  plan: PublicationPlan,
  seen?: number,
): Promise<{ readonly slug: string } | NotPublished> {
  return inTransaction(db, async (trx) => {
    const number = await readyDraft(trx, actor, letterId, plan, dayOf(clock()), clock(), seen);
    if (typeof number !== "number") return number;
    await upsertPlan(trx, letterId, plan);
    return publishFrozen(trx, keys, clock, actor, letterId, number, plan, dayOf(clock()));
  });
}

/**
 * Holds a draft and freezes it as it is saved, so that it can be published.
 * @param today the day of publication
 * @param at now
 * @param seen the edition that was looked at
 * @returns the number of the frozen draft, or why it cannot be published; then nothing was frozen
 */
export async function readyDraft(
  trx: Transaction,
  actor: Exclude<Actor, string>,
  letterId: string,
  plan: PublicationPlan,
  today: Required<PartialDate>,
  at: Date,
  seen: number | undefined,
): Promise<number | NotPublished> {
  const row = await selectDraft(trx, letterId, "lock");
  if (!row || row.discarded_at) return problem("draft-unknown");
  if (row.stage === "published") return problem("already-public");
  if (seen !== undefined && row.edition !== seen) return problem("edited-meanwhile");
  const input = letterInputOf(draftOf(row).document, plan, today);
  if ("missing" in input) return input;
  if (await isTaken(trx, plan.slug)) return problem("slug-taken");
  const frozen = await freeze(trx, actor, letterId, "", at, "title");
  if (!isProblem(frozen)) return frozen.number;
  if (frozen.problem !== "nothing-changed") throw new Error(`a draft that is complete: ${frozen.problem}`);
  return selectLastNumber(trx, letterId);
}

/**
 * Publishes a frozen draft.
 * @param today where the letter is published: its date, where it has no other
 */
export async function publishFrozen(
  trx: Transaction,
  keys: Keys,
  clock: Clock,
  actor: Actor,
  letterId: string,
  number: number,
  plan: PublicationPlan,
  today: Required<PartialDate>,
): Promise<{ readonly slug: string } | NotPublished> {
  await beginRecording(trx);
  const row = await selectDraft(trx, letterId, "lock");
  const frozen = await selectDraftRevision(trx, letterId, number);
  if (!row || row.discarded_at || !frozen) return problem("draft-unknown");
  if (row.stage === "published") return problem("already-public");
  if (await isTaken(trx, plan.slug)) return problem("slug-taken");
  const input = letterInputOf(draftOf({ ...row, document: frozen.document }).document, plan, today);
  if ("missing" in input) return input;

  const standing = await selectStandingFor(trx, letterId, number);
  const state = standing.length > 0 && !plan.opens ? "invited" : input.state;
  const { slug } = await recordLetter(trx, clock, { ...input, id: letterId, state });
  const signOns = await enterSignOns(trx, keys, clock, letterId, standing);
  await endCirculation(trx, letterId, clock());
  await updateStage(trx, letterId, "published");
  await updatePublishedAs(trx, letterId, number, 1);
  await tellLeftOut(trx, keys, letterId);
  const schedule = await endSchedule(trx, letterId, "published");
  await dropJobs(trx, [publicationJob(letterId)]);
  // Whoever was told this time knows; whoever was told another, or that it was called off, is told before they are forgotten.
  const atItsTime = schedule !== undefined && schedule.at <= clock();
  if (atItsTime || (await tellEmbargo(trx, keys, letterId, "embargo-lifted")) === 0)
    await forgetEmbargoAddresses(trx, letterId);
  const title = input.translations.find(({ language }) => language === input.language)!.title;
  await recordAct(trx, clock(), {
    actor,
    act: plan.opens ? "letter.publish" : "letter.archive",
    subject: { id: letterId, name: title },
    letterId,
    after: {
      draft: number,
      address: slug,
      ...(plan.closesOn && { closes: plan.closesOn }),
      ...factsOf(signOns),
    },
  });
  return { slug };
}

/** What became of sign-ons, as far as there were any. */
function factsOf({ accepted, held, left }: EnteredSignOns) {
  return {
    ...(accepted > 0 && { signatures: accepted }),
    ...(held > 0 && { held }),
    ...(left > 0 && { "left-out": left }),
  };
}

/** The key of the job that publishes a letter at its time: one at most waits. */
export function publicationJob(letterId: string): string {
  return `publish ${letterId}`;
}
