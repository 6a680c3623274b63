/** Signatures over time: bars, what they add up to, the same as a table and as a file. */
import { type Html, html, raw } from "../../../foundation/html.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { type Point, timeChart } from "./chart.ts";
import type { OverviewState } from "./overview-page.ts";
import { barsFigure, sameAsTable, shownBy } from "./period-figure.ts";
import { possibleUnits, type Span, type Unit } from "./periods.ts";

/** @param state its span is that of a letter that was opened */
export function overTime(page: PageContext, state: OverviewState & { readonly span: Span }): Html {
  const { t } = page;
  const { letter, statistics, unit, span, today } = state;
  const shown = shownBy(page, statistics, unit, span);
  const { periods, points, total } = shown;
  const to = t.date(new Date(span.last));
  return html`${unitNav(page, letter.id, span, unit)}
${barsFigure(page, shown, today)}
${
  periods.length > 1 &&
  html`<h3>${t.text("desk.chart.grown")}</h3>
<figure>${timeChart(page, {
    id: "grown",
    shape: "line",
    title: t.text("desk.chart.grown.title", { from: t.date(new Date(span.first)), to }),
    text: t.text("desk.chart.grown.text", { total: t.text("desk.letter.signatures", { count: total }), to }),
    points: addedUp(points),
    largest: total,
  })}</figure>`
}
${sameAsTable(page, shown)}
<p class="small noprint"><a href="${page.link(withQuery(routes.deskLetterCsv(letter.id), { by: unit }))}" download>${t.text("desk.chart.csv")}</a></p>`;
}

/** Each point with all before it. */
function addedUp(points: readonly Point[]): Point[] {
  let sum = 0;
  return points.map(({ mark, value }) => {
    sum += value;
    return { mark, value: sum };
  });
}

/** What a bar may stand for. */
function unitNav(page: PageContext, id: string, span: Span, current: Unit): Html {
  const { t } = page;
  const possible = possibleUnits(span);
  if (possible.length < 2) return html`<p><b>${t.text(`desk.chart.per.${current}`)}</b></p>`;
  return html`<nav aria-label="${t.text("desk.chart.units")}"><ul class="row small">${possible.map(
    (unit) =>
      html`<li><a href="${page.link(withQuery(routes.deskLetter(id), { by: unit }))}#time"${raw(unit === current ? ' aria-current="true"' : "")}>${t.text(`desk.chart.per.${unit}`)}</a></li>`,
  )}</ul></nav>`;
}
