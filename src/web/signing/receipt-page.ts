import { type Html, html } from "../../foundation/html.ts";
import { isolated } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { Evidence } from "../../signing/evidence.ts";
import type { Owned } from "../../signing/find-own.ts";
import type { MadeReceipt } from "../../signing/receipt.ts";
import type { PageContext } from "../deps.ts";
import { evidenceMark, markedEvidence } from "../evidence-mark.ts";
import { sealMark } from "../icons.ts";
import { layout } from "../layout.ts";
import { when, whenExactly } from "../when.ts";
import { type Fact, factList, signedFacts } from "./facts.ts";
import { signedText } from "./new-text-section.ts";
import { quotedTitle } from "./sign-page.ts";

/**
 * Thanks, the receipt, the private link, and the wish to pass the letter on.
 * @param done what has just been done with a signature that stood before
 */
export function receiptPage(
  page: PageContext,
  token: string,
  { signature, until }: Extract<Owned, { is: "accepted" }>,
  made: MadeReceipt | undefined,
  done: "restored" | "text" | undefined,
): Html {
  const { t } = page;
  const { letter, signed } = signature;
  const own = page.link(routes.signature(token));
  const count = letter.people + letter.organisations;
  return layout(page, {
    title: t.text("receipt.title", { name: signed.name }),
    noindex: true,
    main: html`<div class="desk wide top">
<div class="flow">
${done === "restored" && html`<p class="box" role="status">${t.text("receipt.restored")}</p>`}
${done === "text" && html`<p class="box" role="status">${t.text("receipt.newText", { number: letter.revision })}</p>`}
<h1>${t.html("receipt.title", { name: isolated(signed.name) })}</h1>
<p class="lede">${t.text("receipt.lede", { count })}</p>
<div class="box seal flow after">
<div class="split"><div><h2 class="h">${t.text("receipt.heading")}</h2>${quotedTitle(letter, true)}</div>${sealMark("stamp")}</div>
<p class="name"><bdi>${signed.name}</bdi></p>
${factList([...signedFacts(page, signed), ...signedOn(page, signature.acceptedAt!), ...signedText(page, signature), ...(made ? loggedAs(page, made.index) : [])])}
${made ? download(page, token, letter.slug, made) : waiting(page, token)}
</div>
</div>
<div class="flow sidecol">
<section class="flow" aria-labelledby="private"><h2 class="h" id="private">${t.text("receipt.link.title")}</h2>
<p>${t.text("receipt.link.text")}</p>
<p><code dir="ltr">${page.absolute(own)}</code></p>
<p class="noprint"><a href="${own}">${t.text("receipt.link.open")}</a></p>
<p class="small soft">${until ? t.html("receipt.link.until", { date: when(page, until) }) : t.text("receipt.link.mailed")}</p></section>
${passOn(page, letter.title, page.absolute(routes.letter(letter.slug)))}
</div>
</div>`,
  });
}

/** Where its entry stands in the log. */
export function loggedAs(page: PageContext, index: number): Fact[] {
  const link = html`<a href="${page.link(routes.logEntry(index))}">${page.t.number(index)}</a>`;
  return [[page.t.text("receipt.entry"), link]];
}

/** The receipt as a file; a browser that made the owner secret writes it in (client/owner-secret.ts). */
function download(page: PageContext, token: string, slug: string, { owner, receipt }: MadeReceipt): Html {
  const { t } = page;
  const check = (chunks: Html) => html`<a href="${page.link(routes.verify())}">${chunks}</a>`;
  return html`<p class="row mid"><a class="btn" href="${page.link(routes.signatureReceiptFile(token))}" download="receipt-${slug}.json" data-owner="${owner}">${t.text("receipt.download")}</a></p>
<p class="small" data-owner-note hidden>${t.text("receipt.secret")}</p>
${
  !receipt.private?.owner &&
  html`<p class="small" data-owner-missing>${t.text("receipt.lesser")}</p>
`
}<p class="small soft">${t.html("receipt.keep", { a: check })}</p>`;
}

/** The entry is not in the log yet. */
function waiting(page: PageContext, token: string): Html {
  const again = (chunks: Html) => html`<a href="${page.link(routes.signatureReceipt(token))}">${chunks}</a>`;
  return html`<p role="status">${page.t.html("receipt.waiting", { a: again })}</p>`;
}

/** When a signature was confirmed, and what is known of it. */
export function signedOn(page: PageContext, acceptedAt: Date, known: readonly Evidence[] = []): Fact[] {
  const { t } = page;
  return [
    [t.text("signature.signedOn"), whenExactly(page, acceptedAt)],
    [
      t.text("signature.evidence"),
      html`${evidenceMark(page, "email")}${known.map(({ kind, detail }) => html`<br>${evidenceMark(page, { kind: markedEvidence(kind), detail })}`)}`,
    ],
  ];
}

function passOn(page: PageContext, title: string, url: string): Html {
  const { t } = page;
  const query = `subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${title}\r\n${url}\r\n`)}`;
  return html`<section class="flow noprint" aria-labelledby="pass"><h2 class="h" id="pass">${t.text("receipt.pass.title")}</h2>
<p>${t.text("receipt.pass.text")}</p>
<ul class="list"><li><a href="mailto:?${query}">${t.text("receipt.pass.mail")}</a></li><li><a href="${url}">${t.text("receipt.pass.letter")}</a></li></ul></section>`;
}
