import { type Html, html } from "../../foundation/html.ts";
import { leftToRight } from "../../foundation/i18n.ts";
import type { BoxedMail } from "../../mail/mailbox.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";

/** What a site without a mail server would have sent. */
export function mailboxPage(page: PageContext, mails: readonly BoxedMail[]): Html {
  const { t } = page;
  const item = (mail: BoxedMail) => html`<li>
<h2 class="h"><a href="${page.link(routes.mailboxMessage(String(mail.id)))}"><bdi>${mail.subject}</bdi></a></h2>
<p class="small soft">${leftToRight(mail.to)}${t.text("list.comma")}<time datetime="${mail.at.toISOString()}">${t.dateTime(mail.at)}</time></p>
</li>`;
  return layout(page, {
    title: t.text("mailbox.title"),
    noindex: true,
    main: html`<div class="top one flow">
<h1>${t.text("mailbox.title")}</h1>
<p>${t.text("mailbox.text")}</p>
${mails.length === 0 ? html`<p>${t.text("mailbox.empty")}</p>` : html`<ul class="flow">${mails.map(item)}</ul>`}
</div>`,
  });
}

/** One mail: its text, with the links in it to follow. */
export function mailPage(page: PageContext, mail: BoxedMail): Html {
  const { t } = page;
  const path = routes.mailboxMessage(String(mail.id));
  return layout(page, {
    title: mail.subject,
    noindex: true,
    main: html`<div class="top one flow">
<h1><bdi>${mail.subject}</bdi></h1>
<dl class="facts">
<dt>${t.text("mailbox.to")}</dt><dd>${leftToRight(mail.to)}</dd>
<dt>${t.text("mailbox.sent")}</dt><dd><time datetime="${mail.at.toISOString()}">${t.dateTime(mail.at)}</time></dd>
${
  mail.file &&
  html`<dt>${t.text("mailbox.file")}</dt><dd><a href="${page.link(withQuery(path, { as: "file" }))}" download="${mail.file.name}">${leftToRight(mail.file.name)}</a></dd>
`
}</dl>
<section class="box flow" aria-label="${t.text("mailbox.plain")}">
${mail.text
  .trim()
  .split(/\n{2,}/)
  .map(paragraph)}
</section>
<p class="row"><a href="${page.link(withQuery(path, { as: "html" }))}">${t.text("mailbox.html")}</a> <a href="${page.link(routes.mailbox())}">${t.text("mailbox.back")}</a></p>
</div>`,
  });
}

/** A paragraph as it stands, without the mark of a mail's foot; one that is a link can be followed. */
function paragraph(text: string): Html {
  const words = text.replace(/^-- \n/, "").trim();
  return /^https?:\/\/\S+$/.test(words)
    ? html`<p><a href="${words}"><bdi dir="ltr">${words}</bdi></a></p>`
    : html`<p dir="auto">${words}</p>`;
}
