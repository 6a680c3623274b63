/** From what was typed into a letter's form to its document; or what needs another look. */
import { type DraftDocument, longestBody } from "../../../drafting/document.ts";
import { fold } from "../../../foundation/fold.ts";
import { languages } from "../../../foundation/i18n.ts";
import { parsePartialDate } from "../../../foundation/partial-date.ts";
import { isPlace, placeCodes, placeName } from "../../../foundation/places.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { parseLine } from "../../../foundation/text-field.ts";
import {
  type AddresseeType,
  addresseeTypes,
  kinds,
  type MeasureType,
  measureTypes,
  publisherRoles,
  stances,
} from "../../../letters/letter.ts";
import { longestTopicName, topicSlug } from "../../../letters/topic-slug.ts";
import type { NamedTopic } from "../../../letters/topics.ts";
import type { TypedFacts, TypedText } from "./text-form.ts";

/** What is wrong, by the id of its field. */
export type TextProblem =
  | "long"
  | "date"
  | "place"
  | "topic"
  /** Another topic has the address already; this is its name. */
  | { readonly taken: string };
export type TextProblems = Readonly<Record<string, TextProblem>>;

export interface Made {
  readonly document: DraftDocument;
  /** Topics that were typed. */
  readonly topics: readonly NamedTopic[];
}

/** The document with what was typed in the place of what was there; or what needs another look. */
export function documentWith(
  document: DraftDocument,
  typed: TypedText,
  language: string,
): Made | { readonly problems: TextProblems } {
  const { title, summary, body, confirmed, facts } = typed;
  const problems: Record<string, TextProblem> = {};
  if (title.length > 500) problems.title = "long";
  if (summary.length > 2_000) problems.summary = "long";
  if (body.length > longestBody) problems.body = "long";
  const of = /^[\w-]{43}$/.test(confirmed) ? confirmed : document.texts[language]?.of;
  const texts = { ...document.texts, [language]: { title, summary, body, ...(of && { of }) } };
  const changed = { ...document, texts, ...(facts && factsWith(document, facts, problems)) };
  if (Object.keys(problems).length > 0) return { problems };
  const topics = otherTopics(facts, {}).map((name) => ({ topic: topicSlug(name), name, language }));
  return { document: changed, topics };
}

function factsWith(
  document: DraftDocument,
  facts: TypedFacts,
  problems: Record<string, TextProblem>,
): Partial<DraftDocument> {
  if (facts.date !== "" && !parsePartialDate(facts.date)) problems.date = "date";
  if (facts.measure.length > 500) problems.measure = "long";
  for (const [index, { name }] of facts.addressees.entries())
    if (name.length > 500) problems[`addressee-${index}`] = "long";
  const initiators = facts.initiators.split("\n").map((name) => name.trim());
  if (initiators.some((name) => name.length > 500)) problems.initiators = "long";
  const places = facts.places.map((name, index) => {
    const code = name.trim() === "" ? "" : placeCode(name);
    if (code === undefined) problems[`place-${index}`] = "place";
    return code ?? "";
  });
  const others = otherTopics(facts, problems).map(topicSlug);
  const measure = facts.measure.trim();
  return {
    kind: oneOf(kinds, facts.kind) ?? document.kind,
    publisherRole: oneOf(publisherRoles, facts.role) ?? null,
    date: facts.date,
    addressees: facts.addressees
      .map(({ name, type }) => ({ name: name.trim(), type: oneOf(addresseeTypes, type) ?? firstType }))
      .filter(({ name }) => name !== ""),
    initiators: initiators.filter((name) => name !== ""),
    topics: inOrder(document.topics, [...facts.topics.map(topicSlug), ...others]),
    places: unique(places),
    measure:
      measure === ""
        ? null
        : { name: measure, type: oneOf(measureTypes, facts.measureType) ?? (measureTypes[0] as MeasureType) },
    stance: oneOf(stances, facts.stance) ?? null,
  };
}

/** Topics as they were typed, with commas between them. */
function otherTopics(facts: TypedFacts | undefined, problems: Record<string, TextProblem>): string[] {
  const typed = facts?.otherTopics.split(/[,،、;\n]/u) ?? [];
  return typed
    .filter((topic) => topic.trim() !== "")
    .map((topic) => {
      const name = parseLine(topic, { max: longestTopicName, urls: true });
      if (!isProblem(name) && topicSlug(name) !== "") return name;
      problems.topics = isProblem(name) && name.problem === "too-long" ? "long" : "topic";
      return "";
    });
}

const firstType: AddresseeType = addresseeTypes[0];

function oneOf<Value extends string>(values: readonly Value[], value: string): Value | undefined {
  return values.find((one) => one === value);
}

/** The form shows topics by their names; those that were there keep the order that they had. */
function inOrder(before: readonly string[], now: readonly string[]): string[] {
  return unique([...before.filter((topic) => now.includes(topic)), ...now]);
}

function unique(values: readonly string[]): string[] {
  return Array.from(new Set(values)).filter((value) => value !== "");
}

/** A place by its code, or by its name in any language of the interface. */
function placeCode(typed: string): string | undefined {
  const code = typed.trim().toUpperCase();
  if (isPlace(code)) return code;
  const name = fold(typed.trim());
  return placeCodes.find((one) => languages.some((language) => fold(placeName(one, language)) === name));
}
