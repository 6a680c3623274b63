/** Who stands under a letter: initiators, verified signatories, and apart from them those that were reported. */
import type { NamedSignatory } from "../../archive/entry.ts";
import type { Letter } from "../../archive/letter.ts";
import type { Names, Signatories } from "../../archive/signatories.ts";
import { type Html, html } from "../../foundation/html.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { emailConfirmed, findName, namesList, reportedNames } from "./names-list.ts";
import { name, reportedRest } from "./words.ts";

/** Who wrote or convened the letter. */
export function initiatorsSection(page: PageContext, letter: Letter): Html | undefined {
  if (letter.initiators.length === 0) return undefined;
  return html`<section class="hang" aria-labelledby="initiators"><h2 id="initiators">${page.t.text("letter.initiators")}</h2>
<ul class="names lead">
${letter.initiators.map((one) => html`<li><b>${name(one)}</b></li>\n`)}</ul></section>`;
}

/** Verified signatories: organisations, then people, the newest of each. */
export function signatoriesSection(page: PageContext, letter: Letter, signatories: Signatories): Html {
  const { t } = page;
  const { organisations, people, unnamed } = letter;
  const count = organisations + people;
  return html`<section class="hang" id="signatories" aria-labelledby="signatories-heading"><h2 id="signatories-heading">${t.text("letter.signatories")}</h2>
<div class="flow">
${count === 0 ? html`<p>${t.text("letter.nobodyYet")}</p>` : findName(page, letter.slug)}
${
  organisations > 0 &&
  html`<h3 class="h">${t.text("letter.organisations", { count: organisations })}</h3>
${namesList(page, letter.slug, "organisation", signatories.organisations)}`
}
${
  people > 0 &&
  html`<h3 class="h">${t.text("letter.people", { count: people })}</h3>
${namesList(page, letter.slug, "person", signatories.people)}`
}
${unnamed > 0 && html`<p class="small soft">${t.text("letter.unnamed", { count: unnamed })}</p>`}
</div></section>`;
}

/** Signatories of letters from before this system, as they were reported. */
export function reportedSection(
  page: PageContext,
  letter: Letter,
  reported: Names<NamedSignatory>,
): Html | undefined {
  if (reported.names.length === 0 && !letter.reported) return undefined;
  const { t } = page;
  const { next } = reported;
  const more = next && withQuery(routes.signatories(letter.slug), { kind: "reported", after: next });
  const rest = letter.reported && reportedRest(page, letter.reported, letter.originalLanguage);
  return html`<section class="hang" aria-labelledby="reported"><h2 id="reported">${t.text("letter.reported")}</h2>
<div class="flow">
${reportedNames(reported)}
${more && html`<p class="noprint"><a class="btn line" href="${page.link(more)}">${t.text("names.more")}</a></p>`}
${rest && html`<p>${t.html(reported.names.length > 0 ? "letter.reported.and" : "letter.reported.only", { rest })}</p>`}
<p class="small soft">${t.text("letter.reported.note")}</p>
</div></section>`;
}

/** What the marks beside names mean. */
export function marksSection(page: PageContext): Html {
  const { t } = page;
  return html`<section class="hang" aria-labelledby="marks"><h2 id="marks">${t.text("letter.marks")}</h2>
<dl class="facts marks">
<dt>${emailConfirmed(page)}</dt><dd>${t.text("letter.marks.email")}</dd>
</dl></section>`;
}
