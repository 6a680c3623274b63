import { type DeskLetter, type DeskStage, deskStages } from "../../drafting/desk-letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import { isolated } from "../../foundation/i18n.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { Statistics } from "../../signing/statistics.ts";
import type { PageContext } from "../deps.ts";
import { when } from "../when.ts";
import { deskLayout } from "./layout.ts";
import { mayOpen } from "./letters/frame.ts";
import { letterName } from "./letters/letter-table.ts";
import type { LettersByStage } from "./letters/letters.ts";
import { nothingYet, stageSection, startButton } from "./letters/letters-page.ts";
import { barsFigure, sameAsTable, shownBy } from "./letters/period-figure.ts";
import type { Span, Unit } from "./letters/periods.ts";
import { searchForm } from "./search/search-form.ts";
import { seesNames } from "./search/sees-names.ts";
import type { WaitingItem } from "./waiting/waiting.ts";

/** How one letter is being signed. */
export interface Pulse {
  readonly letter: DeskLetter;
  readonly statistics: Statistics;
  readonly span: Span;
  readonly unit: Unit;
}

export interface HomeState extends LettersByStage {
  readonly waiting: readonly WaitingItem[];
  readonly counts: Readonly<Record<DeskStage, number>>;
  readonly pulse: Pulse | undefined;
  readonly now: Date;
}

/** The first page of the desk. */
export function homePage(page: PageContext, session: Session, state: HomeState): Html {
  const { t } = page;
  const { waiting, counts, groups, signOns, pulse, now } = state;
  const title = t.text("desk.home.title");
  const mayStart = mayOpen(session.account.role, "GET deskStart");
  const none = deskStages.every((stage) => counts[stage] === 0);
  return deskLayout(page, {
    title,
    session,
    nav: "home",
    main: html`<div class="top flow"><div class="split"><div><h1>${title}</h1><p class="soft">${when(page, now)}</p></div>${mayStart && startButton(page)}</div>
<div class="one">${searchForm(page, { query: "", names: seesNames(session.account.role) })}</div></div>
${waitingSection(page, waiting, now)}
${pulse && pulseSection(page, pulse, now)}
${none ? nothingYet(page, mayStart) : Array.from(groups.keys(), (stage) => stageSection(page, { groups, signOns, counts, stage: undefined }, stage))}`,
  });
}

/** What waits for whoever is there. */
export function waitingSection(page: PageContext, waiting: readonly WaitingItem[], now: Date): Html {
  const { t } = page;
  return html`<section class="hang" aria-labelledby="wait"><h2 id="wait">${t.text("desk.home.waiting")}</h2>
${
  waiting.length > 0
    ? html`<ul class="todo">${waiting.map((item) => waitingItem(page, item, now))}</ul>`
    : html`<p>${t.text("desk.home.nothing")}</p>`
}</section>
`;
}

function waitingItem(page: PageContext, { count, label, hint, oldest, path }: WaitingItem, now: Date): Html {
  const { t } = page;
  const days = oldest && Math.floor((now.getTime() - oldest.getTime()) / 86_400_000);
  const more = [hint, days !== undefined && t.text("desk.home.oldest", { days })].filter(Boolean).join(" ");
  return html`<li><b>${t.number(count)}</b><div><a href="${page.link(path)}">${label}</a>${more && html` <p class="small soft">${more}</p>`}</div></li>
`;
}

function pulseSection(page: PageContext, { letter, statistics, span, unit }: Pulse, now: Date): Html {
  const { t } = page;
  const shown = shownBy(page, statistics, unit, span);
  return html`<section class="hang" aria-labelledby="pulse"><h2 id="pulse">${t.text("desk.letter.tab.signatures")}</h2><div class="flow one">
<p>${letterName(page, letter, routes.deskLetter(letter.id))}<br><span class="small soft">${isolated(t.text(`desk.chart.per.${unit}`))}</span></p>
${barsFigure(page, shown, now.toISOString().slice(0, 10))}
${sameAsTable(page, shown)}</div></section>
`;
}
