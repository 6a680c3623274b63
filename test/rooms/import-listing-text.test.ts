/** The parser of plain-text listings: round trips, the mess of real files, and its law. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Listing } from "../../src/exchange/listing.ts";
import { parseTextListing } from "../../src/exchange/listing-text.ts";
import { formatPartialDate, makePartialDate } from "../../src/foundation/partial-date.ts";
import { asText, entriesOf, sampleEntries, sampleSite } from "../support/listings.ts";

/** Each passage that was not placed: its line and its reason. */
const left = ({ notPlaced }: Listing) => notPlaced.map(({ lines, reason }) => [lines[0], reason]);

test("the sample as text is read back whole", () => {
  const listing = parseTextListing(asText(sampleEntries));
  assert.equal(listing.heading?.text, sampleSite.heading);
  assert.equal(listing.tagline?.text, sampleSite.tagline);
  assert.deepEqual(entriesOf(listing), sampleEntries);
  assert.deepEqual(listing.notPlaced, []);
});

test("blanks, quotes, line ends and a byte order mark do not matter", () => {
  const text = [
    "\uFEFF  Open\u00a0Letters ",
    "",
    "\tOn the record\u200b",
    "\u00a0",
    "17\u00a0October  2023 ",
    " “STOP CSAM”\u00a0and  what it means ",
    "It isn’t\u2009wise.",
    "April\u202f2022",
    "A letter without a summary",
    "",
    "",
    "",
    "\u200e2015",
    "A letter of which the year is known",
    "Its summary goes over",
    "  several lines,",
    "and ends here",
  ].join("\r\n");
  const listing = parseTextListing(text);
  assert.equal(listing.heading?.text, "Open Letters");
  assert.equal(listing.tagline?.text, "On the record");
  assert.deepEqual(entriesOf(listing), [
    {
      date: { year: 2023, month: 10, day: 17 },
      title: "“STOP CSAM” and what it means",
      summary: "It isn’t wise.",
    },
    { date: { year: 2022, month: 4 }, title: "A letter without a summary", summary: "" },
    {
      date: { year: 2015 },
      title: "A letter of which the year is known",
      summary: "Its summary goes over several lines, and ends here",
    },
  ]);
  assert.deepEqual(listing.letters[2]?.lines, [13, 14, 15, 16, 17]);
  assert.deepEqual(listing.notPlaced, []);
  assert.deepEqual(entriesOf(parseTextListing(text.replaceAll("\r\n", "\r"))), entriesOf(listing));
});

test("years as headings are no letters", () => {
  const listing = parseTextListing(
    "Letters\n\n2023\n\n17 October 2023\nFirst\nSummary.\n2022\nApril 2022\nSecond\nSummary.\n\nMarch 2021\n5 March 2021\nThird\n",
  );
  assert.deepEqual(
    entriesOf(listing).map(({ title }) => title),
    ["First", "Second", "Third"],
  );
  assert.deepEqual(left(listing), [
    [3, "group"],
    [8, "group"],
    [13, "group"],
  ]);
});

test("“Read more” is taken out of a summary, and told", () => {
  const listing = parseTextListing(
    "L\n\n17 October 2023\nFirst\nIt says so. Read more »\n\nApril 2022\nSecond\nIt says no\nContinue reading\n\n" +
      "May 2021\nLire la suite\nTroisième\nUn résumé… En savoir plus\n",
  );
  assert.deepEqual(
    entriesOf(listing).map(({ title, summary }) => [title, summary]),
    [
      ["First", "It says so."],
      ["Second", "It says no"],
      ["Troisième", "Un résumé…"],
    ],
  );
  assert.deepEqual(left(listing), [
    [5, "leftover"],
    [10, "leftover"],
    [13, "leftover"],
    [15, "leftover"],
  ]);
});

test("a date within a wrapped sentence begins no letter", () => {
  const listing = parseTextListing(
    "L\n\n17 October 2023\nFirst\nThe act was passed in\nApril 2022\nand has done harm since\n2022.\n\nMay 2021\nSecond\nIt came in\nMarch 2020\n\nJune 2019\nThird\n",
  );
  assert.deepEqual(
    entriesOf(listing).map(({ title, summary }) => [title, summary]),
    [
      ["First", "The act was passed in April 2022 and has done harm since 2022."],
      ["Second", "It came in March 2020"],
      ["Third", ""],
    ],
  );
});

test("what has no certain date, no title, or no place is listed with its line", () => {
  const listing = parseTextListing(
    [
      "Skip to content", // 1
      "Open Letters",
      "On the record",
      "",
      "We write letters.", // 5
      "",
      "31 February 2022", // 7
      "A letter of no day",
      "Its summary.",
      "",
      "04/10/2022", // 11
      "A letter of two days",
      "",
      "5 March 2021", // 14
      "",
      "4 March 2021",
      "A good letter",
      "Its summary.",
      "",
      "Our other letters", // 20
      "",
      "They stand elsewhere.",
      "",
      "3 March 2021",
      "Another",
      "Its summary.",
      "",
      "Contact us. We answer.", // 28
      "© 2023 Somebody", // 29
    ].join("\n"),
  );
  assert.equal(listing.heading?.text, "Open Letters");
  assert.deepEqual(
    entriesOf(listing).map(({ title, summary }) => [title, summary]),
    [
      ["A good letter", "Its summary."],
      ["Another", "Its summary."],
    ],
  );
  assert.deepEqual(left(listing), [
    [1, "leftover"],
    [5, "front"],
    [7, "unclear-date"],
    [8, "unclear-date"],
    [9, "unclear-date"],
    [11, "unclear-date"],
    [12, "unclear-date"],
    [14, "no-title"],
    [20, "after"],
    [22, "after"],
    [28, "after"],
    [29, "leftover"],
  ]);
});

test("a letter under a date that names no one day, month or year stays out of the letter before it", () => {
  const vague = [
    "Early 2019",
    "3–4 May 2019",
    "May/June 2019",
    "Q3 2019",
    "Spring 2019",
    "May 2019 (updated)",
    "May ’19",
    "3 May",
    "2018–2019",
    "Winter 2019/20",
    "c. 2019",
    "Undated",
    "n.d.",
    "Début mai 2019",
    "Printemps 2019",
    "Sin fecha",
    "Principios de 2019",
    "أوائل ٢٠١٩",
    // In words that nobody has listed.
    "Frühsommer 2019",
    "Michaelmas Term, 2019",
  ];
  const first = ["17 October 2023", "First", "Its summary."];
  const last = ["3 March 2018", "Last", "Its summary."];
  for (const line of vague) {
    for (const between of [
      [line, "Second", "The second summary."],
      [line, "Second"],
    ]) {
      for (const [gap, within] of [
        ["\n\n", "\n"],
        ["\n\n", "\n\n"],
        ["\n", "\n"],
      ] as const) {
        for (const before of [first, first.slice(0, 2)]) {
          const text = [["L", "On record"], before, between, last].map((part) => part.join(within)).join(gap);
          // Without blank lines nothing but its words tells a date that is not known from a summary.
          if (gap === "\n" && before.length === 2 && /sommer|Term/.test(line)) continue;
          const listing = parseTextListing(`${text}\n`);
          const shown = JSON.stringify(text);
          assert.deepEqual(
            entriesOf(listing).map(({ title, summary }) => [title, summary]),
            [
              ["First", before[2] ?? ""],
              ["Last", "Its summary."],
            ],
            shown,
          );
          assert.deepEqual(
            listing.notPlaced.map((passage) => passage.text),
            between,
            shown,
          );
        }
      }
    }
  }
});

test("a vague date within a sentence begins no letter; one before its title does", () => {
  const sentence = parseTextListing(
    "L\n\n17 October 2023\nFirst\nThe act was passed in\nearly 2019\nand has done harm.\n\n3 March 2018\nLast\nIt says\nno.\n",
  );
  assert.equal(sentence.letters[0]?.summary, "The act was passed in early 2019 and has done harm.");
  assert.deepEqual(sentence.notPlaced, []);
  const before = parseTextListing(
    "L\n\n17 October 2023 – One\nSummary.\nEarly 2019 – Two\nThe second.\n3 March 2018 – Three\nSummary.\n",
  );
  assert.deepEqual(
    entriesOf(before).map(({ title, summary }) => [title, summary]),
    [
      ["One", "Summary."],
      ["Three", "Summary."],
    ],
  );
  assert.deepEqual(left(before), [
    [5, "unclear-date"],
    [5, "unclear-date"],
    [6, "unclear-date"],
  ]);
});

test("a second paragraph is prose broken by its width, not a label, a title and a summary", () => {
  const listing = parseTextListing(
    [
      "L",
      "",
      "17 October 2023",
      "First",
      "Its summary.",
      "",
      "A second paragraph that was broken by the width of",
      "the page it stood on.",
      "",
      "Date to follow",
      "Second",
      "The second summary.",
      "",
      "3 March 2018",
      "Last",
    ].join("\n"),
  );
  assert.equal(
    listing.letters[0]?.summary,
    "Its summary. A second paragraph that was broken by the width of the page it stood on.",
  );
  assert.deepEqual(left(listing), [
    [10, "after"],
    [11, "after"],
    [12, "after"],
  ]);
});

test("Markdown, other languages, dates beside titles, titles above dates", () => {
  const titles = (text: string) =>
    entriesOf(parseTextListing(text)).map(({ date, title }) => [formatPartialDate(date, "en"), title]);
  assert.deepEqual(titles("# L\n\n- **17 October 2023**\n### [A title](https://example.org/a)\nSummary.\n"), [
    ["17 October 2023", "A title"],
  ]);
  assert.deepEqual(
    titles("L\n\n1er mars 2021\nUne lettre\n\n17 de octubre de 2023\nUna carta\n\n١٧ أكتوبر ٢٠٢٣\nرسالة\n"),
    [
      ["1 March 2021", "Une lettre"],
      ["17 October 2023", "Una carta"],
      ["17 October 2023", "رسالة"],
    ],
  );
  assert.deepEqual(
    titles("L\n\n17 October 2023 – One\nSummary.\n\n2022-04-05 Two\n\nThree (March 2021)\nSummary.\n"),
    [
      ["17 October 2023", "One"],
      ["5 April 2022", "Two"],
      ["March 2021", "Three"],
    ],
  );
  assert.deepEqual(titles("L\n\nOne\n17 October 2023\nSummary.\n\nTwo\nApril 2022\nSummary.\n"), [
    ["17 October 2023", "One"],
    ["April 2022", "Two"],
  ]);
});

const word = fc.stringMatching(/^[a-zéèß]{1,9}$/);
const sentence = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => `The ${words.join(" ")}.`);
const date = fc
  .tuple(
    fc.integer({ min: 1900, max: 2099 }),
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 0, max: 28 }),
  )
  .map(([year, month, day]) => makePartialDate(year, month, month === 0 ? 0 : day)!);
const entry = fc.record(
  {
    date,
    title: sentence.map((words) => words.slice(0, -1)),
    summary: fc.option(sentence, { nil: "" }),
  },
  { noNullPrototype: true },
);

test("property: any listing is read back from any layout of its lines", () => {
  const blank = fc.constantFrom(" ", "  ", "\u00a0", "\t", " \u2009");
  const layout = fc.record({
    entries: fc.array(entry, { minLength: 1, maxLength: 6 }),
    gap: fc.constantFrom("\n", "\n\n", "\n\n\n", "\n \u00a0\n"),
    within: fc.constantFrom("\n", "\n\n", "\n \n"),
    end: fc.constantFrom("\n", "\r\n", "\r"),
    width: fc.integer({ min: 12, max: 200 }),
    blank,
    mark: fc.constantFrom("", "\ufeff"),
    more: fc.constantFrom("", "Read more", "Leer más"),
  });
  fc.assert(
    fc.property(layout, ({ entries, gap, within, end, width, blank: space, mark, more }) => {
      const lines = entries.map(({ date: at, title, summary }) =>
        [formatPartialDate(at, "en"), title, wrap(summary, width), more].filter(Boolean).join(within),
      );
      const text = `${mark}${["Letters", "On the record"].join(within)}\n\n${lines.join(gap)}`
        .replaceAll(" ", space)
        .replaceAll("\n", end);
      const listing = parseTextListing(text);
      assert.deepEqual(entriesOf(listing), entries);
      assert.equal(listing.tagline?.text, "On the record");
      assert.equal(listing.notPlaced.length, more ? entries.length : 0);
    }),
  );
});

/** Breaks before a word that does not begin a line in capitals, as mail programs do. */
function wrap(text: string, width: number): string {
  return text.replace(new RegExp(`(.{1,${width}})(?: |$)`, "g"), "$1\n").trim();
}

/** Lines that listings are made of, and lines that are not. */
const anyLine = fc.oneof(
  fc.constantFrom(
    "",
    "",
    "  ",
    "\u00a0",
    "17 October 2023",
    "April 2022",
    "2021",
    "31 June 2020",
    "01/02/2020",
    "Read more",
    "1 2 3",
    "***",
    "© 2023",
    "# Heading",
    "- [Title](https://example.org)",
    "A title",
    "a wrapped line without an end",
    "A sentence. Read more",
    "17 October 2023 – Title",
    "Title (May 2020)",
    "مارس 2022",
    "رسالة مفتوحة",
    "\ufeff",
    "\u200b",
    "·",
  ),
  fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, " ")),
);

test("property: every line that says something is in a letter, the heading, the tagline, or not placed", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 40 }), fc.constantFrom("\n", "\r\n", "\r"), (lines, end) => {
      const { heading, tagline, letters, notPlaced } = parseTextListing(lines.join(end));
      const covered = new Set(
        [heading, tagline, ...letters, ...notPlaced].flatMap((passage) => passage?.lines ?? []),
      );
      lines.forEach((line, index) => {
        const says = /[\p{L}\p{N}\p{P}\p{S}]/u.test(line);
        if (says) assert.ok(covered.has(index + 1), `line ${index + 1} is lost: ${JSON.stringify(line)}`);
        else if (/^\s*$/.test(line)) assert.ok(!covered.has(index + 1));
      });
    }),
    { numRuns: 1000 },
  );
});

test("property: no word is lost", () => {
  const parts = fc.constantFrom(
    "17 October 2023",
    "April 2022",
    "2021",
    "",
    "Read more",
    "Summary",
    "It ends.",
    "and goes on",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 40 }), (kinds) => {
      // Each line carries a word of its own, unless that would make it another kind of line.
      const lines = kinds.map((kind, index) =>
        /^(?:\d|April|Read|$)/.test(kind) ? kind : `${kind} word${index}x${kind.endsWith(".") ? "." : ""}`,
      );
      const { heading, tagline, letters, notPlaced } = parseTextListing(lines.join("\n"));
      const said = [heading, tagline, ...notPlaced].map((passage) => passage?.text ?? "");
      const all = [...said, ...letters.flatMap(({ title, summary }) => [title, summary])].join(" ");
      for (const [own] of lines.join(" ").matchAll(/word\d+x/g)) {
        assert.equal(all.split(own).length, 2, `${own} stands ${all.split(own).length - 1} times`);
      }
    }),
    { numRuns: 500 },
  );
});
