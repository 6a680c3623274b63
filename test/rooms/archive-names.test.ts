/** Looking for a name under a letter. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findLetter } from "../../src/archive/letter.ts";
import { findSignatories } from "../../src/archive/signatories.ts";
import type { TestApp } from "../support/app.ts";
import { openLetter, person, signAndConfirm, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let slug: string;

before(async () => {
  app = await startSigningApp();
  ({ slug } = await app.letter(openLetter));
  const names = ["Anna ’t Hart", "~ Zoë ~", "王小明"];
  for (const [at, name] of names.entries()) {
    await signAndConfirm(app, slug, person({ name, email: `name${at}@example.org` }));
  }
});
after(() => app.close());

async function find(who: string): Promise<string[]> {
  const letter = await findLetter(app.db, slug, "en");
  return (await findSignatories(app.db, letter!, who)).names.map(({ name }) => name);
}

test("by the beginning of any word, with accents or without", async () => {
  assert.deepEqual(await find("hart"), ["Anna ’t Hart"]);
  assert.deepEqual(await find("'t ha"), ["Anna ’t Hart"]);
  assert.deepEqual(await find("zoe"), ["~ Zoë ~"]);
  assert.deepEqual(await find("王"), ["王小明"]);
});

test("signs alone are not looked for: no index finds them, and a list of a million would be read whole", async () => {
  for (const who of ["~", "~~~~", "%", "_", "\\", " . . ", "’"]) assert.deepEqual(await find(who), [], who);
});
