/** The list of what to look at before a letter becomes public. */
import type { Check } from "../../../drafting/checklist.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, languageName, type MessageKey } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { onDay, when } from "../../when.ts";
import type { DoorName } from "../access.ts";
import { mayOpen } from "../letters/frame.ts";

type Way = readonly [
  words: "text" | "closing" | "reported" | "circulation" | "comments" | "held",
  door: DoorName,
  path: (id: string) => string,
];
/** Where something is mended, and the words that lead there; all else is mended where the letter is written. */
const ways: Partial<Record<Check["name"], Way>> = {
  closing: ["closing", "GET deskPublishing", (id) => `${routes.deskPublishing(id)}#closes`],
  reported: ["reported", "GET deskPublishing", (id) => `${routes.deskPublishing(id)}#organisations`],
  circulation: ["circulation", "GET deskCirculation", routes.deskCirculation],
  comments: ["comments", "GET deskComments", routes.deskComments],
  held: ["held", "GET deskSignatures", routes.deskSignatures],
};
const icons = { ok: "ok", missing: "no", look: "wait" } as const;

export function checklistPart(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  checks: readonly Check[],
): Html {
  const { t } = page;
  const stops = checks.filter(({ state }) => state === "missing").length;
  const looks = checks.filter(({ state }) => state === "look").length;
  return html`<section class="hang" aria-labelledby="checks"><h2 id="checks">${t.text("publishing.checks")}</h2>
<div class="flow one"><p>${t.text(stops > 0 ? "publishing.checks.stops" : looks > 0 ? "publishing.checks.looks" : "publishing.checks.ready", { stops, looks })}</p>
${checkList(page, session, letter, checks)}</div></section>`;
}

/** Each with its mark, what is to be known, and where it is mended. */
export function checkList(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  checks: readonly Check[],
): Html {
  return html`<ul class="checks">${checks.map((check) => row(page, session, letter, check))}</ul>`;
}

function row(page: PageContext, session: Session, letter: DeskLetter, check: Check): Html {
  const { t } = page;
  const { name, state } = check;
  const mark = html`<span class="state${state === "missing" ? " bad" : state === "ok" ? " on" : ""}">${icon(icons[state])} <span class="vh">${t.text(`publishing.check.${state}`)}: </span>${t.text(`publishing.check.${name}`)}</span>`;
  const way = state !== "ok" && wayTo(page, session, letter, check);
  return html`<li class="${state}">${mark} <span class="small soft">${sentence(page, check)}</span>${way && html` ${way}`}</li>
`;
}

/** The most exact sentence that there is: by state and way, by state, by way. */
function sentence(page: PageContext, { name, state, how, languages, names, count, date, day }: Check): Html {
  const { t } = page;
  const keys = [`${name}.${state}.${how}`, `${name}.${how}`, `${name}.${state}`];
  const key = keys.map((one) => `publishing.check.${one}`).find((one) => t.has(one)) as
    | MessageKey
    | undefined;
  if (!key) return html``;
  return t.html(key, {
    count: count ?? 0,
    languages: t.list((languages ?? []).map(languageName)),
    names: t.listHtml((names ?? []).map(isolated)),
    ...(date && { date: when(page, date) }),
    ...(day && { day: onDay(page, day) }),
  });
}

function wayTo(page: PageContext, session: Session, letter: DeskLetter, { name }: Check): Html | undefined {
  // Nothing to mend: the desk can vouch for the signatures once they are there.
  if (name === "evidence") return undefined;
  const [words, door, path] = ways[name] ?? (["text", "GET deskText", routes.deskText] as const);
  if (!mayOpen(session.account.role, door)) return undefined;
  const { t } = page;
  return html`<a class="small" href="${page.link(path(letter.id))}">${t.text(`publishing.check.to.${words}`)}<span class="vh">: ${t.text(`publishing.check.${name}`)}</span></a>`;
}
