/** Correcting what is public: readers see what changed and when, and no name moves to a text that it did not sign. */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { publishCorrection } from "../../src/drafting/correct.ts";
import { findDeskLetter } from "../../src/drafting/desk-letter.ts";
import type { DraftDocument } from "../../src/drafting/document.ts";
import { findDraft } from "../../src/drafting/draft.ts";
import { openDraft } from "../../src/drafting/open-draft.ts";
import { factsOf, textsOf } from "../../src/drafting/publish-input.ts";
import { rehearseCorrection } from "../../src/drafting/rehearse.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import type { PartialDate } from "../../src/foundation/partial-date.ts";
import { correctLetter } from "../../src/letters/correct-letter.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accountOf, actsOf, leadsTo, setUp, type Visitor } from "../support/desk.ts";
import { untilWaiting, whileHeld } from "../support/held.ts";
import { letterInput } from "../support/letter-input.ts";
import { assertLogHolds, entriesOf } from "../support/served-log.ts";
import { openLetter, person, signAndConfirm, startSigningApp } from "../support/signing.ts";

const day = 86_400_000;
let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());
afterEach(async () => {
  await app.sequence();
  await assertLogHolds(app);
});

/** Saves a letter's draft with something else in it. */
async function change(id: string, to: (document: DraftDocument) => Partial<DraftDocument>): Promise<void> {
  const { db, clock } = app.deps;
  const draft = (await openDraft(db, clock, id))!;
  const document = { ...draft.document, ...to(draft.document) };
  const saved = await saveDraft(db, clock, await accountOf(app, "Ada Byron"), id, draft.edition, document);
  assert.ok("edition" in saved, JSON.stringify(saved));
}

const page = (id: string, more = "") => `/desk/letters/${id}/publishing${more}`;

/** Sends a correction; asked once more, sends on what the page carries. */
async function correct(id: string, note: string, more: Record<string, string> = {}): Promise<Response> {
  const answer = await owner.postSeen(page(id, "/correct"), { note, ...more });
  return answer.status === 200 ? owner.post(page(id, "/correct"), carriedOn(await answer.text())) : answer;
}

/** What a page carries on out of sight, as its first button sends it. */
function carriedOn(document: string): Record<string, string> {
  const inputs = document.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries(Array.from(inputs, ([, name, value]) => [name, decode(value!)]));
}

const decode = (value: string) =>
  value.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

async function shown(path: string): Promise<string> {
  const answer = await (path.startsWith("/desk") ? owner.get(path) : app.fetch(path));
  assert.equal(answer.status, 200, path);
  const document = await answer.text();
  await assertValidHtml(document, path);
  return document;
}

test("a changed text is a new one to sign; names stay under theirs; readers see both and what changed", async () => {
  const { id, slug } = await app.letter({ ...openLetter, slug: "first-words" });
  await signAndConfirm(app, slug, person({ email: "one@example.org" }));
  const modified = async () =>
    ((await (await app.fetch("/feed.json")).json()) as { items: { date_modified: string }[] }).items[0]!
      .date_modified;
  const before = await modified();
  app.pass(2 * day);
  assert.match(await shown(page(id)), /there is nothing to correct/);
  await change(id, ({ texts }) => ({
    texts: { ...texts, en: { ...texts.en!, body: "Dear all,\n\nanswer soon." } },
  }));
  // Saved, and public to nobody.
  assert.doesNotMatch(await shown(`/letters/${slug}`), /answer soon/);
  assert.match(await shown(page(id)), /a new text to sign/);
  const bare = await correct(id, "  ");
  assert.equal(bare.status, 422);
  assert.match(await bare.text(), /Say what was corrected, and why/);
  leadsTo(await correct(id, "It says now <b>when</b>."), `${page(id)}?done=corrected`);

  const letter = await shown(`/letters/${slug}`);
  assert.match(letter, /answer soon/);
  assert.match(letter, /Corrections[\s\S]*26 November 2026[\s\S]*It says now &lt;b&gt;when&lt;\/b&gt;\./);
  assert.match(letter, /Revision 1, of .*<\/a>: signed once/s);
  assert.match(letter, /Revision 2, of .*<\/a>: signed by nobody/s);
  const second = await shown(`/letters/${slug}/revisions/2`);
  assert.match(second, /Changes since revision 1[\s\S]*<ins>.*soon/);
  assert.match(second, /It says now/);
  assert.doesNotMatch(await shown(`/letters/${slug}/revisions/1`), /Changes since/);
  const row = await app.db
    .selectFrom("signature")
    .select("revision")
    .where("letter_id", "=", id)
    .executeTakeFirstOrThrow();
  assert.equal(row.revision, 1);
  await signAndConfirm(app, slug, person({ email: "two@example.org", name: "Second Signer" }));
  assert.match(await shown(`/letters/${slug}`), /Revision 2, of .*<\/a>: signed once/s);

  const json = (await (await app.fetch(`/letters/${slug}.json`)).json()) as Record<string, unknown>;
  assert.equal(json.updated, "2026-11-26T09:00:00.000Z");
  assert.deepEqual(json.corrections, [
    { date: "2026-11-26T09:00:00.000Z", note: "It says now <b>when</b>.", revision: 2, changed: [] },
  ]);
  assert.notEqual(await modified(), before);
  assert.equal((await actsOf(app))[0], "letter.correct | Ada Byron | Answer Your Letters");
  assert.match(await (await correct(id, "Again")).text(), /there is nothing to correct/);
});

test("what was saved since the page was opened is not published unseen", async () => {
  const { id, slug } = await app.letter({ ...openLetter, slug: "seen-first" });
  const words = (body: string) =>
    change(id, ({ texts }) => ({ texts: { ...texts, en: { ...texts.en!, body } } }));
  await words("Dear all,\n\nas I saw it.");
  const edition = /name="edition" value="(\d+)"/.exec(await shown(page(id)))![1]!;
  await words("Dear all,\n\nas somebody else left it.");
  const refused = await owner.post(page(id, "/correct"), { note: "As I saw it.", edition });
  assert.equal(refused.status, 422);
  const again = await refused.text();
  await assertValidHtml(again, "corrected meanwhile");
  assert.match(again, /somebody[\s\S]*Somebody has saved this draft since[\s\S]*As I saw it\./);
  const unsaid = await owner.post(page(id, "/correct"), { note: "Of no edition." });
  assert.equal(unsaid.status, 422);
  assert.match(await unsaid.text(), /does not say which edition of this draft[\s\S]*Of no edition\./);
  assert.doesNotMatch(await shown(`/letters/${slug}`), /somebody else|as I saw it/);
  const now = /name="edition" value="(\d+)"/.exec(again)![1]!;
  // Asked once more, it is still this edition that is published, and no other.
  const sure = await owner.post(page(id, "/correct"), { note: "Seen.", edition: now });
  assert.equal(sure.status, 200);
  const carried = carriedOn(await sure.text());
  await words("Dear all,\n\nas a third one left it.");
  const late = await owner.post(page(id, "/correct"), carried);
  assert.equal(late.status, 422);
  assert.match(await late.text(), /Somebody has saved this draft since[\s\S]*Seen\./);
  assert.doesNotMatch(await shown(`/letters/${slug}`), /third one/);
  leadsTo(await correct(id, "Seen."), /done=corrected/);
});

test("before it is public for good, a correction is shown word by word and asked once more", async () => {
  const { id, slug } = await app.letter({ ...openLetter, slug: "asked-once-more" });
  await change(id, ({ texts }) => ({
    texts: { ...texts, en: { ...texts.en!, body: "Dear all,\n\nanswer at once." } },
    topics: ["privacy"],
  }));
  const asked = await owner.postSeen(page(id, "/correct"), { note: "It says <when>.", chosen: "yes" });
  assert.equal(asked.status, 200);
  const sure = await asked.text();
  await assertValidHtml(sure, "sure to correct");
  assert.match(sure, /Publish this correction\?/);
  assert.match(sure, /<ins>.*at once/);
  assert.match(sure, /<blockquote[^>]*lang="en"[^>]*>It says &lt;when&gt;\.<\/blockquote>/);
  assert.match(sure, /new entry in the public log/);
  assert.match(sure, /Changed in place: topics/);
  assert.match(sure, /cannot be undone/);
  // Nothing is done yet, and whoever goes back finds the note.
  assert.doesNotMatch(await shown(`/letters/${slug}`), /at once/);
  const carried = carriedOn(sure);
  assert.equal(carried.chosen, "yes", "whatever the form held is carried on");
  const back = await owner.post(page(id, "/correct"), { ...carried, do: "back" });
  assert.equal(back.status, 200);
  assert.match(await back.text(), /<textarea id="note"[^>]*>\nIt says &lt;when&gt;\./);
  assert.doesNotMatch(await shown(`/letters/${slug}`), /at once/);
  leadsTo(await owner.post(page(id, "/correct"), carried), /done=corrected/);
  assert.match(await shown(`/letters/${slug}`), /at once/);
});

test("facts and summary are changed in place: no new text, the same entry in the log", async () => {
  const { id, slug } = await app.letter({ ...openLetter, slug: "only-facts" });
  await app.sequence();
  const entries = (await entriesOf(app)).length;
  app.pass(day);
  await change(id, (document) => ({
    addressees: [{ name: "The Ministry of Letters", type: "government" }],
    topics: ["privacy"],
    date: "2026-10",
    texts: { ...document.texts, en: { ...document.texts.en!, summary: "It says more." } },
  }));
  assert.match(await shown(page(id)), /Changed in place: summary, date, addressees and topics/);
  leadsTo(await correct(id, "The ministry was named wrongly."), /done=corrected/);
  const letter = await shown(`/letters/${slug}`);
  assert.match(letter, /The Ministry of Letters/);
  assert.match(letter, /Corrected: summary, date, addressees and topics\./);
  assert.doesNotMatch(letter, /revisions\/2/);
  assert.match(await shown("/?q=ministry"), /Answer Your Letters/);
  assert.match(await shown("/?topic=privacy"), /Answer Your Letters/);
  assert.match(await (await app.fetch("/sitemap-1.xml")).text(), /only-facts<\/loc><lastmod>2026-11-27/);
  await app.sequence();
  assert.equal((await entriesOf(app)).length, entries);
});

test("a closed letter: its text stays as it was signed, facts can be corrected", async () => {
  const { id, slug } = await app.letter({ ...openLetter, slug: "closed-words" });
  await signAndConfirm(app, slug, person({ email: "three@example.org" }));
  leadsTo(await owner.post(page(id, "/close"), { sure: "yes" }), /done=closed/);
  await change(id, ({ texts }) => ({ texts: { ...texts, en: { ...texts.en!, body: "Other words." } } }));
  const closed = await shown(page(id));
  assert.match(closed, /stays as it was signed: the log takes no other after the close/);
  assert.match(closed, /That stays in the draft/);
  assert.equal((await correct(id, "Other words.")).status, 422);
  await change(id, () => ({ places: ["FR"] }));
  leadsTo(await correct(id, "It is about France."), /done=corrected/);
  const letter = await shown(`/letters/${slug}`);
  assert.match(letter, /It is about France/);
  assert.doesNotMatch(letter, /Other words/);
  assert.equal((await findDraft(app.db, id))!.document.texts.en!.body, "Other words.");
});

test("a letter recorded from elsewhere is corrected the same way; those reported to have signed stay", async () => {
  const { id, slug } = await app.letter(
    letterInput({ slug: "recorded", namedSignatories: [{ name: "Readers’ Union", kind: "organisation" }] }),
  );
  await change(id, () => ({
    stance: "opposes",
    measure: { name: "A Bill", type: "bill" },
    initiators: ["Someone"],
  }));
  leadsTo(await correct(id, "The bill is known now."), /done=corrected/);
  const letter = await shown(`/letters/${slug}`);
  assert.match(letter, /A Bill/);
  assert.match(letter, /Readers’ Union/);
  assert.match(letter, /The bill is known now/);
});

/** What stands in <main>, without what tells the page and its preview apart: its addresses, its slip and its seal. */
function main(document: string, addresses: readonly string[]): string {
  const found = /<main[^>]*>(.*)<\/main>/s.exec(document)![1]!;
  return addresses
    .reduce((text, address) => text.replaceAll(address, ""), found)
    .replace(/<p>The form works only on the public page\.<\/p><div inert>(.*?<\/form>)<\/div>/s, "$1")
    .replace(/<p class="sealed".*?<\/p>/s, "")
    .replaceAll(/\s+/g, " ");
}

test("the preview is the page that comes of it, with names, counts and neighbours", async () => {
  await app.letter(letterInput({ slug: "a-neighbour", date: { year: 2020, month: 5 } }));
  const { id, slug } = await app.letter({ ...openLetter, slug: "seen-before" });
  await signAndConfirm(app, slug, person({ email: "five@example.org", name: "Fifth Signer" }));
  await change(id, ({ texts }) => ({
    date: "2020-06",
    topics: ["privacy"],
    addressees: [{ name: "The Ministry of Letters", type: "government" }],
    texts: { ...texts, en: { title: "Seen before", summary: "In short.", body: "Dear all,\n\nlook." } },
  }));
  const path = `/desk/letters/${id}/preview`;
  const preview = await shown(path);
  assert.match(preview, /Fifth Signer/);
  assert.doesNotMatch(preview, /rehearsal-/);
  leadsTo(await correct(id, "Looked at before."), /done=corrected/);
  const addresses = [path, `/letters/${slug}`];
  const before = main(preview, addresses);
  const after = main(await shown(`/letters/${slug}`), addresses).replace("Looked at before.", "–");
  const at = Array.from(before).findIndex((character, index) => character !== after[index]);
  assert.ok(before === after, `${before.slice(at, at + 300)}\n${after.slice(at, at + 300)}`);
  // Of a closed letter only what is changed in place.
  leadsTo(await owner.post(page(id, "/close"), { sure: "yes" }), /done=closed/);
  await change(id, ({ texts }) => ({
    texts: { ...texts, en: { title: "Other", summary: "Shorter.", body: "Dear all." } },
  }));
  const closed = await shown(path);
  assert.match(closed, /<h1>Seen before[\s\S]*Corrected: summary\./);
  assert.doesNotMatch(closed, /revisions\/3/);
});

test("who looks waits for nobody who corrects, and nobody who corrects or signs waits for who looks", async () => {
  const { id, slug } = await app.letter({ ...openLetter, slug: "looked-at" });
  await change(id, ({ texts }) => ({
    topics: ["privacy"],
    texts: { ...texts, en: { ...texts.en!, body: "Look." } },
  }));
  const { db, clock } = app.deps;
  const ada = await accountOf(app, "Ada Byron");
  const { document } = (await findDraft(db, id))!;
  const { date } = openLetter;
  const correction = {
    note: "Meanwhile",
    changed: ["date"] as const,
    facts: factsOf(document, date as Required<PartialDate>),
    texts: textsOf(document),
  };
  const looked = await whileHeld(
    db,
    (trx) => correctLetter(trx, clock(), ada.id, id, correction),
    () => Promise.race([owner.get(`/desk/letters/${id}/preview`), untilWaiting(app)]),
  );
  assert.ok(looked instanceof Response, "looking waits");
  assert.match(await looked.text(), /Look\.[\s\S]*Revision 2/);

  const letter = (await findDeskLetter(db, id, "en"))!;
  const meanwhile = async () => {
    await signAndConfirm(app, slug, person({ email: "six@example.org" }));
    return publishCorrection(db, clock, ada, id, "Somebody looks.");
  };
  const done = await rehearseCorrection(db, clock, letter, document, () =>
    Promise.race([meanwhile(), untilWaiting(app)]),
  );
  assert.deepEqual(done?.result, { revision: 2 });
});
