/** Search and filters: an ordinary form that asks by GET. */
import type { Counts, FilterName } from "../../archive/filters.ts";
import { filterNames, fixedValues } from "../../archive/filters.ts";
import type { ArchivePage } from "../../archive/list.ts";
import { type Html, html, raw } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { askedLanguage, searchField } from "../search-letters.ts";
import { valueName } from "./words.ts";

/** The search field, and a choice for each filter with the number of letters beside each value. */
export function findForm(page: PageContext, found: ArchivePage, query: string): Html {
  const { t } = page;
  const filtered = Object.keys(found.filters).length > 0;
  return html`<search class="find">
<form action="${routes.archive()}" method="get">
${askedLanguage(page)}
${searchField(page, query)}
<details${raw(filtered ? " open" : "")}><summary>${t.text("find.filters")}</summary>
<div class="set">
${filterNames.map((name) => choice(page, found, name))}
</div></details>
</form>
</search>`;
}

function choice(page: PageContext, { filters, counts }: ArchivePage, filter: FilterName): Html {
  const { t } = page;
  const chosen = filters[filter];
  return html`<div><label for="f-${filter}">${t.text(`filter.${filter}`)}</label><select id="f-${filter}" name="${filter}"><option value="">${t.text(`filter.${filter}.any`)}</option>${offered(
    page,
    filter,
    counts,
    chosen,
  ).map(
    ({ value, label, letters }) =>
      html`<option value="${value}"${raw(value === chosen ? " selected" : "")}>${t.text("find.option", { label, count: letters })}</option>`,
  )}</select></div>
`;
}

interface Offer {
  readonly value: string;
  readonly label: string;
  readonly letters: number;
}

/**
 * The values that lead somewhere, and the chosen one in any case: years newest first, fixed values in their order,
 * others by name.
 */
function offered(page: PageContext, filter: FilterName, counts: Counts, chosen?: string): Offer[] {
  const found = counts[filter];
  const values = new Set(found.keys());
  if (chosen !== undefined) values.add(chosen);
  const offers = Array.from(values, (value) => ({
    value,
    label: valueName(page, filter, value),
    letters: found.get(value) ?? 0,
  }));
  if (filter === "year") return offers.sort((a, b) => Number(b.value) - Number(a.value));
  if (filter in fixedValues) {
    const order: readonly string[] = fixedValues[filter as keyof typeof fixedValues];
    return offers.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
  }
  const { compare } = new Intl.Collator(page.language);
  return offers.sort((a, b) => compare(a.label, b.label));
}
