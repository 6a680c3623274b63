import { type Html, html, raw } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { errorList } from "../field.ts";
import { changedMeanwhile } from "./changed-meanwhile.ts";
import { settingsLayout } from "./settings-layout.ts";

export interface WatchListTyped {
  /** One a line. */
  readonly names: string;
  /** What was there when it was opened (watchListEdition). */
  readonly edition: string | undefined;
}

/** Names that are likely to be forged: who signs by one is held for a look. */
export function watchListPage(
  page: PageContext,
  session: Session,
  state: {
    readonly typed: WatchListTyped;
    readonly error: string | undefined;
    readonly saved: boolean;
    /** Somebody else has saved meanwhile: the error says what. */
    readonly changed: boolean;
  },
): Html {
  const { t } = page;
  const { typed, error, saved, changed } = state;
  return settingsLayout(page, session, {
    tab: "watchList",
    wrong: error !== undefined,
    lead: html`${changed && changedMeanwhile(page)}${errorList(page, error ? { names: error } : {})}${saved && html`<p class="box" role="status">${t.text("own.saved")}</p>`}`,
    main: html`<section class="one flow" aria-labelledby="watch"><h2 id="watch">${t.text("settings.tab.watchList")}</h2>
<p>${t.text("settings.watched.text")}</p>
<p>${t.text("settings.watched.alike")}</p>
<form class="fields" action="${page.link(routes.deskWatchList())}" method="post">
<input type="hidden" name="edition" value="${typed.edition}">
<div${error && raw(' class="has-err"')}><label for="names">${t.text("settings.watched.label")}</label>
<span class="hint" id="names-hint">${t.text("settings.watched.hint")}</span>${error && html`<span class="err" id="names-err">${icon("no")} ${error}</span>`}
<textarea id="names" name="names" rows="14" dir="auto" spellcheck="false" autocomplete="off" aria-describedby="names-hint${error && " names-err"}"${error && raw(' aria-invalid="true"')}>
${typed.names}</textarea></div>
<button class="btn">${t.text("desk.save")}</button>
</form></section>`,
  });
}
