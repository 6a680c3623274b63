/** How pages of the archive are served: conditional requests, codings, freshness on every node, languages, addresses. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { createApp } from "../../src/app.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { renameLetter } from "../../src/letters/rename-letter.ts";
import { touchLetter } from "../../src/letters/touch.ts";
import { createPageCache } from "../../src/web/cache.ts";
import type { TestApp } from "../support/app.ts";
import { letterInput } from "../support/letter-input.ts";
import { openLetter, person, signAndConfirm, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let id: string;
const path = `/letters/${openLetter.slug}`;

before(async () => {
  app = await startSigningApp();
  ({ id } = await app.letter(openLetter));
});
after(() => app.close());

const get = (where: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  app.fetch(where, { ...init, headers });
const body = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe("a request with a condition", () => {
  const documents = [
    "/",
    "/?q=answer",
    path,
    `${path}/signatories`,
    `${path}.json`,
    `${path}.bib`,
    `${path}.csl.json`,
    "/letters.json",
    "/feed.atom",
    "/feed.json",
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/robots.txt",
    "/about",
    "/log/checkpoint",
    "/log/key",
    "/log/entries/0/proof",
    "/log/tile/entries/000.p/1",
    `${path}/openings.json`,
    `${path}/revisions/1/manifest.json`,
  ];

  test("is answered with 304 and nothing else while nothing has changed, for every document", async () => {
    for (const where of documents) {
      const first = await get(where);
      const etag = first.headers.get("etag")!;
      assert.match(etag, /^"[\w-]+"$/, where);
      const again = await get(where, { "If-None-Match": etag });
      assert.equal(again.status, 304, where);
      assert.equal((await body(again)).length, 0);
      for (const name of ["etag", "cache-control", "vary"])
        assert.equal(again.headers.get(name), first.headers.get(name), `${where} ${name}`);
    }
  });

  test("may name the tag weak, among others, in any coding, or any at all; another one gets the page", async () => {
    const etag = (await get(path)).headers.get("etag")!;
    const inBrotli = (await get(path, { "Accept-Encoding": "br" })).headers.get("etag")!;
    assert.notEqual(inBrotli, etag);
    for (const known of [`W/${etag}`, `"x", ${etag}`, `"x",W/${inBrotli} , "y"`, "*"])
      assert.equal((await get(path, { "If-None-Match": known })).status, 304, known);
    for (const unknown of ['"x"', "x", etag.replaceAll('"', ""), `${etag.slice(0, -1)}`, '""', ","])
      assert.equal((await get(path, { "If-None-Match": unknown })).status, 200, unknown);
  });

  test("gets the page once it has changed, under another tag", async () => {
    const tagOf = async (where: string) => (await get(where)).headers.get("etag")!;
    const before = new Map(
      await Promise.all(documents.map(async (where) => [where, await tagOf(where)] as const)),
    );
    await signAndConfirm(app, openLetter.slug!, person({ name: "Emmy", email: "emmy@example.org" }));
    for (const where of [path, `${path}/signatories`, `${path}.json`, "/", "/letters.json"]) {
      const response = await get(where, { "If-None-Match": before.get(where)! });
      assert.equal(response.status, 200, where);
      assert.notEqual(response.headers.get("etag"), before.get(where), where);
    }
    for (const where of [`${path}.bib`, "/robots.txt", "/about", "/feed.atom"])
      assert.equal(await tagOf(where), before.get(where), where);
  });

  test("with HEAD gets what GET would, without the body", async () => {
    for (const where of [path, "/", `${path}.json`]) {
      const [got, asked] = [await get(where), await get(where, {}, { method: "HEAD" })];
      assert.equal(asked.status, 200);
      assert.equal((await body(asked)).length, 0);
      for (const name of ["etag", "content-type", "vary", "cache-control"])
        assert.equal(asked.headers.get(name), got.headers.get(name), name);
    }
  });
});

test("an address with a slash at its end leads to the one without, and never to another site", async () => {
  for (const [asked, meant] of [
    [`${path}/`, path],
    [`${path}/?lang=fr&text=en`, `${path}?lang=fr&text=en`],
    [`${path}/signatories//`, `${path}/signatories`],
    ["/about/", "/about"],
    ["/letters.json/", "/letters.json"],
  ] as const) {
    const answer = await get(asked);
    assert.deepEqual([answer.status, answer.headers.get("location")], [308, meant], asked);
  }
  for (const elsewhere of ["//evil.example/", "/\\evil.example/", "///evil.example//"])
    assert.equal((await get(elsewhere)).status, 404, elsewhere);
});

test("data may be read by scripts of any site, with its tag; what is not there, or has moved, says so to them too", async () => {
  const data = [
    `${path}.json`,
    `${path}.bib`,
    `${path}.csl.json`,
    `${path}/signatories.json?kind=person`,
    `${path}/openings.json`,
    `${path}/revisions/1/manifest.json`,
    "/letters.json",
    "/feed.atom",
    "/feed.json",
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/robots.txt",
    "/log/checkpoint",
    "/log/key",
    "/log/entries/0/proof",
    "/log/tile/entries/000.p/1",
  ];
  for (const where of data) {
    const { status, headers } = await get(where);
    assert.equal(status, 200, where);
    assert.equal(headers.get("access-control-allow-origin"), "*", where);
    assert.match(headers.get("access-control-expose-headers") ?? "", /ETag/, where);
  }
  for (const where of [
    "/letters/nope.json",
    "/letters/NOPE.json",
    "/letters/nope.csl.json",
    "/letters/nope/signatories.json?kind=person",
    "/letters/nope/openings.json",
    `${path}/revisions/9/manifest.json`,
    "/letters.json?page=99",
  ]) {
    const answer = await get(where);
    assert.equal(answer.status, 404, where);
    assert.equal(answer.headers.get("content-type"), "application/problem+json", where);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*", where);
    assert.equal(((await answer.json()) as { status: number }).status, 404);
  }
  const moving = await app.letter(letterInput({ slug: "first-address" }));
  await inTransaction(app.db, (trx) => renameLetter(trx, moving.id, "second-address"));
  const moved = await get("/letters/first-address.json");
  assert.deepEqual(
    [moved.status, moved.headers.get("location"), moved.headers.get("access-control-allow-origin")],
    [301, "/letters/second-address.json", "*"],
  );
});

test("a page comes in the smallest coding that the reader takes, each the same page", async () => {
  const plain = await body(await get(path));
  for (const [header, coding] of [
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip"],
    ["br;q=0.000,gzip;q=0", null],
    ["identity", null],
    ["BR", "br"],
    ["", null],
    ["nonsense;;q,=,", null],
  ] as const) {
    const response = await get(path, { "Accept-Encoding": header });
    assert.equal(response.headers.get("content-encoding"), coding, header);
    assert.match(response.headers.get("vary")!, /Accept-Encoding/);
    const bytes = await body(response);
    const read =
      coding === "br" ? brotliDecompressSync(bytes) : coding === "gzip" ? gunzipSync(bytes) : bytes;
    assert.deepEqual(read, plain, header);
  }
});

describe("a change shows within a second on every node that shares the database", () => {
  /** A second node: a memory of its own, the same database. */
  let other: { fetch(where: string): Promise<string> };
  beforeEach(() => {
    const node = createApp({ ...app.deps, pages: createPageCache(app.db) });
    other = {
      fetch: async (where) => (await node.fetch(new Request(`http://localhost${where}`))).text(),
    };
  });

  /** The pages as they were, twice, so that they are in memory. */
  async function remember(...paths: string[]): Promise<void> {
    for (const where of [...paths, ...paths]) await other.fetch(where);
  }

  test("when somebody signs", async () => {
    await remember(path, "/", `${path}.json`, `${path}/signatories`);
    await signAndConfirm(
      app,
      openLetter.slug!,
      person({ name: "Sofia Kowalewskaja", email: "s@example.org" }),
    );
    await sleep(1_000);
    for (const where of [path, `${path}.json`, `${path}/signatories`])
      assert.match(await other.fetch(where), /Sofia Kowalewskaja/, where);
    const { signatures } = JSON.parse(await other.fetch("/letters.json")).letters[0];
    const { people } = await app.db
      .selectFrom("tally")
      .select("people")
      .where("letter_id", "=", id)
      .executeTakeFirstOrThrow();
    assert.equal(signatures.people, people);
  });

  test("when a letter is added, and when one gets another address", async () => {
    await remember("/", "/?q=telegraph", "/feed.atom", "/letters/on-the-telegraph", "/sitemap-1.xml");
    const added = await app.letter(
      letterInput({
        slug: "on-the-telegraph",
        translations: [{ language: "en", title: "On the Telegraph", summary: "" }],
      }),
    );
    await sleep(1_000);
    for (const where of ["/", "/?q=telegraph", "/feed.atom", "/letters/on-the-telegraph", "/sitemap-1.xml"])
      assert.match(await other.fetch(where), /on-the-telegraph/, where);
    await inTransaction(app.db, (trx) => renameLetter(trx, added.id, "on-the-wire"));
    await sleep(1_000);
    for (const where of ["/", "/?q=telegraph", "/feed.atom", "/sitemap-1.xml"])
      assert.match(await other.fetch(where), /\/letters\/on-the-wire/, where);
  });

  test("though a change that began earlier is committed later", async () => {
    await remember(path);
    const begun = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const late = inTransaction(app.db, async (trx) => {
      await trx
        .updateTable("translation")
        .set({ title: "Answered Late" })
        .where("letter_id", "=", id)
        .execute();
      await touchLetter(trx, id);
      begun.resolve();
      await commit.promise;
    });
    await begun.promise;
    const { id: quick } = await app.letter(letterInput({ slug: "quick" }));
    assert.ok(quick);
    await sleep(1_000);
    assert.match(await other.fetch("/"), /letters\/quick/);
    assert.doesNotMatch(await other.fetch(path), /Answered Late/);
    commit.resolve();
    await late;
    await sleep(1_000);
    assert.match(await other.fetch(path), /Answered Late/);
  });
});

describe("the language of a page", () => {
  const languageOf = async (response: Response) =>
    /<html lang="(\w+)" dir="(\w+)">/.exec(await response.text())?.slice(1);

  test("is the one chosen, then the one that the reader's browser asks for, then English", async () => {
    assert.deepEqual(await languageOf(await get("/?lang=ar")), ["ar", "rtl"]);
    assert.deepEqual(await languageOf(await get("/?lang=fr", { "Accept-Language": "ar" })), ["fr", "ltr"]);
    assert.deepEqual(await languageOf(await get("/?lang=tlh", { "Accept-Language": "es" })), ["es", "ltr"]);
    for (const [header, language] of [
      ["es-419,es;q=0.9,en;q=0.8", "es"],
      ["de, fr;q=0.5, en;q=0.9", "en"],
      ["fr-CA", "fr"],
      ["AR", "ar"],
      ["de;q=1, pt", "en"],
      ["en;q=0, fr;q=0.1", "fr"],
    ] as const)
      assert.equal((await languageOf(await get("/", { "Accept-Language": header })))?.[0], language, header);
  });

  test("is not changed by a header that is none", async () => {
    for (const header of [
      "",
      ";",
      ",,,",
      "q=1",
      "fr;q=x",
      ";q=1",
      "*;q=9",
      "\u00e9\u00e8",
      "fr_FR;;;",
      "-",
      "a".repeat(9_000),
      "fr;q=0",
    ]) {
      const response = await get("/", { "Accept-Language": header });
      assert.equal(response.status, 200, header);
      assert.equal((await languageOf(response))?.[0], "en", header);
    }
  });

  test("stands beside its other versions, absolute, each naming the same ones", async () => {
    const versions = async (where: string) => {
      const html = await (await get(where)).text();
      return Array.from(
        html.matchAll(/<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">/g),
        ([, hreflang, href]) => [hreflang!, href!.replaceAll("&amp;", "&")],
      );
    };
    for (const where of ["/", "/?topic=transparency", path, "/about", "/data"]) {
      const all = await versions(where);
      assert.deepEqual(
        all.map(([language]) => language),
        ["en", "fr", "es", "ar", "x-default"],
        where,
      );
      for (const [language, href] of all) {
        const { origin, pathname, search } = new URL(href!);
        assert.equal(origin, "http://localhost");
        assert.deepEqual(await versions(pathname + search), all, href);
        if (language !== "x-default")
          assert.equal((await languageOf(await get(pathname + search)))?.[0], language, href);
      }
    }
  });

  test("is carried along by links only when it was chosen", async () => {
    assert.match(await (await get("/?lang=fr")).text(), new RegExp(`href="${path}\\?lang=fr"`));
    assert.match(await (await get("/", { "Accept-Language": "fr" })).text(), new RegExp(`href="${path}"`));
  });
});

describe("an address that a letter had before", () => {
  test("leads to the one it has now, for ever, for the page and all that hangs on it", async () => {
    const { id: renamed } = await app.letter(letterInput({ slug: "first" }));
    for (const slug of ["second", "third"])
      await inTransaction(app.db, (trx) => renameLetter(trx, renamed, slug));
    for (const former of ["first", "second"]) {
      for (const rest of [
        "",
        ".json",
        ".bib",
        ".csl.json",
        "/signatories",
        "/signatories.json?kind=person",
        "/revisions/1",
        "/revisions/1/manifest.json",
        "/openings.json",
      ]) {
        const response = await get(`/letters/${former}${rest}`);
        assert.equal(response.status, 301, former + rest);
        assert.equal(response.headers.get("location"), `/letters/third${rest}`);
        assert.equal((await get(`/letters/third${rest}`)).status, 200, rest);
      }
    }
    const chosen = await get("/letters/first?text=en&lang=es");
    assert.equal(chosen.headers.get("location"), "/letters/third?text=en&lang=es");
    // Nobody else gets it; the letter itself may take it back.
    const { slug } = await app.letter(
      letterInput({ translations: [{ language: "en", title: "First", summary: "" }] }),
    );
    assert.equal(slug, "first-2");
    await inTransaction(app.db, (trx) => renameLetter(trx, renamed, "first"));
    assert.equal((await get("/letters/first")).status, 200);
    assert.equal((await get("/letters/third")).headers.get("location"), "/letters/first");
  });

  test("still takes signatures, by a form that leads to the one it has now", async () => {
    const { id: open } = await app.letter({ ...openLetter, slug: "sign-me" });
    await inTransaction(app.db, (trx) => renameLetter(trx, open, "sign-here"));
    assert.match(
      await (await get("/letters/sign-me/sign")).text(),
      /<form action="\/letters\/sign-here\/sign"/,
    );
    const sent = await app.post("/letters/sign-me/sign", person({ email: "late@example.org" }));
    assert.equal(sent.status, 303);
    assert.equal(sent.headers.get("location"), "/letters/sign-here/sign/sent");
  });
});
