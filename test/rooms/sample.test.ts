/** The sample archive: what the file says is what the database holds. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { languages } from "../../src/foundation/i18n.ts";
import { plainText, renderMarkdown } from "../../src/foundation/markdown.ts";
import { ensureSite, getSite, noSite, wordsIn } from "../../src/letters/site.ts";
import { importSample } from "../../src/ops/sample.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

interface SampleLetter {
  readonly date: string;
  readonly title: string;
  readonly summary: string;
  readonly publisherRole: string;
  readonly addressees: readonly { readonly name: string; readonly type: string }[];
  readonly topics: readonly string[];
  readonly places: readonly string[];
  readonly initiators?: readonly string[];
  readonly namedSignatories?: readonly { readonly name: string; readonly kind: string }[];
  readonly reportedSignatories?: Readonly<Record<string, unknown>>;
}
const file = JSON.parse(readFileSync(join(import.meta.dirname, "../../sample/letters.json"), "utf8")) as {
  readonly site: Readonly<Record<string, string>>;
  readonly letters: readonly SampleLetter[];
};

const clock = () => new Date("2027-03-01T12:00:00Z");
let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
  assert.equal(await importSample(database.db, clock), true);
});
after(() => database.drop());

test("the 24 letters stand as the file has them, in its order", async () => {
  const { rows } = await sql<SampleLetter & { listed: number }>`
    select title, summary, publisher_role as "publisherRole",
      concat_ws('-', dated / 10000, nullif(lpad((dated / 100 % 100)::text, 2, '0'), '00'), nullif(lpad((dated % 100)::text, 2, '0'), '00')) as date,
      (select coalesce(json_agg(json_build_object('name', name, 'type', type) order by position), '[]') from addressee where letter_id = id) as addressees,
      array(select topic from letter_topic where letter_id = id order by position) as topics,
      array(select place from letter_place where letter_id = id order by position) as places,
      array(select name from initiator where letter_id = id order by position) as initiators,
      (select coalesce(json_agg(json_build_object('name', name, 'kind', kind) order by position), '[]') from reported_signatory where letter_id = id) as "namedSignatories",
      (select json_strip_nulls(json_build_object('kind', kind, 'count', count, 'qualifier', qualifier, 'description', description)) from reported_count where letter_id = id) as "reportedSignatories"
    from letter join translation on letter_id = id where state = 'archived' order by dated desc, listed desc`.execute(
    database.db,
  );
  assert.deepEqual(
    rows,
    file.letters.map((letter) => ({
      title: letter.title,
      summary: letter.summary,
      publisherRole: letter.publisherRole,
      date: letter.date,
      addressees: letter.addressees,
      topics: letter.topics,
      places: letter.places,
      initiators: letter.initiators ?? [],
      namedSignatories: letter.namedSignatories ?? [],
      reportedSignatories: letter.reportedSignatories ?? null,
    })),
  );
});

test("the site says that it is a sample, and where its facts come from", async () => {
  const site = await database.db
    .selectFrom("site")
    .select(["name", "heading", "tagline", "sample", "source"])
    .executeTakeFirstOrThrow();
  assert.deepEqual(site, { ...file.site, sample: true, source: "internetsociety.org/open-letters" });
});

test("the example is open for about a year, marked as an example, and nobody real stands behind it", async () => {
  const example = await database.db
    .selectFrom("letter")
    .selectAll()
    .where("state", "=", "open")
    .executeTakeFirstOrThrow();
  assert.equal(example.example, true);
  assert.equal(example.publisher_role, null);
  assert.equal(example.dated, 20270301);
  assert.equal(example.closes_on, "2028-03-01");
  const initiators = await database.db
    .selectFrom("initiator")
    .select("name")
    .where("letter_id", "=", example.id)
    .execute();
  assert.equal(initiators.length, 3);
  for (const { name } of initiators) assert.match(name, /^(?:Example|Sample|Placeholder) /);
});

test("the example's text is whole in every language of the interface", async () => {
  const { rows } = await sql<{ language: string; title: string; summary: string; body: string }>`
    select t.* from translation t join letter on id = letter_id where state = 'open' order by t.language`.execute(
    database.db,
  );
  assert.deepEqual(
    rows.map(({ language }) => language),
    [...languages].sort(),
  );
  for (const { language, title, summary, body } of rows) {
    assert.ok(title && summary, language);
    const html = renderMarkdown(body).toString();
    assert.equal(html.match(/<li>/g)?.length, 5, `${language} asks five things`);
    assert.equal(html.match(/<ol>/g)?.length, 1);
    assert.equal(
      html.match(/<p>/g)?.length,
      rows[0] && renderMarkdown(rows[0].body).toString().match(/<p>/g)?.length,
    );
    const words = plainText(body).split(/\s+/).length;
    assert.ok(words >= 250 && words <= 450, `${language} has ${words} words`);
  }
});

test("it is imported once, into a database of its own", async () => {
  assert.equal(await importSample(database.db, clock), false);
  const { count } = await database.db
    .selectFrom("letter")
    .select((of) => of.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  assert.equal(Number(count), 25);
  await ensureSite(database.db, new URL("https://letters.example.org"));
  const site = await database.db.selectFrom("site").select(["name", "sample"]).execute();
  assert.deepEqual(site, [{ name: "Internet Society", sample: true }]);
});

test("two servers that start at once import it once", async () => {
  const other = await createTestDatabase();
  try {
    const imported = await Promise.all([importSample(other.db, clock), importSample(other.db, clock)]);
    assert.deepEqual(imported.sort(), [false, true]);
    assert.equal((await other.db.selectFrom("letter").select("id").execute()).length, 25);
  } finally {
    await other.drop();
  }
});

test("a site without the sample has neutral words, and takes no sample later", async () => {
  const other = await createTestDatabase();
  try {
    await ensureSite(other.db, new URL("https://letters.example.org"));
    const site = await other.db.selectFrom("site").selectAll().executeTakeFirstOrThrow();
    assert.equal(site.name, "letters.example.org");
    assert.deepEqual([site.sample, site.source], [false, null]);
    const headings = languages.map((language) => wordsIn(noSite, language).heading);
    assert.equal(new Set(headings).size, languages.length);
    const whole = await getSite(other.db);
    assert.deepEqual(
      languages.map((language) => wordsIn(whole, language).heading),
      headings,
    );
    assert.equal(await importSample(other.db, clock), false);
    assert.deepEqual(await other.db.selectFrom("letter").select("id").execute(), []);
  } finally {
    await other.drop();
  }
});
