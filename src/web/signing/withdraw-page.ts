import { type Html, html, raw } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { Owned } from "../../signing/find-own.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { layout } from "../layout.ts";
import { quotedTitle } from "./sign-page.ts";

/**
 * "Withdraw your signature?": withdraw it, or erase it with that; each with the receipt, where its signatory has it.
 * @param refused when the file that was sent is not its receipt
 */
export function withdrawPage(
  page: PageContext,
  token: string,
  { signature, affiliationFixed }: Extract<Owned, { is: "accepted" }>,
  refused?: "receipt",
): Html {
  const { t } = page;
  const title = t.text("withdraw.title");
  const error =
    refused &&
    html`<span class="err" id="file-err">${icon("no")} ${t.text("withdraw.receipt.differs")}</span>`;
  return layout(page, {
    title: refused ? t.text("sign.error.pageTitle", { title }) : title,
    noindex: true,
    main: html`<div class="top one flow">
<h1>${title}</h1>
${quotedTitle(signature.letter)}
<p class="name"><bdi>${signature.signed.name}</bdi></p>
<p>${t.text(affiliationFixed ? "withdraw.text.final" : "withdraw.text", { days: page.site.retention.withdrawnDays })}</p>
<form class="flow" action="${page.link(routes.signatureWithdraw(token))}" method="post" enctype="multipart/form-data">
<div${raw(refused ? ' class="has-err"' : "")}><label for="file">${t.text("withdraw.receipt.label")} <span class="soft opt">${t.text("sign.optional")}</span></label>
<span class="hint" id="file-hint">${t.text("withdraw.receipt.hint")}</span>${error}
<input id="file" name="receipt" type="file" accept=".json,application/json" aria-describedby="file-hint${refused && " file-err"}"${refused && raw(' aria-invalid="true"')}></div>
<p class="row mid"><button class="btn">${t.text("withdraw.button")}</button> <a href="${page.link(routes.signature(token))}">${t.text("withdraw.back")}</a></p>
<p class="after">${t.text("withdraw.erase.text")}</p>
<p><button class="btn line" formaction="${page.link(routes.signatureErase(token))}">${t.text("withdraw.erase.button")}</button></p>
</form>
</div>`,
  });
}
