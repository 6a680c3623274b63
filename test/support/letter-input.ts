/** A letter for tests, with no more than it needs. */
import type { LetterInput } from "../../src/letters/record-letter.ts";

export function letterInput(input: Partial<LetterInput> = {}): LetterInput {
  return {
    kind: "open-letter",
    publisherRole: "author",
    state: "archived",
    date: { year: 2023, month: 10, day: 17 },
    language: "en",
    topics: [],
    places: [],
    addressees: [],
    initiators: [],
    namedSignatories: [],
    translations: [
      { language: input.language ?? "en", title: "A letter about something", summary: "It asks." },
    ],
    ...input,
  };
}
