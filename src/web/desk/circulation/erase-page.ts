import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { inviteeName, type ListedInvitee } from "../../../drafting/invitee.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, leftToRight } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { radios } from "../field.ts";
import { letterFrame } from "../letters/frame.ts";

/**
 * Asks once more before somebody who was invited is erased, and says what goes and what stays.
 * @param comments how many they wrote
 */
export function erasePage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  invitee: ListedInvitee,
  comments: number,
): Html {
  const { t } = page;
  const { signOn } = invitee;
  const name = inviteeName(invitee);
  const title = t.text("circulation.erase.title");
  const words = [
    { value: "kept", label: t.text("circulation.erase.keep"), hint: t.text("circulation.erase.keep.hint") },
    {
      value: "deleted",
      label: t.text("circulation.erase.words"),
      hint: t.text("circulation.erase.words.hint"),
    },
  ];
  return letterFrame(page, {
    session,
    letter,
    tab: "circulation",
    title,
    main: html`<section class="hang" aria-labelledby="erase"><h2 id="erase">${title}</h2>
<form class="fields one" action="${page.link(routes.deskInviteeErase(letter.id, invitee.id))}" method="post">
<p><b>${isolated(name)}</b>${invitee.address && html`<br><span class="small soft">${leftToRight(invitee.address)}</span>`}</p>
<p>${t.text("circulation.erase.text")}</p>
<ul class="flow">
<li>${t.text("circulation.erase.link")}</li>
<li>${t.text("circulation.erase.data")}</li>
${signOn && html`<li>${t.text(signOn.signatureId === null ? "circulation.erase.signOn" : "circulation.erase.signature")}</li>`}
${invitee.accountId && html`<li>${t.text("circulation.erase.partner")}</li>`}
<li>${t.text("circulation.erase.history")}</li>
</ul>
${comments > 0 && radios("words", t.text("circulation.erase.comments", { count: comments }), words, "kept")}
<p class="row"><button class="btn">${t.text("circulation.erase.button")}</button> <a href="${page.link(routes.deskCirculation(letter.id))}">${t.text("circulation.erase.back")}</a></p>
</form></section>`,
  });
}
