import { type Html, html } from "../../foundation/html.ts";
import { languageName } from "../../foundation/i18n.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Confirmation } from "../../signing/confirm.ts";
import type { Owned } from "../../signing/find-own.ts";
import { isOpen } from "../../signing/letter.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { errorSummary } from "./error-summary.ts";
import { factList, mailFacts, signedFacts } from "./facts.ts";
import { type FormState, textField, updatesField } from "./form-parts.ts";
import { plainPage } from "./plain-page.ts";
import { signedOn } from "./receipt-page.ts";
import { emptyFields } from "./sign-fields.ts";
import { quotedTitle } from "./sign-page.ts";
import { when } from "./when.ts";

/**
 * Everything that is kept about a signature, with what its signatory can do.
 * @param note "saved" after a correction; or the form as it came back
 */
export function ownPage(
  page: PageContext,
  token: string,
  { signature }: Extract<Owned, { is: "accepted" }>,
  note?: "saved" | FormState,
): Html {
  const { t } = page;
  const { letter, signed, address } = signature;
  const returned = typeof note === "object" ? note : undefined;
  const title = t.text("own.title");
  return layout(page, {
    title: returned ? t.text("sign.error.pageTitle", { title }) : title,
    noindex: true,
    main: html`<div class="desk wide top">
<div class="flow">
${returned && errorSummary(page, t.text("own.correct.error"), returned)}
${note === "saved" && html`<p class="box" role="status">${t.text("own.saved")}</p>`}
<h1>${title}</h1>
<p class="lede">${t.text("own.text")}</p>
<div class="box seal flow">
${quotedTitle(letter, true)}
<p class="soft">${t.html("confirm.letter", { date: when(page, letter.dated), a: (chunks) => html`<a href="${page.link(routes.letter(letter.slug))}">${chunks}</a>` })}</p>
<p class="name"><bdi>${signed.name}</bdi></p>
${factList([
  ...signedFacts(page, signed),
  ...mailFacts(page, address, signed.updates),
  ...signedOn(page, signature.acceptedAt!),
  [
    t.text("signature.language"),
    html`<span lang="${signature.language}">${languageName(signature.language)}</span>`,
  ],
])}
</div>
</div>
<div class="flow sidecol">
${correctForm(page, token, signed, returned)}
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
  signed: Extract<Owned, { is: "accepted" }>["signature"]["signed"],
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
${person && textField(page, state, { field: "affiliation", autocomplete: "organization", note: optional })}
${textField(page, state, { field: "role", autocomplete: "organization-title", ...(person ? { note: optional } : { required: true }) })}
${updatesField(page, state)}
<button class="btn line">${t.text("own.correct.button")}</button>
<p class="hint">${t.text("own.correct.text")}</p>
</form></section>`;
}

/** All that is left of a withdrawn signature: that it was, and until when. */
export function withdrawnPage(
  page: PageContext,
  { letter, withdrawnAt }: Extract<Confirmation, { is: "withdrawn" }>,
  now: Date,
): Html {
  const { t } = page;
  const again = (chunks: Html) => html`<a href="${page.link(routes.sign(letter.slug))}">${chunks}</a>`;
  return plainPage(page, {
    title: t.text("own.withdrawn.title"),
    letter,
    text: t.html("own.withdrawn.text", { date: when(page, withdrawnAt) }),
    more: isOpen(letter, now) && html`<p>${t.html("own.withdrawn.again", { a: again })}</p>`,
  });
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

/** "Withdraw your signature?" */
export function withdrawPage(
  page: PageContext,
  token: string,
  { signature }: Extract<Owned, { is: "accepted" }>,
): Html {
  const { t } = page;
  return layout(page, {
    title: t.text("withdraw.title"),
    noindex: true,
    main: html`<div class="top one flow">
<h1>${t.text("withdraw.title")}</h1>
${quotedTitle(signature.letter)}
<p class="name"><bdi>${signature.signed.name}</bdi></p>
<p>${t.text("withdraw.text")}</p>
<form class="row mid" action="${page.link(routes.signatureWithdraw(token))}" method="post"><button class="btn">${t.text("withdraw.button")}</button> <a href="${page.link(routes.signature(token))}">${t.text("withdraw.back")}</a></form>
</div>`,
  });
}
