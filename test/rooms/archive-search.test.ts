/** Search, as a reader meets it: by the page, in four languages and beyond. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { LetterInput } from "../../src/letters/record-letter.ts";
import type { TestApp } from "../support/app.ts";
import { readList, wordsOf } from "../support/archive.ts";
import { letterInput } from "../support/letter-input.ts";
import { openLetter, organisation, signAndConfirm, startSigningApp } from "../support/signing.ts";

let app: TestApp;
before(async () => {
  app = await startSigningApp();
  for (const letter of letters) await app.letter(letter);
});
after(() => app.close());

const letters: LetterInput[] = [
  letterInput({
    slug: "english",
    date: { year: 2021, month: 1, day: 1 },
    addressees: [{ name: "Bundesministerium für Verkehr", type: "government" }],
    initiators: ["Wikimedia Österreich"],
    measure: { name: "Lawful Access Act", type: "bill" },
    topics: ["privacy"],
    namedSignatories: [{ name: "Chaos Computer Club", kind: "organisation" }],
    translations: [
      {
        language: "en",
        title: "Ministers: Stop Breaking <b>Libraries</b> & Encryption",
        summary: "Asks them to be careful, and to keep libraries' promises.",
        body: "Dear ministers,\n\nthe *cryptographers* have [written twice](https://example.org/hidden-word) to you about networks.\n\nWe wrote: do not weaken it.",
      },
    ],
  }),
  letterInput({
    slug: "french",
    language: "fr",
    date: { year: 2021, month: 1, day: 2 },
    translations: [
      {
        language: "fr",
        title: "Chevaux et bibliothèques de l’État",
        summary: "Nous demandons des garanties européennes.",
        body: "Les signataires écrivaient naguère.",
      },
    ],
  }),
  letterInput({
    slug: "spanish",
    language: "es",
    date: { year: 2021, month: 1, day: 3 },
    translations: [
      {
        language: "es",
        title: "Bibliotecas libres en España",
        summary: "Pedimos canciones.",
        body: "Escribimos hoy.",
      },
    ],
  }),
  letterInput({
    slug: "arabic",
    language: "ar",
    date: { year: 2021, month: 1, day: 4 },
    translations: [
      {
        language: "ar",
        title: "رسالة مفتوحة إلى الوزراء",
        summary: "نطلب حماية المكتبات.",
        body: "السلام عليكم",
      },
    ],
  }),
  letterInput({
    slug: "german",
    language: "de",
    date: { year: 2021, month: 1, day: 5 },
    translations: [
      { language: "de", title: "Häuser für alle", summary: "Straßen und Öl.", body: "Wir schrieben." },
    ],
  }),
  letterInput({
    slug: "chinese",
    language: "zh",
    date: { year: 2021, month: 1, day: 6 },
    translations: [{ language: "zh", title: "公开信 加密", summary: "关于网络" }],
  }),
  letterInput({
    slug: "order-of-words",
    date: { year: 2021, month: 1, day: 7 },
    translations: [
      { language: "en", title: "Twice written words", summary: "Nothing else.", body: "An access to it." },
    ],
  }),
];

const find = async (query: string, rest = "") =>
  (await readList(app, `/?q=${encodeURIComponent(query)}${rest}`)).slugs;
const sorted = async (query: string) => (await find(query)).toSorted();

/** What is marked on the page of a search, in order. */
async function marks(query: string): Promise<string[]> {
  const { html } = await readList(app, `/?q=${encodeURIComponent(query)}`);
  return Array.from(html.matchAll(/<mark>(.*?)<\/mark>/g), ([, text]) => text!);
}

describe("words are found", () => {
  test("by their stem, in each letter's own language", async () => {
    assert.deepEqual(await find("cryptographer"), ["english"]);
    assert.deepEqual(await find("minister breaks library"), ["english"]);
    assert.deepEqual(await find("garantie européenne"), ["french"]);
    assert.deepEqual(await find("biblioteca libre"), ["spanish"]);
    assert.deepEqual(await find("Haus Straße"), ["german"]);
  });

  test("in title, summary, text, addressees, measure, initiators and signatories as reported", async () => {
    for (const word of [
      "encryption",
      "careful",
      "weaken",
      "Verkehr",
      "lawful access",
      "Wikimedia",
      "chaos computer",
    ])
      assert.ok((await find(word)).includes("english"), word);
    // Where a link leads is not the letter's word.
    assert.deepEqual(await find("hidden-word"), []);
  });

  test("with accents or without, in capitals or not, composed or not", async () => {
    for (const query of ["bibliotheques", "BIBLIOTHÈQUES", "bibliothèques".normalize("NFD")])
      assert.deepEqual(await find(query), ["french"], query);
    for (const query of ["espana", "España", "ESPAÑA"])
      assert.deepEqual(await find(query), ["spanish"], query);
    for (const query of ["osterreich", "Österreich"]) assert.deepEqual(await find(query), ["english"], query);
  });

  test("in Arabic, with its article or without, and in scripts without a stemmer", async () => {
    assert.deepEqual(await find("رسالة"), ["arabic"]);
    assert.deepEqual(await find("وزراء"), ["arabic"]);
    assert.deepEqual(await find("المكتبات"), ["arabic"]);
    assert.deepEqual(await find("加密"), ["chinese"]);
  });

  test("though a name or a word of a title is misspelt, and the page says what was looked for", async () => {
    for (const [query, slug, meant] of [
      ["wikimeda", "english", "wikimedia"],
      ["Bundesministerum", "english", "bundesministerium"],
      ["encrpytion", "english", "encryption"],
      ["biblotheques", "french", "bibliotheques"],
    ] as const) {
      const { slugs, html } = await readList(app, `/?q=${query}`);
      assert.ok(slugs.includes(slug), query);
      assert.match(html, new RegExp(`<b><bdi>${meant}</bdi></b>`), query);
    }
    // A word that is known is not corrected, nor one that is too far from all.
    assert.doesNotMatch((await readList(app, "/?q=encryption")).html, /<b><bdi>/);
    assert.deepEqual(await find("zzzzzzzz"), []);
  });
});

describe("what is asked for", () => {
  test("is all of the words, a phrase in quotes, either with or, and not what stands after a minus", async () => {
    assert.deepEqual(await sorted("written twice"), ["english", "order-of-words"]);
    assert.deepEqual(await find('"written twice"'), ["english"]);
    assert.deepEqual(await find('"twice written"'), ["order-of-words"]);
    assert.deepEqual(await sorted("cryptographer or Häuser"), ["english", "german"]);
    assert.deepEqual(await find("written twice -encryption"), ["order-of-words"]);
    assert.deepEqual(await find('written twice -"written twice"'), ["order-of-words"]);
    // In the language of the letter: "libraries" rules out by its stem.
    assert.deepEqual(await find("written twice -library"), ["order-of-words"]);
    // A hyphen within a word rules nothing out.
    assert.deepEqual(await find("well-written twice"), []);
  });

  test("is every letter but those with what stands after a minus, newest first, where nothing else is asked for", async () => {
    const { slugs: all } = await readList(app, "/");
    const without = async (query: string) => {
      const { slugs, html } = await readList(app, `/?q=${encodeURIComponent(query)}`);
      assert.match(html, /match(es)?, newest first/);
      assert.doesNotMatch(html, /<mark>/);
      return slugs;
    };
    assert.ok(all.includes("english"));
    const others = (...slugs: string[]) => all.filter((slug) => !slugs.includes(slug));
    assert.deepEqual(await without("-encryption"), others("english"));
    assert.deepEqual(await without("-chaos"), others("english"));
    assert.deepEqual(await without('-"twice written" -häuser'), others("order-of-words", "german"));
    assert.deepEqual(await find("-encryption", "&topic=privacy"), []);
    assert.deepEqual(await find("-häuser", "&topic=privacy"), ["english"]);
  });

  test("may be anything that can be typed, and never fails", async () => {
    const odd = [
      '"',
      "'",
      "\\",
      "a & b | !c",
      "(",
      ":*",
      "<->",
      "%_",
      "--",
      "-",
      "\ue000x\ue001",
      "🙂",
      "or",
      "-or",
      "' or 1=1 --",
      "𝒜",
      "\ud800",
      "a".repeat(5000),
      "the",
      "x:A*",
    ];
    for (const query of odd) {
      const response = await app.fetch(`/?q=${encodeURIComponent(query.toWellFormed())}`);
      assert.equal(response.status, 200, query);
    }
    for (const raw of ["%ff", "%", "%ed%a0%80"])
      assert.equal((await app.fetch(`/?q=${raw}`)).status, 200, raw);
    assert.equal(app.lines.filter((line) => /"level":"error"/.test(line)).length, 0);
  });

  test("stands in the field and the title as it was typed, and runs nowhere", async () => {
    const query = `"><script>alert(1)</script> 'x" or`;
    const { html } = await readList(app, `/?q=${encodeURIComponent(query)}`);
    assert.doesNotMatch(html, /<script>alert/);
    const typed = /<input id="q"[^>]* value="([^"]*)"/.exec(html)?.[1];
    assert.equal(
      typed
        ?.replaceAll("&quot;", '"')
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&#39;", "'"),
      query,
    );
  });

  test("may stand beside filters; searches are not for search engines", async () => {
    assert.deepEqual(await find("written twice", "&topic=privacy"), ["english"]);
    const { html } = await readList(app, "/?q=written&topic=privacy&lang=es");
    assert.match(html, /<meta name="robots" content="noindex">/);
    assert.match(
      html,
      /<link rel="canonical" href="http:\/\/localhost\/\?q=written&amp;topic=privacy&amp;lang=es">/,
    );
  });

  test("that finds nothing helps on", async () => {
    const { html, slugs, status } = await readList(app, "/?q=zzzzzzzz&topic=privacy");
    assert.equal(status, 200);
    assert.deepEqual(slugs, []);
    assert.match(html, /<b><bdi>zzzzzzzz<\/bdi><\/b>/);
    assert.match(html, /<a href="\/">/);
    // Words that are there, but not under this filter: leave the filter out.
    const under = await readList(app, "/?q=H%C3%A4user&topic=privacy");
    assert.match(under.html, /<a href="\/\?q=H%C3%A4user">/);
  });
});

describe("matches are marked", () => {
  test("as the letter writes them, where they stand, and nothing of the letter becomes markup", async () => {
    const { html } = await readList(app, "/?q=library");
    assert.match(html, /Stop Breaking &lt;b&gt;<mark>Libraries<\/mark>&lt;\/b&gt; &amp; Encryption/);
    assert.match(html, /keep <mark>libraries<\/mark>(&#39;|') promises/);
    assert.deepEqual(await marks("bibliotheques"), ["bibliothèques"]);
    assert.deepEqual(await marks("وزراء"), ["الوزراء"]);
    assert.deepEqual(await marks("haus"), ["Häuser"]);
  });

  test("in a piece of the text where title and summary have none, as plain words", async () => {
    const { html } = await readList(app, "/?q=cryptographer");
    const excerpt = /<p class="small excerpt"[^>]*>(.*?)<\/p>/s.exec(html)?.[1] ?? "";
    assert.match(excerpt, /the <mark>cryptographers<\/mark> have written twice to you/);
    assert.doesNotMatch(wordsOf(excerpt), /[*[\]()]|example\.org/);
  });

  test("in addressees, initiators and signatories as reported, as words of their names", async () => {
    assert.deepEqual(await marks("Verkehr"), ["Verkehr"]);
    assert.deepEqual(await marks("osterreich"), ["Österreich"]);
    assert.deepEqual(await marks("chaos computer"), ["Chaos", "Computer"]);
    assert.deepEqual(await marks("wikimeda"), ["Wikimedia"]);
  });

  test("in the measure, which is shown when it matches", async () => {
    const { html } = await readList(app, "/?q=lawful");
    assert.match(html, /<dt>Measure<\/dt><dd><bdi><mark>Lawful<\/mark> Access Act<\/bdi><\/dd>/);
    assert.doesNotMatch((await readList(app, "/?q=Verkehr")).html, /<dt>Measure<\/dt>/);
    assert.match((await readList(app, "/?q=lawful&lang=fr")).html, /<dt>Mesure<\/dt><dd><bdi lang="en"/);
  });

  test("in names that the list does not show, which are shown when they match", async () => {
    const others = [
      "First & Co",
      "Second of All",
      "Third",
      "Fourth",
      "AT&T",
      "Verizon",
      "Ligue des Électeurs",
    ];
    await app.letter(
      letterInput({
        slug: "many-names",
        date: { year: 2020, month: 1, day: 1 },
        namedSignatories: others.map((name) => ({ name, kind: "organisation" })),
        translations: [{ language: "en", title: "Many names", summary: "" }],
      }),
    );
    const signedBy = async (query: string) =>
      /<dt>Signed by<\/dt><dd>(.*?)<\/dd>/.exec(
        (await readList(app, `/?q=${encodeURIComponent(query)}`)).html,
      )?.[1];
    assert.equal(await signedBy("Verizon"), "<bdi><mark>Verizon</mark></bdi>");
    assert.equal(await signedBy("verizn"), "<bdi><mark>Verizon</mark></bdi>");
    assert.equal(await signedBy("AT&T"), "<bdi><mark>AT</mark>&amp;<mark>T</mark></bdi>");
    assert.equal(await signedBy("electeurs"), "<bdi>Ligue des <mark>Électeurs</mark></bdi>");
    // Shown as it is, so not again; and "des" alone is no reason to name anybody.
    assert.equal(await signedBy("third"), undefined);
    assert.equal(await signedBy("many of names des"), undefined);
  });

  test("in the names of organisations that signed here", async () => {
    await app.letter(openLetter);
    await signAndConfirm(app, openLetter.slug!, organisation({ organisation: "Municipal Archives" }));
    const { html } = await readList(app, "/?q=municipal");
    assert.match(html, /<dt>Signed by<\/dt><dd><bdi><mark>Municipal<\/mark> Archives<\/bdi><\/dd>/);
  });

  test("and what is ruled out is not", async () => {
    assert.deepEqual(await marks("words -cryptographer"), ["words"]);
  });
});
