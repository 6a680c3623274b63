/** Letters are found by the organisations that signed them. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { listLetters } from "../../src/archive/list.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { addKnownName, dropKnownName } from "../../src/letters/known-names.ts";
import { recordLetter } from "../../src/letters/record-letter.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { letterInput } from "../support/letter-input.ts";

let database: TestDatabase;
let slug: string;
let id: string;
before(async () => {
  database = await createTestDatabase();
  const record = (title: string) =>
    inTransaction(database.db, (trx) =>
      recordLetter(
        trx,
        () => new Date(),
        letterInput({ topics: ["privacy"], translations: [{ language: "en", title, summary: "" }] }),
      ),
    );
  ({ id, slug } = await record("Of interest"));
  await record("Another");
});
after(() => database.drop());

async function find(query: string, topic?: string) {
  const filters = { ...(topic && { topic }) };
  const { entries, corrected } = await listLetters(database.db, { query, filters, page: 1, language: "en" });
  return { slugs: entries.map((entry) => entry.slug), corrected };
}

test("by the name's words, with accents or without, misspelt, and under a filter, until it is withdrawn", async () => {
  assert.deepEqual((await find("libraries")).slugs, []);
  await inTransaction(database.db, (trx) => addKnownName(trx, id, "Fédération of Libraries"));
  for (const query of ["libraries", "Federation", "fédération of libraries"]) {
    assert.deepEqual((await find(query)).slugs, [slug], query);
  }
  assert.deepEqual((await find("libraires")).slugs, [slug]);
  assert.deepEqual((await find("libraries", "privacy")).slugs, [slug]);
  // What is ruled out may stand in the letter, of which the name says nothing.
  assert.deepEqual((await find("libraries -interest")).slugs, []);
  await inTransaction(database.db, (trx) => dropKnownName(trx, id, "Fédération of Libraries"));
  assert.deepEqual((await find("libraries")).slugs, []);
});
