import { type Html, html, raw } from "../../foundation/html.ts";
import { linkLife } from "../../people/ask-to-enter.ts";
import type { DeskSite } from "../../people/desk-site.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { errorList, field } from "./field.ts";
import { deskLayout } from "./layout.ts";

export interface SignInState {
  readonly desk: DeskSite;
  /** The page to go on to. */
  readonly next: string | undefined;
  /** As typed. */
  readonly address: string;
  readonly problem?: "email" | "passkey-refused" | "passkey-locked";
  /** Too many came from this network: in how many minutes the next is let in. */
  readonly minutes?: number;
}

/** Who are you? By passkey, or by a link to an address. */
export function signInPage(page: PageContext, state: SignInState): Html {
  const { t } = page;
  const { desk, next, address, problem, minutes } = state;
  const title = t.text("desk.signIn.title");
  const error = problem === "email" ? t.text("sign.error.email") : undefined;
  return deskLayout(page, {
    title: problem || minutes ? t.text("sign.error.pageTitle", { title }) : title,
    session: undefined,
    main: html`<div class="top one flow">
${errorList(page, error ? { email: error } : {})}
${minutes && html`<p class="sum" role="alert" tabindex="-1">${t.text("desk.signIn.network", { minutes })}</p>`}
<h1>${title}</h1>
<p>${t.text("desk.signIn.text", { site: page.site.name })}</p>
</div>
<div class="one">
${passkeyForm(page, desk, next, problem)}
<form class="fields ruled" action="${page.link(routes.deskSignIn())}" method="post" novalidate>
<h2 class="h">${t.text("desk.signIn.mail.title")}</h2>
${field({ name: "email", label: t.text("sign.email.label"), value: address, type: "email", autocomplete: "username webauthn", hint: t.text("desk.signIn.mail.hint"), required: true, error })}
${next && html`<input type="hidden" name="next" value="${next}">`}
<button class="btn">${icon("mail")} ${t.text("desk.signIn.mail.button")}</button>
</form>
</div>`,
  });
}

/**
 * Signs in, or shows once more who it is, by a passkey. A script shows it where the browser can; without scripts it
 * stays hidden, and the mail beside it does the same.
 */
export function passkeyForm(
  page: PageContext,
  desk: DeskSite,
  next: string | undefined,
  problem?: SignInState["problem"],
): Html | undefined {
  const { t } = page;
  if (!desk.rpId) return undefined;
  const failed = problem === "passkey-refused" || problem === "passkey-locked" ? problem : undefined;
  return html`${failed && html`<p class="sum" role="alert" tabindex="-1">${t.text(`desk.${failed}`)}</p>`}
<form class="flow" action="${page.link(routes.deskPasskey())}" method="post" data-passkey="show" data-challenge="${routes.deskPasskeyChallenge()}" hidden>
<p><button class="btn">${t.text("desk.passkey.button")}</button><input type="hidden" name="passkey">${next && html`<input type="hidden" name="next" value="${next}">`}</p>
<p class="hint">${t.text("desk.passkey.hint")}</p>
<p class="err" data-failed role="alert"${raw(" hidden")}>${icon("no")} ${t.text("desk.passkey.failed")}</p>
</form>`;
}

/** "Look at your inbox": the same for every address. */
export function signInSentPage(page: PageContext, session: Session | undefined, mailbox: boolean): Html {
  const { t } = page;
  const title = t.text("sent.title");
  const link = (path: string) => (chunks: Html) => html`<a href="${page.link(path)}">${chunks}</a>`;
  return deskLayout(page, {
    title,
    session,
    main: html`<div class="top one flow">
<h1>${title}</h1>
<p class="lede">${t.text("desk.sent.text")}</p>
<p>${t.text("desk.sent.minutes", { minutes: linkLife / 60_000 })}</p>
${mailbox && html`<p class="box">${t.html("sent.mailbox", { a: link(routes.mailbox()) })}</p>`}
<ul class="list dots">
<li>${t.text("sent.nothing.spam")}</li>
<li>${t.text("desk.sent.few")}</li>
<li>${t.html("desk.sent.again", { a: link(session ? routes.deskConfirm() : routes.deskSignIn()) })}</li>
</ul>
</div>`,
  });
}
