import { type Html, html, raw } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { deskLayout } from "../layout.ts";

/** The pages of the settings. */
const tabs = {
  look: routes.deskSettings,
  retention: routes.deskRetention,
  watchList: routes.deskWatchList,
} as const;

export interface SettingsFrame {
  readonly tab: keyof typeof tabs;
  /** Whether a form came back with something wrong. */
  readonly wrong: boolean;
  /** What was done, or went wrong. */
  readonly lead: Html;
  readonly main: Html;
}

/** The frame of the settings' pages. */
export function settingsLayout(page: PageContext, session: Session, frame: SettingsFrame): Html {
  const { t } = page;
  const { tab, wrong, lead, main } = frame;
  const title = t.text(`settings.tab.${tab}`);
  return deskLayout(page, {
    title: wrong ? t.text("sign.error.pageTitle", { title }) : title,
    session,
    nav: "settings",
    main: html`<div class="top flow">
${lead}
<h1>${t.text("desk.nav.settings")}</h1>
<nav class="tabs" aria-label="${t.text("desk.nav.settings")}"><ul>${(Object.keys(tabs) as (keyof typeof tabs)[]).map((one) => html`<li><a href="${page.link(tabs[one]())}"${raw(one === tab ? ' aria-current="page"' : "")}>${t.text(`settings.tab.${one}`)}</a></li>`)}</ul></nav>
</div>
${main}`,
  });
}
