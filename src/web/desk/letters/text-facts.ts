/** The part of a letter's form that says what the letter is: to whom, by whom, about what, when. */
import { type Html, html, raw } from "../../../foundation/html.ts";
import { placeCodes, placeName } from "../../../foundation/places.ts";
import { addresseeTypes, kinds, measureTypes, publisherRoles, stances } from "../../../letters/letter.ts";
import { topicName } from "../../archive/words.ts";
import type { PageContext } from "../../deps.ts";
import { choice, control } from "./text-controls.ts";
import type { TextProblems } from "./text-document.ts";
import type { TypedFacts } from "./text-form.ts";

export function factFields(page: PageContext, facts: TypedFacts, problems: TextProblems): Html {
  const { t } = page;
  return html`${section("to", t.text("text.addressees"), addresseeRows(page, facts, problems))}
${section(
  "by",
  t.text("text.by"),
  html`${control(page, problems, { id: "initiators", name: "initiators", label: t.text("letter.initiators"), hint: t.text("text.initiators.hint"), value: facts.initiators, rows: 3 })}
${choice("role", "role", t.text("text.role", { site: page.site.name }), [["", t.text("text.role.none")], ...publisherRoles.map((role) => [role, t.text(`role.${role}`)] as const)], facts.role)}`,
)}
${section(
  "what",
  t.text("text.what"),
  html`${choice(
    "kind",
    "kind",
    t.text("facts.kind"),
    kinds.map((kind) => [kind, t.text(`kind.${kind}`)] as const),
    facts.kind,
  )}
${control(page, problems, { id: "date", name: "date", label: t.text("text.date"), hint: t.text("text.date.hint"), value: facts.date })}
<div class="pair">${control(page, problems, { id: "measure", name: "measure", label: t.text("text.measure"), hint: t.text("text.measure.hint"), value: facts.measure })}
${choice(
  "measure-type",
  "measure-type",
  t.text("text.measure.type"),
  measureTypes.map((type) => [type, t.text(`measure.${type}`)] as const),
  facts.measureType,
)}</div>
${choice("stance", "stance", t.text("filter.stance"), [["", t.text("text.stance.none")], ...stances.map((stance) => [stance, t.text(`stance.${stance}`)] as const)], facts.stance)}`,
)}
${section("about", t.text("text.about"), html`${topicBoxes(page, facts, problems)}${placeRows(page, facts, problems)}`)}`;
}

function section(id: string, heading: string, fields: Html): Html {
  return html`<section class="hang" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${heading}</h2><div class="fields">${fields}</div></section>`;
}

/** The rows that are filled in, and an empty one. */
function addresseeRows(page: PageContext, { addressees }: TypedFacts, problems: TextProblems): Html {
  const { t } = page;
  const rows = [...addressees];
  if (rows.at(-1)?.name !== "") rows.push({ name: "", type: addresseeTypes[0] });
  const types = addresseeTypes.map((type) => [type, t.text(`to.${type}`)] as const);
  return html`${rows.map(({ name, type }, index) => {
    const number = index + 1;
    return html`<div class="pair">${control(page, problems, { id: `addressee-${index}`, name: "addressee[]", label: t.text("text.addressee", { number }), value: name })}
${choice(`addressee-type-${index}`, "addressee-type[]", html`${t.text("text.addressee.type")}<span class="vh"> ${t.number(number)}</span>`, types, type)}</div>
`;
  })}<button class="btn line sm" name="do" value="addressee">${t.text("text.addressee.more")}</button>`;
}

function placeRows(page: PageContext, { places }: TypedFacts, problems: TextProblems): Html {
  const { t } = page;
  const rows = [...places];
  if (rows.at(-1) !== "") rows.push("");
  const names = placeCodes.map((code) => placeName(code, page.language));
  const { compare } = new Intl.Collator(page.language);
  return html`<fieldset><legend>${t.text("filter.place")}</legend><span class="hint">${t.text("text.places.hint")}</span>
${rows.map((value, index) => control(page, problems, { id: `place-${index}`, name: "place[]", label: html`<span class="vh">${t.text("text.place", { number: index + 1 })}</span>`, value, list: "places" }))}
<datalist id="places">${names.sort(compare).map((name) => html`<option value="${name}"></option>`)}</datalist>
<p class="more"><button class="btn line sm" name="do" value="place">${t.text("text.place.more")}</button></p></fieldset>`;
}

function topicBoxes(page: PageContext, facts: TypedFacts, problems: TextProblems): Html {
  const { t } = page;
  const known = Object.keys(t.messages(/^topic\./)).map((key) => key.slice("topic.".length));
  const topics = Array.from(new Set([...known, ...facts.topics]), (slug) => ({
    slug,
    words: topicName(page, slug),
  }));
  const { compare } = new Intl.Collator(page.language);
  return html`<fieldset><legend>${t.text("filter.topic")}</legend><div class="boxes">${topics
    .sort((a, b) => compare(a.words, b.words))
    .map(
      ({ slug, words }, index) =>
        html`<div class="pick"><input type="checkbox" id="topic-${index}" name="topic[]" value="${slug}"${raw(facts.topics.includes(slug) ? " checked" : "")}><label for="topic-${index}">${words}</label></div>`,
    )}</div></fieldset>
${control(page, problems, { id: "topics", name: "topics", label: t.text("text.topics.other"), hint: t.text("text.topics.hint"), value: facts.otherTopics })}`;
}
