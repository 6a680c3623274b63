/** The frame of every page behind a private link to a draft: no way to the public pages, none into search engines. */
import { type Html, html, raw } from "../../foundation/html.ts";
import { siteBrand } from "../brand.ts";
import { contactLine } from "../contact.ts";
import type { PageContext } from "../deps.ts";
import { wholeDocument } from "../document.ts";
import { languageNav } from "../layout.ts";

/** A whole document. @param title without the site's name, which is added @param secret whether it shows the draft, or leads to it */
export function draftLayout(page: PageContext, title: string, main: Html, secret = true): Html {
  return wholeDocument(page, {
    title,
    bundle: "desk",
    head: raw('<meta name="robots" content="noindex, nofollow">'),
    masthead: html`<header class="mast"><div class="wrap"><p class="brand">${siteBrand(page)}</p></div></header>`,
    main,
    foot: html`<footer class="foot"><div class="wrap">${secret && html`<p>${page.t.text("draft.foot")}</p>`}${contactLine(page)}${languageNav(page)}</div></footer>`,
  });
}

/** A page that says why a link shows no draft. */
export function plainDraftPage(page: PageContext, title: string, text: string, more?: Html): Html {
  return draftLayout(
    page,
    title,
    html`<div class="top one flow"><h1>${title}</h1><p>${text}</p>${more}</div>`,
    false,
  );
}
