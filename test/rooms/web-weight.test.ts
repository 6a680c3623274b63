/** What a first view of a letter's page weighs, as it is sent: HTML and CSS below 14 KB, scripts below 6 KB. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { languages } from "../../src/foundation/i18n.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { addThousand } from "../support/thousand.ts";

let app: TestApp;
let slug: string;
before(async () => {
  app = await startTestApp({ sample: true });
  const open = await app.db
    .selectFrom("letter")
    .select(["id", "slug"])
    .where("state", "=", "open")
    .executeTakeFirstOrThrow();
  slug = open.slug;
  await addThousand(app, open.id);
});
after(() => app.close());

/** The bytes of an answer as a browser that reads Brotli gets them. */
async function sent(path: string): Promise<number> {
  const answer = await app.fetch(path, { headers: { "Accept-Encoding": "br" } });
  assert.equal(answer.headers.get("content-encoding"), "br", path);
  return (await answer.arrayBuffer()).byteLength;
}

for (const language of languages) {
  test(`a letter with a thousand signatories, in ${language}`, async () => {
    const path = `/letters/${slug}?lang=${language}`;
    const page = await (await app.fetch(path)).text();
    assert.equal(
      page.match(/href="\/log\/entries\/\d+\?lang=/g)?.length,
      25,
      "twelve of each kind, and the text",
    );
    const files = Array.from(page.matchAll(/<(?:link rel="stylesheet" href|script[^>]* src)="([^"]+)"/g));
    const [css, js] = files.map(([, file]) => file!);
    assert.match(css!, /\.css$/);
    assert.match(js!, /\.js$/);
    assert.equal(files.length, 2);
    const first = (await sent(path)) + (await sent(css!));
    assert.ok(first < 14 * 1024, `HTML and CSS are ${first} bytes`);
    const script = await sent(js!);
    assert.ok(script < 6 * 1024, `scripts are ${script} bytes`);
  });
}
