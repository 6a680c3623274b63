/** Labelled controls that can say what is wrong with them. */
import { type Content, type Html, html, raw } from "../../foundation/html.ts";
import { isolated, leftToRight, type MessageKey } from "../../foundation/i18n.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import type { FieldName, FieldProblem } from "./sign-fields.ts";

/** What the parts of a form share. */
export interface FormState {
  readonly fields: Readonly<Record<FieldName, string>>;
  readonly problems: readonly FieldProblem[];
  readonly suggestion?: string;
}

/** The element that a link of the error summary leads to. */
export function idOf(field: FieldName): string {
  return field.replace("_", "-");
}

/** What to say of a field, in words. */
export function problemText(page: PageContext, problem: FieldProblem, suggestion = ""): Html {
  const { t } = page;
  const { field, code, max = 0 } = problem;
  if (code === "missing") return t.html(`sign.error.${field}` as MessageKey);
  if (code === "typo") return t.html("sign.error.typo", { suggestion: leftToRight(suggestion) });
  return t.html(`sign.error.${code}`, { field: t.text(`sign.${field}.label` as MessageKey), max });
}

/** The message beside a field; nothing when there is nothing to say. */
export function fieldError(page: PageContext, state: FormState, field: FieldName): Html | undefined {
  const problem = state.problems.find((one) => one.field === field);
  if (!problem) return undefined;
  return html`<span class="err" id="${idOf(field)}-err">${icon("no")} ${problemText(page, problem, state.suggestion)}</span>`;
}

export interface TextField {
  readonly field: FieldName;
  readonly type?: "text" | "email" | "url";
  readonly autocomplete: string;
  readonly required?: boolean;
  /** Said after the label, such as "(optional)". */
  readonly note?: Html;
  readonly hint?: string;
  /** only-org or only-person: for one kind of signatory. */
  readonly only?: "only-org" | "only-person";
  /** Further controls that belong to this one. */
  readonly more?: Content;
}

/** A line of text with its label. Names take the direction of what is typed; addresses are left to right. */
export function textField(page: PageContext, state: FormState, options: TextField): Html {
  const { field, type = "text", only = "" } = options;
  const error = fieldError(page, state, field);
  const id = idOf(field);
  const described = [options.hint && `${id}-hint`, error && `${id}-err`].filter(Boolean).join(" ");
  return html`<div${attribute("class", [only, error && "has-err"].filter(Boolean).join(" "))}>
<label for="${id}">${page.t.text(`sign.${field}.label` as MessageKey)}${options.note && html` ${options.note}`}</label>
${options.hint && html`<span class="hint" id="${id}-hint">${options.hint}</span>`}${error}
<input id="${id}" name="${field}" type="${type}" value="${state.fields[field]}" dir="${type === "text" ? "auto" : "ltr"}" autocomplete="${options.autocomplete}"${type === "text" ? "" : html` inputmode="${type}" spellcheck="false"`}${options.required && raw(" required")}${error && raw(' aria-invalid="true"')}${attribute("aria-describedby", described)}>
${options.more}</div>`;
}

/** An attribute, or nothing when it would be empty. */
export function attribute(name: string, value: string): Html | undefined {
  return value === "" ? undefined : html` ${raw(name)}="${value}"`;
}

export interface Pick {
  readonly type: "radio" | "checkbox";
  readonly id: string;
  readonly name: FieldName;
  readonly value: string;
  readonly checked: boolean;
  readonly required?: boolean;
  readonly label: Content;
  readonly hint?: string;
}

/** A radio button or a box to tick, with its label beside it. */
export function pick(options: Pick): Html {
  const { type, id, name, value, label, hint } = options;
  const described = attribute("aria-describedby", hint ? `${id}-hint` : "");
  return html`<div class="pick"><input type="${type}" id="${id}" name="${name}" value="${value}"${options.checked && raw(" checked")}${options.required && raw(" required")}${described}><div><label for="${id}">${label}</label>${hint && html`<span class="hint" id="${id}-hint">${hint}</span>`}</div></div>`;
}

/** Whether the publisher may write about this letter: asked when signing, and to be changed afterwards. */
export function updatesField(page: PageContext, state: FormState, hint?: string): Html {
  return pick({
    type: "checkbox",
    id: idOf("updates"),
    name: "updates",
    value: "yes",
    checked: state.fields.updates === "yes",
    label: page.t.html("sign.updates.label", { site: isolated(page.site.name) }),
    ...(hint ? { hint } : {}),
  });
}
