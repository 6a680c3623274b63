/** Everybody who was invited, how far each has come, and what can be done. */
import { inviteeName, type ListedInvitee } from "../../../drafting/invitee.ts";
import { type Content, type Html, html } from "../../../foundation/html.ts";
import { isolated, leftToRight } from "../../../foundation/i18n.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { when } from "../../when.ts";
import { table } from "../table.ts";

/** @param ended whether the letter is public, and its links have ended */
export function inviteeTable(
  page: PageContext,
  letterId: string,
  invitees: readonly ListedInvitee[],
  ended: boolean,
): Html {
  const { t } = page;
  return table(
    t.text("circulation.invited"),
    [
      t.text("circulation.who"),
      t.text("circulation.state"),
      t.text("circulation.since"),
      { buttons: t.text("circulation.do") },
    ],
    invitees.map((one) => [
      html`${isolated(inviteeName(one) || t.text("circulation.erased"))}${one.address && html`<br><span class="small soft">${leftToRight(one.address)}</span>`}`,
      ...stateOf(page, one),
      one.name === null ? "" : doForm(page, letterId, one, ended),
    ]),
  );
}

/** How far somebody has come, and since when. */
export function stateOf(page: PageContext, one: ListedInvitee): [Content, Content] {
  const { t } = page;
  const { signOn } = one;
  const said = (mark: "ok" | "no" | "wait" | "mail", key: string, more?: Content): Html =>
    html`<span class="${mark === "ok" ? "state on" : mark === "no" ? "state bad" : "state"}">${icon(mark)} ${t.text(`circulation.state.${key}` as "circulation.state.invited")}</span>${more}`;
  if (one.revokedAt) return [said("no", "revoked"), when(page, one.revokedAt)];
  if (one.undeliverableAt) return [said("no", "undeliverable"), when(page, one.undeliverableAt)];
  if (one.declinedAt)
    return [
      said("no", "declined", one.declinedWord && html`<br><q dir="auto">${one.declinedWord}</q>`),
      when(page, one.declinedAt),
    ];
  if (signOn && signOn.state !== "withdrawn") {
    const { name, representative, role } = signOn.signatory;
    const by = [name, representative, role].filter(Boolean).join(", ");
    const more = html`<br><span class="small soft">${isolated(by)}<br>${t.text("draft.number", { number: signOn.draft })}</span>`;
    return [said(signOn.state === "signed" ? "ok" : "wait", signOn.state, more), when(page, signOn.at)];
  }
  if (signOn) return [said("no", "withdrawn"), when(page, signOn.withdrawnAt!)];
  return one.openedAt
    ? [said("mail", "opened"), when(page, one.openedAt)]
    : [said("mail", "invited"), when(page, one.invitedAt)];
}

function doForm(page: PageContext, letterId: string, one: ListedInvitee, ended: boolean): Html {
  const button = (value: "again" | "revoke") =>
    html`<button class="btn sm line" name="do" value="${value}">${what(page, value, one)}</button>`;
  const erase = html`<a class="btn sm line" href="${page.link(routes.deskInviteeErase(letterId, one.id))}">${what(page, "erase", one)}</a>`;
  return ended
    ? erase
    : html`<form action="${page.link(routes.deskInvitee(letterId, one.id))}" method="post">${button("again")}${!one.revokedAt && button("revoke")}${erase}</form>`;
}

/** What a button does; those who hear the page are told to whom. */
function what({ t }: PageContext, name: "again" | "revoke" | "erase", one: ListedInvitee): Html {
  return t.html(`circulation.${name}`, {
    vh: (chunks) => html`<span class="vh">${chunks}</span>`,
    name: isolated(inviteeName(one)),
  });
}
