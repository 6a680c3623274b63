/** What a signatory does with a private link: see, take along, correct, withdraw, sign again. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { mailLimits } from "../../src/signing/limits.ts";
import { purgeSigning } from "../../src/signing/purge.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { publishRevision } from "../support/revise.ts";
import { assertLogHolds } from "../support/served-log.ts";
import {
  day,
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
let letter: { id: string; slug: string };
let letters = 0;

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
});

const page = async (path: string) => (await app.fetch(path)).text();
const row = (kind: "person" | "organisation" = "person") =>
  app.db
    .selectFrom("signature")
    .selectAll()
    .where("letter_id", "=", letter.id)
    .where("kind", "=", kind)
    .executeTakeFirstOrThrow();

test("the private page shows everything that is kept, the address too", async () => {
  const own = await signAndConfirm(app, letter.slug, person({ email: "Ada@example.org", updates: "yes" }));
  const answer = await app.fetch(`${own}?lang=en`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  const text = await answer.text();
  await assertValidHtml(text, "own page");
  for (const words of [
    "Ada Byron",
    "Mathematician",
    "Analytical Society",
    "Ada@example.org",
    "United Kingdom",
  ]) {
    assert.ok(text.replace("<wbr>", "").includes(words), words);
  }
  const file = await app.fetch(`${own}?as=json`);
  assert.match(file.headers.get("content-disposition")!, /^attachment/);
  assert.equal(file.headers.get("cache-control"), "no-store");
  assert.deepEqual(await file.json(), {
    letter: { slug: letter.slug, title: "Answer Your Letters", revision: 1 },
    kind: "person",
    name: "Ada Byron",
    affiliation: "Analytical Society",
    role: "Mathematician",
    website: null,
    representative: null,
    country: "GB",
    show: true,
    updates: true,
    email: "Ada@example.org",
    language: "en",
    sentAt: app.deps.clock().toISOString(),
    confirmedAt: app.deps.clock().toISOString(),
    evidence: ["email-confirmed"],
  });
});

test("the link of the receipt mail works for as long as the signature stands", async () => {
  const form = person();
  await signAndConfirm(app, letter.slug, form);
  const own = await mailedLink(app, form.email!, "signatures");
  app.pass(1000 * day);
  assert.equal((await app.fetch(own)).status, 200);
});

test("affiliation and role can be corrected, and the list shows it", async () => {
  const own = await signAndConfirm(app, letter.slug, person());
  await app.fetch(`/letters/${letter.slug}`);
  const answer = await app.post(own, {
    affiliation: " Royal  Society ",
    role: "",
    updates: "yes",
    name: "Eve",
  });
  assert.equal(answer.status, 303);
  assert.match(await page(`${answer.headers.get("location")}&lang=en`), /saved/);
  const { name, affiliation, role, updates } = await row();
  assert.deepEqual([name, affiliation, role, updates], ["Ada Byron", "Royal Society", null, true]);
  assert.match(await page(`/letters/${letter.slug}`), /Royal Society/);
  const changes = await app.db
    .selectFrom("signature_change")
    .select(["change", "actor", "reason"])
    .where("signature_id", "=", (await row()).id)
    .orderBy("id")
    .execute();
  assert.deepEqual(changes, [
    { change: "accepted", actor: "signatory", reason: null },
    { change: "corrected", actor: "signatory", reason: "updates allowed" },
  ]);
});

test("the private page leads to the entry in the log, and a new affiliation to a new receipt", async () => {
  const own = await signAndConfirm(app, letter.slug, person());
  const logged = async () => {
    const receipt = await page(`${own}/receipt?lang=en`);
    return /href="(\/log\/entries\/\d+)/.exec(receipt)![1]!;
  };
  const first = await logged();
  assert.ok((await page(own)).includes(`href="${first}`));
  const same = await app.post(own, { affiliation: "Analytical Society", role: "Countess" });
  assert.doesNotMatch(await page(`${same.headers.get("location")}&lang=en`), /there is a new one/);
  const changed = await app.post(own, { affiliation: "Royal Society", role: "Countess" });
  assert.match(
    await page(`${changed.headers.get("location")}&lang=en`),
    /role="status">.*there is a new one: <a href="[^"]+\/receipt/,
  );
  const second = await logged();
  assert.notEqual(second, first);
  assert.ok((await page(own)).includes(`href="${second}`));
});

test("what stands beside a name that is not shown is not said to be shown", async () => {
  const own = await signAndConfirm(app, letter.slug, person({ show: "no" }));
  const kept = await page(`${own}?lang=en`);
  assert.doesNotMatch(kept, /Shown as/);
  assert.match(kept, /<dt>Role and affiliation<\/dt><dd>.*Analytical Society.*\(not shown\)/);
});

test("a correction that cannot be is refused with what was typed", async () => {
  const own = await signAndConfirm(app, letter.slug, person());
  const answer = await app.post(`${own}?lang=en`, {
    affiliation: "https://spam.example",
    role: "x".repeat(201),
  });
  assert.equal(answer.status, 422);
  const text = await answer.text();
  await assertValidHtml(text, "correction that came back");
  assert.ok(text.includes("https://spam.example") && text.includes("x".repeat(201)));
  assert.match(text, /role="alert"/);
  assert.equal((await row()).affiliation, "Analytical Society");
});

test("an organisation corrects its representative's role, which it needs", async () => {
  const own = await signAndConfirm(app, letter.slug, organisation());
  assert.equal((await app.post(own, { role: "" })).status, 422);
  assert.equal((await app.post(own, { role: "Chair", affiliation: "Elsewhere" })).status, 303);
  const { role, affiliation, representative } = await row("organisation");
  assert.deepEqual([role, affiliation, representative], ["Chair", null, "Rosa Reader"]);
});

for (const [coding, body] of [
  ["application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"],
  [
    "multipart/form-data; boundary=b",
    '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
  ],
] as const) {
  test(`one click of a mail program stops the publisher's mail, and shows nothing: ${coding}`, async () => {
    const form = person({ updates: "yes" });
    await signAndConfirm(app, letter.slug, form);
    const own = await mailedLink(app, form.email!, "signatures");
    const headers = { "Content-Type": coding, "Content-Length": String(body.length) };
    const answer = await app.fetch(`${own}?lang=en`, { method: "POST", headers, body });
    assert.equal(answer.status, 200);
    assert.ok(!(await answer.text()).includes("ada@example.org"));
    const { updates, affiliation } = await row();
    assert.deepEqual([updates, affiliation], [false, "Analytical Society"]);
  });
}

test("an upload that is no such click changes nothing", async () => {
  const form = person({ updates: "yes" });
  const own = await signAndConfirm(app, letter.slug, form);
  for (const body of ["--b--\r\n", "nothing", `--b\r\n${"x".repeat(5000)}`]) {
    const headers = {
      "Content-Type": "multipart/form-data; boundary=b",
      "Content-Length": String(body.length),
    };
    assert.equal((await app.fetch(own, { method: "POST", headers, body })).status, 415);
  }
  assert.equal((await row()).updates, true);
});

test("withdrawing asks once more, then takes the name off the list at once", async () => {
  const own = await signAndConfirm(app, letter.slug, organisation());
  await signAndConfirm(app, letter.slug, person());
  assert.match(await page(`/letters/${letter.slug}`), /Readers’ Union/);
  const asked = await app.fetch(`${own}/withdraw?lang=en`);
  assert.equal(asked.status, 200);
  await assertValidHtml(await asked.text(), "withdraw");
  assert.deepEqual(await namesOf(app, letter.id), ["Readers’ Union", "Ada Byron"]);

  app.pass(day);
  const mails = (await mailsTo(app, "office@readers.example")).length;
  assert.equal((await app.post(`${own}/withdraw`, {})).status, 303);
  await app.runJobs();
  assert.equal((await mailsTo(app, "office@readers.example")).length, mails);
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
  assert.deepEqual(await tallyOf(app, letter.id), { people: 1, organisations: 0, unnamed: 0 });
  assert.ok(!(await page(`/letters/${letter.slug}`)).includes("Readers’ Union"));

  for (const path of [own, `${own}/receipt`, `${own}/withdraw`]) {
    const text = await page(`${path}?lang=en`);
    assert.match(text, /withdrawn on <time datetime="2029/);
    assert.ok(!text.includes("Readers’ Union"));
  }
  assert.equal((await app.post(`${own}/withdraw`, {})).status, 303);
  assert.deepEqual(await tallyOf(app, letter.id), { people: 1, organisations: 0, unnamed: 0 });
  assert.equal((await app.post(own, { role: "Ghost" })).status, 200);
  assert.equal((await row("organisation")).role, "Secretary");
});

test("nothing is promised that a closed letter, or a revised text, cannot keep", async () => {
  const closesOn = app.deps.clock().toISOString().slice(0, 10);
  letter = await app.letter({ ...openLetter, slug: `letter-${++letters}`, closesOn });
  const own = await signAndConfirm(app, letter.slug, person());
  assert.match(await page(`${own}?lang=en`), /withdraw this signature and sign again/);
  assert.match(await page(`${own}/withdraw?lang=en`), /you can undo it on this page/);
  const texts = openLetter.translations.map((text) => ({ ...text, body: "Answer within a week." }));
  await publishRevision(app.db, app.deps.clock, letter.id, texts);
  assert.match(await page(`${own}?lang=en`), /once you have signed the new text as well/);
  assert.match(await page(`${own}/withdraw?lang=en`), /This cannot be undone/);
  app.pass(day);
  const closed = await page(`${own}?lang=en`);
  await assertValidHtml(closed, "own page of a closed letter");
  assert.match(closed, /The letter is closed: the affiliation can no longer be changed/);
  assert.doesNotMatch(closed, /sign again|I sign the new text/);
  const asked = await page(`${own}/withdraw?lang=en`);
  assert.match(asked, /This cannot be undone: the letter is closed/);
  assert.doesNotMatch(asked, /you can undo it/);
});

/** What a row holds still. */
async function heldOf(kind: "person" | "organisation"): Promise<string[]> {
  const held = Object.entries(await row(kind)).filter(([, value]) => value !== null);
  return held.map(([column]) => column).sort();
}

const impersonal = [
  "accepted_at",
  "created_at",
  "erased_at",
  "has_evidence",
  "id",
  "kind",
  "language",
  "letter_id",
  "place",
  "revision",
  "show",
  "state",
  "updates",
  "withdrawn_at",
];

test("erasing withdraws, and deletes what is personal, the secrets of the log and mail that waits", async () => {
  await sign(app, letter.slug, organisation());
  const link = await mailedLink(app, "office@readers.example");
  const answer = await app.post(link, {});
  const own = /\/signatures\/[\w-]{43}/.exec(answer.headers.get("location")!)![0];
  const mails = (await mailsTo(app, "office@readers.example")).length;
  // The mail of the receipt has not gone out yet.
  assert.equal((await app.post(`${own}/erase`, {})).status, 303);
  await app.runJobs();
  assert.equal((await mailsTo(app, "office@readers.example")).length, mails);
  assert.deepEqual(await heldOf("organisation"), impersonal);
  const { id } = await row("organisation");
  const secrets = app.db.selectFrom("signature_secret").selectAll().where("signature_id", "=", id);
  assert.deepEqual(await secrets.execute(), []);
  assert.deepEqual(await tallyOf(app, letter.id), { people: 0, organisations: 0, unnamed: 0 });
  assert.match(await page(`${own}?lang=en`), /was erased on <time/);
  assert.equal((await app.post(`${own}/restore`, {})).status, 303);
  assert.deepEqual(await heldOf("organisation"), impersonal);
});

test("a withdrawal can be undone for thirty days, with a new private link; then it is erased by itself", async () => {
  const own = await signAndConfirm(app, letter.slug, person());
  await app.post(`${own}/withdraw`, {});
  assert.match(await page(`${own}?lang=en`), /Put it back/);
  const back = await app.post(`${own}/restore`, {});
  assert.match(back.headers.get("location")!, /^\/signatures\/[\w-]{43}\/receipt\?done=restored$/);
  assert.match(await page(`${back.headers.get("location")}&lang=en`), /counts again, with a new receipt/);
  assert.ok(!back.headers.get("location")!.startsWith(own));
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
  assert.deepEqual(await tallyOf(app, letter.id), { people: 1, organisations: 0, unnamed: 0 });

  await app.post(`${own}/withdraw`, {});
  app.pass(29 * day);
  await purgeSigning(app.db, app.deps.clock);
  assert.equal((await row()).name, "Ada Byron");
  app.pass(2 * day);
  await purgeSigning(app.db, app.deps.clock);
  assert.deepEqual(await heldOf("person"), impersonal);
});

test("putting back again and again floods no inbox: the page has what is mailed no more", async () => {
  const email = "often@example.org";
  let own = await signAndConfirm(app, letter.slug, person({ email }));
  const before = (await mailsTo(app, email)).length;
  for (let at = 0; at < 5; at++) {
    await app.post(`${own}/withdraw`, {});
    const back = (await app.post(`${own}/restore`, {})).headers.get("location")!;
    await app.runJobs();
    own = back.replace(/\/receipt.*/, "");
    assert.match(await page(`${back}&lang=en`), /Your private link/);
  }
  // Three an hour, of which the first asked for the confirmation.
  assert.equal((await mailsTo(app, email)).length - before, mailLimits.letterHour - 1);
  assert.match(await page(`${own}/receipt?lang=en`), /This one works until/);
  assert.match(await page(`${own}/receipt.json`), /"owner": "/);
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
});

test("what was withdrawn cannot be put back once the address has signed again", async () => {
  const first = await signAndConfirm(app, letter.slug, person());
  await app.post(`${first}/withdraw`, {});
  await signAndConfirm(app, letter.slug, person({ name: "Ada Lovelace" }));
  const refused = await app.post(`${first}/restore`, {});
  assert.equal(refused.headers.get("location"), first);
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Lovelace"]);
});

test("after a withdrawal the same address may sign again, as somebody new", async () => {
  const form = person({ email: "again@example.org" });
  const first = await signAndConfirm(app, letter.slug, form);
  await app.post(`${first}/withdraw`, {});
  await signAndConfirm(app, letter.slug, { ...form, name: "Ada Lovelace" });
  assert.deepEqual(await namesOf(app, letter.id), ["Ada Lovelace"]);
  assert.match(await page(`${first}?lang=en`), /This signature was withdrawn/);
});

test("a letter is known by an organisation's name for as long as one of that name stands on its list", async () => {
  const known = () =>
    app.db.selectFrom("letter_organisation").select("folded").where("letter_id", "=", letter.id).execute();
  const one = await signAndConfirm(app, letter.slug, organisation({ email: "one@readers.example" }));
  const two = await signAndConfirm(app, letter.slug, organisation({ email: "two@readers.example" }));
  const unnamed = organisation({ organisation: "Quiet Society", email: "quiet@example.org", show: "no" });
  await signAndConfirm(app, letter.slug, unnamed);
  assert.deepEqual(await known(), [{ folded: "readers' union" }]);
  const found = async () => (await page("/?q=readers&lang=en")).includes(`/letters/${letter.slug}`);
  assert.ok(await found());
  await app.post(`${one}/withdraw`, {});
  assert.deepEqual(await known(), [{ folded: "readers' union" }]);
  const [, three] = await Promise.all([
    app.post(`${two}/withdraw`, {}),
    signAndConfirm(app, letter.slug, organisation({ email: "three@readers.example" })),
  ]);
  assert.deepEqual(await known(), [{ folded: "readers' union" }]);
  await app.post(`${three}/withdraw`, {});
  assert.deepEqual(await known(), []);
  assert.ok(!(await found()));
});

test("an unknown private link helps on, whatever is asked of it", async () => {
  const path = `/signatures/${"B".repeat(43)}`;
  for (const one of [path, `${path}/receipt`, `${path}/withdraw`, `${path}?as=json`]) {
    assert.equal((await app.fetch(one)).status, 404);
  }
  assert.equal((await app.post(path, {})).status, 404);
  assert.equal((await app.post(`${path}/withdraw`, {})).status, 404);
});

test("a confirmation link is no private link, and a private link confirms nothing", async () => {
  const form = person({ email: "mixed@example.org" });
  await app.post(`/letters/${letter.slug}/sign`, form);
  await app.runJobs();
  const link = await mailedLink(app, form.email!);
  assert.equal((await app.fetch(link.replace("/confirm/", "/signatures/"))).status, 404);
  const own = await signAndConfirm(app, letter.slug, person());
  assert.equal((await app.post(own.replace("/signatures/", "/confirm/"), {})).status, 404);
});
