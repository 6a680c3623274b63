/** Letters are found by the organisations that signed them. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { listLetters } from "../../src/archive/list.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { addKnownNames, dropKnownName } from "../../src/letters/known-names.ts";
import { recordLetter } from "../../src/letters/record-letter.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { letterInput } from "../support/letter-input.ts";

let database: TestDatabase;
let slug: string;
let id: string;
let other: string;
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
  ({ id: other } = await record("Another"));
});
after(() => database.drop());

async function find(query: string, topic?: string) {
  const filters = { ...(topic && { topic }) };
  const { entries, corrected } = await listLetters(database.db, { query, filters, page: 1, language: "en" });
  return { slugs: entries.map((entry) => entry.slug), corrected };
}

test("by the name's words, with accents or without, misspelt, and under a filter, until it is withdrawn", async () => {
  assert.deepEqual((await find("libraries")).slugs, []);
  await inTransaction(database.db, (trx) => addKnownNames(trx, id, ["Fédération of Libraries"]));
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

test("what is ruled out is looked for in the names too", async () => {
  const names = ["Guild of Printers", "Union of Printers"];
  for (const name of names) await inTransaction(database.db, (trx) => addKnownNames(trx, id, [name]));
  await inTransaction(database.db, (trx) => addKnownNames(trx, other, ["Guild of Printers"]));
  // One that signed alone, and one that a ruled-out organisation signed beside it.
  assert.deepEqual((await find("printers")).slugs.sort(), ["another", "of-interest"]);
  assert.deepEqual((await find("guild -union")).slugs, ["another"]);
  assert.deepEqual((await find("another -guild")).slugs, []);
  assert.deepEqual((await find('guild -"union of printers"', "privacy")).slugs, ["another"]);
  assert.deepEqual((await find("printres -union")).slugs, ["another"]);
  for (const name of names) await inTransaction(database.db, (trx) => dropKnownName(trx, id, name));
});
