/** Pages of a signature that the organisers look at before it counts, behind its private link. */
import { type Html, html } from "../../foundation/html.ts";
import { isolated, languageName } from "../../foundation/i18n.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Owned } from "../../signing/find-own.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { when, whenExactly } from "../when.ts";
import { type Fact, factList, mailFacts, signedFacts } from "./facts.ts";
import type { checkRefusals, OwnEvidence } from "./own-evidence.ts";
import { evidenceSection } from "./own-evidence-section.ts";
import { plainPage } from "./plain-page.ts";
import { quotedTitle } from "./sign-page.ts";

type Of<Is extends Owned["is"]> = Extract<Owned, { is: Is }>;

/** Confirmed, and not accepted yet: how things stand, all that is kept, and the way to take it back. */
export function heldPage(
  page: PageContext,
  token: string,
  { signature, asked, closed }: Of<"held">,
  evidence: OwnEvidence,
  refused?: (typeof checkRefusals)[number],
): Html {
  const { t } = page;
  const { letter, signed, address, confirmedAt, language } = signature;
  const title = t.text("own.held.title");
  const confirmed: Fact[] = confirmedAt
    ? [[t.text("signature.signedOn"), whenExactly(page, confirmedAt)]]
    : [];
  const standing = closed
    ? t.text("own.held.closed")
    : asked
      ? t.text("own.held.asked")
      : t.html("own.held.text", { site: isolated(page.site.name) });
  return layout(page, {
    title,
    noindex: true,
    main: html`<div class="desk wide top">
<div class="flow">
<h1>${title}</h1>
<p class="lede">${standing}</p>
<div class="box flow">
${quotedTitle(letter, true)}
<p class="soft">${t.html("confirm.letter", { date: when(page, letter.dated), a: (chunks) => html`<a href="${page.link(routes.letter(letter.slug))}">${chunks}</a>` })}</p>
<p class="name"><bdi>${signed.name}</bdi></p>
${factList([
  ...signedFacts(page, signed),
  ...mailFacts(page, address, signed.updates),
  ...confirmed,
  [t.text("signature.language"), html`<span lang="${language}">${languageName(language)}</span>`],
])}
</div>
${evidenceSection(page, token, evidence, refused)}
</div>
<div class="flow sidecol">
<section class="flow" aria-labelledby="back"><h2 class="h" id="back">${t.text("own.held.back.title")}</h2>
<p>${t.text("own.held.back.text")}</p>
<form action="${page.link(routes.signatureWithdraw(token))}" method="post"><button class="btn line">${t.text("own.held.back.button")}</button></form></section>
<section class="flow" aria-labelledby="export"><h2 class="h" id="export">${t.text("own.export.title")}</h2>
<p><a href="${page.link(withQuery(routes.signature(token), { as: "json" }))}">${t.text("own.export.link")}</a></p></section>
</div>
</div>`,
  });
}

/** Not accepted: why, and until when what it says is kept. */
export function refusedPage(page: PageContext, token: string, own: Of<"refused">): Html {
  const { t } = page;
  const { letter, refusedAt, reason, note, erasedAt, erasedOn } = own;
  const erase = html`<p>${t.html("own.refused.until", { until: when(page, erasedOn) })}</p>
<p>${t.text("own.erase.now")}</p>
<form action="${page.link(routes.signatureErase(token))}" method="post"><button class="btn line">${t.text("own.withdrawn.erase.button")}</button></form>`;
  return plainPage(page, {
    title: t.text("own.refused.title"),
    letter,
    text: t.html("own.refused.text", { date: when(page, refusedAt), reason: t.text(`refusal.${reason}`) }),
    more: html`${note && html`<p>${t.html("mail.refused.note", { note: isolated(note) })}</p>`}
${erasedAt ? html`<p>${t.html("own.refused.erased", { erased: when(page, erasedAt) })}</p>` : erase}`,
  });
}
