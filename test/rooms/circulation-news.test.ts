/** Editors are told by mail what those invited to a draft do: once, gathered, and never what was written. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inTransaction } from "../../src/database/transaction.ts";
import { noteEvent } from "../../src/drafting/news.ts";
import { insertEvent } from "../../src/drafting/news-store.ts";
import { tellFollowers } from "../../src/drafting/news-tell.ts";
import type { BoxedMail } from "../../src/mail/mailbox.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { circulating, type Desk, openedLink, signOn } from "../support/circulation.ts";
import { accountOf, actsOf, join, leadsTo, setUp, signedIn, type Visitor } from "../support/desk.ts";
import { mailsTo, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let desk: Desk;
let ada: Visitor;
let eva: Visitor;
const hour = 3_600_000;

before(async () => {
  app = await startSigningApp();
  ada = await setUp(app);
  desk = { app, owner: ada };
  eva = await join(app, ada, "editor", "eva@example.org", "Eva Ed");
});
after(() => app.close());

/** News to an address, newest first. */
async function newsTo(address: string, subject = /News from a draft/): Promise<BoxedMail[]> {
  return (await mailsTo(app, address)).filter((mail) => subject.test(mail.subject));
}

async function anHourLater(): Promise<void> {
  app.pass(hour);
  await app.runJobs();
}

const rosa = "Rosa Reader <rosa@readers.example>, Readers’ Union";
const otto = "Otto <otto@example.org>";

async function comment(path: string, body: string): Promise<string> {
  const sent = await app.post(`${path}/comment`, { text: "en", paragraph: "2", body });
  assert.equal(sent.status, 303);
  return /#c-([0-9a-f-]{36})$/.exec(sent.headers.get("location")!)![1]!;
}

test("what happens within an hour is one mail, to who began it, with who and what and no words", async () => {
  const id = await circulating(desk, "Keep the Square", `${rosa}\n${otto}`);
  const path = await openedLink(app, "rosa@readers.example");
  await comment(path, "Why not the park as well?");
  const thread = await comment(path, "Name the square.");
  app.pass(hour / 2);
  const other = await openedLink(app, "otto@example.org");
  await app.post(`${other}/comments/${thread}`, { body: "It is named above." });
  leadsTo(await app.post(`${other}/decline`, { word: "We take no position." }), /done=declined/);
  await signOn(app, path, { condition: "The addressees are named." });
  await app.runJobs();
  const before = (await newsTo("ada@example.org")).length;
  assert.equal(before, 0);
  app.pass(hour / 2);
  await app.runJobs();
  const [mail, ...more] = await newsTo("ada@example.org");
  assert.equal(more.length, 0);
  assert.doesNotMatch(mail!.subject, /Square/);
  assert.match(
    mail!.text,
    /Keep the Square[\s\S]*In all: 2 comments, 1 answer to a comment, 1 signature on a condition,? and 1 refusal\./,
  );
  assert.match(mail!.text, /- Rosa Reader, Readers’ Union\n {2}2 comments and 1 signature on a condition/);
  assert.match(mail!.text, /- Otto\n {2}1 answer to a comment and 1 refusal/);
  assert.match(mail!.text, /1 condition waits for a decision\./);
  assert.ok(mail!.text.includes(`http://localhost/desk/letters/${id}/circulation?lang=en`), mail!.text);
  for (const part of [mail!.text, mail!.html])
    assert.doesNotMatch(part, /park|named above|position|addressees are named/);
  await assertValidHtml(mail!.html.replace(/ style="[^"]*"/g, ""), "news");
  assert.deepEqual(await newsTo("eva@example.org"), []);
  await anHourLater();
  assert.equal((await newsTo("ada@example.org")).length, 1);
});

test("of signing and withdrawing the last holds; what editors write themselves is no news", async () => {
  const id = await circulating(desk, "Keep the Square", rosa);
  const told = (await newsTo("ada@example.org")).length;
  const write = `/desk/letters/${id}/circulation/comment`;
  leadsTo(await ada.post(write, { text: "en", body: "Please say what you think." }), /done=said/);
  await anHourLater();
  assert.equal((await newsTo("ada@example.org")).length, told);
  const path = await openedLink(app, "rosa@readers.example");
  await signOn(app, path);
  await app.post(`${path}/withdraw`, {});
  await app.post(`${path}/withdraw`, {});
  await anHourLater();
  const [mail, ...before] = await newsTo("ada@example.org");
  assert.equal(before.length, told);
  assert.match(mail!.text, /- Rosa Reader, Readers’ Union\n {2}1 signature withdrawn\n/);
});

test("an editor follows a circulation, in their language, and no longer", async () => {
  const id = await circulating(desk, "Keep the Square", rosa);
  const circulation = `/desk/letters/${id}/circulation`;
  const path = await openedLink(app, "rosa@readers.example");
  await comment(path, "Before Eva followed.");
  await anHourLater();
  const page = await (await eva.get(circulation)).text();
  await assertValidHtml(page, "circulation");
  assert.match(page, /Told: <bdi>Ada Byron<\/bdi>\./);
  leadsTo(await eva.post(`${circulation}/follow`, { follow: "yes" }), `${circulation}?done=followed`);
  assert.match(
    await (await eva.get(circulation)).text(),
    /Told: <bdi>Ada Byron<\/bdi> and <bdi>Eva Ed<\/bdi>\./,
  );
  leadsTo(await eva.post("/desk/account", { name: "Eva Ed", language: "ar", news: "yes" }), /saved=yes/);
  await comment(path, "After.");
  await anHourLater();
  const [arabic, ...none] = await newsTo("eva@example.org", /مسودة متداولة/);
  assert.equal(none.length, 0);
  assert.match(arabic!.text, /تعليق واحد\n/);
  assert.match(arabic!.html, /<html lang="ar" dir="rtl">[\s\S]*<bdi[^>]*>Rosa Reader, Readers’ Union<\/bdi>/);
  leadsTo(await eva.post(`${circulation}/follow`, { follow: "no" }), `${circulation}?done=unfollowed`);
  await comment(path, "Eva is gone.");
  await anHourLater();
  assert.equal((await newsTo("eva@example.org", /مسودة متداولة/)).length, 1);
});

test("one click stops such mail, a look does not; what happened meanwhile is not told later", async () => {
  const id = await circulating(desk, "Keep the Square", rosa);
  const path = await openedLink(app, "rosa@readers.example");
  await comment(path, "One.");
  await anHourLater();
  const [mail] = await newsTo("ada@example.org");
  const stop = /http:\/\/localhost(\/desk\/account\/news\/[\w-]{43})\?lang=en/.exec(mail!.text)![1]!;
  const look = await app.fetch(stop);
  assert.equal(look.status, 200);
  await assertValidHtml(await look.text(), "stop");
  const wants = async () => (await accountOf(app, "Ada Byron")).news;
  assert.equal(await wants(), true);
  assert.equal((await app.post(`/desk/account/news/${"x".repeat(43)}`, {})).status, 404);
  assert.equal((await app.post(stop, { "List-Unsubscribe": "One-Click" })).status, 200);
  assert.equal(await wants(), false);
  assert.equal((await app.post(stop, {})).status, 200);
  assert.equal((await actsOf(app)).filter((act) => act.startsWith("account.changed | Ada")).length, 1);
  assert.match(await (await ada.get(`/desk/letters/${id}/circulation`)).text(), /switched off/);
  const told = (await newsTo("ada@example.org")).length;
  await comment(path, "Two.");
  await anHourLater();
  assert.match(await (await ada.get("/desk/account")).text(), /name="news" value="yes" aria/);
  leadsTo(await ada.post("/desk/account", { name: "Ada Byron", language: "en", news: "yes" }), /saved=yes/);
  assert.match(await (await ada.get("/desk/account")).text(), /name="news" value="yes" checked/);
  await anHourLater();
  assert.equal((await newsTo("ada@example.org")).length, told);
  await comment(path, "Three.");
  await anHourLater();
  assert.match((await newsTo("ada@example.org"))[0]!.text, /\n {2}1 comment\n/);
});

test("who edits letters no more, or whose draft was put aside, is not told", async () => {
  const mo = await join(app, await signedIn(app, "Ada Byron"), "editor", "mo@example.org", "Mo Derator");
  const id = await circulating({ app, owner: mo }, "Put Aside", rosa);
  const path = await openedLink(app, "rosa@readers.example");
  await comment(path, "One.");
  const { id: account } = await accountOf(app, "Mo Derator");
  await app.db.updateTable("account").set({ role: "moderator" }).where("id", "=", account).execute();
  await anHourLater();
  assert.deepEqual(await newsTo("mo@example.org"), []);
  await app.db.updateTable("account").set({ role: "editor" }).where("id", "=", account).execute();
  await comment(path, "Two.");
  leadsTo(await mo.post(`/desk/letters/${id}/discard`), /desk/);
  await anHourLater();
  assert.deepEqual(await newsTo("mo@example.org"), []);
});

test("what is being written while news are gathered is not lost", async () => {
  const id = await circulating(desk, "Keep the Square", `${rosa}\n${otto}`);
  const { db, clock, keys } = app.deps;
  const invited = await db.selectFrom("invitee").select(["id", "name"]).where("letter_id", "=", id).execute();
  const idOf = (name: string) => invited.find((one) => one.name === name)!.id;
  const [noted, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const writing = inTransaction(db, async (trx) => {
    await noteEvent(trx, id, idOf("Otto"), "declined", clock());
    noted.resolve();
    await end.promise;
  });
  await noted.promise;
  // Of a later place, and there before the earlier one is.
  const later = { letter_id: id, invitee_id: idOf("Rosa Reader"), kind: "comment" as const, at: clock() };
  await inTransaction(db, (trx) => insertEvent(trx, later));
  const telling = tellFollowers(db, keys, clock)({ letterId: id });
  await Promise.race([telling, sleep(500)]);
  await app.runJobs();
  end.resolve();
  await Promise.all([writing, telling]);
  await app.runJobs();
  assert.match((await newsTo("ada@example.org"))[0]!.text, /- Otto\n {2}1 refusal/);
});
