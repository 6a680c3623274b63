import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { countries } from "../../../foundation/countries.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import { importFields } from "../../../signing/import/columns.ts";
import { encodings } from "../../../signing/import/decode.ts";
import { importModes, type Plan } from "../../../signing/import/plan.ts";
import { delimiters, type Table } from "../../../signing/import/read-table.ts";
import { dateOrders } from "../../../signing/import/read-words.ts";
import type { Upload } from "../../../signing/import/upload.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { errorList, type FormErrors, languageSelect, radios, select } from "../field.ts";
import { letterFrame } from "../letters/frame.ts";
import { table } from "../table.ts";
import { fileName } from "./imports-page.ts";

/** A plan as it stands in the form. */
export interface PlanFields extends Pick<Plan, "columns" | "kind" | "dates"> {
  readonly mode: Plan["mode"] | "";
  readonly country: string;
  readonly show: string;
  readonly language: string;
}

/** How much of a cell is shown, in characters. */
const sampled = 80;

/** What a column is called: by its heading, or by its number. */
export function columnName(page: PageContext, { headings }: Table, index: number): string {
  return headings[index] || page.t.text("desk.import.column", { number: index + 1 });
}

/**
 * What each column means, what is done with the rows, and what holds for those that do not say.
 * @param note that it could not be read in another way, or was sent before
 */
export function planPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  upload: Upload,
  fields: PlanFields,
  errors: FormErrors,
  note?: "unread" | "known",
): Html {
  const { t } = page;
  const title = t.text("desk.import.plan");
  const choice = (value: string, key: "mode" | "kind" | "show" | "dates") =>
    ({ value, label: t.text(`desk.import.${key}.${value}` as "desk.import.mode.ask") }) as const;
  const modes = importModes
    .filter((mode) => mode === "report" || letter.stage === "open")
    .map((mode) => ({ ...choice(mode, "mode"), hint: t.text(`desk.import.mode.${mode}.hint`) }));
  const nowhere = { value: "", label: t.text("desk.import.country.none") };
  const named = countries(page.language).map(({ code, name }) => ({ value: code, label: name }));
  return letterFrame(page, {
    session,
    letter,
    tab: "signatures",
    title: Object.keys(errors).length > 0 ? t.text("sign.error.pageTitle", { title }) : title,
    note: note && html`<p class="box" role="status">${t.text(`desk.import.${note}`)}</p>`,
    main: html`${errorList(page, errors)}
<section class="hang" aria-labelledby="read"><h2 id="read">${t.text("desk.import.read")}</h2>${readForm(page, letter, upload)}</section>
<form class="fields" action="${page.link(routes.deskImportFile(letter.id, upload.id))}" method="post" novalidate>
<section class="hang" aria-labelledby="what"><h2 id="what">${t.text("desk.import.what")}</h2>
${radios("mode", t.text("desk.import.mode"), modes, fields.mode, errors.mode)}</section>
<section class="hang" aria-labelledby="plan"><h2 id="plan">${title}</h2><div class="flow"><p>${t.text("desk.import.plan.text")}</p>
${errors["column-0"] && html`<p class="err">${icon("no")} ${errors["column-0"]}</p>`}
${columnTable(page, upload, fields)}</div></section>
<section class="hang" aria-labelledby="others"><h2 id="others">${t.text("desk.import.others")}</h2>
<div class="fields">
${radios("kind", t.text("desk.import.kind"), [choice("person", "kind"), choice("organisation", "kind")], fields.kind)}
${radios("show", t.text("desk.import.show"), [choice("yes", "show"), choice("no", "show")], fields.show, errors.show, t.text("desk.import.show.hint"))}
${select({ name: "country", label: t.text("desk.import.country"), choices: [nowhere, ...named], chosen: fields.country, hint: t.text("desk.import.country.hint") })}
${select({ name: "dates", label: t.text("desk.import.dates"), choices: dateOrders.map((order) => choice(order, "dates")), chosen: fields.dates })}
${languageSelect(page, fields.language, t.text("desk.import.language"))}
<button class="btn">${t.text("desk.import.plan.button")}</button>
<p class="small soft">${t.text("desk.import.plan.nothing")}</p>
</div></section>
</form>
<section class="hang" aria-labelledby="not"><h2 id="not">${t.text("desk.import.not")}</h2><form action="${page.link(routes.deskImportDiscard(letter.id, upload.id))}" method="post"><button class="btn line">${t.text("desk.import.discard")}</button></form></section>`,
  });
}

/** How the file was read, and how else it can be. */
function readForm(page: PageContext, letter: DeskLetter, upload: Upload): Html {
  const { t } = page;
  const signs = { ",": "comma", ";": "semicolon", "\t": "tab" } as const;
  const sign = (delimiter: (typeof delimiters)[number]) =>
    t.text(`desk.import.delimiter.${signs[delimiter]}`);
  const name = (encoding: (typeof encodings)[number]) => t.text(`desk.import.encoding.${encoding}`);
  return html`<div class="flow"><p>${t.html("desk.import.readAs", {
    file: fileName(page, upload.fileName),
    rows: upload.table.rows.length,
    encoding: name(upload.encoding),
    delimiter: sign(upload.table.delimiter),
  })}</p>
<details><summary>${t.text("desk.import.readAgain")}</summary>
<form class="fields one after" action="${page.link(routes.deskImportRead(letter.id, upload.id))}" method="post">
${select({ name: "encoding", label: t.text("desk.import.encoding"), choices: encodings.map((value) => ({ value, label: name(value) })), chosen: upload.encoding })}
${select({ name: "delimiter", label: t.text("desk.import.delimiter"), choices: delimiters.map((value) => ({ value, label: sign(value) })), chosen: upload.table.delimiter })}
<button class="btn line">${t.text("desk.import.readAgain.button")}</button>
</form></details></div>`;
}

/** Each column with its heading, what stands in its first rows, and what it means. */
function columnTable(page: PageContext, upload: Upload, fields: PlanFields): Html {
  const { t } = page;
  const none = html`<option value="">${t.text("desk.import.field.none")}</option>`;
  const offered = importFields.map((field) => ({ field, label: t.text(`desk.import.field.${field}`) }));
  return table(
    t.text("desk.import.plan"),
    [t.text("desk.import.heading"), t.text("desk.import.sample"), t.text("desk.import.means")],
    upload.table.headings.map((_, index) => {
      const name = columnName(page, upload.table, index);
      const options = offered.map(
        ({ field, label }) =>
          html`<option value="${field}"${raw(field === fields.columns[index] ? " selected" : "")}>${label}</option>`,
      );
      return [
        isolated(clipped(name)),
        samples(upload.table, index),
        html`<select id="column-${index}" name="column-${index}" aria-label="${t.text("desk.import.means.of", { column: clipped(name) })}">${none}${options}</select>`,
      ];
    }),
  );
}

/** The first different cells of a column. */
function samples({ rows }: Table, index: number): Html {
  const cells = rows.slice(0, 100).map((row) => row.cells[index] ?? "");
  const some = [...new Set(cells)].filter((cell) => cell !== "").slice(0, 3);
  if (some.length === 0) return html`<span class="soft">–</span>`;
  return html`${some.map((cell, at) => html`${at > 0 && raw("<br>")}${isolated(clipped(cell))}`)}`;
}

/** Text of a file, short enough for a table, with the signs that are not seen by their numbers. */
export function clipped(text: string): string {
  const signs = [...text.slice(0, 4 * sampled)];
  const short = signs.length > sampled ? `${signs.slice(0, sampled).join("")}…` : text;
  return short.replace(/[[\p{Cc}\p{Bidi_Control}\p{Co}\p{Cs}]--[\t\r\n]]/gv, (sign) => {
    const number = sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    return ` [U+${number}] `;
  });
}
