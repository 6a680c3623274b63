/** Every public page: valid HTML in four languages; no accessibility defect; nothing wider than a phone; no stranger asked. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { languages } from "../../src/foundation/i18n.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { openView, strangers } from "../support/browser.ts";
import { assertAccessible, assertValidHtml } from "../support/checks.ts";
import { listen } from "../support/listen.ts";

let app: TestApp;
let site: Awaited<ReturnType<typeof listen>>;
const paths: string[] = [];

before(async () => {
  app = await startTestApp({ sample: true });
  site = await listen(app);
  const letters = await app.db.selectFrom("letter").select(["slug", "state"]).orderBy("listed").execute();
  assert.equal(letters.length, 25);
  const open = letters.find((letter) => letter.state === "open")!.slug;
  paths.push(
    "/",
    "/?q=encryption",
    "/?q=encription&place=150",
    "/?q=nothing-of-the-kind&year=2015",
    "/?topic=encryption&year=2019",
    ...letters.map(({ slug }) => `/letters/${slug}`),
    `/letters/${open}?text=fr`,
    `/letters/${open}/signatories?kind=person`,
    `/letters/${open}/signatories?kind=organisation`,
    `/letters/${open}/sign/sent`,
    "/about",
    "/privacy",
    "/accessibility",
    "/data",
    "/mailbox",
    "/no/such/page",
    "/confirm/not-a-token",
    "/signatures/not-a-token",
  );
});

after(async () => {
  await site.stop();
  await app.close();
});

for (const language of languages) {
  test(`valid HTML in ${language}`, async () => {
    for (const path of paths) {
      const answer = await app.fetch(`${path}${path.includes("?") ? "&" : "?"}lang=${language}`);
      assert.match(answer.headers.get("content-type")!, /^text\/html/, path);
      const document = await answer.text();
      await assertValidHtml(document, `${path} in ${language}`);
      assert.match(document, new RegExp(`<html lang="${language}"`));
    }
  });
}

for (const [language, width, dark] of [
  ["en", 1280, false],
  ["ar", 390, true],
  ["fr", 390, false],
  ["es", 1280, true],
] as const) {
  test(`accessible in ${language} at ${width} pixels${dark ? ", dark" : ""}`, async () => {
    const context = await openView(site.origin, { width, dark, locale: language });
    const page = await context.newPage();
    const policy: string[] = [];
    page.on("console", (line) => {
      if (/Content Security Policy|Refused to/.test(line.text())) policy.push(line.text());
    });
    page.on("pageerror", (error) => policy.push(error.message));
    for (const path of paths) {
      await page.goto(site.origin + path);
      await assertAccessible(page, `${path} in ${language}`);
      const wider = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      assert.equal(wider, 0, `${path} is ${wider} pixels wider than the window`);
    }
    assert.deepEqual(policy, []);
    assert.deepEqual(strangers, []);
    await context.close();
  });
}
