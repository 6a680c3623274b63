import { type Html, html, raw } from "../../foundation/html.ts";
import type { DeskSite } from "../../people/desk-site.ts";
import type { ListedPasskey } from "../../people/passkey.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { when } from "../when.ts";
import { field } from "./field.ts";
import { deskLayout } from "./layout.ts";
import { table } from "./table.ts";

/** Why nothing was changed. */
export type PasskeysNote = "name" | "passkey-refused" | "passkey-limit";

/** One's own passkeys: to add, to name, to remove. */
export function passkeysPage(
  page: PageContext,
  session: Session,
  desk: DeskSite | undefined,
  passkeys: readonly ListedPasskey[],
  note?: PasskeysNote,
): Html {
  const { t } = page;
  const title = t.text("desk.passkeys.title");
  return deskLayout(page, {
    title: note ? t.text("sign.error.pageTitle", { title }) : title,
    session,
    nav: "account",
    main: html`<div class="top one flow">
${note && html`<p class="sum" role="alert" tabindex="-1">${t.text(note === "name" ? "desk.passkeys.error.name" : `desk.${note}`)}</p>`}
<h1>${title}</h1>
<p>${t.text("desk.passkeys.text")}</p>
${passkeys.length === 0 && html`<p class="note">${t.text("desk.passkeys.none")}</p>`}
</div>
<section class="hang" aria-labelledby="add"><h2 id="add">${t.text("desk.passkeys.add.title")}</h2>
<div class="one flow">${
      desk
        ? html`<noscript><p>${t.text("desk.passkeys.scripts")}</p></noscript>
<form class="fields" action="${page.link(routes.deskPasskeys())}" method="post" data-passkey="make" data-challenge="${routes.deskNewPasskey()}" hidden>
${field({ name: "name", label: t.text("desk.passkeys.name"), value: "", hint: t.text("desk.passkeys.name.hint") })}
<button class="btn">${t.text("desk.passkeys.add.button")}</button><input type="hidden" name="passkey">
<p class="err" data-failed role="alert"${raw(" hidden")}>${icon("no")} ${t.text("desk.passkeys.failed")}</p>
</form>`
        : html`<p>${t.text("desk.passkeys.impossible")}</p>`
    }
<p><a href="${page.link(routes.desk())}">${t.text("desk.passkeys.later")}</a></p></div></section>
${passkeys.length > 0 && html`<section class="hang" aria-labelledby="yours"><h2 id="yours">${t.text("desk.passkeys.yours")}</h2>${passkeyTable(page, passkeys)}</section>`}`,
  });
}

function passkeyTable(page: PageContext, passkeys: readonly ListedPasskey[]): Html {
  const { t } = page;
  const columns = [
    t.text("desk.passkeys.name"),
    t.text("desk.passkeys.added"),
    t.text("desk.lastUsed"),
    { buttons: t.text("desk.passkeys.remove") },
  ];
  return table(
    t.text("desk.passkeys.yours"),
    columns,
    passkeys.map(({ id, name, createdAt, lastUsedAt }) => [
      html`<form action="${page.link(routes.deskPasskeyName(id))}" method="post"><input name="name" value="${name}" dir="auto" autocomplete="off" aria-label="${t.text("desk.passkeys.nameOf", { name })}"><button class="btn sm line">${t.text("desk.passkeys.rename")}</button></form>`,
      when(page, createdAt),
      lastUsedAt ? when(page, lastUsedAt) : t.text("desk.never"),
      html`<form action="${page.link(routes.deskPasskeyRemove(id))}" method="post"><button class="btn sm line">${icon("no")} ${t.text("desk.passkeys.remove")}<span class="vh"> ${name}</span></button></form>`,
    ]),
  );
}
