import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import { placeName } from "../../../foundation/places.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { FoundSignatories, FoundSignatory } from "../../../signing/search.ts";
import type { PageContext } from "../../deps.ts";
import { when } from "../../when.ts";
import { deskLayout } from "../layout.ts";
import { stageMark } from "../letters/frame.ts";
import { letterName } from "../letters/letter-table.ts";
import { stateMark } from "../review/signature-words.ts";
import { table } from "../table.ts";
import { searchForm } from "./search-form.ts";

export interface FoundLetters {
  readonly letters: readonly DeskLetter[];
  /** How many public ones are not shown here. */
  readonly more: number;
  /** What was looked for as well, since what was typed was found hardly anywhere. */
  readonly corrected?: string | undefined;
}

export interface FoundNames extends FoundSignatories {
  readonly letters: ReadonlyMap<string, DeskLetter>;
}

export interface SearchState {
  readonly query: string;
  /** Whether this person may look for signatories. */
  readonly names: boolean;
  /** Nothing before anything is looked for. */
  readonly found: { readonly letters: FoundLetters; readonly names: FoundNames | undefined } | undefined;
}

/** Letters and signatories that hold some words. */
export function searchPage(page: PageContext, session: Session, { query, names, found }: SearchState): Html {
  const { t } = page;
  const title = t.text("desk.search.title");
  return deskLayout(page, {
    title: query ? `${title}: ${query}` : title,
    session,
    main: html`<div class="top one flow"><h1>${title}</h1>
${searchForm(page, { query, names, hint: true })}</div>
${found && letterSection(page, query, found.letters)}${found?.names && nameSection(page, found.names)}`,
  });
}

function letterSection(page: PageContext, query: string, { letters, more, corrected }: FoundLetters): Html {
  const { t } = page;
  const heading = t.text("desk.nav.letters");
  return html`<section class="hang" aria-labelledby="letters"><h2 id="letters">${heading}</h2><div>${
    corrected !== undefined && html`<p>${t.text("desk.search.corrected", { words: corrected })}</p>`
  }${
    letters.length > 0
      ? table(
          heading,
          [
            t.text("desk.letters.column.letter"),
            t.text("desk.letters.column.stands"),
            t.text("desk.letters.column.count"),
          ],
          letters.map((letter) => [
            letterName(page, letter, routes.deskLetter(letter.id)),
            stageMark(page, letter.stage),
            letter.slug === null ? "–" : t.number(letter.people + letter.organisations),
          ]),
        )
      : html`<p>${t.text("desk.search.noLetter")}</p>`
  }${more > 0 && html`<p class="small more"><a href="${page.link(withQuery(routes.archive(), { q: query }))}">${t.text("desk.search.more", { count: more })}</a></p>`}</div></section>
`;
}

function nameSection(page: PageContext, found: FoundNames): Html {
  const { t } = page;
  const { signatories, more, letters } = found;
  const heading = t.text("desk.search.signatories");
  return html`<section class="hang" aria-labelledby="names"><h2 id="names">${heading}</h2><div>${
    signatories.length > 0
      ? table(
          heading,
          [
            t.text("desk.search.name"),
            t.text("desk.letters.column.letter"),
            t.text("desk.letters.column.stands"),
            t.text("desk.search.signed"),
          ],
          signatories.map((one) => [
            nameCell(page, one),
            letterName(page, letters.get(one.letterId)!, routes.deskLetter(one.letterId)),
            html`${stateMark(page, one.state)}${one.state === "accepted" && !one.show && html`<br><span class="small soft">${t.text("desk.search.unnamed")}</span>`}`,
            when(page, one.acceptedAt ?? one.createdAt),
          ]),
        )
      : html`<p>${t.text("desk.search.nobody")}</p>`
  }${more && html`<p class="small more">${t.text("desk.search.moreNames", { count: signatories.length })}</p>`}</div></section>
`;
}

function nameCell(page: PageContext, { id, letterId, name, affiliation, country }: FoundSignatory): Html {
  const place = placeName(country, page.language);
  return html`<a href="${page.link(routes.deskSignature(letterId, id))}">${isolated(name)}</a><br><span class="small soft opt">${affiliation && html`${isolated(affiliation)}, `}${isolated(place)}</span>`;
}
