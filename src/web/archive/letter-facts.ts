/** What is known of a letter, each fact leading to the letters that share it. */
import type { FilterName } from "../../archive/filters.ts";
import type { Letter } from "../../archive/letter.ts";
import { type Content, type Html, html } from "../../foundation/html.ts";
import type { PageContext } from "../deps.ts";
import { revisionFact } from "./letter-proof.ts";
import { listPath } from "./list-query.ts";
import { statusAhead, statusMark } from "./status-mark.ts";
import { inLanguageOf, name, publisherRole, valueName } from "./words.ts";

/** The section "About this letter". @param ahead it is not public yet */
export function aboutSection(page: PageContext, letter: Letter, ahead = false): Html {
  const { t } = page;
  const facts: [string, Content][] = [[t.text("facts.kind"), t.text(`kind.${letter.kind}`)]];
  if (letter.publisherRole) facts.push([t.text("entry.role"), publisherRole(page, letter.publisherRole)]);
  const stance = stanceOf(page, letter);
  if (stance) facts.push(stance);
  if (letter.topics.length > 0) facts.push([t.text("entry.topic"), links(page, "topic", letter.topics)]);
  if (letter.places.length > 0) facts.push([t.text("filter.place"), links(page, "place", letter.places)]);
  const types = [...new Set(letter.addressees.map(({ type }) => type))];
  if (types.length > 0) facts.push([t.text("facts.addressees"), links(page, "to", types)]);
  const revision = revisionFact(page, letter);
  if (revision) facts.push(revision);
  facts.push([t.text("entry.status"), ahead ? statusAhead(page, letter) : statusMark(page, letter)]);
  return html`<section class="hang" aria-labelledby="about"><h2 id="about">${t.text("facts.title")}</h2>
<dl class="facts">
${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl></section>`;
}

/** "Opposes: STOP CSAM Act of 2023 (bill)". */
function stanceOf(
  page: PageContext,
  { measure, stance, originalLanguage }: Letter,
): [string, Content] | undefined {
  const { t } = page;
  const link = stance && links(page, "stance", [stance]);
  if (!measure) return link ? [t.text("filter.stance"), link] : undefined;
  const named = html`<span${inLanguageOf(page, originalLanguage)}>${name(measure.name)}</span> <span class="soft">(${t.text(`measure.${measure.type}`)})</span>`;
  return [t.text("facts.measure"), link ? html`${named}<br>${link}` : named];
}

/** Values as links to the letters that have them. */
function links(page: PageContext, filter: FilterName, values: readonly string[]): Html {
  const { t } = page;
  return t.listHtml(
    values.map((value) => {
      const path = listPath({ query: "", filters: { [filter]: value }, page: 1 });
      const own = filter === "topic" ? page.site.topics.get(value)?.language : undefined;
      return html`<a href="${page.link(path)}"${own && inLanguageOf(page, own)}>${valueName(page, filter, value)}</a>`;
    }),
  );
}
