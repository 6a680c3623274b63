/**
 * Every public page, and a signatory’s own: valid HTML in four languages; no accessibility defect; nothing wider than a
 * phone; no stranger asked.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startTestApp } from "../support/app.ts";
import { everyLanguage } from "../support/browser.ts";
import { letterInput } from "../support/letter-input.ts";
import { look } from "../support/look.ts";
import { mailedLink, person, sign, signAndConfirm } from "../support/signing.ts";
import { openSite, type Site } from "../support/site.ts";

/** Words that no line of a phone holds, wherever a letter has words. */
const longWord = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
const longAddress = `https://www.${"example-ministry-of-the-interior".repeat(2)}.example/${"a".repeat(60)}`;
const letterOfLongWords = letterInput({
  slug: "long-words",
  state: "open",
  initiators: [longWord],
  addressees: [{ name: longAddress, type: "government" }],
  translations: [
    {
      language: "en",
      title: longWord,
      summary: longAddress,
      body: `${longWord}\n\n1. ${longAddress}\n\n- ${longAddress}\n\n> ${longAddress}\n\n# ${longWord}`,
    },
  ],
});

let site: Site;
const paths: string[] = [];

before(async () => {
  site = await openSite((origin) => startTestApp({ sample: true, env: { SITE_URL: origin } }));
  const { app } = site;
  const letters = await app.db.selectFrom("letter").select(["slug", "state"]).orderBy("listed").execute();
  assert.equal(letters.length, 25);
  await app.letter(letterOfLongWords);
  const open = letters.find((letter) => letter.state === "open")!.slug;
  // A word that no line holds.
  const own = await signAndConfirm(app, open, person({ name: `Ada ${"Konstantinopolitanska".repeat(4)}` }));
  await sign(app, open, person({ email: "grace@example.org" }));
  const link = await mailedLink(app, "grace@example.org");
  const receipt = await (await app.fetch(`${own}/receipt`)).text();
  const entry = /href="(\/log\/entries\/\d+)/.exec(receipt)![1]!;
  paths.push(
    link,
    `${link}/correct`,
    own,
    `${own}/receipt`,
    `${own}/withdraw`,
    entry,
    "/",
    "/?q=encryption",
    "/?q=encription&place=150",
    "/?q=-encryption",
    "/?q=Verizon",
    "/?topic=nonsense&place=Europe",
    "/?q=nothing-of-the-kind&year=2015",
    "/?topic=encryption&year=2019",
    ...letters.map(({ slug }) => `/letters/${slug}`),
    "/letters/long-words",
    `/letters/${open}?text=fr`,
    `/letters/${open}/signatories?kind=person`,
    `/letters/${open}/signatories?kind=organisation`,
    `/letters/${open}/sign/sent`,
    `/letters/${open}/revisions/1`,
    "/log",
    "/log?before=10",
    "/log/entries/0",
    "/about",
    "/privacy",
    "/accessibility",
    "/data",
    "/verify",
    `/verify?letter=${open}`,
    "/mailbox",
    "/no/such/page",
    "/confirm/not-a-token",
    "/signatures/not-a-token",
  );
});

after(() => site.close());

for (const view of everyLanguage)
  test(`in ${view.locale}, ${view.width} pixels${view.dark ? ", dark" : ""}`, async () => {
    const page = await site.visit(view, "/");
    for (const path of paths) {
      const answer = await page.goto(
        `${site.origin}${path}${path.includes("?") ? "&" : "?"}lang=${view.locale}`,
      );
      assert.match(answer!.headers()["content-type"]!, /^text\/html/, path);
      assert.equal(await page.locator("html").getAttribute("lang"), view.locale);
      await look(page, path);
    }
    await page.context().close();
  });
