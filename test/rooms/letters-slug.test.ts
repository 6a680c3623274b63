/** Slugs from titles. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { kinds } from "../../src/letters/letter.ts";
import { freeSlug, slugFor } from "../../src/letters/slug.ts";

const date = { year: 2026, month: 11 };
const slug = (title: string) => slugFor(title, "open-letter", date);

test("a title in plain Latin letters", () => {
  assert.equal(
    slug("Open Letter to Members of UK Parliament: End-to-End Encryption Keeps Us Safe"),
    "open-letter-to-members-of-uk-parliament-end-to-end-encryption-keeps-us-safe",
  );
  assert.equal(slug("Amendments to India’s Rules"), "amendments-to-indias-rules");
  assert.equal(slug("Répondez là où l’œuvre est ß"), "repondez-la-ou-loeuvre-est-ss");
  assert.equal(slug("  AT&T – (2021)  "), "at-t-2021");
  const long = slug(
    "Opposition to the Strengthening Transparency and Obligations to Protect Children Suffering from Abuse",
  );
  assert.equal(long, "opposition-to-the-strengthening-transparency-and-obligations-to-protect-children");
});

test("a title of another script is named by its kind and date", () => {
  assert.equal(slug("اجعلوا إجاباتكم حيث يقرؤها الجميع"), "open-letter-2026-11");
  assert.equal(slug("关于加密的公开信"), "open-letter-2026-11");
  assert.equal(slug("رسالة مفتوحة عن قانون GDPR الجديد"), "open-letter-2026-11");
  assert.equal(slug("!?"), "open-letter-2026-11");
});

test("property: every slug is one that the database takes, also with an ending", () => {
  const title = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.string({ unit: "grapheme-ascii", maxLength: 200 }),
  );
  fc.assert(
    fc.property(title, fc.constantFrom(...kinds), (text, kind) => {
      const made = slugFor(text, kind, { year: 2026, month: 11, day: 24 });
      assert.match(made, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.ok(made.length <= 80);
      assert.equal(freeSlug(made, new Set([made, `${made}-2`])), `${made}-3`);
    }),
  );
});
