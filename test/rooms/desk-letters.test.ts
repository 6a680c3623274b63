/** The first page of the desk for each role, the lists of letters, and the search. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { countDeskLetters } from "../../src/drafting/desk-letter.ts";
import type { LetterInput } from "../../src/letters/record-letter.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accountOf, join, leadsTo, setUp, signedIn, type Visitor } from "../support/desk.ts";
import {
  openLetter,
  organisation,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
} from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;
const as: Record<string, Visitor> = {};

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
  as.owner = owner;
});
after(() => app.close());

async function shown(visitor: Visitor, path: string): Promise<string> {
  const answer = await visitor.get(path);
  assert.equal(answer.status, 200, path);
  const document = await answer.text();
  await assertValidHtml(document, path);
  return document;
}

async function started(title: string): Promise<string> {
  const answer = await owner.post("/desk/letters/new", { title, language: "en" });
  leadsTo(answer, /^\/desk\/letters\/[0-9a-f-]{36}/);
  return /[0-9a-f-]{36}/.exec(answer.headers.get("location")!)![0];
}

/** The sections of a page, by their headings. */
function sections(document: string): Record<string, string> {
  const found = document.matchAll(/<section[^>]*><h2[^>]*>(.*?)<\/h2>(.*?)<\/section>/gs);
  return Object.fromEntries(Array.from(found, ([, heading, content]) => [heading!, content!]));
}

test("a desk without letters says what to do first", async () => {
  for (const path of ["/desk", "/desk/letters"]) {
    const first = sections(await shown(owner, path))["Your first letter"];
    assert.match(first!, /Write it.*Circulate it.*Publish it/s, path);
  }
  for (const path of ["/desk", "/desk/letters"])
    assert.match(await shown(owner, path), /class="btn" href="\/desk\/letters\/new"/);
  assert.match(await shown(owner, "/desk/letters/new"), /<form[^>]*action="\/desk\/letters\/new"/);
});

test("each role has the first page that is its own", async () => {
  const { slug, id } = await app.letter({ ...openLetter, slug: "answer", closesOn: "2027-01-31" });
  await started("A calendar of consultations");
  as.editor = await join(app, owner, "editor", "eva@example.org", "Eva Ed");
  as.moderator = await join(app, owner, "moderator", "mo@example.org", "Mo Derator");
  as.partner = await join(app, owner, "partner", "pat@example.org", "Pat Partner", slug);
  await signAndConfirm(app, slug, person({ email: "one@answer.example" }));

  for (const role of ["owner", "editor"]) {
    const page = await shown(as[role]!, "/desk");
    const found = sections(page);
    assert.match(found["Being drafted"]!, /A calendar of consultations.*Ada Byron/s, role);
    assert.match(found["Open for signature"]!, /Answer Your Letters.*31 January 2027/s, role);
    assert.match(found.Signatures!, /class="chart wide"/, role);
    assert.match(found.Signatures!, /<summary>The same as a table<\/summary>.*<td class="num">/s, role);
    assert.match(page, /Start a letter/);
  }
  const moderator = await shown(as.moderator, "/desk");
  assert.match(sections(moderator)["Open for signature"]!, new RegExp(`/desk/letters/${id}"`));
  assert.doesNotMatch(moderator, /Being drafted|Start a letter/);
  const partner = await shown(as.partner, "/desk");
  assert.match(sections(partner)["Letters you are invited to"]!, /Answer Your Letters.*Open for signature/s);
  assert.doesNotMatch(partner, /calendar|chart/);
});

/** What is reported of some of the old letters, by their numbers. */
const reportedUnder: Readonly<Record<number, Partial<LetterInput>>> = {
  12: { reportedCount: { kind: "mixed", count: 75, qualifier: "more-than", description: "organisations" } },
  11: {
    namedSignatories: ["Union", "Guild"].map((name) => ({ name, kind: "organisation" })),
    reportedCount: { kind: "mixed", count: 40, qualifier: "about", description: "others" },
  },
  10: { reportedCount: { kind: "person", description: "many teachers" } },
  9: { reportedCount: { kind: "mixed", count: 25, qualifier: "exactly", description: "others" } },
};

test("letters are listed by how they stand, with what was changed last, page by page", async () => {
  for (let n = 1; n <= 12; n++)
    await app.letter({
      ...openLetter,
      slug: `old-${n}`,
      state: "archived",
      date: { year: 2000 + n },
      ...reportedUnder[n],
      translations: [{ ...openLetter.translations[0]!, title: `Old letter ${n}` }],
    });
  const counts = await countDeskLetters(app.db);
  assert.deepEqual(counts, { drafting: 1, circulating: 0, open: 1, closed: 0, invited: 0, archived: 12 });
  const all = sections(await shown(owner, "/desk/letters"));
  assert.equal(all["From elsewhere"]!.match(/Old letter \d+/g)!.length, 10);
  // What is reported of them is said as far as it is known.
  const reported = (title: string) => new RegExp(`${title}<.*?data-l="Names as reported">(.*?)</td>`, "s");
  const cell = (title: string) => reported(title).exec(all["From elsewhere"]!)![1]!;
  assert.equal(cell("Old letter 12"), "more than 75");
  assert.equal(cell("Old letter 11"), "2 by name, and about 40");
  assert.match(cell("Old letter 10"), /<span><bdi>many teachers<\/bdi><\/span>/);
  assert.equal(cell("Old letter 9"), "25");
  assert.equal(cell("Old letter 8"), "–");
  assert.match(all["From elsewhere"]!, /Old letter 12.*href="\/desk\/letters\?state=archived">All 12</s);
  assert.equal(
    sections(await shown(owner, "/desk/letters?state=archived"))["From elsewhere"]!.match(/Old letter \d+/g)!
      .length,
    12,
  );
  assert.equal(
    Object.keys(sections(await shown(owner, "/desk/letters?state=open")))[0],
    "Open for signature",
  );

  await sql`insert into letter (id, slug, kind, state, dated, language)
    select gen_random_uuid(), 'many-' || i, 'letter', 'archived', 19000000, 'en' from generate_series(1, 60) i`.execute(
    app.db,
  );
  await sql`insert into revision select id, 1, now() from letter where slug like 'many-%'`.execute(app.db);
  await sql`insert into translation select id, 1, 'en', 'Title of ' || slug from letter where slug like 'many-%'`.execute(
    app.db,
  );
  await sql`insert into tally (letter_id) select id from letter where slug like 'many-%'`.execute(app.db);
  await sql`update facet_count set letters = letters + 60 where facet = 'status:archived'`.execute(app.db);
  const seen = new Set<string>();
  for (const number of [1, 2]) {
    const page = await shown(owner, `/desk/letters?state=archived&page=${number}`);
    assert.match(page, new RegExp(`Page ${number} of 2`));
    for (const [title] of page.matchAll(/Old letter \d+|Title of many-\d+/g)) seen.add(title);
  }
  assert.equal(seen.size, 72);
});

test("a draft that was put aside is not listed, and a public letter tells who changed it last", async () => {
  const id = await started("Put aside");
  await sql`update draft set discarded_at = now() where letter_id = ${id}`.execute(app.db);
  assert.doesNotMatch(await shown(owner, "/desk/letters"), /Put aside/);
  const letter = await app.db
    .selectFrom("letter")
    .select("id")
    .where("slug", "=", "answer")
    .executeTakeFirstOrThrow();
  const { id: account } = await accountOf(app, "Eva Ed");
  await sql`insert into act (at, actor, account_id, actor_name, act, letter_id, words)
    values ('2026-11-23T12:00Z', 'account', ${account}, 'Eva Ed', 'letter.close', ${letter.id}, '')`.execute(
    app.db,
  );
  assert.match(
    sections(await shown(owner, "/desk/letters"))["Open for signature"]!,
    /Eva Ed.*23 November 2026/s,
  );
});

test("the search finds drafts, public letters and, for those who may, signatories", async () => {
  const { slug } = await app.letter({
    ...openLetter,
    slug: "wolves",
    translations: [{ language: "en", title: "Let the wolves be", summary: "", body: "About wölves." }],
  });
  const draft = await started("Wolves come back");
  const grace = person({
    name: "Grace Höpper",
    affiliation: "Université de Lyon",
    email: "grace@wolves.example",
    country: "FR",
  });
  const own = await signAndConfirm(app, slug, grace);
  await signAndConfirm(
    app,
    slug,
    person({ name: "Hidden Hopper", email: "hidden@wolves.example", show: "no" }),
  );
  await sign(app, slug, organisation({ organisation: "Hopper Union", email: "office@hopper.example" }));

  const find = async (visitor: Visitor, query: string) =>
    sections(await shown(visitor, `/desk/search?q=${encodeURIComponent(query)}`));
  const wolves = (await find(owner, "WOLVES")).Letters!;
  assert.match(wolves, new RegExp(`/desk/letters/${draft}"`));
  assert.match(wolves, /Let the wolves be/);
  assert.match((await find(owner, "no-such-word")).Letters!, /No letter has these words/);

  const names = (await find(owner, "hopper")).Signatories!;
  assert.match(names, /Grace Höpper/);
  assert.match(names, /Hidden Hopper.*Not named in public/s);
  assert.match(names, /Hopper Union.*Not confirmed/s);
  assert.match(names, /href="\/desk\/letters\/[0-9a-f-]{36}\/signatures\/[0-9a-f-]{36}"><bdi>Grace Höpper/);
  assert.match((await find(owner, "grace höp")).Signatories!, /Grace Höpper/);
  assert.match((await find(owner, "université")).Signatories!, /Grace Höpper/);
  assert.match((await find(owner, "Grace@wolves.example")).Signatories!, /Grace Höpper/);
  assert.match((await find(owner, "grace@wolves")).Signatories!, /Nobody of this name/);
  assert.match((await find(owner, "100%_\\")).Signatories!, /Nobody of this name/);
  assert.match((await find(as.moderator!, "hopper")).Signatories!, /Grace Höpper/);
  const editor = await find(as.editor!, "hopper");
  assert.equal(editor.Signatories, undefined);
  assert.doesNotMatch(JSON.stringify(await find(as.editor!, "Grace@wolves.example")), /Höpper/);
  assert.equal((await as.partner!.get("/desk/search?q=hopper")).status, 403);

  // What was withdrawn is seen by nobody but its signatory.
  await app.post(`${own}/withdraw`, {});
  assert.doesNotMatch((await find(owner, "hopper")).Signatories!, /Grace/);
  assert.doesNotMatch((await find(owner, "grace@wolves.example")).Signatories!, /Grace/);
});

test("the search reads in every language, from right to left", async () => {
  const page = await shown(await signedIn(app, "Ada Byron"), "/desk/search?q=hopper&lang=ar");
  assert.match(page, /dir="rtl"/);
  assert.match(page, /Hidden Hopper/);
});
