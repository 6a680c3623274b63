/** All that the publishing page of a letter shows. */
import { type Check, checklistOf } from "../../../drafting/checklist.ts";
import { circulationChecks } from "../../../drafting/checklist-circulation.ts";
import { signatoryChecks } from "../../../drafting/checklist-signatories.ts";
import { type Changes, changesOf } from "../../../drafting/correct.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { DraftDocument } from "../../../drafting/document.ts";
import { type Draft, findDraft, findDraftRevision } from "../../../drafting/draft.ts";
import { type EmbargoLink, listEmbargoLinks } from "../../../drafting/embargo.ts";
import { findPublished } from "../../../drafting/open-draft.ts";
import { dayOf, type PublicationPlan } from "../../../drafting/publish-input.ts";
import { findPlan } from "../../../drafting/publish-plan.ts";
import { findSchedule, type Schedule } from "../../../drafting/publish-schedule.ts";
import { wallTimeAt } from "../../../foundation/time-zone.ts";
import { type Correction, listCorrections } from "../../../letters/correct-letter.ts";
import { findReported } from "../../../letters/find-reported.ts";
import type { ReportedSignatories } from "../../../letters/record-letter.ts";
import { countReachable, listTexts, type TextRow } from "../../../signing/ask-about-text.ts";
import { countOrganisationsWithoutEvidence } from "../../../signing/missing-evidence.ts";
import type { Deps } from "../../deps.ts";

/** Of a letter that is not public yet. */
export interface Unpublished {
  readonly draft: Draft;
  readonly plan: PublicationPlan;
  readonly checks: readonly Check[];
  /** Waiting, or failed. */
  readonly schedule: Schedule | undefined;
  /** The draft was saved otherwise since the time was set: what is scheduled stays as it was. */
  readonly movedOn: boolean;
  readonly links: readonly EmbargoLink[];
}

export async function unpublished(
  { db, keys, clock }: Deps,
  letter: DeskLetter,
): Promise<Unpublished | undefined> {
  const draft = await findDraft(db, letter.id);
  if (!draft || draft.discardedAt) return undefined;
  const plan = await findPlan(db, letter.id);
  const schedule = await findSchedule(db, letter.id);
  const waiting = schedule?.state === "waiting" ? schedule : undefined;
  const frozen = waiting && (await findDraftRevision(db, letter.id, waiting.draft));
  const today = waiting ? wallTimeAt(waiting.timeZone, waiting.at) : dayOf(clock());
  return {
    draft,
    plan,
    checks: [
      ...checklistOf(draft.document, plan, today),
      ...(await circulationChecks(db, letter.id, draft.document)),
      ...(await signatoryChecks(db, keys, letter.id)),
    ],
    schedule,
    movedOn: frozen !== undefined && JSON.stringify(frozen.document) !== JSON.stringify(draft.document),
    links: await listEmbargoLinks(db, keys, letter.id),
  };
}

/** Of a public letter. */
export interface Published {
  readonly document: DraftDocument;
  /** The draft of the next correction, where there is one. */
  readonly draft: DraftDocument | undefined;
  /** The edition of that draft. */
  readonly edition: number | undefined;
  readonly changes: Changes;
  readonly corrections: readonly Correction[];
  /** Its texts, the latest first. */
  readonly texts: readonly TextRow[];
  /** How many who have signed would be asked about a new text; 0 where it could not be signed. */
  readonly toAsk: number;
  readonly reported: ReportedSignatories;
  /** Organisations under it that stand on nothing but a confirmed address. */
  readonly withoutEvidence: number;
}

export async function published({ db }: Deps, letter: DeskLetter): Promise<Published | undefined> {
  const document = await findPublished(db, letter.id);
  if (!document) return undefined;
  const draft = await findDraft(db, letter.id);
  return {
    document,
    draft: draft && { ...draft.document, date: draft.document.date || document.date },
    edition: draft?.edition,
    changes: draft ? changesOf(document, draft.document) : { words: false, changed: [] },
    corrections: await listCorrections(db, letter.id),
    texts: await listTexts(db, letter.id),
    toAsk: letter.stage === "open" || letter.stage === "invited" ? await countReachable(db, letter.id) : 0,
    reported: await findReported(db, letter.id),
    withoutEvidence: await countOrganisationsWithoutEvidence(db, letter.id),
  };
}
