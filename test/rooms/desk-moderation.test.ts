/** Held signatures at the desk: the queue, one signature, many at once, a letter's list and its rules. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { inTransaction } from "../../src/database/transaction.ts";
import { closeLetter } from "../../src/letters/close.ts";
import { purgeSigning } from "../../src/signing/purge.ts";
import { setWatchList } from "../../src/signing/watch-list.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accountOf, leadsTo, setUp, signedIn, type Visitor } from "../support/desk.ts";
import { assertCounts, heldLetter, reasonsOf, signatureOf, signHeld } from "../support/moderation.ts";
import { assertLogHolds, entriesOf } from "../support/served-log.ts";
import {
  day,
  mailsTo,
  namesOf,
  openLetter,
  organisation,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
} from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;
let letter: { id: string; slug: string };

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
  letter = await heldLetter(app, "held");
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});

async function page(path: string, status = 200): Promise<string> {
  const answer = await owner.get(path);
  const text = await answer.text();
  assert.equal(answer.status, status, path);
  await assertValidHtml(text, path);
  return text;
}

test("an empty queue says so, and every page of it stands", async () => {
  assert.match(await page("/desk/review"), /Nothing is held/);
  assert.match(await page("/desk/review/decisions"), /Nothing has been decided yet/);
  assert.match(await page(`/desk/letters/${letter.id}/signatures`), /Nobody has signed yet/);
  leadsTo(await owner.get("/desk/review/all"), "/desk/review");
});

test("the queue tells why, home tells how many, and one press accepts; the next takes it back", async () => {
  const { id } = await signHeld(app, letter, person({ email: "one@example.org", name: "One Held" }));
  assert.match(await page("/desk"), /signature held for a look/);
  const queue = await page("/desk/review");
  for (const words of ["One Held", "This letter holds all people", "one@example.org", "Answer Your Letters"])
    assert.ok(queue.includes(words), words);
  const done = await owner.post("/desk/review", { one: id });
  leadsTo(done, /^\/desk\/review\?done=accept&count=1&undo=/);
  await app.runJobs();
  assert.deepEqual(await namesOf(app, letter.id), ["One Held"]);
  const note = await page(done.headers.get("location")!);
  const [, undo] = /action="(\/desk\/review\/decisions\/[0-9a-f-]+\/undo)"/.exec(note)!;
  leadsTo(await owner.post(undo!), "/desk/review/decisions?done=undone");
  await app.runJobs();
  assert.deepEqual(await namesOf(app, letter.id), []);
  assert.match(await page("/desk/review/decisions?done=undone"), /is being taken back.*Taken back/s);
  leadsTo(await owner.post(undo!), "/desk/review/decisions?done=already-undone");
});

test("the queue and the search lead to a signature, which says who held it and which text it signed", async () => {
  const { id } = await signHeld(app, letter, person({ email: "seen@example.org", name: "Seen Held" }));
  const path = `/desk/letters/${letter.id}/signatures/${id}`;
  assert.match(await page("/desk/review"), new RegExp(`<a href="${path}" data-open><bdi>Seen Held`));
  const signature = await page(path);
  assert.match(signature, new RegExp(`<a href="/letters/${letter.slug}/revisions/1">Revision 1</a>`));
  // The signatory confirmed; the rules held.
  assert.match(signature, /<th scope="row">Held<br>.*?<\/th><td data-l="Who">The software<\/td>/s);
  const found = await page("/desk/search?q=seen");
  assert.match(found, new RegExp(`<a href="${path}"><bdi>Seen Held.*Held`, "s"));
  assert.doesNotMatch(found, /Held for a look/);
  leadsTo(await owner.post(path, { verdict: "accept", state: "held" }), /done=accept/);
  await app.runJobs();
});

test("refusing those that are checked needs a reason; what was typed and checked comes back", async () => {
  const { id } = await signHeld(app, letter, person({ email: "two@example.org", name: "Two Held" }));
  const answer = await owner.post("/desk/review", {
    "signature[]": id,
    verdict: "refuse",
    note: "Please sign yourself.",
  });
  assert.equal(answer.status, 422);
  const back = await answer.text();
  await assertValidHtml(back, "returned queue");
  assert.match(back, new RegExp(`value="${id}" checked`));
  assert.match(back, /Choose why it is refused/);
  assert.match(back, /Please sign yourself\./);
  const nobody = await owner.post("/desk/review", { verdict: "accept" });
  assert.equal(nobody.status, 422);
  assert.match(await nobody.text(), /Check the signatures/);
  const fields = {
    "signature[]": id,
    verdict: "refuse",
    reason: "impersonation",
    note: "Please sign yourself.",
  };
  leadsTo(await owner.post("/desk/review", fields), /done=refuse&count=1/);
  await app.runJobs();
  assert.match((await mailsTo(app, "two@example.org"))[0]!.text, /“Please sign yourself\.”/);
  await assertCounts(app, letter.id);
});

test("signatures of two letters are decided together, a decision for each", async () => {
  const other = await heldLetter(app, "other");
  const one = await signHeld(app, letter, person({ email: "three@example.org", name: "Three" }));
  const two = await signHeld(app, other, person({ email: "four@example.org", name: "Four" }));
  const body = new URLSearchParams([
    ["signature[]", one.id],
    ["signature[]", two.id],
    ["verdict", "accept"],
  ]);
  const cookie = Array.from(owner.cookies, ([name, value]) => `${name}=${value}`).join("; ");
  const answer = await app.fetch("/desk/review", {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "Sec-Fetch-Site": "same-origin",
      Cookie: cookie,
    },
    body: body.toString(),
  });
  leadsTo(answer, "/desk/review?done=accept&count=2");
  await app.runJobs();
  assert.ok((await namesOf(app, letter.id)).includes("Three"));
  assert.deepEqual(await namesOf(app, other.id), ["Four"]);
  const acts = await app.db
    .selectFrom("act")
    .select(["letter_id", "after"])
    .where("act", "=", "signature.accept")
    .orderBy("id", "desc")
    .limit(2)
    .execute();
  assert.deepEqual(acts.map((act) => act.letter_id).sort(), [letter.id, other.id].sort());
  assert.deepEqual(
    acts.map((act) => act.after),
    [{ signatures: 1 }, { signatures: 1 }],
  );
});

test("all that are described: shown first, then decided, and nothing that came in between", async () => {
  const many = await heldLetter(app, "many");
  await signHeld(app, many, person({ email: "a@uni.example", name: "Person A", country: "CH" }));
  await signHeld(app, many, person({ email: "b@uni.example", name: "Person B", country: "FR" }));
  await signHeld(
    app,
    many,
    organisation({ email: "c@guild.example", organisation: "Guild C", country: "CH" }),
  );
  const filter = `letter=${many.id}&kind=person&country=CH&domain=uni.example`;
  const queue = await page(`/desk/review?${filter}`);
  assert.match(queue, /Person A/);
  assert.doesNotMatch(queue, /Person B|Guild C/);
  const preview = await page(`/desk/review/all?${filter}`);
  assert.match(preview, /This touches one signature:.*Person A.*Accept all 1/s);
  const shown = sealOf(preview);
  app.pass(1000);
  await signHeld(app, many, person({ email: "late@uni.example", name: "Late", country: "CH" }));
  leadsTo(
    await owner.post(`/desk/review/all?${filter}`, { verdict: "accept", shown }),
    "/desk/review/decisions?done=accept",
  );
  await app.runJobs();
  assert.deepEqual(await namesOf(app, many.id), ["Person A"]);
  assert.match(await page("/desk/review/decisions?done=accept"), /uni\.example/);
  const wrong = await page(`/desk/review?letter=${many.id}&domain=no+domain&before=yesterday`);
  assert.match(wrong, /This is no domain.*value="no domain"/s);
  assert.match(wrong, /This is no day/);
  const refused = await owner.post(`/desk/review/all?letter=${many.id}`, { verdict: "refuse", shown });
  assert.equal(refused.status, 422);
  await assertValidHtml(await refused.text(), "returned preview");
  await assertCounts(app, many.id);
});

test("the domain by which many were described is forgotten when what was refused is erased; undoing works all the same", async () => {
  const letter = await heldLetter(app, "domain");
  for (const name of ["ann", "bea"])
    await signHeld(app, letter, person({ email: `${name}@forget.example`, name, country: "CH" }));
  const filter = `letter=${letter.id}&country=CH&domain=forget.example`;
  const shown = sealOf(await page(`/desk/review/all?${filter}`));
  await owner.post(`/desk/review/all?${filter}`, { verdict: "accept", shown });
  await app.runJobs();
  const decisions = `/desk/review/decisions?letter=${letter.id}`;
  const purgeAfter = async (days: number) => {
    app.pass(days * day);
    await purgeSigning(app.db, app.deps.clock);
    owner = await signedIn(app, "Ada Byron");
  };
  await purgeAfter(29);
  assert.match(await page(decisions), /forget\.example/);
  await purgeAfter(2);
  const later = await page(decisions);
  assert.match(later, /Domain of the address<\/dt><dd>forgotten since.*Switzerland/s);
  const { rows } = await sql`select from decision where condition::text like '%forget.example%'`.execute(
    app.db,
  );
  assert.equal(rows.length, 0);
  const undo = /action="(\/desk\/review\/decisions\/[^"]+\/undo)"/.exec(later)![1]!;
  leadsTo(await owner.post(undo, {}), "/desk/review/decisions?done=undone");
  await app.runJobs();
  assert.deepEqual(await namesOf(app, letter.id), []);
  await assertCounts(app, letter.id);
});

/** What a preview showed, as its form brings it along. */
const sealOf = (preview: string) => /name="shown" value="([^"]+)"/.exec(preview)![1]!;

test("a decision reaches what its preview showed, and no form makes it reach more", async () => {
  const letter = await heldLetter(app, "no-more");
  await signHeld(app, letter, person({ email: "first@uni.example", name: "First", country: "CH" }));
  const all = `/desk/review/all?letter=${letter.id}`;
  const shown = sealOf(await page(all));
  const later = new Date(app.deps.clock().getTime() + day).toISOString();
  const swiss = sealOf(await page(`${all}&country=CH`));
  // A node whose clock is behind holds one as if it had been there.
  await signHeld(app, letter, person({ email: "slipped@uni.example", name: "Slipped", country: "FR" }));
  for (const fields of [
    { until: later },
    { shown: later },
    { shown: `${shown}x` },
    { shown: swiss },
    { shown },
  ]) {
    const answer = await owner.post(all, { verdict: "accept", ...fields });
    assert.equal(answer.status, 409);
    const document = await answer.text();
    await assertValidHtml(document, "changed preview");
    assert.match(document, /no longer what you were shown(?=.*First)(?=.*Slipped).*Accept all 2/s);
  }
  const decisions = await app.db
    .selectFrom("decision")
    .selectAll()
    .where("letter_id", "=", letter.id)
    .execute();
  assert.deepEqual(decisions, []);
  leadsTo(
    await owner.post(`${all}&country=CH`, { verdict: "accept", shown: swiss }),
    "/desk/review/decisions?done=accept",
  );
  await app.runJobs();
  assert.deepEqual(await namesOf(app, letter.id), ["First"]);
});

test("a letter's list has every state, and finds by name and by address", async () => {
  const list = await app.letter({ ...openLetter, slug: "list" });
  await sign(app, list.slug, person({ email: "p@example.org", name: "Petra Pending" }));
  await signAndConfirm(app, list.slug, person({ email: "acc@example.org", name: "Anna Accepted" }));
  await signAndConfirm(app, list.slug, organisation({ email: "h@gmail.com", organisation: "Held Union" }));
  const path = `/desk/letters/${list.id}/signatures`;
  const all = await page(path);
  for (const name of ["Petra Pending", "Anna Accepted", "Held Union"]) assert.ok(all.includes(name), name);
  const held = await page(`${path}?state=held`);
  assert.match(held, /Held Union/);
  assert.doesNotMatch(held, /Petra|Anna/);
  const found = await page(`${path}?q=PETRA`);
  assert.match(found, /Petra Pending/);
  assert.doesNotMatch(found, /Anna Accepted/);
  assert.match(await page(`${path}?q=Acc%40example.org`), /Anna Accepted/);
  assert.match(await page(`${path}?q=acc%40example.org&state=held`), /Nothing was found/);
  assert.match(await page(`${path}?q=pe`), /Petra Pending/);
  assert.match(await page(`${path}?q=ra`), /Nothing was found/);
  assert.match(await page(`${path}?q=%25`), /Nothing was found/);
});

test("a list turns its pages without leaving out or repeating anybody", async () => {
  const long = await app.letter({ ...openLetter, slug: "long" });
  await signAndConfirm(app, long.slug, person({ email: "first@example.org", name: "First" }));
  await sql`insert into signature (id, letter_id, revision, kind, state, name, name_folded, country, show, updates, language,
      email_sealed, email_hash, created_at)
    select gen_random_uuid(), letter_id, revision, kind, 'pending', 'N' || n, 'n' || n, country, show, updates, language,
      email_sealed, sha256(n::text::bytea), created_at - (n % 7) * interval '1 second'
    from signature, generate_series(1, 119) n where letter_id = ${long.id}`.execute(app.db);
  const seen: string[] = [];
  let path: string | undefined = `/desk/letters/${long.id}/signatures`;
  for (let pages = 0; path; pages++) {
    assert.ok(pages < 4);
    const text: string = await page(path);
    seen.push(
      ...Array.from(text.matchAll(/signatures\/([0-9a-f]{8}-[0-9a-f-]{27})"/g), (match) => match[1]!),
    );
    path = /href="([^"]+after=[^"]+)">Earlier ones/.exec(text)?.[1]?.replaceAll("&amp;", "&");
  }
  assert.equal(seen.length, 120);
  assert.equal(new Set(seen).size, 120);
});

test("one signature shows what is known and what became of it, and can be refused and put back", async () => {
  const single = await app.letter({ ...openLetter, slug: "single" });
  await signAndConfirm(
    app,
    single.slug,
    organisation({ email: "s@gmail.com", organisation: "Single Union" }),
  );
  const { id } = await signatureOf(app, single.id, "s@gmail.com");
  const path = `/desk/letters/${single.id}/signatures/${id}`;
  assert.match(await page(path), /Single Union.*not at the organisation’s own domain.*What became of it/s);
  assert.equal((await owner.post(path, { verdict: "refuse" })).status, 422);
  leadsTo(
    await owner.post(path, { verdict: "refuse", state: "held", reason: "abuse", silent: "yes" }),
    /done=refuse&count=1/,
  );
  assert.match(await page(path), /The entry is abusive\..*No email was sent about it/s);
  leadsTo(await owner.post(path, { verdict: "hold", state: "refused" }), /done=hold&count=1$/);
  // A page that shows what it was before decides nothing.
  leadsTo(await owner.post(path, { verdict: "hold", state: "refused" }), /done=hold&count=0/);
  leadsTo(await owner.post(path, { verdict: "accept", state: "held" }), /done=accept&count=1/);
  await app.runJobs();
  assert.deepEqual(await namesOf(app, single.id), ["Single Union"]);
  assert.match(await page(path), /href="\/log\/entries\/\d+"/);
  await page(`/desk/letters/${letter.id}/signatures/${id}`, 404);
  await assertCounts(app, single.id);
});

test("a letter's rules are set, hold for what is confirmed from then on, and stand in the history", async () => {
  const rules = await app.letter({ ...openLetter, slug: "rules" });
  const path = `/desk/letters/${rules.id}/moderation`;
  await page(path);
  leadsTo(await owner.post(path, { people: "hold", organisations: "accept" }), `${path}?saved=1`);
  assert.match(await page(`${path}?saved=1`), /Saved\./);
  await signHeld(app, rules, person({ email: "rules@example.org" }));
  await signAndConfirm(
    app,
    rules.slug,
    organisation({ email: "o@rules.example", organisation: "Rules Union" }),
  );
  assert.deepEqual(await namesOf(app, rules.id), ["Rules Union"]);
  const [act] = await app.db.selectFrom("act").selectAll().where("act", "=", "letter.moderation").execute();
  assert.deepEqual(act!.after, { holdPeople: true, holdOrganisations: false });
  assert.equal(act!.letter_id, rules.id);
});

test("a corrected affiliation is looked at as a new signature is", async () => {
  const form = person({ email: "corrects@example.org", name: "Cora Corrects", affiliation: "A small club" });
  const { own, id } = await signHeld(app, letter, form);
  leadsTo(await owner.post("/desk/review", { one: id }), /count=1/);
  await app.runJobs();
  assert.ok((await namesOf(app, letter.id)).includes("Cora Corrects"));
  leadsTo(await app.post(own, { affiliation: "The Royal Court", role: "", updates: "no" }), /saved=receipt/);
  await app.runJobs();
  assert.equal((await signatureOf(app, letter.id, "corrects@example.org")).state, "held");
  assert.ok(!(await namesOf(app, letter.id)).includes("Cora Corrects"));
  assert.match(await page("/desk/review"), /The Royal Court/);
  await assertCounts(app, letter.id);
  leadsTo(await owner.post("/desk/review", { one: id }), /count=1/);
  await app.runJobs();
  assert.ok((await namesOf(app, letter.id)).includes("Cora Corrects"));
  await assertCounts(app, letter.id);
});

test("a page that was shown before decides about nothing that its signatory has changed since", async () => {
  const form = person({ email: "changes@example.org", name: "Cora Changes", affiliation: "A small club" });
  const { own, id } = await signHeld(app, letter, form);
  const one = `/desk/letters/${letter.id}/signatures/${id}`;
  const shownUntil = async (path: string) => /name="heldUntil" value="([^"]+)"/.exec(await page(path))![1]!;
  const decide = async (heldUntil: string, inQueue: boolean) =>
    inQueue
      ? owner.post("/desk/review", { one: id, heldUntil })
      : owner.post(one, { state: "held", verdict: "accept", heldUntil });
  const old = [await shownUntil("/desk/review"), await shownUntil(one)] as const;
  // A colleague accepts it; then its signatory says something else, and it is held anew.
  leadsTo(await owner.post("/desk/review", { one: id }), /count=1/);
  await app.runJobs();
  app.pass(1000);
  leadsTo(await app.post(own, { affiliation: "The Royal Court", role: "", updates: "no" }), /saved=receipt/);
  await app.runJobs();
  leadsTo(await decide(old[0], true), /count=0/);
  leadsTo(await decide(old[1], false), /count=0/);
  assert.equal((await signatureOf(app, letter.id, form.email!)).state, "held");
  leadsTo(await decide(await shownUntil(one), false), /count=1/);
  await app.runJobs();
  assert.equal((await signatureOf(app, letter.id, form.email!)).state, "accepted");
  await assertCounts(app, letter.id);
});

test("a role that names somebody who is watched is held; where it cannot be looked at any more, it is refused", async () => {
  const actor = await accountOf(app, "Ada Byron");
  await setWatchList(app.db, app.deps.clock, actor, ["The Royal Court"]);
  const form = person({ email: "roles@example.org", name: "Rolf Roles", role: "Gardener" });
  const open = await app.letter({ ...openLetter, slug: "roles" });
  const own = await signAndConfirm(app, open.slug, form);
  const entries = (await entriesOf(app)).length;
  const correct = (role: string) => app.post(`${own}?lang=en`, { affiliation: form.affiliation!, role });
  leadsTo(await correct("Head gardener"), /saved=/);
  assert.equal((await signatureOf(app, open.id, form.email!)).state, "accepted");
  assert.equal((await entriesOf(app)).length, entries);
  leadsTo(await correct("Gardener of the Royal Court"), /saved=/);
  await app.runJobs();
  const { id, state, role } = await signatureOf(app, open.id, form.email!);
  assert.deepEqual([state, role], ["held", "Gardener of the Royal Court"]);
  assert.deepEqual(await reasonsOf(app, id), ["watched"]);
  assert.deepEqual(await namesOf(app, open.id), []);
  await assertCounts(app, open.id);
  leadsTo(await owner.post("/desk/review", { one: id }), /count=1/);
  await app.runJobs();
  assert.deepEqual(await namesOf(app, open.id), ["Rolf Roles"]);
  await inTransaction(app.db, (trx) => closeLetter(trx, open.id, app.deps.clock()));
  leadsTo(await correct("Retired"), /saved=/);
  const answer = await correct("Friend of the Royal Court");
  assert.equal(answer.status, 422);
  const text = await answer.text();
  await assertValidHtml(text, "role that came back");
  assert.match(text, /can no longer be changed to this[\s\S]*value="Friend of the Royal Court"/);
  assert.equal((await signatureOf(app, open.id, form.email!)).role, "Retired");
  await assertLogHolds(app);
});
