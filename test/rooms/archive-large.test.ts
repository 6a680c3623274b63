/** An archive of thousands of letters: what is bounded there says so, and nothing is out of reach. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { parse } from "csv-parse/sync";
import { fillLetters } from "../../bench/support/fill.ts";
import type { TestApp } from "../support/app.ts";
import { offered, readList } from "../support/archive.ts";
import { letterInput } from "../support/letter-input.ts";
import { startSigningApp } from "../support/signing.ts";

/** Each of them speaks of a region; they are of 2000 and later. */
const made = 5_100;
const bound = /only the newest 5,000 letters/i;

let app: TestApp;
before(async () => {
  app = await startSigningApp();
  await app.letter(letterInput({ slug: "old", date: { year: 1990 } }));
  await app.letter(letterInput({ slug: "new", date: { year: 2030 } }));
  await fillLetters(app.database.db, made);
});
after(() => app.close());

test("a search that only rules out reads the newest letters, says so, and reaches older ones by a filter", async () => {
  const all = await readList(app, "/?q=-region");
  assert.deepEqual(all.slugs, ["new"]);
  assert.match(all.html, bound);
  const nothing = await readList(app, "/?q=-region+-letter");
  assert.deepEqual(nothing.slugs, []);
  assert.match(nothing.html, bound);
  const year = await readList(app, "/?q=-region&year=1990");
  assert.deepEqual(year.slugs, ["old"]);
  assert.doesNotMatch(year.html, bound);
  // Other years would each have to be read for.
  assert.deepEqual(offered(year.html, "year"), { 1990: 1 });
  // More are found than are listed, which is all that there is to say.
  const many = await readList(app, "/?q=-encryption");
  assert.match(many.html, /More than 1,000 letters match/);
  assert.doesNotMatch(many.html, bound);
});

test("the table is in parts of a thousand, the same in every language", async () => {
  const rows = async (page: number) => {
    const response = await app.fetch(`/letters.csv?page=${page}`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("vary"), "Accept-Encoding");
    return parse(await response.text(), { bom: true, columns: true }) as { id: string }[];
  };
  const ids: string[] = [];
  for (const page of [1, 2, 3, 4, 5, 6]) {
    const part = await rows(page);
    assert.ok(part.length <= 1_000);
    ids.push(...part.map(({ id }) => id));
  }
  assert.ok(new Set(ids).size >= made + 2);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal((await app.fetch("/letters.csv?page=7")).status, 404);
  const [one, other] = await Promise.all(
    ["en", "ar"].map(async (language) => {
      const response = await app.fetch("/letters.csv", { headers: { "accept-language": language } });
      return response.text();
    }),
  );
  assert.equal(one, other);
});
