/** Who signed a letter elsewhere, as it was reported: names one a line, and the rest in words. */
import { reportedEdition } from "../../../drafting/change-reported.ts";
import { keyOf } from "../../../drafting/watched-reported.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import { qualifiers, reportedKinds } from "../../../letters/letter.ts";
import type { ReportedSignatories } from "../../../letters/record-letter.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { errorList, type FormErrors, field, select, textArea } from "../field.ts";
import { type ReportedFields, reportedFieldsOf, type WatchedFields } from "./reported-form.ts";

/** What was typed, and what is wrong with it. */
export interface ReportedTyped {
  readonly fields: ReportedFields;
  readonly errors: FormErrors;
  /** Of a public letter: what was corrected and why. */
  readonly note?: string;
  /** Names that wait for somebody who looks at them. */
  readonly watched?: WatchedFields | undefined;
}

/**
 * @param now what is reported so far
 * @param language the original's, in which the rest is described
 * @param isPublic whether it is corrected, with a note to readers
 */
export function reportedPart(
  page: PageContext,
  letterId: string,
  now: ReportedSignatories,
  language: string,
  isPublic: boolean,
  typed: ReportedTyped = { fields: reportedFieldsOf(now), errors: {} },
): Html {
  const { fields, errors, note = "", watched } = typed;
  const { t } = page;
  return html`<section class="hang" aria-labelledby="reported"><h2 id="reported">${t.text("letter.reported")}</h2>
<form class="fields one" action="${page.link(routes.deskReported(letterId))}" method="post"><input type="hidden" name="seen" value="${reportedEdition(now)}">
<p>${t.text("publishing.reported.text")}</p>
${errorList(page, errors)}
${textArea({ name: "organisations", label: t.text("publishing.reported.organisations"), value: fields.organisations, rows: 6, hint: t.text("publishing.reported.line"), error: errors.organisations, language })}
${textArea({ name: "people", label: t.text("publishing.reported.people"), value: fields.people, rows: 6, hint: t.text("publishing.reported.line"), error: errors.people, language })}
<fieldset class="fields"><legend>${t.text("publishing.reported.rest")}</legend>
${field({ name: "restWords", label: t.text("publishing.reported.words"), value: fields.restWords, hint: t.text("publishing.reported.words.hint"), error: errors.restWords })}
${select({ name: "restQualifier", label: t.text("publishing.reported.qualifier"), choices: qualifiers.map((value) => ({ value, label: t.text(`publishing.reported.qualifier.${value}`) })), chosen: fields.restQualifier })}
${field({ name: "restCount", label: t.text("publishing.reported.count"), value: fields.restCount, error: errors.restCount })}
${select({ name: "restKind", label: t.text("publishing.reported.kind"), choices: reportedKinds.map((value) => ({ value, label: t.text(`publishing.reported.kind.${value}`) })), chosen: fields.restKind })}</fieldset>
${watched && watchedNames(page, watched)}
${isPublic && textArea({ name: "reportedNote", label: t.text("correction.note"), value: note, rows: 3, hint: t.text("correction.note.hint"), required: true, error: errors.reportedNote, language })}
<button class="btn line">${t.text(isPublic ? "correction.publish" : "publishing.reported.save")}</button>
</form></section>`;
}

function watchedNames({ t }: PageContext, { found, letIn }: WatchedFields): Html {
  return html`<fieldset><legend>${t.text("watched.title")}</legend><p class="hint">${t.text("watched.text")}</p>${found.map(
    (one, index) => {
      const id = index === 0 ? "watched" : `watched-${index}`;
      const key = keyOf(one);
      const words = t.html("watched.name", { name: isolated(one.name), watched: isolated(one.watched) });
      return html`<div class="pick"><input type="hidden" name="looked[]" value="${key}"><input type="checkbox" id="${id}" name="row[]" value="${key}"${raw(letIn.has(key) ? " checked" : "")}><label for="${id}">${words}</label></div>
`;
    },
  )}</fieldset>`;
}
