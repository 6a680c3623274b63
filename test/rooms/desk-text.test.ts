/** Writing a letter at the desk, by plain forms: saving, bad input, two editors, translations, versions. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { inTransaction } from "../../src/database/transaction.ts";
import { purgeDrafts } from "../../src/drafting/discard.ts";
import { findDraft } from "../../src/drafting/draft.ts";
import { publishDraft } from "../../src/drafting/publish.ts";
import { firstPlan } from "../../src/drafting/publish-input.ts";
import { type EmailAddress, parseEmailAddress } from "../../src/foundation/email-address.ts";
import { findTopicNames } from "../../src/letters/topics.ts";
import { letPartnersIn } from "../../src/people/account.ts";
import { invite } from "../../src/people/invite.ts";
import { setModeration } from "../../src/signing/moderation.ts";
import type { TestApp } from "../support/app.ts";
import { wordsOf } from "../support/archive.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accountOf, actsOf, join, leadsTo, setUp, signedIn, type Visitor } from "../support/desk.ts";
import { day, openLetter, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let ada: Visitor;
let eva: Visitor;

before(async () => {
  app = await startSigningApp();
  ada = await setUp(app);
  eva = await join(app, ada, "editor", "eva@example.org", "Eva Ed");
});
after(() => app.close());

async function started(title = "A letter"): Promise<string> {
  const answer = await ada.post("/desk/letters/new", { title, language: "en" });
  return answer.headers.get("location")!.replace("/desk/letters/", "");
}

/** What stands in a form's fields, as a browser would send it. */
function fieldsIn(document: string): URLSearchParams {
  const form = /<form class="writing".*?<\/form>/s.exec(document)![0];
  const fields = new URLSearchParams();
  const plain = (text: string) =>
    text
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
  const control =
    /<input ([^>]*)>|<textarea ([^>]*)>\n(.*?)<\/textarea>|<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs;
  for (const [, input, area, text, select, options] of form.matchAll(control)) {
    const name = /name="([^"]*)"/.exec(input ?? area ?? "")?.[1];
    if (select) {
      const chosen = /value="([^"]*)" selected/.exec(options!) ?? /value="([^"]*)"/.exec(options!)!;
      fields.append(select, chosen[1]!);
    } else if (area) fields.append(name!, plain(text!));
    else if (!/type="checkbox"/.test(input!) || /checked/.test(input!))
      fields.append(name!, plain(/ value="([^"]*)"/s.exec(input!)?.[1] ?? "on"));
  }
  return fields;
}

const page = async (who: Visitor, path: string) => (await who.get(path)).text();

/** Opens the form, changes some fields, and sends it. */
async function write(who: Visitor, path: string, changes: Record<string, string>, fields?: URLSearchParams) {
  const form = fields ?? fieldsIn(await page(who, path));
  for (const [name, value] of Object.entries(changes)) form.set(name, value);
  return send(who, path, form);
}

function send(who: Visitor, path: string, form: URLSearchParams, headers: Record<string, string> = {}) {
  const cookie = Array.from(who.cookies, ([name, value]) => `${name}=${value}`).join("; ");
  return app.fetch(path, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "Sec-Fetch-Site": "same-origin",
      Cookie: cookie,
      ...headers,
    },
    body: form.toString(),
  });
}

test("everything that is known of a letter is saved, and comes back", async () => {
  const id = await started();
  const path = `/desk/letters/${id}/text`;
  await assertValidHtml(await page(ada, path), "text");
  const form = fieldsIn(await page(ada, path));
  form.set("title", "Keep <b>it</b> & “open”");
  form.set("summary", "What it asks.");
  form.set("body", "\n\nDear all,\r\n\r\n- one\r\n- two");
  form.set("initiators", "Example Alliance\nReaders’ Union");
  form.set("date", "2026-11");
  form.set("measure", "An Act");
  form.set("measure-type", "regulation");
  form.set("stance", "opposes");
  form.set("topics", "Right to repair, Housing");
  form.append("topic[]", "privacy");
  form.set("addressee[]", "The Ministry");
  form.set("addressee-type[]", "government");
  form.set("place[]", "Côte d’Ivoire");
  form.append("place[]", "us-ca");
  leadsTo(await send(ada, path, form), `${path}?saved=yes`);
  const { document, edition } = (await findDraft(app.db, id))!;
  assert.equal(edition, 2);
  assert.deepEqual(document, {
    kind: "open-letter",
    publisherRole: "author",
    language: "en",
    texts: {
      en: {
        title: "Keep <b>it</b> & “open”",
        summary: "What it asks.",
        body: "\n\nDear all,\n\n- one\n- two",
      },
    },
    date: "2026-11",
    addressees: [{ name: "The Ministry", type: "government" }],
    initiators: ["Example Alliance", "Readers’ Union"],
    topics: ["privacy", "right-to-repair", "housing"],
    places: ["CI", "US-CA"],
    measure: { name: "An Act", type: "regulation" },
    stance: "opposes",
    namedSignatories: [],
    reportedCount: null,
  });
  const again = await page(ada, path);
  await assertValidHtml(again, "text");
  assert.match(wordsOf(again), /Saved as edition 2 by Ada Byron, 24 November 2026/);
  leadsTo(await send(ada, path, fieldsIn(again)), `${path}?saved=yes`);
  assert.equal((await findDraft(app.db, id))!.edition, 2, "what was not changed is not saved anew");
  assert.match(await page(ada, `/desk/letters/${id}/preview`), /Keep &lt;b&gt;it&lt;\/b&gt;/);
  assert.equal((await actsOf(app))[0], "letter.save | Ada Byron | Keep <b>it</b> & “open”");
});

test("bad input comes back as it was typed; a row is added without scripts", async () => {
  const id = await started("Rows");
  const path = `/desk/letters/${id}/text`;
  const form = fieldsIn(await page(ada, path));
  form.set("body", "Long work.");
  form.set("date", "last spring");
  form.set("place[]", "Atlantis");
  const refused = await send(ada, path, new URLSearchParams(form));
  assert.equal(refused.status, 422);
  const document = await refused.text();
  await assertValidHtml(document, "refused");
  assert.match(document, /href="#date"/);
  assert.match(document, /href="#place-0"/);
  const back = fieldsIn(document);
  for (const name of ["body", "date", "place[]"]) assert.equal(back.get(name), form.get(name), name);
  form.set("addressee[]", "One");
  form.append("do", "addressee");
  const more = await (await send(ada, path, form)).text();
  assert.deepEqual(fieldsIn(more).getAll("addressee[]"), ["One", ""]);
  assert.equal(fieldsIn(more).get("date"), "last spring");
  assert.equal((await findDraft(app.db, id))!.edition, 1);
});

test("who saves second is shown both, and decides", async () => {
  const id = await started("Two");
  const path = `/desk/letters/${id}/text`;
  await write(ada, path, { body: "One.\n\nWithin sixty days.\n\nThree." });
  const [hers, his] = [fieldsIn(await page(eva, path)), fieldsIn(await page(ada, path))];
  await write(ada, path, { body: "One, first.\n\nWithin two months.\n\nThree.", stance: "opposes" }, his);
  hers.set("body", "One.\n\nWithin ninety days.\n\nThree, last.");
  const met = await send(eva, path, hers);
  assert.equal(met.status, 409);
  const document = await met.text();
  await assertValidHtml(document, "conflict");
  const words = wordsOf(document);
  assert.match(words, /Ada Byron saved edition 3/);
  assert.match(document, /<del>.*two months.*<\/del><ins>.*ninety days.*<\/ins>/s);
  assert.match(words, /Stance removed: Opposes/);
  assert.match((await findDraft(app.db, id))!.document.texts.en!.body, /two months/);

  const carried = new URLSearchParams(
    Array.from(
      document.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g),
      ([, name, value]) => [name!, value!] as [string, string],
    ),
  );
  const merge = new URLSearchParams(carried);
  merge.set("do", "merge");
  const together = await (await send(eva, path, merge)).text();
  await assertValidHtml(together, "merged");
  assert.match(wordsOf(together), /Both of you changed: Text/);
  const both = fieldsIn(together);
  assert.equal(both.get("body"), "One, first.\n\nWithin two months.\n\nWithin ninety days.\n\nThree, last.");
  assert.equal(both.get("stance"), "opposes");
  assert.equal((await findDraft(app.db, id))!.edition, 3, "putting together saves nothing");

  carried.set("do", "mine");
  leadsTo(await send(eva, path, carried), `${path}?saved=yes`);
  const { document: kept, edition } = (await findDraft(app.db, id))!;
  assert.match(kept.texts.en!.body, /ninety days/);
  assert.deepEqual([kept.stance, edition], [null, 4]);
  assert.equal((await send(ada, path, both)).status, 409, "and again, where another has saved meanwhile");
});

test("a translation knows what it was made from", async () => {
  const id = await started("Original");
  const path = `/desk/letters/${id}/text`;
  await write(ada, path, { body: "We ask for sixty days." });
  const add = await ada.post(`/desk/letters/${id}/languages`, { do: "add", language: "ar" });
  leadsTo(add, `${path}?language=ar`);
  const own = `${path}?language=ar`;
  const hers = fieldsIn(await page(eva, own));
  await write(ada, path, { body: "We ask for ninety days." });
  // The original was saved meanwhile: no quarrel, since the translation is another part.
  const saved = await write(eva, own, { title: "رسالة", body: "نطلب ستين يومًا." }, hers);
  leadsTo(saved, `${own}&saved=yes`);
  const stale = await page(eva, own);
  await assertValidHtml(stale, "translation");
  assert.match(stale, /<textarea id="body" name="body" lang="ar" dir="rtl"/);
  assert.match(
    wordsOf(stale),
    /The original has changed since this translation was made.*removed: sixty \(end\)/,
  );
  const form = fieldsIn(stale);
  form.set("confirmed", /name="confirmed" value="([\w-]{43})"/.exec(stale)![1]!);
  await send(eva, own, form);
  assert.doesNotMatch(wordsOf(await page(eva, own)), /has changed since|has moved on/);
  // A translation on which somebody has worked since is not taken away unseen.
  const arabic = `${path}?language=ar`;
  const edition = /name="edition" value="(\d+)"/.exec(await page(ada, arabic))![1]!;
  await write(ada, arabic, { body: "إلى الجميع، أجيبوا." });
  const removal = { do: "remove", language: "ar" };
  const met = await ada.post(`/desk/letters/${id}/languages`, { ...removal, edition });
  leadsTo(met, `${arabic}&met=yes`);
  assert.match(await page(ada, `${arabic}&met=yes`), /Somebody has saved this draft since/);
  leadsTo(await ada.post(`/desk/letters/${id}/languages`, removal), `${arabic}&met=yes`);
  const now = /name="edition" value="(\d+)"/.exec(await page(ada, arabic))![1]!;
  leadsTo(await ada.post(`/desk/letters/${id}/languages`, { ...removal, edition: now }), path);
  assert.deepEqual(Object.keys((await findDraft(app.db, id))!.document.texts), ["en"]);
});

test("drafts are frozen, compared and taken back", async () => {
  const id = await started("Frozen");
  const path = `/desk/letters/${id}/text`;
  const revisions = `/desk/letters/${id}/revisions`;
  assert.equal((await ada.postSeen(revisions, { note: "too early" })).status, 422);
  await write(ada, path, { body: "We ask for sixty days." });
  leadsTo(await ada.postSeen(revisions, { note: "first" }), `${revisions}?done=frozen`);
  assert.match(await page(ada, `${revisions}?done=frozen`), /Draft 1 is frozen/);
  const again = await ada.postSeen(revisions, { note: "first" });
  assert.equal(again.status, 422);
  await assertValidHtml(await again.text(), "refused freeze");
  await write(ada, path, { body: "We ask for ninety days.", date: "2026" });
  const list = await page(ada, revisions);
  await assertValidHtml(list, "revisions");
  assert.match(wordsOf(list), /Draft 1\s*first/);
  const compared = await page(ada, `/desk/letters/${id}/compare?from=draft-1&to=now`);
  await assertValidHtml(compared, "compare");
  assert.match(wordsOf(compared), /for removed: sixty \(end\) added: ninety \(end\) days/);
  assert.match(wordsOf(compared), /Date added: 2026/);
  assert.equal((await ada.get(`/desk/letters/${id}/compare?from=draft-9&to=now`)).status, 404);
  // Unless something else is asked for, the working copy is held against what was frozen last.
  assert.equal(wordsOf(await page(ada, `/desk/letters/${id}/compare`)), wordsOf(compared));
  const history = await page(ada, `/desk/letters/${id}/history`);
  const saved = /Edition:<\/span>\s*3<\/li><\/ul><a href="([^"]+)">See the difference/.exec(history)![1]!;
  const difference = await page(ada, saved.replaceAll("&amp;", "&"));
  assert.match(wordsOf(difference), /From “Edition 2[^”]*” to “Edition 3/);
  assert.match(wordsOf(difference), /for removed: sixty \(end\) added: ninety \(end\) days/);
  // What was frozen or begun has none.
  assert.equal(history.match(/See the difference/g)!.length, 2);
  assert.match(await page(ada, `/desk/letters/${id}/revisions/1/preview`), /sixty days/);
  const seen = /name="edition" value="(\d+)"/.exec(compared)![1]!;
  // Somebody saves meanwhile: their text is not replaced unseen.
  await write(ada, path, { body: "We ask for a hundred days.", date: "2026" });
  const stale = await ada.post(`/desk/letters/${id}/versions`, { version: "draft-1", edition: seen });
  assert.equal(stale.status, 422);
  const unseen = await ada.post(revisions, { note: "second", edition: seen });
  assert.equal(unseen.status, 422);
  assert.match(await unseen.text(), /Somebody has saved this draft[\s\S]*value="second"/);
  for (const unsaid of [
    await ada.post(`/desk/letters/${id}/versions`, { version: "draft-1" }),
    await ada.post(revisions, { note: "second" }),
  ]) {
    assert.equal(unsaid.status, 422);
    assert.match(await unsaid.text(), /does not say which edition of this draft/);
  }
  const refused = await stale.text();
  await assertValidHtml(refused, "not restored");
  assert.match(refused, /Somebody has saved this draft since you opened the page/);
  assert.match((await findDraft(app.db, id))!.document.texts.en!.body, /hundred/);
  const edition = /name="edition" value="(\d+)"/.exec(refused)![1]!;
  leadsTo(
    await ada.post(`/desk/letters/${id}/versions`, { version: "draft-1", edition }),
    `${path}?restored=yes`,
  );
  assert.match((await findDraft(app.db, id))!.document.texts.en!.body, /sixty/);
  leadsTo(
    await ada.postSeen(`/desk/letters/${id}/versions`, { version: "edition-3" }),
    `${path}?restored=yes`,
  );
  assert.match((await findDraft(app.db, id))!.document.texts.en!.body, /ninety/);
});

test("topics of one's own are shown as they were written, in whatever script", async () => {
  const id = await started("Own topics");
  const path = `/desk/letters/${id}/text`;
  const own = "Öffentlicher Raum، الفضاء العام, Right to repair, शिक्षा";
  leadsTo(await write(ada, path, { body: "Dear all.", topics: own }), `${path}?saved=yes`);
  const { topics } = (await findDraft(app.db, id))!.document;
  assert.deepEqual(topics, ["offentlicher-raum", "الفضاء-العام", "right-to-repair", "शिक्षा"]);
  for (const language of ["en", "ar"]) {
    const again = await page(ada, `${path}?lang=${language}`);
    await assertValidHtml(again, "own topics");
    for (const name of ["Öffentlicher Raum", "الفضاء العام", "Right to repair"])
      assert.match(again, new RegExp(`checked><label [^>]*>${name}</label>`), language);
  }
  const refused = await write(ada, path, { topics: "…" });
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /Write topics in letters or numbers/);

  const { db, keys, clock } = app.deps;
  const published = await publishDraft(db, keys, clock, await accountOf(app, "Ada Byron"), id, firstPlan);
  assert.ok("slug" in published, JSON.stringify(published));
  // Another writing of the same letters is the same topic, and renames none that readers see.
  const another = await started("Another of the topic");
  leadsTo(
    await write(ada, `/desk/letters/${another}/text`, { topics: "offentlicher RAUM" }),
    `/desk/letters/${another}/text?saved=yes`,
  );
  assert.deepEqual((await findDraft(db, another))!.document.topics, ["offentlicher-raum"]);
  const shown = async (address: string) => {
    const document = await (await app.fetch(address)).text();
    await assertValidHtml(document, address);
    return document;
  };
  for (const language of ["en", "ar"]) {
    const letter = await shown(`/letters/${published.slug}?lang=${language}`);
    assert.match(letter, />Öffentlicher Raum<\/a>.*>الفضاء العام<\/a>/s, language);
    for (const topic of ["offentlicher-raum", "الفضاء-العام"]) {
      const list = await shown(`/?topic=${encodeURIComponent(topic)}&lang=${language}`);
      assert.match(list, /Own topics/);
      assert.match(list, new RegExp(`<option value="${topic}" selected>(Öffentlicher Raum|الفضاء العام) `));
    }
  }
});

test("a topic's name is mended until readers see it, kept only with what is saved, and one topic's alone", async () => {
  const id = await started("Named topics");
  const path = `/desk/letters/${id}/text`;
  const nameOf = async (topic: string) => (await findTopicNames(app.db)).get(topic)?.name;
  const behind = fieldsIn(await page(eva, path));
  leadsTo(await write(ada, path, { body: "Dear all.", topics: "ai" }), `${path}?saved=yes`);
  assert.equal(await nameOf("ai"), "ai");
  leadsTo(await write(ada, path, { topics: "\u200bAI" }), `${path}?saved=yes`);
  assert.equal(await nameOf("ai"), "AI");

  const met = await write(eva, path, { body: "Dear none.", topics: "Robots" }, behind);
  assert.equal(met.status, 409);
  assert.equal(await nameOf("robots"), undefined);
  behind.set("edition", String((await findDraft(app.db, id))!.edition));
  behind.set("base", "1");
  behind.set("do", "merge");
  const both = fieldsIn(await (await send(eva, path, behind)).text());
  assert.equal(await nameOf("robots"), undefined);
  leadsTo(await send(eva, path, both), `${path}?saved=yes`);
  assert.equal(await nameOf("robots"), "Robots");

  const { edition } = (await findDraft(app.db, id))!;
  for (const [topics, words] of [
    ["C++, C#", /“C\+\+” is a topic already/],
    ["Robo\u202ets", /Write topics in letters or numbers/],
    ["y".repeat(101), /A topic has at most 100 characters/],
  ] as const) {
    const refused = await write(ada, path, { topics });
    assert.equal(refused.status, 422, topics);
    const document = await refused.text();
    await assertValidHtml(document, topics);
    assert.match(wordsOf(document), words);
    assert.equal(fieldsIn(document).get("topics"), topics);
  }
  assert.equal(await nameOf("c"), undefined);
  leadsTo(await write(ada, path, { topics: "C++" }), `${path}?saved=yes`);
  assert.equal((await write(ada, path, { topics: "C#" })).status, 422);
  assert.equal(await nameOf("c"), "C++");
  assert.equal((await findDraft(app.db, id))!.edition, edition + 1);
});

test("a letter that was never frozen is compared with the edition before", async () => {
  const id = await started("Never frozen");
  await write(ada, `/desk/letters/${id}/text`, { body: "First words." });
  await write(ada, `/desk/letters/${id}/text`, { body: "Second words." });
  const compared = wordsOf(await page(ada, `/desk/letters/${id}/compare`));
  assert.match(compared, /From “Edition 2[^”]*” to “Working copy”/);
  assert.match(compared, /removed: First \(end\) added: Second/);
  for (let n = 3; n < 36; n++) await write(ada, `/desk/letters/${id}/text`, { body: `Words ${n}.` });
  // An old edition is offered and called by its name where it is the one that is shown.
  const old = await page(ada, `/desk/letters/${id}/compare?from=edition-1&to=edition-2`);
  assert.match(wordsOf(old), /From “Edition 1[^”]*” to “Edition 2/);
  assert.match(old, /<option value="edition-1" selected>/);
  assert.match(wordsOf(await page(ada, `/desk/letters/${id}/history`)), /See the difference/);
});

test("a letter that is public is written on beside what readers see", async () => {
  const letter = await app.letter({ ...openLetter });
  const path = `/desk/letters/${letter.id}/text`;
  await write(eva, path, { body: "Dear all,\n\nanswer soon." });
  assert.doesNotMatch(await (await app.fetch(`/letters/${letter.slug}`)).text(), /answer soon/);
  const compared = await page(eva, `/desk/letters/${letter.id}/compare?from=revision-1&to=now`);
  assert.match(wordsOf(compared), /answer added: soon/);
  const preview = await page(eva, `/desk/letters/${letter.id}/preview`);
  assert.match(preview, /answer soon/);
  await assertValidHtml(preview, "preview of a correction");
  const { rows } = await sql`select * from revision where letter_id = ${letter.id}`.execute(app.db);
  assert.equal(rows.length, 1, "the preview has published nothing");
  leadsTo(await eva.post(`/desk/letters/${letter.id}/discard`), path);
  await write(eva, path, { body: "Dear all,\n\nanswer." });
  leadsTo(await eva.get(`/desk/letters/${letter.id}/preview`), `/letters/${letter.slug}`);
});

test("a draft is put aside, taken up again, and deleted after thirty days", async () => {
  const id = await started("Aside");
  leadsTo(await eva.post(`/desk/letters/${id}/discard`), "/desk/letters?state=discarded");
  const list = await page(eva, "/desk/letters?state=discarded");
  await assertValidHtml(list, "discarded");
  assert.match(wordsOf(list), /Aside\s*24 December 2026/);
  assert.doesNotMatch(await page(eva, "/desk/letters"), /Aside/);
  assert.equal((await eva.get(`/desk/letters/${id}/text`)).status, 404);
  leadsTo(await eva.post(`/desk/letters/${id}/take-up`), `/desk/letters/${id}/text`);
  assert.equal((await eva.get(`/desk/letters/${id}/text`)).status, 200);
  // What lies beside the draft: rules for signatures, a partner who may see it, and one who is invited to.
  const by = await accountOf(app, "Ada Byron");
  await setModeration(
    app.db,
    app.deps.clock,
    by,
    { id, title: "Aside" },
    { holdPeople: true, holdOrganisations: true },
  );
  const pia = parseEmailAddress("pia@example.org") as EmailAddress;
  await inTransaction(app.db, (trx) => letPartnersIn(trx, [by.id], id, app.deps.clock()));
  await eva.post(`/desk/letters/${id}/discard`);
  app.pass(29 * day);
  const partner = { role: "partner", language: "en", letterId: id, email: pia } as const;
  await invite(app.db, app.deps.keys, app.deps.clock, by, partner);
  assert.equal(await purgeDrafts(app.db, app.deps.clock), 0);
  app.pass(2 * day);
  assert.equal(await purgeDrafts(app.db, app.deps.clock), 1);
  assert.equal(await findDraft(app.db, id), undefined);
  assert.equal((await actsOf(app))[0], "letter.delete | system | Aside");
  for (const table of ["letter_moderation", "partner_letter", "invitation"] as const)
    assert.deepEqual(
      await app.db.selectFrom(table).select("letter_id").where("letter_id", "=", id).execute(),
      [],
      table,
    );
});

test("a copy is a letter of its own", async () => {
  const owner = await signedIn(app, "Ada Byron");
  const answer = await owner.post("/desk/letters/new", { title: "Model", language: "en" });
  const id = answer.headers.get("location")!.replace("/desk/letters/", "");
  const copied = await owner.post(`/desk/letters/${id}/copy`);
  const [, copy] = /letters\/([0-9a-f-]{36})\/text\?copied=yes$/.exec(copied.headers.get("location")!)!;
  assert.notEqual(copy, id);
  assert.match(await page(owner, copied.headers.get("location")!), /This is a new letter/);
  assert.equal((await findDraft(app.db, copy!))!.document.texts.en!.title, "Model");
});

test("an ended session gives the form back, to be sent again", async () => {
  const owner = await signedIn(app, "Ada Byron");
  const answer = await owner.post("/desk/letters/new", { title: "Long work", language: "en" });
  const id = answer.headers.get("location")!.replace("/desk/letters/", "");
  const path = `/desk/letters/${id}/text`;
  const form = fieldsIn(await page(owner, path));
  form.set("body", 'Hours\n\nof "work" & <more>');
  await app.db.deleteFrom("session").execute();
  const out = await send(owner, path, form);
  assert.equal(out.status, 403);
  const document = await out.text();
  await assertValidHtml(document, "kept");
  const carried = /name="body" value="([^"]*)"/s.exec(document)![1]!;
  assert.equal(carried, "Hours\n\nof &quot;work&quot; &amp; &lt;more&gt;");
  leadsTo(await send(owner, path, new URLSearchParams()), /^\/desk\/sign-in/);
  const back = await signedIn(app, "Ada Byron");
  leadsTo(await send(back, path, form), `${path}?saved=yes`);
});

test("a word that is no language has no text: nothing is shown or saved under it", async () => {
  const owner = await signedIn(app, "Ada Byron");
  const answer = await owner.post("/desk/letters/new", { title: "Named", language: "en" });
  const id = answer.headers.get("location")!.replace("/desk/letters/", "");
  for (const word of ["constructor", "toString", "xx-y"]) {
    const path = `/desk/letters/${id}/text?language=${word}`;
    assert.equal((await owner.get(path)).status, 404);
    assert.equal((await owner.post(path, { edition: "1", title: "T", summary: "", body: "B" })).status, 404);
  }
  assert.equal((await owner.get(`/desk/letters/${id}/text`)).status, 200);
});
