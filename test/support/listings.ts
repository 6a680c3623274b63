/** The sample's letters as an organisation would list them on a page of its own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Listing } from "../../src/exchange/listing.ts";
import { html } from "../../src/foundation/html.ts";
import { formatPartialDate, type PartialDate, parsePartialDate } from "../../src/foundation/partial-date.ts";

export interface Entry {
  readonly date: PartialDate;
  readonly title: string;
  readonly summary: string;
}

const file = JSON.parse(readFileSync(join(import.meta.dirname, "../../sample/letters.json"), "utf8")) as {
  readonly site: { readonly heading: string; readonly tagline: string };
  readonly letters: readonly { readonly date: string; readonly title: string; readonly summary: string }[];
};

export const sampleSite = file.site;
export const sampleEntries: readonly Entry[] = file.letters.map(({ date, title, summary }) => ({
  date: parsePartialDate(date)!,
  title,
  summary,
}));

/** What is compared: dates, titles and summaries in the order of the file. */
export function entriesOf(listing: Listing): Entry[] {
  return listing.letters.map(({ date, title, summary }) => ({ date, title, summary }));
}

const day = (date: PartialDate) => formatPartialDate(date, "en");
const iso = ({ year, month, day: of }: PartialDate) =>
  [year, month, of]
    .filter((part) => part !== undefined)
    .map((part) => String(part).padStart(2, "0"))
    .join("-");

export function asText(entries: readonly Entry[], { heading, tagline } = sampleSite): string {
  return [
    `${heading}\n${tagline}`,
    ...entries.map(({ date, title, summary }) => [day(date), title, summary].filter(Boolean).join("\n")),
  ].join("\n\n");
}

/** The same letters in the shapes that pages give them. */
export const pages: Readonly<Record<string, (entries: readonly Entry[]) => string>> = {
  "cards with the title first": (entries) =>
    page(
      entries.map(
        (
          { date, title, summary },
          index,
        ) => html`<article class="card"><h3><a href="/letters/${index}">${title}</a></h3>
<p class="meta"><time datetime="${iso(date)}">${day(date)}</time></p>
${summary && html`<p>${summary}</p>`}
<a class="more" href="/letters/${index}">Read more</a></article>`,
      ),
    ),
  "cards within years": (entries) =>
    page(
      [...Map.groupBy(entries, ({ date }) => date.year)].map(
        ([year, of]) =>
          html`<section><h2>${year}</h2>${of.map(
            ({ date, title, summary }) =>
              html`<div class="entry"><div class="when">${day(date)}</div><h4>${title}</h4><div>${summary}</div></div>`,
          )}</section>`,
      ),
    ),
  "one after the other": (entries) =>
    page(
      entries.map(
        ({ date, title, summary }) => html`<p><em>${day(date)}</em></p>
<h3>${title}</h3>
${summary && html`<p>${summary}</p>`}`,
      ),
    ),
  "lines of a paragraph": (entries) =>
    page(
      entries.map(
        ({ date, title, summary }) => html`<p>${day(date)}<br><a href="#">${title}</a><br>${summary}</p>`,
      ),
    ),
  "a list": (entries) =>
    page([
      html`<ul>${entries.map(
        ({ date, title, summary }) =>
          html`<li><time datetime="${iso(date)}">${day(date)}</time> – <a href="#">${title}</a> <span>${summary}</span></li>`,
      )}</ul>`,
    ]),
  "a table": (entries) =>
    page([
      html`<table><tr><th>Date</th><th>Letter</th></tr>${entries.map(
        ({ date, title, summary }) =>
          html`<tr><td>${day(date)}</td><td><strong>${title}</strong><br>${summary}</td></tr>`,
      )}</table>`,
    ]),
  "a list of definitions": (entries) =>
    page([
      html`<dl>${entries.map(({ date, title, summary }) => html`<dt>${day(date)}</dt><dd><a href="#">${title}</a><p>${summary}</p></dd>`)}</dl>`,
    ]),
};

function page(body: readonly ReturnType<typeof html>[]): string {
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Open Letters | Internet Society</title>
<style>p { margin: 0 }</style><script>const when = "17 October 2023";</script></head>
<body><header><a href="/">Internet Society</a><nav><ul><li>About</li><li>1 January 2020</li></ul></nav></header>
<main><h1>${sampleSite.heading}</h1>
<p>${sampleSite.tagline}</p>
${body}
</main>
<footer><p>© 2023 Internet Society</p><p>Posted 3 March 2019</p></footer></body></html>
`.toString();
}
