/** Who was mailed a link under embargo is told of every change of the time that they were told, once, and of nothing else. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { purgeCirculation } from "../../src/drafting/invitee-purge.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { type Desk, draft } from "../support/circulation.ts";
import { leadsTo, setUp } from "../support/desk.ts";
import { day, mailsTo, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let desk: Desk;

before(async () => {
  app = await startSigningApp();
  desk = { app, owner: await setUp(app) };
});
after(() => app.close());

const page = (id: string, more = "") => `/desk/letters/${id}/publishing${more}`;

async function schedule(id: string, time: string, zone = "Europe/Berlin", more = {}): Promise<void> {
  app.pass(1_000);
  const fields = { opens: "yes", date: "2026-11-25", time, zone, do: "schedule", ...more };
  leadsTo(await desk.owner.postSeen(page(id), fields), /done=scheduled/);
}

async function linked(id: string, email: string): Promise<void> {
  const link = { recipient: "The Daily Example", email, language: "en" };
  leadsTo(await desk.owner.post(page(id, "/links"), link), /done=link/);
}

async function cancel(id: string): Promise<void> {
  leadsTo(await desk.owner.post(page(id, "/cancel")), /done=cancelled/);
}

/** The mails to an address after the work is done, the newest first. */
async function told(address: string) {
  await app.runJobs();
  return mailsTo(app, address);
}

test("a moved time is mailed with its zone; one that is called off, too; and the next one", async () => {
  const id = await draft(desk, "Moved");
  const address = "moved@daily.example";
  await schedule(id, "12:30");
  await linked(id, address);
  await linked(id, "");
  const [first] = await told(address);
  const link = /http:\/\/localhost\/embargo\/[\w-]{43}\?lang=en/.exec(first!.text)![0];

  // The same minute by other clocks is no other time.
  await schedule(id, "11:30", "UTC");
  assert.equal((await told(address)).length, 1);
  await schedule(id, "14:00");
  const [moved, ...before] = await told(address);
  assert.equal(before.length, 1);
  assert.match(moved!.subject, /^Another time/);
  assert.doesNotMatch(moved!.subject, /Moved/);
  assert.match(moved!.text, /25 November 2026 at 14:00 \(Europe\/Berlin\), which is .*13:00 UTC/);
  assert.ok(moved!.text.includes(link));
  await assertValidHtml(moved!.html.replace(/ style="[^"]*"/g, ""), "moved");

  await cancel(id);
  await cancel(id);
  const [off, ...earlier] = await told(address);
  assert.equal(earlier.length, 2);
  assert.match(off!.subject, /^Not at that time/);
  assert.match(off!.text, /The time was 25 November 2026 at 14:00 \(Europe\/Berlin\)[\s\S]*No other is set/);
  assert.doesNotMatch(off!.text, /\/embargo\//);

  await schedule(id, "15:00");
  const [again, ...all] = await told(address);
  assert.equal(all.length, 3);
  assert.match(again!.text, /at 15:00 \(Europe\/Berlin\)/);
  assert.equal((await mailsTo(app, "")).length, 0);
});

test("of changes that follow each other only what is true in the end is mailed", async () => {
  const id = await draft(desk, "Restless");
  const address = "restless@daily.example";
  await schedule(id, "12:30");
  await linked(id, address);
  await told(address);
  await schedule(id, "13:00");
  await cancel(id);
  await schedule(id, "16:00");
  const [last, ...first] = await told(address);
  assert.equal(first.length, 1);
  assert.match(last!.text, /at 16:00/);
  await schedule(id, "17:00");
  leadsTo(await desk.owner.post(`/desk/letters/${id}/discard`), /discarded/);
  const [off, ...before] = await told(address);
  assert.equal(before.length, 2);
  assert.match(off!.text, /The time was .*17:00/);
});

test("whose link was revoked is told nothing", async () => {
  const id = await draft(desk, "Revoked");
  await schedule(id, "12:30");
  await linked(id, "revoked@daily.example");
  await told("revoked@daily.example");
  const { id: link } = await app.db
    .selectFrom("embargo_link")
    .select("id")
    .where("letter_id", "=", id)
    .executeTakeFirstOrThrow();
  leadsTo(await desk.owner.post(page(id, "/links/revoke"), { link }), /done=revoked/);
  await schedule(id, "13:00");
  await cancel(id);
  assert.equal((await told("revoked@daily.example")).length, 1);
});

test("a letter that is published at another time is told of as public; then the address is forgotten", async () => {
  const id = await draft(desk, "Early");
  const address = "early@daily.example";
  await schedule(id, "12:30");
  await linked(id, address);
  const [first] = await told(address);
  const path = /(\/embargo\/[\w-]{43})/.exec(first!.text)![1]!;
  const publish = { opens: "yes", do: "publish", sure: "yes" };
  leadsTo(await desk.owner.postSeen(page(id), publish), /done=published/);
  const [lifted, ...before] = await told(address);
  assert.equal(before.length, 1);
  assert.match(lifted!.subject, /^Under embargo no more/);
  assert.match(lifted!.text, new RegExp(`public now[\\s\\S]*${path}`));
  leadsTo(await app.fetch(path), "/letters/early");
  const { db, clock } = app.deps;
  const kept = () =>
    db.selectFrom("embargo_link").select("email_sealed").where("letter_id", "=", id).executeTakeFirst();
  await purgeCirculation(db, clock);
  assert.ok((await kept())?.email_sealed);
  app.pass(4 * day);
  await purgeCirculation(db, clock);
  assert.equal((await kept())?.email_sealed, null);
});

test("what could not be published at its time is told as called off; what was, is not told", async () => {
  const [late, good] = [await draft(desk, "Late"), await draft(desk, "Good")];
  const date = new Date(app.deps.clock().getTime() + day).toISOString().slice(0, 10);
  for (const [id, more] of [
    [late, { date, slug: "taken-by-another" }],
    [good, { date }],
  ] as const) {
    await schedule(id, "09:00", "UTC", more);
    await linked(id, `${id}@daily.example`);
    await told(`${id}@daily.example`);
  }
  const other = await draft(desk, "Other");
  const publish = { opens: "yes", slug: "taken-by-another", do: "publish", sure: "yes" };
  leadsTo(await desk.owner.postSeen(page(other), publish), /done=published/);
  app.pass(2 * day);
  await app.runJobs();
  const [off, ...first] = await told(`${late}@daily.example`);
  assert.equal(first.length, 1);
  assert.match(off!.subject, /^Not at that time/);
  assert.equal((await told(`${good}@daily.example`)).length, 1);
});
