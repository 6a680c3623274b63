/** Controls of the form in which a letter is written. Each has an id of its own, since names may stand in rows. */
import { longestBody } from "../../../drafting/document.ts";
import { type Content, type Html, html, raw } from "../../../foundation/html.ts";
import { directionOf } from "../../../foundation/i18n.ts";
import { longestTopicName } from "../../../letters/topic-slug.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import type { TextProblem, TextProblems } from "./text-document.ts";

export interface Control {
  readonly id: string;
  readonly name: string;
  readonly label: Content;
  readonly value: string;
  readonly hint?: Content;
  /** Of the value; without it the direction follows what is typed. */
  readonly language?: string;
  readonly list?: string;
  /** Lines of a text area; without it, a line. */
  readonly rows?: number;
  readonly class?: string;
}

/** A line or an area of text, with what is wrong with it. */
export function control(page: PageContext, problems: TextProblems, options: Control): Html {
  const { id, name, label, value, hint, language, list, rows } = options;
  const problem = problems[id];
  const described = [hint && `${id}-hint`, problem && `${id}-err`].filter(Boolean).join(" ");
  const attributes = html`id="${id}" name="${name}"${language ? html` lang="${language}" dir="${directionOf(language)}"` : html` dir="auto"`}${options.class && html` class="${options.class}"`}${problem && raw(' aria-invalid="true"')}${described && html` aria-describedby="${described}"`}`;
  return html`<div${problem && raw(' class="has-err"')}><label for="${id}">${label}</label>${hint && html`<span class="hint" id="${id}-hint">${hint}</span>`}${problem && html`<span class="err" id="${id}-err">${icon("no")} ${problemWords(page, id, problem)}</span>`}
${
  // A line feed right after the tag is dropped; without it, the first of the text would be.
  rows
    ? html`<textarea ${attributes} rows="${rows}">
${value}</textarea>`
    : html`<input type="text" ${attributes} value="${value}" autocomplete="off"${list && html` list="${list}"`}>`
}</div>`;
}

/** What is wrong with a field, in words. */
export function problemWords(page: PageContext, id: string, problem: TextProblem): string {
  const { t } = page;
  if (typeof problem === "object") return t.text("text.error.topicTaken", { name: problem.taken });
  if (problem !== "long") return t.text(`text.error.${problem}`);
  const most = { body: longestBody, summary: 2_000, topics: longestTopicName }[id] ?? 500;
  return t.text(id === "topics" ? "text.error.topicLong" : "text.error.long", { most });
}

/** A choice of one, in a list that opens. @param choices value and words */
export function choice(
  id: string,
  name: string,
  label: Content,
  choices: readonly (readonly [value: string, words: string])[],
  chosen: string,
): Html {
  return html`<div><label for="${id}">${label}</label><select id="${id}" name="${name}">${choices.map(
    ([value, words]) =>
      html`<option value="${value}"${raw(value === chosen ? " selected" : "")}>${words}</option>`,
  )}</select></div>`;
}
