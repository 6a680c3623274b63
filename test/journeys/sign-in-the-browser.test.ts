/**
 * The main job, as people do it: read, fill in the form, open the mail, confirm, stand on the list. In a real browser,
 * with mail through a real server; with scripts and without, on a phone and on a desk, in English and in Arabic.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { follow } from "../support/browser.ts";
import { look } from "../support/look.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { linkIn, organisation, sign } from "../support/signing.ts";
import { openSite, type Site } from "../support/site.ts";

let mail: MailServer;
let app: TestApp;
let site: Site;
let slug: string;

before(async () => {
  mail = await startMailServer();
  site = await openSite((origin) =>
    startTestApp({ sample: true, env: { SITE_URL: origin, ...mail.settings } }),
  );
  ({ app } = site);
  const open = await app.db
    .selectFrom("letter")
    .select("slug")
    .where("state", "=", "open")
    .executeTakeFirstOrThrow();
  slug = open.slug;
});

after(async () => {
  await site.close();
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
        const page = await site.visit({ width, scripts, locale: who.lang }, `/letters/${slug}`);
        assert.equal(await page.locator("html").getAttribute("lang"), language);
        assert.equal(await page.locator("html").getAttribute("dir"), language === "ar" ? "rtl" : "ltr");

        const form = page.locator("#sign form");
        await form.locator("[name=kind][value=person]").check();
        await form.locator("[name=name]").fill(name);
        await form.locator("[name=affiliation]").fill(who.affiliation);
        await form.locator("[name=email]").fill(address);
        await form.locator("[name=country]").selectOption("CH");
        await form.locator("[name=show][value=yes]").check();
        await follow(form.locator("button[type=submit], button:not([type])").last());
        assert.match(page.url(), /\/sign\/sent/);
        await look(page, "look at your inbox");
        await app.runJobs();

        const letter = mail.newest(address);
        assert.ok(letter?.text, "the mail has come");
        await page.goto(site.origin + linkIn(letter.text, "confirm"));
        assert.ok((await page.locator("main").innerText()).includes(name), "the page says which name");
        await look(page, "confirm");
        await follow(page.locator("main form button").first());
        assert.match(page.url(), /\/signatures\//);
        assert.ok((await page.locator("main").innerText()).includes(name));
        await look(page, "receipt");

        await page.goto(`${site.origin}/letters/${slug}`);
        const list = page.locator("#signatories");
        assert.ok((await list.innerText()).includes(name), "the public list shows the name");
        await page.context().close();
      });
    }
  }
}

test("bad input comes back with everything typed, and the focus on what to mend", async () => {
  const page = await site.visit({ width: 390 }, `/letters/${slug}?lang=en`);
  const form = page.locator("#sign form");
  await form.locator("[name=kind][value=organisation]").check();
  await form.locator("[name=organisation]").fill("Readers’ Union");
  await form.locator("[name=email]").fill("nobody@nowhere");
  await follow(form.locator("button[type=submit], button:not([type])").last());
  const summary = page.locator("[role=alert]");
  await summary.waitFor();
  assert.equal(await summary.evaluate((element) => element === element.ownerDocument.activeElement), true);
  assert.equal(await page.locator("[name=organisation]").inputValue(), "Readers’ Union");
  assert.equal(await page.locator("[name=email]").inputValue(), "nobody@nowhere");
  await look(page, "the form that came back");
  await summary.locator("a[href='#email']").click();
  assert.equal(
    await page.locator("#email").evaluate((element) => element === element.ownerDocument.activeElement),
    true,
  );
  await page.context().close();
});

for (const [language, width, scripts] of [
  ["en", 390, false],
  ["ar", 1280, true],
] as const)
  test(`what somebody else typed is put right before it is signed: ${language}, ${width} pixels, scripts ${scripts ? "on" : "off"}`, async () => {
    const who = people[language];
    const name = `${who.name} ${width}c`;
    const address = `corrected-${language}@example.org`;
    await sign(
      app,
      slug,
      organisation({ email: address, organisation: "Somebody Else Ltd" }),
      `?lang=${language}`,
    );
    const view = { width, scripts, locale: who.lang };
    const page = await site.visit(view, linkIn(mail.newest(address)!.text!, "confirm"));
    assert.ok((await page.locator("main").innerText()).includes("Somebody Else Ltd"));
    await follow(page.locator("main a[href*='/correct']"));

    const form = page.locator("main form");
    assert.equal(await form.locator("[name=organisation]").inputValue(), "Somebody Else Ltd");
    assert.equal(await form.locator("[name=kind][value=organisation]").isChecked(), true);
    assert.equal(await form.locator("[name=name]").isVisible(), false);
    await look(page, "correct");
    await form.locator("[name=kind][value=person]").check();
    await form.locator("[name=affiliation]").fill(who.affiliation);
    await follow(form.locator("button"));
    const summary = page.locator("[role=alert]");
    await summary.locator("a[href='#name']").waitFor();
    assert.equal(await form.locator("[name=affiliation]").inputValue(), who.affiliation);
    await look(page, "correct, as it came back");
    await form.locator("[name=name]").fill(name);
    await follow(form.locator("button"));

    const shown = await page.locator("main").innerText();
    assert.ok(shown.includes(name) && shown.includes(who.affiliation) && !shown.includes("Somebody Else"));
    await look(page, "confirm what was corrected");
    await follow(page.locator("main form button").first());
    await page.goto(`${site.origin}/letters/${slug}`);
    assert.ok((await page.locator("#signatories").innerText()).includes(name));
    await page.context().close();
  });
