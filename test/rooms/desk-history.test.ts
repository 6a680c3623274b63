/** What is done at the desk is written down with the act, found again, and never changed. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { inTransaction } from "../../src/database/transaction.ts";
import { type Act, recordAct } from "../../src/people/act.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accountOf, actsOf, join, leadsTo, setUp, signedIn, type Visitor } from "../support/desk.ts";
import { openLetter, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());

const record = (act: Act) => inTransaction(app.db, (trx) => recordAct(trx, app.deps.clock(), act));
const shown = async (visitor: Visitor, query = "") => {
  const page = await (await visitor.get(`/desk/history${query}`)).text();
  return Array.from(page.matchAll(/<th scope="row"[^>]*>(.*?)<\/th>/gs), (match) =>
    match[1]!.replace(/<[^>]+>/g, ""),
  );
};

test("every act is a row: who, what, when, on what, before and after", async () => {
  await join(app, owner, "editor", "eva@example.org", "Éva Ed");
  const { id } = await accountOf(app, "Éva Ed");
  await owner.post(`/desk/people/${id}/role`, { role: "moderator" });
  const eva = await signedIn(app, "Éva Ed");
  await eva.post("/desk/account", { name: "Éva Edda", language: "fr" });
  await eva.post("/desk/sign-out");
  await owner.post("/desk/people/invite", { email: "mo@example.org", role: "owner", language: "en" });
  const page = await (await owner.get("/desk/people")).text();
  await owner.post(/action="(\/desk\/people\/invitations\/[^"]+)"/.exec(page)![1]!);
  await owner.post(`/desk/people/${id}/remove`);
  assert.deepEqual((await actsOf(app)).reverse(), [
    "account.set-up | Ada Byron | Ada Byron",
    "session.opened | Ada Byron",
    "invitation.made | Ada Byron",
    "account.joined | Éva Ed | Éva Ed",
    "session.opened | Éva Ed",
    "account.role | Ada Byron | Éva Ed",
    "session.opened | Éva Ed",
    "account.changed | Éva Ed | Éva Edda",
    "session.left | Éva Edda",
    "invitation.made | Ada Byron",
    "invitation.withdrawn | Ada Byron",
    "account.removed | Ada Byron | Éva Edda",
  ]);
  const role = await app.db
    .selectFrom("act")
    .selectAll()
    .where("act", "=", "account.role")
    .executeTakeFirst();
  assert.deepEqual([role!.before, role!.after], [{ role: "editor" }, { role: "moderator" }]);
  assert.deepEqual(role!.at, app.deps.clock());
});

test("an act that is not done leaves no row, and one that changes nothing neither", async () => {
  const before = await actsOf(app);
  const { id } = await accountOf(app, "Ada Byron");
  await owner.post(`/desk/people/${id}/role`, { role: "owner" });
  assert.equal((await owner.post(`/desk/people/${id}/role`, { role: "editor" })).status, 409);
  await owner.post("/desk/account", { name: "Ada Byron", language: "en", news: "yes" });
  await owner.post("/desk/people/invite", { email: "ada@example.org", role: "editor" });
  await assert.rejects(
    inTransaction(app.db, async (trx) => {
      await recordAct(trx, app.deps.clock(), { actor: "system", act: "letter.closed" });
      throw new Error("not done after all");
    }),
  );
  assert.deepEqual(await actsOf(app), before);
});

test("the database changes and deletes no act, and no account that did one", async () => {
  const before = await app.db.selectFrom("act").selectAll().orderBy("id").execute();
  for (const statement of [
    sql`update act set actor_name = 'Somebody Else'`,
    sql`update act set id = default`,
    sql`delete from act`,
    sql`delete from act where id = (select max(id) from act)`,
    sql`truncate act`,
    sql`truncate account cascade`,
    sql`delete from account`,
  ])
    await assert.rejects(statement.execute(app.db), /only ever added to|foreign key/);
  assert.deepEqual(await app.db.selectFrom("act").selectAll().orderBy("id").execute(), before);
});

test("the history is searched by names and values, whatever their case and accents, and filtered by act", async () => {
  assert.deepEqual(await shown(owner, "?q=EVA+edda"), [
    "Account removed: Éva Edda",
    "Signed out",
    "Account changed: Éva Edda",
  ]);
  assert.deepEqual(await shown(owner, "?q=Modérator"), ["Account removed: Éva Edda", "Role changed: Éva Ed"]);
  assert.deepEqual(await shown(owner, "?q=moderator+editor"), ["Role changed: Éva Ed"]);
  // What acts are called is searched too, in the language in which they are read.
  assert.deepEqual(await shown(owner, "?q=removed"), ["Account removed: Éva Edda"]);
  assert.deepEqual(await shown(owner, "?q=CHANGED+edda"), ["Account changed: Éva Edda"]);
  assert.deepEqual(await shown(owner, "?lang=fr&q=supprimé"), ["Compte supprimé\u00a0: Éva Edda"]);
  assert.deepEqual(await shown(owner, "?lang=fr&q=removed"), []);
  assert.deepEqual(await shown(owner, "?act=account.set-up"), ["Set up the desk: Ada Byron"]);
  assert.deepEqual(await shown(owner, "?q=100%25"), []);
  assert.deepEqual(await shown(owner, "?q=_"), []);
  assert.deepEqual(await shown(owner, "?act=no.such&before=x&q=eva+painted"), []);
  const page = await (await owner.get("/desk/history?act=account.role")).text();
  assert.match(page, /<bdi>Editor<\/bdi>, now <bdi>Moderator<\/bdi>/);
});

test("what is held as a code is read in words", async () => {
  await record({
    actor: "system",
    act: "signature.refuse",
    after: {
      signatures: 2,
      refusal: "impersonation",
      condition: "kind: person; domain; country: EG; before: 2026-11-20",
    },
  });
  await record({ actor: "system", act: "evidence.vouch", after: { evidence: "organisers" } });
  await record({ actor: "system", act: "letter.not-published", after: { why: "title, slug-taken" } });
  await record({ actor: "system", act: "letter.correct", after: { changed: "addressees, role" } });
  await record({ actor: "system", act: "site.languages", after: { languages: "ar, en" } });
  const page = async (language: string) => {
    const document = await (await owner.get(`/desk/history?lang=${language}`)).text();
    await assertValidHtml(document, language);
    return document.replace(/<[^>]+>/g, "");
  };
  assert.match(
    await page("en"),
    /Reason: The signature seems to have been given in the name of somebody else\..*Which ones: A person · Domain of the address · Egypt · Held before: 20 November 2026/s,
  );
  assert.match(await page("en"), /Evidence: confirmed by the organisers/);
  assert.match(await page("en"), /Why: It has no title\. Another letter has, or had, this address\./);
  assert.match(await page("en"), /Corrected: addressees and the publisher’s role/);
  assert.match(await page("en"), /Languages: العربية and English/);
  assert.match(await page("fr"), /Égypte · .*20 novembre 2026/);
  assert.doesNotMatch(await page("ar"), /slug-taken|addressees|title,/);
});

test("an owner sees everything; others what concerns letters, and what they did themselves", async () => {
  const { id } = await app.letter(openLetter);
  await join(app, owner, "moderator", "mo@example.org", "Mo Derator");
  await record({
    actor: await accountOf(app, "Ada Byron"),
    act: "letter.opened",
    letterId: id,
    subject: { id, name: "Answer Your Letters" },
    after: { state: "open" },
  });
  const mo = await signedIn(app, "Mo Derator");
  assert.deepEqual(await shown(mo), [
    "Signed in",
    "letter.opened: Answer Your Letters",
    "Signed in",
    "Joined the desk: Mo Derator",
  ]);
  assert.ok((await shown(owner)).length > 10);
});

test("a page has fifty acts, and leads to those before", async () => {
  for (let number = 1; number <= 120; number++)
    await record({
      actor: "system",
      act: "letter.closed",
      subject: { id: String(number), name: `no. ${number}` },
    });
  let path: string | undefined = "/desk/history?act=letter.closed";
  const names: string[] = [];
  let pages = 0;
  while (path) {
    const page: string = await (await owner.get(path)).text();
    names.push(...Array.from(page.matchAll(/<bdi>no\. (\d+)<\/bdi>/g), (match) => match[1]!));
    path = /href="(\/desk\/history\?[^"]*before=\d+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
    pages += 1;
  }
  assert.equal(pages, 3);
  assert.deepEqual(
    names,
    Array.from({ length: 120 }, (_, index) => String(120 - index)),
  );
});

test("nobody is led to the history without a session, nor a partner with one", async () => {
  const { slug } = await app.letter({ ...openLetter, slug: "second" });
  const pat = await join(app, owner, "partner", "pat@example.org", "Pat Partner", slug);
  assert.equal((await pat.get("/desk/history")).status, 403);
  await pat.post("/desk/sign-out");
  leadsTo(await pat.get("/desk/history"), "/desk/sign-in?next=%2Fdesk%2Fhistory");
});

test("a letter's own page shows what was done to it, and nothing else; a partner does not get there", async () => {
  const started = await owner.post("/desk/letters/new", { title: "Of this letter", language: "en" });
  const id = started.headers.get("location")!.replace("/desk/letters/", "");
  await owner.post("/desk/letters/new", { title: "Of another", language: "en" });
  const path = `/desk/letters/${id}/history`;
  const document = await (await owner.get(path)).text();
  assert.match(document, /<h1 lang="en"><bdi>Of this letter/);
  assert.match(document, /<td data-l="Who"><bdi>Ada Byron<\/bdi>/);
  assert.doesNotMatch(document, /Of another|Set up the desk/);
  assert.match(document, /<a href="\/desk\/letters\/[^"]+\/history" aria-current="page">/);
  assert.doesNotMatch(await (await owner.get(`${path}?q=nothing-like-it`)).text(), /<table/);
  assert.match(await (await owner.get(`${path}?q=of+this`)).text(), /<table/);
  for (const language of ["en", "ar"])
    await assertValidHtml(await (await owner.get(`${path}?lang=${language}`)).text(), path);
  assert.equal((await (await signedIn(app, "Pat Partner")).get(path)).status, 403);
  assert.equal((await owner.get("/desk/letters/00000000-0000-4000-8000-000000000000/history")).status, 404);
});

test("every act that the code writes has words", () => {
  const source = joinPath(import.meta.dirname, "../../src");
  const words = JSON.parse(readFileSync(joinPath(source, "../locales/en.json"), "utf8")) as object;
  const acts = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith("-store.ts") && !path.startsWith("web/"))
    .map((path) => readFileSync(joinPath(source, path), "utf8"))
    .filter((text) => /\brecordAct\b/.test(text))
    .flatMap((text) =>
      Array.from(text.matchAll(/"([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)"/g), (match) => match[1]!),
    );
  assert.ok(acts.length > 20);
  for (const act of acts) assert.ok(`history.act.${act}` in words, act);
});
