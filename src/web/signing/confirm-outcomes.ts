/** The pages of a confirmation link that does not ask (any more). */
import { type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { Confirmation } from "../../signing/confirm.ts";
import { lastDay } from "../../signing/letter.ts";
import type { PageContext } from "../deps.ts";
import { when } from "../when.ts";
import { buttonForm, plainPage } from "./plain-page.ts";

type Of<Is extends Confirmation["is"]> = Extract<Confirmation, { is: Is }>;

/** A link that is unknown, cut off, or whose entry is deleted: which of them, nobody can tell. */
export function unknownLinkPage(page: PageContext): Html {
  const { t } = page;
  return plainPage(page, {
    title: t.text("confirm.unknown.title"),
    text: t.text("confirm.unknown.text"),
    more: html`<ul class="list dots">
<li>${t.text("confirm.unknown.cut")}</li>
<li>${t.text("confirm.unknown.deleted")}</li>
</ul>
<p>${t.text("confirm.unknown.again")}</p>`,
  });
}

/** A link that is too old; a new mail can be had. */
export function expiredPage(page: PageContext, token: string, { letter, expiredAt }: Of<"expired">): Html {
  const { t } = page;
  return plainPage(page, {
    title: t.text("confirm.expired.title"),
    letter,
    text: t.html("confirm.expired.text", { date: when(page, expiredAt) }),
    more: buttonForm(page, routes.confirmRenew(token), t.text("confirm.expired.button")),
  });
}

/** The letter closed before the yes. */
export function closedPage(page: PageContext, { letter, deletedOn }: Of<"closed">): Html {
  const { t } = page;
  return plainPage(page, {
    title: t.text("confirm.closed.title"),
    letter,
    text: t.html("confirm.closed.text", {
      closed: when(page, lastDay(letter)!),
      deleted: when(page, deletedOn),
    }),
  });
}

/** Confirmed before. */
export function acceptedPage(page: PageContext, token: string, { letter, acceptedAt }: Of<"accepted">): Html {
  const { t } = page;
  return plainPage(page, {
    title: t.text("confirm.accepted.title"),
    letter,
    text: t.html("confirm.accepted.text", { date: when(page, acceptedAt) }),
    more: openOwn(page, token),
  });
}

/** Confirmed before, and waiting for a look by the organisers. */
export function heldAlreadyPage(page: PageContext, token: string, { letter, heldAt }: Of<"held">): Html {
  const { t } = page;
  return plainPage(page, {
    title: t.text("confirm.held.title"),
    letter,
    text: t.html("confirm.held.text", { date: when(page, heldAt) }),
    more: openOwn(page, token),
  });
}

/** Confirmed before, and not accepted by the organisers. */
export function refusedAlreadyPage(page: PageContext, { letter, refusedAt }: Of<"refused">): Html {
  const { t } = page;
  return plainPage(page, {
    title: t.text("own.refused.title"),
    letter,
    text: t.html("confirm.refused.text", { date: when(page, refusedAt) }),
  });
}

/** "Not me" was said of a signature that is confirmed: it can be withdrawn. */
export function denyAcceptedPage(page: PageContext, token: string): Html {
  const { t } = page;
  return plainPage(page, {
    title: t.text("confirm.denyAccepted.title"),
    text: t.text("confirm.denyAccepted.text"),
    more: openOwn(page, token),
  });
}

function openOwn(page: PageContext, token: string): Html {
  return buttonForm(page, routes.confirm(token), page.t.text("confirm.accepted.button"));
}

/** The entry is deleted, and no more mail goes out. */
export function deniedPage(page: PageContext): Html {
  const { t } = page;
  return plainPage(page, { title: t.text("confirm.denied.title"), text: t.text("confirm.denied.text") });
}

/** A new link was asked for too often. */
export function limitedPage(page: PageContext): Html {
  const { t } = page;
  return plainPage(page, { title: t.text("confirm.limited.title"), text: t.text("confirm.limited.text") });
}
