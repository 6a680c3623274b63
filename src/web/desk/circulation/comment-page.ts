import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import { aboutPart, type Say, sayForm } from "../../circulation/say.ts";
import type { PageContext } from "../../deps.ts";
import { errorList } from "../field.ts";
import { letterFrame } from "../letters/frame.ts";

/** A comment, or an answer, that an editor writes. @param path where it is sent */
export function sayPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  say: Say,
  path: string,
): Html {
  const { t } = page;
  const comments = withQuery(routes.deskComments(letter.id), { text: say.language });
  return letterFrame(page, {
    session,
    letter,
    tab: "circulation",
    title: say.heading,
    note: errorList(page, say.errors),
    main: html`<section class="hang" aria-labelledby="say"><h2 id="say">${say.heading}</h2><div class="flow one">
<p class="small"><a href="${page.link(comments)}">${t.text("circulation.comments.all")}</a></p>
${aboutPart(say)}
${sayForm(page, say, { path, seen: t.text("draft.comments.seen"), look: "fields" })}</div></section>`,
  });
}
