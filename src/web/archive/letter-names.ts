/** Who stands under a letter: initiators, verified signatories, and apart from them those that were reported. */
import { isSignedHere, type ReportedSignatory } from "../../archive/entry.ts";
import type { Letter } from "../../archive/letter.ts";
import type { Names, Signatories } from "../../archive/signatories.ts";
import { type Html, html } from "../../foundation/html.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { evidenceMark } from "../evidence-mark.ts";
import { findName, namesList, reportedNames, signedRevision } from "./names-list.ts";
import { name, reportedRest } from "./words.ts";

/** Who wrote or convened the letter. */
export function initiatorsSection(page: PageContext, letter: Letter): Html | undefined {
  if (letter.initiators.length === 0) return undefined;
  return html`<section class="hang" aria-labelledby="initiators"><h2 id="initiators">${page.t.text("letter.initiators")}</h2>
<ul class="names lead">
${letter.initiators.map((one) => html`<li><b>${name(one)}</b></li>\n`)}</ul></section>`;
}

/**
 * Verified signatories: organisations, then people, the newest of each.
 * @param where on the letter's page fewer stand than on that of all names, to which it leads
 * @param ahead where the letter is not public yet: how many of those invited have signed it
 */
export function signatoriesSection(
  page: PageContext,
  letter: Letter,
  signatories: Signatories,
  where: "letter" | "names",
  ahead = 0,
): Html {
  const { t } = page;
  const { organisations, people, unnamed } = letter;
  const count = organisations + people;
  return html`<section class="hang" id="signatories" aria-labelledby="signatories-heading"><h2 id="signatories-heading">${t.text("letter.signatories")}</h2>
<div class="flow">
${count === 0 ? html`<p>${ahead > 0 ? t.text("letter.signedAhead", { count: ahead }) : t.text("letter.nobodyYet")}</p>` : findName(page, letter.slug)}
${
  organisations > 0 &&
  html`<h3 class="h">${t.text("letter.organisations", { count: organisations })}</h3>
${namesList(page, letter, "organisation", signatories.organisations, where)}
${newest(page, signatories.organisations)}`
}
${
  people > 0 &&
  html`<h3 class="h">${t.text("letter.people", { count: people })}</h3>
${namesList(page, letter, "person", signatories.people, where)}
${newest(page, signatories.people)}`
}
${unnamed > 0 && html`<p class="small soft">${t.text("letter.unnamed", { count: unnamed })}</p>`}
</div></section>`;
}

/** Says that there are more names than stand here: on paper no button does. */
function newest({ t }: PageContext, { names, next }: Signatories["people"]): Html | undefined {
  return next === undefined
    ? undefined
    : html`<p class="small soft">${t.text("names.newest", { count: names.length })}</p>`;
}

/** Signatories of letters from before this system, as they were reported. */
export function reportedSection(
  page: PageContext,
  letter: Letter,
  reported: Names<ReportedSignatory>,
): Html | undefined {
  if (reported.names.length === 0 && !letter.reported) return undefined;
  const { t } = page;
  const { next } = reported;
  const more = next && withQuery(routes.signatories(letter.slug), { kind: "reported", after: next });
  const rest = letter.reported && reportedRest(page, letter.reported, letter.originalLanguage);
  return html`<section class="hang" aria-labelledby="reported"><h2 id="reported">${t.text("letter.reported")}</h2>
<div class="flow">
${!isSignedHere(letter) && next !== undefined && findName(page, letter.slug)}
${reportedNames(page, reported)}
${more && html`<p class="noprint"><a class="btn line" href="${page.link(more)}">${t.text("names.more")}</a></p>`}
${rest && html`<p>${t.html(reported.names.length > 0 ? "letter.reported.and" : "letter.reported.only", { rest })}</p>`}
<p class="small soft">${t.text("letter.reported.note")}</p>
</div></section>`;
}

/** What the marks beside the names on this page mean. */
export function marksSection(page: PageContext, { revision }: Letter, signatories: Signatories): Html {
  const { t } = page;
  const names = [...signatories.organisations.names, ...signatories.people.names];
  const seen = new Set(names.flatMap(({ evidence }) => evidence.map(({ kind }) => kind)));
  const kinds = (["domain", "address", "organisers", "orcid"] as const).filter((kind) => seen.has(kind));
  return html`<section class="hang" aria-labelledby="marks"><h2 id="marks">${t.text("letter.marks")}</h2>
<dl class="facts marks">
<dt>${evidenceMark(page, "email")}</dt><dd>${t.text("letter.marks.email")}${kinds.length > 0 && html` ${t.text("letter.marks.all")}`}</dd>
${kinds.map((kind) => html`<dt>${evidenceMark(page, kind)}</dt><dd>${t.text(`letter.marks.${kind}`)}</dd>\n`)}${revision.number > 1 && html`<dt>${signedRevision(page, revision.number - 1)}</dt><dd>${t.text("letter.marks.earlier")}</dd>`}
</dl></section>`;
}
