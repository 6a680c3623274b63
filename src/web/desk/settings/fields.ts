/** The controls of the settings that other forms of the desk do without. */
import { type Content, type Html, html, raw } from "../../../foundation/html.ts";
import { directionOf, type Language } from "../../../foundation/i18n.ts";
import type { SiteImage } from "../../../letters/site.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";

interface Worded {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** Of what is typed. */
  readonly language: Language;
  readonly hint: string;
  readonly error: string | undefined;
}

/** A line of text in some language. */
export function line(field: Worded): Html {
  const { name, value, error } = field;
  return worded(
    field,
    html`<input id="${name}" name="${name}" type="text" value="${value}" lang="${field.language}" dir="${directionOf(field.language)}" autocomplete="off"${describedBy(name, error)}>`,
  );
}

/** Several lines of text in some language. */
export function text(field: Worded & { readonly rows: number }): Html {
  const { name, value, rows, error } = field;
  // A line break right after the tag is not part of the text (HTML, 13.1.2.5); one that was typed would be lost.
  return worded(
    field,
    html`<textarea id="${name}" name="${name}" rows="${rows}" lang="${field.language}" dir="${directionOf(field.language)}"${describedBy(name, error)}>
${value}</textarea>`,
  );
}

function worded({ name, label, hint, error }: Worded, control: Html): Html {
  return html`<div${error && raw(' class="has-err"')}><label for="${name}">${label}</label>
<span class="hint" id="${name}-hint">${hint}</span>${errorOf(name, error)}
${control}</div>`;
}

const errorOf = (name: string, error: string | undefined) =>
  error && html`<span class="err" id="${name}-err">${icon("no")} ${error}</span>`;

const describedBy = (name: string, error: string | undefined) =>
  html` aria-describedby="${name}-hint${error && ` ${name}-err`}"${error && raw(' aria-invalid="true"')}`;

/** A box to tick. */
export function checkbox(box: {
  readonly name: string;
  readonly label: Content;
  readonly hint?: string;
  readonly checked: boolean;
}): Html {
  const { name, label, hint, checked } = box;
  return html`<div class="pick"><input type="checkbox" id="${name}" name="${name}" value="yes"${raw(checked ? " checked" : "")}${hint && html` aria-describedby="${name}-hint"`}><div><label for="${name}">${label}</label>${hint && html`<span class="hint" id="${name}-hint">${hint}</span>`}</div></div>
`;
}

/** A picture: the one that is there, a way to take it away, and a way to send another. */
export function pictureField(
  page: PageContext,
  field: {
    readonly name: string;
    readonly label: string;
    readonly hint: string;
    readonly picture: SiteImage | null;
    readonly error: string | undefined;
  },
): Html {
  const { name, label, hint, picture, error } = field;
  const there =
    picture &&
    html`<p class="there ${name}"><img class="logo" src="${page.image(picture)}" width="${picture.width}" height="${picture.height}" alt="${page.t.text("settings.logo.now", { what: label })}"></p>
<input type="hidden" name="${name}-kept" value="${picture.hash}">`;
  return html`<div${error && raw(' class="has-err"')}><label for="${name}">${label}</label>
<span class="hint" id="${name}-hint">${hint}</span>${errorOf(name, error)}
${there}<input id="${name}" name="${name}" type="file" accept="image/png,image/jpeg,image/webp"${describedBy(name, error)}>
${picture && checkbox({ name: `${name}-none`, label: page.t.text("settings.logo.none"), checked: false })}</div>`;
}
