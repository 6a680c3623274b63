/** Labelled controls of the desk's forms, that can say what is wrong with them. */
import { type Content, type Html, html, raw } from "../../foundation/html.ts";
import { languageName, languages } from "../../foundation/i18n.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";

/** What is wrong with a form: for each field a sentence. */
export type FormErrors = Readonly<Record<string, string>>;

export interface Field {
  readonly name: string;
  /** Its name, if it is not told otherwise. */
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  /** The most characters that it takes. */
  readonly max?: number;
  readonly type?: "text" | "email" | "date" | "time";
  readonly autocomplete?: string;
  /** The id of a <datalist> of values to choose from. */
  readonly list?: string;
  /** A time zone: the reader's own is proposed where scripts run (client/own-zone.ts). */
  readonly ownZone?: boolean;
  readonly hint?: string;
  readonly required?: boolean;
  readonly error?: string | undefined;
}

/** A line of text. Names take the direction of what is typed; addresses are left to right. */
export function field({ name, label, value, type = "text", autocomplete = "off", ...more }: Field): Html {
  const { id = name, max, hint, required, error, list, ownZone } = more;
  const described = [hint && `${id}-hint`, error && `${id}-err`].filter(Boolean).join(" ");
  return html`<div${error && raw(' class="has-err"')}>
<label for="${id}">${label}</label>
${hint && html`<span class="hint" id="${id}-hint">${hint}</span>`}${error && html`<span class="err" id="${id}-err">${icon("no")} ${error}</span>`}
<input id="${id}" name="${name}" type="${type}" value="${value}" dir="${type === "text" ? "auto" : "ltr"}" autocomplete="${autocomplete}"${max && html` maxlength="${max}"`}${list && html` list="${list}"`}${ownZone && raw(" data-own-zone")}${type === "email" && raw(' inputmode="email" spellcheck="false"')}${required && raw(" required")}${error && raw(' aria-invalid="true"')}${described && html` aria-describedby="${described}"`}>
</div>`;
}

/**
 * What the return key sends in a form of several buttons, where it would press the first: what does least. It stands before
 * all of them; nobody sees it, and the tab key passes it by.
 */
export function byReturn(name: string, value: string): Html {
  return html`<button class="vh" name="${name}" value="${value}" tabindex="-1" aria-hidden="true">↵</button>`;
}

/**
 * What the page shows of a draft is this edition: whoever sends the form has seen no other. Read it by seenEdition.
 */
export function editionField(edition: number): Html {
  return html`<input type="hidden" name="edition" value="${edition}">`;
}

/** Why a form about a draft is not carried out: another edition has been saved since, or it says none. */
export type EditionRefusal = "edited-meanwhile" | "edition-unsaid";

/** That in words. */
export function editionError({ t }: PageContext, refusal: EditionRefusal): string {
  return t.text(refusal === "edited-meanwhile" ? "desk.draft.editedMeanwhile" : "desk.draft.editionUnsaid");
}

/** The edition that a form was made of; nothing where it says none: then it is not carried out. */
export function seenEdition(form: URLSearchParams): number | undefined {
  const sent = form.get("edition") ?? "";
  return /^\d{1,9}$/.test(sent) ? Number(sent) : undefined;
}

export interface TextArea extends Pick<Field, "name" | "label" | "value" | "hint" | "required" | "error"> {
  readonly rows: number;
  readonly language?: string;
}

/** Several lines of text. */
export function textArea({ name, label, value, rows, hint, required, error, language }: TextArea): Html {
  const described = [hint && `${name}-hint`, error && `${name}-err`].filter(Boolean).join(" ");
  return html`<div${error && raw(' class="has-err"')}>
<label for="${name}">${label}</label>
${hint && html`<span class="hint" id="${name}-hint">${hint}</span>`}${error && html`<span class="err" id="${name}-err">${icon("no")} ${error}</span>`}
<textarea id="${name}" name="${name}" rows="${rows}" dir="auto"${language && html` lang="${language}"`}${required && raw(" required")}${error && raw(' aria-invalid="true"')}${described && html` aria-describedby="${described}"`}>
${value}</textarea>
</div>`;
}

/** What needs another look, each with a link to its field. Takes the focus where scripts run. */
export function errorList(page: PageContext, errors: FormErrors): Html | undefined {
  const wrong = Object.entries(errors);
  if (wrong.length === 0) return undefined;
  return html`<div class="sum" role="alert" aria-labelledby="sum-heading" tabindex="-1">
<p class="h" id="sum-heading">${page.t.text("desk.error.heading")}</p>
<ul>${wrong.map(([name, sentence]) => html`<li><a href="#${name}">${sentence}</a></li>`)}</ul>
</div>`;
}

export interface Choice {
  readonly value: string;
  readonly label: Content;
  readonly hint?: string;
}

/** A choice of one, with all of them to be seen. */
export function radios(
  name: string,
  legend: string,
  choices: readonly Choice[],
  chosen: string,
  error?: string,
  hint?: string,
): Html {
  return html`<fieldset${error && raw(' class="has-err"')}><legend>${legend}</legend>${hint && html`<span class="hint">${hint}</span>`}${error && html`<span class="err" id="${name}-err">${icon("no")} ${error}</span>`}
${choices.map(({ value, label, hint }, index) => {
  const id = index === 0 ? name : `${name}-${value}`;
  return html`<div class="pick"><input type="radio" id="${id}" name="${name}" value="${value}"${raw(value === chosen ? " checked" : "")} required${hint && html` aria-describedby="${id}-hint"`}><div><label for="${id}">${label}</label>${hint && html`<span class="hint" id="${id}-hint">${hint}</span>`}</div></div>
`;
})}</fieldset>`;
}

export interface Select {
  readonly name: string;
  readonly label: string;
  readonly choices: readonly (Choice & { readonly language?: string })[];
  readonly chosen: string;
  readonly hint?: string;
  readonly error?: string | undefined;
}

/** A choice of one, in a list that opens. */
export function select({ name, label, choices, chosen, hint, error }: Select): Html {
  const described = [hint && `${name}-hint`, error && `${name}-err`].filter(Boolean).join(" ");
  return html`<div${error && raw(' class="has-err"')}><label for="${name}">${label}</label>${hint && html`<span class="hint" id="${name}-hint">${hint}</span>`}${error && html`<span class="err" id="${name}-err">${icon("no")} ${error}</span>`}
<select id="${name}" name="${name}"${error && raw(' aria-invalid="true"')}${described && html` aria-describedby="${described}"`}>${choices.map(
    ({ value, label, language }) =>
      html`<option value="${value}"${language && html` lang="${language}"`}${raw(value === chosen ? " selected" : "")}>${label}</option>`,
  )}</select></div>`;
}

/** The language of the mail that somebody gets. */
export function languageSelect(
  page: PageContext,
  chosen: string,
  label = page.t.text("signature.language"),
): Html {
  const choices = languages.map((value) => ({ value, label: languageName(value), language: value }));
  return select({ name: "language", label, choices, chosen });
}
