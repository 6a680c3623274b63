import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { DeskCounts } from "../../../signing/counts.ts";
import type { DeskSignature, DeskSignatures } from "../../../signing/desk-list.ts";
import { type SignatureState, signatureStates } from "../../../signing/signature.ts";
import type { PageContext } from "../../deps.ts";
import { when } from "../../when.ts";
import { letterFrame } from "../letters/frame.ts";
import { beside, nameOf, stateMark } from "../review/signature-words.ts";
import { table } from "../table.ts";

export interface SignaturesState {
  readonly state: SignatureState | undefined;
  readonly query: string;
  readonly found: DeskSignatures;
  readonly counts: DeskCounts;
}

/** A letter's signatures in every state: found by name or address, the latest first. */
export function signaturesPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  shown: SignaturesState,
): Html {
  const { t } = page;
  const { state, query, found } = shown;
  const path = routes.deskSignatures(letter.id);
  const next = found.next && withQuery(path, { state, after: found.next });
  return letterFrame(page, {
    session,
    letter,
    tab: "signatures",
    main: html`<section class="hang" aria-labelledby="list"><h2 id="list">${t.text("signatures.title")}</h2>
<div class="flow">
${ways(page, letter)}
${states(page, letter, shown)}
<search class="one"><form class="q" action="${path}" method="get">
${page.explicitLanguage && html`<input type="hidden" name="lang" value="${page.language}">`}${state && html`<input type="hidden" name="state" value="${state}">`}
<div><label for="q">${t.text("signatures.search")}</label><span class="hint" id="q-hint">${t.text("signatures.search.hint")}</span><input id="q" name="q" type="search" value="${query}" dir="auto" aria-describedby="q-hint"></div><button class="btn line">${t.text("find.button")}</button>
</form></search>
${found.signatures.length > 0 ? signatureTable(page, found.signatures) : html`<p>${t.text(query || state ? "signatures.nothing.found" : "signatures.nothing")}</p>`}
${next && html`<p><a href="${page.link(next)}">${t.text("signatures.next")}</a></p>`}
</div></section>`,
  });
}

/** The other pages about a letter's signatures. */
function ways(page: PageContext, letter: DeskLetter): Html {
  const { t } = page;
  return html`<p class="row small">
<a href="${page.link(withQuery(routes.deskReview(), { letter: letter.id }))}">${t.text("review.title")}</a> <a href="${page.link(withQuery(routes.deskDecisions(), { letter: letter.id }))}">${t.text("review.decisions")}</a>
<a href="${page.link(routes.deskModeration(letter.id))}">${t.text("moderation.title")}</a>
<a href="${page.link(routes.deskImports(letter.id))}">${t.text("desk.import.title")}</a>
</p>`;
}

function states(page: PageContext, letter: DeskLetter, { state, query, counts }: SignaturesState): Html {
  const { t } = page;
  const numbers = { ...counts, accepted: letter.people + letter.organisations };
  const link = (one: SignatureState | undefined, label: string | Html) =>
    html`<li><a href="${page.link(withQuery(routes.deskSignatures(letter.id), { state: one, q: query }))}"${raw(one === state ? ' aria-current="true"' : "")}>${label}</a></li>`;
  return html`<nav class="tabs" aria-label="${t.text("signatures.states")}"><ul>${link(undefined, t.text("signatures.state.all"))}${signatureStates.map(
    (one) =>
      link(
        one,
        html`${t.text(`signatures.state.${one}`)} <span class="soft">${t.number(numbers[one])}</span>`,
      ),
  )}</ul></nav>`;
}

function signatureTable(page: PageContext, signatures: readonly DeskSignature[]): Html {
  const { t } = page;
  return table(
    t.text("signatures.title"),
    [t.text("review.name"), t.text("signatures.state"), t.text("signatures.entered")],
    signatures.map((one) => [
      html`<a href="${page.link(routes.deskSignature(one.letterId, one.id))}">${nameOf(page, one)}</a><br><span class="small soft opt">${beside(page, one)}</span>`,
      html`${stateMark(page, one.state)}${one.undeliverableAt && html`<br><span class="small soft">${t.text("desk.people.undeliverable")}</span>`}`,
      when(page, one.createdAt),
    ]),
  );
}
