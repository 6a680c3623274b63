/** When nothing matches: what can be left out, and the way back to all letters. */
import type { FilterName } from "../../archive/filters.ts";
import type { ArchivePage } from "../../archive/list.ts";
import { foundAtMost } from "../../archive/search.ts";
import { type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { type ListQuery, listPath } from "./list-query.ts";
import { valueName } from "./words.ts";

/** Says that nothing was found, and names every step that would find something. */
export function emptyResult(page: PageContext, query: ListQuery, found: ArchivePage): Html {
  const { t } = page;
  const ways: Html[] = [];
  for (const [filter, letters] of found.without) {
    if (letters === 0) continue;
    const { [filter]: value, ...others } = query.filters;
    const path = listPath({ ...query, filters: others, page: 1 });
    ways.push(way(page, path, filter, value!, letters));
  }
  if (found.searched && Object.keys(found.filters).length > 1 && ways.length === 0) {
    const path = listPath({ query: query.query, filters: {}, page: 1 });
    ways.push(html`<li><a href="${page.link(path)}">${t.text("empty.noFilters")}</a></li>`);
  }
  return html`<section class="hang" aria-labelledby="none"><h2 id="none">${t.text("empty.title")}</h2>
<div class="flow one">
<p>${
    found.searched
      ? t.html(ways.length > 0 ? "empty.both" : "empty.words", {
          words: html`<b><bdi>${query.query}</bdi></b>`,
        })
      : t.text("empty.filters")
  }</p>
<ul class="list dots">
${ways}
${found.searched && html`<li>${t.text("empty.fewer")}</li>`}
<li><a href="${page.link(routes.archive())}">${t.text("error.allLetters")}</a></li>
</ul>
</div></section>`;
}

function way(page: PageContext, path: string, filter: FilterName, value: string, letters: number): Html {
  const { t } = page;
  const label = `${t.text(`filter.${filter}`)}: ${valueName(page, filter, value)}`;
  const count = Math.min(letters, foundAtMost);
  return html`<li><a href="${page.link(path)}">${t.text("empty.without", { filter: label })}</a> <span class="soft">${t.text(letters > foundAtMost ? "empty.letters.more" : "empty.letters", { count })}</span></li>`;
}
