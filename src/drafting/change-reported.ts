import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { fingerprint } from "../foundation/fingerprint.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { correctLetter } from "../letters/correct-letter.ts";
import { findReported } from "../letters/find-reported.ts";
import type { ReportedSignatories } from "../letters/record-letter.ts";
import { takeText } from "../letters/text-lock.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { titleIn } from "./document.ts";
import { draftOf } from "./draft.ts";
import { selectDraft, updateDocument } from "./draft-store.ts";
import { findPublished } from "./open-draft.ts";
import { reportedOf } from "./publish-input.ts";
import { findWatchedReported, keyOf, type ReportedName, type WatchedLooks } from "./watched-reported.ts";

/** By what an editor began from is known, so that two who change it at once see each other. */
export const reportedEdition = (reported: ReportedSignatories) => fingerprint(reported);

/**
 * Writes down who signed a letter elsewhere, as reported. Before it is public that is a part of the draft; afterwards it
 * is corrected in place. A name that resembles a watched one stays out, unless somebody has looked at it and lets it in;
 * where nobody has looked, nothing is written.
 * @param note what was corrected and why, for the readers of a public letter
 * @param seen what somebody began from (reportedEdition); where it is another by now, nothing is written
 * @param looks which names were looked at, and which of these are let in, by their keys (watched-reported.ts)
 */
export function changeReported(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
  wanted: ReportedSignatories,
  note: string,
  seen: string,
  { looked, letIn }: WatchedLooks,
): Promise<undefined | Problem<"changed-meanwhile" | "watched-meanwhile">> {
  return inTransaction(db, async (trx) => {
    const at = clock();
    const published = await findPublished(trx, letterId);
    if (!published) return changeDraft();
    await takeText(trx, letterId);
    const before = await findReported(trx, letterId);
    if (reportedEdition(before) !== seen) return problem("changed-meanwhile");
    const entered = await letInOnly(before.namedSignatories);
    if (isProblem(entered)) return entered;
    const { reported, watched } = entered;
    if (JSON.stringify(before) === JSON.stringify(reported)) return undefined;
    const done = await correctLetter(trx, at, actor.id, letterId, { note, changed: ["reported"], reported });
    if ("problem" in done) throw new Error(`reported signatories were refused: ${done.problem}`);
    await recordAct(trx, at, {
      actor,
      act: "letter.correct",
      subject: { id: letterId, name: titleIn(published, published.language).title },
      letterId,
      before: counts(before),
      after: { ...counts(reported), ...watched, note },
    });
    return undefined;

    async function changeDraft(): Promise<undefined | Problem<"changed-meanwhile" | "watched-meanwhile">> {
      const row = await selectDraft(trx, letterId, "lock");
      if (!row || row.discarded_at) return undefined;
      // Published while this waited: what the draft says is read by nobody any more.
      if (row.stage === "published") return problem("changed-meanwhile");
      const { document } = draftOf(row);
      if (reportedEdition(reportedOf(document)) !== seen) return problem("changed-meanwhile");
      const entered = await letInOnly(document.namedSignatories);
      if (isProblem(entered)) return entered;
      const { reported, watched } = entered;
      const { namedSignatories, reportedCount } = reported;
      const now = {
        ...document,
        namedSignatories: namedSignatories.map(({ name, kind }) => ({ name, kind })),
        reportedCount: reportedCount ? { count: null, qualifier: null, ...reportedCount } : null,
      };
      const edition = await updateDocument(trx, letterId, { document: now, at, by: actor.id });
      await recordAct(trx, at, {
        actor,
        act: "letter.save",
        subject: { id: letterId, name: titleIn(document, document.language).title || undefined },
        letterId,
        after: { edition, ...watched },
      });
      return undefined;
    }

    /** Without watched names that nobody lets in, and how many were let in. */
    async function letInOnly(before: readonly ReportedName[]) {
      const found = await findWatchedReported(trx, wanted.namedSignatories, before);
      const resembling = new Set(found.map(keyOf));
      if (Array.from(resembling).some((key) => !looked.has(key))) return problem("watched-meanwhile");
      const out = new Set(Array.from(resembling).filter((key) => !letIn.has(key)));
      const reported = {
        ...wanted,
        namedSignatories: wanted.namedSignatories.filter((one) => !out.has(keyOf(one))),
      };
      const watched = resembling.size - out.size;
      return { reported, watched: watched > 0 ? { watched } : {} };
    }
  });
}

function counts({ namedSignatories, reportedCount }: ReportedSignatories) {
  return { named: namedSignatories.length, reported: reportedCount?.description ?? null };
}
