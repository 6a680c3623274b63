/**
 * Checking for oneself, as people do it: a receipt that was really got, good and broken in every way; a letter, good and
 * tampered with by whoever has the database. In a real browser with scripts and without, on a phone and on a desk.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { BrowserContext, Page } from "playwright-core";
import { decodeBase64url, encodeBase64url } from "../../src/transparency/bytes.ts";
import { formatCheckpoint } from "../../src/transparency/checkpoint.ts";
import { ownerHash } from "../../src/transparency/commitment.ts";
import { formatNote, signNote } from "../../src/transparency/note.ts";
import { formatReceipt, type Receipt } from "../../src/transparency/receipt.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { logSigner, type TestApp } from "../support/app.ts";
import { follow, openView } from "../support/browser.ts";
import { assertAccessible, assertValidHtml } from "../support/checks.ts";
import { dumpDatabase } from "../support/dump.ts";
import { listen } from "../support/listen.ts";
import { assertFits } from "../support/look.ts";
import { mailedLink, openLetter, person, sign, signAndConfirm, startSigningApp } from "../support/signing.ts";
import { MadeLog } from "../support/transparency-log.ts";
import { badReceipts, failedSteps, giveReceipt, says, seenResult } from "../support/verify.ts";

let app: TestApp;
let site: Awaited<ReturnType<typeof listen>>;
let slug: string;
let letterId: string;
/** The receipt as the browser that signed downloaded it, and the private page. */
let receipt: string;
let own: string;
/** The private page of somebody whose browser made no secret. */
let plain: string;
/** Everything that browsers sent, bodies and addresses. */
const sent: string[] = [];

const name = "Zoë Quartermaine";

before(async () => {
  app = await startSigningApp();
  site = await listen(app);
  ({ slug, id: letterId } = await app.letter(openLetter));
  for (const at of [1, 2, 3])
    await signAndConfirm(app, slug, person({ name: `Reader ${at}`, email: `reader${at}@example.org` }));
  await sign(app, slug, person({ name, email: "zoe@example.org" }));
  const link = await mailedLink(app, "zoe@example.org");
  const context = await view({ width: 390 });
  const page = await context.newPage();
  await page.goto(site.origin + link);
  await page.waitForFunction(`document.querySelector("input[name=owner]").value !== ""`);
  await follow(page.locator("main form button").first());
  own = new URL(page.url()).pathname.replace("/receipt", "");
  await page.locator("[data-owner-note]").waitFor();
  assert.equal(await page.locator("[data-owner-missing]").isVisible(), false, "this browser has the secret");
  const downloading = page.waitForEvent("download");
  await page.locator("a[data-owner]").click();
  receipt = await readFile(await (await downloading).path(), "utf8");
  await context.close();
  plain = await signAndConfirm(app, slug, person({ name: "Reader 4", email: "reader4@example.org" }));
});

after(async () => {
  await site.stop();
  await app.close();
});

/** A fresh browser, whose requests are noted. */
async function view(options: Parameters<typeof openView>[1]): Promise<BrowserContext> {
  const context = await openView(site.origin, options);
  context.on("request", (request) => {
    sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`);
  });
  return context;
}

async function open(context: BrowserContext, path = "/verify"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.origin + path);
  return page;
}

/** What is shown must be good HTML, open to all, and no wider than the window. */
async function assertGood(page: Page, what: string): Promise<void> {
  await page.waitForLoadState();
  await assertAccessible(page, what);
  // As a browser writes it, which has ways of its own.
  const written = (await page.content()).replace("<!DOCTYPE html>", "<!doctype html>");
  await assertValidHtml(written.replaceAll(' hidden=""', " hidden"), what);
  await assertFits(page, what);
}

test("another browser is told that its copy of the receipt lacks the secret, and what it cannot prove", async () => {
  const context = await view({ width: 390 });
  const page = await open(context, `${own}/receipt`);
  const note = page.locator("[data-owner-missing]");
  assert.match(await note.innerText(), /This copy lacks one secret\./);
  assert.equal(await page.locator("[data-owner-note]").isVisible(), false);
  await assertGood(page, "a receipt in another browser");
  await context.close();
  // Where no browser made one, every copy has it.
  assert.doesNotMatch(await (await app.fetch(`${plain}/receipt`)).text(), /data-owner-missing/);
});

test("the browser that signed made the owner secret, wrote it into the file, and told nobody", async () => {
  const file = JSON.parse(receipt) as Receipt;
  const secret = file.private!.owner!;
  const { u } = JSON.parse(file.entry) as { u: string };
  assert.equal(encodeBase64url(ownerHash(nodeSha256, decodeBase64url(secret)!)), u);
  assert.ok(
    sent.some((request) => request.includes(`owner=${u}`)),
    "its hash was sent",
  );
  const hex = Buffer.from(decodeBase64url(secret)!).toString("hex");
  const everything = [...sent, ...app.lines, ...[...(await dumpDatabase(app.db)).values()].flat()].join("\n");
  assert.ok(!everything.includes(secret) && !everything.includes(hex));
  const mailed = (await (await app.fetch(`${own}/receipt.json`)).json()) as Receipt;
  assert.equal(mailed.private!.owner, undefined);
  assert.deepEqual(
    { ...file, private: { ...file.private, owner: undefined }, proof: [] },
    {
      ...mailed,
      private: { ...mailed.private, owner: undefined },
      proof: [],
    },
  );
});

const all = [
  "receipt",
  "entry",
  "checkpoint",
  "witnesses",
  "inclusion",
  "manifest",
  "commitment",
  "owner",
  "present",
  "grown",
  "place",
  "standing",
] as const;
const logAll = [
  "checkpoint",
  "witnesses",
  "consistency",
  "root",
  "tiles",
  "sequence",
  "revisions",
  "removals",
  "openings",
  "disclosure",
  "counts",
] as const;

for (const [language, width, dark] of [
  ["en", 390, false],
  ["en", 1280, true],
  ["ar", 390, true],
  ["ar", 1280, false],
] as const)
  for (const scripts of [true, false]) {
    const how = `${language}, ${width} pixels${dark ? ", dark" : ""}, scripts ${scripts ? "on" : "off"}`;
    test(`a good receipt: ${how}`, async () => {
      const context = await view({ width, dark, scripts, locale: language });
      const page = await open(context);
      if (scripts) await assertGood(page, "verify");
      const before = sent.length;
      await giveReceipt(page, receipt);
      const seen = await seenResult(page);
      assert.equal(seen.verdict, says(language, "verify.verdict.receipt.stands"));
      assert.deepEqual(
        seen.steps.map(({ title }) => title),
        all.map((check) => says(language, `verify.check.receipt.${check}`)),
      );
      assert.deepEqual(
        seen.steps.filter(({ mark }) => mark !== "ok").map(({ text }) => text),
        [says(language, "verify.skip.witnesses")],
      );
      assert.ok(seen.facts.includes("Answer Your Letters"));
      assert.equal(seen.text.includes(name), scripts, "the name is shown only where the file stayed");
      const posts = sent.slice(before).filter((request) => request.startsWith("POST"));
      assert.equal(posts.length, scripts ? 0 : 1);
      if (scripts) {
        assert.equal(await page.locator("#said").textContent(), seen.verdict);
        assert.equal(await page.evaluate("document.activeElement.id"), "result");
        await assertGood(page, `the result, ${how}`);
      } else assert.match(seen.text, language === "en" ? /by this site’s own server/ : /خادم هذا الموقع/);
      await context.close();
    });

    test(`a good letter: ${how}`, async () => {
      const context = await view({ width, dark, scripts, locale: language });
      const page = await open(context, `/verify?letter=${slug}`);
      assert.equal(await page.locator("#letter").inputValue(), slug);
      // By its address, and by the keyboard.
      await page.locator("#letter").fill(`http://localhost/letters/${slug}`);
      await page.locator("#letter").press("Enter");
      const seen = await seenResult(page);
      assert.equal(seen.verdict, says(language, "verify.verdict.letter.passed"));
      assert.deepEqual(
        seen.steps.map(({ title }) => title),
        logAll.map((check) => says(language, `verify.check.log.${check}`)),
      );
      assert.deepEqual(failedSteps(seen), []);
      assert.equal(seen.steps.filter(({ mark }) => mark === "ok").length, 9);
      if (scripts) {
        await assertGood(page, `the letter's result, ${how}`);
        await page.locator("form[data-check=letter] button").click();
        await page.locator("#result:not([hidden]) .steps > li:nth-child(3) [href='#i-ok']").waitFor();
        assert.equal(
          (await seenResult(page)).steps[2]!.mark,
          "ok",
          "the second time there is a state to compare with",
        );
      }
      await context.close();
    });
  }

test("every kind of bad receipt is told apart, in the browser", async () => {
  const context = await view({ width: 1280 });
  const page = await open(context, "/verify?lang=en");
  for (const bad of badReceipts) {
    await giveReceipt(page, bad.change(receipt));
    await page.locator("#result:not([hidden])").waitFor();
    const seen = await seenResult(page);
    const titles = bad.fails.map((check) =>
      says("en", `verify.check.receipt.${check as (typeof all)[number]}`),
    );
    assert.deepEqual(failedSteps(seen), titles, bad.name);
    assert.match(seen.verdict, /^This receipt does not hold/, bad.name);
    for (const { mark, text } of seen.steps)
      if (mark === "no") assert.match(text, /^Failed\. [A-Z]/, bad.name);
    await assertGood(page, bad.name);
  }
  await context.close();
});

/** Sends a receipt as a form with a file, as a browser without scripts does. */
async function post(
  fields: Record<string, string>,
  file?: string,
  language = "en",
): Promise<[number, string]> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  if (file !== undefined) form.append("receipt", new File([file], "receipt.json"));
  const answer = await app.fetch(`/verify?lang=${language}`, { method: "POST", body: form });
  assert.match(answer.headers.get("cache-control")!, /no-store/);
  return [answer.status, await answer.text()];
}

test("every kind of bad receipt is told apart, by the server", async () => {
  for (const bad of badReceipts) {
    const [status, html] = await post({}, bad.change(receipt), "fr");
    assert.equal(status, 200);
    const failed = html.matchAll(/<li class="bad">.*?<h3>(.*?)<\/h3>/g);
    const titles = bad.fails.map((check) =>
      says("fr", `verify.check.receipt.${check as (typeof all)[number]}`),
    );
    assert.deepEqual(
      Array.from(failed, ([, title]) => title),
      titles,
      bad.name,
    );
    await assertValidHtml(html, bad.name);
    assert.ok(!html.includes(name) && !html.includes("Somebody Else"));
  }
});

test("a receipt of another site says whom to ask, and is compared with nothing", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("Elsewhere");
  const signature = letter.sign("Ada");
  await made.publish();
  const foreign = formatReceipt(await made.receipt(letter, signature));
  const context = await view({ width: 390 });
  const page = await open(context, "/verify?lang=en");
  const before = sent.length;
  await giveReceipt(page, foreign);
  const seen = await seenResult(page);
  assert.equal(seen.verdict, says("en", "verify.verdict.receipt.foreign"));
  assert.match(seen.text, /the site that it came from, letters\.example\.org\./);
  assert.deepEqual(
    sent.slice(before).filter((request) => /\/log/.test(request)),
    [],
  );
  await assertGood(page, "a receipt of another site");
  await context.close();
  const [, html] = await post({}, foreign, "es");
  assert.ok(html.includes(says("es", "verify.verdict.receipt.foreign")));
});

test("a receipt can be pasted, and dropped anywhere", async () => {
  const context = await view({ width: 1280 });
  const page = await open(context, "/verify?lang=en");
  await page.locator("#text").fill(receipt);
  await page.locator("form[data-check=receipt] button").click();
  assert.equal((await seenResult(page)).verdict, says("en", "verify.verdict.receipt.stands"));
  await page.reload();
  const dropped = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([${JSON.stringify(receipt)}], "receipt.json", { type: "application/json" }));
    return transfer;
  })()`);
  await page.dispatchEvent("footer", "drop", { dataTransfer: dropped });
  assert.equal((await seenResult(page)).verdict, says("en", "verify.verdict.receipt.stands"));
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#result .steps").isVisible(), true);
  assert.equal(await page.locator("#receipt").isVisible(), false);
  await context.close();
  const [, html] = await post({ text: receipt });
  assert.ok(html.includes(says("en", "verify.verdict.receipt.stands")));
});

test("what is no receipt and no letter is said so, with what to do", async () => {
  const context = await view({ width: 390 });
  const page = await open(context, "/verify?lang=en");
  const problem = () => page.locator("#result [role=alert]");
  const cases = [
    ["receipt", "", "receipt-nothing"],
    ["receipt", "%PDF-1.7", "receipt-none"],
    ["receipt", JSON.stringify({ schema: "undersigned/letter/1" }), "receipt-none"],
    ["receipt", "x".repeat(450_000), "receipt-large"],
    ["letter", "", "letter-nothing"],
    ["letter", "no-such-letter", "letter-unknown"],
    ["letter", "https://elsewhere.example/letters/x", "letter-elsewhere"],
    ["letter", "what is this", "letter-unknown"],
  ] as const;
  for (const [field, value, code] of cases) {
    if (field === "letter") {
      await page.locator("#letter").fill(value);
      await page.locator("form[data-check=letter] button").click();
    } else if (value === "") await page.locator("form[data-check=receipt] button").click();
    else await giveReceipt(page, value);
    const text = says("en", `verify.problem.${code}`);
    await problem().filter({ hasText: text }).waitFor();
    assert.equal(await problem().evaluate((box) => box === box.ownerDocument.activeElement), true, code);
    assert.equal(await page.locator(`#${field}`).getAttribute("aria-invalid"), "true", code);
    await assertGood(page, code);
    const [status, html] =
      field === "letter" ? await post({ letter: value }) : await post({}, value === "" ? undefined : value);
    assert.equal(status, 422, code);
    assert.ok(html.includes(text), code);
    await assertValidHtml(html, code);
  }
  const huge = {
    method: "POST",
    body: "x".repeat(600_000),
    headers: { "Content-Type": "multipart/form-data; boundary=x" },
  };
  assert.equal((await app.fetch("/verify", huge)).status, 413);
  await context.close();
});

test("without a network, a receipt is checked as far as it goes by itself; a letter is not", async () => {
  const context = await view({ width: 390 });
  const page = await open(context, "/verify?lang=en");
  await context.setOffline(true);
  await giveReceipt(page, receipt);
  const seen = await seenResult(page);
  assert.equal(seen.verdict, says("en", "verify.verdict.receipt.unknown"));
  assert.equal(seen.steps.filter(({ mark }) => mark === "ok").length, 7);
  assert.deepEqual(
    seen.steps.slice(-4).map(({ text }) => text),
    Array(4).fill(says("en", "verify.skip.network")),
  );
  assert.ok(seen.text.includes(says("en", "verify.problem.network")));
  assert.ok(seen.facts.includes(name));
  await page.locator("#letter").fill(slug);
  await page.locator("form[data-check=letter] button").click();
  await page
    .locator("#result [role=alert]")
    .filter({ hasText: says("en", "verify.problem.network") })
    .waitFor();
  await context.setOffline(false);
  await page.route("**/log/checkpoint", (route) => route.fulfill({ status: 503 }));
  await page.locator("form[data-check=letter] button").click();
  await page
    .locator("#result [role=alert]")
    .filter({ hasText: says("en", "verify.problem.answer") })
    .waitFor();
  await assertGood(page, "a site that does not give out its log");
  await context.close();
});

test("long work shows how far it is, and can be stopped", async () => {
  const context = await view({ width: 390, dark: true, locale: "ar" });
  await context.clock.install();
  const page = await open(context);
  // How far it is, is said after ten seconds: not before this has looked.
  await context.clock.pauseAt(Date.now() + 3_600_000);
  // Bundles never come.
  await page.route("**/log/tile/entries/**", () => undefined);
  await page.locator("#letter").fill(slug);
  await page.locator("form[data-check=letter] button").click();
  await page.locator("#work:not([hidden]) progress").waitFor();
  assert.equal(await page.locator("#said").textContent(), says("ar", "verify.work.begun"));
  await context.clock.resume();
  await assertGood(page, "a check under way");
  await page.locator("#work button").click();
  await page
    .locator("#result [role=alert]")
    .filter({ hasText: says("ar", "verify.problem.stopped") })
    .waitFor();
  assert.equal(await page.locator("#work").isVisible(), false);
  const asked = page.waitForRequest("**/log/tile/entries/**");
  await giveReceipt(page, receipt);
  await asked;
  await page.locator("#work button").click();
  const seen = await seenResult(page);
  assert.equal(seen.verdict, says("ar", "verify.verdict.receipt.unknown"));
  assert.equal(seen.steps.at(-1)!.text, says("ar", "verify.skip.stopped"));
  assert.equal(seen.steps.at(-2)!.mark, "ok");
  await context.close();
});

test("a log that does not continue what this browser remembers of it is found out", async () => {
  const { checkpoint } = await app.deps.siteLog.published();
  const text = formatCheckpoint({ ...checkpoint, size: checkpoint.size - 1 });
  const note = formatNote({ text, signatures: [await signNote(text, logSigner)] });
  const context = await view({ width: 390 });
  const page = await open(context, "/verify?lang=en");
  await page.evaluate(
    `localStorage.setItem("undersigned-checkpoint-${logSigner.key.name}", ${JSON.stringify(note)})`,
  );
  await page.locator("#letter").fill(slug);
  await page.locator("form[data-check=letter] button").click();
  const seen = await seenResult(page);
  assert.deepEqual(failedSteps(seen), [says("en", "verify.check.log.consistency")]);
  assert.match(seen.text, /does not continue the \d+ entries that it signed before/);
  // What did not hold is not remembered.
  const kept = await page.evaluate(`localStorage.getItem("undersigned-checkpoint-${logSigner.key.name}")`);
  assert.equal(kept, note);
  await assertGood(page, "a rewritten log");
  await context.close();
});

test("a browser without these signatures says so, and leaves it to its reader to ask the server", async () => {
  const context = await view({ width: 390 });
  await context.addInitScript(
    `if (crypto.subtle) crypto.subtle.importKey = () => Promise.reject(new DOMException("no Ed25519", "NotSupportedError"))`,
  );
  const page = await open(context, "/verify?lang=en");
  const before = sent.length;
  await giveReceipt(page, receipt);
  await page
    .locator("#result [role=alert]")
    .filter({ hasText: says("en", "verify.problem.unable") })
    .waitFor();
  await assertGood(page, "a browser that cannot");
  assert.ok(!sent.slice(before).some((request) => request.startsWith("POST")));
  await page.locator("[data-unable] button").click();
  const seen = await seenResult(page);
  assert.equal(seen.verdict, says("en", "verify.verdict.receipt.stands"));
  assert.match(seen.text, /by this site’s own server/);
  await assertGood(page, "what the server found of a receipt");
  await page.locator("#letter").fill(slug);
  await page.locator("form[data-check=letter] button").click();
  await page.locator("[data-unable] button").click();
  await page
    .locator("#result .verdict")
    .filter({ hasText: says("en", "verify.verdict.letter.passed") })
    .waitFor();
  await assertGood(page, "what the server found of a letter");
  await context.close();
});

/** Does something to the database that no command does, looks, and undoes it. */
async function tampered(change: string, undo: string, look: (page: Page) => Promise<void>): Promise<void> {
  await app.sequence();
  const touch = sql`update tally set changed = pg_current_xact_id() where letter_id = ${letterId}`;
  await sql.raw(change).execute(app.db);
  await touch.execute(app.db);
  const context = await view({ width: 1280 });
  try {
    const page = await open(context, "/verify?lang=en");
    await page.locator("#letter").fill(slug);
    await page.locator("form[data-check=letter] button").click();
    await look(page);
  } finally {
    await sql.raw(undo).execute(app.db);
    await touch.execute(app.db);
    await context.close();
  }
}

const flip = (table: string, column: string, at: string, where: string) =>
  `update ${table} set ${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1) where ${where}`;
/** In the first signature's commitment: a letter stays a letter, so that the entry is still one. */
const inEntry = flip("log_bundle", "entries", `(position('"c":"'::bytea in entries) + 9)`, "index = 0");
const tampering: readonly [
  what: string,
  change: string,
  undo: string,
  fails: (typeof logAll)[number][],
  found: RegExp,
][] = [
  [
    "a tile",
    flip("log_tile", "hashes", "5", "level = 0"),
    flip("log_tile", "hashes", "5", "level = 0"),
    ["tiles"],
    /file tile\/0\/000/,
  ],
  ["an entry", inEntry, inEntry, ["root", "openings"], /not those that the log signed/],
  [
    "a name",
    `update signature set name = 'Somebody Else' where name = 'Reader 2'`,
    `update signature set name = 'Reader 2' where name = 'Somebody Else'`,
    ["openings"],
    /The name shown is not the one that was signed\. Where: entry \d+, number \d+ of its letter\./,
  ],
  [
    "the salt of a name",
    flip(
      "signature_secret",
      "salt_name",
      "0",
      "signature_id = (select id from signature where name = 'Reader 2')",
    ),
    flip(
      "signature_secret",
      "salt_name",
      "0",
      "signature_id = (select id from signature where name = 'Reader 2')",
    ),
    ["openings"],
    /not the one that was signed/,
  ],
  [
    "a name left out",
    `update log_signature set erased = true where signature_id = (select id from signature where name = 'Reader 2')`,
    `update log_signature set erased = false where signature_id = (select id from signature where name = 'Reader 2')`,
    ["disclosure"],
    /its name is not on the list/,
  ],
  [
    "the text",
    `update translation set title = 'Another title' where language = 'fr'`,
    `update translation set title = 'Répondez à vos lettres' where language = 'fr'`,
    ["revisions"],
    /The text is not the one that the log names\. Where: text 1\./,
  ],
  [
    "the count",
    `update tally set people = people + 1`,
    `update tally set people = people - 1`,
    ["counts"],
    /The letter’s page says 6; the log holds 5/,
  ],
];

for (const [what, change, undo, fails, found] of tampering)
  test(`a letter with ${what} tampered with does not hold`, async () => {
    await tampered(change, undo, async (page) => {
      const seen = await seenResult(page);
      assert.deepEqual(
        failedSteps(seen),
        fails.map((check) => says("en", `verify.check.log.${check}`)),
      );
      assert.match(seen.verdict, /^This letter does not hold/);
      assert.match(seen.text, found);
      await assertGood(page, what);
      // The server's last result has had its time.
      app.pass(60_001);
      const [, html] = await post({ letter: slug });
      assert.deepEqual(
        Array.from(html.matchAll(/<li class="bad">.*?<h3>(.*?)<\/h3>/g), ([, title]) => title),
        fails.map((check) => says("en", `verify.check.log.${check}`)),
      );
    });
  });

test("a receipt whose signature was withdrawn says so", async () => {
  assert.equal((await app.post(`${own}/withdraw`, {})).status, 303);
  await app.sequence();
  const context = await view({ width: 390, locale: "fr" });
  const page = await open(context);
  await giveReceipt(page, receipt);
  const seen = await seenResult(page);
  assert.equal(seen.verdict, says("fr", "verify.verdict.receipt.withdrawn"));
  assert.equal(seen.steps.at(-1)!.text, says("fr", "verify.result.standing.withdrawn"));
  assert.deepEqual(failedSteps(seen), []);
  await assertGood(page, "a withdrawn signature");
  await context.close();
});
