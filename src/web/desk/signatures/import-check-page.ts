import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, languageName, leftToRight } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { BringInRefusal } from "../../../signing/import/bring-in.ts";
import type { Judged, Slip, WatchedRow } from "../../../signing/import/check.ts";
import type { Plan } from "../../../signing/import/plan.ts";
import type { Upload } from "../../../signing/import/upload.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { type Fact, factList } from "../../signing/facts.ts";
import { letterFrame } from "../letters/frame.ts";
import { table } from "../table.ts";
import { faultWords } from "./import-faults.ts";
import { clipped } from "./import-plan-page.ts";

/** How many rows of each list are shown; the file holds all. */
const listed = 100;
/** How many watched names can be let in from one file: each needs its box. */
const pickable = 1_000;

/** So many take long enough that somebody may wonder. */
const many = 1_000;

/** The form that brings the file in; boxes further down belong to it. */
const bringing = "bring-in";

type Checked = Judged & {
  readonly known: number;
  readonly slips: readonly Slip[];
  readonly watched: readonly WatchedRow[];
};

/** Where the file is gone there is nothing to show. */
export type ShownRefusal = Exclude<BringInRefusal, "upload-unknown">;

/** What bringing the file in would do, what cannot come in and why; and the choice. */
export function checkPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  upload: Upload & { readonly plan: Plan },
  checked: Checked,
  refusal?: ShownRefusal,
): Html {
  const { t } = page;
  const title = t.text("desk.import.check");
  return letterFrame(page, {
    session,
    letter,
    tab: "signatures",
    title,
    note: refusal && html`<p class="box" role="alert">${t.text(`desk.import.refused.${refusal}`)}</p>`,
    main: html`<section class="hang" aria-labelledby="check"><h2 id="check">${title}</h2>
<div class="flow">
${factList(facts(page, upload, checked))}
${choice(page, letter, upload, checked)}
</div></section>
${watchedSection(page, checked)}${badSection(page, letter, upload, checked)}${repeatedSection(page, checked)}${slipSection(page, checked)}`,
  });
}

function facts(
  page: PageContext,
  { table: { rows }, plan }: Upload & { plan: Plan },
  checked: Checked,
): Fact[] {
  const { t } = page;
  const { bad, repeated, unnamed, known, watched } = checked;
  const counts = {
    rows: rows.length,
    good: comeIn(checked),
    bad: bad.length,
    repeated: repeated.length,
    unnamed: unnamed.length,
    known,
  };
  const shown = (["rows", "good", "bad", "repeated"] as const).map(
    (key): Fact => [t.text(`desk.import.check.${key}`), t.number(counts[key])],
  );
  if (watched.length > 0) shown.push([t.text("watched.title"), t.number(watched.length)]);
  if (unnamed.length > 0) shown.push([t.text("desk.import.check.unnamed"), t.number(counts.unnamed)]);
  const words = plan.mode === "ask" ? "desk.import.check.known" : "desk.import.check.knownNames";
  if (known > 0) shown.push([t.text(words), t.number(counts.known)]);
  return shown;
}

/** How many come in, if nobody lets in one whose name is watched. */
function comeIn({ good, known, watched }: Checked): number {
  return good.length - known - watched.length;
}

function choice(
  page: PageContext,
  letter: DeskLetter,
  { id, plan }: Upload & { plan: Plan },
  checked: Checked,
): Html {
  const { t } = page;
  const { bad, watched } = checked;
  const count = comeIn(checked);
  const back = html`<a href="${page.link(routes.deskImportFile(letter.id, id))}">${t.text("desk.import.check.back")}</a>`;
  const nothing = html`<form action="${page.link(routes.deskImportDiscard(letter.id, id))}" method="post"><button class="btn line">${t.text("desk.import.discard")}</button></form>`;
  if (count === 0 && watched.length === 0)
    return html`<p>${t.text("desk.import.check.none")}</p><div class="row mid">${nothing} ${back}</div>`;
  const will =
    plan.mode === "ask"
      ? t.html("desk.import.will.ask", { count, language: isolated(languageName(plan.language)) })
      : t.text("desk.import.will.report", { count });
  return html`<p>${will}</p>
${bad.length > 0 && html`<p>${t.text("desk.import.will.leave", { count: bad.length })}</p>`}
${watched.length > 0 && html`<p>${t.text("watched.count", { count: watched.length })}</p>`}
${count > many && html`<p>${t.text("desk.import.will.wait")}</p>`}
<div class="row mid"><form id="${bringing}" action="${page.link(routes.deskImportCheck(letter.id, id))}" method="post"><button class="btn">${icon(plan.mode === "ask" ? "mail" : "ok")} ${t.text(`desk.import.run.${plan.mode}`, { count })}</button></form>
${nothing} ${back}</div>`;
}

function badSection(
  page: PageContext,
  letter: DeskLetter,
  upload: Upload,
  { bad }: Checked,
): Html | undefined {
  if (bad.length === 0) return undefined;
  const { t } = page;
  const path = page.link(routes.deskImportRows(letter.id, upload.id));
  const heading = t.text("desk.import.bad", { count: bad.length });
  return html`<section class="hang" aria-labelledby="bad"><h2 id="bad">${heading}</h2>
<div class="flow"><p>${t.text("desk.import.bad.text")}</p>
<p><a class="btn line" href="${path}" download>${t.text("desk.import.bad.file")}</a></p>
${bad.length > listed && html`<p class="small soft">${t.text("desk.import.first", { count: listed })}</p>`}
${table(
  heading,
  [t.text("desk.import.row"), t.text("desk.import.value"), t.text("desk.import.mend")],
  bad
    .slice(0, listed)
    .map(({ row, faults }) => [
      t.text("desk.import.row.number", { row }),
      html`${faults.map(({ value }, index) => html`${index > 0 && html`<br>`}${value === "" ? html`<span class="soft">–</span>` : isolated(clipped(value))}`)}`,
      html`${faults.map((fault, index) => html`${index > 0 && html`<br>`}${faultWords(page, fault)}`)}`,
    ]),
)}</div></section>`;
}

function repeatedSection({ t }: PageContext, { repeated }: Checked): Html | undefined {
  if (repeated.length === 0) return undefined;
  return html`<section class="hang" aria-labelledby="repeated"><h2 id="repeated">${t.text("desk.import.repeated")}</h2>
<div class="flow"><p>${t.text("desk.import.repeated.text")}</p>
<ul>${repeated.slice(0, listed).map((one) => html`<li>${t.text("desk.import.repeated.row", { row: one.row, earlier: one.earlier })}</li>\n`)}</ul></div></section>`;
}

function slipSection({ t }: PageContext, { slips }: Checked): Html | undefined {
  if (slips.length === 0) return undefined;
  return html`<section class="hang" aria-labelledby="typos"><h2 id="typos">${t.text("desk.import.typos")}</h2>
<div class="flow"><p>${t.text("desk.import.typos.text")}</p>
<ul>${slips.slice(0, listed).map(({ row, address, meant }) => html`<li>${t.html("desk.import.typos.row", { row, address: leftToRight(address), meant: leftToRight(meant) })}</li>\n`)}</ul></div></section>`;
}

function watchedSection({ t }: PageContext, { watched }: Checked): Html | undefined {
  if (watched.length === 0) return undefined;
  return html`<section class="hang" aria-labelledby="watched"><h2 id="watched">${t.text("watched.title")}</h2>
<div class="flow"><p>${t.text("watched.text")}</p>
${watched.length > pickable && html`<p class="small soft">${t.text("desk.import.first", { count: pickable })}</p>`}
<div class="fields">${watched.slice(0, pickable).map(({ row, name, watched: like }) => html`<div class="pick"><input type="checkbox" id="row-${row}" name="row[]" value="${row}" form="${bringing}"><label for="row-${row}">${t.html("desk.import.watched.row", { row, name: isolated(name), watched: isolated(like) })}</label></div>\n`)}</div></div></section>`;
}
