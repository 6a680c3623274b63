/**
 * A letter is written in a real browser: set while it is typed, by the keyboard alone, on a connection that breaks, in a
 * session that ends, by two at once; and without scripts.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { originalHash } from "../../src/drafting/document.ts";
import { findDraft } from "../../src/drafting/draft.ts";
import { freezeDraft } from "../../src/drafting/freeze.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import { startDraft } from "../../src/drafting/start-draft.ts";
import type { TestApp } from "../support/app.ts";
import { arrive, everyLanguage, follow, type View } from "../support/browser.ts";
import { assertAccessible } from "../support/checks.ts";
import { accountOf } from "../support/desk.ts";
import { look } from "../support/look.ts";
import { openDeskSite, type Site } from "../support/site.ts";

let site: Site;
let app: TestApp;

before(async () => {
  site = await openDeskSite();
  ({ app } = site);
});
after(() => site.close());

const signOutEverybody = () => app.db.deleteFrom("session").execute();

async function begin(view: View, title: string) {
  const ada = await accountOf(app, "Ada Byron");
  const id = await startDraft(app.db, app.deps.clock, ada, "en", title);
  const page = await site.visitDesk(view, `/desk/letters/${id}/text`);
  return { id, context: page.context(), page, url: page.url() };
}

const body = async (id: string) => (await findDraft(app.db, id))!.document.texts.en!.body;
const state = (page: Page, name: string) =>
  page
    .locator(`form[data-state="${name}"]`)
    .waitFor()
    .catch(async (error: Error) => {
      const is = await page.locator("form.writing").getAttribute("data-state");
      throw new Error(`not ${name} but ${is}`, { cause: error });
    });
const said = (page: Page) => page.locator(".states").innerText();

test("typed by the keyboard alone, and set as it will stand on the page", async () => {
  const { id, context, page } = await begin({ width: 1280 }, "By keys");
  await page.locator("#title").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.type("What it asks.");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Dear ");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("all");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type(",");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("two");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("The ");
  await page.keyboard.press("Control+i");
  await page.keyboard.type("end");
  const written = "Dear **all**,\n\n- one\n- two\n\nThe *end*";
  assert.equal(await page.locator("#body").inputValue(), written);
  // What was typed last is set last.
  await page.locator("[data-setting] em").getByText("end").waitFor();
  await page.locator("[data-setting] strong").getByText("all").waitFor();
  assert.equal(await page.locator("[data-setting] li").count(), 2);
  assert.match(await said(page), /Not saved yet\. What you typed is kept on this device\./);
  await page.keyboard.press("Control+s");
  await state(page, "saved");
  assert.match(await said(page), /Saved as edition 2 by Ada Byron/);
  assert.equal(await body(id), written);
  // Tab leads out of the text.
  await page.keyboard.press("Tab");
  assert.notEqual(await page.evaluate("document.activeElement.id"), "body");
  await assertAccessible(page, "text");
  await page.reload();
  assert.ok(await page.locator("[data-offer]").isHidden(), "what was saved is not offered again");
  await context.close();
});

test("words become a link, bold is taken back, and both can be undone", async () => {
  const { context, page } = await begin({ width: 1280 }, "Marks");
  const area = page.locator("#body");
  await area.fill("see here");
  const select = (from: number, to: number) =>
    page.evaluate(`document.getElementById("body").setSelectionRange(${from}, ${to})`);
  await select(4, 8);
  await page.keyboard.press("Control+k");
  assert.equal(await area.inputValue(), "see [here](https://)");
  await page.keyboard.type("https://example.org");
  assert.equal(await area.inputValue(), "see [here](https://example.org)");
  await select(0, 3);
  await page.keyboard.press("Control+b");
  assert.equal(await area.inputValue(), "**see** [here](https://example.org)");
  await page.keyboard.press("Control+b");
  assert.equal(await area.inputValue(), "see [here](https://example.org)");
  await page.keyboard.press("Control+z");
  assert.equal(await area.inputValue(), "**see** [here](https://example.org)");
  await context.close();
});

test("a connection that breaks loses nothing", async () => {
  const { id, context, page, url } = await begin({ width: 390 }, "Offline");
  await page.locator("#body").fill("Typed in a tunnel.");
  await context.setOffline(true);
  await page.locator(".savebar .btn").click();
  await state(page, "offline");
  assert.match(await said(page), /Not saved: no connection\. What you typed is kept on this device\./);
  await assertAccessible(page, "offline");
  // Back again, it is saved by itself.
  await context.setOffline(false);
  await state(page, "saved");
  assert.equal(await body(id), "Typed in a tunnel.");

  // The battery ends before the tunnel does.
  await context.setOffline(true);
  await page.locator("#body").fill("Typed in a longer tunnel.");
  await page.locator("#initiators").fill("Readers’ Union");
  await page.locator("#addressee-0").fill("A ministry");
  await state(page, "unsaved");
  await page.close();
  await context.setOffline(false);
  const later = await context.newPage();
  await later.goto(url);
  await later.locator("[data-offer]").waitFor();
  assert.match(
    await later.locator("[data-offer]").innerText(),
    /This device has text from .+ that was not saved/,
  );
  // Typing before deciding does not write over what is offered: that comes after.
  await later.locator("#summary").fill("Something else meanwhile.");
  await state(later, "unsaved");
  await later.goto(url);
  await later.locator("[data-drop]").click();
  await later.goto(url);
  // A tunnel again, at the very moment of taking it up: it is offered once more.
  await context.setOffline(true);
  await Promise.all([later.waitForEvent("requestfailed"), later.locator("[data-use]").click()]);
  await later.waitForURL("chrome-error://chromewebdata/");
  await context.setOffline(false);
  await later.goto(url);
  await follow(later.locator("[data-use]"));
  await state(later, "unsaved");
  assert.equal(await later.locator("#body").inputValue(), "Typed in a longer tunnel.");
  assert.equal(await later.locator("#summary").inputValue(), "");
  assert.equal(await later.locator("#addressee-0").inputValue(), "A ministry");
  await later.keyboard.press("Control+s");
  await state(later, "saved");
  assert.equal(await body(id), "Typed in a longer tunnel.");
  await later.reload();
  assert.ok(await later.locator("[data-offer]").isHidden());
  await context.close();
});

test("a session that ends loses nothing", async () => {
  const { id, context, page } = await begin({ width: 1280 }, "Signed out");
  await page.locator("#body").fill("Hours of work.");
  await signOutEverybody();
  await page.keyboard.press("Control+s");
  await state(page, "signed-out");
  assert.match(await said(page), /you are signed out\. Sign in in another tab, then save again/);
  const [tab] = await Promise.all([context.waitForEvent("page"), page.locator(".states a").click()]);
  await tab.waitForURL(/\/desk\/sign-in/);
  await site.signIn(context);
  await tab.close();
  await page.keyboard.press("Control+s");
  await state(page, "saved");
  assert.equal(await body(id), "Hours of work.");
  await context.close();
});

test("two who write at once are shown both, and put them together", async () => {
  const { id, context, page, url } = await begin({ width: 1280 }, "Two");
  await page.locator("#body").fill("One.\n\nTwo.\n\nThree.");
  await page.keyboard.press("Control+s");
  await state(page, "saved");
  const other = await context.newPage();
  await other.goto(url);
  await page.locator("#body").fill("One, by the first.\n\nTwo.\n\nThree.");
  await page.keyboard.press("Control+s");
  await state(page, "saved");
  await other.locator("#body").fill("One.\n\nTwo.\n\nThree, by the second.");
  await arrive(other, () => other.keyboard.press("Control+s"));
  assert.match(await other.locator(".conflict").innerText(), /Ada Byron saved edition 3/);
  assert.equal((await other.locator(".conflict del").count()) > 0, true);
  await assertAccessible(other, "conflict");
  assert.equal(await body(id), "One, by the first.\n\nTwo.\n\nThree.");
  await follow(other.locator("button[value=merge]"));
  await state(other, "unsaved");
  assert.equal(
    await other.locator("#body").inputValue(),
    "One, by the first.\n\nTwo.\n\nThree, by the second.",
  );
  await other.getByText(/Nothing is saved yet: look through it/).waitFor();
  await other.keyboard.press("Control+s");
  await state(other, "saved");
  assert.equal(await other.getByText(/Nothing is saved yet/).count(), 0);
  assert.equal(await body(id), "One, by the first.\n\nTwo.\n\nThree, by the second.");
  await context.close();
});

test("what was wrong and is mended is said no more once it is saved", async () => {
  const { id, context, page } = await begin({ width: 390 }, "Mended");
  const date = page.locator("#date");
  await date.fill("32 Nov");
  await arrive(page, () => page.keyboard.press("Control+s"));
  assert.equal(await page.locator(".sum").count(), 1);
  assert.equal(await date.getAttribute("aria-invalid"), "true");
  await date.fill("2026-11-30");
  await page.locator(".savebar .btn").click();
  await state(page, "saved");
  assert.equal((await findDraft(app.db, id))!.document.date, "2026-11-30");
  assert.equal(await page.locator(".sum, .err, .has-err, [aria-invalid]").count(), 0);
  assert.equal(await date.getAttribute("aria-describedby"), "date-hint");
  await assertAccessible(page, "mended");
  // Wrong once more, it is said once more.
  await date.fill("32 Nov");
  await arrive(page, () => page.keyboard.press("Control+s"));
  assert.equal(await page.locator(".sum").count(), 1);
  await context.close();
});

test("a translation that has followed its original is not said to be behind any more", async () => {
  const { id, context, page, url } = await begin({ width: 1280 }, "Followed");
  const ada = await accountOf(app, "Ada Byron");
  const { document } = (await findDraft(app.db, id))!;
  const ar = { title: "رسالة", summary: "", body: "نص", of: originalHash(document) };
  const en = { ...document.texts.en!, body: "Other words." };
  await saveDraft(app.db, app.deps.clock, ada, id, 1, { ...document, texts: { en, ar } });
  await page.goto(`${url}?language=ar`);
  await page.locator("#title").fill("رسالة أخرى");
  await page.keyboard.press("Control+s");
  await state(page, "saved");
  assert.equal(await page.locator(".moved").count(), 1, "nobody has said yet that it follows");
  await page.locator("#confirmed").check();
  await page.keyboard.press("Control+s");
  await page.locator(".moved").waitFor({ state: "detached" });
  await page.reload();
  assert.equal(await page.locator(".moved").count(), 0);
  await context.close();
});

test("all of it without scripts", async () => {
  const { id, context, page } = await begin({ width: 390, scripts: false }, "Plain");
  await page.locator("#addressee-0").fill("A ministry");
  await follow(page.locator("button[value=addressee]"));
  assert.equal(await page.locator("[name='addressee[]']").count(), 2);
  await page.locator("#addressee-1").fill("A parliament");
  await page.locator("#body").fill("\nDear all.");
  // The return key in a line of text saves.
  await arrive(page, () => page.locator("#title").press("Enter"));
  assert.match(page.url(), /saved=yes/);
  assert.equal(await body(id), "\nDear all.");
  assert.equal((await findDraft(app.db, id))!.document.addressees.length, 2);
  assert.match(await page.locator("[data-setting]").innerText(), /Dear all\./);

  await page.locator("#body").fill("Much later.");
  await signOutEverybody();
  await follow(page.locator(".savebar .btn"));
  assert.match(await page.locator("h1").innerText(), /You are signed out; your text is kept/);
  const [tab] = await Promise.all([context.waitForEvent("page"), page.locator("main a.btn").click()]);
  await tab.waitForURL(/\/desk\/sign-in/);
  await site.signIn(context);
  await tab.close();
  await follow(page.locator("main button"));
  assert.match(page.url(), /saved=yes/);
  assert.equal(await body(id), "Much later.");
  await context.close();
});

test("what is typed for a list or a link is shown as it is typed, and in one piece, in every language", async () => {
  const { context, page, url } = await begin({ width: 390 }, "Samples");
  const samples = (inside: string) =>
    page.evaluate<[direction: string, whole: boolean][]>(`Array.from(
      document.querySelectorAll("${inside} code"),
      (one) => {
        const { direction, fontSize } = getComputedStyle(one);
        return [direction, one.getBoundingClientRect().height < 2 * parseFloat(fontSize)];
      },
    )`);
  for (const language of ["en", "fr", "es", "ar"]) {
    await page.goto(`${url}?lang=${language}`);
    assert.deepEqual(await samples("#body-hint"), Array(6).fill(["ltr", true]), language);
  }
  // What begins with a point or a stroke, too.
  await page.goto(`${site.origin}/data?lang=ar`);
  const addresses = await samples("main");
  assert.ok(addresses.length > 0 && addresses.every(([direction]) => direction === "ltr"));
  await context.close();
});

test("every page of a text: valid, accessible, no wider than a phone, in four languages", async () => {
  const { db, clock } = app.deps;
  const ada = await accountOf(app, "Ada Byron");
  const id = await startDraft(db, clock, ada, "en", "A letter in two languages");
  const { document } = (await findDraft(db, id))!;
  const en = { ...document.texts.en!, summary: "It asks.", body: "Dear all,\n\n- answer\n- in **time**" };
  const ar = { title: "رسالة بلغتين", summary: "", body: "إلى الجميع", of: originalHash(document) };
  const first = { ...document, texts: { en, ar } };
  await saveDraft(db, clock, ada, id, 1, first);
  await freezeDraft(db, clock, ada, id, "first");
  const second = { ...first, date: "2026", texts: { en: { ...en, body: "Dear all,\n\n- answer" }, ar } };
  await saveDraft(db, clock, ada, id, 2, second);
  const paths = [
    "text",
    "text?language=ar",
    "text?restored=yes",
    "revisions",
    "compare?from=draft-1&to=now",
    "preview",
    "revisions/1/preview",
  ];
  for (const view of everyLanguage) {
    const page = await site.visitDesk(view, "/desk");
    for (const path of paths) {
      const url = `${site.origin}/desk/letters/${id}/${path}${path.includes("?") ? "&" : "?"}lang=${view.locale}`;
      await page.goto(url);
      await look(page, url);
    }
    await page.context().close();
  }
});
