/**
 * A draft among those invited, in a real browser: invited at the desk, read, commented on and signed behind the private
 * link, on a phone and on a desk, with scripts and without. Every page on the way: valid HTML, no accessibility defect,
 * nothing wider than the screen.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { findDraft } from "../../src/drafting/draft.ts";
import { freezeDraft } from "../../src/drafting/freeze.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import { startDraft } from "../../src/drafting/start-draft.ts";
import type { TestApp } from "../support/app.ts";
import { follow, type View } from "../support/browser.ts";
import { accountOf } from "../support/desk.ts";
import { look } from "../support/look.ts";
import { mailedLink } from "../support/signing.ts";
import { openDeskSite, type Site } from "../support/site.ts";

let site: Site;
let app: TestApp;

before(async () => {
  site = await openDeskSite();
  ({ app } = site);
});
after(() => site.close());

const body =
  "Dear all,\n\nPeople write to you. They write alone, and they write together, because a letter is the oldest way of asking a question that cannot be pretended away.\n\nWe ask every public body to do two things:\n\n1. Keep a public list of the letters addressed to you.\n2. Answer within sixty days.\n\nSilence teaches people that writing is of no use.";

async function draft(title: string): Promise<string> {
  const { db, clock } = app.deps;
  const ada = await accountOf(app, "Ada Byron");
  const id = await startDraft(db, clock, ada, "en", title);
  await write(id, body);
  return id;
}

async function write(id: string, text: string): Promise<void> {
  const { db, clock } = app.deps;
  const found = (await findDraft(db, id))!;
  const texts = { en: { ...found.document.texts.en!, body: text } };
  const addressees = [{ name: "All holders of public office", type: "public" as const }];
  const document = { ...found.document, texts, addressees };
  await saveDraft(db, clock, await accountOf(app, "Ada Byron"), id, found.edition, document);
}

/** The private link of an invitation. */
async function invited(address: string): Promise<string> {
  await app.runJobs();
  return mailedLink(app, address, "drafts");
}

/** A letter that circulates: begun and invited at the desk, in the browser. */
async function circulate(title: string, view: View, lines: string): Promise<{ id: string; desk: Page }> {
  const id = await draft(title);
  const desk = await site.visitDesk(view, `/desk/letters/${id}/circulation`);
  await look(desk, "before it circulates");
  await desk.locator("#date").fill("2026-12-04");
  await desk.locator("#zone").fill("Europe/Berlin");
  await desk.locator("#message").fill("We publish on 7 December; two sentences each are enough.");
  await follow(desk.locator("main form .btn"));
  await desk.locator("#lines").fill(lines);
  await follow(desk.locator("#invite .btn"));
  await desk.locator("table").waitFor();
  return { id, desk };
}

test("on a phone: a passage is commented on, signed on a condition, answered, changed and signed anew", async () => {
  const lines =
    "Rosa Reader <rosa@readers.example>, Readers’ Union\nOtto Orr <otto@society.example>, Society of Example Editors";
  const { id, desk } = await circulate("Publish the Letters You Receive", { width: 1280 }, lines);
  const page = await site.visit({ width: 390 }, await invited("rosa@readers.example"));
  await look(page, "the doorstep");
  await follow(page.locator("main form .btn"));
  await page.locator("article h1").waitFor();
  await look(page, "the draft");

  // Words are chosen; the bar comes up, and leads to the form with these words.
  await page.evaluate(`{
    const item = document.querySelectorAll(".passage li")[1];
    document.getSelection().selectAllChildren(item);
  }`);
  await follow(page.locator("#passage-bar .btn"));
  await page.locator("#body").fill("Thirty days would do.");
  assert.match(await page.locator("blockquote").innerText(), /Answer within sixty days/);
  await look(page, "the form of a comment");
  await follow(page.locator("main form .btn"));
  await page.locator("#p4 .thread").waitFor();
  assert.match(await page.locator("#p4").innerText(), /Rosa Reader[\s\S]*Thirty days would do/);

  await page.locator('a[href="#answer"]').click();
  await follow(page.locator("#answer a.btn"));
  await look(page, "the form for signing");
  await page.locator("#website").fill("readers.example");
  await page.locator("#role").fill("Secretary");
  await page.locator("#country").selectOption("CH");
  await page.locator("#show").check();
  await page.locator("#condition").fill("Thirty days instead of sixty.");
  await follow(page.locator("main form .btn"));
  await page.locator("p[role=status]").waitFor();
  await look(page, "signed on a condition");

  await desk.goto(`${site.origin}/desk/letters/${id}/circulation`);
  await look(desk, "circulation");
  await follow(desk.locator('button[value="met"]'));
  await desk.goto(`${site.origin}/desk/letters/${id}/circulation/comments`);
  await look(desk, "comments");
  // From the words to what was said of them, and back; and the editors choose words as those invited do.
  await desk.locator("mark + .ref-after a, .ref-after a").first().click();
  assert.match(await desk.evaluate("document.querySelector(':target').innerText"), /Thirty days would do/);
  await desk.locator(".thread .quoted a").click();
  assert.match(
    await desk.evaluate("document.querySelector(':target').closest('.passage').innerText"),
    /sixty/,
  );
  await desk.evaluate(`{
    const paragraph = document.querySelector("#p2 p");
    document.getSelection().setBaseAndExtent(paragraph.firstChild, 0, paragraph.firstChild, 19);
  }`);
  await follow(desk.locator("#passage-bar .btn"));
  assert.equal(await desk.locator("#quote").inputValue(), "People write to you");
  await desk.locator("#body").fill("They do.");
  await look(desk, "an editor's comment");
  await follow(desk.locator("main form .btn"));
  assert.match(desk.url(), /done=said/);
  await look(desk, "comments beside the text");
  await desk.locator("#p4 .thread summary").click();
  await desk.locator("#p4 .thread textarea").fill("Thirty it is.");
  await follow(desk.locator("#p4 .thread form.flow .btn"));
  assert.match(desk.url(), /done=said/);
  await write(id, body.replace("sixty", "thirty"));
  const ada = await accountOf(app, "Ada Byron");
  await freezeDraft(app.db, app.deps.clock, ada, id, "Thirty days.");

  await page.goto(site.origin + (await invited("rosa@readers.example")));
  await look(page, "a changed text");
  await follow(page.locator('.note a[href*="/changes/"]'));
  await look(page, "what changed");
  await follow(page.locator("main form .btn"));
  await page.locator("p[role=status]").waitFor();
  await look(page, "signed anew");
  await desk.context().close();
  await page.context().close();
});

test("without scripts, in Arabic: a paragraph is commented on, and the invitation declined", async () => {
  const { id, desk } = await circulate(
    "Answer in Time",
    { width: 390, dark: true, locale: "ar" },
    "Otto Orr <otto@orr.example>",
  );
  const page = await site.visit(
    { width: 1280, scripts: false, dark: true, locale: "ar" },
    `${await invited("otto@orr.example")}?lang=ar`,
  );
  await look(page, "the doorstep in Arabic");
  await follow(page.locator("main form .btn"));
  await follow(page.locator("#p2 a"));
  await page.locator("#body").fill("هل كتب إليكم أحد؟");
  await follow(page.locator("main form .btn"));
  await page.locator("#p2 .thread").waitFor();
  await look(page, "the draft in Arabic");
  await page.locator("#answer summary").click();
  await page.locator("#word").fill("لا موقف لنا.");
  await follow(page.locator("#answer details .btn"));
  await page.locator("p[role=status]").waitFor();
  await desk.goto(`${site.origin}/desk/letters/${id}/circulation`);
  await look(desk, "circulation in Arabic");
  assert.match(await desk.locator("table").innerText(), /لا موقف لنا/);
  await desk.context().close();
  await page.context().close();
});
