/** Letters of one stage as a table: what is worth knowing of such a letter. */
import type { DeskStage, ListedLetter } from "../../../drafting/desk-letter.ts";
import { type Content, type Html, html } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import { routes } from "../../../routes.ts";
import { inLanguageOf } from "../../archive/words.ts";
import type { PageContext } from "../../deps.ts";
import { onDay, when, whenExactly } from "../../when.ts";
import { table } from "../table.ts";

/** Of a circulating letter: how many of those invited have signed. */
export type SignOns = ReadonlyMap<string, { readonly signed: number; readonly invited: number }>;

type Column =
  | "changedBy"
  | "changedAt"
  | "signed"
  | "deadline"
  | "count"
  | "closes"
  | "closed"
  | "date"
  | "reported";

const columns: Readonly<Record<DeskStage, readonly Column[]>> = {
  drafting: ["changedBy", "changedAt"],
  circulating: ["signed", "deadline"],
  open: ["count", "closes", "changedBy"],
  closed: ["count", "closed", "changedBy"],
  invited: ["count", "date", "changedBy"],
  archived: ["reported", "date", "changedBy"],
};

/** @param link where a letter's name leads; to its overview unless told */
export function letterTable(
  page: PageContext,
  stage: DeskStage,
  letters: readonly ListedLetter[],
  signOns: SignOns,
  link: (id: string) => string = routes.deskLetter,
): Html {
  const { t } = page;
  const heads = columns[stage].map((column) => t.text(`desk.letters.column.${column}`));
  return table(
    t.text(`desk.stage.${stage}`),
    [t.text("desk.letters.column.letter"), ...heads],
    letters.map((letter) => [
      html`${letterName(page, letter, link(letter.id))}${letter.scheduledFor && html`<br><span class="small soft">${t.html("publishing.scheduled", { time: whenExactly(page, letter.scheduledFor) })}</span>`}`,
      ...columns[stage].map((column) => cell(page, column, letter, signOns)),
    ]),
  );
}

/** A letter's title, which leads to its pages. */
export function letterName(
  page: PageContext,
  { title, titleLanguage }: Pick<ListedLetter, "title" | "titleLanguage">,
  path: string,
): Html {
  return html`<a href="${page.link(path)}"${title && html` lang="${titleLanguage}"`}>${isolated(title || page.t.text("desk.letter.untitled"))}</a>`;
}

function cell(page: PageContext, column: Column, letter: ListedLetter, signOns: SignOns): Content {
  const { t } = page;
  const none = "–";
  switch (column) {
    case "changedBy":
      if (letter.changedAt === null) return none;
      return html`${letter.changedBy === null ? t.text("history.actor.system") : isolated(letter.changedBy)}${letter.slug !== null && html`<br><span class="small soft">${when(page, letter.changedAt)}</span>`}`;
    case "changedAt":
      return letter.changedAt ? when(page, letter.changedAt) : none;
    case "signed":
      return t.text("desk.letters.signed", signOns.get(letter.id) ?? { signed: 0, invited: 0 });
    case "deadline":
      return letter.deadline ? when(page, letter.deadline) : t.text("desk.letters.noDeadline");
    case "count":
      return t.number(letter.people + letter.organisations);
    case "closes":
      return letter.closesOn ? onDay(page, letter.closesOn) : t.text("desk.letters.noClose");
    case "closed":
      return letter.closedAt ? when(page, letter.closedAt) : none;
    case "date":
      return letter.date ? when(page, letter.date) : none;
    case "reported":
      return reportedWords(page, letter) ?? none;
  }
}

/** How many names are reported, and how many more: "12 by name, and more than 75". */
function reportedWords(page: PageContext, { reported, more }: ListedLetter): Content | undefined {
  const { t } = page;
  const named = reported > 0 ? t.number(reported) : undefined;
  if (!more) return named;
  const { count, qualifier, description, language } = more;
  const others =
    count !== null && qualifier !== null
      ? t.text(`desk.letters.reported.${qualifier}`, { count })
      : html`<span${inLanguageOf(page, language)}>${isolated(description)}</span>`;
  return named === undefined ? others : t.html("desk.letters.reported.both", { named, others });
}
