/** Signatures of each period as bars, and what they show in words. */
import { type Html, html } from "../../../foundation/html.ts";
import type { Statistics } from "../../../signing/statistics.ts";
import type { PageContext } from "../../deps.ts";
import { type Point, timeChart } from "./chart.ts";
import { periodMark, periodName } from "./period-words.ts";
import { type Period, periodsOf, type Span, type Unit } from "./periods.ts";

export interface Shown {
  readonly unit: Unit;
  readonly span: Span;
  readonly periods: readonly Period[];
  readonly points: readonly Point[];
  /** The sum of them all. */
  readonly total: number;
}

/** A letter's signatures by periods. */
export function shownBy(
  page: PageContext,
  { days }: Pick<Statistics, "days">,
  unit: Unit,
  span: Span,
): Shown {
  const periods = periodsOf(days, unit, span);
  const points = periods.map((period) => ({ mark: periodMark(page, unit, period), value: height(period) }));
  return { unit, span, periods, points, total: points.reduce((sum, { value }) => sum + value, 0) };
}

function height({ people, organisations }: Period): number {
  return people + organisations;
}

/** @param today yyyy-mm-dd, in UTC */
export function barsFigure(page: PageContext, shown: Shown, today: string): Html {
  const { t } = page;
  const { unit, span, points, periods, total } = shown;
  const text = inWords(page, unit, periods);
  const chart = timeChart(page, {
    id: "bars",
    shape: "bars",
    title: t.text("desk.chart.title", {
      per: t.text(`desk.chart.per.${unit}`),
      from: t.date(new Date(span.first)),
      to: t.date(new Date(span.last)),
    }),
    text,
    points,
    largest: total,
  });
  return html`<figure>${chart}
<figcaption class="small soft">${text} ${notes(page, unit, periods, today)}</figcaption></figure>`;
}

/** What the bars show: how many altogether, the two highest, and what is usual. */
function inWords(page: PageContext, unit: Unit, periods: readonly Period[]): string {
  const { t } = page;
  const total = periods.reduce((sum, period) => sum + height(period), 0);
  const sorted = periods.toSorted((a, b) => height(b) - height(a));
  const [first, second] = sorted as [Period, Period?];
  const named = (period: Period) => ({ when: periodName(page, unit, period), count: height(period) });
  const sentences = [t.text("desk.chart.total", { total, unit, count: periods.length })];
  if (second && height(second) > 0) {
    const { when, count } = named(second);
    sentences.push(t.text("desk.chart.two", { ...named(first), next: when, fewer: count }));
  } else sentences.push(t.text("desk.chart.one", named(first)));
  if (periods.length > 4)
    sentences.push(t.text("desk.chart.usual", { unit, count: height(sorted[periods.length >> 1]!) }));
  return sentences.join(" ");
}

/** How days are counted, and whether the last bar will grow still. */
function notes(page: PageContext, unit: Unit, periods: readonly Period[], today: string): string {
  const { t } = page;
  return [
    unit === "week" && t.text("desk.chart.monday"),
    periods.at(-1)!.to >= today && t.text("desk.chart.unfinished", { unit }),
    t.text("desk.chart.zone"),
  ]
    .filter(Boolean)
    .join(" ");
}

/** The numbers of the bars, folded away below them. */
export function sameAsTable(page: PageContext, { unit, periods }: Shown): Html {
  return html`<details class="small noprint"><summary>${page.t.text("desk.chart.table")}</summary>${periodTable(page, unit, periods)}</details>`;
}

function periodTable(page: PageContext, unit: Unit, periods: readonly Period[]): Html {
  const { t } = page;
  const columns = [
    "desk.letter.tab.signatures",
    "desk.overview.people",
    "desk.overview.organisations",
  ] as const;
  return html`<div class="scroll"><table><caption class="vh">${t.text(`desk.chart.per.${unit}`)}</caption><thead><tr><th scope="col">${t.text(`desk.chart.${unit}`)}</th>${columns.map((key) => html`<th scope="col" class="num">${t.text(key)}</th>`)}</tr></thead><tbody>${periods.map(
    (period) =>
      html`<tr><th scope="row">${periodName(page, unit, period)}</th>${[period.people + period.organisations, period.people, period.organisations].map((count) => html`<td class="num">${t.number(count)}</td>`)}</tr>
`,
  )}</tbody></table></div>`;
}
