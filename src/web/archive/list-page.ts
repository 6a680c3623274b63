/** The archive: what is open now, search and filters, and the letters. */
import type { Entry } from "../../archive/entry.ts";
import { type FilterName, filterNames } from "../../archive/filters.ts";
import type { ArchivePage } from "../../archive/list.ts";
import { type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { emptyResult } from "./empty-result.ts";
import { entryItem } from "./entry-item.ts";
import { featured } from "./featured.ts";
import { findForm } from "./find-form.ts";
import { alternate, jsonLd, languageVersions, openGraph } from "./head.ts";
import { type ListQuery, listPath } from "./list-query.ts";
import { pagesNav } from "./pages-nav.ts";

/**
 * The page "/".
 * @param open the letters that can be signed; shown on the first page of the whole archive
 */
export function archivePage(
  page: PageContext,
  asked: ListQuery,
  found: ArchivePage,
  open: readonly Entry[],
): Html {
  const { t, site } = page;
  const query = { query: asked.query, filters: found.filters, page: found.page };
  const path = listPath(query);
  const title = found.searched
    ? t.text("list.title.found", { query: asked.query, heading: site.heading })
    : site.heading;
  const left = leftOut(asked, found);
  // Of an archive without letters there is nothing to find.
  const nothing = found.total === 0 && !found.searched && Object.keys(found.filters).length === 0;
  return layout(page, {
    title,
    description: site.tagline,
    canonical: page.link(path),
    noindex: found.searched || found.total === 0 || left.length > 0,
    alternates: languageVersions(page, path),
    nav: "letters",
    head: html`${alternate(page, "application/json", routes.lettersJson())}
${alternate(page, "text/csv", routes.lettersCsv())}
${around(page, query, found)}${openGraph(page, { type: "website", title, description: site.tagline, path })}
${jsonLd({
  "@type": "CollectionPage",
  name: site.heading,
  description: site.tagline,
  inLanguage: page.language,
  url: page.absolute(page.link(path)),
  isPartOf: { "@type": "WebSite", name: site.name, url: page.absolute(routes.archive()) },
})}`,
    main: html`<div class="top">
<h1 class="huge">${site.heading}</h1>
${site.tagline && html`<p class="lede">${site.tagline}</p>`}
</div>
${open.map((letter, index) => featured(page, letter, index))}
${nothing ? html`<p class="find">${t.text("list.none")}</p>` : findForm(page, found, asked.query)}
${countLine(page, found, left.length > 0 ? unknownNote(page, path, left) : undefined)}
${nothing ? undefined : found.total === 0 ? emptyResult(page, query, found) : letters(page, found)}
${pagesNav(page, {
  page: found.page,
  pages: found.pages,
  path: (number) => listPath({ ...query, page: number }),
  byDate: !found.ranked,
})}
<p class="row small"><span class="soft">${t.text("list.follow")}</span> <a href="${page.link(routes.feedAtom())}">${t.text("list.atom")}</a> <a href="${page.link(routes.feedJson())}">${t.text("list.jsonFeed")}</a> <a href="${page.link(routes.lettersJson())}">${t.text("list.json")}</a> <a href="${routes.lettersCsv()}" download>${t.text("list.csv")}</a></p>`,
  });
}

/** What was asked for as a filter and is none: it is no value of its kind, or a topic that no letter has. */
function leftOut({ filters, unknown = {} }: ListQuery, found: ArchivePage): [FilterName, string][] {
  return filterNames.flatMap((name): [FilterName, string][] => {
    const value = unknown[name] ?? (found.filters[name] === undefined ? filters[name] : undefined);
    return value === undefined ? [] : [[name, value]];
  });
}

/** Says so, and leads to the address without it. */
function unknownNote(page: PageContext, path: string, left: readonly [FilterName, string][]): Html {
  const { t } = page;
  const filters = t.listHtml(
    left.map(([name, value]) => html`<b>${t.text(`filter.${name}`)}: <bdi>${value}</bdi></b>`),
  );
  return html`${t.html("list.unknown", { count: left.length, filters })} <a href="${page.link(path)}">${t.text("list.unknown.remove", { count: left.length })}</a>`;
}

/** rel=prev and rel=next for those that follow the head only. */
function around(
  page: PageContext,
  query: Omit<ListQuery, "unknown">,
  { page: at, pages }: ArchivePage,
): Html {
  const link = (rel: string, to: number) =>
    html`<link rel="${rel}" href="${page.link(listPath({ ...query, page: to }))}">\n`;
  return html`${at > 1 && link("prev", at - 1)}${at < pages && link("next", at + 1)}`;
}

/** What was left out, how many letters there are, in what order, and what the numbers beside the filters count. */
function countLine(page: PageContext, found: ArchivePage, note?: Html): Html | undefined {
  const { t } = page;
  const count = found.total;
  const readIn =
    found.readIn !== undefined && !found.more
      ? html` ${t.text("list.readIn", { count: found.readIn })}`
      : undefined;
  if (count === 0) return (note ?? readIn) && html`<p class="small">${note}${readIn}</p>`;
  const filtered = Object.keys(found.filters).length > 0;
  const key = found.more
    ? "list.count.more"
    : found.ranked
      ? "list.count.found"
      : filtered || found.searched
        ? "list.count.filtered"
        : "list.count.all";
  const all = html`<a href="${page.link(routes.archive())}">${t.text("list.all")}</a>`;
  return html`<p class="soft small count-line">${note && html`${note}<br>`}${t.text(key, { count })}${
    found.countsOfNewest !== undefined &&
    html` ${t.text("list.countsOfNewest", { count: found.countsOfNewest })}`
  }${readIn}${
    found.corrected !== undefined &&
    html` ${t.html("list.corrected", { words: html`<b><bdi>${found.corrected}</bdi></b>` })}`
  }${(filtered || found.searched) && html` ${all}`}</p>`;
}

/** By year when newest first; in one list when by relevance. */
function letters(page: PageContext, { ranked, entries }: ArchivePage): Html {
  if (ranked) {
    return html`<section class="year" aria-labelledby="results"><h2 id="results" class="vh">${page.t.text("list.results")}</h2>
<ol>
${entries.map((entry) => entryItem(page, entry))}</ol></section>`;
  }
  const years = Map.groupBy(entries, (entry) => entry.date.year);
  return html`${Array.from(
    years,
    ([
      year,
      ofYear,
    ]) => html`<section class="year" aria-labelledby="y${year}"><h2 id="y${year}">${page.t.date({ year })}</h2>
<ol>
${ofYear.map((entry) => entryItem(page, entry))}</ol></section>
`,
  )}`;
}
