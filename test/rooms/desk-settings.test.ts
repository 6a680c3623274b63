/**
 * The site's own settings: what an owner sets is what readers see, at once and everywhere; and a preview changes
 * nothing.
 */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { languages, translator } from "../../src/foundation/i18n.ts";
import { neutralSite } from "../../src/letters/site.ts";
import { purgeSigning } from "../../src/signing/purge.ts";
import { createPageCache } from "../../src/web/cache.ts";
import { createRouter } from "../../src/web/router.ts";
import type { TestApp } from "../support/app.ts";
import { follow } from "../support/browser.ts";
import { assertValidHtml } from "../support/checks.ts";
import { actsOf, leadsTo, setUp, signedIn, Visitor } from "../support/desk.ts";
import { look } from "../support/look.ts";
import { png, webp } from "../support/pictures.ts";
import {
  day,
  mailedLink,
  mailsTo,
  openLetter,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
} from "../support/signing.ts";
import { showSite } from "../support/site.ts";

let app: TestApp;
let owner: Visitor;
let slug: string;

before(async () => {
  app = await startSigningApp();
  ({ slug } = await app.letter(openLetter));
  await setUp(app);
});
after(() => app.close());

const usual = {
  "language-en": "yes",
  "language-fr": "yes",
  "language-es": "yes",
  "language-ar": "yes",
  first: "en",
  "en-name": "Example Alliance",
  "en-heading": "Open letters",
  "en-tagline": "What we wrote.",
  accent: "#0a5a45",
};
type Fields = Record<string, string | Blob | undefined>;

/** The form of words and look as a browser sends it; undefined takes a field out. */
function formOf(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...usual, ...fields }))
    if (value !== undefined) form.set(name, value as string);
  return form;
}

async function save(fields: Fields): Promise<void> {
  owner = await signedIn(app, "Ada Byron");
  leadsTo(await owner.postForm("/desk/settings", formOf(fields)), "/desk/settings?saved=yes");
}

async function refused(fields: Fields): Promise<string> {
  owner = await signedIn(app, "Ada Byron");
  const answer = await owner.postForm("/desk/settings", formOf(fields));
  assert.equal(answer.status, 422);
  return answer.text();
}

const read = async (path: string, accept = "en") =>
  (await app.fetch(path, { headers: { "Accept-Language": accept } })).text();
const file = (bytes: Uint8Array, type = "image/png") => new Blob([new Uint8Array(bytes)], { type });

afterEach(() => save({}));

test("a site that goes by its host waits for a name, until an owner gives it one", async () => {
  const waits = async () => /name to be given to this site/.test(await (await owner.get("/desk")).text());
  owner = await signedIn(app, "Ada Byron");
  assert.equal(await waits(), false);
  await app.db
    .updateTable("site")
    .set({ ...neutralSite(app.deps.config.siteUrl), source: null })
    .execute();
  assert.equal(await waits(), true);
  await save({ "en-heading": "" });
  assert.equal(await waits(), false);
});

test("words may differ from language to language, and fall back to the first", async () => {
  await save({ "en-name": "Alliance", "fr-name": "Alliance exemplaire", "fr-heading": "Lettres ouvertes" });
  const french = await read("/", "fr");
  assert.match(french, /<title>Lettres ouvertes – Alliance exemplaire<\/title>/);
  assert.match(french, /<p class="lede">What we wrote\.<\/p>/);
  const arabic = await read("/", "ar");
  assert.match(arabic, /<title>Open letters – Alliance<\/title>/);
  assert.match(await read("/feed.atom?lang=fr"), /<title[^>]*>Lettres ouvertes</);
  const json = JSON.parse(await read("/feed.json?lang=fr")) as { title: string };
  assert.equal(json.title, "Lettres ouvertes");

  await sign(app, slug, person({ email: "fr@example.org" }), "?lang=fr");
  await sign(app, slug, person({ email: "es@example.org" }), "?lang=es");
  assert.match((await mailsTo(app, "fr@example.org"))[0]!.text, /Alliance exemplaire/);
  assert.match((await mailsTo(app, "es@example.org"))[0]!.text, /Alliance/);
  assert.doesNotMatch((await mailsTo(app, "es@example.org"))[0]!.text, /exemplaire/);
});

test("another first language takes its words along; it needs a name", async () => {
  const document = await refused({ first: "ar", "ar-heading": "رسائل" });
  assert.match(document, /href="#ar-name"/);
  assert.match(document, /value="رسائل"/);
  await save({ first: "ar", "ar-name": "تحالف", "ar-heading": "رسائل" });
  assert.match(await read("/", "de"), /<html lang="ar" dir="rtl">/);
  assert.match(await read("/", "es"), /<title>رسائل – تحالف<\/title>/);
  assert.match(await read("/", "en"), /<title>Open letters – Example Alliance<\/title>/);
});

test("a site of whose letters nothing was said speaks of them in the reader's language", async () => {
  await save({ "en-heading": "", "en-tagline": "" });
  for (const language of languages) {
    const { text } = translator(language);
    const document = await read("/", language);
    assert.match(document, new RegExp(`<h1 class="huge">${text("site.heading")}</h1>`), language);
    assert.match(document, new RegExp(`<p class="lede">${text("site.tagline")}</p>`), language);
    const feed = JSON.parse(await read(`/feed.json?lang=${language}`)) as { title: string };
    assert.equal(feed.title, text("site.heading"));
  }
  // A heading of one's own may stand alone.
  await save({ "en-tagline": "" });
  assert.doesNotMatch(await read("/"), new RegExp(translator("en").text("site.tagline")));
});

test("the languages that are offered are the only ones that anything lists", async () => {
  await save({
    "language-es": undefined,
    "language-ar": undefined,
    first: "fr",
    "fr-name": "A",
    "fr-heading": "B",
  });
  for (const path of ["/", `/letters/${slug}`, "/privacy", "/verify", "/log", `/letters/${slug}/sign`]) {
    const document = await read(path, "es;q=1, de;q=0.9");
    assert.match(document, /<html lang="fr"/, path);
    assert.doesNotMatch(document, /(?:hreflang|lang)="(?:es|ar)"|lang=(?:es|ar)/, path);
    assert.match(document, /<a [^>]*hreflang="en"/, path);
  }
  assert.match(await read("/?lang=es", "en"), /<html lang="en"/);
  const sitemap = await read("/sitemap-1.xml");
  assert.match(sitemap, /hreflang="fr"/);
  assert.doesNotMatch(sitemap, /hreflang="(?:es|ar)"/);
  // Whoever works at the desk keeps the own language.
  assert.match(await (await owner.get("/desk?lang=ar")).text(), /<html lang="ar"/);

  await save({ "language-fr": undefined, "language-es": undefined, "language-ar": undefined });
  assert.doesNotMatch(await read("/", "fr"), /class="langs"|hreflang/);
  assert.doesNotMatch(await read("/sitemap-1.xml"), /hreflang/);
});

test("a letter in a language that is not offered is read under the interface's language", async () => {
  await save({ "language-fr": undefined });
  const document = await read(`/letters/${slug}`);
  assert.match(document, new RegExp(`href="/letters/${slug}\\?text=fr"`));
  assert.match(await read(`/letters/${slug}?text=fr`), /<article class="letter" lang="fr"/);
});

test("a colour is one stylesheet, named by what it holds, that every page of the site and the desk has", async () => {
  await save({ accent: "#E8B200" });
  const [, path] = /<link rel="stylesheet" href="(\/site\/colour-e8b200-[\w-]{12}\.css)">/.exec(
    await read("/"),
  )!;
  assert.ok((await (await owner.get("/desk")).text()).includes(path!));
  const style = await app.fetch(path!);
  assert.equal(style.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.match(style.headers.get("content-type")!, /^text\/css/);
  assert.match(await style.text(), /^@media screen\{:root\{--seal:#[0-9a-f]{6};--on-seal:#ffffff\}\}/);
  const forged = await app.fetch("/site/colour-e8b200-aaaaaaaaaaaa.css");
  assert.equal(forged.headers.get("cache-control"), "no-store");
  assert.equal((await app.fetch("/site/colour-red-aaaaaaaaaaaa.css")).status, 404);

  const settings = await (await owner.get("/desk/settings")).text();
  assert.match(
    settings,
    /On light pages text in your colour would be hard to read\. There it is made darker/,
  );
  assert.match(
    await (await owner.get("/desk/settings/colour?accent=%23000080")).text(),
    /stands as you chose it/,
  );
  assert.match(await refused({ accent: "red" }), /href="#accent"/);
});

test("a logo takes the place of the seal: immutable, bounded, and unable to run anything", async () => {
  await save({ logo: file(png(120, 40)), "logo-dark": file(webp, "image/webp") });
  const masthead = /<header class="mast">.*?<\/header>/s.exec(await read("/"))![0];
  const [, dark, light] =
    /<picture><source srcset="([^"]+)" media="\(prefers-color-scheme: dark\)"><img class="logo" src="([^"]+)" width="120" height="40" alt=""><\/picture><span>Example Alliance/.exec(
      masthead,
    ) ?? [];
  assert.ok(light && dark, masthead);
  assert.doesNotMatch(masthead, /<svg/);
  // Whoever shares a link shows it.
  assert.ok((await read("/")).includes(`<meta property="og:image" content="http://localhost${light}">`));
  const picture = await app.fetch(light);
  assert.equal(picture.headers.get("content-type"), "image/png");
  assert.equal(picture.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.equal(picture.headers.get("content-security-policy"), "default-src 'none'; sandbox");
  assert.equal(picture.headers.get("x-content-type-options"), "nosniff");
  assert.deepEqual(Buffer.from(await picture.arrayBuffer()), png(120, 40));
  assert.equal((await app.fetch(dark)).headers.get("content-type"), "image/webp");
  // Under another ending it would be another type.
  assert.equal((await app.fetch(light.replace(".png", ".webp"))).status, 404);

  const hashes = { "logo-kept": light.slice(11, 33), "logo-dark-kept": dark.slice(11, 33) };
  await save({ ...hashes, "logo-named": "yes", "logo-dark-none": "yes" });
  assert.match(
    await read("/"),
    /<picture><img class="logo lit" [^>]*alt="Example Alliance"><\/picture><\/a>/,
  );
  await save({ ...hashes, "logo-none": "yes", "logo-dark-none": "yes" });
  assert.doesNotMatch(await read("/"), /<picture>|og:image/);
});

test("what is no picture for a logo is refused in words, and nothing else is lost", async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const cases: [Blob, RegExp][] = [
    [file(svg), /Choose a PNG, JPEG or WebP file/],
    [new File([], "logo.png", { type: "image/png" }), /Choose a PNG, JPEG or WebP file/],
    [file(Buffer.from("GIF89a"), "image/png"), /Choose a PNG, JPEG or WebP file/],
    [file(png(3, 3).subarray(0, 30)), /Choose a PNG, JPEG or WebP file/],
    [file(png(3, 3, true)), /does not move/],
    [file(png(2001, 1)), /no side longer than 2,000 pixels/],
    [file(Buffer.concat([png(3, 3), Buffer.alloc(256 * 1024)])), /256 KB at most/],
  ];
  for (const [logo, words] of cases) {
    const document = await refused({ logo, "fr-tagline": "Gardé", "logo-dark": file(png(7, 5)) });
    assert.match(document, words);
    assert.match(document, /href="#logo"/);
    assert.match(document, /value="Gardé"/);
    // The good picture need not be chosen again.
    const kept = /name="logo-dark-kept" value="([\w-]{22})"/.exec(document)?.[1];
    assert.ok(kept);
    assert.equal((await app.fetch(`/site/logo-${kept}.png`)).status, 200);
  }
  assert.doesNotMatch(await read("/"), /<picture>|og:image/);
});

test("pictures that nothing uses are swept away after a day", async () => {
  await refused({ first: "fr", logo: file(png(9, 9)) });
  app.pass(day + 1000);
  await save({ logo: file(png(8, 8)) });
  const rows = await app.db.selectFrom("site_image").select("width").where("width", "in", [8, 9]).execute();
  assert.deepEqual(rows, [{ width: 8 }]);
});

test("the publisher's words about privacy join the system's own", async () => {
  await save({
    "en-privacy": "## Who we are\n\nWrite to **us**. <script>alert(1)</script>",
    "fr-privacy": "Écrivez-nous.",
  });
  const english = await read("/privacy");
  assert.match(english, /<h2[^>]*>More from Example Alliance<\/h2>/);
  assert.match(english, /<h3>Who we are<\/h3>\s*<p>Write to <strong>us<\/strong>\. &lt;script&gt;/);
  assert.match(english, /When you withdraw, the signature no longer counts/);
  assert.match(await read("/privacy", "fr"), /lang="fr" dir="ltr"><p>Écrivez-nous\./);
  // Where there are none in a language, those of the first stand, marked as what they are.
  assert.match(await read("/privacy", "ar"), /lang="en" dir="ltr"><h3>Who we are/);
  await assertValidHtml(english, "/privacy");
});

const retention = { confirmDays: "14", pendingDays: "30", withdrawnDays: "30" };
const keep = async (fields: Partial<typeof retention> & { edition?: string }) => {
  owner = await signedIn(app, "Ada Byron");
  return owner.post("/desk/settings/retention", { ...retention, ...fields });
};

test("the page about privacy says what the purge does, and what was promised before is kept", async () => {
  const withdraw = async (email: string) => {
    const own = await signAndConfirm(app, slug, person({ email }));
    const page = await read(`${own}/withdraw`);
    assert.equal((await app.post(`${own}/withdraw`, {})).status, 303);
    return { own, days: Number(/For (\d+) days you can undo it/.exec(page)![1]) };
  };
  const count = async (state: "pending" | "withdrawn") =>
    (
      await app.db
        .selectFrom("signature")
        .select("id")
        .where("state", "=", state)
        .where("erased_at", "is", null)
        .execute()
    ).length;
  // What other tests left unconfirmed.
  await purgeSigning(app.db, () => new Date(app.deps.clock().getTime() + 31 * day));
  assert.equal(await count("pending"), 0);
  assert.equal((await withdraw("before@example.org")).days, 30);
  await sign(app, slug, person({ email: "waits@example.org" }));
  app.pass(1000);

  leadsTo(
    await keep({ confirmDays: "3", pendingDays: "7", withdrawnDays: "10" }),
    "/desk/settings/retention?saved=yes",
  );
  const privacy = await read("/privacy");
  assert.match(privacy, /works for 3 days/);
  assert.match(privacy, /deleted after 7 days/);
  assert.match(privacy, /For 10 days you can undo it/);
  const sent = await app.post(`/letters/${slug}/sign`, person({ email: "short@example.org" }));
  assert.match(await read(sent.headers.get("location")!), /The link works for 3 days/);
  app.pass(1000);
  assert.equal((await withdraw("later@example.org")).days, 10);

  app.pass(9.5 * day);
  await purgeSigning(app.db, app.deps.clock);
  assert.equal(await count("pending"), 1, "of 7 days the one is gone; the other was promised 30");
  assert.equal(await count("withdrawn"), 2);
  app.pass(day);
  await purgeSigning(app.db, app.deps.clock);
  assert.equal(await count("withdrawn"), 1, "the one that was promised 30 days");
  app.pass(8 * day);
  await purgeSigning(app.db, app.deps.clock);
  assert.equal(await count("pending"), 1, "its link has ended, and its 30 days have not");
  app.pass(12 * day);
  await purgeSigning(app.db, app.deps.clock);
  assert.equal(await count("withdrawn"), 0);
  assert.equal(await count("pending"), 0);
  await keep({});
});

test("times out of bounds are refused, as typed", async () => {
  for (const [field, value] of [
    ["confirmDays", "1"],
    ["pendingDays", "91"],
    ["pendingDays", "13"],
    ["withdrawnDays", "6"],
    ["withdrawnDays", "ten"],
    ["withdrawnDays", "10.5"],
  ] as const) {
    const answer = await keep({ [field]: value });
    const document = await answer.text();
    assert.equal(answer.status, 422, `${field} ${value}`);
    assert.match(document, new RegExp(`href="#${field}"`));
    assert.match(document, new RegExp(`id="${field}" name="${field}" value="${value.replace(".", "\\.")}"`));
  }
  leadsTo(await keep({ withdrawnDays: "٢٠" }), "/desk/settings/retention?saved=yes");
  assert.match(await read("/privacy"), /For 20 days you can undo it/);
  await keep({});
});

test("every change is in the history, with what was before; saving the same writes nothing", async () => {
  await save({});
  const settled = (await actsOf(app)).filter((act) => act.startsWith("site."));
  await save({ "fr-name": "Nom", accent: "#123456", "language-es": undefined, "en-privacy": "Words." });
  const acts = (await actsOf(app)).filter((act) => act.startsWith("site."));
  assert.deepEqual(
    acts.slice(0, acts.length - settled.length).sort(),
    ["site.colour", "site.languages", "site.privacy", "site.words"].map(
      (act) => `${act} | Ada Byron | Example Alliance`,
    ),
  );
  const history = await (await owner.get("/desk/history?q=123456")).text();
  assert.match(history, /Changed the site’s colour/);
  assert.match(history, /Colour:<\/span>/);
  const row = await app.db
    .selectFrom("act")
    .select(["before", "after"])
    .where("act", "=", "site.privacy")
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  assert.deepEqual(row.after, { language: "en", characters: 6 });
});

test("watched names are written a line each; whoever signs by one is held", async () => {
  owner = await signedIn(app, "Ada Byron");
  const path = "/desk/settings/watch-list";
  const names = "Micky Mouse\r\n\r\n  Ada  Lovelace \r\nmicky mouse";
  leadsTo(await owner.post(path, { names }), `${path}?saved=yes`);
  const page = await (await owner.get(path)).text();
  assert.match(page, /<textarea[^>]*>\nAda Lovelace\nMicky Mouse<\/textarea>/);
  await assertValidHtml(page, path);
  assert.equal((await actsOf(app))[0], "site.watch-list | Ada Byron");
  const bad = await owner.post(path, { names: "Good Name\nhttps://bad.example\n\u202eevil" });
  const back = await bad.text();
  assert.equal(bad.status, 422);
  assert.match(back, /these lines: 2 and 3\./);
  assert.match(back, /Good Name\nhttps:\/\/bad\.example/);
  assert.equal(
    (await owner.post(path, { names: Array.from({ length: 5001 }, (_, n) => `Name ${n}`).join("\n") }))
      .status,
    422,
  );
  assert.match(await (await owner.get(path)).text(), /Ada Lovelace\nMicky Mouse/);

  await sign(app, slug, person({ name: "Mouse, Mícky", email: "mouse@example.org" }));
  const answer = await app.post(await mailedLink(app, "mouse@example.org"), {});
  assert.equal(answer.status, 303);
  const row = await app.db
    .selectFrom("signature")
    .select("state")
    .where("name", "=", "Mouse, Mícky")
    .executeTakeFirstOrThrow();
  assert.equal(row.state, "held");
  leadsTo(await owner.post(path, { names: "" }), `${path}?saved=yes`);
});

/** What a page of the settings was opened from. */
const editionOf = (document: string) => /name="edition" value="([^"]+)"/.exec(document)![1]!;

test("two owners at once: the second is shown what was saved meanwhile, with all that they typed", async () => {
  owner = await signedIn(app, "Ada Byron");
  const opened = editionOf(await (await owner.get("/desk/settings")).text());
  const first = { edition: opened, "en-tagline": "We <really> wrote this.", "language-ar": undefined };
  leadsTo(await owner.postForm("/desk/settings", formOf(first)), "/desk/settings?saved=yes");
  const mine = { edition: opened, "en-heading": "Mine", accent: "#aa0000", logo: file(png(120, 40)) };
  const answer = await owner.postForm("/desk/settings", formOf(mine));
  assert.equal(answer.status, 409);
  const document = await answer.text();
  await assertValidHtml(document, "settings that were changed meanwhile");
  assert.match(document, /these settings were saved elsewhere/);
  assert.match(document, /id="en-tagline-err">.*?Saved now: We &lt;really&gt; wrote this\./);
  assert.match(document, /id="en-heading-err">.*?Saved now: Open letters/);
  assert.match(
    document,
    /href="#en-heading">Heading of the start page \(English\)\. Saved now: Open letters/,
  );
  assert.match(document, /id="first-err">.*?Saved now: English, Français/);
  assert.match(document, /name="en-tagline"[^>]* value="What we wrote\."/);
  assert.match(document, /name="en-heading"[^>]* value="Mine"/);
  assert.match(document, /name="logo-kept" value="[^"]+"/);
  assert.doesNotMatch(document, /en-name-err|fr-name-err/);
  assert.match(await read("/"), /We &lt;really&gt; wrote this/);

  // Having seen it, they decide; and who typed the same as is saved has nothing to decide.
  const seen = editionOf(document);
  leadsTo(
    await owner.postForm("/desk/settings", formOf({ ...mine, edition: seen })),
    "/desk/settings?saved=yes",
  );
  assert.match(await read("/"), /Mine/);
  leadsTo(
    await owner.postForm("/desk/settings", formOf({ ...mine, edition: seen })),
    "/desk/settings?saved=yes",
  );
});

test("nor do times and watched names go under unseen", async () => {
  owner = await signedIn(app, "Ada Byron");
  const retention = "/desk/settings/retention";
  const held = editionOf(await (await owner.get(retention)).text());
  leadsTo(await keep({ withdrawnDays: "20", edition: held }), `${retention}?saved=yes`);
  const answer = await keep({ confirmDays: "10", edition: held });
  assert.equal(answer.status, 409);
  const times = await answer.text();
  await assertValidHtml(times, "times that were changed meanwhile");
  assert.match(times, /id="withdrawnDays-err">.*?Saved now: 20/);
  assert.match(times, /name="confirmDays" value="10"/);
  assert.match(await read("/privacy"), /For 20 days you can undo it/);
  leadsTo(await keep({ confirmDays: "10", edition: editionOf(times) }), `${retention}?saved=yes`);
  await keep({});

  const path = "/desk/settings/watch-list";
  const begun = editionOf(await (await owner.get(path)).text());
  leadsTo(await owner.post(path, { names: "Grace Hopper", edition: begun }), `${path}?saved=yes`);
  const again = await owner.post(path, { names: "Alan Turing", edition: begun });
  assert.equal(again.status, 409);
  const list = await again.text();
  await assertValidHtml(list, "names that were changed meanwhile");
  assert.match(list, /missing here: Grace Hopper\. Only here: Alan Turing/);
  assert.match(list, /<textarea[^>]*>\nAlan Turing<\/textarea>/);
  leadsTo(await owner.post(path, { names: "", edition: editionOf(list) }), `${path}?saved=yes`);
});

test("two owners who save at the same moment do not both succeed unseen", async () => {
  owner = await signedIn(app, "Ada Byron");
  const edition = editionOf(await (await owner.get("/desk/settings")).text());
  const answers = await Promise.all(
    ["One", "Two", "Three"].map((heading) =>
      owner.postForm("/desk/settings", formOf({ edition, "en-heading": heading })),
    ),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409, 409]);
});

test("another node shows it with its next look", async () => {
  const pages = createPageCache(app.db);
  const other = createRouter({ ...app.deps, pages });
  const start = async () => (await other.fetch(new Request("http://localhost/"))).text();
  await pages.refresh();
  assert.match(await start(), /<h1 class="huge">Open letters/);
  await save({ "en-heading": "Letters anew" });
  await pages.refresh();
  assert.match(await start(), /<h1 class="huge">Letters anew/);
});

test("the preview shows the real pages with what is not saved, and changes nothing", async () => {
  owner = await signedIn(app, "Ada Byron");
  const dump = async () => [
    await app.db.selectFrom("site").selectAll().execute(),
    await app.db.selectFrom("site_words").selectAll().orderBy("language").execute(),
    await app.db.selectFrom("site_image").select("hash").orderBy("hash").execute(),
    await actsOf(app),
  ];
  const before = await dump();
  const look = async (fields: Fields) => owner.postForm("/desk/settings/preview", formOf(fields));
  const answer = await look({
    "fr-heading": "Pas encore",
    accent: "#802020",
    logo: file(png(5, 4)),
    "preview-language": "fr",
    "preview-mode": "dark",
  });
  assert.equal(answer.status, 200);
  const policy = answer.headers.get("content-security-policy")!;
  assert.match(policy, /^sandbox allow-same-origin; default-src 'none';/);
  assert.match(policy, /frame-ancestors 'self'/);
  assert.doesNotMatch(policy, /script/);
  const start = await answer.text();
  assert.match(start, /<html lang="fr"/);
  assert.match(start, /<h1 class="huge">Pas encore/);
  assert.match(start, /src="data:image\/png;base64,/);
  assert.match(start, /\/assets\/dark-[\w-]+\.css"><link rel="stylesheet" href="\/site\/dark-802020-/);
  assert.doesNotMatch(start, /<script type="module"/);
  const letter = await (await look({ "en-name": "Not yet", "preview-page": "letter" })).text();
  assert.match(letter, /<title>Answer Your Letters – Not yet<\/title>/);
  const privacy = await (await look({ "en-privacy": "To *be*.", "preview-page": "privacy" })).text();
  assert.match(privacy, /<p>To <em>be<\/em>\.<\/p>/);
  // What could not be saved is shown as near as can be.
  assert.equal((await look({ first: "ar", accent: "?", "language-ar": undefined })).status, 200);
  assert.deepEqual(await dump(), before);
  assert.match((await app.fetch("/")).headers.get("content-security-policy")!, /frame-ancestors 'none'/);
});

test("settings in a browser: live with scripts, by a button without; valid, accessible, no wider than a phone", async () => {
  const site = await showSite(app);
  const heading = (page: Page) => page.frameLocator(".preview iframe:not([hidden])").locator("h1");
  try {
    const live = await site.visitDesk({ width: 1280 }, "/desk/settings");
    await live.fill("#en-heading", "As I type");
    await heading(live).filter({ hasText: "As I type" }).waitFor();
    await live.fill("#accent", "#e8b200");
    await live.locator("[data-colour-note]", { hasText: "made darker" }).waitFor();
    await live.selectOption("#preview-page", "letter");
    await heading(live).filter({ hasText: "Answer Your Letters" }).waitFor();
    await follow(live.getByRole("button", { name: "Save" }));
    await live.getByRole("status").waitFor();
    assert.match(await read("/"), /As I type/);
    await look(live, "settings");
    await live.context().close();

    const plain = await site.visitDesk({ width: 390, scripts: false, dark: true }, "/desk/settings?lang=ar");
    await plain.fill("#en-heading", "By a button");
    await plain.selectOption("#preview-language", "en");
    await plain.locator("[data-preview-now]").click();
    await heading(plain).filter({ hasText: "By a button" }).waitFor();
    assert.equal(await plain.locator("#en-heading").inputValue(), "By a button");
    await look(plain, "settings, without scripts");
    await plain.context().close();

    const again = await signedIn(app, "Ada Byron");
    for (const language of languages)
      for (const path of ["/desk/settings", "/desk/settings/retention", "/desk/settings/watch-list"])
        await assertValidHtml(await (await again.get(`${path}?lang=${language}`)).text(), path);
  } finally {
    await site.close();
  }
});

test("what an owner had typed when the session ended comes back, to be sent again; pictures are to be chosen again", async () => {
  await save({});
  const privacy = 'We keep "nothing".\n\nNor does anybody else.';
  const sent = formOf({ "en-name": "After the night", "en-privacy": privacy, logo: file(png(20, 20)) });
  const answer = await new Visitor(app).postForm("/desk/settings", sent);
  assert.equal(answer.status, 403);
  const document = await answer.text();
  await assertValidHtml(document, "kept settings");
  assert.match(document, /choose them again/);
  assert.match(await read("/"), /Example Alliance/);

  // What the page holds out of sight is all that was typed, and is taken as it was.
  const hidden = document.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  const kept = Array.from(hidden, ([, name, value]) => [name!, value!.replaceAll("&quot;", '"')] as const);
  owner = await signedIn(app, "Ada Byron");
  leadsTo(await owner.post("/desk/settings", Object.fromEntries(kept)), "/desk/settings?saved=yes");
  assert.match(await read("/"), /After the night/);
  assert.match(await read("/privacy"), /We keep .nothing.\./);

  const pictureless = await new Visitor(app).postForm("/desk/settings", formOf({}));
  assert.doesNotMatch(await pictureless.text(), /choose them again/);
});
