import { type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { SignableLetter } from "../../signing/letter.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { quotedTitle } from "./sign-page.ts";

/**
 * "Look at your inbox": the same for everybody who sent the form, whatever became of it.
 * @param mailbox whether mail goes to the mailbox of this site, for want of a mail server
 */
export function sentPage(page: PageContext, letter: SignableLetter, mailbox: boolean): Html {
  const { t } = page;
  const link = (path: string) => (chunks: Html) => html`<a href="${page.link(path)}">${chunks}</a>`;
  return layout(page, {
    title: t.text("sent.title"),
    noindex: true,
    main: html`<div class="top one flow">
<p class="soft">${t.text("sent.step")}</p>
<h1>${t.text("sent.title")}</h1>
${quotedTitle(letter)}
<p class="lede">${t.text("sent.text")}</p>
<p>${t.text("sent.days", { days: page.site.retention.confirmDays })}</p>
${mailbox && html`<p class="box">${t.html("sent.mailbox", { a: link(routes.mailbox()) })}</p>`}
</div>
<section class="one flow" aria-labelledby="nothing"><h2 id="nothing" class="h">${t.text("sent.nothing.title")}</h2>
<ul class="list dots">
<li>${t.text("sent.nothing.wait")}</li>
<li>${t.text("sent.nothing.spam")}</li>
<li>${t.html("sent.nothing.again", { a: link(routes.sign(letter.slug)) })}</li>
<li>${t.text("sent.nothing.few")}</li>
<li>${t.text("sent.nothing.spent")}</li>
</ul></section>
<p class="after"><a href="${page.link(routes.letter(letter.slug))}">${t.text("sign.readAgain")}</a></p>`,
  });
}
