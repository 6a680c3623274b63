/** From a draft to a public letter, through the doors of the desk: now, at a set time, under embargo. */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Transaction } from "../../src/database/open.ts";
import type { DraftDocument } from "../../src/drafting/document.ts";
import { emptyDocument } from "../../src/drafting/document.ts";
import { findDraft, listDraftRevisions } from "../../src/drafting/draft.ts";
import { selectDraft } from "../../src/drafting/draft-store.ts";
import { publishFrozen, readyDraft } from "../../src/drafting/publish.ts";
import { dayOf } from "../../src/drafting/publish-input.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import { takeText } from "../../src/letters/text-lock.ts";
import { setWatchList } from "../../src/signing/watch-list.ts";
import { watchedWords, watchKeys } from "../../src/signing/watched-words.ts";
import { start, type TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accountOf, actsOf, join, leadsTo, setUp, type Visitor } from "../support/desk.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { mailsTo, namesOf, organisation, signAndConfirm, startSigningApp } from "../support/signing.ts";
import { meet } from "../support/waiting.ts";

const hour = 3_600_000;
let app: TestApp;
let editor: Visitor;

before(async () => {
  app = await startSigningApp();
  const owner = await setUp(app);
  editor = await join(app, owner, "editor", "eva@example.org", "Eva Ed");
});
after(() => app.close());
afterEach(async () => {
  await app.sequence();
  await assertLogHolds(app);
});

/** A document with all that is needed. */
function complete(title: string, more: Partial<DraftDocument> = {}): DraftDocument {
  return {
    ...emptyDocument("en"),
    texts: { en: { title, summary: "It asks.", body: "Dear all,\n\nplease answer." } },
    addressees: [{ name: "The Ministry", type: "government" }],
    topics: ["privacy"],
    places: ["FR"],
    ...more,
  };
}

/** Starts a letter at the desk and writes it. @returns its id */
async function written(document: DraftDocument): Promise<string> {
  const answer = await editor.post("/desk/letters/new", { title: "", language: document.language });
  const id = answer.headers.get("location")!.replace("/desk/letters/", "");
  await save(id, document);
  return id;
}

async function save(id: string, document: DraftDocument): Promise<void> {
  const { db, clock } = app.deps;
  const draft = (await findDraft(db, id))!;
  const saved = await saveDraft(db, clock, await accountOf(app, "Eva Ed"), id, draft.edition, document);
  assert.ok("edition" in saved, JSON.stringify(saved));
}

const page = (id: string, more = "") => `/desk/letters/${id}/publishing${more}`;
const body = async (path: string, visitor: Visitor = editor) => {
  const answer = await visitor.get(path);
  assert.equal(answer.status, 200, path);
  return answer.text();
};
const letterRow = (id: string) =>
  app.db.selectFrom("letter").selectAll().where("id", "=", id).executeTakeFirst();
const publish = (id: string, fields: Record<string, string> = {}) =>
  editor.postSeen(page(id), { opens: "yes", do: "publish", sure: "yes", ...fields });

test("what is missing is said before the button, and stops", async () => {
  const id = await written({ ...emptyDocument("en"), texts: { en: { title: "", summary: "", body: "" } } });
  const shown = await body(page(id));
  assert.match(shown, /2 things are missing/);
  assert.match(shown, /Nobody is named to whom it is written/);
  const refused = await publish(id);
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /Something essential is missing/);
  assert.equal(await letterRow(id), undefined);
  assert.deepEqual(await listDraftRevisions(app.db, id), []);
});

test("published now: asked once more, then public under the draft's identity, open, and in the log", async () => {
  const id = await written(complete("Answer the Public"));
  const fields = { opens: "yes", closes: "2026-12-31", slug: "answer-the-public", do: "publish" };
  const asked = await (await editor.postSeen(page(id), fields)).text();
  assert.match(asked, /Publish this letter now\?/);
  assert.match(asked, /until 31 December 2026/);
  assert.equal(await letterRow(id), undefined);
  leadsTo(await editor.postSeen(page(id), { ...fields, sure: "yes" }), `${page(id)}?done=published`);
  const letter = (await letterRow(id))!;
  assert.equal(letter.slug, "answer-the-public");
  assert.equal(letter.state, "open");
  assert.equal(letter.dated, 20261124);
  const shown = await (await app.fetch("/letters/answer-the-public")).text();
  assert.match(shown, /please answer\./);
  assert.match(shown, /31 December 2026/);
  const [frozen] = await listDraftRevisions(app.db, id);
  assert.equal(frozen!.publishedAs, 1);
  assert.equal((await findDraft(app.db, id))!.stage, "published");
  assert.equal((await actsOf(app))[0], "letter.publish | Eva Ed | Answer the Public");
  // A second press changes nothing.
  leadsTo(await publish(id), page(id));
  assert.match(await body(page(id)), /until the end of .*31 December 2026/);
});

test("what was saved since the page was opened is neither published nor scheduled unseen", async () => {
  const id = await written(complete("Seen first"));
  const edition = /name="edition" value="(\d+)"/.exec(await body(page(id)))![1]!;
  const sure = await editor.post(page(id), { opens: "yes", do: "publish", edition });
  assert.ok((await sure.text()).includes(`name="edition" value="${edition}"`));
  await save(id, complete("Seen by nobody"));
  const time = { date: "2026-12-01", time: "09:00", zone: "UTC" };
  for (const fields of [{ do: "publish" }, { do: "publish", sure: "yes" }, { do: "schedule", ...time }]) {
    const refused = await editor.post(page(id), { opens: "yes", edition, ...fields });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /Somebody has saved this draft since you opened the page/);
  }
  for (const fields of [{ do: "publish" }, { do: "publish", sure: "yes" }, { do: "schedule", ...time }]) {
    const refused = await editor.post(page(id), { opens: "yes", ...fields });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /does not say which edition of this draft/);
  }
  assert.equal(await letterRow(id), undefined);
  const now = /name="edition" value="(\d+)"/.exec(await body(page(id)))![1]!;
  leadsTo(await publish(id, { edition: now }), /done=published/);
});

test("what is decided about publishing stands in the letter's history, once and with what was before", async () => {
  const id = await written(complete("Decided"));
  const keep = (fields: Record<string, string>) => editor.post(page(id), { ...fields, do: "keep" });
  leadsTo(await keep({ opens: "yes", closes: "2027-01-31" }), /done=kept/);
  leadsTo(await keep({ opens: "yes", closes: "2027-01-31" }), /done=kept/);
  leadsTo(await keep({ opens: "no", slug: "decided-upon" }), /done=kept/);
  const acts = await app.db
    .selectFrom("act")
    .select(["actor_name", "before", "after"])
    .where("letter_id", "=", id)
    .where("act", "=", "letter.plan")
    .orderBy("id")
    .execute();
  const [first, second, third] = [
    { opens: true, closes: null, address: null },
    { opens: true, closes: "2027-01-31", address: null },
    { opens: false, closes: null, address: "decided-upon" },
  ];
  assert.deepEqual(acts, [
    { actor_name: "Eva Ed", before: first, after: second },
    { actor_name: "Eva Ed", before: second, after: third },
  ]);
  assert.match(await body(`/desk/letters/${id}/history`), /Changed how the letter is to be published/);
});

test("an address that is taken, or none, comes back with everything typed", async () => {
  const id = await written(complete("Another One"));
  for (const [slug, why] of [
    ["answer-the-public", /Another letter has, or had, this address/],
    ["Not An Address", /Use small letters/],
  ] as const) {
    const answer = await publish(id, { slug, closes: "2027-01-31" });
    assert.equal(answer.status, 422);
    const shown = await answer.text();
    assert.match(shown, why);
    assert.ok(shown.includes(`value="${slug}"`) && shown.includes('value="2027-01-31"'));
  }
  assert.equal((await publish(id, { closes: "2026-11-23" })).status, 422);
  assert.equal(await letterRow(id), undefined);
});

test("recorded from elsewhere: never opens, with those who are reported to have signed", async () => {
  const id = await written(complete("What We Wrote in 2015"));
  leadsTo(await editor.post(page(id), { opens: "no", do: "keep" }), /done=kept/);
  assert.match(await body(page(id)), /needs its own date/);
  assert.equal((await publish(id, { opens: "no" })).status, 422);
  await save(id, { ...(await findDraft(app.db, id))!.document, date: "2015-04" });
  const wrong = await editor.post(page(id, "/reported"), {
    organisations: "Readers’ Union\nhttps://spam.example",
    restCount: "75",
  });
  assert.equal(wrong.status, 422);
  const again = await wrong.text();
  assert.match(again, /Line 2 is no name/);
  assert.match(again, /Write the count as it was reported/);
  assert.ok(again.includes("https://spam.example"));
  const reported = {
    organisations: "Readers’ Union\nSecond Society",
    people: "Ada Byron",
    restWords: "more than 75 others",
    restCount: "75",
    restQualifier: "more-than",
    restKind: "mixed",
  };
  leadsTo(await editor.post(page(id, "/reported"), reported), /done=reported/);
  leadsTo(await publish(id, { opens: "no" }), /done=published/);
  const letter = (await letterRow(id))!;
  assert.deepEqual([letter.state, letter.dated, letter.opened_at], ["archived", 20150400, null]);
  const shown = await (await app.fetch(`/letters/${letter.slug}`)).text();
  assert.match(shown, /Second Society[\s\S]*Ada Byron[\s\S]*more than 75 others/);
  assert.doesNotMatch(shown, /id="sign"/);
  assert.match(await body(page(id)), /never opens for signature here/);
  assert.equal((await editor.post(page(id, "/close"), { sure: "yes" })).status, 200);
  assert.equal((await letterRow(id))!.state, "archived");
  // Names can be corrected afterwards, with a note to readers.
  assert.equal(
    (await editor.post(page(id, "/reported"), { ...reported, people: "Ada Lovelace" })).status,
    422,
  );
  const corrected = { ...reported, people: "Ada Lovelace", reportedNote: "Her name was misspelt." };
  leadsTo(await editor.post(page(id, "/reported"), corrected), /done=reported/);
  const after = await (await app.fetch(`/letters/${letter.slug}`)).text();
  assert.match(after, /Her name was misspelt\./);
  assert.match(after, /Ada Lovelace/);
  assert.doesNotMatch(after, /Ada Byron/);
});

test("two who write down the same list meet, before the letter is public and after", async () => {
  const id = await written(complete("What We Wrote in 2017", { date: "2017-04" }));
  leadsTo(await editor.post(page(id), { opens: "no", do: "keep" }), /done=kept/);
  const send = (fields: Record<string, string>) => editor.post(page(id, "/reported"), fields);
  const seenOn = (document: string) => /name="seen" value="([^"]+)"/.exec(document)![1]!;
  const meetOver = async (mine: string, theirs: string, more: Record<string, string> = {}) => {
    const seen = seenOn(await body(page(id)));
    leadsTo(await send({ people: theirs, seen, ...more }), /done=reported/);
    const refused = await send({ people: mine, seen, restWords: "and others", ...more });
    assert.equal(refused.status, 422);
    const shown = await refused.text();
    await assertValidHtml(shown, "met");
    assert.match(shown, new RegExp(`missing here: ${theirs}. Only here: ${mine}.`));
    assert.match(shown, /Saved now: –/);
    assert.notEqual(seenOn(shown), seen);
    // Whoever sends it again has seen both.
    leadsTo(await send({ people: mine, seen: seenOn(shown), ...more }), /done=reported/);
  };
  await meetOver("Ada Byron", "Rosa Reader");
  const { namedSignatories } = (await findDraft(app.db, id))!.document;
  assert.deepEqual(namedSignatories, [{ name: "Ada Byron", kind: "person" }]);
  leadsTo(await publish(id, { opens: "no" }), /done=published/);
  await meetOver("Mary Shelley", "Jane Austen", { reportedNote: "A name was wrong." });
  const { slug } = (await letterRow(id))!;
  assert.match(await (await app.fetch(`/letters/${slug}`)).text(), /Mary Shelley/);
});

test("names that are written down while the letter becomes public are not lost in its draft", async () => {
  const id = await written(complete("What We Wrote in 2018", { date: "2018-04" }));
  const plan = { opens: false, closesOn: null, slug: null };
  leadsTo(await editor.post(page(id), { opens: "no", do: "keep" }), /done=kept/);
  const { db, keys, clock } = app.deps;
  const actor = await accountOf(app, "Eva Ed");
  const publishing = async (trx: Transaction) => {
    const today = dayOf(clock());
    const number = await readyDraft(trx, actor, id, plan, today, clock(), undefined);
    await publishFrozen(trx, keys, clock, actor, id, number as number, plan, today);
  };
  const names = { people: "Ada Byron" };
  const [refused] = await meet(db, publishing, [() => editor.post(page(id, "/reported"), names)]);
  assert.equal(refused!.status, 422);
  assert.match(await refused!.text(), /Ada Byron<\/textarea>/);
  const reportedNote = "She was missing.";
  leadsTo(await editor.post(page(id, "/reported"), { ...names, reportedNote }), /done=reported/);
  const { slug } = (await letterRow(id))!;
  assert.match(await (await app.fetch(`/letters/${slug}`)).text(), /Ada Byron/);
});

test("a watched name that is typed stays out as reported unless it is let in", async () => {
  await setWatchList(app.db, app.deps.clock, "operator", ["Mickey Mouse", "World Health Union"]);
  const id = await written(complete("What We Wrote in 2016", { date: "2016-04" }));
  leadsTo(await editor.post(page(id), { opens: "no", do: "keep" }), /done=kept/);
  const send = (fields: Record<string, string>) => editor.post(page(id, "/reported"), fields);
  const names = { organisations: "Readers’ Union\nWorld Health Unions", people: "Ada Byron" };
  const asked = await send(names);
  assert.equal(asked.status, 422);
  const shown = await asked.text();
  await assertValidHtml(shown, "asked about a watched name");
  assert.match(
    shown,
    /stay out unless you tick them below: 1[\s\S]*World Health Unions.*watched: .*World Health Union</,
  );
  assert.ok(shown.includes("Ada Byron"));
  const key = /name="row\[\]" value="([^"]+)"/.exec(shown)![1]!;
  const named = async () =>
    (await findDraft(app.db, id))!.document.namedSignatories.map(({ name }) => name).sort();
  assert.deepEqual(await named(), []);
  // Looked at, and not ticked.
  leadsTo(await send({ ...names, "looked[]": key }), /done=reported/);
  assert.deepEqual(await named(), ["Ada Byron", "Readers’ Union"]);
  // Another name than the one that was looked at is asked about first, and what was ticked stays so.
  const both = { ...names, people: "Ada Byron\nMicky Mouse", "looked[]": key, "row[]": key };
  const again = await send(both);
  assert.equal(again.status, 422);
  assert.match(
    await again.text(),
    /value="organisation [^"]+" checked[\s\S]*value="person [^"]+">[\s\S]*Micky Mouse/,
  );
  leadsTo(await send({ ...names, "looked[]": key, "row[]": key }), /done=reported/);
  assert.deepEqual(await named(), ["Ada Byron", "Readers’ Union", "World Health Unions"]);
  const { after: facts } = await app.db
    .selectFrom("act")
    .select("after")
    .where("act", "=", "letter.save")
    .where("letter_id", "=", id)
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  assert.equal((facts as { watched?: number }).watched, 1);

  // Whoever stands there is not asked about again, once the letter is public either.
  leadsTo(await publish(id, { opens: "no" }), /done=published/);
  const reportedNote = "Names were missing.";
  const later = await send({ ...names, people: "Ada Byron\nMicky Mouse", reportedNote });
  assert.equal(later.status, 422);
  const mouse = await later.text();
  assert.match(mouse, /tick them below: 1/);
  assert.ok(mouse.includes(reportedNote));
  leadsTo(await send({ ...names, people: "Ada Byron\nRosa Reader", reportedNote }), /done=reported/);
  const { slug } = (await letterRow(id))!;
  assert.match(await (await app.fetch(`/letters/${slug}`)).text(), /World Health Unions[\s\S]*Rosa Reader/);
  await setWatchList(app.db, app.deps.clock, "operator", []);
});

test("a name that becomes watched while it is saved is asked about, before the letter is public and after", async () => {
  const { db, clock } = app.deps;
  const id = await written(complete("What We Wrote in 2015", { date: "2015-04" }));
  leadsTo(await editor.post(page(id), { opens: "no", do: "keep" }), /done=kept/);
  const watch = (trx: Transaction) => {
    const words = watchedWords("World Health Union");
    const watched = { words: words.join(" "), name: "World Health Union", keys: watchKeys(words) };
    return trx.insertInto("watched_name").values(watched).execute();
  };
  const asks = async (hold: (trx: Transaction) => Promise<unknown>, more: Record<string, string> = {}) => {
    await setWatchList(db, clock, "operator", []);
    const fields = { organisations: "World Health Unions", people: "Ada Byron", ...more };
    const send = (looks: Record<string, string> = {}) =>
      editor.post(page(id, "/reported"), { ...fields, ...looks });
    const both = async (trx: Transaction) => {
      await hold(trx);
      await watch(trx);
    };
    const [asked] = await meet(db, both, [send]);
    assert.equal(asked!.status, 422);
    const shown = await asked!.text();
    await assertValidHtml(shown, "watched meanwhile");
    assert.match(
      shown,
      /tick them below: 1[\s\S]*Ada Byron[\s\S]*World Health Unions.*watched: .*World Health Un/,
    );
    const key = /name="row\[\]" value="([^"]+)"/.exec(shown)![1]!;
    return send({ "looked[]": key, "row[]": key });
  };
  const named = async () => (await findDraft(db, id))!.document.namedSignatories.map(({ name }) => name);
  leadsTo(await asks((trx) => selectDraft(trx, id, "lock")), /done=reported/);
  assert.deepEqual(await named(), ["World Health Unions", "Ada Byron"]);

  leadsTo(await editor.post(page(id, "/reported"), { people: "Ada Byron" }), /done=reported/);
  leadsTo(await publish(id, { opens: "no" }), /done=published/);
  const reportedNote = "One was missing.";
  leadsTo(await asks((trx) => takeText(trx, id), { reportedNote }), /done=reported/);
  const { slug } = (await letterRow(id))!;
  assert.match(await (await app.fetch(`/letters/${slug}`)).text(), /World Health Unions/);
  await setWatchList(db, clock, "operator", []);
});

test("of twenty thousand names that were reported each can be corrected, before the letter is public and after", async () => {
  const id = await written(complete("What We Signed on Paper", { date: "2019-05-01" }));
  leadsTo(await editor.post(page(id), { opens: "no", do: "keep" }), /done=kept/);
  const people = Array.from({ length: 20_000 }, (_, n) => `Signatory of Page ${n}`);
  const reported = (more: Record<string, string> = {}) =>
    editor.post(page(id, "/reported"), {
      organisations: "Readers’ Union",
      people: people.join("\n"),
      ...more,
    });
  leadsTo(await reported(), /done=reported/);
  leadsTo(await publish(id, { opens: "no" }), /done=published/);
  people[19_999] = "Ada Byron";
  leadsTo(await reported({ reportedNote: "The last name was missing." }), /done=reported/);
  const { slug } = (await letterRow(id))!;
  assert.match(await (await app.fetch(`/letters/${slug}`)).text(), /The last name was missing\./);
  const named = await app.db
    .selectFrom("reported_signatory")
    .select(["name", "position"])
    .where("letter_id", "=", id)
    .orderBy("position")
    .execute();
  assert.equal(named.length, 20_001);
  assert.deepEqual([named[0]!.name, named[1]!.name], ["Readers’ Union", "Signatory of Page 0"]);
  assert.deepEqual(named.at(-1), { name: "Ada Byron", position: 20_001 });
});

test("at a set time: exactly what was frozen then, once, at that minute, and links lead on", async () => {
  const id = await written(complete("Under Embargo"));
  assert.equal(
    (await editor.post(page(id, "/links"), { recipient: "A Reporter", language: "en" })).status,
    422,
  );
  const time = { opens: "yes", date: "2026-11-24", time: "12:30", zone: "Europe/Berlin", do: "schedule" };
  leadsTo(await editor.postSeen(page(id), time), `${page(id)}?done=scheduled`);
  const scheduled = await body(page(id));
  assert.match(scheduled, /Becomes public on .*24 November 2026 at 12:30.*Europe\/Berlin.*11:30 UTC/);
  const list = await body("/desk/letters?stage=drafting");
  assert.match(list, /Under Embargo<[\s\S]*?Becomes public on <time[^>]*>24 November 2026 at 11:30 UTC/);

  const link = { recipient: "The Daily Example", email: "desk@daily.example", language: "en" };
  leadsTo(await editor.post(page(id, "/links"), link), /done=link/);
  leadsTo(await editor.post(page(id, "/links"), { ...link, recipient: "B", email: "" }), /done=link/);
  await app.runJobs();
  const [mail] = await mailsTo(app, "desk@daily.example");
  assert.match(
    mail!.text,
    /24 November 2026 at 12:30 \(Europe\/Berlin\), which is 24 November 2026 at 11:30 UTC/,
  );
  const path = /http:\/\/localhost(\/embargo\/[\w-]{43})/.exec(mail!.text)![1]!;

  // The draft moves on; what is scheduled does not.
  await save(id, complete("Under Embargo, Rewritten"));
  assert.match(await body(page(id)), /The draft has been changed since/);
  const early = await app.fetch(path);
  assert.equal(early.status, 200);
  assert.equal(early.headers.get("cache-control"), "no-store");
  assert.match(early.headers.get("x-robots-tag")!, /noindex/);
  const read = await early.text();
  assert.match(read, /Under embargo until/);
  assert.match(read, /For .*The Daily Example/);
  assert.match(read, /please answer\./);
  assert.doesNotMatch(read, /Rewritten/);

  // Nothing is public before the minute, whatever the queue's clock says.
  app.pass(2.5 * hour - 1000);
  await app.runJobs();
  await app.db
    .updateTable("graphile_worker._private_jobs" as never)
    .set({ run_at: new Date(0) } as never)
    .execute();
  await app.runJobs();
  assert.equal(await letterRow(id), undefined);
  assert.equal((await app.fetch("/letters/under-embargo")).status, 404);
  assert.equal((await app.fetch(path)).status, 200);

  app.pass(1000);
  await app.runJobs();
  await app.runJobs();
  const letter = (await letterRow(id))!;
  assert.equal(letter.slug, "under-embargo");
  assert.equal(letter.opened_at!.toISOString(), "2026-11-24T11:30:00.000Z");
  assert.doesNotMatch(await (await app.fetch("/letters/under-embargo")).text(), /Rewritten/);
  leadsTo(await app.fetch(path), "/letters/under-embargo");
  assert.ok((await actsOf(app)).includes("letter.publish | system | Under Embargo"));
  const rows = await app.db.selectFrom("embargo_link").select("email_sealed").execute();
  assert.ok(rows.every(({ email_sealed }) => email_sealed === null));
  // What was written meanwhile waits as a correction.
  assert.match(await body(page(id)), /Title or text are changed: a new text to sign/);
});

test("called off, set anew, revoked", async () => {
  const id = await written(complete("Second Thoughts"));
  const at = (time: string) => ({ opens: "yes", date: "2026-11-25", time, zone: "UTC", do: "schedule" });
  leadsTo(await editor.postSeen(page(id), at("08:00")), /done=scheduled/);
  leadsTo(await editor.post(page(id, "/links"), { recipient: "R", language: "en" }), /done=link/);
  const shown = await body(page(id));
  const path = /http:\/\/localhost(\/embargo\/[\w-]{43})/.exec(shown)![1]!;
  const link = /name="link" value="([0-9a-f-]{36})"/.exec(shown)![1]!;
  leadsTo(await editor.postSeen(page(id), at("09:00")), /done=scheduled/);
  assert.match(await (await app.fetch(path)).text(), /25 November 2026 at 09:00 UTC/);
  leadsTo(await editor.post(page(id, "/cancel")), /done=cancelled/);
  const off = await (await app.fetch(path)).text();
  assert.match(off, /No time is set/);
  assert.doesNotMatch(off, /please answer/);
  app.pass(48 * hour);
  await app.runJobs();
  assert.equal(await letterRow(id), undefined);
  leadsTo(await editor.postSeen(page(id), { ...at("09:00"), date: "2026-11-28" }), /done=scheduled/);
  leadsTo(await editor.post(page(id, "/links/revoke"), { link }), /done=revoked/);
  assert.equal((await app.fetch(path)).status, 404);
  assert.match(await body(page(id)), /Revoked on/);
  leadsTo(await editor.post(page(id, "/cancel")), /done=cancelled/);
});

test("a time that clocks skip, one that comes twice, one that has passed", async () => {
  const id = await written(complete("Clocks"));
  const at = (date: string, time: string, fold = "") =>
    editor.postSeen(page(id), { opens: "yes", date, time, zone: "Europe/Berlin", fold, do: "schedule" });
  const skipped = await at("2027-03-28", "02:30");
  assert.equal(skipped.status, 422);
  assert.match(
    await skipped.text(),
    /There is no 02:30 that day in Europe\/Berlin: clocks go from 01:59 to 03:00/,
  );
  const twice = await at("2027-10-31", "02:30");
  assert.equal(twice.status, 422);
  const shown = await twice.text();
  assert.match(shown, /comes twice/);
  assert.match(shown, /00:30 UTC[\s\S]*01:30 UTC/);
  leadsTo(await at("2027-10-31", "02:30", "second"), /done=scheduled/);
  const row = await app.db
    .selectFrom("publication_schedule")
    .select("at")
    .where("letter_id", "=", id)
    .where("state", "=", "waiting")
    .executeTakeFirstOrThrow();
  assert.equal(row.at.toISOString(), "2027-10-31T01:30:00.000Z");
  assert.match(await (await at("2026-11-23", "09:00")).text(), /This time has passed/);
  assert.match(await (await at("", "")).text(), /Enter the day and the time/);
  leadsTo(await editor.post(page(id, "/cancel")), /done=cancelled/);
});

test("what cannot be published at its time is told at the desk, and nothing is half done", async () => {
  const id = await written(complete("Too Late"));
  const now = app.deps.clock();
  const soon = new Date(Math.ceil(now.getTime() / hour) * hour + hour);
  const [date, time] = soon.toISOString().split("T") as [string, string];
  const fields = {
    opens: "yes",
    slug: "wanted-by-two",
    date,
    time: time.slice(0, 5),
    zone: "UTC",
    do: "schedule",
  };
  leadsTo(await editor.postSeen(page(id), fields), /done=scheduled/);
  const other = await written(complete("Quicker"));
  leadsTo(await publish(other, { slug: "wanted-by-two" }), /done=published/);
  app.pass(soon.getTime() - now.getTime());
  await app.runJobs();
  assert.equal(await letterRow(id), undefined);
  const failed = await body(page(id));
  assert.match(failed, /It was not published on/);
  assert.match(failed, /Another letter has, or had, this address/);
  assert.match(await body("/desk"), /letter was not published at its time/);
  assert.ok((await actsOf(app)).includes("letter.not-published | system | Too Late"));
  leadsTo(await publish(id, { slug: "the-next-best" }), /done=published/);
  assert.doesNotMatch(await body("/desk"), /was not published at its time/);
});

test("what circulated: sign-ons become signatures at the minute, and who would be left out is named before", async () => {
  const id = await written(complete("Signed Before"));
  const circulation = `/desk/letters/${id}/circulation`;
  leadsTo(await editor.postSeen(circulation, { date: "", time: "", zone: "UTC", message: "" }), /done=began/);
  const lines =
    "Rosa Reader <rosa@readers.example>, Readers’ Union\nWim Wait <wim@wait.example>, Waiting Ltd";
  leadsTo(await editor.post(`${circulation}/invitees`, { lines, language: "en" }), /circulation/);
  await app.runJobs();
  const sign = async (address: string, name: string, condition: string) => {
    const [mail] = await mailsTo(app, address);
    const path = /http:\/\/localhost(\/drafts\/[\w-]{43})/.exec(mail!.text)![1]!;
    await app.post(`${path}/open`, {});
    const { email: _, ...form } = organisation({ draft: "1", organisation: name, condition });
    const answer = await app.post(`${path}/sign`, form);
    assert.equal(answer.status, 303, await answer.text());
    return path;
  };
  const rosa = await sign("rosa@readers.example", "Readers’ Union", "");
  await sign("wim@wait.example", "Waiting Ltd", "Only if it says when.");
  const checks = await body(page(id));
  assert.match(checks, /1 becomes a signature\. Left out[^.]*: <bdi>Waiting Ltd<\/bdi>/);
  const at = new Date(app.deps.clock().getTime() + hour).toISOString();
  const time = { opens: "yes", date: at.slice(0, 10), time: at.slice(11, 16), zone: "UTC", do: "schedule" };
  leadsTo(await editor.postSeen(page(id), time), /done=scheduled/);
  app.pass(hour);
  await app.runJobs();
  assert.deepEqual(await namesOf(app, id), ["Readers’ Union"]);
  const { slug } = (await letterRow(id))!;
  const letter = await (await app.fetch(`/letters/${slug}`)).text();
  assert.match(letter, /Readers’ Union/);
  assert.doesNotMatch(letter, /Waiting Ltd/);
  const ended = await app.fetch(rosa);
  assert.equal(ended.status, 410);
  assert.ok((await ended.text()).includes(`href="/letters/${slug}"`));
});

test("the last day is set, moved and taken away; closing is asked once more and final", async () => {
  const id = await written(complete("Until Tomorrow"));
  leadsTo(await publish(id), /done=published/);
  const { slug } = (await letterRow(id))!;
  await signAndConfirm(app, slug, {
    kind: "person",
    name: "Ada Byron",
    email: "ada.byron@example.org",
    country: "GB",
    show: "yes",
  });
  const closing = (closes: string) => editor.post(page(id, "/closing"), { closes });
  leadsTo(await closing("2027-06-30"), /done=closing/);
  assert.match(await (await app.fetch(`/letters/${slug}`)).text(), /30 June 2027/);
  assert.equal((await closing("2020-01-01")).status, 422);
  leadsTo(await closing(""), /done=closing/);
  assert.doesNotMatch(await (await app.fetch(`/letters/${slug}`)).text(), /30 June 2027/);
  const asked = await (await editor.post(page(id, "/close"))).text();
  assert.match(asked, /One signature stands under it/);
  assert.equal((await letterRow(id))!.state, "open");
  leadsTo(await editor.post(page(id, "/close"), { sure: "yes" }), /done=closed/);
  assert.equal((await letterRow(id))!.state, "closed");
  const acts = await actsOf(app);
  assert.equal(acts[0], "letter.close | Eva Ed | Until Tomorrow");
  assert.ok(acts.includes("letter.closing | Eva Ed | Until Tomorrow"));
  // Once closed, there is nothing left to close or to move.
  assert.equal((await closing("2027-06-30")).status, 200);
  assert.equal((await letterRow(id))!.closes_on, null);
  assert.ok(start < app.deps.clock());
});

test("another address: the one before leads on for ever", async () => {
  const id = await written(complete("Moved"));
  leadsTo(await publish(id, { slug: "moved-from" }), /done=published/);
  assert.equal((await editor.post(page(id, "/address"), { slug: "under-embargo" })).status, 422);
  assert.equal((await editor.post(page(id, "/address"), { slug: "Ünder" })).status, 422);
  leadsTo(await editor.post(page(id, "/address"), { slug: "moved-to" }), /done=address/);
  const old = await app.fetch("/letters/moved-from");
  assert.deepEqual([old.status, old.headers.get("location")], [301, "/letters/moved-to"]);
  assert.equal((await actsOf(app))[0], "letter.address | Eva Ed | Moved");
});
