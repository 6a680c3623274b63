/** Pages of a signature that was withdrawn. */
import { type Content, type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { Confirmation } from "../../signing/confirm.ts";
import type { Owned } from "../../signing/find-own.ts";
import { isOpen, type SignableLetter } from "../../signing/letter.ts";
import type { PageContext } from "../deps.ts";
import { when } from "../when.ts";
import { plainPage } from "./plain-page.ts";

/** Behind the private link: when it is erased, and what can be done until then. */
export function withdrawnPage(
  page: PageContext,
  token: string,
  own: Extract<Owned, { is: "withdrawn" }>,
  now: Date,
): Html {
  const { t } = page;
  const { letter, withdrawnAt, erasedAt } = own;
  const date = when(page, withdrawnAt);
  return plainPage(page, {
    title: t.text("own.withdrawn.title"),
    letter,
    text: erasedAt
      ? t.html("own.withdrawn.erased", { date, erased: when(page, erasedAt) })
      : t.html("own.withdrawn.text", { date, until: when(page, own.erasedOn) }),
    more: erasedAt ? again(page, letter, now) : undo(page, token, own),
  });
}

/** Behind the link that once confirmed it. */
export function unsignedPage(
  page: PageContext,
  { letter, withdrawnAt }: Extract<Confirmation, { is: "withdrawn" }>,
  now: Date,
): Html {
  const { t } = page;
  return plainPage(page, {
    title: t.text("own.withdrawn.title"),
    letter,
    text: t.html("own.withdrawn.since", { date: when(page, withdrawnAt) }),
    more: again(page, letter, now),
  });
}

function undo(
  page: PageContext,
  token: string,
  { restorable, often }: Extract<Owned, { is: "withdrawn" }>,
): Html {
  const { t } = page;
  if (restorable && often) return html`<p>${t.text("own.withdrawn.often")}</p>${erase(page, token)}`;
  const restore = html`<button class="btn" formaction="${page.link(routes.signatureRestore(token))}">${t.text("own.withdrawn.restore.button")}</button> `;
  return html`${restorable && html`<p>${t.text("own.withdrawn.undo")}</p>`}${erase(page, token, restorable && restore)}`;
}

function erase(page: PageContext, token: string, restore?: Content): Html {
  return html`
<p>${page.t.text("own.erase.now")}</p>
<form class="row mid" action="${page.link(routes.signatureErase(token))}" method="post">${restore}<button class="btn line">${page.t.text("own.withdrawn.erase.button")}</button></form>`;
}

function again(page: PageContext, letter: SignableLetter, now: Date): Html | undefined {
  if (!isOpen(letter, now)) return undefined;
  const link = (chunks: Html) => html`<a href="${page.link(routes.sign(letter.slug))}">${chunks}</a>`;
  return html`<p>${page.t.html("own.withdrawn.again", { a: link })}</p>`;
}
