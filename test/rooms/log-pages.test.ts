/** The log for people: its page, its entries, and revisions, as they are served. No name outlives its signature. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { languages } from "../../src/foundation/i18n.ts";
import { encodeBase64, encodeUtf8 } from "../../src/transparency/bytes.ts";
import { cosign } from "../../src/transparency/cosignature.ts";
import { formatNote, parseNote } from "../../src/transparency/note.ts";
import { parseProof } from "../../src/transparency/proof.ts";
import { sequenceBatch } from "../../src/transparency/sequence.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { signerOfSeed } from "../../src/transparency/signing-key.ts";
import { leafHash, verifyInclusion } from "../../src/transparency/tree.ts";
import { cosignatureType } from "../../src/transparency/verifier-key.ts";
import type { TestApp } from "../support/app.ts";
import { wordsOf } from "../support/archive.ts";
import { assertValidHtml } from "../support/checks.ts";
import { publishRevision } from "../support/revise.ts";
import {
  mailedLink,
  openLetter,
  organisation,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
} from "../support/signing.ts";

let app: TestApp;
let id: string;
const slug = openLetter.slug!;
const own: Record<string, string> = {};

// 0 text; 1 Ada; 2 Readers’ Union; 3 and 4 Hidden One; 5 Bruno; 6 Bruno withdrawn; 7 Chiara; 8 and 9 Chiara erased.
before(async () => {
  app = await startSigningApp();
  ({ id } = await app.letter(openLetter));
  own.ada = await signAndConfirm(app, slug, person());
  own.union = await signAndConfirm(app, slug, organisation());
  await signAndConfirm(app, slug, person({ name: "Hidden One", email: "h@example.org", show: "no" }));
  own.bruno = await signAndConfirm(app, slug, person({ name: "Bruno Gone", email: "b@example.org" }));
  await app.post(`${own.bruno}/withdraw`, {});
  own.chiara = await signAndConfirm(app, slug, person({ name: "Chiara Gone", email: "c@example.org" }));
  await app.post(`${own.chiara}/erase`, {});
});
after(() => app.close());

async function read(path: string): Promise<string> {
  const answer = await app.fetch(path);
  assert.equal(answer.status, 200, path);
  const document = await answer.text();
  await assertValidHtml(document, path);
  return document;
}

const checkpoint = async () => (await app.fetch("/log/checkpoint")).text();

test("the log's page shows size, seal and key whole, and leads to the files", async () => {
  const document = await read("/log");
  const [, size, root] = (await checkpoint()).split("\n");
  const words = wordsOf(document);
  assert.equal(size, "10");
  assert.ok(words.includes("10 entries"), words);
  assert.ok(words.includes(`Seal${root}`), words);
  const key = (await (await app.fetch("/log/key")).text()).trim();
  assert.ok(words.includes(`Key${key}`), words);
  assert.match(document, /<time datetime="\d{4}-\d\d-\d\dT\d\d:\d\dZ">/);
  assert.match(words, /WitnessesNone yet/);
  for (const path of ["/log/checkpoint", "/log/key", "/verify"])
    assert.ok(document.includes(`href="${path}"`));
  assert.ok(words.includes("bin/undersigned mirror http://localhost FOLDER"));
});

test("pages that name the program say how to get it: from where the operator publishes it, or by asking", async () => {
  for (const path of ["/log", "/verify"]) {
    const words = wordsOf(await read(path));
    assert.match(words, /does not say where its source can be had: ask Example Alliance/, path);
    assert.match(words, /npm ci in its folder/);
    assert.match(words, /bin\/undersigned verify http:\/\/localhost/);
  }
  const sourceUrl = "https://code.example.org/undersigned?a=b&c";
  const published = await startSigningApp({ env: { SOURCE_URL: sourceUrl } });
  const link = `href="${sourceUrl.replace("&", "&amp;")}"`;
  for (const [path, links] of [
    ["/", 1],
    ["/log", 2],
    ["/verify", 2],
    ["/about", 2],
  ] as const) {
    const document = await (await published.fetch(path)).text();
    await assertValidHtml(document, path);
    assert.equal(document.split(link).length - 1, links, path);
    assert.ok(document.includes(`<a ${link}>Free software</a> for open letters.`), path);
    assert.doesNotMatch(document, /does not say where/);
  }
  await published.close();
});

test("its entries stand in words, newest first, each with its letter", async () => {
  const document = await read("/log");
  const lines = Array.from(document.matchAll(/<li><a href="(\/log\/entries\/\d+)">(.*?)<\/li>/gs));
  assert.deepEqual(
    lines.map(([, path, line]) => [path, wordsOf(line!)]),
    [
      "Name not shown",
      "Signature withdrawn",
      "Signature of a person",
      "Signature withdrawn",
      "Signature of a person",
      "Name not shown",
      "Signature of a person",
      "Signature of an organisation",
      "Signature of a person",
      "Text published",
    ].map((words, at) => [`/log/entries/${9 - at}`, `${9 - at} ${words} Answer Your Letters`]),
  );
});

test("an entry shows its bytes, its hash and a proof that holds", async () => {
  const [, size, root] = (await checkpoint()).split("\n");
  for (let index = 0; index < Number(size); index++) {
    const document = await read(`/log/entries/${index}`);
    const bytes = /<pre[^>]*><code>(.*?)<\/code>/s.exec(document)![1]!.replaceAll("&quot;", '"');
    const hash = leafHash(nodeSha256, encodeUtf8(bytes));
    assert.ok(document.includes(`<code dir="ltr">${encodeBase64(hash)}</code>`));
    // The words say the number that the bytes do.
    const place = /entries, counted from 0<\/dt><dd>(\d+)<\/dd>/.exec(document)?.[1];
    assert.equal(Number(place), (JSON.parse(bytes) as { s: number }).s);
    assert.ok(document.includes(`href="/log/entries/${index}/proof"`));
    const answer = await app.fetch(`/log/entries/${index}/proof`);
    assert.match(answer.headers.get("content-disposition")!, /attachment/);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    const proof = parseProof(await answer.text());
    assert.ok(!("problem" in proof));
    assert.equal(proof.checkpoint, await checkpoint());
    assert.equal(proof.index, index);
    const top = Buffer.from(root!, "base64");
    assert.ok(verifyInclusion(nodeSha256, hash, index, Number(size), proof.hashes, top));
    assert.equal(document.includes('rel="prev"'), index > 0);
    assert.equal(document.includes('rel="next"'), index < Number(size) - 1);
  }
});

test("an entry says what became of it, or what it removed", async () => {
  const links = (document: string) =>
    Array.from(
      /<dl class="facts">(.*?)<\/dl>/s.exec(document)![1]!.matchAll(/href="(\/[^"]+)"/g),
      ([, href]) => href,
    );
  const text = `/letters/${slug}/revisions/1`;
  assert.deepEqual(links(await read("/log/entries/0")), [text]);
  assert.deepEqual(links(await read("/log/entries/1")), [text]);
  assert.deepEqual(links(await read("/log/entries/3")), ["/log/entries/4", text]);
  assert.deepEqual(links(await read("/log/entries/5")), ["/log/entries/6", text]);
  assert.deepEqual(links(await read("/log/entries/6")), ["/log/entries/5"]);
  assert.deepEqual(links(await read("/log/entries/7")), ["/log/entries/8", "/log/entries/9", text]);
  assert.deepEqual(links(await read("/log/entries/9")), ["/log/entries/7"]);
  assert.match(wordsOf(await read("/log/entries/1")), /What became of itIt stands/);
  assert.match(wordsOf(await read("/log/entries/6")), /WhyThe signatory wished it Shown byA secret/);
});

test("a name stands at its entry only while it stands on the list", async () => {
  assert.match(await read("/log/entries/1"), /<p class="name"><bdi>Ada Byron<\/bdi><\/p>/);
  assert.match(await read("/log/entries/2"), /<p class="name"><bdi>Readers’ Union<\/bdi><\/p>/);
  const paths = [
    ...Array.from({ length: 10 }, (_, index) => `/log/entries/${index}`),
    "/log",
    `/letters/${slug}`,
    `/letters/${slug}/signatories?kind=person`,
    `/letters/${slug}.json`,
    `/letters/${slug}/openings.json`,
    `/letters/${slug}/revisions/1`,
  ];
  for (const path of paths)
    assert.doesNotMatch(await (await app.fetch(path)).text(), /Hidden|Gone|@example/, path);
});

test("the name goes from its entry's page with the signature, and comes back at a new entry with it", async () => {
  const bruno = async () => {
    const { names } = (await (await app.fetch(`/letters/${slug}/signatories.json?kind=person`)).json()) as {
      names: { name: string; entry: number }[];
    };
    return names.find(({ name }) => name === "Bruno Gone")?.entry;
  };
  const restored = await app.post(`${own.bruno}/restore`, {});
  assert.equal(restored.status, 303);
  assert.equal(await bruno(), 10);
  assert.match(await read("/log/entries/10"), /Bruno Gone/);
  assert.doesNotMatch(await read("/log/entries/5"), /Bruno/, "the earlier entry stays withdrawn");
  const again = restored.headers.get("location")!.replace(/\/receipt.*/, "");
  await app.post(`${again}/withdraw`, {});
  assert.equal(await bruno(), undefined);
  assert.doesNotMatch(await read("/log/entries/10"), /Bruno/);
});

test("what the log does not have is not found", async () => {
  for (const path of ["/log/entries/999", "/log/entries/01", "/log/entries/999/proof", "/log/entries/1x"])
    assert.equal((await app.fetch(path)).status, 404, path);
  assert.equal((await app.fetch("/log?before=999999")).status, 200);
});

test("beside each name the evidence leads to its entry, told apart by the name", async () => {
  for (const path of [`/letters/${slug}`, `/letters/${slug}/signatories?who=ada`]) {
    const document = await read(path);
    const link = /<a class="ev" href="\/log\/entries\/1">(.*?)<\/a>/s.exec(document)![1]!;
    assert.equal(wordsOf(link), "email confirmed: Ada Byron");
  }
});

test("the log is paged back to its beginning", async () => {
  for (let at = 0; at < 25; at++) {
    const form = person({ name: `Number ${at}`, email: `n${at}@example.org`, show: at % 2 ? "yes" : "no" });
    await signAndConfirm(app, slug, form);
  }
  const seen: number[] = [];
  let path: string | undefined = "/log";
  let pages = 0;
  while (path) {
    const document: string = await read(path);
    seen.push(
      ...Array.from(document.matchAll(/<li><a href="\/log\/entries\/(\d+)"/g), ([, index]) => Number(index)),
    );
    path = /<a href="(\/log\?before=\d+)#entries" rel="next"/.exec(document)?.[1];
    pages++;
  }
  const size = Number((await checkpoint()).split("\n")[1]);
  assert.ok(size > 30);
  assert.deepEqual(
    seen,
    Array.from({ length: size }, (_, at) => size - 1 - at),
  );
  assert.equal(pages, Math.ceil(size / 25));
  const newest = await read("/log?before=5");
  assert.doesNotMatch(newest, /id="now"/);
  assert.match(newest, /rel="prev"/);
});

test("a revision stays as it was signed, and says that there is a newer one", async () => {
  const first = await read(`/letters/${slug}/revisions/1`);
  assert.match(first, new RegExp(`<link rel="canonical" href="http://localhost/letters/${slug}">`));
  assert.doesNotMatch(first, /noindex|rel="next"/);
  const before = await app.fetch(`/letters/${slug}/revisions/1/manifest.json`);
  const hash = Buffer.from(nodeSha256(new Uint8Array(await before.arrayBuffer()))).toString("base64url");
  assert.ok(wordsOf(first).includes(hash));
  const published = await publishRevision(app.db, app.deps.clock, id, [
    { language: "en", title: "Answer Your Letters Soon", summary: "S.", body: "Dear all,\n\nanswer soon." },
    { language: "fr", title: "Répondez vite", summary: "S.", body: "Répondez vite." },
  ]);
  assert.deepEqual(published, { revision: 2 });
  await signAndConfirm(app, slug, person({ name: "Late One", email: "late@example.org" }));
  const old = await read(`/letters/${slug}/revisions/1`);
  assert.match(old, /<meta name="robots" content="noindex">/);
  assert.match(old, /There is a newer text/);
  assert.match(old, /<h1>Answer Your Letters<\/h1>/);
  assert.match(old, /rel="next"/);
  const count = (words: string) => Number(/Signatures under it(\d+)/.exec(words)![1]);
  const latest = await read(`/letters/${slug}/revisions/2`);
  assert.equal(count(wordsOf(latest)), 1);
  const page = await read(`/letters/${slug}`);
  const all = Number(/<span class="count">(\d+)<\/span>/.exec(page)![1]);
  assert.equal(count(wordsOf(old)), all - 1);
  assert.match(page, new RegExp(`href="/letters/${slug}/revisions/2">Revision 2, of `));
  assert.match(page, new RegExp(`href="/letters/${slug}/revisions/1">signed revision 1<span`));
  assert.match(page, /<p class="box[^>]*>The text was revised on /);
  assert.match(wordsOf(page), /signed revision 1The text was revised after this signature/);
  assert.match(await read(`/letters/${slug}/revisions/1?lang=fr`), /<h1>Répondez à vos lettres<\/h1>/);
  const index = /href="\/log\/entries\/(\d+)"/.exec(latest)![1]!;
  assert.match(await read(`/log/entries/${index}`), /Text published: revision 2/);
  for (const number of ["0", "3", "01"])
    assert.equal((await app.fetch(`/letters/${slug}/revisions/${number}`)).status, 404, number);
});

test("with witnesses an entry waits for its proof until they were asked; who cosigned is named", async () => {
  const form = person({ name: "Waiting One", email: "wait@example.org" });
  await sign(app, slug, form);
  const confirmed = await app.post(await mailedLink(app, form.email!), {});
  assert.equal(confirmed.status, 303);
  assert.equal(await sequenceBatch(app.db, app.deps.siteLog, false), 1);
  const index = Number((await checkpoint()).split("\n")[1]);
  const path = `/log/entries/${index}`;
  assert.match(await read(path), /only just been written/);
  assert.equal((await app.fetch(`${path}/proof`)).status, 404);
  assert.ok(!(await read("/log")).includes(`"${path}"`));

  const witness = await signerOfSeed(
    nodeSha256,
    "witness.example",
    cosignatureType,
    nodeSha256(encodeUtf8("w")),
  );
  const { checkpoint: made } = await app.db
    .selectFrom("log_state")
    .select("checkpoint")
    .executeTakeFirstOrThrow();
  const note = parseNote(made);
  assert.ok(!("problem" in note));
  const cosignature = await cosign(note.text, witness, 1_790_000_000);
  const published = formatNote({ ...note, signatures: [...note.signatures, cosignature] });
  await app.db.updateTable("log_state").set({ published }).execute();
  assert.match(await read(path), new RegExp(`href="${path}/proof"`));
  const log = await read("/log");
  assert.match(wordsOf(log), /Witnesseswitness\.example/);
  assert.match(log, /except as far as you trust its witnesses/);
  assert.ok(log.includes(`"${path}"`));
});

test("every page is valid in every language", async () => {
  for (const language of languages)
    for (const path of [
      "/log",
      "/log/entries/0",
      "/log/entries/1",
      "/log/entries/9",
      `/letters/${slug}/revisions/1`,
    ])
      assert.match(await read(`${path}?lang=${language}`), new RegExp(`<html lang="${language}"`));
});
