/** What the form takes, what it asks to mend, and that it keeps what was typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isProblem } from "../../src/foundation/problem.ts";
import { parseWebsite } from "../../src/foundation/website.ts";
import { isReturned, parseFields, readFields } from "../../src/web/signing/sign-fields.ts";
import { type Form, openLetter, organisation, person, startSigningApp } from "../support/signing.ts";

const parse = (form: Form) => parseFields(readFields(new URLSearchParams(form)));

/** The complaints about a form, as "field code". */
function complaints(form: Form): string[] {
  const result = parse(form);
  return isReturned(result) ? result.problems.map(({ field, code }) => `${field} ${code}`) : [];
}

test("a person", () => {
  assert.deepEqual(parse(person({ name: "  Ada \u00a0 Byron ", updates: "yes", show: "no" })), {
    kind: "person",
    name: "Ada Byron",
    affiliation: "Analytical Society",
    role: "Mathematician",
    website: null,
    representative: null,
    country: "GB",
    show: false,
    updates: true,
    email: { address: "ada@example.org", canonical: "ada@example.org", domain: "example.org" },
  });
});

test("a person needs neither affiliation nor role, and nothing of an organisation", () => {
  const form = person({ affiliation: "", role: " ", organisation: "x".repeat(900), website: "no address" });
  const entry = parse(form);
  assert.ok(!isReturned(entry));
  assert.deepEqual([entry.affiliation, entry.role, entry.website], [null, null, null]);
});

test("an organisation, with what a person would have filled in passed over", () => {
  const entry = parse(organisation({ name: "\u202e", affiliation: "https://example.org" }));
  assert.ok(!isReturned(entry));
  assert.deepEqual(
    [entry.name, entry.website, entry.representative, entry.role, entry.affiliation],
    ["Readers’ Union", "https://readers.example/", "Rosa Reader", "Secretary", null],
  );
});

test("everything that is missing is said, in the order of the form", () => {
  assert.deepEqual(complaints({}), [
    "kind missing",
    "name missing",
    "email missing",
    "country missing",
    "show missing",
  ]);
  assert.deepEqual(complaints({ kind: "organisation" }), [
    "organisation missing",
    "website missing",
    "representative missing",
    "role missing",
    "email missing",
    "country missing",
    "show missing",
  ]);
});

test("names of any script, from 1 to 200 characters", () => {
  for (const name of [
    "李",
    "ليلى حدّاد",
    "Владимир",
    "नरेन्द्र",
    "O’Brien-Łukasz",
    "𠮷".repeat(200),
    "a".repeat(200),
  ]) {
    assert.deepEqual(complaints(person({ name })), [], name);
  }
  assert.deepEqual(complaints(person({ name: "a".repeat(201) })), ["name too-long"]);
  assert.deepEqual(complaints(person({ name: "a\u0000b" })), ["name control-character"]);
  assert.deepEqual(complaints(person({ name: "a\u202eb" })), ["name control-character"]);
  assert.deepEqual(complaints(person({ name: "a\r\nBcc: b" })), ["name control-character"]);
  assert.deepEqual(complaints(person({ name: "Buy at https://example.com" })), ["name contains-url"]);
  assert.deepEqual(complaints(person({ role: "see www.example.com" })), ["role contains-url"]);
});

test("choices hold nothing but what was offered", () => {
  assert.deepEqual(complaints(person({ kind: "robot" })), ["kind missing"]);
  assert.deepEqual(complaints(person({ show: "maybe" })), ["show missing"]);
  assert.deepEqual(complaints(person({ country: "XX" })), ["country missing"]);
  const entry = parse(person({ updates: "on", country: "gb" }));
  assert.ok(!isReturned(entry));
  assert.deepEqual([entry.updates, entry.country], [false, "GB"]);
});

test("a likely slip is asked about, and never changed without an answer", () => {
  const form = person({ email: "ada@gmial.com" });
  const asked = parse(form);
  assert.ok(isReturned(asked));
  assert.equal(asked.suggestion, "ada@gmail.com");
  assert.deepEqual(complaints(form), ["email typo"]);
  assert.equal(asked.fields.email, "ada@gmial.com");
  assert.equal(asked.fields.email_as_typed, "ada@gmial.com");

  const kept = parse({ ...form, email_as_typed: "ada@gmial.com", email_choice: "typed" });
  assert.ok(!isReturned(kept));
  assert.equal(kept.email.address, "ada@gmial.com");
  const unanswered = parse({ ...form, email_as_typed: "ada@gmial.com" });
  assert.ok(!isReturned(unanswered));
  assert.equal(unanswered.email.address, "ada@gmial.com");
  const taken = parse({ ...form, email_as_typed: "ada@gmial.com", email_choice: "suggested" });
  assert.ok(!isReturned(taken));
  assert.equal(taken.email.address, "ada@gmail.com");

  // An answer about one address says nothing about another.
  const other = {
    ...form,
    email: "eve@gmial.com",
    email_as_typed: "ada@gmial.com",
    email_choice: "suggested",
  };
  assert.deepEqual(complaints(other), ["email typo"]);
});

test("an answer is kept while something else is mended", () => {
  const form = person({ name: "", email: "ada@gmial.com", email_as_typed: "ada@gmial.com" });
  const suggested = parse({ ...form, email_choice: "suggested" });
  assert.ok(isReturned(suggested));
  assert.deepEqual(
    suggested.problems.map(({ field }) => field),
    ["name"],
  );
  assert.equal(suggested.fields.email, "ada@gmail.com");
  const typed = parse({ ...form, email_choice: "typed" });
  assert.ok(isReturned(typed));
  assert.equal(typed.fields.email, "ada@gmial.com");
  assert.equal(typed.fields.email_as_typed, "ada@gmial.com");
});

test("whatever is typed: an entry that can be stored, or the very same text to mend", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 250 }),
    fc.constantFrom("", "x", "yes", "no", "GB"),
  );
  const form = fc.record({
    kind: fc.constantFrom("person", "organisation", "x"),
    name: text,
    affiliation: text,
    organisation: text,
    website: text,
    representative: text,
    role: text,
    email: fc.oneof(text, fc.emailAddress()),
    country: text,
    show: text,
    updates: text,
  });
  fc.assert(
    fc.property(form, (typed) => {
      const fields = readFields(new URLSearchParams(typed));
      const result = parseFields(fields);
      if (isReturned(result)) {
        assert.ok(result.problems.length > 0);
        const { email_as_typed: _, ...shown } = result.fields;
        const { email_as_typed: __, ...sent } = fields;
        assert.deepEqual(shown, sent);
        return;
      }
      for (const line of [result.name, result.affiliation, result.role, result.representative]) {
        if (line === null) continue;
        assert.ok(Array.from(line).length <= 200 && line === line.normalize("NFC") && line.trim() !== "");
        assert.doesNotMatch(line, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }
      assert.equal(result.website === null, result.kind === "person");
    }),
    { numRuns: 300 },
  );
});

test("web addresses, as people write them", () => {
  for (const [typed, url] of [
    ["https://example.org", "https://example.org/"],
    ["example.org/about us".replace(" ", "-"), "https://example.org/about-us"],
    ["HTTP://Example.ORG", "http://example.org/"],
    ["bücher.example", "https://xn--bcher-kva.example/"],
    ["local.example.org", "https://local.example.org/"],
    ["http://readersunion.onion", "http://readersunion.onion/"],
  ] as const) {
    assert.equal(parseWebsite(typed), url);
  }
  for (const typed of [
    "",
    "example",
    "localhost",
    "javascript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "data:text/html,x",
    "ftp://example.org",
    "https://user:secret@example.org",
    "http://127.0.0.1",
    "http://[::1]",
    "https://exa mple.org",
    "mailto:office@example.org",
    `https://example.org/${"a".repeat(500)}`,
    "https://printer.local",
    "http://Printer.LOCAL./",
    "http://app.localhost:3000",
    "wiki.house.internal",
    "router.home.arpa",
    "example.test",
    "none.invalid",
    "site.alt",
  ]) {
    assert.ok(isProblem(parseWebsite(typed)), typed);
  }
});

test("an organisation whose website nobody else could open is asked for another, and keeps all that was typed", async (t) => {
  const app = await startSigningApp();
  t.after(() => app.close());
  const { slug } = await app.letter(openLetter);
  const send = (website: string) => app.post(`/letters/${slug}/sign`, organisation({ website }));
  const asked = await send("http://union.local/");
  assert.equal(asked.status, 422);
  const shown = await asked.text();
  assert.match(shown, /<a href="#website">Write the organisation’s web address/);
  assert.match(shown, /name="website"[^>]* value="http:\/\/union\.local\/"/);
  assert.equal((await send("https://union.example/")).status, 303);
});
