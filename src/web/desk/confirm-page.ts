import { type Html, html } from "../../foundation/html.ts";
import type { DeskSite } from "../../people/desk-site.ts";
import { proofLife, type Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { deskLayout } from "./layout.ts";
import { passkeyForm, type SignInState } from "./sign-in-page.ts";

export interface ConfirmState {
  readonly desk: DeskSite;
  /** The page to go on to. */
  readonly next: string | undefined;
  /** Whether the account's address is proved, so that a link can be mailed to it. */
  readonly byMail: boolean;
  readonly problem?: SignInState["problem"];
}

/** Asks somebody who is signed in to show once more who they are. */
export function confirmPage(
  page: PageContext,
  session: Session,
  { desk, next, byMail, problem }: ConfirmState,
): Html {
  const { t } = page;
  const title = t.text("desk.confirm.title");
  return deskLayout(page, {
    title,
    session,
    main: html`<div class="top one flow">
<h1>${title}</h1>
<p>${t.text("desk.confirm.text", { minutes: proofLife / 60_000 })}</p>
</div>
<div class="one">
${passkeyForm(page, desk, next, problem)}
${
  byMail
    ? html`<form class="fields ruled" action="${page.link(routes.deskConfirm())}" method="post">
<h2 class="h">${t.text("desk.signIn.mail.title")}</h2>
<p>${t.text("desk.confirm.mail")}</p>
${next && html`<input type="hidden" name="next" value="${next}">`}
<button class="btn line">${icon("mail")} ${t.text("desk.signIn.mail.button")}</button>
</form>`
    : html`<p class="note">${t.html("desk.confirm.unproved", { a: (chunks) => html`<a href="${page.link(routes.deskAccount())}">${chunks}</a>` })}</p>`
}
</div>`,
  });
}
