/** How two versions of a letter differ: each text word by word, all else by what it was and is. */
import type { Comparison, FactName, TextField } from "../../../drafting/compare.ts";
import type { DraftDocument } from "../../../drafting/document.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, languageName } from "../../../foundation/i18n.ts";
import { placeName } from "../../../foundation/places.ts";
import { topicName } from "../../archive/words.ts";
import type { PageContext } from "../../deps.ts";
import { differenceView, replaced } from "../../difference.ts";

/** All that differs, under headings of the third level. */
export function comparison(
  page: PageContext,
  { texts, facts }: Comparison,
  before: DraftDocument,
  after: DraftDocument,
): Html {
  const { t } = page;
  const several = new Set([...Object.keys(before.texts), ...Object.keys(after.texts)]).size > 1;
  if (texts.length === 0 && facts.length === 0) return html`<p>${t.text("difference.none")}</p>`;
  return html`${texts.map(
    ({ language, field, pieces }) =>
      html`<h3>${partName(page, field)}${several && html` <span class="soft" lang="${language}">(${isolated(languageName(language))})</span>`}</h3>
${differenceView(page, pieces, language)}
`,
  )}${
    facts.length > 0 &&
    html`<h3>${t.text("difference.facts")}</h3><dl class="facts">${facts.map(
      (name) =>
        html`<dt>${partName(page, name)}</dt><dd>${replaced(page, factWords(page, before, name), factWords(page, after, name))}</dd>\n`,
    )}</dl>`
  }`;
}

/** What a part of a letter is called. */
export function partName(page: PageContext, part: TextField | FactName): string {
  return page.t.text(`text.part.${part}`);
}

/** A fact in words; empty where there is none. */
function factWords(page: PageContext, document: DraftDocument, name: FactName): string {
  const { t } = page;
  const { kind, publisherRole, stance, measure, addressees } = document;
  if (name === "kind") return t.text(`kind.${kind}`);
  if (name === "publisherRole") return publisherRole ? t.text(`role.${publisherRole}`) : "";
  if (name === "stance") return stance ? t.text(`stance.${stance}`) : "";
  if (name === "measure") return measure ? `${measure.name} (${t.text(`measure.${measure.type}`)})` : "";
  if (name === "addressees")
    return addressees.map((one) => `${one.name} (${t.text(`to.${one.type}`)})`).join("; ");
  if (name === "topics") return t.list(document.topics.map((slug) => topicName(page, slug)));
  if (name === "places") return t.list(document.places.map((code) => placeName(code, page.language)));
  if (name === "initiators") return document.initiators.join("; ");
  return document.date;
}
