/** The frame of every page that is public: head, masthead, main, foot. */
import { type Html, html, raw } from "../foundation/html.ts";
import { directionOf, isolated, languageName } from "../foundation/i18n.ts";
import { routes } from "../routes.ts";
import { siteBrand } from "./brand.ts";
import { contactLine } from "./contact.ts";
import type { PageContext } from "./deps.ts";
import { wholeDocument } from "./document.ts";
import { sealMark } from "./icons.ts";
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
  readonly nav?: "letters" | "verify" | "about";
  /** What stands above everything, such as that this is a preview. */
  readonly banner?: Html;
  readonly main: Html;
}

/** A whole document. */
export function layout(page: PageContext, options: LayoutOptions): Html {
  const { title, banner, nav, main } = options;
  return wholeDocument(page, {
    title,
    bundle: "site",
    head: head(page, options),
    banner:
      banner &&
      html`<aside class="banner" aria-label="${page.t.text("preview.title")}"><div class="wrap">${banner}</div></aside>`,
    masthead: masthead(page, nav),
    main,
    foot: foot(page),
  });
}

/** For search engines, and for those who read feeds. */
function head(page: PageContext, options: LayoutOptions): Html {
  const { heading } = page.site;
  return html`${options.description && html`<meta name="description" content="${options.description}">`}
${options.noindex && raw('<meta name="robots" content="noindex">')}
${options.canonical && html`<link rel="canonical" href="${page.absolute(options.canonical)}">`}
${options.alternates?.map(
  ({ hreflang, path }) => html`<link rel="alternate" hreflang="${hreflang}" href="${page.absolute(path)}">`,
)}
<link rel="alternate" type="application/atom+xml" title="${heading}" href="${page.link(routes.feedAtom())}">
<link rel="alternate" type="application/feed+json" title="${heading}" href="${page.link(routes.feedJson())}">
${options.head}`;
}

function masthead(page: PageContext, current: LayoutOptions["nav"]): Html {
  const { t } = page;
  const places = [
    ["letters", routes.archive()],
    ["verify", routes.verify()],
    ["about", routes.about()],
  ] as const;
  return html`<header class="mast"><div class="wrap">
<a class="brand" href="${page.link(routes.archive())}">${siteBrand(page)}</a>
<nav aria-label="${t.text("layout.nav")}"><ul>${places.map(
    ([name, path]) =>
      html`<li><a href="${page.link(path)}"${raw(name === current ? ' aria-current="page"' : "")}>${t.text(`layout.nav.${name}`)}</a></li>`,
  )}</ul></nav>
</div></header>`;
}

function foot(page: PageContext): Html {
  const { t, site, sourceUrl } = page;
  const source = (chunks: Html) => (sourceUrl ? html`<a href="${sourceUrl.href}">${chunks}</a>` : chunks);
  const links = [
    ["verify", routes.verify()],
    ["log", routes.log()],
    ["privacy", routes.privacy()],
    ["accessibility", routes.accessibility()],
    ["data", routes.data()],
  ] as const;
  return html`<footer class="foot"><div class="wrap">
<div class="flow"><p class="brand">${sealMark()}<span>Undersigned</span></p>
<p>${t.html("layout.foot.words", { source })}</p>
${site.sample && html`<p>${t.html("layout.foot.sample", { source: isolated(site.source ?? "") })}</p>`}</div>
<div class="flow"><ul>${links.map(([name, path]) => html`<li><a href="${page.link(path)}">${t.text(`layout.foot.${name}`)}</a></li>`)}</ul>
${contactLine(page)}${languageNav(page)}</div>
</div></footer>`;
}

/** The same page in the other languages that the site offers. */
export function languageNav(page: PageContext): Html | undefined {
  if (page.languages.length === 1) return undefined;
  return html`<nav class="langs" aria-label="${page.t.text("layout.languages")}">${page.languages.map(
    (language) =>
      language === page.language
        ? html`<span aria-current="true" lang="${language}">${languageName(language)}</span>`
        : html`<a href="${inLanguage(page.path, language)}" lang="${language}" hreflang="${language}" dir="${directionOf(language)}">${languageName(language)}</a>`,
  )}</nav>`;
}
