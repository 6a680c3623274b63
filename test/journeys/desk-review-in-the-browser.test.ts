/**
 * Looking at held signatures in a real browser: by the keys of the queue, and without scripts. Every page on the way:
 * valid HTML in four languages; no accessibility defect; nothing wider than a phone.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { TestApp } from "../support/app.ts";
import { arrive, everyLanguage, follow } from "../support/browser.ts";
import { look } from "../support/look.ts";
import { heldLetter, signatureOf } from "../support/moderation.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { namesOf, organisation, person, signAndConfirm } from "../support/signing.ts";
import { openDeskSite, type Site } from "../support/site.ts";

let site: Site;
let app: TestApp;

before(async () => {
  site = await openDeskSite();
  ({ app } = site);
});
after(async () => {
  await assertLogHolds(app);
  await site.close();
});

for (const view of everyLanguage) {
  const { locale: language, width } = view;
  test(`every page of looking at signatures, ${language}, ${width} pixels`, async () => {
    const letter = await heldLetter(app, `review-${language}`);
    const email = (name: string) => `${name}-${language}@a-rather-long-domain-name.example`;
    const own = await signAndConfirm(
      app,
      letter.slug,
      person({
        email: email("ada"),
        affiliation: "Wissenschaftsgesellschaft für angewandte Rechenmaschinenkunde",
      }),
    );
    const refused = await signAndConfirm(
      app,
      letter.slug,
      organisation({ email: email("office"), website: "https://elsewhere.example/" }),
    );
    const page = await site.visitDesk(view, "/desk");
    const go = (path: string) =>
      page.goto(`${site.origin}${path}${path.includes("?") ? "&" : "?"}lang=${language}`);
    for (const [name, path] of [
      ["queue", `/desk/review?letter=${letter.id}&domain=no+domain`],
      ["all", `/desk/review/all?letter=${letter.id}&kind=person`],
      ["list", `/desk/letters/${letter.id}/signatures`],
      ["rules", `/desk/letters/${letter.id}/moderation`],
      ["private page", own],
    ] as const) {
      await go(path);
      await look(page, name);
    }
    const { id } = await signatureOf(app, letter.id, email("office"));
    await go(`/desk/letters/${letter.id}/signatures/${id}`);
    await look(page, "signature");
    await follow(page.locator("button[value=refuse]"));
    await page.locator(".sum").waitFor();
    await look(page, "refused without a reason");
    await page.locator("select[name=reason]").selectOption("impersonation");
    await follow(page.locator("button[value=refuse]"));
    await page.locator(".box[role=status]").waitFor();
    await look(page, "refused");
    await go(refused);
    await look(page, "private page of a refused one");
    await go("/desk/review/decisions");
    await look(page, "decisions");
    await go("/desk");
    await look(page, "home");
    await page.context().close();
  });
}

test("the queue by its keys alone: down, accept; check, refuse", async () => {
  const letter = await heldLetter(app, "keys");
  for (const name of ["First", "Second", "Third"]) {
    await signAndConfirm(app, letter.slug, person({ name, email: `${name.toLowerCase()}@keys.example` }));
    app.pass(1000);
  }
  const page = await site.visitDesk({ width: 1280 }, `/desk/review?letter=${letter.id}`);
  await page.locator("tbody input[type=checkbox]").first().focus();
  await page.keyboard.press("j");
  await arrive(page, () => page.keyboard.press("a"));
  await page.locator(".box[role=status]").waitFor();
  assert.deepEqual(await namesOf(app, letter.id), ["Second"]);
  await page.locator("tbody input[type=checkbox]").first().focus();
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("r");
  assert.equal(await page.evaluate("document.activeElement.name"), "reason");
  await page.keyboard.press("ArrowDown");
  await arrive(page, () => page.locator("button[value=refuse]").press("Enter"));
  await page.locator(".box[role=status]").waitFor();
  assert.equal((await signatureOf(app, letter.id, "first@keys.example")).state, "refused");
  assert.equal((await signatureOf(app, letter.id, "third@keys.example")).state, "held");
  // Elsewhere on the page they do nothing.
  await page.locator("h1").click();
  await page.keyboard.press("a");
  assert.equal((await signatureOf(app, letter.id, "third@keys.example")).state, "held");
  await page.context().close();
});

test("without scripts: checked, refused, and taken back", async () => {
  const letter = await heldLetter(app, "plain");
  await signAndConfirm(app, letter.slug, person({ email: "plain@example.org" }));
  const page = await site.visitDesk({ width: 390, scripts: false }, `/desk/review?letter=${letter.id}`);
  await page.locator("tbody input[type=checkbox]").check();
  await page.locator("select[name=reason]").selectOption("not-real");
  await follow(page.locator("button[value=refuse]"));
  assert.equal((await signatureOf(app, letter.id, "plain@example.org")).state, "refused");
  await follow(page.locator(".box .plainly"));
  await app.runJobs();
  assert.equal((await signatureOf(app, letter.id, "plain@example.org")).state, "held");
  await page.context().close();
});

test("the return key decides nothing that nobody chose", async () => {
  const letter = await heldLetter(app, "return-key");
  await signAndConfirm(app, letter.slug, person({ name: "Rita Return", email: "rita@return.example" }));
  const { id } = await signatureOf(app, letter.id, "rita@return.example");
  const page = await site.visitDesk({ width: 390, scripts: false }, `/desk/review?letter=${letter.id}`);
  const pressed = async (path: string, field: string) => {
    await page.goto(`${site.origin}${path}`);
    await arrive(page, () => page.locator(field).press("Enter"));
    await page.locator(".sum").waitFor();
    assert.equal((await signatureOf(app, letter.id, "rita@return.example")).state, "held");
  };
  await page.locator("tbody input[type=checkbox]").check();
  await arrive(page, () => page.locator("tbody input[type=checkbox]").press("Enter"));
  assert.match(await page.locator(".sum").innerText(), /accepted or refused/);
  assert.equal(await page.locator("tbody input[type=checkbox]").isChecked(), true);
  await pressed(`/desk/review?letter=${letter.id}`, "#silent");
  await pressed(`/desk/review/all?letter=${letter.id}`, "#silent");
  await pressed(`/desk/letters/${letter.id}/signatures/${id}`, "#silent");
  await page.context().close();
});
