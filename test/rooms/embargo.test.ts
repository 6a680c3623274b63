/** A link under embargo costs little, however often it is opened, and keeps nobody from recording a letter. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { inTransaction } from "../../src/database/transaction.ts";
import { draftDocument } from "../../src/drafting/document.ts";
import { firstPlan } from "../../src/drafting/publish-input.ts";
import { rehearsePublication } from "../../src/drafting/rehearse.ts";
import { recordLetter } from "../../src/letters/record-letter.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { draft, write } from "../support/circulation.ts";
import { leadsTo, setUp, type Visitor } from "../support/desk.ts";
import { untilWaiting, whileHeld } from "../support/held.ts";
import { openLetter, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());

/** Sets the time of a draft to tomorrow, as it is saved. */
async function schedule(id: string): Promise<void> {
  const at = new Date(app.deps.clock().getTime() + 86_400_000).toISOString();
  const time = { opens: "yes", date: at.slice(0, 10), time: at.slice(11, 16), zone: "UTC", do: "schedule" };
  leadsTo(await owner.postSeen(`/desk/letters/${id}/publishing`, time), /done=scheduled/);
}

/** A letter that waits for its time, and the path of a link to it. */
async function waiting(title: string): Promise<readonly [id: string, link: string]> {
  const id = await draft({ app, owner }, title);
  return [id, await linkTo(id)];
}

/** Sets the time of a draft to tomorrow. @returns the path of a link to it */
async function linkTo(id: string): Promise<string> {
  await schedule(id);
  const fields = { recipient: "The Daily Example", email: "", language: "en" };
  leadsTo(await owner.post(`/desk/letters/${id}/publishing/links`, fields), /done=link/);
  const page = await (await owner.get(`/desk/letters/${id}/publishing`)).text();
  return /http:\/\/localhost(\/embargo\/[\w-]{43})/.exec(page)![1]!;
}

/** How many letters were ever written, those included that were taken back. */
async function written(): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(pg_sequence_last_value(pg_get_serial_sequence('letter', 'listed')::regclass), 0) as last`.execute(
    app.db,
  );
  return Number(rows[0]!.last);
}

test("it is read while a letter with the same topics and year is being recorded", async () => {
  const [id, link] = await waiting("Read meanwhile");
  await app.letter(openLetter);
  for (const path of [link, `/desk/letters/${id}/preview`]) {
    const answer = await whileHeld(
      app.db,
      (trx) => recordLetter(trx, app.deps.clock, { ...openLetter, slug: "recorded-meanwhile" }),
      () => Promise.race([owner.get(path), untilWaiting(app)]),
    );
    assert.ok(answer instanceof Response, `${path} waits`);
    assert.equal(answer.status, 200);
    const document = await answer.text();
    assert.match(document, /Read meanwhile[\s\S]*cameras/);
    assert.doesNotMatch(document, /rehearsal-/);
  }
});

test("a letter is recorded while somebody looks", async () => {
  const { db, clock } = app.deps;
  const document = draftDocument.parse({
    date: "2026-11-03",
    topics: ["transparency"],
    places: ["001"],
    texts: { en: { title: "Answer Your Letters", body: "Dear all,\n\nanswer." } },
  });
  const recorded = await rehearsePublication(db, clock, document, firstPlan, "–", () =>
    inTransaction(db, async (trx) => {
      await sql`set local lock_timeout = '10s'`.execute(trx);
      return recordLetter(trx, clock, { ...openLetter, slug: "while-somebody-looks" });
    }),
  );
  assert.equal(recorded.slug, "while-somebody-looks");
  assert.equal((await app.fetch("/letters/while-somebody-looks")).status, 200);
});

test("it is made once a minute for each language, and anew at once when another time is set", async () => {
  const [id, link] = await waiting("Opened often");
  const read = async (query = "") => (await app.fetch(link + query)).text();
  const before = await written();
  const documents = await Promise.all(Array.from({ length: 20 }, () => read()));
  for (const document of documents) assert.match(document, /Opened often[\s\S]*sixty/);
  for (const query of ["?text=xx", "?text=pt-BR", "?text=en"]) await read(query);
  // A language that the text does not have is none of its own; one that it has may be.
  assert.ok((await written()) <= before + 2);
  await read("?lang=ar");
  assert.ok((await written()) <= before + 3);

  await write(app, id, "Dear all,\n\nAnswer within thirty days.");
  assert.match(await read(), /sixty/);
  await schedule(id);
  assert.match(await read(), /thirty days/);
  const known = await written();
  await read();
  assert.equal(await written(), known);
  app.pass(61_000);
  await read();
  assert.equal(await written(), known + 1);
});

test("it says what the letter will be, and leads to nothing that is not there yet", async () => {
  const id = await draft({ app, owner }, "Said as it is");
  await write(app, id, "## Why\n\nDear all,\n\n#### How\n\nanswer.");
  const link = await linkTo(id);
  const document = await (await app.fetch(link)).text();
  await assertValidHtml(document, "under embargo");
  assert.match(document, /Not public yet; open for signature once it is/);
  assert.match(document, /<h2>Why<\/h2>[\s\S]*<h3>How<\/h3>/);
  assert.doesNotMatch(document, /Check this list yourself|BibTeX/);
  assert.match(document, /id="sign"[\s\S]*<div inert>/);
  assert.doesNotMatch(document, /href="#sign"/);
  const paths = new Set(Array.from(document.matchAll(/ href="(\/[^"#]*)/g), ([, path]) => path!));
  for (const path of paths)
    assert.notEqual((await app.fetch(path.replaceAll("&amp;", "&"))).status, 404, path);
});
