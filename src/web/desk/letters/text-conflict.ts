/** Two editors have met in one text: what the second to save is shown. */
import { compareDocuments } from "../../../drafting/compare.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { DraftDocument } from "../../../drafting/document.ts";
import type { Draft } from "../../../drafting/draft.ts";
import { mergeDocuments } from "../../../drafting/merge.ts";
import { type Html, html } from "../../../foundation/html.ts";
import type { NamedTopic } from "../../../letters/topics.ts";
import type { Session } from "../../../people/session.ts";
import type { PageContext } from "../../deps.ts";
import { whenExactly } from "../../when.ts";
import { sendAgain } from "../kept-page.ts";
import { comparison, partName } from "./comparison.ts";
import { letterFrame } from "./frame.ts";
import { documentWith, type Made } from "./text-document.ts";
import { type TypedFacts, type TypedText, typedText } from "./text-form.ts";
import { textPath } from "./text-languages.ts";

/**
 * Both versions and how they differ: whoever saves decides. Nothing has been written.
 * @param found the letter, and the draft as it is saved now
 * @param form all that was sent, to be sent again
 * @returns nothing where both say the same, so that there is nothing to decide
 */
export function refusedSave(
  page: PageContext,
  session: Session,
  {
    letter,
    draft,
    language,
  }: { readonly letter: DeskLetter; readonly draft: Draft; readonly language: string },
  typed: TypedText,
  form: URLSearchParams,
): Html | undefined {
  const { t } = page;
  const mine = documentWith(draft.document, typed, language);
  if ("problems" in mine) throw new Error("a document that was to be saved is none");
  const found = compareDocuments(draft.document, mine.document);
  if (found.texts.length === 0 && found.facts.length === 0) return undefined;
  const again = new URLSearchParams(form);
  again.delete("do");
  again.set("base", String(typed.edition));
  // What is saved from here on has been seen.
  again.set("edition", String(draft.edition));
  const path = textPath(draft, language);
  return letterFrame(page, {
    session,
    letter,
    tab: "text",
    title: t.text("conflict.title"),
    main: html`<section class="flow conflict" aria-labelledby="conflict-heading"><h2 id="conflict-heading" tabindex="-1">${t.text("conflict.title")}</h2>
<p>${t.html(draft.savedBy ? "conflict.text" : "conflict.text.nobody", { edition: draft.edition, when: whenExactly(page, draft.savedAt), ...(draft.savedBy && { name: html`<bdi>${draft.savedBy}</bdi>` }) })}</p>
${sendAgain(
  page,
  path,
  again,
  html`<button class="btn" name="do" value="merge">${t.text("conflict.merge")}</button> <button class="btn line" name="do" value="mine">${t.text("conflict.mine")}</button> <a class="btn line" href="${page.link(path)}">${t.text("conflict.theirs")}</a>`,
)}
<p class="small soft">${t.html("conflict.key", { del: (chunks) => html`<del>${chunks}</del>`, ins: (chunks) => html`<ins>${chunks}</ins>` })}</p>
${comparison(page, found, draft.document, mine.document)}</section>`,
  });
}

/** Both versions in one form, not saved yet; and a word on where to look. @param base what both began from */
export function merged(
  page: PageContext,
  draft: Draft,
  base: DraftDocument | undefined,
  mine: Made,
  language: string,
): { readonly typed: TypedText; readonly note: Html } {
  const { t } = page;
  const { document, both } = mergeDocuments(base ?? draft.document, mine.document, draft.document, language);
  const list = t.list(both.map((part) => partName(page, part)));
  const typed = typedText(document, draft.edition, language, page.language);
  return {
    typed: { ...typed, ...(typed.facts && { facts: withTypedTopics(typed.facts, mine.topics) }) },
    note: both.length > 0 ? t.html("conflict.merged.both", { list }) : t.html("conflict.merged"),
  };
}

/** Topics of which the name is not saved yet stay as they were typed. */
function withTypedTopics(facts: TypedFacts, typed: readonly NamedTopic[]): TypedFacts {
  const others = typed.filter(({ topic }) => facts.topics.includes(topic));
  return {
    ...facts,
    topics: facts.topics.filter((slug) => !others.some(({ topic }) => topic === slug)),
    otherTopics: others.map(({ name }) => name).join(", "),
  };
}
