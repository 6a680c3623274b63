/** The members of the JSON in plain words, for people; docs/api.md has them in full (test/rooms/archive-machines.test.ts). */
import { type Html, html } from "../../foundation/html.ts";
import type { MessageKey } from "../../foundation/i18n.ts";
import type { PageContext } from "../deps.ts";

type Fields = readonly (readonly [members: string, words: MessageKey])[];

const ofEveryLetter: Fields = [
  ["id slug url json", "data.fields.identity"],
  ["kind status example", "data.fields.kind"],
  ["date language title summary", "data.fields.original"],
  ["publisher", "data.fields.publisher"],
  ["initiators addressees", "data.fields.who"],
  ["measure stance", "data.fields.measure"],
  ["topics places", "data.fields.topics"],
  ["signatures", "data.fields.signatures"],
  ["reported", "data.fields.reported"],
  ["opened closesOn closed updated", "data.fields.times"],
];

const ofOneLetter: Fields = [
  ["texts revision", "data.fields.texts"],
  ["signatories", "data.fields.signatories"],
  ["corrections", "data.fields.corrections"],
  ["openings cite", "data.fields.openings"],
];

/** What each letter of /letters.json has, and what more its own JSON has. */
export function dataFields({ t }: PageContext): Html {
  const list = (fields: Fields) =>
    html`<dl class="facts">
${fields.map(
  ([members, words]) =>
    html`<dt>${t.listHtml(members.split(" ").map((member) => html`<code dir="ltr">${member}</code>`))}</dt><dd>${t.text(words)}</dd>\n`,
)}</dl>`;
  return html`<p>${t.text("data.fields.all")}</p>
${list(ofEveryLetter)}
<p>${t.text("data.fields.one")}</p>
${list(ofOneLetter)}`;
}
