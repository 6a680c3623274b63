/** What the link of a confirmation mail does, and above all what it does not. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { purgeSigning } from "../../src/signing/purge.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { dumpDatabase } from "../support/dump.ts";
import { assertLogHolds } from "../support/served-log.ts";
import {
  confirm,
  day,
  mailedLink,
  mailsTo,
  namesOf,
  openLetter,
  organisation,
  person,
  sign,
  startSigningApp,
  tallyOf,
} from "../support/signing.ts";

let app: TestApp;
let letter: { id: string; slug: string };
let letters = 0;
const form = person({ email: "ada@example.org", updates: "yes" });

before(async () => {
  app = await startSigningApp();
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});
beforeEach(async () => {
  letters += 1;
  letter = await app.letter({ ...openLetter, slug: `letter-${letters}`, closesOn: "2027-06-30" });
});

const nobody = { people: 0, organisations: 0, unnamed: 0 };

/** A page behind a link: never kept, never found by a search engine, and its address told to no other site. */
function assertPrivate(answer: Response): void {
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.match(answer.headers.get("x-robots-tag") ?? "", /noindex/);
  assert.match(answer.headers.get("referrer-policy") ?? "", /^(no-referrer|same-origin)$/);
}

test("looking confirms nothing: GET and HEAD, by whatever program, leave the database as it was", async () => {
  await sign(app, letter.slug, form);
  const link = await mailedLink(app, form.email!);
  const earlier = await dumpDatabase(app.db);
  for (const method of ["GET", "HEAD"]) {
    for (const path of [link, `${link}/not-me`, `${link}/correct`, `${link}?lang=ar`, `${link}/not-me?x=1`]) {
      const answer = await app.fetch(path, { method, headers: { "User-Agent": "mail scanner" } });
      assert.ok([200, 303].includes(answer.status), `${method} ${path}`);
      assertPrivate(answer);
    }
    const answer = await app.fetch(`${link}/renew`, { method });
    assert.ok(answer.status >= 400);
  }
  assert.deepEqual(await dumpDatabase(app.db), earlier);
});

test("the page shows which text, which name and how it will be shown, and where mail goes", async () => {
  await sign(app, letter.slug, organisation({ show: "no" }));
  const answer = await app.fetch(`${await mailedLink(app, "office@readers.example")}?lang=en`);
  const text = await answer.text();
  await assertValidHtml(text, "confirm");
  for (const words of [
    "Answer Your Letters",
    "3 November 2026",
    "Readers’ Union",
    ">https://readers.example<",
    "Rosa Reader",
    "Secretary",
    "Switzerland",
    "it counts without the name",
    "office@readers.example",
    "never shown",
    "24 December 2026",
  ]) {
    assert.ok(text.replace("<wbr>", "").includes(words), words);
  }
});

test("confirming counts once; a second time leads to the signature again, and changes nothing", async () => {
  await sign(app, letter.slug, form);
  const link = await mailedLink(app, form.email!);
  await confirm(app, link);
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
  assert.equal((await app.fetch(link)).status, 200);
  const mails = (await mailsTo(app, form.email!)).length;
  const own = await confirm(app, link);
  const receipt = await app.fetch(`${own}/receipt?lang=en`);
  assertPrivate(receipt);
  const text = await receipt.text();
  await assertValidHtml(text, "receipt");
  assert.match(text, /Yours is the first signature/);
  // This private link ends; the one in the mail does not.
  assert.match(text, /works until <time/);
  assert.equal((await mailsTo(app, form.email!)).length, mails);
  assert.deepEqual(await tallyOf(app, letter.id), { ...nobody, people: 1 });
});

test("the letter's page shows a confirmed signature at once", async () => {
  await app.fetch(`/letters/${letter.slug}`);
  await sign(app, letter.slug, form);
  await app.deps.pages.refresh();
  await confirm(app, await mailedLink(app, form.email!));
  const answer = await app.fetch(`/letters/${letter.slug}`);
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /Ada Byron/);
});

test("a newer entry replaces the one that waits: the old link shows the new name too, and confirms it once it has", async () => {
  await sign(app, letter.slug, form);
  const old = await mailedLink(app, form.email!);
  await sign(app, letter.slug, { ...form, name: "Ada Lovelace" });
  const link = await mailedLink(app, form.email!);
  assert.notEqual(link, old);
  for (const one of [old, link]) assert.match(await (await app.fetch(one)).text(), /Ada Lovelace/);
  assert.equal((await app.post(old, {})).status, 200);
  assert.deepEqual(await tallyOf(app, letter.id), nobody);
  await confirm(app, old);
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Lovelace"]);
});

test("an unknown link helps on", async () => {
  for (const path of [
    "/confirm/nothing",
    `/confirm/${"A".repeat(43)}`,
    "/confirm/%00",
    "/confirm/%E0%A4%A",
  ]) {
    const answer = await app.fetch(path);
    assert.equal(answer.status, 404, path);
    for (const action of ["", "/correct", "/not-me", "/renew"]) {
      assert.equal((await app.post(path + action, {})).status, 404, path + action);
    }
  }
});

test("a link lives fourteen days; then a new mail can be had, until the limit", async () => {
  await sign(app, letter.slug, form);
  const link = await mailedLink(app, form.email!);
  app.pass(14 * day - 1);
  assert.equal((await app.fetch(link)).status, 200);
  // While it works, nothing new is sent.
  const early = await app.post(`${link}/renew`, {});
  assert.equal(early.status, 200);
  app.pass(1);
  const old = await app.fetch(`${link}?lang=en`);
  assert.equal(old.status, 410);
  const text = await old.text();
  await assertValidHtml(text, "expired");
  assert.match(text, /8 December 2026/);
  assert.equal((await app.post(link, {})).status, 410);
  assert.deepEqual(await tallyOf(app, letter.id), nobody);

  const renewed = await app.post(`${link}/renew`, {});
  assert.equal(renewed.status, 303);
  assert.equal(renewed.headers.get("location"), `/letters/${letter.slug}/sign/sent`);
  await app.runJobs();
  const fresh = await mailedLink(app, form.email!);
  assert.notEqual(fresh, link);
  await app.post(`${link}/renew`, {});
  await app.post(`${link}/renew`, {});
  assert.equal((await app.post(`${link}/renew`, {})).status, 429);
  await confirm(app, fresh);
  assert.deepEqual(await tallyOf(app, letter.id), { ...nobody, people: 1 });

  // An old link to what is confirmed by now brings a private link by mail.
  app.pass(day);
  assert.equal((await app.post(link, {})).status, 410);
  assert.equal((await app.post(`${link}/renew`, {})).status, 303);
  await app.runJobs();
  assert.equal((await app.fetch(await mailedLink(app, form.email!, "signatures"))).status, 200);
});

test("entries that nobody confirms are deleted after thirty days, unless a renewed link still lives", async () => {
  const other = person({ email: "other@example.org" });
  await sign(app, letter.slug, form);
  await sign(app, letter.slug, other);
  const link = await mailedLink(app, form.email!);
  const otherLink = await mailedLink(app, other.email!);
  app.pass(20 * day);
  await app.post(`${otherLink}/renew`, {});
  await app.runJobs();
  assert.ok((await purgeSigning(app.db, app.deps.clock)).mail >= 2);
  assert.equal((await app.fetch(link)).status, 410);
  app.pass(10 * day + 1);
  assert.ok((await purgeSigning(app.db, app.deps.clock)).pending >= 1);
  assert.equal((await app.fetch(link)).status, 404);
  await confirm(app, await mailedLink(app, other.email!));
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
});

test("a letter that closed meanwhile is not signed, and the page says so kindly", async () => {
  await sign(app, letter.slug, form);
  const link = await mailedLink(app, form.email!);
  await app.db.updateTable("letter").set({ closes_on: "2020-01-01" }).where("id", "=", letter.id).execute();
  for (const answer of [await app.fetch(`${link}?lang=en`), await app.post(`${link}?lang=en`, {})]) {
    assert.equal(answer.status, 410);
    const text = await answer.text();
    await assertValidHtml(text, "closed");
    assert.match(text, /open for signature until <time datetime="2020-01-01">/);
  }
  assert.deepEqual(await tallyOf(app, letter.id), nobody);
});

test("a letter takes signatures to the end of its last day, in UTC", async () => {
  const closing = await app.letter({ ...openLetter, slug: `closing-${letters}`, closesOn: "2027-03-31" });
  const until = new Date("2027-03-31T23:59:59.999Z").getTime() - app.deps.clock().getTime();
  app.pass(until);
  await sign(app, closing.slug, form);
  app.pass(1);
  const answer = await app.post(`/letters/${closing.slug}/sign?lang=en`, form);
  assert.equal(answer.status, 410);
  assert.match(await answer.text(), /31 March 2027/);
});

test("“this was not me” deletes the entry and stops mail for this letter, not for others", async () => {
  await sign(app, letter.slug, form);
  const link = await mailedLink(app, form.email!);
  const answer = await app.post(`${link}/not-me?lang=en`, {});
  assert.equal(answer.status, 200);
  assertPrivate(answer);
  const text = await answer.text();
  await assertValidHtml(text, "denied");
  assert.match(text, /Nothing was made public/);
  assert.equal((await app.fetch(link)).status, 404);
  assert.equal((await app.post(link, {})).status, 404);
  assert.equal((await app.post(`${link}/not-me`, {})).status, 404);
  const rows = await app.db.selectFrom("signature").select("id").where("letter_id", "=", letter.id).execute();
  assert.deepEqual(rows, []);

  const mails = (await mailsTo(app, form.email!)).length;
  await sign(app, letter.slug, form);
  assert.equal((await mailsTo(app, form.email!)).length, mails);
  const other = await app.letter({ ...openLetter, slug: `beside-${letters}` });
  await sign(app, other.slug, form);
  assert.equal((await mailsTo(app, form.email!)).length, mails + 1);
});

test("“this was not me” is one click for mail programs (RFC 8058), and too late once confirmed", async () => {
  await sign(app, letter.slug, form);
  const link = await mailedLink(app, form.email!);
  await confirm(app, link);
  const late = await app.post(`${link}/not-me?lang=en`, { "List-Unsubscribe": "One-Click" });
  assert.equal(late.status, 409);
  assert.match(await late.text(), /You can withdraw it/);
  assert.deepEqual(await tallyOf(app, letter.id), { ...nobody, people: 1 });
  const row = await app.db
    .selectFrom("signature")
    .select("updates")
    .where("letter_id", "=", letter.id)
    .executeTakeFirstOrThrow();
  assert.equal(row.updates, false);

  const second = person({ email: "second@example.org" });
  await sign(app, letter.slug, second);
  const answer = await app.post(`${await mailedLink(app, second.email!)}/not-me`, {
    "List-Unsubscribe": "One-Click",
  });
  assert.equal(answer.status, 200);
});

test("forms from another site confirm, deny and withdraw nothing", async () => {
  await sign(app, letter.slug, form);
  const link = await mailedLink(app, form.email!);
  for (const headers of [{ Origin: "https://elsewhere.example" }, { "Sec-Fetch-Site": "cross-site" }]) {
    for (const path of [link, `${link}/correct`, `${link}/not-me`, `/letters/${letter.slug}/sign`]) {
      assert.equal((await app.post(path, form, headers)).status, 403);
    }
  }
  assert.equal((await app.fetch(link)).status, 200);
});
