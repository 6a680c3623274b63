import { reminderDays } from "../../../drafting/circulation.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { editionField, type FormErrors, textArea } from "../field.ts";
import { momentPart } from "../moment.ts";
import type { SettingsFields } from "./settings-fields.ts";

/** The form of a circulation's deadline, reminders and message. @param button what it does @param freezes the edition of the draft that it freezes */
export function settingsForm(
  page: PageContext,
  letterId: string,
  fields: SettingsFields,
  errors: FormErrors,
  button: string,
  freezes?: number,
): Html {
  const { t } = page;
  return html`<form class="fields one" action="${page.link(routes.deskCirculation(letterId))}" method="post" novalidate>${freezes !== undefined && editionField(freezes)}
${momentPart(page, fields, errors, { label: t.text("circulation.date"), hint: t.text("circulation.date.hint") })}
<fieldset><legend>${t.text("circulation.remind")}</legend><p class="hint">${t.text("circulation.remind.hint")}</p>${reminderDays.map(
    (days) =>
      html`<div class="pick"><input type="checkbox" id="remind-${days}" name="remind-${days}"${raw(fields.remind.includes(String(days)) ? " checked" : "")}><label for="remind-${days}">${t.text("circulation.remind.days", { days })}</label></div>
`,
  )}</fieldset>
${textArea({ name: "message", label: t.text("circulation.message"), value: fields.message, rows: 4, hint: t.text("circulation.message.hint"), error: errors.message })}
<button class="btn">${button}</button>
</form>`;
}
