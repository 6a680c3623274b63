/**
 * The main job, as people do it: read, fill in the form, open the mail, confirm, stand on the list. In a real browser,
 * with mail through a real server; with scripts and without, on a phone and on a desk, in English and in Arabic.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { openView, strangers } from "../support/browser.ts";
import { assertAccessible } from "../support/checks.ts";
import { listen } from "../support/listen.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";

let mail: MailServer;
let app: TestApp;
let site: Awaited<ReturnType<typeof listen>>;
let slug: string;

before(async () => {
  mail = await startMailServer();
  app = await startTestApp({
    sample: true,
    env: { SMTP_URL: mail.url, MAIL_FROM: "Letters <letters@example.org>" },
  });
  site = await listen(app);
  const open = await app.db
    .selectFrom("letter")
    .select("slug")
    .where("state", "=", "open")
    .executeTakeFirstOrThrow();
  slug = open.slug;
});

after(async () => {
  await site.stop();
  await app.close();
  await mail.close();
});

const people = {
  en: { lang: "en-GB", name: "Zoë Quartermaine", affiliation: "Free Readers’ Union" },
  ar: { lang: "ar", name: "ليلى حدّاد", affiliation: "اتحاد القرّاء" },
} as const;

for (const language of ["en", "ar"] as const) {
  for (const width of [390, 1280] as const) {
    for (const scripts of [true, false]) {
      test(`a person signs: ${language}, ${width} pixels, scripts ${scripts ? "on" : "off"}`, async () => {
        const who = people[language];
        const name = `${who.name} ${width}${scripts ? "a" : "b"}`;
        const address = `reader-${language}-${width}-${scripts}@example.org`;
        const context = await openView(site.origin, { width, scripts, locale: who.lang });
        const page = await context.newPage();
        await page.goto(`${site.origin}/letters/${slug}`);
        assert.equal(await page.locator("html").getAttribute("lang"), language);
        assert.equal(await page.locator("html").getAttribute("dir"), language === "ar" ? "rtl" : "ltr");

        const form = page.locator("#sign form");
        await form.locator("[name=kind][value=person]").check();
        await form.locator("[name=name]").fill(name);
        await form.locator("[name=affiliation]").fill(who.affiliation);
        await form.locator("[name=email]").fill(address);
        await form.locator("[name=country]").selectOption("CH");
        await form.locator("[name=show][value=yes]").check();
        await form.locator("button[type=submit], button:not([type])").last().click();
        await page.waitForURL(/\/sign\/sent/);
        if (scripts) await assertAccessible(page, "look at your inbox");
        await app.runJobs();

        const letter = mail.newest(address);
        assert.ok(letter?.text, "the mail has come");
        const link = /https?:\/\/\S*\/confirm\/\S+/.exec(letter.text)?.[0];
        assert.ok(link, "the mail holds the link");
        const path = new URL(link).pathname + new URL(link).search;
        await page.goto(site.origin + path);
        assert.ok((await page.locator("main").innerText()).includes(name), "the page says which name");
        if (scripts) await assertAccessible(page, "confirm");
        await page.locator("main form button").first().click();
        await page.waitForURL(/\/signatures\//);
        assert.ok((await page.locator("main").innerText()).includes(name));
        if (scripts) await assertAccessible(page, "receipt");

        await page.goto(`${site.origin}/letters/${slug}`);
        const list = page.locator("#signatories");
        assert.ok((await list.innerText()).includes(name), "the public list shows the name");
        assert.deepEqual(strangers, []);
        await context.close();
      });
    }
  }
}

test("bad input comes back with everything typed, and the focus on what to mend", async () => {
  const context = await openView(site.origin, { width: 390 });
  const page = await context.newPage();
  await page.goto(`${site.origin}/letters/${slug}?lang=en`);
  const form = page.locator("#sign form");
  await form.locator("[name=kind][value=organisation]").check();
  await form.locator("[name=organisation]").fill("Readers’ Union");
  await form.locator("[name=email]").fill("nobody@nowhere");
  await form.locator("button[type=submit], button:not([type])").last().click();
  const summary = page.locator("[role=alert]");
  await summary.waitFor();
  assert.equal(await summary.evaluate((element) => element === element.ownerDocument.activeElement), true);
  assert.equal(await page.locator("[name=organisation]").inputValue(), "Readers’ Union");
  assert.equal(await page.locator("[name=email]").inputValue(), "nobody@nowhere");
  await assertAccessible(page, "the form that came back");
  await summary.locator("a[href='#email']").click();
  assert.equal(
    await page.locator("#email").evaluate((element) => element === element.ownerDocument.activeElement),
    true,
  );
  await context.close();
});
