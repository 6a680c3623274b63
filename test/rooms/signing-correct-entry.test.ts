/** What waits for a yes can be corrected first, by whoever holds the link that was mailed to its address. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { decideNamed } from "../../src/signing/decide.ts";
import { changeLimit } from "../../src/signing/limits.ts";
import { watchedWords, watchKeys } from "../../src/signing/watched-words.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { dumpDatabase } from "../support/dump.ts";
import { assertCounts, heldLetter, reasonsOf, signatureOf, signHeld } from "../support/moderation.ts";
import { publishRevision } from "../support/revise.ts";
import { assertLogHolds } from "../support/served-log.ts";
import {
  day,
  type Form,
  mailedLink,
  mailsTo,
  namesOf,
  openLetter,
  organisation,
  person,
  sign,
  startSigningApp,
  yesOf,
} from "../support/signing.ts";

let app: TestApp;
let letter: { id: string; slug: string };
let letters = 0;
const address = "ada@example.org";
/** What a stranger typed, with Ada's address. */
const forged = organisation({
  email: address,
  organisation: "Forgers Ltd",
  website: "https://forgers.example/",
});

before(async () => {
  app = await startSigningApp();
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});
beforeEach(async () => {
  letters += 1;
  letter = await app.letter({ ...openLetter, slug: `letter-${letters}` });
  app.pass(day);
});

async function correct(link: string, form: Form): Promise<Response> {
  const { email: _, ...fields } = form;
  return app.post(`${link}/correct?lang=en`, fields);
}

async function corrected(link: string, form: Form): Promise<void> {
  const answer = await correct(link, form);
  assert.equal(answer.status, 303, await answer.text());
  assert.equal(answer.headers.get("location"), `${link}?corrected=1&lang=en`);
}

async function pageOf(path: string, status = 200): Promise<string> {
  const answer = await app.fetch(`${path}${path.includes("?") ? "&" : "?"}lang=en`);
  assert.equal(answer.status, status);
  const page = await answer.text();
  await assertValidHtml(page, path.replace(/[\w-]{43}/, "…"));
  return page;
}

test("an address that is starved of mails signs by the latest of them, with its own words", async () => {
  for (let sent = 0; sent < 4; sent++) {
    await sign(app, letter.slug, { ...forged, organisation: `Forgers ${sent}` }, "?lang=fr");
    app.pass(1000);
  }
  const mails = (await mailsTo(app, address)).length;
  assert.equal(mails, 3);
  const link = await mailedLink(app, address);
  assert.match(await pageOf(link), /Forgers 2.*href="[^"]*\/correct[^"]*">Is something not right\?/s);

  const form = await pageOf(`${link}/correct`);
  for (const typed of ["Forgers 2", "https://forgers.example/", "Rosa Reader", "Secretary"])
    assert.ok(form.includes(`value="${typed}"`), typed);
  assert.match(form, /id="kind-organisation"[^>]* checked/);
  assert.match(form, /id="show"[^>]* checked/);
  assert.match(form, /value="CH" selected/);
  assert.doesNotMatch(form, /name="email"/);
  assert.match(form.replace("<wbr>", ""), /ada@example\.org/);

  await corrected(link, person({ email: address, show: "no", updates: "yes" }));
  const shown = await pageOf(`${link}?corrected=1`);
  assert.match(shown, /Your changes are kept.*Ada Byron.*Mathematician.*Analytical Society.*United Kingdom/s);
  assert.match(shown, /it counts without the name/);
  assert.doesNotMatch(shown, /Forgers|Rosa Reader/);
  assert.deepEqual(await namesOf(app, letter.id), []);
  assert.equal((await mailsTo(app, address)).length, mails);

  await app.post(link, await yesOf(app, link));
  const row = await signatureOf(app, letter.id, address);
  assert.deepEqual(
    [row.state, row.kind, row.name, row.name_folded, row.website, row.representative, row.show, row.updates],
    ["accepted", "person", "Ada Byron", "ada byron", null, null, false, true],
  );
  // And is written to in the language in which it was corrected.
  await app.runJobs();
  assert.match((await mailsTo(app, address))[0]!.text, /\/signatures\/[\w-]{43}\?lang=en/);
  await assertCounts(app, letter.id);
});

test("looking changes nothing, nor does a form that says the same, or comes from another site", async () => {
  await sign(app, letter.slug, person({ affiliation: "", role: "" }));
  const link = await mailedLink(app, address);
  const before = await dumpDatabase(app.db);
  for (const method of ["GET", "HEAD"]) {
    const answer = await app.fetch(`${link}/correct`, { method });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.match(answer.headers.get("x-robots-tag") ?? "", /noindex/);
  }
  await corrected(link, person({ affiliation: "", role: "" }));
  const stranger = { Origin: "https://elsewhere.example" };
  assert.equal((await app.post(`${link}/correct`, person({ name: "Eve" }), stranger)).status, 403);
  assert.deepEqual(await dumpDatabase(app.db), before);
});

test("a form that needs another look comes back with all that was typed, and changes nothing", async () => {
  await sign(app, letter.slug, person());
  const link = await mailedLink(app, address);
  const before = await dumpDatabase(app.db);
  const typed = {
    ...organisation(),
    organisation: "",
    website: "not a site",
    role: "see https://spam.example",
    name: "Also typed",
  };
  const answer = await correct(link, { ...typed, show: "", updates: "yes" });
  assert.equal(answer.status, 422);
  const page = await answer.text();
  await assertValidHtml(page, "correct again");
  assert.match(page, /<title>Error: Change it before you sign/);
  assert.match(page, /Your changes have not been saved yet.*4 things need another look/s);
  for (const field of ["organisation", "website", "role", "show"])
    assert.ok(page.includes(`href="#${field}"`), field);
  for (const value of ["not a site", "see https://spam.example", "Also typed", "Rosa Reader"])
    assert.ok(page.includes(`value="${value}"`), value);
  assert.match(page, /id="kind-organisation"[^>]* checked/);
  assert.match(page, /id="updates"[^>]* checked/);
  const large = await app.post(`${link}/correct`, { name: "a".repeat(70_000) });
  assert.equal(large.status, 413);
  assert.deepEqual(await dumpDatabase(app.db), before);
  // An address in the form is read over: the one that was written to stands.
  await app.post(`${link}/correct`, person({ email: "eve@example.org", name: "Ada King" }));
  assert.equal((await signatureOf(app, letter.id, address)).name, "Ada King");
});

test("a yes counts for what its page showed, whatever another window has made of it", async () => {
  await sign(app, letter.slug, person());
  const link = await mailedLink(app, address);
  const old = await yesOf(app, link);
  await corrected(link, person({ name: "Ada Lovelace" }));
  for (const yes of [old, {}]) {
    const answer = await app.post(`${link}?lang=en`, yes);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /nothing has been confirmed.*Ada Lovelace/s);
    assert.equal((await signatureOf(app, letter.id, address)).state, "pending");
  }
  // Put back to what was shown, it is what was shown.
  await corrected(link, person());
  assert.equal((await app.post(link, old)).status, 303);
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);

  // Too late: the page says that it is confirmed, and where it can be corrected.
  const late = await correct(link, person({ name: "Ada Lovelace" }));
  assert.match(await late.text(), /You have confirmed this signature.*Open my signature/s);
  assert.match(await pageOf(`${link}/correct`), /You have confirmed this signature/);
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
});

test("a form that comes meanwhile takes no link away, is told, and nothing is confirmed that was not shown", async () => {
  await sign(app, letter.slug, person());
  const first = await mailedLink(app, address);
  const yes = await yesOf(app, first);
  assert.doesNotMatch(await pageOf(first), /once more/);
  app.pass(1000);
  await sign(app, letter.slug, forged);
  const second = await mailedLink(app, address);
  assert.notEqual(second, first);
  // Whatever the old page says along, or if it says nothing.
  for (const said of [yes, {}, { revision: "1" }]) {
    const answer = await app.post(`${first}?lang=en`, said);
    assert.equal(answer.status, 200);
    assert.match(
      await answer.text(),
      /by a form with your address, so nothing has been confirmed.*Forgers Ltd/s,
    );
    assert.equal((await signatureOf(app, letter.id, address)).state, "pending");
  }
  assert.match(await pageOf(`${first}?lang=en`), /sent once more with your address on <time.*Forgers Ltd/s);
  assert.doesNotMatch(await pageOf(`${second}?lang=en`), /once more/);
  // A form that says what was shown is what was shown, by either link.
  app.pass(1000);
  await sign(app, letter.slug, person());
  assert.equal((await app.post(first, yes)).status, 303);
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
  await assertCounts(app, letter.id);
});

test("what is typed while a form comes is kept, and stands from then on", async () => {
  await sign(app, letter.slug, forged);
  const link = await mailedLink(app, address);
  await pageOf(`${link}/correct`);
  app.pass(1000);
  await sign(app, letter.slug, { ...forged, organisation: "Forgers again" });
  await corrected(link, person());
  assert.match(await pageOf(`${link}?corrected=1`), /Your changes are kept.*Ada Byron/s);
  app.pass(1000);
  await sign(app, letter.slug, forged);
  assert.equal((await app.post(link, await yesOf(app, link))).status, 303);
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
  await assertCounts(app, letter.id);
});

test("“this was not me” is heard by every link that was mailed", async () => {
  await sign(app, letter.slug, forged);
  const first = await mailedLink(app, address);
  app.pass(1000);
  await sign(app, letter.slug, { ...forged, organisation: "Forgers again" });
  assert.equal((await app.post(`${first}/not-me`, {})).status, 200);
  await pageOf(await mailedLink(app, address), 404);
  await assertCounts(app, letter.id);
});

test("a form that is sent later replaces what only a form has said, and nothing that was corrected by the link", async () => {
  await sign(app, letter.slug, forged);
  await sign(app, letter.slug, person({ name: "Eve" }));
  const second = await mailedLink(app, address);
  await corrected(second, person({ name: "Ada Lovelace" }));

  await sign(app, letter.slug, { ...forged, organisation: "Forgers again" }, "?lang=fr");
  const third = await mailedLink(app, address);
  assert.notEqual(third, second);
  for (const link of [second, third]) {
    const page = await pageOf(link);
    assert.match(page, /Ada Lovelace/);
    assert.match(page, /It was corrected on <time/);
    assert.doesNotMatch(page, /Forgers/);
  }
  await assertCounts(app, letter.id);
  // The newest link corrects and confirms like the one before.
  await corrected(third, person({ name: "Ada King" }));
  await app.post(second, await yesOf(app, second));
  assert.deepEqual(await namesOf(app, letter.id), ["Ada King"]);
  await assertCounts(app, letter.id);
});

test("often within a day is enough: the form comes back with all that was typed", async () => {
  await sign(app, letter.slug, person());
  const link = await mailedLink(app, address);
  for (let one = 1; one <= changeLimit; one++)
    await corrected(link, person({ name: `Ada ${one}`, updates: one % 2 ? "yes" : "" }));
  const answer = await correct(link, person({ name: "Ada “More”", country: "FR" }));
  assert.equal(answer.status, 429);
  const page = await answer.text();
  await assertValidHtml(page, "corrected often");
  assert.match(page, /changed often today/);
  assert.ok(page.includes('value="Ada “More”"'));
  assert.match(page, /value="FR" selected/);
  assert.match(await pageOf(link), new RegExp(`Ada ${changeLimit}<`));
  // What stands can be confirmed, and corrected tomorrow.
  app.pass(day);
  await corrected(link, person({ name: "Ada More" }));
  await app.post(link, await yesOf(app, link));
  assert.deepEqual(await namesOf(app, letter.id), ["Ada More"]);
});

test("an old link corrects nothing, and a renewed one finds what was corrected", async () => {
  await sign(app, letter.slug, forged);
  const link = await mailedLink(app, address);
  await corrected(link, person());
  app.pass(14 * day);
  assert.match(await pageOf(`${link}/correct`, 410), /This link is too old/);
  assert.equal((await correct(link, person({ name: "Eve" }))).status, 410);
  assert.equal((await app.post(`${link}/renew`, {})).status, 303);
  await app.runJobs();
  const fresh = await mailedLink(app, address);
  assert.match(await pageOf(fresh), /Ada Byron/);
  assert.match(await pageOf(`${fresh}/correct`), /value="Ada Byron"/);
});

test("after “this was not me”, an unknown link, and a letter that has closed: nothing to correct", async () => {
  await sign(app, letter.slug, forged);
  const link = await mailedLink(app, address);
  await app.post(`${link}/not-me`, {});
  const gone = [link, "/confirm/nothing", `/confirm/${"A".repeat(43)}`];
  for (const path of gone) {
    assert.match(await pageOf(`${path}/correct`, 404), /This link does not work/);
    assert.equal((await correct(path, person())).status, 404);
  }
  const closing = await app.letter({ ...openLetter, slug: `closing-${letters}` });
  await sign(app, closing.slug, forged);
  const late = await mailedLink(app, address);
  await app.db.updateTable("letter").set({ closes_on: "2020-01-01" }).where("id", "=", closing.id).execute();
  assert.match(await pageOf(`${late}/correct`, 410), /The letter closed before/);
  assert.equal((await correct(late, person())).status, 410);
  assert.equal((await signatureOf(app, closing.id, address)).name, "Forgers Ltd");
});

test("under a text that was revised meanwhile it can be corrected, and the page says that the text is another", async () => {
  await sign(app, letter.slug, forged);
  const link = await mailedLink(app, address);
  const old = await yesOf(app, link);
  const texts = openLetter.translations.map((text) => ({ ...text, body: "Answer within a week." }));
  await publishRevision(app.db, app.deps.clock, letter.id, texts);
  await corrected(link, person());
  assert.match(await pageOf(link), /The text was revised.*Ada Byron/s);
  assert.equal((await app.post(link, old)).status, 200);
  assert.equal((await app.post(link, await yesOf(app, link))).status, 303);
  const { state, revision } = await signatureOf(app, letter.id, address);
  assert.deepEqual([state, revision], ["accepted", 2]);
});

test("whether it is held is judged by what is true when it is confirmed", async () => {
  const words = watchedWords("Grace Hopper");
  const watched = { words: words.join(" "), name: "Grace Hopper", keys: watchKeys(words) };
  await app.db.insertInto("watched_name").values(watched).execute();
  // A person’s entry becomes that of an organisation whose website is elsewhere, and of a watched name.
  await sign(app, letter.slug, person());
  const link = await mailedLink(app, address);
  await corrected(
    link,
    organisation({ website: "https://elsewhere.example/", representative: "Grace Hopper" }),
  );
  await app.post(link, await yesOf(app, link));
  const held = await signatureOf(app, letter.id, address);
  assert.equal(held.state, "held");
  assert.deepEqual(await reasonsOf(app, held.id), ["watched", "domain"]);

  // And the other way: what would have been held is not, and the address is evidence of the website that is right.
  const office = organisation({ email: "office@readers.example", website: "https://elsewhere.example/" });
  await sign(app, letter.slug, office);
  const other = await mailedLink(app, office.email!);
  await corrected(other, { ...office, website: "https://readers.example/" });
  await app.post(other, await yesOf(app, other));
  const row = await signatureOf(app, letter.id, office.email!);
  assert.deepEqual([row.state, row.has_evidence], ["accepted", true]);
  await assertCounts(app, letter.id);
});

test("what was found good once, and known, is not said of what it becomes when its signatory is asked again", async () => {
  const watching = await heldLetter(app, `held-${letters}`);
  const office = organisation({ email: "office@readers.example" });
  const { id } = await signHeld(app, watching, office);
  const evidence = () =>
    app.db
      .selectFrom("evidence")
      .select(["kind", "detail", "removed_by"])
      .where("signature_id", "=", id)
      .orderBy("id")
      .execute();
  assert.deepEqual(await evidence(), [{ kind: "address", detail: "readers.example", removed_by: null }]);
  const texts = openLetter.translations.map((text) => ({ ...text, body: "Answer within a week." }));
  await publishRevision(app.db, app.deps.clock, watching.id, texts);
  const { db, keys, clock } = app.deps;
  const accept = { verdict: "accept", reason: null, note: null, told: false } as const;
  await decideNamed(db, keys, clock, "system", watching.id, { ids: [id], state: "held" }, accept);
  await app.runJobs();
  const link = await mailedLink(app, office.email!);

  // Somebody else’s form does not take its place.
  app.pass(1000);
  await sign(app, watching.slug, { ...office, organisation: "Forgers Ltd" });
  assert.match(await pageOf(link), /Readers’ Union/);
  // Whether the name is shown was not looked at.
  await corrected(link, { ...office, show: "no" });
  const cleared = () =>
    app.db
      .selectFrom("signature_hold")
      .select("cleared_at")
      .where("signature_id", "=", id)
      .executeTakeFirstOrThrow();
  assert.ok((await cleared()).cleared_at);
  assert.equal((await evidence())[0]!.removed_by, null);

  await corrected(link, { ...office, organisation: "Ministry of Truth", website: "https://truth.example/" });
  assert.equal((await cleared()).cleared_at, null);
  assert.deepEqual(await evidence(), [{ kind: "address", detail: "readers.example", removed_by: "system" }]);
  assert.equal((await signatureOf(app, watching.id, office.email!)).has_evidence, false);
  // Back at the website where the address is, it is known again.
  await corrected(link, { ...office, organisation: "Ministry of Truth" });
  await app.post(link, await yesOf(app, link));
  const row = await signatureOf(app, watching.id, office.email!);
  assert.deepEqual([row.state, row.has_evidence], ["held", true]);
  assert.deepEqual(await reasonsOf(app, id), ["rule"]);
  await assertCounts(app, watching.id);
});

test("the last of several corrections at once stands, and a yes among them counts for one of them whole", async () => {
  await sign(app, letter.slug, forged);
  const link = await mailedLink(app, address);
  await corrected(link, person());
  const yes = await yesOf(app, link);
  const names = ["Ada Lovelace", "Ada King", "Ada Noel"];
  await Promise.all([
    ...names.map((name) => correct(link, person({ name, affiliation: `${name}’s Society` }))),
    app.post(link, yes),
    sign(app, letter.slug, forged),
  ]);
  await app.runJobs();
  const { state, name, affiliation } = await signatureOf(app, letter.id, address);
  if (state === "accepted") assert.equal(name, "Ada Byron");
  else assert.equal(affiliation, `${name}’s Society`);
  await assertCounts(app, letter.id);
});
