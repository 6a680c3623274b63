/** Many at the same moment: one signature for an address, one count for a signature, and never an error. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { TestApp } from "../support/app.ts";
import { assertLogHolds } from "../support/served-log.ts";
import {
  confirm,
  mailedLink,
  mailsTo,
  openLetter,
  organisation,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
  tallyOf,
  yesOf,
} from "../support/signing.ts";

let app: TestApp;
let letter: { id: string; slug: string };

before(async () => {
  app = await startSigningApp();
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});

async function another(name: string): Promise<void> {
  letter = await app.letter({ ...openLetter, slug: name });
}

const statuses = (answers: readonly Response[]) => Array.from(new Set(answers.map(({ status }) => status)));
const times = <Result>(n: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: n }, (_, index) => work(index)));
const rowsOf = () =>
  app.db.selectFrom("signature").select(["state", "name"]).where("letter_id", "=", letter.id).execute();

test("twenty submissions of one address leave one entry, and as many mails as may be", async () => {
  await another("one-address");
  const answers = await times(20, (index) =>
    app.post(`/letters/${letter.slug}/sign`, person({ name: `Ada ${index}`, email: "race@example.org" })),
  );
  assert.deepEqual(statuses(answers), [303]);
  assert.equal((await rowsOf()).length, 1);
  const sent = await app.db.selectFrom("mail_sent").select("id").execute();
  assert.equal(sent.length, 3);
  await app.runJobs();
  // Of mails that wait about one entry the newest goes out.
  assert.equal((await mailsTo(app, "race@example.org")).length, 1);
  await confirm(app, await mailedLink(app, "race@example.org"));
  assert.equal((await tallyOf(app, letter.id)).people, 1);
});

test("fifty confirmations of one signature count once, and bring one receipt", async () => {
  await another("one-signature");
  const form = organisation({ email: "fifty@example.org" });
  await sign(app, letter.slug, form);
  const link = await mailedLink(app, form.email!);
  const answers = await times(50, () => app.post(link, {}));
  assert.deepEqual(statuses(answers), [303]);
  assert.deepEqual(await tallyOf(app, letter.id), { people: 0, organisations: 1, unnamed: 0 });
  await app.runJobs();
  const mails = await mailsTo(app, form.email!);
  assert.equal(mails.length, 2);
  const changes = await app.db
    .selectFrom("signature_change as c")
    .innerJoin("signature as s", "s.id", "c.signature_id")
    .select("c.change")
    .where("s.letter_id", "=", letter.id)
    .execute();
  assert.deepEqual(changes, [{ change: "accepted" }]);
  // Every answer led to a page that can be opened, or to one whose link gave way to newer ones; the receipt's stands.
  assert.equal((await app.fetch(await mailedLink(app, form.email!, "signatures"))).status, 200);
});

test("forty people confirm one letter at the same moment: all are counted, each in a place of its own", async () => {
  await another("many-people");
  const forms = Array.from({ length: 40 }, (_, n) =>
    n % 3 === 0
      ? organisation({ email: `office${n}@example.org`, organisation: `Union of ${n} Readers and Writers` })
      : person({ email: `person${n}@example.org`, show: n % 2 ? "yes" : "no" }),
  );
  await times(40, (n) => app.post(`/letters/${letter.slug}/sign`, forms[n]!));
  await app.runJobs();
  const links = await Promise.all(forms.map((form) => mailedLink(app, form.email!)));
  const answers = await times(40, (n) => app.post(links[n]!, {}));
  assert.deepEqual(statuses(answers), [303]);
  const people = forms.filter(({ kind }) => kind === "person").length;
  assert.deepEqual(await tallyOf(app, letter.id), {
    people,
    organisations: 40 - people,
    unnamed: forms.filter(({ show }) => show === "no").length,
  });
  const places = await app.db
    .selectFrom("signature")
    .select("place")
    .where("letter_id", "=", letter.id)
    .execute();
  assert.equal(new Set(places.map(({ place }) => place)).size, 40);
});

test("confirming and sending the form again at the same moment: one of them is first, nothing is lost", async () => {
  await another("confirm-and-resend");
  for (let round = 0; round < 8; round++) {
    const form = person({ email: `both${round}@example.org`, name: "First" });
    await sign(app, letter.slug, form);
    const link = await mailedLink(app, form.email!);
    const yes = await yesOf(app, link);
    const [confirmed, resent, again] = await Promise.all([
      app.post(link, yes),
      app.post(`/letters/${letter.slug}/sign`, { ...form, name: "Second" }),
      app.post(link, {}),
    ]);
    assert.ok([303, 200].includes(confirmed.status) && [303, 200].includes(again.status));
    assert.equal(resent.status, 303);
  }
  const rows = await rowsOf();
  assert.equal(rows.length, 8);
  // What was confirmed is what its page had shown.
  for (const { state, name } of rows) assert.equal(name, state === "accepted" ? "First" : "Second");
  const accepted = rows.filter(({ state }) => state === "accepted").length;
  assert.equal((await tallyOf(app, letter.id)).people, accepted);
});

test("ten withdrawals of one signature count out once", async () => {
  await another("withdrawals");
  const own = await signAndConfirm(app, letter.slug, person({ email: "leaves@example.org" }));
  await signAndConfirm(app, letter.slug, person({ email: "stays@example.org" }));
  const answers = await times(10, () => app.post(`${own}/withdraw`, {}));
  assert.deepEqual(statuses(answers).sort(), statuses(answers).includes(200) ? [200, 303] : [303]);
  assert.equal((await tallyOf(app, letter.id)).people, 1);
});
