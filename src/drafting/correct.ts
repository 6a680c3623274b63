/**
 * Corrections: the draft of a public letter, held against what is public. Title and text are what people sign, so they
 * make a new revision; all else is changed in place. The text of a closed letter stays as it was signed, for the log
 * takes no other after the close (transparency/letter-history.ts).
 */
import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type PartialDate, parsePartialDate } from "../foundation/partial-date.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { type Correctable, type CorrectionInput, correctLetter } from "../letters/correct-letter.ts";
import type { LetterFacts, TextInput } from "../letters/record-letter.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { askAboutText, holdRequest } from "../signing/ask-about-text.ts";
import { type DraftDocument, plain, titleIn } from "./document.ts";
import { draftOf } from "./draft.ts";
import { selectDraft, selectLastNumber, updatePublishedAs } from "./draft-store.ts";
import { freeze } from "./freeze.ts";
import { findPublished } from "./open-draft.ts";
import { factsOf, textsOf } from "./publish-input.ts";

/** How a draft differs from what is public. */
export interface Changes {
  /** Title or text of any language: a new revision. */
  readonly words: boolean;
  readonly changed: readonly Correctable[];
}

/** Why changes cannot be published, whoever does it and whenever. */
export function whyNoCorrection(
  published: DraftDocument,
  document: DraftDocument,
  closed: boolean,
): "nothing-changed" | "title-missing" | "letter-closed" | undefined {
  const { words, changed } = changesOf(published, document);
  if (!words && changed.length === 0) return "nothing-changed";
  if (closed && changed.length === 0) return "letter-closed";
  const untitled = textsOf(document).some(({ title }) => title === "");
  return words && untitled ? "title-missing" : undefined;
}

/** What a correction makes public of a closed letter's draft: all but title and text, which stay as they were signed. */
export function besideWords(published: DraftDocument, document: DraftDocument): DraftDocument {
  const texts = Object.entries(published.texts).map(([language, text]) => [
    language,
    { ...text, summary: document.texts[language]?.summary ?? "" },
  ]);
  return { ...document, texts: Object.fromEntries(texts) };
}

/** @param published what the letter shows now. @param document the draft's */
export function changesOf(published: DraftDocument, document: DraftDocument): Changes {
  const before = publicForm(published, published);
  const after = publicForm(published, document);
  const words = (texts: readonly TextInput[]) => {
    const parts = texts.map(({ language, title, body = "" }) => [language, plain(title), plain(body)]);
    return JSON.stringify(parts.sort(([a], [b]) => (a! < b! ? -1 : 1)));
  };
  const summaries = (texts: readonly TextInput[]) =>
    JSON.stringify(
      texts
        .filter(({ language }) => language in published.texts)
        .map(({ language, summary }) => [language, plain(summary)])
        .sort(),
    );
  const fact = (name: Correctable, value: (facts: LetterFacts) => unknown) =>
    JSON.stringify(value(before.facts) ?? null) === JSON.stringify(value(after.facts) ?? null) ? [] : [name];
  return {
    words: words(before.texts) !== words(after.texts),
    changed: [
      ...(summaries(before.texts) === summaries(after.texts) ? [] : (["summary"] as const)),
      ...fact("kind", ({ kind }) => kind),
      ...fact("role", ({ publisherRole }) => publisherRole),
      ...fact("date", ({ date }) => date),
      ...fact("addressees", ({ addressees }) => addressees.map(({ name, type }) => [name, type])),
      ...fact("initiators", ({ initiators }) => initiators),
      ...fact("topics", ({ topics }) => topics),
      ...fact("places", ({ places }) => places),
      ...fact("measure", ({ measure }) => measure && [measure.name, measure.type]),
      ...fact("stance", ({ stance }) => stance),
    ],
  };
}

/** Facts and texts as they are, or would be, public. A draft without a date has the public one's. */
export function publicForm(published: DraftDocument, document: DraftDocument) {
  const date = parsePartialDate(published.date) as Required<PartialDate>;
  return {
    facts: { ...factsOf(document, date), language: published.language },
    texts: textsOf(document),
  };
}

export type CorrectRefusal =
  | "draft-unknown"
  | "edited-meanwhile"
  | "nothing-changed"
  | "letter-closed"
  | "letter-unknown"
  | "original-missing"
  | "title-missing";

/**
 * Publishes the draft's changes. Of a closed letter only those beside title and text; these stay in the draft.
 * @param note what was corrected and why, for readers
 * @param seen the edition of the draft that was looked at; where another has been saved since, nothing is done
 * @param asks whether those who have signed are asked by mail if they sign a new text too
 */
export function publishCorrection(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
  note: string,
  seen?: number,
  asks = false,
): Promise<{ readonly revision: number | null } | Problem<CorrectRefusal>> {
  return inTransaction(db, async (trx) => {
    const at = clock();
    const row = await selectDraft(trx, letterId, "lock");
    const published = await findPublished(trx, letterId);
    if (!row || !published) return problem("draft-unknown");
    if (seen !== undefined && row.edition !== seen) return problem("edited-meanwhile");
    const { document } = draftOf(row);
    const { words, changed } = changesOf(published, document);
    const { facts, texts } = publicForm(published, document);
    const refused = whyNoCorrection(published, document, false);
    if (refused) return problem(refused);
    const inPlace: CorrectionInput = {
      note,
      changed,
      ...(changed.some((name) => name !== "summary") && { facts }),
      ...(changed.includes("summary") && {
        summaries: Object.fromEntries(texts.map(({ language, summary }) => [language, summary])),
      }),
    };
    if (asks) await holdRequest(trx, letterId);
    let done = await correctLetter(trx, at, actor.id, letterId, words ? { ...inPlace, texts } : inPlace);
    if (isProblem(done) && done.problem === "letter-closed" && changed.length > 0)
      done = await correctLetter(trx, at, actor.id, letterId, inPlace);
    if (isProblem(done)) return done;
    if (done.revision !== null) {
      const frozen = await freeze(trx, actor, letterId, note, at, "title");
      const number = isProblem(frozen) ? await selectLastNumber(trx, letterId) : frozen.number;
      await updatePublishedAs(trx, letterId, number, done.revision);
      if (asks) await askAboutText(trx, letterId, done.revision, at);
    }
    await recordAct(trx, at, {
      actor,
      act: "letter.correct",
      subject: { id: letterId, name: titleIn(document, published.language).title },
      letterId,
      after: {
        note,
        ...(done.revision !== null && { revision: done.revision, "asks-signatories": asks }),
        ...(changed.length > 0 && { changed: changed.join(", ") }),
      },
    });
    return { revision: done.revision };
  });
}
