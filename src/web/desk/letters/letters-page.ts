import { type DeskStage, deskStages } from "../../../drafting/desk-letter.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import { pagesNav } from "../../archive/pages-nav.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { deskLayout } from "../layout.ts";
import { searchForm } from "../search/search-form.ts";
import { seesNames } from "../search/sees-names.ts";
import { mayOpen } from "./frame.ts";
import { letterTable } from "./letter-table.ts";
import type { LettersByStage } from "./letters.ts";

export interface LettersState extends LettersByStage {
  /** The one that is shown; undefined where all are. */
  readonly stage: DeskStage | undefined;
  readonly counts: Readonly<Record<DeskStage, number>>;
  readonly number: number;
  readonly pages: number;
}

/** All letters by how they stand. */
export function lettersPage(page: PageContext, session: Session, state: LettersState): Html {
  const { t } = page;
  const { stage, counts, number, pages, groups } = state;
  const title = t.text("desk.nav.letters");
  const mayStart = mayOpen(session.account.role, "GET deskStart");
  const nav = pagesNav(page, {
    page: number,
    pages,
    path: (to) => withQuery(routes.deskLetters(), { state: stage, page: to === 1 ? undefined : to }),
    byDate: true,
  });
  return deskLayout(page, {
    title: stage ? `${title}: ${t.text(`desk.stage.${stage}`)}` : title,
    session,
    nav: "letters",
    main: html`<div class="top flow"><div class="split"><h1>${title}</h1>${mayStart && startButton(page)}</div>
<div class="one">${searchForm(page, { query: "", names: seesNames(session.account.role) })}</div>${stagesNav(page, counts, stage)}</div>
${groups.size === 0 && nothingYet(page, mayStart, stage)}${Array.from(groups.keys(), (one) => stageSection(page, state, one))}${nav}
${mayOpen(session.account.role, "POST deskTakeUp") && html`<p class="small more"><a href="${page.link(withQuery(routes.deskLetters(), { state: "discarded" }))}">${t.text("text.discarded")}</a></p>`}`,
  });
}

/** Leads to where a letter is started. */
export function startButton(page: PageContext): Html {
  return html`<a class="btn" href="${page.link(routes.deskStart())}">${icon("pen")} ${page.t.text("desk.letters.start")}</a>`;
}

/** Letters of a stage under its name; where there are more, the way to all of them. */
export function stageSection(
  page: PageContext,
  { groups, signOns, counts, stage: only }: Pick<LettersState, "groups" | "signOns" | "counts" | "stage">,
  stage: DeskStage,
): Html {
  const { t } = page;
  const letters = groups.get(stage) ?? [];
  const more = !only && counts[stage] > letters.length;
  const all = page.link(withQuery(routes.deskLetters(), { state: stage }));
  return html`<section class="hang" aria-labelledby="${stage}"><h2 id="${stage}">${t.text(`desk.stage.${stage}`)}</h2><div>${letterTable(page, stage, letters, signOns)}${
    more &&
    html`<p class="small more"><a href="${all}">${t.text("desk.letters.all", { count: counts[stage] })}</a></p>`
  }</div></section>
`;
}

/** The stages that have letters, each with how many. */
function stagesNav(
  page: PageContext,
  counts: LettersState["counts"],
  current: DeskStage | undefined,
): Html | undefined {
  const { t } = page;
  const shown = deskStages.filter((one) => counts[one] > 0 || one === current);
  if (shown.length < 2 && !current) return undefined;
  const item = (one: DeskStage | undefined, words: string, count: number) =>
    html`<li><a href="${page.link(withQuery(routes.deskLetters(), { state: one }))}"${raw(one === current ? ' aria-current="page"' : "")}>${words}</a> <span class="soft">${t.number(count)}</span></li>`;
  const total = deskStages.reduce((sum, one) => sum + counts[one], 0);
  return html`<nav aria-label="${t.text("desk.letters.stages")}"><ul class="row small">${item(undefined, t.text("desk.letters.everything"), total)}${shown.map(
    (one) => item(one, t.text(`desk.stage.${one}`), counts[one]),
  )}</ul></nav>`;
}

/** What to do first. */
export function nothingYet(page: PageContext, mayStart: boolean, stage?: DeskStage): Html {
  const { t } = page;
  if (stage) return html`<p>${t.text("desk.letters.noneOfStage")}</p>`;
  return html`<section class="hang" aria-labelledby="first"><h2 id="first">${t.text("desk.letters.first")}</h2>
${
  mayStart
    ? html`<ol class="list dots one"><li>${t.text("desk.letters.first.write")}</li><li>${t.text("desk.letters.first.circulate")}</li><li>${t.text("desk.letters.first.publish")}</li></ol>`
    : html`<p>${t.text("desk.letters.first.wait")}</p>`
}</section>
`;
}
