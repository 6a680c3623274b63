/** Private links to a letter that waits for its time. */
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { EmbargoLink } from "../../../drafting/embargo.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, leftToRight } from "../../../foundation/i18n.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { when } from "../../when.ts";
import { errorList, type FormErrors, field, languageSelect } from "../field.ts";
import { table } from "../table.ts";

export interface LinkFields {
  readonly recipient: string;
  readonly email: string;
  readonly language: string;
}

/** @param waiting whether a time is set; without one there is nothing to read */
export function linksPart(
  page: PageContext,
  letter: DeskLetter,
  links: readonly EmbargoLink[],
  waiting: boolean,
  fields: LinkFields,
  errors: FormErrors,
): Html {
  const { t } = page;
  return html`<section class="hang" aria-labelledby="links"><h2 id="links">${t.text("embargo.links")}</h2>
<div class="flow"><p class="one">${t.text(waiting ? "embargo.links.text" : "embargo.links.none")}</p>
${links.length > 0 && linkTable(page, letter, links)}
${waiting && form(page, letter, fields, errors)}</div></section>`;
}

function linkTable(page: PageContext, letter: DeskLetter, links: readonly EmbargoLink[]): Html {
  const { t } = page;
  return table(
    t.text("embargo.links"),
    [t.text("embargo.recipient"), t.text("embargo.since"), { buttons: t.text("embargo.revoke") }],
    links.map((link) => [
      html`${isolated(link.recipient ?? t.text("circulation.erased"))}${link.address && html`<br><span class="small soft">${leftToRight(link.address)}</span>`}${link.undeliverableAt && html`<br><span class="state bad">${icon("no")} ${t.text("desk.people.undeliverable")}</span>`}<br>${
        link.revokedAt
          ? html`<span class="state">${icon("no")} ${t.html("embargo.revoked", { date: when(page, link.revokedAt) })}</span>`
          : link.token &&
            html`<code class="link" dir="ltr">${page.absolute(routes.embargo(link.token))}</code>`
      }`,
      when(page, link.createdAt),
      link.revokedAt || link.recipient === null
        ? ""
        : html`<form action="${page.link(routes.deskEmbargoRevoke(letter.id))}" method="post"><input type="hidden" name="link" value="${link.id}"><button class="btn sm line">${t.text("embargo.revoke")}<span class="vh"> ${link.recipient}</span></button></form>`,
    ]),
  );
}

function form(page: PageContext, letter: DeskLetter, fields: LinkFields, errors: FormErrors): Html {
  const { t } = page;
  return html`<form class="fields one" action="${page.link(routes.deskEmbargoLinks(letter.id))}" method="post">
${errorList(page, errors)}
${field({ name: "recipient", label: t.text("embargo.recipient.label"), value: fields.recipient, hint: t.text("embargo.recipient.hint"), required: true, error: errors.recipient })}
${field({ name: "email", type: "email", label: t.text("embargo.email"), value: fields.email, hint: t.text("embargo.email.hint"), error: errors.email })}
${languageSelect(page, fields.language)}
<button class="btn line">${t.text("embargo.make")}</button>
</form>`;
}
