/** A letter at a glance: how many signed, when, from where; as bars, as a table, as a file. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { signingMail } from "../../src/signing/mail-source.ts";
import { bestUnit, periodsOf, possibleUnits, units } from "../../src/web/desk/letters/periods.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { setUp, signedIn, type Visitor } from "../support/desk.ts";
import { look } from "../support/look.ts";
import {
  day,
  openLetter,
  organisation,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
} from "../support/signing.ts";
import { showSite } from "../support/site.ts";

let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());

const text = async (path: string) => {
  const answer = await owner.get(path);
  assert.equal(answer.status, 200, path);
  const document = await answer.text();
  if (!path.includes(".csv")) await assertValidHtml(document, path);
  return document;
};

/** Their mail servers refuse these addresses for good. */
async function refuse(...addresses: string[]): Promise<void> {
  const { db, keys, clock, siteLog, config } = app.deps;
  const mail = signingMail(db, keys, clock, siteLog, config.siteUrl);
  for (const address of addresses) {
    const { id } = await db
      .selectFrom("signature")
      .select("id")
      .where("email_hash", "=", keys.addressHash(address))
      .executeTakeFirstOrThrow();
    await mail.refused(id, 550);
  }
}

/** What a row of a table says, cell by cell. */
function rowsOf(document: string): string[][] {
  return Array.from(document.matchAll(/<tr>(.*?)<\/tr>/gs), ([, row]) =>
    Array.from(row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs), ([, cell]) => cell!.replace(/<[^>]+>/g, "")),
  );
}

test("a letter that nobody has signed says what to do; the file has its head and zeros", async () => {
  const { id } = await app.letter({ ...openLetter, slug: "unsigned" });
  const page = await text(`/desk/letters/${id}`);
  assert.match(page, /Nobody has signed yet\. Send <a href="\/letters\/unsigned">its public page<\/a>/);
  assert.doesNotMatch(page, /class="chart/);
  assert.match(
    await text(`/desk/letters/${id}/overview.csv`),
    /^What,Code,Name,[^\r]*\r\nSignatures,,,0,0,0,0\r\n/,
  );
});

test("signatures are shown on their day, by kind and by country, and the file says the same", async () => {
  const { id, slug } = await app.letter({ ...openLetter, slug: "signed" });
  await signAndConfirm(app, slug, person({ email: "a@signed.example", country: "GB" }));
  await signAndConfirm(app, slug, person({ email: "b@signed.example", country: "FR", show: "no" }));
  const own = await signAndConfirm(app, slug, person({ email: "c@signed.example", country: "DE" }));
  app.pass(2 * day);
  await signAndConfirm(app, slug, organisation({ email: "d@signed.example", country: "GB" }));
  await app.post(`${own}/withdraw`, {});
  await sign(app, slug, person({ email: "e@signed.example" }));
  await refuse("d@signed.example", "e@signed.example");

  const page = await text(`/desk/letters/${id}`);
  const rows = rowsOf(page);
  const row = (name: string) => rows.find(([first]) => first === name)?.slice(1);
  assert.deepEqual(row("24 November 2026"), ["2", "2", "0"]);
  assert.deepEqual(row("25 November 2026"), ["0", "0", "0"]);
  assert.deepEqual(row("26 November 2026"), ["1", "0", "1"]);
  assert.deepEqual(row("United Kingdom"), ["2", "66.7%"]);
  assert.deepEqual(row("France"), ["1", "33.3%"]);
  assert.equal(row("Germany"), undefined);
  assert.match(page, /1 of them has chosen not to be named/);
  assert.match(
    page,
    /<desc[^>]*>3 signatures in 3 days\. Most: 24 November 2026 \(2\), then 26 November 2026 \(1\)\./,
  );

  const facts = page.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  assert.match(facts, /Not confirmed 1 They were asked by email/);
  assert.match(facts, /Withdrawn 1 Mail came back 2 1 had not confirmed yet, 1 had\./);

  const file = await text(`/desk/letters/${id}/overview.csv`);
  assert.deepEqual(file.trimEnd().split("\r\n").slice(1), [
    "Signatures,,,3,2,1,1",
    "Not confirmed,,,1,,,",
    "Held,,,0,,,",
    "Refused,,,0,,,",
    "Withdrawn,,,1,,,",
    "Day,2026-11-24,24 November 2026,2,2,0,1",
    "Day,2026-11-25,25 November 2026,0,0,0,0",
    "Day,2026-11-26,26 November 2026,1,0,1,0",
    "By country,GB,United Kingdom,2,1,1,",
    "By country,FR,France,1,1,0,",
  ]);
});

test("by the week, and in the reader's language", async () => {
  const { id, slug } = await app.letter({ ...openLetter, slug: "weeks" });
  await signAndConfirm(app, slug, person({ email: "a@weeks.example" }));
  app.pass(14 * day);
  owner = await signedIn(app, "Ada Byron");
  await signAndConfirm(app, slug, person({ email: "b@weeks.example" }));
  const page = await text(`/desk/letters/${id}?by=week`);
  const weeks = rowsOf(page).filter(([name]) => /^\d+(\s\w+)?\s–\s\d+/.test(name!));
  assert.deepEqual(
    weeks.map(([, count]) => count),
    ["1", "0", "1"],
  );
  const arabic = await text(`/desk/letters/${id}?by=week&lang=ar`);
  assert.match(arabic, /<th scope="row"><div>المملكة المتحدة<svg/);
  assert.match(arabic, /<rect x="0%" width="100%"/);
});

test("a letter from elsewhere shows what is reported, apart from everything", async () => {
  const { id } = await app.letter({
    ...openLetter,
    slug: "elsewhere",
    state: "archived",
    namedSignatories: [{ name: "Union", kind: "organisation" }],
    reportedCount: { kind: "mixed", count: 75, qualifier: "more-than", description: "more than 75 others" },
  });
  const page = await text(`/desk/letters/${id}`);
  assert.match(page, /It cannot be signed here/);
  assert.match(page, /As reported<\/h3>\s*<p>1 name<\/p>\s*<p lang="en"><bdi>more than 75 others/);
  assert.doesNotMatch(page, /class="(chart|bars)/);
});

test("periods hold every day once, and all that was signed", () => {
  const date = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(fc.array(date, { minLength: 1, maxLength: 30 }), fc.constantFrom(...units), (dates, unit) => {
      const sorted = [...new Set(dates.map((one) => one.toISOString().slice(0, 10)))].sort();
      const days = sorted.map((one, index) => ({
        day: one,
        people: index + 1,
        organisations: 1,
        unnamed: 0,
      }));
      const span = { first: sorted[0]!, last: sorted.at(-1)! };
      const periods = periodsOf(days, unit, span);
      const sum = (rows: readonly { people: number }[]) =>
        rows.reduce((total, { people }) => total + people, 0);
      assert.equal(sum(periods), sum(days));
      assert.ok(periods[0]!.from <= span.first && span.last <= periods.at(-1)!.to);
      for (const [index, { to }] of periods.slice(0, -1).entries())
        assert.equal(Date.parse(periods[index + 1]!.from) - Date.parse(to), day);
      assert.ok(periodsOf(days, bestUnit(span), span).length <= 66);
      assert.ok(possibleUnits(span).includes(bestUnit(span)));
    }),
  );
});

test("charts and lists have no defect that axe finds, and keep to a phone's width", async () => {
  const { id } = await app.db
    .selectFrom("letter")
    .select("id")
    .where("slug", "=", "signed")
    .executeTakeFirstOrThrow();
  const site = await showSite(app);
  try {
    for (const view of [{ width: 390, dark: true, locale: "ar" }, { width: 1280 }] as const) {
      const page = await site.visitDesk(view, "/desk");
      for (const path of [`/desk/letters/${id}`, "/desk", "/desk/letters", "/desk/search?q=ada"]) {
        await page.goto(site.origin + path);
        await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })");
        await look(page, `${path} at ${view.width}`);
        const [wide, narrow] = ["wide", "narrow"].map((name) => page.locator(`.chart.${name}`));
        if ((await wide!.count()) > 0) {
          assert.equal(await wide!.first().isVisible(), view.width === 1280, path);
          assert.equal(await narrow!.first().isVisible(), view.width === 390, path);
        }
      }
      await page.context().close();
    }
  } finally {
    await site.close();
  }
});
