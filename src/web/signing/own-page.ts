import { type Html, html } from "../../foundation/html.ts";
import { languageName } from "../../foundation/i18n.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Owned } from "../../signing/find-own.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { when } from "../when.ts";
import { errorSummary } from "./error-summary.ts";
import { factList, mailFacts, signedFacts } from "./facts.ts";
import { type FormState, textField, updatesField } from "./form-parts.ts";
import { newTextSection, signedText } from "./new-text-section.ts";
import type { checkRefusals, OwnEvidence } from "./own-evidence.ts";
import { evidenceSection } from "./own-evidence-section.ts";
import { plainPage } from "./plain-page.ts";
import { loggedAs, signedOn } from "./receipt-page.ts";
import { emptyFields } from "./sign-fields.ts";
import { quotedTitle } from "./sign-page.ts";

/**
 * Everything that is kept about a signature, with what its signatory can do.
 * @param refused why a look at the organisation's domain did not happen
 * @param note after a correction, whether it made a new receipt; or the form as it came back; or that the text changed
 *   once more before the signatory's yes to it came
 */
export function ownPage(
  page: PageContext,
  token: string,
  own: Extract<Owned, { is: "accepted" }>,
  evidence: OwnEvidence,
  note?: "saved" | "saved-receipt" | "text-changed" | FormState,
  refused?: (typeof checkRefusals)[number],
): Html {
  const { t } = page;
  const { signature, entry } = own;
  const { letter, signed, address } = signature;
  const older = letter.revision !== signature.latest;
  const returned = typeof note === "object" ? note : undefined;
  const title = t.text("own.title");
  const receipt = (chunks: Html) =>
    html`<a href="${page.link(routes.signatureReceipt(token))}">${chunks}</a>`;
  return layout(page, {
    title: returned ? t.text("sign.error.pageTitle", { title }) : title,
    noindex: true,
    main: html`<div class="desk wide top">
<div class="flow">
${returned && errorSummary(page, t.text("own.correct.error"), returned)}
${note === "text-changed" && html`<p class="sum" role="alert">${t.text("own.text.changedAgain")}</p>`}
${note === "saved" && html`<p class="box" role="status">${t.text("own.saved")}</p>`}
${note === "saved-receipt" && html`<p class="box" role="status">${t.html("own.savedReceipt", { a: receipt })}</p>`}
<h1>${title}</h1>
<p class="lede">${t.text("own.text")}</p>
${newTextSection(page, token, own)}
<div class="box seal flow">
${quotedTitle(letter, true)}
<p class="soft">${t.html(older ? "own.text.letter" : "confirm.letter", { date: when(page, letter.dated), a: (chunks) => html`<a href="${page.link(older ? routes.revision(letter.slug, letter.revision) : routes.letter(letter.slug))}">${chunks}</a>` })}</p>
<p class="name"><bdi>${signed.name}</bdi></p>
${factList([
  ...signedFacts(page, signed),
  ...mailFacts(page, address, signed.updates),
  ...signedOn(page, signature.acceptedAt!, evidence.standing),
  ...signedText(page, signature),
  ...(entry === undefined ? [] : loggedAs(page, entry)),
  [
    t.text("signature.language"),
    html`<span lang="${signature.language}">${languageName(signature.language)}</span>`,
  ],
])}
</div>
${evidenceSection(page, token, evidence, refused)}
</div>
<div class="flow sidecol">
${correctForm(page, token, own, returned)}
<section class="flow" aria-labelledby="receipt"><h2 class="h" id="receipt">${t.text("receipt.heading")}</h2>
<p>${t.text("own.receipt.text")}</p>
<p>${receipt(html`${t.text("receipt.download")}`)}</p></section>
<section class="flow" aria-labelledby="export"><h2 class="h" id="export">${t.text("own.export.title")}</h2>
<p><a href="${page.link(withQuery(routes.signature(token), { as: "json" }))}">${t.text("own.export.link")}</a></p></section>
<section class="flow" aria-labelledby="withdraw"><h2 class="h" id="withdraw">${t.text("own.withdraw.title")}</h2>
<p>${t.text("own.withdraw.text")}</p>
<p><a class="btn line" href="${page.link(routes.signatureWithdraw(token))}">${t.text("own.withdraw.link")}</a></p></section>
</div>
</div>`,
  });
}

function correctForm(
  page: PageContext,
  token: string,
  { signature: { signed }, affiliationFixed: fixed, open }: Extract<Owned, { is: "accepted" }>,
  returned?: FormState,
): Html {
  const { t } = page;
  const state: FormState = returned ?? {
    fields: {
      ...emptyFields,
      affiliation: signed.affiliation ?? "",
      role: signed.role ?? "",
      updates: signed.updates ? "yes" : "",
    },
    problems: [],
  };
  const optional = html`<span class="soft opt">${t.text("sign.optional")}</span>`;
  const person = signed.kind === "person";
  return html`<section class="slip" aria-labelledby="correct"><h2 class="h" id="correct">${t.text("own.correct.title")}</h2>
<form action="${page.link(routes.signature(token))}" method="post" novalidate>
${person && !fixed && textField(page, state, { field: "affiliation", autocomplete: "organization", note: optional })}
${person && fixed && html`<p class="hint">${t.text(`own.correct.fixed.${fixed}`)}</p>`}
${textField(page, state, { field: "role", autocomplete: "organization-title", ...(person ? { note: optional } : { required: true }) })}
${updatesField(page, state)}
<button class="btn line">${t.text("own.correct.button")}</button>
<p class="hint">${t.text(open ? (fixed ? "own.correct.text.older" : "own.correct.text") : "own.correct.fixed.name")}</p>
</form></section>`;
}

/** The publisher's mail is stopped. */
export function stoppedPage(page: PageContext): Html {
  return plainPage(page, { title: page.t.text("own.title"), text: page.t.text("own.saved") });
}

/** A private link that leads nowhere. */
export function unknownOwnPage(page: PageContext): Html {
  const { t } = page;
  return plainPage(page, { title: t.text("own.unknown.title"), text: t.text("own.unknown.text") });
}
