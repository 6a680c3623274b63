/** What search knows of a letter, written anew whenever the letter changes. */
import type { Transaction } from "../database/open.ts";
import { plainText } from "../foundation/markdown.ts";
import { partialDateFromNumber } from "../foundation/partial-date.ts";
import { placesHolding, world } from "../foundation/places.ts";
import {
  changeFacetCounts,
  type IndexedText,
  type LetterFacts,
  selectFacets,
  selectLetterFacts,
  upsertIndex,
} from "./index-store.ts";
import { knownWords } from "./known-names.ts";
import { insertKnownWords } from "./known-names-store.ts";
import { searchConfiguration } from "./search-configuration.ts";

/** Of longer texts only the beginnings are searched: PostgreSQL takes a tsvector of at most 1 MiB. In UTF-16 units. */
const longestBodies = 200_000;

/** Writes letter_index, the kept counts of facets and the known words of one letter. */
export async function indexLetter(trx: Transaction, letterId: string): Promise<void> {
  const before = await selectFacets(trx, letterId);
  const facts = await selectLetterFacts(trx, letterId);
  const facets = facetsFor(facts);
  const texts: IndexedText[] = facts.translations.map((translation) => ({
    configuration: searchConfiguration(translation.language),
    title: translation.title,
    summary: translation.summary,
    body: plainText(translation.body ?? "").slice(0, longestBodies / facts.translations.length),
    measure: translation.language === facts.language ? (facts.measure_name ?? "") : "",
  }));
  const names = [...facts.addressees.map(({ name }) => name), ...facts.initiators, ...facts.reported];
  await upsertIndex(trx, letterId, { dated: facts.dated, listed: facts.listed, texts, names, facets });
  await changeFacetCounts(
    trx,
    before.filter((facet) => !facets.includes(facet)),
    facets.filter((facet) => !before.includes(facet)),
  );
  await insertKnownWords(trx, knownWords([...names, ...facts.translations.map(({ title }) => title)]));
}

/**
 * The facets of a letter: 'topic:encryption', 'place:EU' with every place that holds it, 'year:2023', … Under the world
 * stand letters to the world alone: it holds every place, and would select them all.
 */
function facetsFor(facts: Omit<LetterFacts, "listed">): string[] {
  const holding = facts.places
    .flatMap(placesHolding)
    .filter((place) => place !== world || facts.places.includes(world));
  const facets = [
    ...facts.topics.map((topic) => `topic:${topic}`),
    ...holding.map((place) => `place:${place}`),
    `year:${partialDateFromNumber(facts.dated).year}`,
    ...facts.addressees.map(({ type }) => `to:${type}`),
    ...(facts.publisher_role ? [`role:${facts.publisher_role}`] : []),
    ...(facts.stance ? [`stance:${facts.stance}`] : []),
    `status:${facts.state}`,
    ...facts.translations.map(({ language }) => `language:${language}`),
  ];
  return Array.from(new Set(facets)).sort();
}
