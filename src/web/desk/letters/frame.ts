/** The frame of every page about one letter: what it is called, how it stands, and the pages beside this one. */
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Content, type Html, html, raw } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { Role } from "../../../people/roles.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { onDay, whenExactly } from "../../when.ts";
import { type Access, access, type DoorName } from "../access.ts";
import { deskLayout } from "../layout.ts";

/** The pages of a letter, each behind the door that it leads to; one whose door is not there (yet) is not shown. */
const tabs = {
  overview: ["GET deskLetter", "deskLetter"],
  text: ["GET deskText", "deskText"],
  circulation: ["GET deskCirculation", "deskCirculation"],
  publishing: ["GET deskPublishing", "deskPublishing"],
  signatures: ["GET deskSignatures", "deskSignatures"],
  history: ["GET deskLetterHistory", "deskLetterHistory"],
} as const;
export type LetterTab = keyof typeof tabs;

export interface LetterFrame {
  readonly session: Session;
  readonly letter: DeskLetter;
  /** The page that this is, or belongs to. */
  readonly tab: LetterTab;
  /** Of the page within the letter, where it is another than the tab's name. */
  readonly title?: string;
  /** What was done just now, or went wrong; stands above everything. */
  readonly note?: Content;
  readonly main: Html;
}

/** A whole document. Its h1 is the letter's title, so the page's own headings begin at h2. */
export function letterFrame(page: PageContext, frame: LetterFrame): Html {
  const { t } = page;
  const { session, letter, tab, note, main } = frame;
  const name = letter.title || t.text("desk.letter.untitled");
  const title = frame.title ?? t.text(`desk.letter.tab.${tab}`);
  return deskLayout(page, {
    title: `${title}: ${name}`,
    session,
    nav: "letters",
    main: html`<div class="top letter-top">
${note}
${standing(page, letter)}
<h1${letter.title && html` lang="${letter.titleLanguage}"`}>${isolated(name)}</h1>
${tabsNav(page, session.account.role, letter, tab)}
</div>
${main}`,
  });
}

/** Whether somebody of a role may open a door, if there is such a door. */
export function mayOpen(role: Role, door: string): boolean {
  const wanted: Access | undefined = (access as Partial<Record<DoorName, Access>>)[door as DoorName];
  return wanted !== undefined && (wanted.for === "anyone" || wanted.for.includes(role));
}

function standing(page: PageContext, letter: DeskLetter): Html {
  const { t } = page;
  const { stage, slug, people, organisations, closesOn, scheduledFor } = letter;
  const count = people + organisations;
  return html`<p class="row small">${stageMark(page, stage)}${
    scheduledFor &&
    html` <span class="soft">${t.html("publishing.scheduled", { time: whenExactly(page, scheduledFor) })}</span>`
  }${
    slug !== null &&
    count > 0 &&
    html` <span class="soft">${t.text("desk.letter.signatures", { count })}</span>`
  }${
    stage === "open" &&
    closesOn &&
    html` <span class="soft">${t.html("status.until", { when: onDay(page, closesOn) })}</span>`
  }${slug !== null && html` <a class="noprint" href="${page.link(routes.letter(slug))}">${t.text("desk.letter.public")}</a>`}</p>`;
}

const icons = {
  drafting: "pen",
  circulating: "mail",
  open: "pen",
  closed: "shut",
  invited: "shut",
  archived: "book",
} as const;

/** How a letter stands: a sign and a word. */
export function stageMark(page: PageContext, stage: DeskLetter["stage"]): Html {
  return html`<span class="state${raw(stage === "open" ? " on" : "")}">${icon(icons[stage])} ${page.t.text(`desk.stage.${stage}`)}</span>`;
}

function tabsNav(page: PageContext, role: Role, letter: DeskLetter, current: LetterTab): Html {
  const shown = (Object.keys(tabs) as LetterTab[]).filter((tab) => mayOpen(role, tabs[tab][0]));
  if (shown.length < 2) return html``;
  return html`<nav class="tabs" aria-label="${page.t.text("desk.letter.nav")}"><ul>${shown.map((tab) => {
    const make = (routes as unknown as Record<string, (id: string) => string>)[tabs[tab][1]]!;
    return html`<li><a href="${page.link(make(letter.id))}"${raw(tab === current ? ' aria-current="page"' : "")}>${page.t.text(`desk.letter.tab.${tab}`)}</a></li>`;
  })}</ul></nav>`;
}
