import { type Html, html, raw } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import { type Retention, retentionBounds } from "../../../signing/retention.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { errorList, type FormErrors } from "../field.ts";
import { changedMeanwhile } from "./changed-meanwhile.ts";
import { settingsLayout } from "./settings-layout.ts";

export type RetentionTyped = Readonly<Record<keyof Retention, string>> & {
  /** What held when it was opened (retentionEdition). */
  readonly edition: string | undefined;
};

/** How long things are kept: what the page about privacy says, and what the nightly purge does. */
export function retentionPage(
  page: PageContext,
  session: Session,
  state: {
    readonly typed: RetentionTyped;
    readonly errors: FormErrors;
    readonly saved: boolean;
    /** Somebody else has saved meanwhile: the errors say what. */
    readonly changed: boolean;
  },
): Html {
  const { t } = page;
  const { typed, errors, saved, changed } = state;
  const link = (chunks: Html) => html`<a href="${page.link(routes.privacy())}">${chunks}</a>`;
  return settingsLayout(page, session, {
    tab: "retention",
    wrong: Object.keys(errors).length > 0,
    lead: html`${changed && changedMeanwhile(page)}${errorList(page, errors)}${saved && html`<p class="box" role="status">${t.text("own.saved")}</p>`}`,
    main: html`<section class="one flow" aria-labelledby="retention"><h2 id="retention">${t.text("settings.tab.retention")}</h2>
<p>${t.html("settings.retention.text", { a: link })}</p>
<p class="note">${t.text("settings.retention.promise")}</p>
<form class="fields" action="${page.link(routes.deskRetention())}" method="post" novalidate>
<input type="hidden" name="edition" value="${typed.edition}">
${(Object.keys(retentionBounds) as (keyof Retention)[]).map((name) => days(page, name, typed[name], errors[name]))}
<button class="btn">${t.text("desk.save")}</button>
</form></section>`,
  });
}

function days({ t }: PageContext, name: keyof Retention, value: string, error: string | undefined): Html {
  const [least, most] = retentionBounds[name];
  return html`<div${error && raw(' class="has-err"')}><label for="${name}">${t.text(`settings.retention.${name}`)}</label>
<span class="hint" id="${name}-hint">${t.text(`settings.retention.${name}.hint`)} ${t.text("settings.retention.bounds", { least, most })}</span>${error && html`<span class="err" id="${name}-err">${icon("no")} ${error}</span>`}
<input type="text" class="days" id="${name}" name="${name}" value="${value}" inputmode="numeric" autocomplete="off" dir="ltr" required aria-describedby="${name}-hint${error && ` ${name}-err`}"${error && raw(' aria-invalid="true"')}></div>
`;
}
