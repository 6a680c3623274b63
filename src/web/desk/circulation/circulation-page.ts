import type { CirculationStanding } from "../../../drafting/circulation.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { ListedInvitee } from "../../../drafting/invitee.ts";
import type { Follower } from "../../../drafting/news.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { whenExactly, whenInZone } from "../../when.ts";
import { byReturn, errorList, type FormErrors, field, languageSelect, textArea } from "../field.ts";
import { letterFrame } from "../letters/frame.ts";
import { followPart } from "./follow-part.ts";
import { inviteeTable } from "./invitee-table.ts";
import type { SettingsFields } from "./settings-fields.ts";
import { settingsForm } from "./settings-form.ts";

/** What can just have been done. */
export const circulationNotes = [
  "began",
  "changed",
  "invited",
  "revoked",
  "again",
  "erased",
  "late",
  "late-entered",
  "late-left",
  "decided",
  "undecided",
  "followed",
  "unfollowed",
] as const;

export interface CirculationView {
  readonly session: Session;
  readonly letter: DeskLetter;
  /** Nothing before it began. */
  readonly standing: CirculationStanding | undefined;
  readonly invitees: readonly ListedInvitee[];
  /** The number of the latest frozen draft, and whether the saved one has other words, or only other languages. */
  readonly draft:
    | {
        readonly number: number;
        readonly frozenAt: Date;
        readonly behind: "words" | "languages" | undefined;
      }
    | undefined;
  /** Who is told by mail what those invited do. */
  readonly followers: readonly Follower[];
  /** What a letter needs before it can circulate, and this one has not. */
  readonly missing: readonly ("title" | "text")[];
  /** The edition that beginning it freezes; nothing where a draft was frozen. */
  readonly freezes: number | undefined;
  readonly settings: SettingsFields;
  readonly people: { readonly lines: string; readonly language: string };
  /** What was typed to somebody whose condition is not decided yet. */
  readonly word?: { readonly signOn: string; readonly text: string } | undefined;
  readonly errors: FormErrors;
  readonly note: (typeof circulationNotes)[number] | undefined;
}

/** A letter's circulation as its editors see it. */
export function circulationPage(page: PageContext, view: CirculationView): Html {
  const { t } = page;
  const { session, letter, standing, note, errors } = view;
  return letterFrame(page, {
    session,
    letter,
    tab: "circulation",
    note: html`${errorList(page, errors)}${note && html`<p class="note" role="status">${t.text(`circulation.done.${note}`)}</p>`}`,
    main: standing ? under(page, view, standing) : before(page, view),
  });
}

function before(page: PageContext, { letter, missing, freezes, settings, errors }: CirculationView): Html {
  const { t } = page;
  if (letter.slug !== null) return html`<p class="after">${t.text("circulation.never")}</p>`;
  const [lacks] = missing;
  if (lacks)
    return html`<section class="hang" aria-labelledby="begin"><h2 id="begin">${t.text("circulation.begin")}</h2>
<div class="flow one"><p>${t.text(`circulation.missing.${missing.length > 1 ? "both" : lacks}`)}</p>
<p><a class="btn" href="${page.link(routes.deskText(letter.id))}">${icon("pen")} ${t.text("desk.draft.write")}</a></p>
<p class="small soft">${t.text("circulation.begin.text")}</p></div></section>`;
  return html`<section class="hang" aria-labelledby="begin"><h2 id="begin">${t.text("circulation.begin")}</h2>
<div class="flow"><p class="one">${t.text("circulation.begin.text")}</p>
${settingsForm(page, letter.id, settings, errors, t.text("circulation.begin"), freezes)}</div></section>`;
}

function under(page: PageContext, view: CirculationView, standing: CirculationStanding): Html {
  const { t } = page;
  const { session, letter, invitees, settings, errors } = view;
  const ended = standing.circulation.endedAt !== null;
  return html`${figures(page, view, standing)}
${conditions(page, view, ended)}
<section class="hang" aria-labelledby="people"><h2 id="people">${t.text("circulation.invited")}</h2>
<div class="flow">${invitees.length > 0 ? inviteeTable(page, letter.id, invitees, ended) : html`<p>${t.text("circulation.nobody")}</p>`}
${!ended && inviteForm(page, view)}</div></section>
${!ended && followPart(page, session, letter.id, view.followers)}
${!ended && html`<section class="hang" aria-labelledby="settings"><h2 id="settings">${t.text("circulation.settings")}</h2>${settingsForm(page, letter.id, settings, errors, t.text("desk.save"))}</section>`}`;
}

function figures(
  page: PageContext,
  { letter, draft }: CirculationView,
  { circulation, ...counts }: CirculationStanding,
): Html {
  const { t } = page;
  const { deadline, timeZone, endedAt } = circulation;
  const names = ["invited", "opened", "signed", "waiting", "toRenew", "declined"] as const;
  return html`<section class="hang" aria-labelledby="stands"><h2 id="stands">${t.text("circulation.stands")}</h2><div class="flow">
<dl class="facts narrow">${names.map((name) => html`<dt>${t.text(`circulation.count.${name}`)}</dt><dd>${t.number(counts[name])}</dd>`)}</dl>
${endedAt ? html`<p>${t.html("circulation.ended", { when: whenExactly(page, endedAt) })}</p>` : html`<p>${deadline ? t.html("circulation.until", { when: whenInZone(page, deadline, timeZone) }) : t.text("circulation.endless")}</p>`}
${draft && html`<p>${t.html("circulation.draft", { number: draft.number, when: whenExactly(page, draft.frozenAt) })} ${draft.behind && t.text(`circulation.behind.${draft.behind}`)}</p>`}
<p><a href="${page.link(routes.deskComments(letter.id))}">${t.text("circulation.comments", { count: counts.openComments })}</a></p></div></section>`;
}

function conditions(
  page: PageContext,
  { letter, invitees, word, errors }: CirculationView,
  ended: boolean,
): Html | undefined {
  const { t } = page;
  const open = invitees.flatMap(({ signOn }) =>
    signOn?.condition != null && signOn.outcome === null && !signOn.withdrawnAt ? [signOn] : [],
  );
  if (open.length === 0 || ended) return undefined;
  return html`<section class="hang" id="conditions" aria-labelledby="conditions-h"><h2 id="conditions-h">${t.text("circulation.conditions")}</h2><div class="flow">
<p class="small soft">${t.text("circulation.conditions.text")}</p>
${open.map(
  ({
    id,
    signatory,
    condition,
    draft,
  }) => html`<form class="fields box one" action="${page.link(routes.deskCondition(letter.id, id))}" method="post">${byReturn("outcome", "")}
<p><b>${isolated(signatory.name)}</b>${t.text("list.comma")}${t.text("draft.number", { number: draft })}</p><blockquote class="quoted" dir="auto">${condition}</blockquote>
${field({ name: "word", id: `word-${id}`, label: t.text("circulation.condition.word"), value: word?.signOn === id ? word.text : "", max: 500, error: errors[`word-${id}`] })}
<p class="row mid"><button class="btn sm" name="outcome" value="met">${icon("ok")} ${t.text("circulation.condition.met")}</button> <button class="btn sm line" name="outcome" value="declined">${t.text("circulation.condition.declined")}</button></p></form>
`,
)}</div></section>`;
}

function inviteForm(page: PageContext, { letter, people, errors }: CirculationView): Html {
  const { t } = page;
  return html`<form class="fields one" id="invite" action="${page.link(routes.deskInvitees(letter.id))}" method="post" novalidate>
${textArea({ name: "lines", label: t.text("circulation.lines"), value: people.lines, rows: 5, hint: t.text("circulation.lines.hint"), error: errors.lines, required: true })}
${languageSelect(page, people.language)}
<button class="btn">${icon("mail")} ${t.text("circulation.invite")}</button></form>`;
}
