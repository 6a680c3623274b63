/**
 * Evidence in a real browser, as those would who bring it: an organisation publishes its line and has it checked, a
 * person goes to ORCID and comes back, a moderator vouches and takes away. Every page on the way: valid HTML in four
 * languages; no accessibility defect; nothing wider than a phone.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { TestApp } from "../support/app.ts";
import { arrive, follow, openView, type View } from "../support/browser.ts";
import { look } from "../support/look.ts";
import { client, startOrcid } from "../support/orcid-server.ts";
import { openLetter, organisation, person, signAndConfirm } from "../support/signing.ts";
import { openDeskSite, type Site } from "../support/site.ts";
import { somewhere, startWorld, type World } from "../support/world.ts";

let world: World;
let orcid: Awaited<ReturnType<typeof startOrcid>>;
let site: Site;
let app: TestApp;

before(async () => {
  world = await startWorld();
  world.names.zone.set("readers.example", somewhere);
  site = await openDeskSite(async (origin) => {
    orcid = await startOrcid(`${origin}/orcid/callback`);
    const { id, secret } = client;
    const env = { ORCID_CLIENT_ID: id, ORCID_CLIENT_SECRET: secret, ORCID_URL: orcid.url };
    return { internet: world.internet, env };
  });
  ({ app } = site);
});
after(async () => {
  await site.close();
  await orcid.stop();
  await world.stop();
});

const views = [
  { locale: "en", width: 390 },
  { locale: "ar", width: 390, dark: true },
  { locale: "fr", width: 1280, dark: true },
  { locale: "es", width: 1280, scripts: false },
] as const satisfies readonly View[];

for (const view of views) {
  const { locale: language, width } = view;
  test(`an organisation shows that its domain is its own, and the desk looks at it: ${language}, ${width} pixels`, async () => {
    const { id, slug } = await app.letter({ ...openLetter, slug: `domain-${language}` });
    const own = await signAndConfirm(
      app,
      slug,
      organisation({ email: `readers-${language}@readers.example` }),
    );
    const page = await site.visit(view, `${own}?lang=${language}`);
    await look(page, "own, before");
    await follow(page.locator("#evidence button"));
    await page.locator("#evidence [role=status]").waitFor();
    await look(page, "own, not found");
    const [line, record] = await page.locator("#evidence code").allTextContents();
    assert.equal(record, "_undersigned.readers.example");
    world.names.zone.set(record!, { TXT: [[line!]] });
    await follow(page.locator("#evidence button"));
    await look(page, "own, found");
    assert.equal(await page.locator("#evidence button").count(), 0);
    world.names.zone.delete(record!);
    await page.goto(`${site.origin}/letters/${slug}?lang=${language}`);
    assert.match(await page.locator("#signatories .ev").first().innerText(), /readers\.example/);
    await look(page, "the letter");

    const { id: signature } = await app.db
      .selectFrom("signature")
      .select("id")
      .where("letter_id", "=", id)
      .executeTakeFirstOrThrow();
    await site.signIn(page.context());
    await page.goto(`${site.origin}/desk/letters/${id}/signatures/${signature}/evidence?lang=${language}`);
    await look(page, "the desk's page");
    await page.locator("#note").fill("We have met. اجتمعنا");
    await arrive(page, () => page.keyboard.press("Enter"));
    await page.locator("p.note[role=status]").waitFor();
    await look(page, "vouched");
    await page.locator("#reason").fill("\u202e");
    await arrive(page, () => page.keyboard.press("Enter"));
    await page.locator(".sum").waitFor();
    await look(page, "a reason that cannot be kept");
    await page.locator("#reason").fill("Not theirs after all.");
    await arrive(page, () => page.keyboard.press("Enter"));
    await page.locator("p.note[role=status]").waitFor();
    await look(page, "taken away");
    await page.goto(`${site.origin}/desk/evidence?lang=${language}`);
    await look(page, "organisations without evidence");
    await page.context().close();
  });
}

test("a person goes to ORCID and back in one browser, and chooses what readers see", async () => {
  const { slug } = await app.letter({ ...openLetter, slug: "orcid" });
  const own = await signAndConfirm(app, slug, person());
  for (const view of [
    { locale: "en", width: 390, scripts: false },
    { locale: "ar", width: 1280 },
  ] as const) {
    const { locale: language } = view;
    const context = await openView(site.origin, view, [orcid.url]);
    const page = await context.newPage();
    const visited: string[] = [];
    page.on("request", (request) => {
      if (request.isNavigationRequest()) visited.push(new URL(request.url()).origin);
    });
    await page.goto(`${site.origin}${own}?lang=${language}`);
    await follow(page.locator("#evidence a"));
    await page.locator("#show-yes").waitFor();
    await look(page, "before ORCID");
    await page.locator("#show-yes").check();
    await follow(page.locator("main form button"));
    await page.locator("[role=status]").waitFor();
    assert.ok(visited.includes(orcid.url), visited.join(" "));
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    await look(page, "after ORCID");
    await page.goto(`${site.origin}/letters/${slug}?lang=${language}`);
    assert.equal(
      await page.locator("#signatories a[href^='https://orcid.org/']").innerText(),
      "0000-0002-1825-0097",
    );
    await look(page, "the letter");
    await page.goto(`${site.origin}${own}/orcid?lang=${language}`);
    await follow(page.locator("main form").last().locator("button"));
    await page.locator("#show-yes").waitFor();
    await look(page, "removed");
    await context.close();
  }
});
