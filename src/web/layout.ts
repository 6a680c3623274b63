/** The frame of every page: head, masthead, main, foot. */
import { type Html, html, raw } from "../foundation/html.ts";
import { directionOf, languageName, languages } from "../foundation/i18n.ts";
import { routes } from "../routes.ts";
import type { PageContext } from "./deps.ts";
import { sealMark, sprite } from "./icons.ts";
import { inLanguage } from "./page-context.ts";

export interface LayoutOptions {
  /** Without the site's name, which is added. */
  readonly title: string;
  readonly description?: string;
  /** The one path under which search engines should know this page; also its address in Open Graph. */
  readonly canonical?: string;
  readonly noindex?: boolean;
  /** The same matter in other languages, as paths. */
  readonly alternates?: readonly { readonly hreflang: string; readonly path: string }[];
  /** More of the head: links, Open Graph, JSON-LD. */
  readonly head?: Html | readonly Html[];
  readonly nav?: "letters" | "about";
  readonly main: Html;
}

/** A whole document. `main` stands in <main>; marks that it uses are drawn once at the start. */
export function layout(page: PageContext, options: LayoutOptions): Html {
  const { t, site } = page;
  const title = options.title === site.name ? site.name : `${options.title} – ${site.name}`;
  return html`<!doctype html>
<html lang="${page.language}" dir="${directionOf(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${options.description && html`<meta name="description" content="${options.description}">`}
${options.noindex && raw('<meta name="robots" content="noindex">')}
${options.canonical && html`<link rel="canonical" href="${page.absolute(options.canonical)}">`}
${options.alternates?.map(
  ({ hreflang, path }) => html`<link rel="alternate" hreflang="${hreflang}" href="${page.absolute(path)}">`,
)}
<link rel="stylesheet" href="${page.assets.path("site.css")}">
<link rel="icon" href="${page.assets.path("seal.svg")}" type="image/svg+xml">
<script type="module" src="${page.assets.path("site.js")}"></script>
<link rel="alternate" type="application/atom+xml" title="${site.heading}" href="${page.link(routes.feedAtom())}">
<link rel="alternate" type="application/feed+json" title="${site.heading}" href="${page.link(routes.feedJson())}">
${options.head}
</head>
<body>
${sprite(options.main.toString())}
<a class="skip vh" href="#main">${t.text("layout.skip")}</a>
${masthead(page, options.nav)}
<main id="main" class="wrap" tabindex="-1">
${options.main}
</main>
${foot(page)}
</body>
</html>
`;
}

function masthead(page: PageContext, current: LayoutOptions["nav"]): Html {
  const { t } = page;
  const places = [
    ["letters", routes.archive()],
    ["about", routes.about()],
  ] as const;
  return html`<header class="mast"><div class="wrap">
<a class="brand" href="${page.link(routes.archive())}">${sealMark()}<span>${page.site.name}</span></a>
<nav aria-label="${t.text("layout.nav")}"><ul>${places.map(
    ([name, path]) =>
      html`<li><a href="${page.link(path)}"${raw(name === current ? ' aria-current="page"' : "")}>${t.text(`layout.nav.${name}`)}</a></li>`,
  )}</ul></nav>
</div></header>`;
}

function foot(page: PageContext): Html {
  const { t, site } = page;
  const links = [
    ["privacy", routes.privacy()],
    ["accessibility", routes.accessibility()],
    ["data", routes.data()],
  ] as const;
  return html`<footer class="foot"><div class="wrap">
<div class="flow"><p class="brand">${sealMark()}<span>Undersigned</span></p>
<p>${t.text("layout.foot.words")}</p>
${site.sample && html`<p>${t.text("layout.foot.sample", { source: site.source ?? "" })}</p>`}</div>
<div class="flow"><ul>${links.map(([name, path]) => html`<li><a href="${page.link(path)}">${t.text(`layout.foot.${name}`)}</a></li>`)}</ul>
<nav class="langs" aria-label="${t.text("layout.languages")}">${languages.map((language) =>
    language === page.language
      ? html`<span aria-current="true" lang="${language}">${languageName(language)}</span>`
      : html`<a href="${inLanguage(page.path, language)}" lang="${language}" hreflang="${language}" dir="${directionOf(language)}">${languageName(language)}</a>`,
  )}</nav></div>
</div></footer>`;
}
