/** Letters near a letter, in time and in topic. */
import type { Entry } from "../../archive/entry.ts";
import type { Neighbours } from "../../archive/letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { when } from "../when.ts";
import { inLanguageOf } from "./words.ts";

/** The letters before and after, and those on the same topics. */
export function neighboursSection(page: PageContext, { newer, older, alike }: Neighbours): Html | undefined {
  if (!newer && !older && alike.length === 0) return undefined;
  const { t } = page;
  return html`<nav class="hang noprint" aria-labelledby="near"><h2 id="near">${t.text("near.title")}</h2>
<div class="flow one">
<dl class="facts near">
${newer && html`<dt>${t.text("near.newer")}</dt><dd>${letterLink(page, newer, "prev")}</dd>`}
${older && html`<dt>${t.text("near.older")}</dt><dd>${letterLink(page, older, "next")}</dd>`}
${alike.length > 0 && html`<dt>${t.text("near.alike")}</dt>${alike.map((one) => html`<dd>${letterLink(page, one)}</dd>`)}`}
</dl>
</div></nav>`;
}

function letterLink(page: PageContext, { slug, title, language, date }: Entry, rel?: "prev" | "next"): Html {
  return html`<a href="${page.link(routes.letter(slug))}"${rel && html` rel="${rel}"`}${inLanguageOf(page, language)}>${title}</a><br><span class="soft">${when(page, date)}</span>`;
}
