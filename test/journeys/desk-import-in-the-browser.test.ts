/**
 * Bringing in signatories in a real browser, without scripts and by keyboard, as somebody would: a file is chosen, its
 * columns and its rows looked through, and what came of it seen. Every page on the way: valid HTML in four languages; no
 * accessibility defect; nothing wider than a phone.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { TestApp } from "../support/app.ts";
import { arrive, everyLanguage, follow } from "../support/browser.ts";
import { look } from "../support/look.ts";
import { listOf } from "../support/signatories-csv.ts";
import { openLetter } from "../support/signing.ts";
import { openDeskSite, type Site } from "../support/site.ts";

let site: Site;
let app: TestApp;

before(async () => {
  site = await openDeskSite();
  ({ app } = site);
});
after(() => site.close());

for (const view of everyLanguage) {
  const { locale: language, width } = view;
  test(`every page of an import, ${language}, ${width} pixels`, async () => {
    const { id } = await app.letter({ ...openLetter, slug: `import-${language}` });
    const base = `/desk/letters/${id}/signatures/import`;
    const page = await site.visitDesk(view, `${base}?lang=${language}`);
    await look(page, "imports");
    await page.locator("#file").setInputFiles({
      name: "list.xlsx",
      mimeType: "application/octet-stream",
      buffer: Buffer.from("PK\u0003\u0004"),
    });
    const upload = page.locator(`form[action^="${base}"] .btn`).first();
    await follow(upload);
    await page.locator(".sum").waitFor();
    await look(page, "a workbook");
    const text = listOf(120, 16).text.replace("ana.3@people3.example", "ana.3@gmial.com");
    const twice = `${text}${text.split("\r\n")[1]!}\r\n`;
    await page.locator("#file").setInputFiles({
      name: "Signatures (Responses).csv",
      mimeType: "text/csv",
      buffer: Buffer.from(twice),
    });
    await follow(upload);
    await page.locator("#column-3").waitFor();
    await look(page, "plan");
    const check = page.locator("main form.fields button.btn:not(.line)");
    await follow(check);
    await page.locator(".sum").waitFor();
    await look(page, "a plan that lacks something");
    await page.locator("#mode").check();
    await page.locator("#show").check();
    await follow(check);
    assert.match(page.url(), /\/check/);
    await look(page, "check");
    await follow(page.locator("main button.btn:not(.line)"));
    assert.match(page.url(), /\/import\/[0-9a-f-]{36}/);
    await look(page, "an import that has begun");
    await app.runJobs();
    await follow(page.locator("main a.btn"));
    await look(page, "an import on its way");
    await follow(page.locator("main form button"));
    await page.locator("p.box").waitFor();
    await look(page, "taken back");
    await page.goto(`${site.origin}${base}?lang=${language}`);
    await look(page, "imports so far");
    await page.context().close();
  });
}

test("without scripts, by keyboard alone, a pasted list is entered as reported", async () => {
  const { id } = await app.letter({ ...openLetter, slug: "by-keyboard", state: "archived" });
  const page = await site.visitDesk({ width: 390, scripts: false }, `/desk/letters/${id}/signatures/import`);
  await page.locator("#text").focus();
  await page.keyboard.insertText("Name\tUniversity\nAda Byron\tLondon\nMary Somerville\tOxford\n");
  await page.keyboard.press("Tab");
  await arrive(page, () => page.keyboard.press("Enter"));
  assert.match(page.url(), /\/files\//);
  assert.equal(await page.locator("#column-1").inputValue(), "affiliation");
  await page.locator("#language").focus();
  await page.keyboard.press("Tab");
  await arrive(page, () => page.keyboard.press("Enter"));
  assert.match(page.url(), /\/check/);
  const enter = page.getByRole("button", { name: "Enter 2 names as reported" });
  await arrive(page, () => enter.press("Enter"));
  assert.match(page.url(), /\/import\/[0-9a-f-]{36}/);
  await page.goto(`${site.origin}/letters/by-keyboard`);
  await page.getByText("Mary Somerville").waitFor();
  await page.getByText("Oxford").waitFor();
  await page.context().close();
});
