/** What machines read of the archive: JSON as documented, feeds, sitemap, robots, structured data, citations. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { parse } from "csv-parse/sync";
import { inTransaction } from "../../src/database/transaction.ts";
import { renameLetter } from "../../src/letters/rename-letter.ts";
import type { TestApp } from "../support/app.ts";
import { openBrowser } from "../support/browser.ts";
import { letterInput } from "../support/letter-input.ts";
import { openLetter, organisation, person, signAndConfirm, startSigningApp } from "../support/signing.ts";

/** A title that every format has to escape, each in its own way. */
const title = `Rights & <Duties> "of" {all} 100% \\ #1 ~ ]]> </script> l’État\u2028$`;

// biome-ignore lint/suspicious/noExplicitAny: what is read is what is tested.
type Json = any;

let app: TestApp;
let id: string;
before(async () => {
  app = await startSigningApp();
  await app.letter(openLetter);
  ({ id } = await app.letter(
    letterInput({
      slug: "hard",
      kind: "joint-statement",
      date: { year: 2022, month: 4 },
      initiators: ["Smith & Sons", "Rock and Roll {e.V.}"],
      addressees: [
        { name: "A & B <Ltd>", type: "company" },
        { name: "Ada", type: "person" },
      ],
      topics: ["privacy"],
      places: ["EU", "US-CA"],
      measure: { name: "The Act", type: "bill" },
      stance: "opposes",
      namedSignatories: [
        { name: "Reported & Co", kind: "organisation" },
        { name: "Grace", kind: "person" },
      ],
      reportedCount: {
        kind: "organisation",
        count: 75,
        qualifier: "more-than",
        description: "organisations",
      },
      translations: [
        { language: "en", title, summary: "Sum & <mary>", body: "One *word*." },
        { language: "fr", title: "Droits", summary: "Résumé" },
      ],
    }),
  ));
  await app.letter(letterInput({ slug: "plain", date: { year: 2015 }, publisherRole: "signatory" }));
  await signAndConfirm(app, openLetter.slug!, person({ name: "Ada Byron", email: "ada@example.org" }));
  await signAndConfirm(
    app,
    openLetter.slug!,
    person({ name: "Hidden One", email: "h@example.org", show: "no" }),
  );
  await signAndConfirm(
    app,
    openLetter.slug!,
    organisation({ organisation: "Example Guild", email: "g@example.net" }),
  );
});
after(() => app.close());

async function json(path: string): Promise<Record<string, Json>> {
  const response = await app.fetch(path);
  assert.equal(response.status, 200, path);
  assert.equal(response.headers.get("access-control-allow-origin"), "*", path);
  return (await response.json()) as Record<string, Json>;
}

describe("the JSON", () => {
  const docs = readFile(new URL("../../docs/api.md", import.meta.url), "utf8");

  /** The members that a section of docs/api.md names: those before its table, and those in the first column of it. */
  async function documented(heading: string): Promise<string[]> {
    const section = (await docs).split(/^## /m).find((part) => part.startsWith(heading))!;
    const rows = Array.from(section.matchAll(/^\| (`[^|]*) \|/gm), ([, cell]) => cell!);
    return rows.flatMap((cell) => Array.from(cell.matchAll(/`(\w+)`/g), ([, name]) => name!));
  }

  test("of all letters holds what is documented, and no more", async () => {
    const all = await json("/letters.json");
    assert.deepEqual(Object.keys(all).sort(), [
      "letters",
      "next",
      "page",
      "pages",
      "schema",
      "site",
      "total",
    ]);
    assert.equal(all.schema, "undersigned/letters/1");
    assert.deepEqual([all.total, all.page, all.pages, all.next], [3, 1, 1, null]);
    assert.deepEqual(all.site, {
      name: "Example Alliance",
      heading: "Open letters",
      tagline: "What we wrote.",
      url: "http://localhost/",
    });
    assert.deepEqual(
      all.letters.map((one: { slug: string }) => one.slug),
      [openLetter.slug, "hard", "plain"],
    );
    const members = (await documented("`/letters.json`")).sort();
    assert.ok(members.length > 15);
    for (const letter of all.letters) assert.deepEqual(Object.keys(letter).sort(), members);
  });

  test("of one letter holds the same, and its texts and signatories", async () => {
    const summaries = await documented("`/letters.json`");
    const own = await documented("`/letters/<slug>.json`");
    const { letters } = await json("/letters.json");
    for (const summary of letters) {
      const letter = await json(new URL(summary.json).pathname);
      assert.equal(letter.schema, "undersigned/letter/1");
      assert.deepEqual(Object.keys(letter).sort(), [...new Set(["schema", ...summaries, ...own])].sort());
      const { reported: _, ...same } = summary;
      for (const [name, value] of Object.entries(same)) assert.deepEqual(letter[name], value, name);
    }
  });

  test("is told in plain words on the site, member by member, and leads to the whole documentation", async () => {
    const members = [
      ...(await documented("`/letters.json`")),
      ...(await documented("`/letters/<slug>.json`")),
    ];
    for (const language of ["en", "fr", "es", "ar"]) {
      const html = await (await app.fetch(`/data?lang=${language}`)).text();
      const lists = Array.from(html.matchAll(/<dl class="facts">(.*?)<\/dl>/gs), ([, list]) => list).join("");
      const told = Array.from(lists.matchAll(/<code dir="ltr">(\w+)<\/code>/g), ([, name]) => name);
      assert.deepEqual(told.sort(), [...new Set(members)].sort(), language);
      assert.match(html, /<a href="\/docs\/api\.md">/);
    }
    const page = await app.fetch("/docs/api.md");
    assert.equal(page.headers.get("content-type"), "text/plain; charset=utf-8");
    assert.equal(await page.text(), await docs);
    for (const [, file] of (await docs).matchAll(/\]\((\w+\.md)\)/g))
      assert.equal((await app.fetch(`/docs/${file}`)).status, 200, file);
    assert.equal((await app.fetch("/docs/..%2fpackage.json")).status, 404);
  });

  test("says what is known at the precision known, reported apart from verified, and hides who asked to be hidden", async () => {
    const hard = await json("/letters/hard.json");
    assert.equal(hard.date, "2022-04");
    assert.equal(hard.title, title);
    assert.deepEqual(hard.publisher, { name: "Example Alliance", role: "author" });
    assert.deepEqual([hard.kind, hard.status, hard.stance], ["joint-statement", "archived", "opposes"]);
    assert.deepEqual(hard.texts, [
      { language: "en", title, summary: "Sum & <mary>", body: "One *word*." },
      { language: "fr", title: "Droits", summary: "Résumé", body: null },
    ]);
    assert.equal(hard.signatures.total, 0);
    assert.deepEqual(hard.reported.rest, {
      kind: "organisation",
      count: 75,
      qualifier: "more-than",
      description: "organisations",
    });
    assert.equal(hard.reported.named, 2);
    assert.deepEqual(hard.reported.names, {
      names: [
        { name: "Reported & Co", kind: "organisation" },
        { name: "Grace", kind: "person" },
      ],
      next: null,
    });

    const open = await json(`/letters/${openLetter.slug}.json`);
    assert.deepEqual(open.signatures, { total: 3, people: 2, organisations: 1, unnamed: 1 });
    assert.deepEqual(
      open.signatories.people.names.map((one: { name: string }) => one.name),
      ["Ada Byron"],
    );
    const [guild] = open.signatories.organisations.names;
    assert.deepEqual(Object.keys(guild).sort(), [
      "country",
      "entry",
      "evidence",
      "name",
      "revision",
      "signed",
      "website",
    ]);
    const entry = await app.fetch(`/log/entries/${guild.entry}`);
    assert.match(await entry.text(), /Signature of an organisation[\s\S]*Example Guild/);
    assert.deepEqual(guild.evidence, ["email-confirmed", "address-at-website"]);
    assert.match(guild.signed, /^2026-11-24T\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.doesNotMatch(JSON.stringify(open), /Hidden|@/);
  });

  test("of what is not there is 404", async () => {
    for (const path of [
      "/letters.json?page=2",
      "/letters/nothing.json",
      "/letters/nothing.bib",
      "/letters/nothing.csl.json",
    ])
      assert.equal((await app.fetch(path)).status, 404, path);
  });
});

/** Reads XML with a browser's parser, which takes nothing that is not well formed. */
async function parseXml(text: string): Promise<Element[]> {
  const page = await (await openBrowser()).newPage();
  try {
    return (await page.evaluate((source) => {
      const read = (node: Json): Json => ({
        name: node.nodeName,
        namespace: node.namespaceURI,
        attributes: Object.fromEntries(Array.from(node.attributes, (one: Json) => [one.name, one.value])),
        text: node.children.length === 0 ? node.textContent : "",
        children: Array.from(node.children, read),
      });
      const document = new (globalThis as Json).DOMParser().parseFromString(source, "application/xml");
      const wrong = document.querySelector("parsererror");
      if (wrong) throw new Error(wrong.textContent);
      return [read(document.documentElement)];
    }, text)) as Element[];
  } finally {
    await page.close();
  }
}

interface Element {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Record<string, string>;
  readonly text: string;
  readonly children: readonly Element[];
}

const childrenOf = (element: Element, name: string) => element.children.filter((one) => one.name === name);

function only(element: Element, name: string): Element {
  const found = childrenOf(element, name);
  assert.equal(found.length, 1, `${element.name} has one ${name}`);
  return found[0]!;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

describe("the feeds", () => {
  async function atom(path = "/feed.atom"): Promise<Element> {
    const response = await app.fetch(path);
    assert.equal(response.headers.get("content-type"), "application/atom+xml; charset=utf-8");
    const [feed] = await parseXml(await response.text());
    return feed!;
  }

  test("in Atom are well formed and hold what RFC 4287 requires", async () => {
    const feed = await atom();
    assert.deepEqual([feed.name, feed.namespace], ["feed", "http://www.w3.org/2005/Atom"]);
    assert.equal(only(feed, "title").text, "Open letters");
    assert.match(only(feed, "updated").text, instant);
    assert.equal(only(only(feed, "author"), "name").text, "Example Alliance");
    const [self, alternate] = childrenOf(feed, "link").map(({ attributes }) => attributes);
    assert.deepEqual([self!.rel, self!.href], ["self", "http://localhost/feed.atom"]);
    assert.deepEqual([alternate!.rel, alternate!.href], ["alternate", "http://localhost/"]);

    const entries = childrenOf(feed, "entry");
    const ids = entries.map((entry) => only(entry, "id").text);
    assert.equal(new Set(ids).size, 3);
    for (const [at, entry] of entries.entries()) {
      assert.match(ids[at]!, /^urn:uuid:[0-9a-f-]{36}$/);
      assert.match(only(entry, "published").text, instant);
      assert.match(only(entry, "updated").text, instant);
      assert.ok(only(entry, "title").text);
      assert.match(only(entry, "link").attributes.href!, /^http:\/\/localhost\/letters\//);
    }
    const hard = entries[1]!;
    assert.equal(only(hard, "title").text, title);
    assert.equal(only(hard, "summary").text, "Sum & <mary>");
    assert.equal(only(hard, "published").text, "2022-04-01T00:00:00Z");
    assert.deepEqual(
      childrenOf(hard, "author").map((one) => only(one, "name").text),
      ["Smith & Sons", "Rock and Roll {e.V.}"],
    );
    assert.equal(only(hard, "category").attributes.term, "privacy");
  });

  test("keep their identifiers, whatever the language and the address", async () => {
    const ids = (feed: Element) => [feed, ...childrenOf(feed, "entry")].map((one) => only(one, "id").text);
    const before = await atom();
    const french = await atom("/feed.atom?lang=fr");
    assert.deepEqual(ids(french), ids(before));
    assert.equal(only(childrenOf(french, "entry")[1]!, "title").text, "Droits");
    assert.equal(
      only(childrenOf(french, "entry")[1]!, "link").attributes.href,
      "http://localhost/letters/hard?lang=fr",
    );
    await inTransaction(app.db, (trx) => renameLetter(trx, id, "harder"));
    assert.deepEqual(ids(await atom()), ids(before));
    await inTransaction(app.db, (trx) => renameLetter(trx, id, "hard"));
  });

  test("in JSON are JSON Feed 1.1 with the same letters", async () => {
    const response = await app.fetch("/feed.json");
    assert.equal(response.headers.get("content-type"), "application/feed+json; charset=utf-8");
    const feed = (await response.json()) as Record<string, Json>;
    assert.equal(feed.version, "https://jsonfeed.org/version/1.1");
    assert.deepEqual(
      [feed.title, feed.home_page_url, feed.feed_url],
      ["Open letters", "http://localhost/", "http://localhost/feed.json"],
    );
    const entries = childrenOf(await atom(), "entry");
    assert.deepEqual(
      feed.items.map((item: { id: string; title: string; url: string }) => [item.id, item.title, item.url]),
      entries.map((entry) => [
        only(entry, "id").text,
        only(entry, "title").text,
        only(entry, "link").attributes.href,
      ]),
    );
    for (const item of feed.items) {
      assert.equal(typeof item.content_text, "string");
      assert.match(item.date_published, instant);
      assert.match(item.date_modified, instant);
    }
    assert.equal(feed.items[1]._undersigned.date, "2022-04");
  });

  test("of an empty archive are whole", async () => {
    const empty = await startSigningApp();
    try {
      const [feed] = await parseXml(await (await empty.fetch("/feed.atom")).text());
      assert.match(only(feed!, "updated").text, instant);
      assert.deepEqual(((await (await empty.fetch("/feed.json")).json()) as { items: [] }).items, []);
      assert.equal((await empty.fetch("/")).status, 200);
      await parseXml(await (await empty.fetch("/sitemap-1.xml")).text());
    } finally {
      await empty.close();
    }
  });
});

describe("search engines", () => {
  test("find every page once, in every language, from robots.txt on", async () => {
    const robots = await (await app.fetch("/robots.txt")).text();
    const [, sitemap] = /^Sitemap: (http:\/\/localhost\/\S+)$/m.exec(robots)!;
    for (const path of ["/confirm/", "/signatures/", "/letters/*/sign"])
      assert.ok(robots.includes(`Disallow: ${path}\n`));
    const [index] = await parseXml(await (await app.fetch(new URL(sitemap!).pathname)).text());
    assert.deepEqual(
      [index!.name, index!.namespace],
      ["sitemapindex", "http://www.sitemaps.org/schemas/sitemap/0.9"],
    );
    const parts = childrenOf(index!, "sitemap").map((one) => only(one, "loc").text);
    assert.deepEqual(parts, ["http://localhost/sitemap-1.xml"]);
    const [part] = await parseXml(await (await app.fetch("/sitemap-1.xml")).text());
    const urls = childrenOf(part!, "url");
    const places = urls.map((url) => new URL(only(url, "loc").text).pathname);
    assert.equal(new Set(places).size, places.length);
    for (const path of [
      "/",
      "/verify",
      "/log",
      "/about",
      "/letters/hard",
      "/letters/plain",
      `/letters/${openLetter.slug}`,
    ])
      assert.ok(places.includes(path), path);
    for (const [at, url] of urls.entries()) {
      assert.equal((await app.fetch(places[at]!)).status, 200);
      const versions = childrenOf(url, "xhtml:link").map(({ attributes }) => attributes.hreflang);
      assert.deepEqual(versions, ["en", "fr", "es", "ar", "x-default"]);
    }
    assert.equal((await app.fetch("/sitemap-2.xml")).status, 404);
  });

  /** The structured data of a page. */
  async function structured(path: string): Promise<Record<string, Json>> {
    const html = await (await app.fetch(path)).text();
    const blocks = Array.from(html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs));
    assert.equal(blocks.length, 1, path);
    return JSON.parse(blocks[0]![1]!) as Record<string, Json>;
  }

  test("read of a letter who wrote what to whom, and when, as schema.org has it", async () => {
    const data = await structured("/letters/hard");
    assert.equal(data["@context"], "https://schema.org");
    assert.equal(data["@type"], "CreativeWork");
    assert.equal(data.headline, title);
    assert.equal(data.datePublished, "2022-04");
    assert.equal(data.url, "http://localhost/letters/hard");
    assert.deepEqual(
      data.author.map((one: { name: string }) => one.name),
      ["Smith & Sons", "Rock and Roll {e.V.}"],
    );
    assert.deepEqual(data.recipient, [
      { "@type": "Organization", name: "A & B <Ltd>" },
      { "@type": "Person", name: "Ada" },
    ]);
    // Nothing is said of what nobody knows.
    const plain = Object.keys(await structured("/letters/plain"));
    assert.deepEqual(
      plain.filter((name) => ["author", "recipient", "keywords"].includes(name)),
      [],
    );
    const list = await structured("/");
    assert.deepEqual([list["@type"], list.name], ["CollectionPage", "Open letters"]);
  });

  test("and those who share a link are told what it is", async () => {
    const html = await (await app.fetch("/letters/hard")).text();
    const meta = Object.fromEntries(
      Array.from(html.matchAll(/<meta property="([^"]+)" content="([^"]*)">/g), ([, name, value]) => [
        name,
        value,
      ]),
    );
    assert.deepEqual(Object.keys(meta).sort(), [
      "article:published_time",
      "og:description",
      "og:locale",
      "og:site_name",
      "og:title",
      "og:type",
      "og:url",
    ]);
    assert.equal(meta["og:type"], "article");
    for (const [language, locale] of [
      ["en", "en_GB"],
      ["fr", "fr_FR"],
      ["es", "es_ES"],
      ["ar", "ar_EG"],
    ])
      assert.match(
        await (await app.fetch(`/letters/hard?lang=${language}`)).text(),
        new RegExp(`<meta property="og:locale" content="${locale}">`),
      );
    assert.equal(meta["og:url"], "http://localhost/letters/hard");
    assert.match(meta["og:title"]!, /^Rights &amp; &lt;Duties&gt; &quot;of&quot;/);
    for (const [type, path] of [
      ["application/json", "/letters/hard.json"],
      ["application/x-bibtex", "/letters/hard.bib"],
      ["application/vnd.citationstyles.csl+json", "/letters/hard.csl.json"],
      ["application/atom+xml", "/feed.atom"],
      ["application/feed+json", "/feed.json"],
    ]) {
      const link = html.match(/<link rel="alternate"[^>]*>/g)!.find((one) => one.includes(`type="${type}"`));
      assert.ok(link?.includes(`href="${path}"`), type);
      const response = await app.fetch(path!);
      assert.ok(response.headers.get("content-type")?.startsWith(type!), path);
    }
    assert.match(
      await (await app.fetch("/")).text(),
      /<link rel="alternate" type="application\/json" href="\/letters\.json">/,
    );
  });
});

describe("a citation", () => {
  test("in BibTeX has every sign escaped, names whole, and the date as far as it is known", async () => {
    const text = await (await app.fetch("/letters/hard.bib")).text();
    assert.equal(
      text,
      `@misc{hard,
  author = {{Smith \\& Sons} and {Rock and Roll \\{e.V.\\}}},
  title = {{Rights \\& <Duties> "of" \\{all\\} 100\\% \\textbackslash{} \\#1 \\textasciitilde{} ]]> </script> l’État \\$}},
  year = {2022},
  month = apr,
  howpublished = {Joint statement},
  organization = {Example Alliance},
  url = {http://localhost/letters/hard},
  langid = {en},
}
`,
    );
    const plain = await (await app.fetch("/letters/plain.bib")).text();
    assert.doesNotMatch(plain, /author|month|day/);
  });

  test("in CSL-JSON holds the same", async () => {
    assert.deepEqual(await (await app.fetch("/letters/hard.csl.json")).json(), [
      {
        id: "hard",
        type: "document",
        genre: "Joint statement",
        title,
        author: [{ literal: "Smith & Sons" }, { literal: "Rock and Roll {e.V.}" }],
        recipient: [{ literal: "A & B <Ltd>" }, { literal: "Ada" }],
        issued: { "date-parts": [[2022, 4]] },
        publisher: "Example Alliance",
        URL: "http://localhost/letters/hard",
        language: "en",
      },
    ]);
  });

  test("as text stands on the page, in the reader's language", async () => {
    const words = async (path: string) => {
      const html = await (await app.fetch(path)).text();
      const section = /<section[^>]*aria-labelledby="cite">.*?<p>(.*?)<\/p>/s.exec(html)?.[1] ?? "";
      return section.replace(/<[^>]*>/g, "").replace(/\s+/g, " ");
    };
    const english = await words("/letters/hard");
    assert.match(english, /Smith &amp; Sons and Rock and Roll \{e\.V\.\}/);
    assert.match(english, /Rights &amp; &lt;Duties&gt; .*April 2022.*http:\/\/localhost\/letters\/hard/);
    assert.match(await words("/letters/hard?lang=fr"), /Droits.*avril 2022/);
    assert.match(await words("/letters/plain"), /^[^,]*A letter about something.*2015/);
  });
});

describe("the table", () => {
  const table = async (query = "") => {
    const response = await app.fetch(`/letters.csv${query}`);
    assert.equal(response.status, 200, query);
    assert.equal(response.headers.get("content-type"), "text/csv; charset=utf-8");
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    const rows = parse(await response.text(), { bom: true, columns: true }) as Record<string, string>[];
    return rows;
  };

  test("holds the facts of the JSON, a row a letter, newest first", async () => {
    const { letters } = await json("/letters.json");
    const rows = await table();
    assert.deepEqual(
      rows.map(({ id: of, url, date, title: words, kind, status, updated }) => [
        of,
        url,
        date,
        words,
        kind,
        status,
        updated,
      ]),
      letters.map((one: Json) => [one.id, one.url, one.date, one.title, one.kind, one.status, one.updated]),
    );
    const hard = rows.find(({ url }) => url!.endsWith("/hard"))!;
    assert.equal(hard.addressees, "A & B <Ltd>; Ada");
    assert.deepEqual([hard.measure, hard.stance, hard.places], ["The Act", "opposes", "EU; US-CA"]);
    assert.deepEqual(
      [hard.reported_named, hard.reported_rest_qualifier, hard.reported_rest_count],
      ["2", "more-than", "75"],
    );
    const open = rows.find(({ url }) => url!.endsWith(openLetter.slug!))!;
    assert.deepEqual([open.signatures, open.people, open.organisations, open.unnamed], ["3", "2", "1", "1"]);
  });

  test("takes the filters of the page, and no others", async () => {
    const slugs = async (query: string) => (await table(query)).map(({ url }) => url!.split("/").at(-1));
    assert.deepEqual(await slugs("?topic=privacy&stance=opposes"), ["hard"]);
    assert.deepEqual(await slugs("?year=2015"), ["plain"]);
    assert.deepEqual(await slugs("?topic=nothing"), []);
    assert.equal((await app.fetch("/letters.csv?place=Europe")).status, 404);
    assert.equal((await app.fetch("/letters.csv?page=2")).status, 404);
  });

  test("runs nothing in a spreadsheet", async () => {
    const evil = '=HYPERLINK("http://evil.example")';
    await app.letter(
      letterInput({
        slug: "evil",
        date: { year: 2001 },
        translations: [{ language: "en", title: evil, summary: "@x" }],
      }),
    );
    const [row] = await table("?year=2001");
    assert.deepEqual([row!.title, row!.summary], [`'${evil}`, "'@x"]);
  });

  test("is named where people look for it", async () => {
    assert.match(
      await (await app.fetch("/")).text(),
      /<a href="\/letters\.csv" download>All letters as CSV<\/a>/,
    );
    assert.match(await (await app.fetch("/data")).text(), /<a href="\/letters\.csv">/);
  });
});
