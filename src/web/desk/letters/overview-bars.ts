/** Tables whose rows are bars: signatures by kind and by country. */
import { scaleLinear } from "d3-scale";
import { type Content, type Html, html } from "../../../foundation/html.ts";
import { directionOf, isolated } from "../../../foundation/i18n.ts";
import { placeName } from "../../../foundation/places.ts";
import type { CountryRow, Statistics } from "../../../signing/statistics.ts";
import type { PageContext } from "../../deps.ts";

interface Bar {
  readonly name: Content;
  readonly count: number;
}

/** How many countries are shown; the others are folded. */
const shown = 10;

/** People and organisations; those not named; and, apart from them, those as reported. */
export function byKind(page: PageContext, { all, reported }: Statistics): Html {
  const { t } = page;
  const { people, organisations, unnamed } = all;
  const kind = t.text("desk.overview.kind");
  const bars = [
    { name: t.text("desk.overview.people"), count: people },
    { name: t.text("desk.overview.organisations"), count: organisations },
  ];
  return html`${
    people + organisations > 0 &&
    html`${barTable(page, kind, t.text("history.who"), bars, people + organisations)}
${unnamed > 0 && html`<p>${t.text("desk.overview.unnamed.text", { count: unnamed })}</p>`}`
  }
${
  reported &&
  html`<h3>${t.text("letter.reported")}</h3>
${reported.names > 0 && html`<p>${t.text("desk.overview.reported.names", { count: reported.names })}</p>`}
${reported.description && html`<p lang="${reported.language}">${isolated(reported.description)}</p>`}
<p class="small soft">${t.text("desk.overview.reported.note")}</p>`
}`;
}

/** Countries, those with the most first. */
export function byCountry(page: PageContext, rows: readonly CountryRow[]): Html {
  const { t, language } = page;
  const bars = rows.map(({ country, people, organisations }) => ({
    name: placeName(country, language),
    count: people + organisations,
  }));
  const total = bars.reduce((sum, { count }) => sum + count, 0);
  const longest = bars[0]!.count;
  const rest = bars.slice(shown);
  const heading = t.text("desk.overview.country");
  const country = t.text("signature.country");
  return html`${barTable(page, heading, country, bars.slice(0, shown), total, longest)}
${
  rest.length > 0 &&
  html`<details class="small"><summary>${t.text("desk.overview.countries.more", { count: rest.length })}</summary>${barTable(page, heading, country, rest, total, longest)}</details>`
}`;
}

/**
 * @param caption what the heading beside it says, for those who do not see that
 * @param what what a bar stands for
 * @param longest the count whose bar fills the column
 */
function barTable(
  page: PageContext,
  caption: string,
  what: string,
  bars: readonly Bar[],
  total: number,
  longest = total,
): Html {
  const { t, language } = page;
  const share = new Intl.NumberFormat(t.formattingTag, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const length = scaleLinear([0, longest], [0, 100]);
  return html`<table class="bars"><caption class="vh">${caption}</caption><thead><tr><th scope="col">${what}</th><th scope="col" class="num">${t.text("desk.letter.tab.signatures")}</th><th scope="col" class="num">${t.text("desk.overview.share")}</th></tr></thead><tbody>${bars.map(
    ({ name, count }) => {
      const width = Math.round(length(count) * 10) / 10;
      const x = directionOf(language) === "rtl" ? 100 - width : 0;
      return html`<tr><th scope="row"><div>${name}<svg class="share" width="100%" height="10" aria-hidden="true"><rect x="${x}%" width="${width}%" height="10"/></svg></div></th><td class="num">${t.number(count)}</td><td class="num soft">${share.format(count / total)}</td></tr>
`;
    },
  )}</tbody></table>`;
}
