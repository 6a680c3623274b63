/** The list of letters: its order, its years, its filters with their counts, its pages, and addresses to share. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { LetterInput } from "../../src/letters/record-letter.ts";
import type { TestApp } from "../support/app.ts";
import { offered, readList } from "../support/archive.ts";
import { letterInput } from "../support/letter-input.ts";
import { startSigningApp } from "../support/signing.ts";

let app: TestApp;
before(async () => {
  app = await startSigningApp();
  for (const letter of letters) await app.letter(letter);
});
after(() => app.close());

function named(slug: string, input: Partial<LetterInput>): LetterInput {
  return letterInput({
    slug,
    translations: [{ language: "en", title: `A letter on ${slug}`, summary: "" }],
    ...input,
  });
}

const ministers = { name: "The Ministers", type: "government" } as const;
const company = { name: "A Company", type: "company" } as const;

/** In the order of recording, which is none of the orders in which they are shown. */
const letters: LetterInput[] = [
  named("april", {
    date: { year: 2022, month: 4 },
    topics: ["encryption"],
    places: ["EU"],
    stance: "opposes",
  }),
  named("year", { date: { year: 2022 }, topics: ["privacy"], places: ["DE"], addressees: [ministers] }),
  named("last-of-april", { date: { year: 2022, month: 4, day: 30 }, topics: ["encryption"], places: ["FR"] }),
  named("january", {
    date: { year: 2022, month: 1, day: 9 },
    topics: ["encryption", "privacy"],
    places: ["US-CA"],
    addressees: [company, ministers],
    publisherRole: "signatory",
    stance: "opposes",
  }),
  named("first-of-april", { date: { year: 2022, month: 4, day: 1 }, places: ["001"], stance: "supports" }),
  named("may", { date: { year: 2022, month: 5 }, topics: ["privacy"], addressees: [company, company] }),
  named("same-day-first", { date: { year: 2020, month: 2, day: 29 }, publisherRole: "supporter" }),
  named("same-day-second", { date: { year: 2020, month: 2, day: 29 }, publisherRole: "supporter" }),
  named("open", { date: { year: 2026, month: 11, day: 3 }, state: "open", topics: ["encryption"] }),
];

const newestFirst = [
  "open",
  "may",
  "last-of-april",
  "first-of-april",
  "april",
  "january",
  "year",
  "same-day-second",
  "same-day-first",
];

test("an archive without letters says so, and offers nothing to find them by", async () => {
  const empty = await startSigningApp();
  try {
    const { status, html } = await readList(empty, "/");
    assert.equal(status, 200);
    assert.match(html, /No letter has been published here yet\./);
    assert.doesNotMatch(html, /<search|you chose/);
  } finally {
    await empty.close();
  }
});

describe("the order", () => {
  test("is newest first: a month after its days, a year after its months, the same day by when it was listed", async () => {
    const { slugs } = await readList(app, "/");
    assert.deepEqual(slugs, newestFirst);
  });

  test("groups by year, with dates at the precision known, in the reader's language", async () => {
    const { years, html } = await readList(app, "/");
    assert.deepEqual(
      years.map(([year, slugs]) => [year, slugs.length]),
      [
        ["2026", 1],
        ["2022", 6],
        ["2020", 2],
      ],
    );
    for (const [machine, reader] of [
      ["2022-04-30", "30 April 2022"],
      ["2022-04", "April 2022"],
      ["2022", "2022"],
    ])
      assert.match(html, new RegExp(`<time datetime="${machine}"[^>]*>${reader}</time>`));
    assert.match((await readList(app, "/?lang=fr")).html, /<time datetime="2022-04"[^>]*>avril 2022<\/time>/);
    assert.match(
      (await readList(app, "/?lang=es")).html,
      /<time datetime="2022-04"[^>]*>abril de 2022<\/time>/,
    );
    assert.match((await readList(app, "/?lang=ar")).html, /<time datetime="2022-04"[^>]*>أبريل ٢٠٢٢<\/time>/);
  });
});

describe("a filter", () => {
  const found: Record<string, string[]> = {
    "topic=encryption": ["open", "last-of-april", "april", "january"],
    // A letter to the Union, or to a country of Europe, is found under Europe; one to a state under its country.
    "place=150": ["last-of-april", "april", "year"],
    "place=EU": ["last-of-april", "april", "year"],
    "place=US": ["january"],
    // The world holds every place; asked for, it means the letters to the world.
    "place=001": ["first-of-april"],
    "year=2020": ["same-day-second", "same-day-first"],
    "to=company": ["may", "january"],
    "to=government": ["january", "year"],
    "role=signatory": ["january"],
    "role=supporter": ["same-day-second", "same-day-first"],
    "stance=opposes": ["april", "january"],
    "status=open": ["open"],
  };
  for (const [filter, slugs] of Object.entries(found))
    test(`${filter} finds what it says, in order`, async () => {
      assert.deepEqual((await readList(app, `/?${filter}`)).slugs, slugs);
    });

  test("combines with others", async () => {
    assert.deepEqual((await readList(app, "/?topic=encryption&stance=opposes&year=2022")).slugs, [
      "april",
      "january",
    ]);
    assert.deepEqual((await readList(app, "/?topic=privacy&place=150&to=government")).slugs, ["year"]);
    assert.deepEqual((await readList(app, "/?topic=privacy&q=january")).slugs, ["january"]);
  });

  test("stands beside the number of letters that choosing it would show, whatever else is chosen", async () => {
    for (const chosen of [
      "",
      "topic=encryption",
      "topic=privacy&place=150",
      "year=2022&to=company",
      "q=april",
      "q=letter&role=author",
    ]) {
      const { html } = await readList(app, `/?${chosen}`);
      let checked = 0;
      for (const filter of ["topic", "place", "year", "to", "role", "stance", "status"]) {
        for (const [value, count] of Object.entries(offered(html, filter))) {
          const query = new URLSearchParams(chosen);
          query.set(filter, value);
          const { slugs } = await readList(app, `/?${query}`);
          assert.equal(slugs.length, count, `${chosen}, then ${filter}=${value}`);
          checked += 1;
        }
      }
      assert.ok(checked > 10, chosen);
    }
  });

  test("that is no value of its kind is left out, and the page says so; a year without letters is said to have none", async () => {
    for (const slip of [
      "topic=nothing",
      "place=XX",
      "year=20x2",
      "to=nobody",
      "stance=neither",
      "status=gone",
    ])
      assert.deepEqual((await readList(app, `/?${slip}`)).slugs, newestFirst, slip);
    const { html, slugs } = await readList(
      app,
      "/?topic=nonsense&place=%3Cb%3EEurope&stance=opposes&lang=en",
    );
    assert.deepEqual(slugs, ["april", "january"]);
    assert.match(
      html,
      /<b>Topic: <bdi>nonsense<\/bdi><\/b> and <b>Place: <bdi>&lt;b&gt;Europe<\/bdi><\/b> are not known here and were left out\. <a href="\/\?stance=opposes&amp;lang=en">Remove them from the address<\/a>/,
    );
    assert.match(html, /<meta name="robots" content="noindex">/);
    assert.match(html, /<link rel="canonical" href="http:\/\/localhost\/\?stance=opposes&amp;lang=en">/);
    assert.doesNotMatch((await readList(app, "/?stance=opposes")).html, /left out\./);
    assert.deepEqual((await readList(app, "/?year=1999")).slugs, []);
    assert.equal((await app.fetch("/?role=%00")).status, 404);
  });

  test("has one short address: empty values are dropped, names stand in one order, the choice shows", async () => {
    const sent = await app.fetch("/?q=&topic=privacy&place=&year=&lang=fr");
    assert.equal(sent.status, 303);
    assert.equal(sent.headers.get("location"), "/?topic=privacy&lang=fr");
    const { html } = await readList(app, "/?year=2022&topic=privacy&page=1&utm_source=x");
    assert.match(html, /<link rel="canonical" href="http:\/\/localhost\/\?topic=privacy&amp;year=2022">/);
    assert.match(html, /<option value="privacy" selected>/);
    assert.match(html, /<option value="2022" selected>/);
  });

  test("that leaves nothing says which to leave out, and how many letters that brings", async () => {
    const { html, slugs } = await readList(app, "/?year=2020&topic=privacy");
    assert.deepEqual(slugs, []);
    const ways = Array.from(
      html.matchAll(/<li><a href="([^"]+)">[^<]*<\/a> <span class="soft">([^<]*)<\/span>/g),
    );
    assert.deepEqual(
      ways.map(([, href, count]) => [href, /\d+/.exec(count!)?.[0]]),
      [
        ["/?year=2020", "2"],
        ["/?topic=privacy", "3"],
      ],
    );
    for (const [, href, count] of ways)
      assert.equal(
        (await readList(app, href!.replaceAll("&amp;", "&"))).slugs.length,
        Number(/\d+/.exec(count!)![0]),
      );
  });
});

describe("pages", () => {
  test("hold fifty letters, lead to each other, keep the filters, and end where the letters end", async () => {
    const other = await startSigningApp();
    try {
      for (let day = 0; day < 103; day++) {
        const date = new Date(Date.UTC(2021, 0, 1 + day));
        await other.letter(
          named(`n${day}`, {
            date: { year: 2021, month: date.getUTCMonth() + 1, day: date.getUTCDate() },
            topics: ["privacy"],
          }),
        );
      }
      const pages = await Promise.all(
        [1, 2, 3].map((number) => readList(other, `/?topic=privacy&page=${number}`)),
      );
      assert.deepEqual(
        pages.map(({ slugs }) => slugs.length),
        [50, 50, 3],
      );
      assert.deepEqual(
        pages.flatMap(({ slugs }) => slugs),
        Array.from({ length: 103 }, (_, index) => `n${102 - index}`),
      );
      assert.doesNotMatch(pages[0]!.html, /rel="prev"/);
      assert.match(pages[0]!.html, /<link rel="next" href="\/\?topic=privacy&amp;page=2">/);
      assert.match(pages[1]!.html, /<link rel="prev" href="\/\?topic=privacy">/);
      assert.match(pages[1]!.html, /<link rel="next" href="\/\?topic=privacy&amp;page=3">/);
      assert.doesNotMatch(pages[2]!.html, /rel="next"/);
      for (const beyond of ["4", "9999999"])
        assert.deepEqual(
          (await readList(other, `/?topic=privacy&page=${beyond}`)).slugs,
          pages[2]!.slugs,
          beyond,
        );
      for (const slip of ["0", "-1", "1e3", "٢", "x"])
        assert.deepEqual(
          (await readList(other, `/?topic=privacy&page=${encodeURIComponent(slip)}`)).slugs,
          pages[0]!.slugs,
          slip,
        );
      // Found by words, in as many pages.
      assert.equal((await readList(other, "/?q=letter&page=3")).html.match(/<h3><a /g)?.length, 3);
    } finally {
      await other.close();
    }
  });
});
