/** The frame of every page of the desk. */
import { type Html, html, raw } from "../../foundation/html.ts";
import { isolated } from "../../foundation/i18n.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { wholeDocument } from "../document.ts";
import { sealMark } from "../icons.ts";
import { languageNav } from "../layout.ts";
import { access } from "./access.ts";

export interface DeskLayout {
  /** Without the site's name, which is added. */
  readonly title: string;
  /** Who is at the desk; undefined on pages that sign in. */
  readonly session: Session | undefined;
  readonly nav?: keyof typeof places;
  readonly main: Html;
}

/** The pages that the masthead leads to, each for who may open it. */
const places = {
  home: ["GET desk", routes.desk],
  letters: ["GET deskLetters", routes.deskLetters],
  review: ["GET deskReview", routes.deskReview],
  people: ["GET deskPeople", routes.deskPeople],
  history: ["GET deskHistory", routes.deskHistory],
  settings: ["GET deskSettings", routes.deskSettings],
  account: ["GET deskAccount", routes.deskAccount],
} as const;

/** A whole document. */
export function deskLayout(page: PageContext, { title, session, nav, main }: DeskLayout): Html {
  return wholeDocument(page, {
    title,
    bundle: "desk",
    head: raw('<meta name="robots" content="noindex">'),
    masthead: masthead(page, session, nav),
    main,
    foot: foot(page, session),
  });
}

function masthead(page: PageContext, session: Session | undefined, current: DeskLayout["nav"]): Html {
  const { t } = page;
  const role = session?.account.role;
  const shown = (Object.keys(places) as (keyof typeof places)[]).filter(
    (place) => role && (access[places[place][0]].for as readonly string[]).includes(role),
  );
  return html`<header class="mast"><div class="wrap">
<a class="brand" href="${page.link(routes.desk())}">${sealMark()}<span>Undersigned <i>${t.html("desk.for", { site: isolated(page.site.name) })}</i></span></a>
<nav aria-label="${t.text("desk.nav")}"><ul>${shown.map(
    (place) =>
      html`<li><a href="${page.link(places[place][1]())}"${raw(place === current ? ' aria-current="page"' : "")}>${t.text(`desk.nav.${place}`)}</a></li>`,
  )}<li><a href="${page.link(routes.archive())}">${t.text("desk.nav.site")}</a></li></ul></nav>
</div></header>`;
}

function foot(page: PageContext, session: Session | undefined): Html {
  const { t } = page;
  return html`<footer class="foot"><div class="wrap">
<div class="flow">${
    session
      ? html`<p>${t.html("desk.signedInAs", { name: isolated(session.account.name), role: t.text(`desk.role.${session.account.role}`) })}</p>
<form action="${page.link(routes.deskSignOut())}" method="post"><button class="plainly">${t.text("desk.signOut")}</button></form>`
      : html`<p>${t.text("desk.foot")}</p>`
  }</div>
<div class="flow">${languageNav(page)}</div>
</div></footer>`;
}
