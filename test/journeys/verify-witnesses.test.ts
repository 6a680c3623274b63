/** A reader asks for the signatures of witnesses: in the browser and without scripts, by keyboard, in two directions. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { type Language, translator } from "../../src/foundation/i18n.ts";
import { parseAddCheckpoint } from "../../src/transparency/add-checkpoint.ts";
import { cosign } from "../../src/transparency/cosignature.ts";
import { formatSignatureLine, parseNote } from "../../src/transparency/note.ts";
import { publishNewest } from "../../src/transparency/publish.ts";
import { formatVerifierKey } from "../../src/transparency/verifier-key.ts";
import type { TestApp } from "../support/app.ts";
import { openView } from "../support/browser.ts";
import { assertAccessible, assertValidHtml } from "../support/checks.ts";
import { type FalseWitness, startFalseWitness } from "../support/false-witness.ts";
import { listen } from "../support/listen.ts";
import { openLetter, person, signAndConfirm, startSigningApp } from "../support/signing.ts";
import { log, witnesses as signers } from "../support/transparency-log.ts";
import { failedSteps, says, seenResult } from "../support/verify.ts";

const [named, other] = signers as [(typeof signers)[0], (typeof signers)[0]];
const [namedKey, otherKey] = [formatVerifierKey(named.key), formatVerifierKey(other.key)];
let witness: FalseWitness;
let app: TestApp;
let site: Awaited<ReturnType<typeof listen>>;
let slug: string;
/** Made before any witness had cosigned. */
let receipt: string;

before(async () => {
  witness = await startFalseWitness(async (response, body) => {
    const request = parseAddCheckpoint(body);
    const note = "problem" in request ? request : parseNote(request.checkpoint);
    assert.ok(!("problem" in note));
    response.end(formatSignatureLine(await cosign(note.text, named, 1_700_000_000)));
  });
  app = await startSigningApp({ env: { WITNESSES: `${namedKey} ${witness.url}` } });
  site = await listen(app);
  ({ slug } = await app.letter(openLetter));
  const own = await signAndConfirm(app, slug, person());
  receipt = await (await app.fetch(`${own}/receipt.json`)).text();
  await signAndConfirm(app, slug, person({ name: "Eve", email: "eve@example.org" }));
  await app.sequence();
  assert.equal(await publishNewest(app.db, app.deps.siteLog, app.deps.log), true);
});
after(async () => {
  await site.stop();
  await app.close();
  await witness.stop();
});

const asked = (language: Language) => says(language, "verify.check.log.witnesses");

/** Asks for witnesses in a form, which is folded away until its reader opens it by the keyboard. */
async function ask(page: Page, form: "letter" | "receipt", keys: string, quorum: string, tick = false) {
  const box = page.locator(`form[data-check=${form}]`);
  if (
    !(await box
      .locator("details")
      .getAttribute("open")
      .then((open) => open !== null))
  ) {
    assert.equal(await box.locator("textarea[name=witnesses]").isVisible(), false);
    await box.locator("summary").focus();
    await page.keyboard.press("Enter");
  }
  await box.locator("textarea[name=witnesses]").fill(keys);
  await box.locator("input[name=quorum]").fill(quorum);
  await box.locator("input[name=named]").setChecked(tick);
  await box.locator("button").click();
}

for (const [language, scripts, width] of [
  ["en", true, 390],
  ["ar", true, 1280],
  ["fr", false, 390],
  ["ar", false, 390],
] as const) {
  const how = `${language}, ${width} pixels, scripts ${scripts ? "on" : "off"}`;
  const open = async (): Promise<[BrowserContext, Page]> => {
    const context = await openView(site.origin, { width, scripts, locale: language });
    const page = await context.newPage();
    await page.goto(`${site.origin}/verify?letter=${slug}`);
    return [context, page];
  };

  test(`a letter with witnesses asked for: ${how}`, async () => {
    for (const [keys, quorum, tick, holds, signed] of [
      ["", "", true, true, /^./],
      [`${namedKey}\n ${otherKey} \n`, "1", false, true, /^./],
      [otherKey, "", true, false, /\D1\D.*\D2\D|١.*٢/],
      [otherKey, "1", false, false, /\D0\D.*\D1\D|^0 .*1|٠.*١/],
    ] as const) {
      const [context, page] = await open();
      await ask(page, "letter", keys, quorum, tick);
      const seen = await seenResult(page);
      assert.deepEqual(failedSteps(seen), holds ? [] : [asked(language)]);
      assert.equal(
        seen.verdict.includes(says(language, "verify.verdict.letter.passed")),
        holds,
        seen.verdict,
      );
      if (!holds) assert.ok(seen.verdict.includes(says(language, "verify.verdict.letter.unwatched")));
      const step = seen.steps.find(({ title }) => title === asked(language))!;
      if (holds) assert.ok(step.text.includes(named.key.name), step.text);
      else assert.match(` ${step.text} `, signed);
      assert.ok(seen.facts.includes(says(language, "verify.result.asked")), seen.facts);
      if (scripts) await assertAccessible(page, `${how}: ${keys.slice(0, 20)}`);
      // What was typed is still there, to be asked again.
      assert.equal((await page.locator("#letter-quorum").inputValue()) === quorum, true);
      assert.equal(await page.locator("form[data-check=letter] textarea").isVisible(), true);
      await context.close();
    }
  });

  test(`what is no witness, and too many of them, are said so: ${how}`, async () => {
    for (const [keys, quorum, field, code] of [
      ["witness.example.org", "", "witnesses", "witness-none"],
      [formatVerifierKey(log.key), "", "witnesses", "witness-none"],
      ["", "2", "witnesses", "witness-nothing"],
      [namedKey, "2", "quorum", "quorum-wrong"],
      [namedKey, "none", "quorum", "quorum-wrong"],
    ] as const) {
      const [context, page] = await open();
      await ask(page, "letter", keys, quorum);
      await page.locator("#result [role=alert]").waitFor();
      const text = await page.locator("#problem-text").textContent();
      assert.equal(text, says(language, `verify.problem.${code}`));
      const input = page.locator(`#letter-${field}`);
      assert.equal(await input.getAttribute("aria-invalid"), "true");
      assert.match((await input.getAttribute("aria-describedby"))!, /problem-text/);
      assert.equal(await input.isVisible(), true);
      if (scripts) await assertAccessible(page, code);
      await context.close();
    }
  });

  test(`a receipt of before the witnesses cosigned: ${how}`, async () => {
    const [context, page] = await open();
    await page.locator("#text").fill(receipt);
    await ask(page, "receipt", "", "", true);
    const seen = await seenResult(page);
    assert.deepEqual(failedSteps(seen), []);
    assert.equal(seen.verdict, says(language, "verify.verdict.receipt.stands"));
    const step = seen.steps.find(({ title }) => title === says(language, "verify.check.receipt.witnesses"))!;
    assert.equal(step.mark, "ok");
    const names = named.key.name;
    assert.equal(step.text, translator(language).text("verify.result.cosigners.now", { names }));
    await page.goto(`${site.origin}/verify`);
    await page.locator("#text").fill(receipt);
    await ask(page, "receipt", otherKey, "");
    const missed = await seenResult(page);
    assert.deepEqual(failedSteps(missed), [says(language, "verify.check.receipt.witnesses")]);
    assert.equal(missed.verdict, says(language, "verify.verdict.receipt.unwatched"));
    assert.ok(missed.text.includes(says(language, "verify.result.unwatched")));
    await context.close();
  });
}

test("the page is valid with all that was given, in every language", async () => {
  for (const language of ["en", "fr", "es", "ar"]) {
    const body = new URLSearchParams({ letter: slug, witnesses: "<b>\n&", quorum: '"7' });
    const answer = await app.fetch(`/verify?lang=${language}`, { method: "POST", body });
    assert.equal(answer.status, 422);
    await assertValidHtml(await answer.text(), language);
  }
});
