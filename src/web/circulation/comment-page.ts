import { inviteeName, type Seat } from "../../drafting/invitee.ts";
import { type Html, html } from "../../foundation/html.ts";
import { isolated } from "../../foundation/i18n.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { errorList } from "../desk/field.ts";
import { draftLayout } from "./layout.ts";
import { aboutPart, type Say, sayForm } from "./say.ts";
import { watermark } from "./watermark.ts";

/** A comment, or an answer, that somebody invited writes. @param path where it is sent */
export function sayPage(page: PageContext, { invitee }: Seat, token: string, say: Say, path: string): Html {
  const { t } = page;
  const name = inviteeName(invitee);
  const draft = withQuery(routes.draft(token), { text: say.language });
  const seen = t.html("draft.comment.seen", { name: isolated(name) });
  return draftLayout(
    page,
    say.heading,
    html`<div class="top one flow">
${errorList(page, say.errors)}
<p class="row small"><a href="${page.link(draft)}">${t.text("draft.back")}</a></p>
<h1>${say.heading}</h1>
${aboutPart(say, watermark(name))}
</div>
${sayForm(page, say, { path, seen, look: "fields slip one" })}`,
  );
}
