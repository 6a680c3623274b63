import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Content, type Html, html } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { TextRow } from "../../../signing/ask-about-text.ts";
import { type Statistics, undeliverableAtMost } from "../../../signing/statistics.ts";
import type { PageContext } from "../../deps.ts";
import { textList } from "../publishing/texts-part.ts";
import { letterFrame, mayOpen } from "./frame.ts";
import { byCountry, byKind } from "./overview-bars.ts";
import { overTime } from "./overview-time.ts";
import type { Unit } from "./periods.ts";

export interface OverviewState {
  readonly letter: DeskLetter;
  readonly statistics: Statistics;
  /** What a bar stands for. */
  readonly unit: Unit;
  /** yyyy-mm-dd, in UTC. */
  readonly today: string;
  /** The letter's texts, the latest first. */
  readonly texts: readonly TextRow[];
}

/** A public letter at a glance: how many have signed, when, from where. */
export function overviewPage(page: PageContext, session: Session, state: OverviewState): Html {
  const { t } = page;
  const { letter, statistics, texts } = state;
  const { all, span, countries } = statistics;
  const signed = all.people + all.organisations > 0;
  const section = (id: string, heading: string, content: Html) =>
    html`<section class="hang" aria-labelledby="${id}"><h2 id="${id}">${heading}</h2><div class="flow one">${content}</div></section>
`;
  return letterFrame(page, {
    session,
    letter,
    tab: "overview",
    main: html`${section("glance", t.text("desk.overview.glance"), html`${signed ? figures(page, state) : nobodyYet(page, letter)}${behind(page, session, state)}`)}
${signed && span && section("time", t.text("desk.overview.time"), overTime(page, { ...state, span }))}
${(signed || statistics.reported) && section("kind", t.text("desk.overview.kind"), byKind(page, statistics))}
${countries.length > 0 && section("country", t.text("desk.overview.country"), byCountry(page, countries))}
${texts.length > 1 && section("texts", t.text("correction.texts"), textList(page, letter.slug!, texts))}`,
  });
}

/** A few numbers that say how it goes. */
function figures(page: PageContext, { letter, statistics, today }: OverviewState): Html {
  const { t } = page;
  const { all, days } = statistics;
  const since = (length: number) => {
    const from = new Date(Date.parse(today) - (length - 1) * 86_400_000).toISOString().slice(0, 10);
    return days
      .filter(({ day }) => day >= from)
      .reduce((sum, day) => sum + day.people + day.organisations, 0);
  };
  const figure = (count: number, label: string) =>
    html`<div><dt>${label}</dt><dd>${t.number(count)}</dd></div>`;
  return html`<dl class="figures">${figure(all.people + all.organisations, t.text("desk.overview.all"))}${
    letter.stage === "open" &&
    html`${figure(since(1), t.text("desk.overview.today"))}${figure(since(7), t.text("desk.overview.week"))}`
  }</dl>`;
}

/** What readers do not see: entries without a yes, those held or refused, and addresses that mail does not reach. */
function behind(
  page: PageContext,
  session: Session,
  { letter, statistics }: OverviewState,
): Html | undefined {
  const { t } = page;
  const { desk, undeliverable } = statistics;
  const { pending, confirmed } = undeliverable;
  const more = Math.max(pending, confirmed) >= undeliverableAtMost;
  const bounced = t.number(pending + confirmed);
  const rows: (readonly [Content, string, string?])[] = [];
  if (desk.pending > 0)
    rows.push([
      t.text("signatures.state.pending"),
      t.number(desk.pending),
      t.text("desk.overview.pending.hint"),
    ]);
  if (desk.held > 0) {
    const words = t.text("signatures.state.held");
    const queue = page.link(withQuery(routes.deskReview(), { letter: letter.id }));
    const mayLook = mayOpen(session.account.role, "GET deskReview");
    rows.push([mayLook ? html`<a href="${queue}">${words}</a>` : words, t.number(desk.held)]);
  }
  if (desk.refused > 0) rows.push([t.text("signatures.state.refused"), t.number(desk.refused)]);
  if (desk.withdrawn > 0) rows.push([t.text("signatures.state.withdrawn"), t.number(desk.withdrawn)]);
  if (pending + confirmed > 0)
    rows.push([
      t.text("desk.overview.undeliverable"),
      more ? t.text("desk.overview.moreThan", { number: bounced }) : bounced,
      t.text("desk.overview.undeliverable.hint", { pending, confirmed }),
    ]);
  if (rows.length === 0) return undefined;
  return html`<dl class="facts">${rows.map(
    ([label, count, hint]) =>
      html`<dt>${label}</dt><dd>${count}${hint && html`<br><span class="small soft">${hint}</span>`}</dd>`,
  )}</dl>`;
}

/** What to do first. */
function nobodyYet(page: PageContext, { stage, slug }: DeskLetter): Html {
  const { t } = page;
  if (stage !== "open")
    return html`<p>${t.text(`desk.overview.none.${stage === "archived" || stage === "invited" ? stage : "closed"}`)}</p>`;
  return html`<p>${t.html("desk.overview.none.open", { a: (chunks) => html`<a href="${page.link(routes.letter(slug!))}">${chunks}</a>` })}</p>`;
}
