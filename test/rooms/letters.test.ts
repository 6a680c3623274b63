/** Recording, renaming, indexing and closing letters, in a real database. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { readMigrations } from "../../src/database/migrate.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { closeLetters } from "../../src/letters/close.ts";
import { findLetterBySlug, findLettersDated } from "../../src/letters/find-letter.ts";
import { indexLetter } from "../../src/letters/index-letter.ts";
import { addKnownNames, dropKnownName } from "../../src/letters/known-names.ts";
import { type LetterInput, recordLetter } from "../../src/letters/record-letter.ts";
import { renameLetter } from "../../src/letters/rename-letter.ts";
import { searchConfiguration } from "../../src/letters/search-configuration.ts";
import { createSite, nameSite } from "../../src/letters/site.ts";
import { touchLetter } from "../../src/letters/touch.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { letterInput } from "../support/letter-input.ts";

const now = new Date("2026-11-24T09:00:00Z");
const clock = () => now;

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
  await createSite(database.db, { name: "S", heading: "H", tagline: "T", sample: false, source: null });
});
after(() => database.drop());

const record = (input: Partial<LetterInput> = {}) =>
  inTransaction(database.db, (trx) => recordLetter(trx, clock, letterInput(input)));
const rename = (id: string, slug: string) => inTransaction(database.db, (trx) => renameLetter(trx, id, slug));
const titled = (title: string) => ({ translations: [{ language: "en", title, summary: "" }] });

/** The letters that the words find, each word read by the configuration of a language. */
async function found(words: string, language: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select letter_id as id from letter_index
    where document @@ plainto_tsquery(${searchConfiguration(language)}::regconfig, ${words})`.execute(
    database.db,
  );
  return rows.map(({ id }) => id);
}

async function facets(id: string): Promise<string[]> {
  const row = await database.db
    .selectFrom("letter_index")
    .select("facets")
    .where("letter_id", "=", id)
    .executeTakeFirstOrThrow();
  return row.facets;
}

/** The marks by which nodes see that pages are out of date. */
async function marks(id: string) {
  const site = await database.db.selectFrom("site").select("changed").executeTakeFirstOrThrow();
  const tally = await database.db
    .selectFrom("tally")
    .select("changed")
    .where("letter_id", "=", id)
    .executeTakeFirstOrThrow();
  return { site: site.changed, letter: tally.changed };
}

describe("recording", () => {
  test("an open letter with all that is known of it", async () => {
    const { id, slug } = await record({
      state: "open",
      publisherRole: "supporter",
      kind: "declaration",
      date: { year: 2026, month: 11 },
      closesOn: "2027-11-24",
      measure: { name: "Bill on Records", type: "bill" },
      stance: "opposes",
      topics: ["records", "privacy"],
      places: ["US-CA"],
      addressees: [
        { name: "The Senate", type: "legislature" },
        { name: "The public", type: "public" },
      ],
      initiators: ["Alliance A"],
      namedSignatories: [{ name: "Ada Byron", kind: "person" }],
      reportedCount: { kind: "mixed", count: 75, qualifier: "more-than", description: "others" },
      ...titled("A Declaration"),
    });
    assert.equal(slug, "a-declaration");
    const letter = await database.db
      .selectFrom("letter")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const { listed: _, ...row } = letter;
    assert.deepEqual(row, {
      id,
      slug,
      kind: "declaration",
      publisher_role: "supporter",
      state: "open",
      dated: 20261100,
      language: "en",
      measure_name: "Bill on Records",
      measure_type: "bill",
      stance: "opposes",
      example: false,
      opened_at: now,
      closes_on: "2027-11-24",
      closed_at: null,
    });
    const addressees = await database.db
      .selectFrom("addressee")
      .select(["position", "name"])
      .where("letter_id", "=", id)
      .orderBy("position")
      .execute();
    assert.deepEqual(addressees, [
      { position: 1, name: "The Senate" },
      { position: 2, name: "The public" },
    ]);
    const count = await database.db
      .selectFrom("reported_count")
      .selectAll()
      .where("letter_id", "=", id)
      .execute();
    assert.deepEqual(count, [
      { letter_id: id, kind: "mixed", count: 75, qualifier: "more-than", description: "others" },
    ]);
    const tally = await database.db
      .selectFrom("tally")
      .selectAll()
      .where("letter_id", "=", id)
      .executeTakeFirst();
    assert.deepEqual([tally?.people, tally?.organisations, tally?.unnamed], [0, 0, 0]);
    assert.deepEqual(await facets(id), [
      "language:en",
      "place:019",
      "place:021",
      "place:US",
      "place:US-CA",
      "role:supporter",
      "stance:opposes",
      "status:open",
      "to:legislature",
      "to:public",
      "topic:privacy",
      "topic:records",
      "year:2026",
    ]);
  });

  test("without a text in the original's language nothing is written", async () => {
    const before = await database.db.selectFrom("letter").select("id").execute();
    await assert.rejects(
      record({ language: "fr", translations: [{ language: "en", title: "No", summary: "" }] }),
      /fr/,
    );
    assert.equal((await database.db.selectFrom("letter").select("id").execute()).length, before.length);
  });

  test("letters of one title get slugs of their own, also at the same moment", async () => {
    const slugs = await Promise.all(
      Array.from({ length: 5 }, async () => (await record(titled("The same title"))).slug),
    );
    assert.deepEqual(
      slugs.sort(),
      ["", "-2", "-3", "-4", "-5"].map((end) => `the-same-title${end}`),
    );
  });
});

describe("addresses", () => {
  test("an old slug leads to the new one, for ever, and is given to no other letter", async () => {
    const { id } = await record(titled("First name"));
    assert.deepEqual(await findLetterBySlug(database.db, "first-name"), { id, slug: "first-name" });
    assert.equal(await rename(id, "second-name"), undefined);
    assert.equal(await rename(id, "third-name"), undefined);
    for (const old of ["first-name", "second-name"]) {
      assert.deepEqual(await findLetterBySlug(database.db, old), { movedTo: "third-name" });
    }
    const other = await record(titled("First name"));
    assert.equal(other.slug, "first-name-2");
    for (const taken of ["first-name", "second-name", "third-name"]) {
      assert.deepEqual(await rename(other.id, taken), { problem: "slug-taken" });
    }
    assert.equal(await findLetterBySlug(database.db, "never"), undefined);
  });

  test("a letter takes back a slug that it had; renaming it to what it is called does nothing", async () => {
    const { id } = await record(titled("Back and forth"));
    await rename(id, "forth");
    await rename(id, "back-and-forth");
    await rename(id, "back-and-forth");
    assert.deepEqual(await findLetterBySlug(database.db, "back-and-forth"), { id, slug: "back-and-forth" });
    assert.deepEqual(await findLetterBySlug(database.db, "forth"), { movedTo: "back-and-forth" });
  });

  test("recording and renaming renew every page; a count renews its letter alone", async () => {
    const { id } = await record();
    const first = await marks(id);
    await record();
    const second = await marks(id);
    assert.notEqual(second.site, first.site);
    await rename(id, "renewed");
    const third = await marks(id);
    assert.notEqual(third.site, second.site);
    await touchLetter(database.db, id);
    const fourth = await marks(id);
    assert.equal(fourth.site, third.site);
    assert.notEqual(fourth.letter, third.letter);
  });

  test("words for the site renew its pages only when they are other words", async () => {
    const { id } = await record();
    const first = await marks(id);
    await inTransaction(database.db, (trx) => nameSite(trx, { heading: "H", tagline: "T" }));
    assert.equal((await marks(id)).site, first.site);
    await inTransaction(database.db, (trx) => nameSite(trx, { heading: "H", tagline: "Other" }));
    assert.notEqual((await marks(id)).site, first.site);
  });
});

describe("the index", () => {
  test("each text is stemmed in its own language, without accents; names and measure are found", async () => {
    const { id } = await record({
      measure: { name: "Zephyr Regulation", type: "regulation" },
      addressees: [{ name: "Ministère de l’Économie", type: "government" }],
      initiators: ["Quixotic Alliance"],
      namedSignatories: [
        { name: "Vint Cerf", kind: "person" },
        { name: "Wikimedia Foundation", kind: "organisation" },
      ],
      translations: [
        {
          language: "en",
          title: "Encrypted communications",
          summary: "Naïve proposals",
          body: "It **[says](https://example.org/)** so.",
        },
        { language: "fr", title: "Des libertés menacées", summary: "" },
        { language: "ar", title: "رسالة عن الحُرّيات", summary: "" },
        { language: "pt-BR", title: "Direitos digitais", summary: "" },
        { language: "ja", title: "公開 書簡", summary: "" },
      ],
    });
    const finds: readonly (readonly [string, string])[] = [
      ["encrypting", "en"],
      ["communication", "en"],
      ["naive proposal", "en"],
      ["say", "en"],
      ["liberté menacée", "fr"],
      ["liberte", "fr"],
      ["الحريات", "ar"],
      ["direito", "pt"],
      ["書簡", "ja"],
      ["zephyr", "en"],
      ["economie ministere", "ja"],
      ["quixotic", "xx"],
      ["cerf", "xx"],
      ["wikimedia", "xx"],
    ];
    for (const [words, language] of finds) assert.ok((await found(words, language)).includes(id), words);
    assert.deepEqual(await found("example.org", "en"), []);
  });

  test("the best place is the title's, then names, then the summary, then the text", async () => {
    const place = async (input: Partial<LetterInput>) => (await record(input)).id;
    const text = (title: string, summary: string, body: string) => ({
      translations: [{ language: "en", title, summary, body }],
    });
    const ids = [
      await place(text("Xylophone", "a", "b")),
      await place({ ...text("a", "b", "c"), initiators: ["Xylophone"] }),
      await place(text("a", "xylophone", "b")),
      await place(text("a", "b", "xylophone")),
    ];
    const { rows } = await sql<{
      id: string;
    }>`select letter_id as id from letter_index, to_tsquery('simple', 'xylophon | xylophone') q
      where document @@ q order by ts_rank(document, q) desc`.execute(database.db);
    assert.deepEqual(
      rows.map(({ id }) => id),
      ids,
    );
  });

  test("a text of any length and language can be searched", async () => {
    const words = Array.from({ length: 60_000 }, (_, index) => `w${index.toString(36)}ö`).join(" ");
    const { id } = await record({
      translations: ["en", "fr", "ru", "ja"].map((language) => ({
        language,
        title: "Long",
        summary: "",
        body: words,
      })),
    });
    assert.deepEqual(await found("w0ö w1ö", "en"), [id]);
  });

  test("every configuration exists", async () => {
    const languages =
      "ar ca da de el en es eu fi fr ga hi hu hy id it lt nb ne nl nn no pt ro ru sr sv ta tr yi zh sr-Latn EN-gb";
    for (const language of languages.split(" ")) {
      await sql`select to_tsvector(${searchConfiguration(language)}::regconfig, 'x')`.execute(database.db);
    }
    assert.equal(searchConfiguration("EN-gb"), searchConfiguration("en"));
  });

  test("facets are counted as they are, whatever is recorded, indexed again or closed", async () => {
    const { id } = await record({ topics: ["counted"], state: "open", closesOn: "2026-11-23" });
    await inTransaction(database.db, (trx) => indexLetter(trx, id));
    await closeLetters(database.db, clock);
    const { rows } = await sql<{ facet: string }>`
      select coalesce(kept.facet, real.facet) as facet from (select * from facet_count where letters > 0) kept
      full join (select facet, count(*) as letters from letter_index, unnest(facets) facet group by facet) real using (facet)
      where kept.letters is distinct from real.letters`.execute(database.db);
    assert.deepEqual(rows, []);
  });
});

test("letters recorded when the world held every letter are taken from under it, but for those to the world", async () => {
  const [state, worldwide] = await Promise.all([
    record({ places: ["US-CA"] }),
    record({ places: ["001", "US"] }),
  ]);
  const before = await Promise.all([facets(state.id), facets(worldwide.id)]);
  const count = async () =>
    (
      await sql<{ letters: number }>`select letters::int from facet_count where facet = 'place:001'`.execute(
        database.db,
      )
    ).rows[0]?.letters;
  const counted = await count();
  await sql`update letter_index set facets = array_append(facets, 'place:001')
    where letter_id = ${state.id}`.execute(database.db);
  await sql`update facet_count set letters = letters + 1 where facet = 'place:001'`.execute(database.db);
  const [file] = (await readMigrations()).filter(({ name }) => name.startsWith("0033"));
  await sql.raw(file!.text).execute(database.db);
  assert.deepEqual(await Promise.all([facets(state.id), facets(worldwide.id)]), before);
  assert.ok(before[1]!.includes("place:001") && !before[0]!.includes("place:001"));
  assert.equal(await count(), counted);
});

test("an organisation that signed finds the letter, and the letter's own row is not rewritten", async () => {
  const { id } = await record();
  const version = () =>
    sql<{
      at: string;
    }>`select ctid::text || xmin::text as at from letter_index where letter_id = ${id}`.execute(database.db);
  const before = (await version()).rows[0]?.at;
  const finds = async (word: string) => {
    const { rows } = await sql<{ id: string }>`select letter_id as id from letter_organisation
      where document @@ plainto_tsquery(${searchConfiguration("xx")}::regconfig, ${word})`.execute(
      database.db,
    );
    return rows.map((row) => row.id);
  };
  for (const name of ["Bibliothèque Éxtra", "BIBLIOTHEQUE  EXTRA"]) {
    await inTransaction(database.db, (trx) => addKnownNames(trx, id, [name]));
    assert.deepEqual(await finds("extra"), [id]);
  }
  const words = await database.db
    .selectFrom("known_word")
    .select("word")
    .where("word", "in", ["bibliotheque", "extra"])
    .execute();
  assert.equal(words.length, 2);
  await inTransaction(database.db, (trx) => dropKnownName(trx, id, "Bibliothèque Extra"));
  assert.deepEqual(await finds("extra"), []);
  assert.equal((await version()).rows[0]?.at, before);
});

test("letters close when their last day has passed, and not on it", async () => {
  const open = async (closesOn?: string) =>
    (await record({ state: "open", ...(closesOn && { closesOn }) })).id;
  const [past, today, never] = [await open("2026-11-23"), await open("2026-11-24"), await open()];
  const states = async () => {
    const rows = await database.db
      .selectFrom("letter")
      .select(["id", "state"])
      .where("id", "in", [past, today, never])
      .execute();
    return [past, today, never].map((id) => rows.find((row) => row.id === id)?.state);
  };
  assert.equal(await closeLetters(database.db, clock), 1);
  assert.deepEqual(await states(), ["closed", "open", "open"]);
  assert.ok((await facets(past)).includes("status:closed"));
  assert.equal(await closeLetters(database.db, clock), 0);
  assert.equal(await closeLetters(database.db, () => new Date("2026-11-25T00:00:00Z")), 1);
  assert.deepEqual(await states(), ["closed", "closed", "open"]);
});

test("letters are found by their dates, at exactly the precision asked for", async () => {
  const { slug } = await record({ date: { year: 1999, month: 5 }, ...titled("By date") });
  await record({ date: { year: 1999, month: 5, day: 1 } });
  assert.deepEqual(await findLettersDated(database.db, [{ year: 1999, month: 5 }, { year: 1998 }]), [
    { slug, date: { year: 1999, month: 5 }, titles: ["By date"] },
  ]);
});
