/** How a letter's text and its list of names are proven, and which text this is. */
import { isSignedHere } from "../../archive/entry.ts";
import type { Letter } from "../../archive/letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import { directionOf } from "../../foundation/i18n.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { sealMark } from "../icons.ts";
import { when } from "../when.ts";

/** The seal under a letter that was signed here: since when, and where, its text stands in the log. */
export function sealed(page: PageContext, letter: Letter): Html | undefined {
  const { revision } = letter;
  if (!isSignedHere(letter) || revision.entry === null) return undefined;
  const { t } = page;
  const words = t.html("letter.sealed", {
    date: when(page, revision.publishedAt),
    entry: t.number(revision.entry),
    a: (chunks: Html) => html`<a href="${page.link(routes.logEntry(revision.entry!))}">${chunks}</a>`,
  });
  return html`<p class="sealed" lang="${page.language}" dir="${directionOf(page.language)}">${sealMark("stamp")}<span>${words}</span></p>`;
}

/** A note to a letter with names under it whose text was revised: not all need have signed what stands here. */
export function revised(page: PageContext, { revision }: Letter): { readonly note?: Html } {
  if (revision.number === 1) return {};
  return { note: page.t.html("letter.revised", { date: when(page, revision.publishedAt) }) };
}

/** "Revision 2, of 3 May 2026", where there was an earlier text: a link to this one as it was frozen. */
export function revisionFact(page: PageContext, { slug, revision }: Letter): [string, Html] | undefined {
  const { t } = page;
  const { number, publishedAt } = revision;
  if (number === 1) return undefined;
  const words = t.html("revision.of", { number, date: when(page, publishedAt) });
  return [t.text("revision.text"), html`<a href="${page.link(routes.revision(slug, number))}">${words}</a>`];
}

/** What readers can check. @param ahead it is not public yet: there is nothing to check */
export function proofSection(page: PageContext, { slug }: Letter, ahead = false): Html {
  const { t } = page;
  const log = (chunks: Html) => html`<a href="${page.link(routes.log())}">${chunks}</a>`;
  const check = page.link(withQuery(routes.verify(), { letter: slug }));
  return html`<section class="hang" aria-labelledby="proof"><h2 id="proof">${t.text("letter.proof")}</h2>
<div class="flow one">
<p>${t.html("letter.proof.text", { a: log })}</p>
${!ahead && html`<p class="noprint"><a href="${check}#v-letter">${t.text("letter.proof.check")}</a></p>`}
</div></section>`;
}
