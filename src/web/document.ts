/** The shell of every page: its head, and the landmarks that all pages have. */
import { type Html, html } from "../foundation/html.ts";
import { directionOf } from "../foundation/i18n.ts";
import { accentLink } from "./brand.ts";
import type { PageContext } from "./deps.ts";
import { sprite } from "./icons.ts";

export interface DocumentParts {
  /** Without the site's name, which is added. */
  readonly title: string;
  /** Whose styles and scripts. */
  readonly bundle: "site" | "desk";
  /** More of the head. */
  readonly head?: Html | undefined;
  /** What stands above everything. */
  readonly banner?: Html | undefined;
  readonly masthead: Html;
  readonly main: Html;
  readonly foot: Html;
}

/** A whole document. `main` stands in <main>; marks that it uses are drawn once at the start. */
export function wholeDocument(page: PageContext, parts: DocumentParts): Html {
  const { t, site, assets } = page;
  const { bundle, head, banner, masthead, main, foot } = parts;
  const title = parts.title === site.name ? site.name : `${parts.title} – ${site.name}`;
  return html`<!doctype html>
<html lang="${page.language}" dir="${directionOf(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${assets.path(`${bundle}.css`)}">
${accentLink(page)}
<link rel="icon" href="${assets.path("seal.svg")}" type="image/svg+xml">
<script type="module" src="${assets.path(`${bundle}.js`)}"></script>
${head}
</head>
<body>
${sprite(main.toString())}
<a class="skip vh" href="#main">${t.text("layout.skip")}</a>
${banner}
${masthead}
<main id="main" class="wrap" tabindex="-1">
${main}
</main>
${foot}
</body>
</html>
`;
}
