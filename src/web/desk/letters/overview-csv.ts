import { writeCsv } from "../../../foundation/csv.ts";
import { placeName } from "../../../foundation/places.ts";
import type { Statistics } from "../../../signing/statistics.ts";
import type { PageContext } from "../../deps.ts";
import { periodName } from "./period-words.ts";
import { periodsOf, type Unit } from "./periods.ts";

/**
 * The numbers of a letter's overview: all signatures, each period, each country. A period's code is its first day, a
 * country's that of ISO 3166-1.
 */
export function overviewCsv(
  page: PageContext,
  { all, desk, span, days, countries }: Statistics,
  unit: Unit,
): string {
  const { t, language } = page;
  const row = (
    what: string,
    code: string,
    name: string,
    numbers: Omit<typeof all, "unnamed">,
    unnamed?: number,
  ) => [
    what,
    code,
    name,
    String(numbers.people + numbers.organisations),
    String(numbers.people),
    String(numbers.organisations),
    String(unnamed ?? ""),
  ];
  const head = [
    t.text("desk.csv.what"),
    t.text("desk.csv.code"),
    t.text("desk.csv.name"),
    t.text("desk.letter.tab.signatures"),
    t.text("desk.overview.people"),
    t.text("desk.overview.organisations"),
    t.text("desk.overview.unnamed"),
  ];
  return writeCsv([
    head,
    row(t.text("desk.overview.all"), "", "", all, all.unnamed),
    ...(["pending", "held", "refused", "withdrawn"] as const).map((state) => [
      t.text(`signatures.state.${state}`),
      "",
      "",
      String(desk[state]),
      "",
      "",
      "",
    ]),
    ...(span ? periodsOf(days, unit, span) : []).map((period) =>
      row(t.text(`desk.chart.${unit}`), period.from, periodName(page, unit, period), period, period.unnamed),
    ),
    ...countries.map((one) =>
      row(t.text("desk.overview.country"), one.country, placeName(one.country, language), one),
    ),
  ]);
}
