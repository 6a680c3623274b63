/** A text is corrected in public: each signatory is told, sees what changed, and signs the new text or does not. */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openDraft } from "../../src/drafting/open-draft.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import { askNextSignatories } from "../../src/signing/ask-about-text.ts";
import { bulkPace } from "../../src/signing/limits.ts";
import { findDifference } from "../../src/signing/recount.ts";
import { commit } from "../../src/transparency/commitment.ts";
import { letterIdBytes } from "../../src/transparency/letter-id.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accountOf, leadsTo, setUp, type Visitor } from "../support/desk.ts";
import { assertLogHolds, entriesOf } from "../support/served-log.ts";
import {
  day,
  linkIn,
  mailedLink,
  mailsTo,
  namesOf,
  openLetter,
  organisation,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
  tallyOf,
} from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;
let letters = 0;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());
afterEach(async () => {
  await app.sequence();
  await assertLogHolds(app);
});

async function letterOf(more: object = {}): Promise<{ id: string; slug: string }> {
  return app.letter({ ...openLetter, slug: `new-text-${++letters}`, ...more });
}

/** Publishes a correction of the text at the desk. */
async function correctText(id: string, body: string, note: string, form = {}): Promise<void> {
  await saveText(id, body);
  const done = await owner.postSeen(`/desk/letters/${id}/publishing/correct`, { note, sure: "yes", ...form });
  leadsTo(done, `/desk/letters/${id}/publishing?done=corrected`);
}

/** Saves another text in a letter's draft. */
async function saveText(id: string, body: string): Promise<void> {
  const { db, clock } = app.deps;
  const draft = (await openDraft(db, clock, id))!;
  const texts = { ...draft.document.texts, en: { ...draft.document.texts.en!, body } };
  const account = await accountOf(app, "Ada Byron");
  const saved = await saveDraft(db, clock, account, id, draft.edition, { ...draft.document, texts });
  assert.ok("edition" in saved, JSON.stringify(saved));
}

async function shown(path: string, status = 200): Promise<string> {
  const answer = await app.fetch(path);
  assert.equal(answer.status, status, path);
  const document = await answer.text();
  await assertValidHtml(document, path);
  return document;
}

/** What is kept of the only signature under a letter. */
const row = (letterId: string) =>
  app.db.selectFrom("signature").selectAll().where("letter_id", "=", letterId).executeTakeFirstOrThrow();

/** Presses the button of the private page. */
const signNew = (own: string, revision: number | string) =>
  app.post(`${own}/text`, { revision: String(revision) });

const typeOf = (entry: Uint8Array) => JSON.parse(Buffer.from(entry).toString()).t;

async function receiptOf(own: string) {
  await app.sequence();
  return JSON.parse(await (await app.fetch(`${own}/receipt.json`)).text());
}

test("while the new entry waits for its number there is no receipt, rather than one of two halves", async () => {
  const { id, slug } = await letterOf();
  const own = await signAndConfirm(app, slug, person());
  await receiptOf(own);
  await correctText(id, "Dear all,\n\nanswer soon.", "It says when now.");
  await app.sequence();
  const to = await app.withLogHeld(async () => {
    const waits = leadsToReceipt(await signNew(own, 2)).split(/[/?]/)[2];
    const answer = await app.fetch(`/signatures/${waits}/receipt.json`);
    leadsTo(answer, `/signatures/${waits}/receipt`);
    return `/signatures/${waits}`;
  });
  const { entry, private: kept } = await receiptOf(to);
  const master = Buffer.from(kept.master, "base64url");
  const values = { name: kept.name, affiliation: kept.affiliation, email: kept.email };
  const { commitment } = commit(nodeSha256, master, letterIdBytes(id), values);
  assert.equal(JSON.parse(entry).c, Buffer.from(commitment).toString("base64url"));
});

test("the private page says which text was signed, what changed since, and moves no name by itself", async () => {
  const { id, slug } = await letterOf();
  const own = await signAndConfirm(app, slug, person());
  const before = await shown(`${own}?lang=en`);
  assert.doesNotMatch(before, /has changed since you signed|I sign the new text/);
  app.pass(day);
  await correctText(id, "Dear all,\n\nanswer soon.", "It says <when> now.");
  await correctText(id, "Dear all,\n\nanswer at once.", "Sooner still.");

  const page = await shown(`${own}?lang=en`);
  assert.match(page, /The text has changed since you signed/);
  assert.match(page, /You signed revision 1, and your name stays under it/);
  assert.match(
    page,
    /Sooner still\.[\s\S]*revisions\/3\?lang=en#changes[\s\S]*It says &lt;when&gt; now\.[\s\S]*revisions\/2\?lang=en#changes/,
  );
  assert.match(
    page,
    new RegExp(`href="/letters/${slug}/revisions/1\\?lang=en">Read the text that you signed`),
  );
  assert.match(page, new RegExp(`href="/letters/${slug}/revisions/1\\?lang=en">Revision 1 of 3`));
  assert.match(page, /name="revision" value="3"/);
  assert.match(page, /The affiliation can be changed once you have signed the new text/);
  assert.match(page, /you then sign the text as it is now/);
  assert.equal((await row(id)).revision, 1);

  // A role stands beside the name and not in the text: correcting it signs nothing.
  assert.equal((await app.post(own, { affiliation: "Elsewhere", role: "Countess" })).status, 303);
  const { revision, affiliation, role } = await row(id);
  assert.deepEqual([revision, affiliation, role], [1, "Analytical Society", "Countess"]);
});

test("signing the new text keeps place, day, words and evidence, and brings a new receipt by mail", async () => {
  const { id, slug } = await letterOf();
  const own = await signAndConfirm(app, slug, organisation());
  await signAndConfirm(app, slug, person({ email: "late@example.org", name: "Late Signer" }));
  const first = await receiptOf(own);
  const was = await app.db
    .selectFrom("signature")
    .selectAll()
    .where("letter_id", "=", id)
    .orderBy("place")
    .execute();
  app.pass(3 * day);
  await correctText(id, "Dear all,\n\nanswer soon.", "It says when now.");
  const before = (await mailsTo(app, "office@readers.example")).length;
  await app.sequence();
  const logged = (await entriesOf(app)).length;

  const done = await signNew(own, 2);
  const to = leadsToReceipt(done);
  assert.ok(!to.startsWith(own));
  await app.runJobs();
  const thanks = await shown(`${to}&lang=en`);
  assert.match(thanks, /role="status">You have signed revision 2\./);
  assert.match(thanks, /Revision 2 of 2<\/a> <span class="soft">signed on <time datetime="2026-11-/);

  const now = await app.db
    .selectFrom("signature")
    .selectAll()
    .where("letter_id", "=", id)
    .orderBy("place")
    .execute();
  const { revision, text_signed_at, ...rest } = now[0]!;
  const { revision: old, text_signed_at: never, ...kept } = was[0]!;
  assert.deepEqual(rest, kept);
  assert.deepEqual([old, never, revision, text_signed_at], [1, null, 2, app.deps.clock()]);
  assert.deepEqual(now[1], was[1]);
  assert.deepEqual(await tallyOf(app, id), { people: 1, organisations: 1, unnamed: 0 });
  assert.equal(await findDifference(app.db, id), undefined);
  assert.match(
    await shown(`/letters/${slug}?lang=en`),
    /Revision 2, of .*<\/a>: signed once[\s\S]*Revision 1, of .*<\/a>: signed once/,
  );

  const entries = (await entriesOf(app)).slice(logged).map(typeOf);
  assert.deepEqual(entries, ["withdraw", "sign"]);
  const [mail, ...older] = await mailsTo(app, "office@readers.example");
  assert.equal(older.length, before);
  assert.match(mail!.subject, /You have signed the new text: Answer Your Letters/);
  assert.match(mail!.text, /now stands under revision 2:/);
  assert.match(mail!.text, /It is a new receipt, for the new text/);
  const mailed = JSON.parse(mail!.file!.text);
  assert.equal(JSON.parse(mailed.manifest).revision, 2);
  assert.ok(mailed.private.owner && mailed.private.owner !== first.private.owner);
  assert.equal((await receiptOf(linkIn(mail!.text, "signatures"))).entry, mailed.entry);

  const json = (await (await app.fetch(`/letters/${slug}.json`)).json()) as {
    signatories: Record<"organisations" | "people", { names: Record<string, unknown>[] }>;
  };
  const listed = json.signatories.organisations.names[0]!;
  assert.equal(listed.revision, 2);
  assert.equal(listed.signed, was[0]!.accepted_at!.toISOString());
  assert.equal(listed.revisionSigned, app.deps.clock().toISOString());
  assert.equal(json.signatories.people.names[0]!.revision, 1);
  assert.ok(!("revisionSigned" in json.signatories.people.names[0]!));
  assert.deepEqual(await namesOf(app, id), ["Readers’ Union", "Late Signer"]);

  // Behind the old link and the new one the page is the same; pressed again, nothing comes of it.
  assert.doesNotMatch(await shown(`${own}?lang=en`), /has changed since you signed/);
  leadsToReceipt(await signNew(own, 2));
  await app.sequence();
  assert.equal((await entriesOf(app)).length, logged + 2);
  assert.equal((await mailsTo(app, "office@readers.example")).length, before + 1);
});

/** Where an answer leads: the receipt, which says that a text was signed. */
function leadsToReceipt(answer: Response): string {
  assert.equal(answer.status, 303);
  const to = answer.headers.get("location")!;
  assert.match(to, /^\/signatures\/[\w-]{43}\/receipt\?done=text$/);
  return to;
}

test("a yes to a text that is no longer the newest signs nothing, and says so", async () => {
  const { id, slug } = await letterOf();
  const own = await signAndConfirm(app, slug, person());
  await correctText(id, "Dear all,\n\nanswer soon.", "Once.");
  await correctText(id, "Dear all,\n\nanswer at once.", "Twice.");
  for (const offered of [2, 1, "", "3x", "99"]) {
    const answer = await signNew(`${own}`, offered);
    assert.equal(answer.status, 409, String(offered));
    const text = await answer.text();
    await assertValidHtml(text, "changed once more");
    assert.match(
      text,
      /role="alert">The text was changed once more[\s\S]*Nothing was signed[\s\S]*name="revision" value="3"/,
    );
  }
  assert.equal((await row(id)).revision, 1);
  leadsToReceipt(await signNew(own, 3));
  assert.equal((await row(id)).revision, 3);
});

test("a closed letter keeps names where they are; what is withdrawn signs nothing", async () => {
  const closesOn = app.deps.clock().toISOString().slice(0, 10);
  const { id, slug } = await letterOf({ closesOn });
  const own = await signAndConfirm(app, slug, person());
  const gone = await signAndConfirm(app, slug, person({ email: "gone@example.org", name: "Gone" }));
  await correctText(id, "Dear all,\n\nanswer soon.", "Once.");
  await app.post(`${gone}/withdraw`, {});
  assert.equal((await signNew(gone, 2)).status, 200);
  app.pass(day);
  const page = await shown(`${own}?lang=en`);
  assert.match(page, /the new text can no longer be signed/);
  assert.doesNotMatch(page, /I sign the new text/);
  leadsTo(await signNew(own, 2), own);
  const rows = await app.db
    .selectFrom("signature")
    .select(["state", "revision"])
    .where("letter_id", "=", id)
    .execute();
  assert.deepEqual(
    new Set(rows.map(({ state, revision }) => `${state} ${revision}`)),
    new Set(["accepted 1", "withdrawn 1"]),
  );
  await app.post(`/letters/${slug}/sign`, person());
  assert.equal((await app.fetch(`/signatures/${"x".repeat(43)}/text`, { method: "POST" })).status, 404);
});

test("a name that is not shown stays so under the new text", async () => {
  const { id, slug } = await letterOf();
  const own = await signAndConfirm(app, slug, person({ show: "no" }));
  await correctText(id, "Dear all,\n\nanswer soon.", "Once.");
  leadsToReceipt(await signNew(own, 2));
  await app.sequence();
  assert.deepEqual(await tallyOf(app, id), { people: 1, organisations: 0, unnamed: 1 });
  assert.deepEqual((await entriesOf(app)).slice(-3).map(typeOf), ["withdraw", "sign", "erase"]);
});

test("what the desk has decided about a signature goes along, and can be taken back", async () => {
  const { id, slug } = await letterOf();
  // Its address is elsewhere than its website, so it is held.
  await sign(app, slug, organisation({ website: "https://elsewhere.example/" }));
  await app.post(await mailedLink(app, "office@readers.example"), {});
  const { id: signature } = await row(id);
  const desk = `/desk/letters/${id}/signatures/${signature}`;
  const held = await (await owner.get(desk)).text();
  const until = /name="heldUntil" value="([^"]+)"/.exec(held)![1]!;
  assert.equal((await owner.post(desk, { state: "held", verdict: "accept", heldUntil: until })).status, 303);
  await app.runJobs();
  const own = await mailedLink(app, "office@readers.example", "signatures");
  const before = await row(id);
  assert.equal(before.state, "accepted");
  await correctText(id, "Dear all,\n\nanswer soon.", "Once.");
  leadsToReceipt(await signNew(own, 2));
  const now = await row(id);
  assert.deepEqual([now.state, now.decision_id], ["accepted", before.decision_id]);
  assert.match(
    await (await owner.get(desk)).text(),
    /Signed a later text as well<br><span class="small soft">Revision 2/,
  );
  await owner.post(desk, { state: "accepted", verdict: "hold" });
  assert.equal((await row(id)).state, "held");
  assert.deepEqual(await tallyOf(app, id), { people: 0, organisations: 0, unnamed: 0 });
  assert.equal(await findDifference(app.db, id), undefined);
});

test("who signs anew by the form after a change is told which text was signed, and what changed", async () => {
  const { id, slug } = await letterOf();
  await signAndConfirm(app, slug, person({ email: "anew@example.org" }));
  await sign(app, slug, person({ email: "anew@example.org" }));
  const [same] = await mailsTo(app, "anew@example.org");
  assert.match(same!.text, /Nothing has changed/);
  app.pass(day);
  await correctText(id, "Dear all,\n\nanswer soon.", "It says when now.");
  await sign(app, slug, person({ email: "anew@example.org" }));
  const [mail] = await mailsTo(app, "anew@example.org");
  assert.match(mail!.subject, /You have signed already/);
  assert.doesNotMatch(mail!.text, /Nothing has changed/);
  assert.match(mail!.text, /in revision 1, and the signature counts once\. The text has been changed since/);
  assert.match(mail!.text, /- Revision 2, of [^\n]+\n {2}It says when now\./);
  assert.match(mail!.text, new RegExp(`/letters/${slug}/revisions/2\\?lang=en#changes`));
  assert.match(mail!.text, /you can sign the new text as well/);
  const own = linkIn(mail!.text, "signatures");
  assert.match(await shown(`${own}?lang=en`), /I sign the new text as well/);
  leadsToReceipt(await signNew(own, 2));
  assert.equal((await row(id)).revision, 2);
});

/** What was asked about each text, and what is still to be asked. */
const requests = (letterId: string) =>
  app.db
    .selectFrom("text_request")
    .select(["revision", "asked", "reached"])
    .where("letter_id", "=", letterId)
    .orderBy("revision")
    .execute();

/** The mails to an address that ask about a new text. */
const askedOf = async (address: string) =>
  (await mailsTo(app, address)).filter(({ subject }) => /has changed|a changé/.test(subject));

test("editors choose whether those who have signed are asked; the page in between says so and keeps the choice", async () => {
  const { id, slug } = await letterOf();
  const publishing = `/desk/letters/${id}/publishing`;
  const desk = async (path: string) => (await owner.get(path)).text();
  await signAndConfirm(app, slug, person({ email: "one@example.org" }));
  await signAndConfirm(app, slug, person({ email: "gone@example.org", name: "Gone" }));
  await app.db
    .updateTable("signature")
    .set({ undeliverable_at: new Date() })
    .where("name", "=", "Gone")
    .execute();
  await saveText(id, "Dear all,\n\nanswer soon.");

  const form = await desk(publishing);
  await assertValidHtml(form, "correction");
  assert.match(form, /<input type="checkbox" id="ask" name="ask" value="yes" aria-describedby="ask-hint">/);
  assert.match(form, /1 signatory gets one email/);
  const correct = (fields: object) => owner.postSeen(`${publishing}/correct`, { note: "Sooner.", ...fields });
  const silent = await (await correct({})).text();
  assert.match(silent, /Those who have signed are not asked/);
  const sure = await (await correct({ ask: "yes" })).text();
  await assertValidHtml(sure, "correction, asked once more");
  assert.match(sure, /1 signatory is asked by email[\s\S]*name="ask" value="yes"/);
  assert.match(await (await correct({ ask: "yes", do: "back" })).text(), /id="ask"[^>]* checked/);
  assert.match(await (await correct({ ask: "yes", note: "" })).text(), /id="ask"[^>]* checked/);

  leadsTo(await correct({ ask: "yes", sure: "yes" }), `${publishing}?done=corrected`);
  for (const path of [publishing, `/desk/letters/${id}`])
    assert.match(await desk(path), /signatories of earlier texts are being asked about it, 0 so far/);
  await app.runJobs();
  for (const path of [publishing, `/desk/letters/${id}`]) {
    const page = await desk(path);
    await assertValidHtml(page, path);
    assert.match(
      page,
      /Revision 2, of .*: signed by nobody<br>.*1 signatory of an earlier text was asked about it[\s\S]*Revision 1, of .*: signed 2 times/,
    );
  }
  assert.match(await desk(`/desk/letters/${id}/history`), /Signatories are asked[\s\S]{0,200}yes/);
  assert.equal((await askedOf("one@example.org")).length, 1);
  assert.equal((await askedOf("gone@example.org")).length, 0);

  // Facts beside the text are nothing that was signed, and of a correction that asks nobody, nobody hears.
  await correctText(id, "Dear all,\n\nanswer at once.", "A word.");
  await app.runJobs();
  assert.equal((await askedOf("one@example.org")).length, 1);
  assert.deepEqual(await requests(id), [{ revision: 2, asked: 1, reached: null }]);
  assert.doesNotMatch(await desk(publishing), /id="ask"/);
});

test("each who signed an earlier text is asked once, in their language, whatever the limits are", async () => {
  const { id, slug } = await letterOf();
  const own = await signAndConfirm(app, slug, person({ email: "stays@example.org" }));
  await signAndConfirm(app, slug, person({ email: "hidden@example.org", show: "no" }));
  const withdrawn = await signAndConfirm(app, slug, person({ email: "withdrawn@example.org" }));
  const erased = await signAndConfirm(app, slug, person({ email: "erased@example.org" }));
  await sign(app, slug, person({ email: "pending@example.org" }));
  await sign(app, slug, person({ email: "lire@example.org" }), "?lang=fr");
  await app.post(await mailedLink(app, "lire@example.org"), {});
  for (let at = 0; at < 8; at++) await sign(app, slug, person({ email: "stays@example.org" }));
  await app.post(`${withdrawn}/withdraw`, {});
  await app.post(`${erased}/erase`, {});
  app.pass(1000);
  await correctText(id, "Dear all,\n\nanswer soon.", "It says when now.", { ask: "yes" });
  await signAndConfirm(app, slug, person({ email: "newest@example.org" }));
  // Two at work at a time, as after a server was taken for dead.
  const { db, keys, clock } = app.deps;
  await Promise.all([1, 2, 3].map(() => askNextSignatories(db, keys, clock, id)));
  await app.runJobs();
  assert.deepEqual(await requests(id), [{ revision: 2, asked: 3, reached: null }]);

  for (const address of ["withdrawn", "erased", "pending", "newest"])
    assert.equal((await askedOf(`${address}@example.org`)).length, 0, address);
  const [french, ...more] = await askedOf("lire@example.org");
  assert.deepEqual(more, []);
  assert.match(french!.subject, /Le texte que vous avez signé a changé/);
  assert.match(french!.text, /It says when now\.[\s\S]*revisions\/2\?lang=fr#changes/);
  assert.equal((await askedOf("hidden@example.org")).length, 1);
  const [mail, ...others] = await askedOf("stays@example.org");
  assert.deepEqual(others, []);
  assert.match(
    mail!.text,
    /You signed this open letter on Example Alliance on .*:[\s\S]*stays under the text that you signed, revision 1, unless you say so/,
  );
  assert.match(mail!.text, /If you do nothing, everything stays as it is/);
  const link = linkIn(mail!.text, "signatures");
  assert.notEqual(link, own);
  leadsToReceipt(await signNew(link, 2));
  // Nothing is left to do: another run asks nobody.
  await askNextSignatories(db, keys, clock, id);
  await app.runJobs();
  assert.equal((await askedOf("lire@example.org")).length, 1);
});

test("work that ended in between goes on where it was, and a second correction asks about the newest text alone", async () => {
  const { id, slug } = await letterOf();
  for (const name of ["a", "b", "c"])
    await signAndConfirm(app, slug, person({ email: `${name}@many.example` }));
  await correctText(id, "Dear all,\n\nanswer soon.", "Once.", { ask: "yes" });
  const { db, keys, clock } = app.deps;
  // The newest has been asked, and the server was killed then: its mail waits.
  assert.equal(await askNextSignatories(db, keys, clock, id, 1), bulkPace.pause);
  assert.deepEqual(
    (await requests(id)).map(({ revision, asked }) => [revision, asked]),
    [[2, 1]],
  );
  app.pass(1000);
  await correctText(id, "Dear all,\n\nanswer at once.", "Twice.", { ask: "yes" });
  await app.runJobs();
  assert.deepEqual(await requests(id), [
    { revision: 2, asked: 1, reached: null },
    { revision: 3, asked: 3, reached: null },
  ]);
  for (const name of ["a", "b", "c"]) {
    const [mail, ...others] = await askedOf(`${name}@many.example`);
    assert.deepEqual(others, [], name);
    assert.match(
      mail!.text,
      /Revision 3, of [^\n]+\n {2}Twice\.\n- Revision 2, of [^\n]+\n {2}Once\.[\s\S]*revisions\/3\?lang=en#changes/,
    );
  }
});

test("a mail that waits while its signatory signs the new text, or the letter closes, goes to nobody", async () => {
  const closesOn = app.deps.clock().toISOString().slice(0, 10);
  const { id, slug } = await letterOf({ closesOn });
  const own = await signAndConfirm(app, slug, person({ email: "quick@example.org" }));
  await signAndConfirm(app, slug, person({ email: "slow@example.org" }));
  await correctText(id, "Dear all,\n\nanswer soon.", "Once.", { ask: "yes" });
  const { db, keys, clock } = app.deps;
  await askNextSignatories(db, keys, clock, id);
  leadsToReceipt(await signNew(own, 2));
  app.pass(day);
  await app.runJobs();
  assert.deepEqual(await askedOf("quick@example.org"), []);
  assert.deepEqual(await askedOf("slow@example.org"), []);
  assert.match((await mailsTo(app, "quick@example.org"))[0]!.subject, /You have signed the new text/);
});

test("the work goes on where it was when the one who was asked last is gone", async () => {
  const { id, slug } = await letterOf();
  for (const name of ["d", "e", "f"]) {
    await signAndConfirm(app, slug, person({ email: `${name}@gone.example` }));
    app.pass(1000);
  }
  await correctText(id, "Dear all,\n\nanswer soon.", "Once.", { ask: "yes" });
  const { db, keys, clock } = app.deps;
  assert.equal(await askNextSignatories(db, keys, clock, id, 1), bulkPace.pause);
  // The first of all ids, so that none of the same moment comes before it.
  const gone = "00000000-0000-0000-0000-000000000000";
  await db.updateTable("text_request").set({ reached: gone }).where("letter_id", "=", id).execute();
  await app.runJobs();
  assert.deepEqual(await requests(id), [{ revision: 2, asked: 3, reached: null }]);
  for (const name of ["d", "e", "f"]) assert.equal((await askedOf(`${name}@gone.example`)).length, 1, name);
});
