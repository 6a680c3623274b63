/** The checks that the server runs for others are bounded: one at a time, few waiting, results kept, long logs refused. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { translator } from "../../src/foundation/i18n.ts";
import { programCommand } from "../../src/web/program.ts";
import { asReceipt, asSlug, longestAsked } from "../../src/web/verify/asked.ts";
import { mostEntries, serverChecks } from "../../src/web/verify/check-on-server.ts";
import { problemHtml } from "../../src/web/verify/problems.ts";
import type { TestApp } from "../support/app.ts";
import { whileHeld } from "../support/held.ts";
import { openLetter, person, signAndConfirm, startSigningApp } from "../support/signing.ts";
import { witnesses } from "../support/transparency-log.ts";

let app: TestApp;
let slug: string;
let receipt: string;

before(async () => {
  app = await startSigningApp();
  ({ slug } = await app.letter(openLetter));
  const own = await signAndConfirm(app, slug, person());
  receipt = await (await app.fetch(`${own}/receipt.json`)).text();
});
after(() => app.close());

test("few wait for their turn; who asks the same gets the same, as long as the log does not grow", async () => {
  const checks = serverChecks(app.deps);
  // All ask in the same moment.
  const answers = await Promise.all(Array.from({ length: 12 }, () => checks.receipt(receipt)));
  assert.equal(answers.filter((answer) => answer === "busy").length, 4);
  const [one] = answers;
  assert.ok(one && one !== "busy" && one.standing === "stands");
  const first = await checks.letter(slug, "en");
  assert.equal(await checks.letter(slug, "en"), first);
  app.pass(60_001);
  const later = await checks.letter(slug, "en");
  assert.notEqual(later, first);
  await signAndConfirm(app, slug, person({ name: "Eve", email: "eve@example.org" }));
  const grown = await checks.letter(slug, "en");
  assert.notEqual(grown, later);
  assert.ok(typeof grown !== "string" && grown.verification.checkpoint!.size === 3);
});

test("while too many wait, all who ask for a letter are told so, and the next is answered", async () => {
  const checks = serverChecks(app.deps);
  // None of those who wait has had their turn before the letter is asked for: the log's files are not given out.
  const receipts = await whileHeld(
    app.db,
    (trx) => sql`lock table log_bundle, log_tile`.execute(trx),
    async () => {
      const receipts = Array.from({ length: 8 }, () => checks.receipt(receipt));
      const letters = await Promise.all([checks.letter(slug, "en"), checks.letter(slug, "en")]);
      assert.deepEqual(letters, ["busy", "busy"]);
      return receipts;
    },
  );
  assert.ok((await Promise.all(receipts)).every((answer) => answer !== "busy"));
  assert.ok(typeof (await checks.letter(slug, "en")) !== "string");
});

test("a log that is too long for the server is left to others", async () => {
  const { siteLog } = app.deps;
  const published = async () => {
    const { note, checkpoint } = await siteLog.published();
    return { note, checkpoint: { ...checkpoint, size: mostEntries + 1 } };
  };
  const checks = serverChecks({ ...app.deps, siteLog: { ...siteLog, published } });
  assert.equal(await checks.letter(slug, "en"), "long");
  assert.equal(await checks.letter("no-such-letter", "en"), "letter-unknown");
});

test("who asks for witnesses gets their own answer of the same reading, and the command where there is too much to read", async () => {
  const checks = serverChecks(app.deps);
  const usual = await checks.letter(slug, "en");
  const asked = await checks.letter(slug, "en", { witnesses: witnesses.map(({ key }) => key), quorum: 2 });
  assert.ok(typeof usual !== "string" && typeof asked !== "string");
  assert.equal(asked.verification.histories, usual.verification.histories);
  const failed = asked.verification.checks.filter(({ outcome }) => outcome === "failed");
  assert.deepEqual(
    failed.map(({ findings }) => findings[0]!.problem),
    ["quorum-missed"],
  );
  assert.equal(usual.verification.checks.find(({ name }) => name === "witnesses")!.outcome, "not-run");
  assert.match(
    String(
      problemHtml(
        translator("en"),
        "long",
        "letter",
        programCommand(`verify https://letters.example.org --letter ${slug}`),
      ),
    ),
    new RegExp(
      `nothing of this letter was checked.*<code dir="ltr">bin/undersigned verify https://letters.example.org --letter ${slug}</code>`,
    ),
  );
});

test("what a receipt says of another log cannot turn the page's words around, nor flood it", async () => {
  const file = JSON.parse(receipt) as { proof: string[] };
  const at = file.proof.indexOf("") + 1;
  const origin = `letters.example\u{202e}gro.live\u{200b}/log${"x".repeat(5_000)}`;
  const text = JSON.stringify({ ...file, proof: file.proof.with(at, origin) });
  const answer = await app.post("/verify", { text });
  const page = await answer.text();
  assert.match(page, /letters\.example\\u\{202e\}gro\.live\\u\{200b\}\/log/);
  assert.doesNotMatch(page, /\u{202e}|\u{200b}|x{300}/u);
});

test("a letter is known by its address in every form, and by its former ones", async () => {
  const hosts = ["letters.example.org", "127.0.0.1:8080"];
  for (const given of [
    "a-letter",
    " a-letter ",
    "/letters/a-letter",
    "letters.example.org/letters/a-letter",
    "https://letters.example.org/letters/a-letter?lang=fr#sign",
    "HTTPS://Letters.Example.org/letters/a-letter/signatories",
    "http://127.0.0.1:8080/letters/a-letter.json",
    "127.0.0.1:8080/letters/a-letter",
  ])
    assert.equal(asSlug(given, hosts), "a-letter", given);
  for (const [given, code] of [
    ["", "letter-nothing"],
    ["  ", "letter-nothing"],
    ["https://elsewhere.example/letters/a-letter", "letter-elsewhere"],
    ["https://letters.example.org/about", "letter-unknown"],
    ["Save the river!", "letter-unknown"],
    ["javascript:alert(1)", "letter-unknown"],
    ["https://", "letter-unknown"],
  ] as const)
    assert.deepEqual(asSlug(given, hosts), { problem: code }, given);
});

test("what can be no receipt is not taken for a broken one", () => {
  assert.deepEqual(asReceipt(" \n"), { problem: "receipt-nothing" });
  assert.deepEqual(asReceipt("%PDF-1.7"), { problem: "receipt-none" });
  assert.deepEqual(asReceipt("x".repeat(longestAsked + 1)), { problem: "receipt-large" });
  const cut = '{ "format": "undersigned-receipt", "version"';
  assert.equal(asReceipt(cut), cut);
});
