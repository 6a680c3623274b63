/** What is kept of those who were invited to a draft, until when, and how one of them is erased at once. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { circulationStanding } from "../../src/drafting/circulation.ts";
import { purgeDrafts } from "../../src/drafting/discard.ts";
import { purgeCirculation } from "../../src/drafting/invitee-purge.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import {
  circulating,
  type Desk,
  draftLink,
  freeze,
  invite,
  inviteeCalled,
  openedLink,
  publish,
  signOn,
  write,
} from "../support/circulation.ts";
import { accountOf, actsOf, join, leadsTo, setUp, signedIn } from "../support/desk.ts";
import { day, mailedLink, mailsTo, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let desk: Desk;

before(async () => {
  app = await startSigningApp();
  await setUp(app);
});
beforeEach(async () => {
  // Whoever signed in before has been signed out by the time that passes here.
  desk = { app, owner: await signedIn(app, "Ada Byron") };
});
after(() => app.close());

const purge = () => purgeCirculation(app.db, app.deps.clock);

/** What the editors see of a circulation. */
async function seen(id: string, page = ""): Promise<string> {
  const ada = await signedIn(app, "Ada Byron");
  const answer = await ada.get(`/desk/letters/${id}/circulation${page}`);
  assert.equal(answer.status, 200);
  const document = await answer.text();
  await assertValidHtml(document, page);
  return document;
}

/** Everything that the database keeps about a circulation, as text. */
async function kept(id: string): Promise<string> {
  const { db } = app;
  const invitees = await db.selectFrom("invitee").selectAll().where("letter_id", "=", id).execute();
  const ids = invitees.map((one) => one.id);
  const links = await db.selectFrom("invitee_link").selectAll().where("invitee_id", "in", ids).execute();
  const signOns = await db.selectFrom("sign_on").selectAll().where("letter_id", "=", id).execute();
  const acts = await db.selectFrom("act").selectAll().where("letter_id", "=", id).execute();
  return JSON.stringify({ invitees, links: links.length, signOns, acts });
}

/** Signed, signed other words, signed on a condition, declined, opened and commented, only invited, taken back. */
async function everyKind(title: string): Promise<string> {
  const lines = ["Signe", "Olda", "Konrad", "Dora", "Cleo", "Ina", "Reva"].map(
    (name) => `${name} Name <${name.toLowerCase()}@people.example>, ${name} House`,
  );
  const id = await circulating(desk, title, lines.join("\n"));
  const opened = (name: string) => openedLink(app, `${name}@people.example`);
  await signOn(app, await opened("olda"), { organisation: "Olda House", representative: "Olda Name" });
  await write(app, id, "Dear all,\n\nAnother text.");
  await freeze(app, id);
  await signOn(app, await opened("signe"), { draft: "2", organisation: "Signe Draft House" });
  await signOn(app, await opened("signe"), { draft: "2", organisation: "Signe House" });
  await signOn(app, await opened("konrad"), {
    draft: "2",
    organisation: "Konrad House",
    condition: "Konrad’s condition.",
  });
  await app.post(`${await opened("dora")}/decline`, { word: "Dora’s word." });
  await app.post(`${await opened("cleo")}/comment`, { text: "en", body: "A remark that stays." });
  const { id: reva } = await inviteeCalled(app, id, "Reva Name");
  await desk.owner.post(`/desk/letters/${id}/circulation/invitees/${reva}`, { do: "revoke" });
  return id;
}

const names = /Olda|Konrad|Dora|Cleo|Ina|Reva/;

test("a letter that was published: all is kept for thirty days; then only who stands under it has a name", async () => {
  const id = await everyKind("Published");
  const old = await draftLink(app, "ina@people.example");
  await publish(app, id);
  app.pass(29 * day);
  await purge();
  for (const name of ["Signe", "Olda", "Konrad", "Dora", "Cleo", "Ina", "Reva"])
    assert.match(await seen(id), new RegExp(`${name} Name[\\s\\S]*${name.toLowerCase()}@people`), name);
  assert.match(await kept(id), /Konrad’s condition/);
  assert.equal((await app.fetch(old)).status, 410);
  const counts = (await circulationStanding(app.db, id))!;

  app.pass(2 * day);
  assert.equal((await purge()).invitees, 7);
  const left = await kept(id);
  assert.doesNotMatch(left, names);
  assert.doesNotMatch(left, /condition\.|word\.|Signe Draft/);
  assert.match(left, /"links":0/);
  const page = await seen(id);
  assert.doesNotMatch(page, names);
  assert.doesNotMatch(page, /people\.example/);
  assert.match(page, /Signe Name, Signe House/);
  const comments = await seen(id, "/comments");
  assert.match(comments, /Somebody invited[\s\S]*A remark that stays\./);
  assert.doesNotMatch(comments, names);
  const signatures = await app.db.selectFrom("signature").select("name").execute();
  assert.deepEqual(signatures, [{ name: "Signe House" }]);
  assert.equal((await app.fetch(old)).status, 404);
  // How many were invited and opened stays known; nothing is found a second time.
  const { invited, opened } = (await circulationStanding(app.db, id))!;
  assert.deepEqual([invited, opened], [counts.invited, counts.opened]);
  assert.equal((await purge()).invitees, 0);

  // Whoever erases the signature is forgotten in the following night.
  const own = await mailedLink(app, "signe@people.example", "signatures");
  await app.post(`${own}/erase`, { sure: "yes" });
  assert.equal((await purge()).invitees, 1);
  assert.doesNotMatch(await kept(id), /Signe/);
});

test("a draft that was put aside: all is kept for thirty days, and is there when it is taken up again", async () => {
  const id = await everyKind("Put aside");
  leadsTo(await desk.owner.post(`/desk/letters/${id}/discard`), /state=discarded/);
  app.pass(29 * day);
  await purge();
  await purgeDrafts(app.db, app.deps.clock);
  const ada = await signedIn(app, "Ada Byron");
  leadsTo(await ada.post(`/desk/letters/${id}/take-up`), /text$/);
  app.pass(9 * day);
  await purge();
  assert.match(await seen(id), /Ina Name[\s\S]*ina@people\.example/);
  assert.equal((await app.fetch(await draftLink(app, "ina@people.example"))).status, 200);

  leadsTo(await ada.post(`/desk/letters/${id}/discard`), /state=discarded/);
  app.pass(31 * day);
  // Whichever of the nightly jobs comes first.
  assert.equal((await purge()).invitees, 7);
  assert.doesNotMatch(await kept(id), /Signe|Olda|Konrad|Dora|Cleo|Ina|Reva/);
  await purgeDrafts(app.db, app.deps.clock);
  const rows = await app.db.selectFrom("invitee").select("id").where("letter_id", "=", id).execute();
  assert.deepEqual(rows, []);
});

test("a draft that circulates, frozen or not, keeps everybody for as long as it does", async () => {
  const id = await everyKind("Goes on");
  app.pass(400 * day);
  assert.equal((await purge()).invitees, 0);
  const page = await seen(id);
  for (const name of ["Signe", "Olda", "Konrad", "Dora", "Cleo", "Ina", "Reva"])
    assert.match(page, new RegExp(`${name} Name[\\s\\S]*${name.toLowerCase()}@people`));
});

test("the day’s link of a partner ends with the day; the place stays", async () => {
  const id = await circulating(desk, "A day", "Otto <otto@example.org>");
  await join(app, await signedIn(app, "Ada Byron"), "partner", "paula@partner.example", "Paula", id);
  const paula = await signedIn(app, "Paula");
  leadsTo(await paula.post(`/desk/letters/${id}/circulation/enter`), /^\/drafts\//);
  assert.equal((await purge()).links, 0);
  app.pass(1.01 * day);
  assert.equal((await purge()).links, 1);
  assert.match(await seen(id), /Paula/);
});

test("whom a link under embargo was for is known for thirty days after publication; it leads on to the letter", async () => {
  const id = await circulating(desk, "For the press", "Otto <otto@example.org>");
  const path = `/desk/letters/${id}/publishing`;
  const at = new Date(app.deps.clock().getTime() + 40 * day).toISOString();
  const time = { opens: "yes", date: at.slice(0, 10), time: at.slice(11, 16), zone: "UTC", do: "schedule" };
  leadsTo(await desk.owner.postSeen(path, time), /done=scheduled/);
  for (const recipient of ["Petra Press", "Rudi Revoked"])
    leadsTo(await desk.owner.post(`${path}/links`, { recipient, email: "", language: "en" }), /done=link/);
  const page = async () => (await (await signedIn(app, "Ada Byron")).get(path)).text();
  const rows = await app.db.selectFrom("embargo_link").selectAll().where("letter_id", "=", id).execute();
  const revoked = rows.find(({ recipient }) => recipient === "Rudi Revoked")!;
  leadsTo(await desk.owner.post(`${path}/links/revoke`, { link: revoked.id }), /done/);
  const link = /http:\/\/localhost(\/embargo\/[\w-]{43})/.exec(await page())![1]!;
  app.pass(29 * day);
  assert.equal((await purge()).recipients, 0);
  app.pass(2 * day);
  assert.equal((await purge()).recipients, 1);
  assert.match(await page(), /Petra Press[\s\S]*Revoked on|Revoked on[\s\S]*Petra Press/);
  assert.doesNotMatch(await page(), /Rudi/);
  assert.match(await (await app.fetch(link)).text(), /For <bdi>Petra Press/);

  app.pass(10 * day);
  await app.runJobs();
  leadsTo(await app.fetch(link), "/letters/for-the-press");
  app.pass(29 * day);
  assert.equal((await purge()).recipients, 0);
  app.pass(2 * day);
  assert.equal((await purge()).recipients, 1);
  const shown = await page();
  await assertValidHtml(shown, "links");
  assert.doesNotMatch(shown, /Petra|\/embargo\//);
  leadsTo(await app.fetch(link), "/letters/for-the-press");
});

test("one person is erased at the desk, after a page that says what goes: the link dies, nobody is named", async () => {
  const id = await circulating(
    desk,
    "One goes",
    "Edda Name <edda@people.example>, Edda House\nOtto Name <otto@people.example>",
  );
  const path = await openedLink(app, "edda@people.example");
  await signOn(app, path, { organisation: "Edda House", condition: "Edda’s condition." });
  const otto = await openedLink(app, "otto@people.example");
  const said = async (at: string, body: string, thread = "") => {
    const answer = await app.post(`${at}/comment${thread && `s/${thread}`}`, { text: "en", body });
    assert.equal(answer.status, 303);
    return /#c-([0-9a-f-]{36})/.exec(answer.headers.get("location")!)![1]!;
  };
  await said(path, "Edda asks, and nobody answers.");
  const answered = await said(path, "Edda asks and is answered.");
  await said(otto, "Otto answers.", answered);
  const begun = await said(otto, "Otto begins.");
  await said(path, "Edda answers.", begun);

  const { id: edda } = await inviteeCalled(app, id, "Edda Name");
  const erase = `/desk/letters/${id}/circulation/invitees/${edda}/erase`;
  const ada = await signedIn(app, "Ada Byron");
  assert.match(await seen(id), new RegExp(`href="${erase}"`));
  const page = await (await ada.get(erase)).text();
  await assertValidHtml(page, "erase");
  assert.match(
    page,
    /Edda Name, Edda House[\s\S]*edda@people[\s\S]*with its condition[\s\S]*their 3 comments/,
  );
  // Looking changes nothing.
  assert.equal((await app.fetch(path)).status, 200);
  leadsTo(await ada.post(erase, { words: "kept" }), `/desk/letters/${id}/circulation?done=erased`);
  assert.match(await seen(id, "?done=erased"), /Everything personal is erased/);
  assert.equal((await app.fetch(path)).status, 404);
  assert.equal((await app.post(`${path}/comment`, { text: "en", body: "Still here." })).status, 404);
  assert.doesNotMatch(await kept(id), /Edda/);
  assert.doesNotMatch(await seen(id), /Edda|edda@/);
  assert.match(await seen(id, "/comments"), /Somebody invited[\s\S]*Edda asks, and nobody answers\./);
  assert.ok((await actsOf(app)).includes("invitee.erase | Ada Byron"));
  // What is done is done: no second time, and no mail.
  assert.equal((await ada.post(erase, { words: "kept" })).status, 404);
  leadsTo(await ada.get(erase), `/desk/letters/${id}/circulation`);
  const mails = (await mailsTo(app, "edda@people.example")).length;
  await write(app, id, "Dear all,\n\nAnother.");
  await freeze(app, id);
  await desk.owner.post(`/desk/letters/${id}/circulation/comments/${answered}`, {
    body: "An editor answers.",
  });
  await app.runJobs();
  assert.equal((await mailsTo(app, "edda@people.example")).length, mails);
  await publish(app, id);
  assert.deepEqual(
    await app.db.selectFrom("signature").select("name").where("letter_id", "=", id).execute(),
    [],
  );
});

test("comments of somebody who is erased can be deleted as well; what others wrote stays", async () => {
  const id = await circulating(
    desk,
    "Words go",
    "Edda Name <edda@words.example>\nOtto Name <otto@words.example>",
  );
  const path = await openedLink(app, "edda@words.example");
  const otto = await openedLink(app, "otto@words.example");
  const say = async (at: string, body: string, thread = "") => {
    const answer = await app.post(`${at}/comment${thread && `s/${thread}`}`, { text: "en", body });
    return /#c-([0-9a-f-]{36})/.exec(answer.headers.get("location")!)![1]!;
  };
  await say(path, "EDDA alone.");
  const first = await say(path, "EDDA first.");
  await say(path, "EDDA again.", first);
  await say(otto, "Otto answers.", first);
  const { id: edda } = await inviteeCalled(app, id, "Edda Name");
  const ada = await signedIn(app, "Ada Byron");
  const erase = `/desk/letters/${id}/circulation/invitees/${edda}/erase`;
  leadsTo(await ada.post(erase, { words: "deleted" }), /done=erased/);
  for (const document of [await seen(id, "/comments"), await (await app.fetch(otto)).text()]) {
    assert.doesNotMatch(document, /EDDA/);
    assert.match(document, /Somebody invited[\s\S]*These words were deleted\.[\s\S]*Otto answers\./);
  }
  // Deleted words can be answered, and the same address may be invited again, as somebody new.
  leadsTo(await ada.post(`/desk/letters/${id}/circulation/comments/${first}`, { body: "Thank you." }), /#c-/);
  app.pass(1_000);
  await invite({ app, owner: ada }, id, "Edda Anew <edda@words.example>");
  assert.match(await seen(id), /Edda Anew/);
});

test("erasing a partner shuts the letter to them at the desk; a signature that stands is theirs and stays", async () => {
  const id = await circulating(desk, "A partner goes", "Otto <otto@example.org>");
  await join(app, await signedIn(app, "Ada Byron"), "partner", "pia@partner.example", "Pia Partner", id);
  await invite({ app, owner: await signedIn(app, "Ada Byron") }, id, "Pia Partner <pia@partner.example>");
  const pia = await signedIn(app, "Pia Partner");
  const mailed = await openedLink(app, "pia@partner.example");
  const entered = (await pia.post(`/desk/letters/${id}/circulation/enter`)).headers.get("location")!;
  const { id: place } = await inviteeCalled(app, id, "Pia Partner");
  const ada = await signedIn(app, "Ada Byron");
  const erase = `/desk/letters/${id}/circulation/invitees/${place}/erase`;
  assert.match(await (await ada.get(erase)).text(), /find this letter at the desk no more/);
  leadsTo(await ada.post(erase), /done=erased/);
  for (const path of [mailed, entered]) assert.equal((await app.fetch(path)).status, 404);
  assert.equal((await pia.get(`/desk/letters/${id}/circulation`)).status, 404);
  assert.equal((await pia.post(`/desk/letters/${id}/circulation/enter`)).status, 404);
  assert.equal((await accountOf(app, "Pia Partner")).removed_at, null);

  const other = await circulating(desk, "A signature stays", "Sina Name <sina@people.example>, Sina House");
  await signOn(app, await openedLink(app, "sina@people.example"), { organisation: "Sina House" });
  await publish(app, other);
  const { id: sina } = await inviteeCalled(app, other, "Sina Name");
  const path = `/desk/letters/${other}/circulation/invitees/${sina}/erase`;
  assert.match(await (await ada.get(path)).text(), /theirs and stays/);
  leadsTo(await ada.post(path), /done=erased/);
  assert.doesNotMatch(await kept(other), /Sina/);
  assert.match(await (await app.fetch("/letters/a-signature-stays")).text(), /Sina House/);
});
