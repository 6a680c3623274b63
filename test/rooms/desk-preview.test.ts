/** The preview of a letter is its page. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { draftDocument } from "../../src/drafting/document.ts";
import { html } from "../../src/foundation/html.ts";
import { missingIn, previewLetter } from "../../src/web/desk/letters/preview.ts";
import { pageContext } from "../../src/web/page-context.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { openLetter, startSigningApp } from "../support/signing.ts";

let app: TestApp;
before(async () => {
  app = await startSigningApp();
});
after(() => app.close());

const written = draftDocument.parse({
  date: "2026-11-03",
  topics: ["transparency"],
  places: ["001"],
  addressees: [{ name: "All public bodies", type: "public-body" }],
  initiators: ["Example Alliance"],
  texts: {
    en: { title: "Answer Your Letters", summary: "A summary.", body: "Dear all,\n\nanswer." },
    fr: { title: "Répondez à vos lettres", summary: "Un résumé.", body: "Répondez." },
  },
});

async function preview(document = written, textLanguage?: string): Promise<string> {
  const { deps } = app;
  await deps.pages.refresh();
  const page = pageContext(deps, deps.pages.site(), "http://localhost/desk/preview", "en");
  const banner = html`<p>Not public</p>`;
  return (
    await previewLetter(deps, page, document, { path: "/desk/preview", banner, textLanguage })
  ).toString();
}

/**
 * What stands in <main>, without what tells the page and its preview apart: the address, that nothing can be sent, the way to
 * the form, what the letter will be, and what lies at addresses that it has not yet.
 */
function main(document: string): string {
  const found = /<main[^>]*>(.*)<\/main>/s.exec(document)![1]!;
  return found
    .replaceAll("/desk/preview", "/letters/answer-your-letters")
    .replace(/<p>The form works only on the public page\.<\/p><div inert>(.*?<\/form>)<\/div>/s, "$1")
    .replace(/(Status<\/dt><dd>).*?<\/dd>/s, "$1</dd>")
    .replace(/<p class="jump noprint".*?<\/p>/s, "")
    .replace(/<p class="small soft">This address.*?<\/p>/s, "")
    .replace(/<ul class="row noprint"><li><a href="[^"]*" download>BibTeX.*?<\/ul>/s, "")
    .replace(/<p class="sealed".*?<\/p>/s, "")
    .replace(/<section class="hang" aria-labelledby="proof">.*?<\/section>/s, "")
    .replaceAll(/\s+/g, " ");
}

test("word for word, and nothing of it stays", async () => {
  const before = await preview();
  assert.match(before, /Not public/);
  assert.match(before, /The form works only on the public page/);
  assert.match(before, /noindex/);
  assert.match(before, /Not public yet; open for signature once it is/);
  // Nothing leads to where nothing is yet.
  assert.doesNotMatch(before, /href="\/(letters\/answer-your-letters[^"]*\.|verify\?)/);
  assert.doesNotMatch(before, /rel="canonical"|og:title|ld\+json/);
  await assertValidHtml(before, "preview");
  for (const table of ["letter", "log_queue", "letter_index"] as const)
    assert.deepEqual(await app.db.selectFrom(table).selectAll().execute(), [], table);
  await app.letter(openLetter);
  const published = await (await app.fetch("/letters/answer-your-letters")).text();
  const [one, other] = [main(before), main(published)];
  const at = Array.from(one).findIndex((character, index) => character !== other[index]);
  assert.ok(one === other, `${one.slice(at, at + 300)}\n${other.slice(at, at + 300)}`);
});

test("in another language, and unfinished", async () => {
  assert.match(await preview(written, "fr"), /<h1>Répondez à vos lettres/);
  const begun = draftDocument.parse({ texts: { en: {}, fr: {} } });
  const shown = await preview(begun);
  assert.match(shown, /<h1>A letter without a title yet/);
  await assertValidHtml(shown, "begun");
  assert.deepEqual(missingIn(app.deps, begun), ["title", "text"]);
  assert.deepEqual(missingIn(app.deps, written), []);
});
