/** Nobody learns from the form who signed: it answers alike, whatever is known of the address. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { decideNamed } from "../../src/signing/decide.ts";
import type { TestApp } from "../support/app.ts";
import { signatureOf } from "../support/moderation.ts";
import { assertLogHolds } from "../support/served-log.ts";
import {
  confirm,
  linkIn,
  mailedLink,
  mailsTo,
  openLetter,
  organisation,
  person,
  sign,
  startSigningApp,
} from "../support/signing.ts";

let app: TestApp;
let slug: string;
let letterId: string;

before(async () => {
  app = await startSigningApp();
  ({ slug, id: letterId } = await app.letter(openLetter));
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});

/** Everything that a sender of the form can see. */
async function seen(form: Record<string, string>): Promise<unknown> {
  const answer = await app.post(`/letters/${slug}/sign`, form);
  const location = answer.headers.get("location")!;
  const next = await app.fetch(location);
  return {
    status: answer.status,
    headers: Array.from(answer.headers).filter(([name]) => name !== "date"),
    body: await answer.text(),
    next: [next.status, Array.from(next.headers).filter(([name]) => name !== "date"), await next.text()],
  };
}

test("new, pending, corrected, held, accepted, refused, blocked and limited addresses are answered alike", async () => {
  const pending = person({ email: "pending@example.org" });
  const corrected = person({ email: "corrected@example.org" });
  const accepted = person({ email: "accepted@example.org" });
  const blocked = organisation({ email: "blocked@example.org" });
  const limited = person({ email: "limited@example.org" });

  await sign(app, slug, pending);
  await sign(app, slug, corrected);
  const link = await mailedLink(app, corrected.email!);
  assert.equal((await app.post(`${link}/correct`, { ...corrected, name: "Ada King" })).status, 303);
  await sign(app, slug, accepted);
  await confirm(app, await mailedLink(app, accepted.email!));
  const held = organisation({ email: "held@example.org", website: "https://elsewhere.example/" });
  const refused = person({ email: "refused@example.org" });
  for (const form of [held, refused]) {
    await sign(app, slug, form);
    await confirm(app, await mailedLink(app, form.email!));
  }
  assert.equal((await signatureOf(app, letterId, held.email!)).state, "held");
  const { id } = await signatureOf(app, letterId, refused.email!);
  const ruling = { verdict: "refuse", reason: "not-real", note: null, told: true } as const;
  const { db, keys, clock } = app.deps;
  await decideNamed(db, keys, clock, "system", letterId, { ids: [id], state: "held" }, ruling);
  await app.runJobs();
  await sign(app, slug, blocked);
  await app.post(`${await mailedLink(app, blocked.email!)}/not-me`, {});
  for (let sent = 0; sent < 3; sent++) await sign(app, slug, limited);

  const before = new Map<string, number>();
  for (const { email } of [pending, corrected, held, accepted, refused, blocked, limited]) {
    before.set(email!, (await mailsTo(app, email!)).length);
  }
  const measure = await seen(person({ email: "new@example.org" }));
  for (const form of [pending, corrected, held, accepted, refused, blocked, limited]) {
    assert.deepEqual(await seen(form), measure, form.email);
  }

  await app.runJobs();
  const mails = async (email: string) => (await mailsTo(app, email)).length - (before.get(email) ?? 0);
  assert.equal(await mails("new@example.org"), 1);
  assert.equal(await mails("pending@example.org"), 1);
  assert.equal(await mails("corrected@example.org"), 1);
  assert.equal(await mails("held@example.org"), 1);
  assert.equal(await mails("accepted@example.org"), 1);
  assert.equal(await mails("refused@example.org"), 1);
  assert.equal(await mails("blocked@example.org"), 0);
  assert.equal(await mails("limited@example.org"), 0);
});

test("who has signed already is told so by mail, with a private link that works, and counts once", async () => {
  const form = person({ email: "twice@example.org", name: "Grace Hopper" });
  await sign(app, slug, form);
  await confirm(app, await mailedLink(app, form.email!));
  await sign(
    app,
    slug,
    { ...form, name: "Somebody Else", affiliation: "", email: "Twice@Example.org" },
    "?lang=fr",
  );
  const [mail] = await mailsTo(app, form.email!);
  assert.equal(mail!.subject, "Vous avez déjà signé\u00a0: Répondez à vos lettres");
  assert.ok(!mail!.text.includes("Somebody Else"));
  const own = await app.fetch(await mailedLink(app, form.email!, "signatures"));
  assert.match(await own.text(), /Grace Hopper/);
  const rows = await app.db
    .selectFrom("signature")
    .select(["name", "state"])
    .where("email_hash", "=", app.deps.keys.addressHash("twice@example.org"))
    .execute();
  assert.deepEqual(rows, [{ name: "Grace Hopper", state: "accepted" }]);
});

test("spellings of one mailbox are one address", async () => {
  await sign(app, slug, person({ email: "Ada.Byron+letters@gmail.com" }));
  await sign(app, slug, person({ email: "adabyron@googlemail.com", name: "Latest" }));
  const rows = await app.db
    .selectFrom("signature")
    .select("name")
    .where("email_hash", "=", app.deps.keys.addressHash("adabyron@gmail.com"))
    .execute();
  assert.deepEqual(rows, [{ name: "Latest" }]);
});

test("addresses that differ after a + each sign, and share the limits of the one inbox they may reach", async () => {
  const labelled = (label: number) => `staff+${label}@company.example`;
  for (let label = 0; label < 5; label++) await sign(app, slug, person({ email: labelled(label) }));
  const mailed = await Promise.all(
    [0, 1, 2, 3, 4].map(async (label) => (await mailsTo(app, labelled(label))).length),
  );
  assert.deepEqual(mailed, [1, 1, 1, 0, 0]);
  for (let label = 0; label < 3; label++) await confirm(app, await mailedLink(app, labelled(label)));
});

test("limits: three mails an hour and six a day for a letter, twenty a day for the site", async () => {
  const form = person({ email: "flooded@example.org" });
  const count = async () => (await mailsTo(app, form.email!)).length;
  for (let sent = 0; sent < 5; sent++) await sign(app, slug, form);
  assert.equal(await count(), 3);
  app.pass(61 * 60_000);
  for (let sent = 0; sent < 5; sent++) await sign(app, slug, form);
  assert.equal(await count(), 6);
  app.pass(61 * 60_000);
  await sign(app, slug, form);
  assert.equal(await count(), 6);
  // The link of the last mail that went out still works: a flood undoes nothing.
  assert.equal((await app.fetch(await mailedLink(app, form.email!))).status, 200);

  for (let letter = 0; letter < 5; letter++) {
    const other = await app.letter({ ...openLetter, slug: `other-${letter}` });
    for (let sent = 0; sent < 3; sent++) await sign(app, other.slug, form);
  }
  assert.equal(await count(), 20);
  app.pass(24 * 3_600_000);
  await sign(app, slug, form);
  assert.equal(await count(), 21);
});

test("mails about several letters, spent by strangers for the day, come back to the owner who answers them", async () => {
  const form = person({ email: "spent@example.org", name: "Mallory" });
  const count = async () => (await mailsTo(app, form.email!)).length;
  const spend = async (other: string) => {
    for (let sent = 0; sent < 3; sent++) await sign(app, other, form);
  };
  const others = Array.from({ length: 8 }, (_, number) => `spent-${number}`);
  for (const other of [...others, "wanted"]) {
    const text = { language: "en", title: `The letter ${other}`, summary: "", body: "Dear all." };
    await app.letter({ ...openLetter, slug: other, translations: [text] });
  }
  for (const other of others) await spend(other);
  assert.equal(await count(), 20);
  await sign(app, "wanted", form);
  assert.equal(await count(), 20, "nothing is left for a letter that nobody has asked about");

  /** The newest link to what was entered under one of them. */
  const linkOf = async (other: string) => {
    const mails = await mailsTo(app, form.email!);
    return linkIn(mails.find(({ text }) => text.includes(`The letter ${other}`))!.text, "confirm");
  };
  await app.post(`${await linkOf("spent-6")}/not-me`, {});
  await sign(app, "wanted", form);
  assert.equal(await count(), 21);
  // Two mails had gone out about the letter that was denied: there is room for another one, and not about that letter.
  await spend("spent-6");
  assert.equal(await count(), 21);
  await spend("spent-7");
  assert.equal(await count(), 22);

  // A yes makes room as well, and what anybody can cause afterwards counts again.
  app.pass(61 * 60_000);
  await confirm(app, await linkOf("spent-0"));
  const receipts = 1;
  app.pass(1000);
  await spend("spent-0");
  assert.equal(await count(), 22 + receipts + 3);
  await spend("spent-7");
  assert.equal(await count(), 22 + receipts + 3);
});

test("who signs many letters in one evening is asked about every one", async () => {
  const form = person({ email: "eager@example.org" });
  for (let number = 0; number < 25; number++) {
    const slug = `evening-${number}`;
    await app.letter({ ...openLetter, slug });
    await sign(app, slug, form);
    await confirm(app, await mailedLink(app, form.email!));
    app.pass(1000);
  }
});
