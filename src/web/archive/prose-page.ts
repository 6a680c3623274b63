/** Pages of plain words about the site. */
import { type Html, html } from "../../foundation/html.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { languageVersions, openGraph } from "./head.ts";

/** A section: its heading, and paragraphs, a list of points, or a text. */
export interface ProseSection {
  readonly title: string;
  readonly paragraphs?: readonly (Html | string)[];
  readonly points?: readonly (Html | string)[];
  /** Finished HTML, such as a text in Markdown. */
  readonly block?: Html;
}

export interface Prose {
  readonly path: string;
  readonly title: string;
  readonly lede: string;
  readonly sections: readonly ProseSection[];
  readonly nav?: "about";
}

/** A title, a sentence, and sections hung in the margin. */
export function prosePage(page: PageContext, { path, title, lede, sections, nav }: Prose): Html {
  return layout(page, {
    title,
    description: lede,
    canonical: page.link(path),
    alternates: languageVersions(page, path),
    ...(nav && { nav }),
    head: openGraph(page, { type: "website", title, description: lede, path }),
    main: html`<div class="top">
<h1>${title}</h1>
<p class="lede">${lede}</p>
</div>
${sections.map(proseSection)}`,
  });
}

function proseSection({ title, paragraphs = [], points = [], block }: ProseSection, index: number): Html {
  return html`<section class="hang" aria-labelledby="s${index}"><h2 id="s${index}">${title}</h2>
<div class="flow one">
${paragraphs.map((text) => html`<p>${text}</p>\n`)}${
  points.length > 0 &&
  html`<ul class="list dots">
${points.map((text) => html`<li>${text}</li>\n`)}</ul>`
}${block}
</div></section>
`;
}
