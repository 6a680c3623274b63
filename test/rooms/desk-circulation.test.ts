/** Circulation: a draft among those invited, from the invitation to the signature under the public letter. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { circulationStanding } from "../../src/drafting/circulation.ts";
import { purgeCirculation } from "../../src/drafting/invitee-purge.ts";
import { remindInvited } from "../../src/drafting/invitee-remind.ts";
import { publishDraft } from "../../src/drafting/publish.ts";
import { firstPlan } from "../../src/drafting/publish-input.ts";
import { listQuestionable } from "../../src/drafting/sign-on-look.ts";
import { setWatchList } from "../../src/signing/watch-list.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import {
  circulating,
  type Desk,
  draft,
  draftLink,
  draftText,
  freeze,
  invite,
  inviteeCalled,
  openedLink,
  write,
} from "../support/circulation.ts";
import {
  accountOf,
  actsOf,
  deskLink,
  join,
  leadsTo,
  setUp,
  signedIn,
  type Visitor,
} from "../support/desk.ts";
import { assertCounts, reasonsOf, signatureOf } from "../support/moderation.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { day, mailedLink, mailsTo, organisation, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;
let desk: Desk;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
  desk = { app, owner };
});
after(() => app.close());

const settings = { date: "2026-12-01", time: "18:00", zone: "Europe/Berlin", message: "Please read." };

async function text(path: string): Promise<string> {
  const answer = await app.fetch(path);
  const document = await answer.text();
  assert.equal(answer.status, 200, document);
  await assertValidHtml(document, path);
  return document;
}

const rosa = "Rosa Reader <rosa@readers.example>, Readers’ Union";

const form = (fields: Record<string, string> = {}) => {
  const { email: _, ...rest } = organisation({ draft: "1", ...fields });
  return rest;
};

test("nobody is invited as long as one line is wrong, and every wrong line is named", async () => {
  const id = await draft(desk, "Lines");
  await owner.postSeen(`/desk/letters/${id}/circulation`, settings);
  const lines = `${rosa}\nno address here\nalone@example.org\nAgain <Rosa@readers.example>`;
  const answer = await owner.post(`/desk/letters/${id}/circulation/invitees`, { lines, language: "fr" });
  assert.equal(answer.status, 422);
  const document = await answer.text();
  await assertValidHtml(document, "wrong lines");
  assert.match(document, /Line 2: no email address.*Line 3: say who.*Line 4: this address stands/);
  assert.match(document, /no address here/);
  assert.equal((await circulationStanding(app.db, id))!.invited, 0);
  await invite(desk, id, rosa);
  const known = await owner.post(`/desk/letters/${id}/circulation/invitees`, {
    lines: `Another <another@example.org>\n${rosa}`,
  });
  assert.match(await known.text(), /Line 2: this address is invited already/);
  assert.equal((await circulationStanding(app.db, id))!.invited, 1);
});

test("in one go: somebody new, somebody whose link was taken back, and a partner of the desk", async () => {
  const id = await circulating(desk, "In one go", rosa);
  const ada = await signedIn(app, "Ada Byron");
  const elsewhere = await draft(desk, "Elsewhere");
  await join(app, ada, "partner", "priya@partner.example", "Priya Partner", elsewhere);
  const priya = await signedIn(app, "Priya Partner");
  const before = await openedLink(app, "rosa@readers.example");
  const { id: invitee } = await inviteeCalled(app, id, "Rosa Reader");
  await owner.post(`/desk/letters/${id}/circulation/invitees/${invitee}`, { do: "revoke" });
  const many = Array.from({ length: 50 }, (_, n) => `Expert ${n} <expert-${n}@many.example>`);
  const lines = [rosa.replace("Rosa", "Rose"), "Priya <priya@partner.example>", ...many].join("\n");
  await invite(desk, id, lines);
  assert.equal((await circulationStanding(app.db, id))!.invited, 52);
  assert.equal((await app.fetch(before)).status, 404);
  assert.equal((await inviteeCalled(app, id, "Rose Reader")).id, invitee);
  assert.equal((await app.fetch(await openedLink(app, "rosa@readers.example"))).status, 200);
  const { id: priyaId } = await accountOf(app, "Priya Partner");
  assert.equal((await inviteeCalled(app, id, "Priya")).account_id, priyaId);
  leadsTo(await priya.post(`/desk/letters/${id}/circulation/enter`), /^\/drafts\//);
  const [first, last] = [
    await draftLink(app, "expert-0@many.example"),
    await draftLink(app, "expert-49@many.example"),
  ];
  assert.match(await text(first), /<bdi>Expert 0</);
  assert.match(await text(last), /<bdi>Expert 49</);
});

test("a letter without title or text says what is missing before it can circulate; a checklist knows whether anybody commented", async () => {
  const page = async (path: string) => {
    const document = await (await owner.get(path)).text();
    await assertValidHtml(document, path);
    return document;
  };
  const id = await draft(desk, "", "");
  const circulation = `/desk/letters/${id}/circulation`;
  const both = await page(circulation);
  assert.match(both, new RegExp(`neither title nor text.*class="btn" href="/desk/letters/${id}/text"`, "s"));
  assert.doesNotMatch(both, /<form class="fields/);
  await write(app, id, "Dear all.");
  assert.match(await page(circulation), /has no title yet/);
  assert.match(await page(circulation.replace(id, await draft(desk, "Untold", ""))), /has no text yet/);
  const circulates = await circulating(desk, "Soon", "Sol <sol@example.org>", settings.date);
  assert.match(await page(`/desk/letters/${circulates}/publishing`), /Nobody has commented/);
});

test("what was saved since the page was opened does not begin to circulate unseen", async () => {
  const page = async (path: string) => (await owner.get(path)).text();
  const id = await draft(desk, "Seen first");
  const circulation = `/desk/letters/${id}/circulation`;
  const editionOn = (document: string) => /name="edition" value="(\d+)"/.exec(document)![1]!;
  const edition = editionOn(await page(circulation));
  await write(app, id, "Dear all,\n\nas nobody saw it.");
  const refused = await owner.post(circulation, { ...settings, edition });
  assert.equal(refused.status, 422);
  const shown = await refused.text();
  await assertValidHtml(shown, "not begun");
  assert.match(shown, /Somebody has saved this draft since[\s\S]*Please read\./);
  const unsaid = await owner.post(circulation, settings);
  assert.equal(unsaid.status, 422);
  assert.match(await unsaid.text(), /does not say which edition of this draft/);
  assert.equal(await circulationStanding(app.db, id), undefined);
  leadsTo(await owner.post(circulation, { ...settings, edition: editionOn(shown) }), /done=began/);

  // What is frozen already is what circulates, whatever is saved meanwhile.
  const frozen = await draft(desk, "Frozen first");
  await freeze(app, frozen);
  const begin = `/desk/letters/${frozen}/circulation`;
  assert.doesNotMatch(await page(begin), /name="edition"/);
  await write(app, frozen, "Dear all,\n\nfor later.");
  leadsTo(await owner.post(begin, settings), /done=began/);
});

test("a link that is only looked at shows nothing of the letter, and records nothing", async () => {
  const id = await circulating(desk, "The Secret Cameras", "Sam Scan <sam@scan.example>", settings.date);
  const [mail] = await mailsTo(app, "sam@scan.example");
  assert.doesNotMatch(mail!.subject, /Cameras/);
  assert.match(mail!.text, /The Secret Cameras[\s\S]*1 December 2026 at 18:00 \(Europe\/Berlin\)/);
  const path = await draftLink(app, "sam@scan.example");
  for (const method of ["GET", "HEAD"]) {
    const answer = await app.fetch(path, { method });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.match(answer.headers.get("x-robots-tag")!, /noindex/);
    assert.doesNotMatch(await answer.text(), /Cameras|square/);
  }
  assert.equal((await app.fetch(`${path}/sign`)).status, 404);
  assert.equal((await circulationStanding(app.db, id))!.opened, 0);
  await openedLink(app, "sam@scan.example");
  const document = await text(path);
  assert.match(document, /<h1>The Secret Cameras<\/h1>/);
  assert.match(document, /class="watermark" aria-hidden="true"[\s\S]*?>Sam Scan</);
  assert.match(document, /This copy is for <b><bdi>Sam Scan/);
  assert.equal((await circulationStanding(app.db, id))!.opened, 1);
  // The working copy is seen by editors only.
  await write(app, id, "Quite another text.");
  assert.match(await text(path), /cameras out of the square/);
  assert.equal((await app.fetch(`/drafts/${"x".repeat(43)}`)).status, 404);
});

test("comments stand beside their passage, are answered, told, settled, and survive a new draft", async () => {
  const id = await circulating(desk, "Comments", `${rosa}\nOtto <otto@example.org>`, settings.date);
  const path = await openedLink(app, "rosa@readers.example");
  await openedLink(app, "otto@example.org");
  await text(`${path}/comment?text=en&paragraph=3`);
  const chosen = await app.post(`${path}/comment`, {
    begin: "yes",
    text: "en",
    paragraph: "3",
    quote: "sixty days",
  });
  assert.match(await chosen.text(), /name="quote"[^>]* value="sixty days"/);
  const empty = await app.post(`${path}/comment`, { text: "en", paragraph: "3", body: " " });
  assert.equal(empty.status, 422);
  const sent = await app.post(`${path}/comment`, {
    text: "en",
    paragraph: "3",
    quote: "sixty days",
    body: "Why not thirty?",
  });
  assert.equal(sent.status, 303);
  const [, thread] = /#c-([0-9a-f-]{36})$/.exec(sent.headers.get("location")!)!;
  await app.post(`${path}/comment`, { text: "en", paragraph: "2", body: "Name the square." });
  const document = await text(path);
  assert.match(
    document,
    /id="p3"[\s\S]*sixty days<\/blockquote>[\s\S]*Rosa Reader, Readers’ Union[\s\S]*Why not thirty\?/,
  );

  // The editors see it at the desk, where it waits; their answer is told, and the next within the hour is not.
  assert.match(await (await owner.get("/desk")).text(), /comments without an answer/);
  const comments = await (await owner.get(`/desk/letters/${id}/circulation/comments`)).text();
  await assertValidHtml(comments, "comments");
  assert.match(comments, /Paragraph 3[\s\S]*Why not thirty\?/);
  // The words are marked in the text, a sign leads from them to what was said, and a link from there back.
  const back = (where: string) =>
    new RegExp(`<mark>[^<]*</mark>.*?<a class="ref" id="q-${where}" href="#c-${where}"`, "s");
  assert.match(comments, /<strong><mark>sixty<\/mark><\/strong><mark> days<\/mark><sup/);
  assert.match(comments, back(thread!));
  assert.match(comments, new RegExp(`id="c-${thread}".*?<a href="#q-${thread}">`, "s"));
  const answer = (said: string) =>
    owner.post(`/desk/letters/${id}/circulation/comments/${thread}`, { body: said });
  assert.equal((await answer("")).status, 422);
  const mails = (await mailsTo(app, "rosa@readers.example")).length;
  leadsTo(await answer("Thirty it is."), /circulation\/comments\?text=en&done=said#c-/);
  await app.runJobs();
  await answer("In the next draft.");
  await app.runJobs();
  const [told, ...earlier] = await mailsTo(app, "rosa@readers.example");
  assert.match(told!.subject, /Your comment on a draft was answered/);
  assert.equal(earlier.length, mails);
  assert.match(await text(path), /Ada Byron[\s\S]*editor[\s\S]*Thirty it is\./);

  // Another who is invited may answer, and not settle what is not theirs.
  const otto = await openedLink(app, "otto@example.org");
  assert.equal((await app.post(`${otto}/comments/${thread}`, { body: "Thirty, please." })).status, 303);
  assert.equal((await app.post(`${otto}/comments/${thread}/settle`, { change: "resolved" })).status, 404);
  assert.equal((await app.post(`${path}/comments/${thread}/settle`, { change: "resolved" })).status, 303);
  assert.equal((await circulationStanding(app.db, id))!.openComments, 1);

  await write(
    app,
    id,
    "Dear all,\n\nA new paragraph.\n\nKeep the cameras out of the square.\n\nAnswer within thirty days.",
  );
  await freeze(app, id);
  const later = await text(path);
  assert.match(later, /id="p3"[\s\S]*Name the square\.[\s\S]*id="p4"/);
  assert.match(later, /passages that are gone[\s\S]*sixty days[\s\S]*Why not thirty/);
  const acts = await actsOf(app);
  assert.equal(acts.filter((act) => act.startsWith("comment.answer | Ada Byron")).length, 2);
});

test("an editor comments on words of a paragraph, chosen or typed, beside the text", async () => {
  const id = await circulating(desk, "An editor’s own", rosa, settings.date);
  const comments = `/desk/letters/${id}/circulation/comments`;
  const write = `/desk/letters/${id}/circulation/comment`;
  const list = await (await owner.get(comments)).text();
  await assertValidHtml(list, "nothing said yet");
  assert.match(list, new RegExp(`id="p2".*?href="${write}\\?text=en&amp;paragraph=2&amp;draft=1"`, "s"));
  await assertValidHtml(await (await owner.get(`${write}?text=en&paragraph=2`)).text(), "a form");
  const sent = { text: "en", paragraph: "2", body: "Which square?" };
  const chosen = await (
    await owner.post(write, { ...sent, begin: "yes", quote: "out of\nthe square" })
  ).text();
  assert.match(chosen, /name="quote"[^>]* value="out of the square"/);

  // Words that do not stand there, and nothing said: both come back with what was typed.
  const astray = await owner.post(write, { ...sent, quote: "on the roof" });
  assert.equal(astray.status, 422);
  const again = await astray.text();
  await assertValidHtml(again, "astray");
  assert.match(again, /These words do not stand in the paragraph.*value="on the roof".*Which square\?/s);
  assert.equal((await owner.post(write, { text: "en", body: " " })).status, 422);

  leadsTo(await owner.post(write, { ...sent, quote: "the square" }), /comments\?text=en&done=said#c-/);
  leadsTo(await owner.post(write, { ...sent, quote: "", body: "All of it." }), /done=said/);
  leadsTo(await owner.post(write, { text: "en", body: "Short." }), /done=said/);
  const shown = await (await owner.get(comments)).text();
  await assertValidHtml(shown, "three comments");
  assert.match(shown, /3 comments are open/);
  assert.match(
    shown,
    /Keep the cameras out of <mark>the square<\/mark><sup.*>1<\/a><\/sup>\.<sup.*>2<\/a><\/sup><\/p>/,
  );
  // Those invited see it, as from the editors.
  const path = await openedLink(app, "rosa@readers.example");
  assert.match(await text(path), /id="p2".*the square<\/blockquote>.*Ada Byron.*editor.*Which square\?/s);
  assert.equal((await actsOf(app)).filter((act) => act.startsWith("comment.write | Ada Byron")).length, 3);
});

test("a changed text asks those who signed again, shows what changed, and keeps both facts", async () => {
  const id = await circulating(desk, "Renewal", rosa, settings.date);
  const path = await openedLink(app, "rosa@readers.example");
  const wrong = await app.post(`${path}/sign`, form({ organisation: "" }));
  assert.equal(wrong.status, 422);
  await assertValidHtml(await wrong.text(), "sign");
  leadsTo(await app.post(`${path}/sign`, form()), `${path}?done=signed`);
  assert.match(await text(path), /1 has signed so far[\s\S]*Readers’ Union/);
  assert.equal((await circulationStanding(app.db, id))!.signed, 1);
  assert.equal((await app.fetch("/letters.json").then((answer) => answer.text())).includes("Renewal"), false);
  await freezeOther(id);

  const [mail] = await mailsTo(app, "rosa@readers.example");
  assert.match(mail!.subject, /that you signed has changed/);
  const standing = (await circulationStanding(app.db, id))!;
  assert.deepEqual([standing.signed, standing.toRenew], [0, 1]);
  const anew = await draftLink(app, "rosa@readers.example");
  assert.match(await text(anew), /signed draft 1 on[\s\S]*Its words have changed/);
  assert.match(await text(`${anew}/changes/1`), /<del>.*?sixty.*?<\/del>[\s\S]*<ins>.*?thirty.*?<\/ins>/);
  // A page of before the change signs nothing.
  assert.equal((await app.post(`${anew}/sign`, form())).status, 409);
  leadsTo(await app.post(`${anew}/renew`, { draft: "1" }), `${anew}/sign`);
  leadsTo(await app.post(`${anew}/renew`, { draft: "2" }), `${anew}?done=signed`);
  assert.match(await text(anew), /What you signed[\s\S]*Draft 2, on[\s\S]*Draft 1, on/);
  const rows = await app.db
    .selectFrom("sign_on")
    .select(["draft", "name"])
    .where("letter_id", "=", id)
    .execute();
  assert.deepEqual(rows.map(({ draft }) => draft).sort(), [1, 2]);
  leadsTo(await app.post(`${anew}/withdraw`, {}), `${anew}?done=withdrawn`);
  assert.equal((await circulationStanding(app.db, id))!.signed, 0);
});

const freezeOther = async (id: string) => {
  await write(app, id, draftText.replace("sixty", "thirty"));
  await freeze(app, id, "Thirty days.");
};

test("a condition waits for an editor, who meets or declines it; its signatory is told", async () => {
  const id = await circulating(desk, "Conditions", `${rosa}\nOtto <otto@example.org>`, settings.date);
  for (const address of ["rosa@readers.example", "otto@example.org"]) {
    const path = await openedLink(app, address);
    const name = address === "otto@example.org" ? { organisation: "Otto’s Society" } : {};
    const signed = await app.post(`${path}/sign`, form({ ...name, condition: "The addressees are named." }));
    const greeted = await (await app.fetch(signed.headers.get("location")!)).text();
    assert.match(greeted, /role="status">Your condition is with the editors\./);
    assert.doesNotMatch(greeted, /You have signed/);
  }
  assert.equal((await circulationStanding(app.db, id))!.waiting, 2);
  assert.match(await (await owner.get("/desk")).text(), /conditions to decide/);
  const page = await (await owner.get(`/desk/letters/${id}/circulation`)).text();
  await assertValidHtml(page, "circulation");
  const decisions = Array.from(page.matchAll(/circulation\/conditions\/([0-9a-f-]{36})/g), ([, one]) => one!);
  assert.equal(decisions.length, 2);
  const decide = (signOn: string, outcome: string) =>
    owner.post(`/desk/letters/${id}/circulation/conditions/${signOn}`, { outcome, word: "They are." });
  leadsTo(await decide(decisions[1]!, "met"), /done=decided/);
  leadsTo(await decide(decisions[0]!, "declined"), /done=decided/);
  leadsTo(await decide(decisions[0]!, "met"), /done=undecided/);
  await app.runJobs();
  const standing = (await circulationStanding(app.db, id))!;
  assert.deepEqual([standing.signed, standing.waiting], [1, 0]);
  const subjects = await Promise.all(
    ["rosa@readers.example", "otto@example.org"].map(async (one) => (await mailsTo(app, one))[0]!),
  );
  assert.match(subjects.map(({ subject }) => subject).join(), /condition is met.*condition will not be met/);
  assert.match(subjects[0]!.text, /The addressees are named\.[\s\S]*They are\./);
  const otto = await text(await draftLink(app, "otto@example.org"));
  assert.match(otto, /that the editors will not meet[\s\S]*Sign without it/);
});

test("reminders go out at eight by the deadline's clocks, once, and only to who has not answered", async () => {
  const lines = `${rosa}\nOtto <otto@example.org>\nDora <dora@example.org>`;
  const id = await draft(desk, "Reminders");
  const now = app.deps.clock();
  const date = new Date(now.getTime() + 5 * day).toISOString().slice(0, 10);
  await owner.postSeen(`/desk/letters/${id}/circulation`, { ...settings, date, "remind-2": "on" });
  await invite(desk, id, lines);
  await app.post(`${await openedLink(app, "rosa@readers.example")}/sign`, form());
  const dora = await openedLink(app, "dora@example.org");
  leadsTo(await app.post(`${dora}/decline`, { word: "We take no position." }), `${dora}?done=declined`);
  const remind = () => remindInvited(app.db, app.deps.keys, app.deps.clock);
  assert.equal(await remind(), 0);
  // 07:30 in Berlin, two days before.
  app.pass(
    Date.parse(`${new Date(now.getTime() + 3 * day).toISOString().slice(0, 10)}T06:30:00Z`) - now.getTime(),
  );
  assert.equal(await remind(), 0);
  app.pass(day / 24);
  assert.equal(await remind(), 1);
  assert.equal(await remind(), 0);
  await app.runJobs();
  assert.match((await mailsTo(app, "otto@example.org"))[0]!.subject, /^A reminder/);
  app.pass(3 * day);
  const otto = await openedLink(app, "otto@example.org");
  assert.match(await text(otto), /Signing ended on/);
  assert.equal((await app.post(`${otto}/sign`, form({ organisation: "Late" }))).status, 409);
  // Editors may extend it.
  const later = new Date(app.deps.clock().getTime() + 9 * day).toISOString().slice(0, 10);
  leadsTo(await owner.post(`/desk/letters/${id}/circulation`, { ...settings, date: later }), /done=changed$/);
  leadsTo(await app.post(`${otto}/sign`, form({ organisation: "Late" })), /done=signed/);
});

test("a link that was taken back opens nothing, until another invitation", async () => {
  const id = await circulating(desk, "Revoked", rosa, settings.date);
  const path = await openedLink(app, "rosa@readers.example");
  await app.post(`${path}/sign`, form());
  const page = await (await owner.get(`/desk/letters/${id}/circulation`)).text();
  const [, invitee] = /circulation\/invitees\/([0-9a-f-]{36})/.exec(page)!;
  const does = (what: string) =>
    owner.post(`/desk/letters/${id}/circulation/invitees/${invitee}`, { do: what });
  leadsTo(await does("revoke"), /done=revoked/);
  for (const one of [path, `${path}/sign`]) {
    const answer = await app.fetch(one);
    assert.equal(answer.status, 410);
    assert.doesNotMatch(await answer.text(), /cameras|Revoked/);
  }
  assert.equal((await app.post(`${path}/comment`, { body: "Still here?" })).status, 410);
  const standing = (await circulationStanding(app.db, id))!;
  assert.deepEqual([standing.invited, standing.signed], [0, 0]);
  leadsTo(await does("again"), /done=again/);
  await app.runJobs();
  assert.match(await text(await draftLink(app, "rosa@readers.example")), /cameras/);
  // What was taken back may be in other hands: the new invitation does not open it again, typed anew or sent again.
  assert.equal((await app.fetch(path)).status, 404);
  const second = await draftLink(app, "rosa@readers.example");
  leadsTo(await does("revoke"), /done=revoked/);
  await invite(desk, id, rosa);
  assert.equal((await app.fetch(second)).status, 404);
  assert.match(await text(await draftLink(app, "rosa@readers.example")), /cameras/);
});

test("partners with an account come in at the desk, and only to their letters", async () => {
  const id = await circulating(desk, "For partners", rosa, settings.date);
  const other = await circulating(desk, "Not for partners", rosa, settings.date);
  const ada = await signedIn(app, "Ada Byron");
  await join(app, ada, "partner", "pat@partner.example", "Pat Partner", id);
  const pat = await signedIn(app, "Pat Partner");
  assert.match(await (await pat.get("/desk")).text(), new RegExp(`/desk/letters/${id}/circulation`));
  const page = await (await pat.get(`/desk/letters/${id}/circulation`)).text();
  await assertValidHtml(page, "partner");
  assert.doesNotMatch(page, /rosa@/);
  assert.equal((await pat.get(`/desk/letters/${other}/circulation`)).status, 404);
  const answer = await pat.post(`/desk/letters/${id}/circulation/enter`);
  leadsTo(answer, /^\/drafts\/[\w-]{43}$/);
  const path = answer.headers.get("location")!;
  assert.match(await text(path), /This copy is for <b><bdi>Pat Partner/);
  leadsTo(await app.post(`${path}/sign`, form({ organisation: "Partners Ltd" })), /done=signed/);
  assert.match(await (await pat.get(`/desk/letters/${id}/circulation`)).text(), /Partners Ltd/);
  app.pass(2 * day);
  assert.equal((await app.fetch(path)).status, 404);
});

test("a partner sees the title of what circulates, and not that of the copy that is worked on", async () => {
  const id = await circulating(desk, "What was frozen", rosa);
  await join(app, await signedIn(app, "Ada Byron"), "partner", "tim@partner.example", "Tim Title", id);
  const tim = await signedIn(app, "Tim Title");
  const pages = async () =>
    (await (await tim.get("/desk")).text()) +
    (await (await tim.get(`/desk/letters/${id}/circulation`)).text());
  const rename = async (title: string) => {
    const row = await app.db
      .selectFrom("draft")
      .select("document")
      .where("letter_id", "=", id)
      .executeTakeFirstOrThrow();
    const document = JSON.stringify(row.document).replaceAll(
      /What was frozen|Nobody has frozen this/g,
      title,
    );
    await app.db.updateTable("draft").set({ document }).where("letter_id", "=", id).execute();
  };
  await rename("Nobody has frozen this");
  assert.match(await pages(), /What was frozen/);
  assert.doesNotMatch(await pages(), /Nobody has frozen this/);
  leadsTo(await tim.post(`/desk/letters/${id}/circulation/enter`), /^\/drafts\//);
  const { id: place } = await app.db
    .selectFrom("invitee")
    .select("id")
    .where("name", "=", "Tim Title")
    .executeTakeFirstOrThrow();
  await owner.post(`/desk/letters/${id}/circulation/invitees/${place}`, { do: "revoke" });
  assert.doesNotMatch(await pages(), /What was frozen|Nobody has frozen this/);
  assert.match(await pages(), /A letter that is not open to you now/);
});

test("a partner's place that was taken back stays so under another address, and ends with the account", async () => {
  const id = await circulating(desk, "Partners go", rosa);
  const enter = `/desk/letters/${id}/circulation/enter`;
  const come = async (name: string, address: string) => {
    await join(app, await signedIn(app, "Ada Byron"), "partner", address, name, id);
    const partner = await signedIn(app, name);
    const answer = await partner.post(enter);
    leadsTo(answer, /^\/drafts\/[\w-]{43}$/);
    return [partner, answer.headers.get("location")!] as const;
  };
  const [paul, place] = await come("Paul Partner", "paul@partner.example");
  const { id: invitee } = await app.db
    .selectFrom("invitee")
    .select("id")
    .where("name", "=", "Paul Partner")
    .executeTakeFirstOrThrow();
  await owner.post(`/desk/letters/${id}/circulation/invitees/${invitee}`, { do: "revoke" });
  assert.equal((await app.fetch(place)).status, 410);
  await paul.post("/desk/account/address", { email: "paul@elsewhere.example" });
  await app.runJobs();
  leadsTo(await paul.post(await deskLink(app, "paul@elsewhere.example", "account/address")), /address=/);
  leadsTo(await paul.post(enter), `/desk/letters/${id}/circulation`);
  // Until an editor invites them anew.
  app.pass(1_000);
  await invite(desk, id, "Paul Partner <paul@elsewhere.example>");
  assert.match(await (await paul.get(`/desk/letters/${id}/circulation`)).text(), /circulation\/enter/);
  leadsTo(await paul.post(enter), /^\/drafts\/[\w-]{43}$/);

  const [, open] = await come("Petra Partner", "petra@partner.example");
  assert.match(await text(open), /cameras/);
  const petra = await accountOf(app, "Petra Partner");
  const again = await signedIn(app, "Ada Byron");
  leadsTo(await again.post(`/desk/people/${petra.id}/remove`), "/desk/people?done=removed");
  const answer = await app.fetch(open);
  assert.equal(answer.status, 410);
  assert.doesNotMatch(await answer.text(), /cameras/);
});

test("a line between paragraphs can be pointed at: the comment is about the whole then", async () => {
  const id = await circulating(desk, "Lines between", rosa);
  await write(app, id, "Before.\n\n---\n\nAfter.");
  await freeze(app, id);
  const path = await openedLink(app, "rosa@readers.example");
  const answer = await app.post(`${path}/comment`, { text: "en", paragraph: "2", body: "Why a line?" });
  assert.equal(answer.status, 303);
  assert.match(await (await app.fetch(path)).text(), /id="comments"[\s\S]*Why a line\?/);
});

test("who erases the signature that a sign-on became is forgotten at the desk, too", async () => {
  const id = await circulating(desk, "Erased later", "Edda Erase <edda@erase.example>, Erasers’ Guild");
  const path = await openedLink(app, "edda@erase.example");
  await app.post(`${path}/comment`, { text: "en", body: "A word that stays." });
  leadsTo(await app.post(`${path}/sign`, form({ organisation: "Erasers’ Guild" })), /done=signed/);
  const { db, clock, keys } = app.deps;
  await publishDraft(db, keys, clock, await accountOf(app, "Ada Byron"), id, firstPlan);
  await app.runJobs();
  const atDesk = async (page: string) => (await owner.get(`/desk/letters/${id}/circulation${page}`)).text();
  const named = /Edda|edda@|Erasers/;
  assert.match(await atDesk(""), named);
  const own = await mailedLink(app, "edda@erase.example", "signatures");
  await app.post(`${own}/erase`, { sure: "yes" });
  await purgeCirculation(db, clock);
  assert.doesNotMatch(await atDesk(""), named);
  assert.doesNotMatch(await atDesk("/comments"), named);
  assert.match(await atDesk("/comments"), /A word that stays\./);
});

test("at publication what stands becomes signatures, in the log and with receipts; the links end", async () => {
  const lines = `${rosa}\nOtto <otto@example.org>\nCora <cora@example.org>\nOld <old@example.org>`;
  const id = await draft(desk, "Published");
  await owner.postSeen(`/desk/letters/${id}/circulation`, { ...settings, date: "" });
  await invite(desk, id, lines);
  const sign = async (address: string, fields: Record<string, string>) =>
    leadsTo(await app.post(`${await openedLink(app, address)}/sign`, form(fields)), /done=signed/);
  await sign("old@example.org", { organisation: "Signed the first" });
  await freezeOther(id);
  await sign("rosa@readers.example", { draft: "2" });
  await sign("otto@example.org", { draft: "2", organisation: "Hidden Society", show: "no" });
  await sign("cora@example.org", { draft: "2", organisation: "Conditional", condition: "Only if." });
  // On what their names will stand, the checklist says before: rosa@ alone is where her organisation's website is.
  const checklist = await (await owner.get(`/desk/letters/${id}/publishing?lang=en`)).text();
  assert.match(
    checklist,
    /not at their websites’ domains: <bdi>Signed the first<\/bdi>, <bdi>Hidden Society<\/bdi>,? and <bdi>Conditional<\/bdi>/,
  );
  const { db, clock, keys } = app.deps;
  const ada = await accountOf(app, "Ada Byron");
  assert.deepEqual(await publishDraft(db, keys, clock, ada, id, firstPlan), { slug: "published" });
  const became = await db
    .selectFrom("sign_on")
    .select(["name", "draft"])
    .where("letter_id", "=", id)
    .where("signature_id", "is not", null)
    .orderBy("place")
    .execute();
  assert.deepEqual(became, [
    { name: "Readers’ Union", draft: 2 },
    { name: "Hidden Society", draft: 2 },
  ]);
  await app.runJobs();
  const list = await (await app.fetch("/letters/published/signatories")).text();
  assert.match(list, /Readers’ Union/);
  assert.doesNotMatch(list, /Hidden Society|Conditional|Signed the first/);
  const [receipt] = await mailsTo(app, "rosa@readers.example");
  assert.match(receipt!.subject, /You have signed: Published/);
  assert.ok(receipt!.file);
  assert.doesNotMatch((await mailsTo(app, "cora@example.org"))[0]!.subject, /You have signed/);
  const mails = await mailsTo(app, "rosa@readers.example");
  const old = /(\/drafts\/[\w-]{43})/.exec(mails.map(({ text }) => text).join())![1]!;
  const ended = await app.fetch(old);
  assert.equal(ended.status, 410);
  assert.match(await ended.text(), /public now[\s\S]*href="\/letters\/published"/);
  await assertLogHolds(app);
});

/** What became of the sign-ons of a letter. */
async function statesOf(id: string): Promise<Record<string, string>> {
  const rows = await app.db
    .selectFrom("signature")
    .select(["name", "state"])
    .where("letter_id", "=", id)
    .execute();
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}

/** The id of the sign-on of a name. */
async function signOnOf(id: string, name: string): Promise<string> {
  const row = await app.db
    .selectFrom("sign_on")
    .select("id")
    .where("letter_id", "=", id)
    .where("name", "=", name)
    .orderBy("place", "desc")
    .executeTakeFirstOrThrow();
  return row.id;
}

test("the rules that hold a form hold a sign-on, unless somebody has looked before publication", async () => {
  const { db, clock, keys } = app.deps;
  const ada = await accountOf(app, "Ada Byron");
  await setWatchList(db, clock, ada, ["The Royal Court"]);
  const lines = `${rosa}\nOtto <otto@example.org>\nGus <gus@example.org>\nWanda <wanda@example.org>`;
  const id = await draft(desk, "Looked at");
  await owner.postSeen(`/desk/letters/${id}/circulation`, { ...settings, date: "" });
  await invite(desk, id, lines);
  const sign = async (address: string, fields: Record<string, string>) =>
    leadsTo(await app.post(`${await openedLink(app, address)}/sign`, form(fields)), /done=signed/);
  await sign("rosa@readers.example", {});
  await sign("otto@example.org", { organisation: "Otto’s Society" });
  await sign("gus@example.org", { organisation: "Gus’s Guild" });
  await sign("wanda@example.org", {
    kind: "person",
    name: "Wanda Wall",
    role: "Secretary of the Royal Court",
  });
  const page = async (path: string) => (await owner.get(`/desk/letters/${id}/${path}?lang=en`)).text();
  // Behind their links they read what will be so, and not why.
  const link = async (address: string) => draftLink(app, address);
  const behind = async (address: string, more = "") =>
    (await app.fetch(`${await link(address)}${more}?lang=en&done=signed`)).text();
  assert.match(await behind("gus@example.org", "/sign"), /in some cases after a look by the organisers/);
  assert.doesNotMatch(await behind("rosa@readers.example"), /after a look/);
  for (const address of ["otto@example.org", "gus@example.org", "wanda@example.org"]) {
    const told = await behind(address);
    assert.match(told, /it stands under it after a look by the organisers/, address);
    assert.doesNotMatch(told, /Royal Court|watch|domain/i);
  }
  assert.match(
    await page("publishing"),
    /3 signed on, and would be held at publication: <bdi>Otto’s Society<\/bdi>, <bdi>Gus’s Guild<\/bdi>,? and <bdi>Wanda Wall</,
  );
  const before = await page("signatures");
  await assertValidHtml(before, "signatures of a draft");
  assert.match(before, /Signatures come once the letter is public[\s\S]*4 sign-ons/);
  assert.match(before, /Resembles a watched name: <bdi>The Royal Court/);
  assert.doesNotMatch(before, /Readers’ Union/);
  assert.match(await (await owner.get("/desk?lang=en")).text(), /sign-ons would be held at publication/);
  leadsTo(
    await owner.post(`/desk/letters/${id}/signatures/sign-ons/${await signOnOf(id, "Gus’s Guild")}`, {
      do: "good",
    }),
    `/desk/letters/${id}/signatures?done=good`,
  );
  assert.match(await page("publishing"), /2 signed on, and would be held/);
  assert.doesNotMatch(await behind("gus@example.org"), /after a look/);

  await publishDraft(db, keys, clock, ada, id, firstPlan);
  await app.runJobs();
  assert.deepEqual(await statesOf(id), {
    "Readers’ Union": "accepted",
    "Otto’s Society": "held",
    "Gus’s Guild": "accepted",
    "Wanda Wall": "held",
  });
  assert.deepEqual(
    [
      await reasonsOf(app, (await signatureOf(app, id, "otto@example.org")).id),
      await reasonsOf(app, (await signatureOf(app, id, "wanda@example.org")).id),
    ],
    [["domain"], ["watched"]],
  );
  const list = async () => (await app.fetch("/letters/looked-at/signatories")).text();
  assert.doesNotMatch(await list(), /Otto’s|Wanda/);
  assert.match(await list(), /Gus’s Guild/);
  assert.match((await mailsTo(app, "otto@example.org"))[0]!.subject, /is being looked at: Looked at/);
  const [act] = await db
    .selectFrom("act")
    .selectAll()
    .where("letter_id", "=", id)
    .where("act", "=", "letter.publish")
    .execute();
  assert.deepEqual(act!.after, { draft: 1, address: "looked-at", signatures: 2, held: 2 });
  await assertCounts(app, id);
  await assertLogHolds(app);

  leadsTo(
    await owner.post("/desk/review", { one: (await signatureOf(app, id, "otto@example.org")).id }),
    /count=1/,
  );
  await app.runJobs();
  await app.deps.pages.refresh();
  assert.match(await list(), /Otto’s Society/);
  const [receipt] = await mailsTo(app, "otto@example.org");
  assert.match(receipt!.subject, /You have signed: Looked at/);
  assert.ok(receipt!.file);
  await assertCounts(app, id);
  await assertLogHolds(app);
});

test("a sign-on that was found good stays so for what was looked at, and no longer", async () => {
  const id = await circulating(desk, "Looked at once", "Nora <nora@example.org>");
  const look = async (name: string, what: string) =>
    leadsTo(
      await owner.post(`/desk/letters/${id}/signatures/sign-ons/${await signOnOf(id, name)}`, { do: what }),
      /done=/,
    );
  const path = await openedLink(app, "nora@example.org");
  const sign = async (organisation: string, draft: string) =>
    leadsTo(await app.post(`${path}/sign`, form({ organisation, draft })), /done=signed/);
  const toLookAt = async () => {
    const rows = await listQuestionable(app.db, app.deps.keys, id);
    return rows.map(({ signatory, foundGood }) => [signatory.name, foundGood]);
  };
  await sign("Nora’s Network", "1");
  assert.deepEqual(await toLookAt(), [["Nora’s Network", false]]);
  await look("Nora’s Network", "good");
  assert.deepEqual(await toLookAt(), [["Nora’s Network", true]]);
  // The words change, and she confirms under the same name.
  await freezeOther(id);
  await sign("Nora’s Network", "2");
  assert.deepEqual(await toLookAt(), [["Nora’s Network", true]]);
  await sign("The Ministry", "2");
  assert.deepEqual(await toLookAt(), [["The Ministry", false]]);
  await look("The Ministry", "good");
  await look("The Ministry", "again");
  assert.deepEqual(await toLookAt(), [["The Ministry", false]]);
  // Taken back for all that she signed with.
  await sign("Nora’s Network", "2");
  assert.deepEqual(await toLookAt(), [["Nora’s Network", false]]);
  assert.deepEqual((await actsOf(app)).slice(0, 1), ["sign-on.look-again | Ada Byron"]);
});
