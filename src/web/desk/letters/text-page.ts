/** The page on which a letter is written, in one of its languages. */
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { Draft } from "../../../drafting/draft.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import { directionOf } from "../../../foundation/i18n.ts";
import { renderMarkdown } from "../../../foundation/markdown.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { whenExactly } from "../../when.ts";
import { errorList } from "../field.ts";
import { letterFrame } from "./frame.ts";
import { control, problemWords } from "./text-controls.ts";
import type { TextProblems } from "./text-document.ts";
import { factFields } from "./text-facts.ts";
import type { TypedText } from "./text-form.ts";
import { languagesNav, textPath } from "./text-languages.ts";
import { movedOn, type Origin, originalBeside } from "./text-original.ts";
import { keptOffer, saveStates } from "./text-states.ts";

export interface TextState {
  readonly session: Session;
  readonly letter: DeskLetter;
  readonly draft: Draft;
  /** Of the text that is worked on. */
  readonly language: string;
  readonly typed: TypedText;
  readonly problems?: TextProblems;
  /** What was done, or is to be looked at. */
  readonly note?: Html | undefined;
  /** What is shown is not what is saved. */
  readonly unsaved?: boolean;
  /** Just saved: what a browser kept of it can go. */
  readonly saved?: boolean;
  /** For a translation. */
  readonly origin?: Origin | undefined;
}

export function textPage(page: PageContext, state: TextState): Html {
  const { session, letter, draft, language, typed, problems = {}, note, origin } = state;
  const { letterId } = draft;
  const errors = Object.fromEntries(
    Object.entries(problems).map(([id, problem]) => [id, problemWords(page, id, problem)]),
  );
  const action = page.link(textPath(draft, language));
  return letterFrame(page, {
    session,
    letter,
    tab: "text",
    note:
      note && html`<div class="note" role="status"${state.unsaved && raw(" data-until-saved")}>${note}</div>`,
    main: html`${languagesNav(page, draft, language)}
${keptOffer(page)}
<form class="writing" id="writing" action="${action}" method="post" novalidate data-key="${letterId} ${language}" data-set="${page.link(routes.deskTextSet(letterId))}" data-state="${state.saved ? "saved" : state.unsaved ? "unsaved" : "clean"}">
<input type="hidden" name="edition" value="${typed.edition}">
${saveBar(page, state)}
${errorList(page, errors)}
${origin?.stale && movedOn(page, origin)}
${textFields(page, language, typed, problems, origin && originalBeside(page, draft))}
${typed.facts && factFields(page, typed.facts, problems)}
<p class="last"><button class="btn">${page.t.text("text.save")}</button></p>
</form>
${discard(page, draft)}`,
  });
}

/** Comes first, so that the return key in a line of text saves. */
function saveBar(page: PageContext, { draft }: TextState): Html {
  const { t } = page;
  const { letterId } = draft;
  return html`<div class="savebar row mid"><button class="btn">${t.text("text.save")}</button>
<a href="${page.link(routes.deskPreview(letterId))}">${t.text("preview.title")}</a>
<a href="${page.link(routes.deskRevisions(letterId))}">${t.text("revisions.title")}</a>
${saveStates(page, savedLine(page, draft))}</div>`;
}

/** "Saved as edition 4 by Ada Byron, 24 November 2026 at 09:12 UTC." */
export function savedLine(page: PageContext, { edition, savedAt, savedBy }: Omit<Draft, "document">): Html {
  return page.t.html(savedBy ? "text.savedAs" : "text.savedAs.nobody", {
    edition,
    ...(savedBy && { name: html`<bdi>${savedBy}</bdi>` }),
    when: whenExactly(page, savedAt),
  });
}

/** @param beside what stands beside the text, above its setting */
function textFields(
  page: PageContext,
  language: string,
  typed: TypedText,
  problems: TextProblems,
  beside: Html | undefined,
): Html {
  const { t } = page;
  return html`<div class="fields after-bar">
${control(page, problems, { id: "title", name: "title", label: t.text("text.title"), value: typed.title, language, class: "title" })}
${control(page, problems, { id: "summary", name: "summary", label: t.text("text.summary"), hint: t.text("text.summary.hint"), value: typed.summary, language, rows: 3 })}
<div class="sheets"><div class="sheet">${control(page, problems, { id: "body", name: "body", label: t.text("text.body"), hint: t.html("text.body.hint", { code: sample }), value: typed.body, language, rows: 22, class: "editor" })}<p class="hint" data-keys hidden>${t.text("text.keys")}</p></div>
<div class="flow">${beside}<section class="setting" aria-labelledby="set-heading"><h2 id="set-heading" class="label">${t.text("text.set")}</h2><div class="letter" lang="${language}" dir="${directionOf(language)}" data-setting>${renderMarkdown(typed.body)}</div></section></div></div>
</div>`;
}

/** What is typed, in one piece and as it is typed, whatever the language around it. */
function sample(chunks: Html): Html {
  return html`<code class="whole" dir="ltr">${chunks}</code>`;
}

function discard(page: PageContext, { letterId, stage }: Draft): Html {
  const { t } = page;
  return html`<section class="hang" aria-labelledby="more-heading"><h2 id="more-heading">${t.text("text.more")}</h2><div class="row">
<form action="${page.link(routes.deskCopy(letterId))}" method="post"><button class="btn line sm">${icon("book")} ${t.text("text.copy")}</button></form>
${stage !== "published" && html`<form action="${page.link(routes.deskDiscard(letterId))}" method="post"><button class="btn line sm">${icon("no")} ${t.text("text.discard")}</button><span class="hint">${t.text("text.discard.hint")}</span></form>`}
</div></section>`;
}
