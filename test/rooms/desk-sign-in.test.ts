/** Signing in at the desk by a mailed link, and the session that follows. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { purgePeople } from "../../src/people/purge.ts";
import type { TestApp } from "../support/app.ts";
import { accountOf, deskLink, leadsTo, setUp, signedIn, Visitor } from "../support/desk.ts";
import { dumpDatabase } from "../support/dump.ts";
import { mailsTo, startSigningApp } from "../support/signing.ts";

const minute = 60_000;
const day = 86_400_000;
const ada = "ada@example.org";
let app: TestApp;

before(async () => {
  app = await startSigningApp();
  await setUp(app);
});
after(() => app.close());

/** Asks for a link; returns its path. A day passes first, so that no limit stands in the way. */
async function askedFor(visitor: Visitor, fields: Record<string, string> = {}): Promise<string> {
  app.pass(day);
  leadsTo(await visitor.post("/desk/sign-in", { email: ada, ...fields }), "/desk/sign-in/sent");
  await app.runJobs();
  return deskLink(app, ada, "sign-in");
}

const isIn = async (visitor: Visitor) => (await visitor.get("/desk")).status === 200;

test("a link shows a button and changes nothing; the button signs in, once", async () => {
  const visitor = new Visitor(app);
  const link = await askedFor(visitor);
  for (let looks = 0; looks < 3; looks++) {
    const shown = await new Visitor(app).get(link);
    assert.equal(shown.status, 200);
    assert.equal(shown.headers.get("x-robots-tag"), "noindex, nofollow");
    assert.match(await shown.text(), /Ada Byron/);
  }
  assert.equal(await isIn(visitor), false);
  leadsTo(await visitor.post(link), "/desk");
  assert.ok(await isIn(visitor));
  for (const again of [visitor, new Visitor(app)]) {
    assert.equal((await again.get(link)).status, 410);
    assert.equal((await again.post(link, { here: "yes" })).status, 410);
  }
});

test("a link works for a quarter of an hour", async () => {
  const visitor = new Visitor(app);
  const link = await askedFor(visitor);
  app.pass(15 * minute - 1);
  assert.equal((await visitor.get(link)).status, 200);
  app.pass(1);
  assert.equal((await visitor.get(link)).status, 410);
  assert.equal((await visitor.post(link)).status, 410);
  assert.equal(await isIn(visitor), false);
});

test("another browser than asked gets in only when the person says so", async () => {
  const asked = new Visitor(app);
  const other = new Visitor(app);
  // It has a name of its own, and not that of the one that asked.
  await other.post("/desk/sign-in", { email: "nobody@example.org" });
  const link = await askedFor(asked);
  assert.match(await (await other.get(link)).text(), /name="here"/);
  assert.doesNotMatch(await (await asked.get(link)).text(), /name="here"/);
  assert.equal((await other.post(link)).status, 409);
  assert.equal(await isIn(other), false);
  leadsTo(await other.post(link, { here: "yes" }), "/desk");
  assert.ok(await isIn(other));
  assert.equal(await isIn(asked), false);
});

test("the link leads on to the page that was asked for, and to none of another site", async () => {
  const visitor = new Visitor(app);
  leadsTo(await visitor.get("/desk/history?q=x"), "/desk/sign-in?next=%2Fdesk%2Fhistory%3Fq%3Dx");
  const link = await askedFor(visitor, { next: "/desk/history?q=x" });
  leadsTo(await visitor.post(link), "/desk/history?q=x");
  for (const next of [
    "https://evil.example/",
    "//evil.example/desk",
    "/\\evil.example/desk",
    "/desk/../mailbox",
    "/desk@evil.example",
    "/deskx",
    "/desk/sign-in",
    "javascript:alert(1)",
    "/desk\r\nSet-Cookie: x=y",
  ]) {
    const again = new Visitor(app);
    const other = await askedFor(again, { next });
    leadsTo(await again.post(other), "/desk");
  }
});

test("whoever asks learns nothing about an address", async () => {
  app.pass(day);
  const seen = async (email: string) => {
    const answer = await new Visitor(app).post("/desk/sign-in", { email });
    const headers = Array.from(answer.headers, ([name, value]) => [
      name,
      name === "set-cookie" ? value.replace(/=[\w-]{43}/, "=…") : value,
    ]);
    return { status: answer.status, headers, body: await answer.text() };
  };
  const jobs = async () =>
    (
      await sql<{ size: number }>`
      select length(payload ->> 'sealed') as size from graphile_worker._private_jobs`.execute(app.db)
    ).rows;
  const measure = await seen("stranger@example.org");
  for (const email of [ada, "Ada@Example.org", "somebody@else.example", ada, ada, ada, ada, ada])
    assert.deepEqual(await seen(email), measure, email);
  const all = await jobs();
  assert.equal(all.length, 9, "the same job for every address");
  assert.equal(new Set(all.map(({ size }) => size)).size, 1, "of the same size");
  const before = (await mailsTo(app, ada)).length;
  await app.runJobs();
  assert.equal((await mailsTo(app, ada)).length - before, 5, "five links an hour, not six");
  assert.equal((await mailsTo(app, "stranger@example.org")).length, 0);
  const signInPages = await Promise.all(
    [ada, "stranger@example.org"].map(async () => (await new Visitor(app).get("/desk/sign-in/sent")).text()),
  );
  assert.equal(signInPages[0], signInPages[1]);
});

test("twenty links a day and then one an hour, so that nobody can be kept out; an earlier one still works", async () => {
  app.pass(day);
  const visitor = new Visitor(app);
  const before = (await mailsTo(app, ada)).length;
  for (let hour = 0; hour < 6; hour++) {
    for (let times = 0; times < 5; times++) await visitor.post("/desk/sign-in", { email: ada });
    await app.runJobs();
    app.pass(hour < 5 ? 60 * minute + 1 : 0);
  }
  // In the fifth hour, and in the sixth, the first that is asked for.
  assert.equal((await mailsTo(app, ada)).length - before, 22);
  leadsTo(await new Visitor(app).post(await deskLink(app, ada, "sign-in"), { here: "yes" }), "/desk");
  app.pass(day);
  const first = await askedFor(visitor);
  await visitor.post("/desk/sign-in", { email: ada });
  await app.runJobs();
  assert.notEqual(await deskLink(app, ada, "sign-in"), first);
  leadsTo(await visitor.post(first), "/desk");
});

test("an address that is none comes back with what was typed", async () => {
  const answer = await new Visitor(app).post("/desk/sign-in", { email: "ada@nowhere" });
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /value="ada@nowhere"[^>]*aria-invalid="true"/);
});

test("the cookies: for this host alone, for no script, and with https for nothing but TLS", async () => {
  const visitor = new Visitor(app);
  const link = await askedFor(visitor);
  const entered = await visitor.post(link);
  const cookies = entered.headers.getSetCookie();
  assert.match(
    cookies[0]!,
    /^__Host-desk=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/,
  );
  assert.match(cookies[1]!, /^desk=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);

  const secure = await startSigningApp({ env: { SITE_URL: "https://letters.example.org" } });
  try {
    const owner = await setUp(secure);
    assert.deepEqual([...owner.cookies.keys()], ["__Host-desk"]);
    // A cookie without the prefix may come from a neighbouring host: it counts for nothing.
    const planted = new Visitor(secure);
    planted.cookies.set("desk", owner.cookies.get("__Host-desk")!);
    leadsTo(await planted.get("/desk"), "/desk/sign-in?next=%2Fdesk");
  } finally {
    await secure.close();
  }
});

test("signing in gives a new token, and ends the session that the browser had of somebody else", async () => {
  const visitor = await signedIn(app, "Ada Byron");
  const before = visitor.cookies.get("__Host-desk")!;
  const link = await askedFor(visitor);
  leadsTo(await visitor.post(link), "/desk");
  const token = visitor.cookies.get("__Host-desk")!;
  assert.notEqual(token, before);
  const thief = new Visitor(app);
  thief.cookies.set("__Host-desk", before);
  assert.equal(await isIn(thief), false, "the token from before leads nowhere");

  await app.db
    .insertInto("account")
    .values({
      id: "11111111-1111-4111-8111-111111111111",
      name: "Eva Ed",
      role: "editor",
      language: "en",
      email_sealed: app.deps.keys.seal("eva@example.org"),
      email_hash: app.deps.keys.addressHash("eva@example.org"),
      address_proved_at: app.deps.clock(),
      created_at: app.deps.clock(),
    })
    .execute();
  app.pass(day);
  await visitor.post("/desk/sign-in", { email: "eva@example.org" });
  await app.runJobs();
  leadsTo(await visitor.post(await deskLink(app, "eva@example.org", "sign-in")), "/desk");
  assert.match(await (await visitor.get("/desk")).text(), /Signed in as <bdi>Eva Ed/);
  thief.cookies.set("__Host-desk", token);
  assert.equal(await isIn(thief), false);
});

test("sessions are listed with device and last use, and end one by one, all, and by signing out", async () => {
  await app.db.deleteFrom("session").execute();
  const [here, phone, office] = [
    await signedIn(app, "Ada Byron"),
    await signedIn(app, "Ada Byron"),
    new Visitor(app),
  ];
  office.userAgent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0";
  const link = await askedFor(office);
  await office.post(link);
  assert.ok(await isIn(phone));
  const page = await (await here.get("/desk/account")).text();
  assert.equal(page.match(/<bdi>Firefox \(Linux\)<\/bdi>/g)?.length, 2);
  assert.match(page, /<bdi>Edge \(Windows\)<\/bdi>/);
  assert.equal(page.match(/This device/g)?.length, 1);

  const ids = Array.from(page.matchAll(/\/desk\/account\/sessions\/([0-9a-f-]{36})\/end/g), (m) => m[1]!);
  assert.equal(ids.length, 2);
  const eva = await signedIn(app, "Eva Ed");
  for (const id of ids) await eva.post(`/desk/account/sessions/${id}/end`);
  assert.ok((await isIn(phone)) && (await isIn(office)), "nobody ends a session of somebody else");
  leadsTo(await here.post(`/desk/account/sessions/${ids[0]}/end`), "/desk/account?sessions=ended#sessions");
  assert.match(await (await here.get("/desk/account?sessions=ended")).text(), /It is signed out there/);
  assert.deepEqual([await isIn(phone), await isIn(office)].sort(), [false, true]);
  await here.post("/desk/account/sessions/end");
  assert.deepEqual([await isIn(here), await isIn(phone), await isIn(office)], [true, false, false]);
  leadsTo(await here.post("/desk/sign-out"), "/desk/sign-in");
  assert.equal(here.cookies.has("__Host-desk"), false);
  assert.equal(await isIn(here), false);
});

test("a session ends after fourteen days without use, and after thirty in any case", async () => {
  const idle = await signedIn(app, "Ada Byron");
  const busy = await signedIn(app, "Ada Byron");
  app.pass(13 * day);
  assert.ok((await isIn(idle)) && (await isIn(busy)));
  app.pass(13 * day);
  assert.ok(await isIn(busy));
  app.pass(2 * day);
  assert.equal(await isIn(idle), false);
  assert.ok(await isIn(busy));
  app.pass(2 * day);
  assert.equal(await isIn(busy), false);
});

test("showing once more who one is gives a new token to the same session", async () => {
  const visitor = await signedIn(app, "Ada Byron");
  const { id } = await accountOf(app, "Eva Ed");
  app.pass(day);
  const form = `/desk/people/${id}`;
  leadsTo(await visitor.get("/desk/people/invite"), "/desk/confirm?next=%2Fdesk%2Fpeople%2Finvite");
  assert.equal((await visitor.get("/desk/confirm?next=%2Fdesk%2Fpeople%2Finvite")).status, 200);
  leadsTo(await visitor.post("/desk/confirm", { next: "/desk/people/invite" }), "/desk/sign-in/sent");
  await app.runJobs();
  const before = visitor.cookies.get("__Host-desk");
  const count = () => app.db.selectFrom("session").select("id").execute();
  const sessions = (await count()).length;
  leadsTo(await visitor.post(await deskLink(app, ada, "sign-in")), "/desk/people/invite");
  assert.notEqual(visitor.cookies.get("__Host-desk"), before);
  assert.equal((await count()).length, sessions);
  assert.equal((await visitor.get("/desk/people/invite")).status, 200);
  leadsTo(await visitor.post(`${form}/role`, { role: "moderator" }), "/desk/people?done=changed");
});

test("neither address nor token lies open in the database or in the log", async () => {
  const visitor = new Visitor(app);
  const link = await askedFor(visitor);
  await visitor.post(link);
  const secrets = [ada, link.split("/").at(-1)!, ...visitor.cookies.values()];
  for (const [table, rows] of await dumpDatabase(app.db))
    for (const secret of secrets) assert.ok(!rows.join("\n").includes(secret), `${table}: ${secret}`);
  for (const secret of secrets) assert.ok(!app.lines.join("\n").includes(secret), secret);
});

test("what has had its time is deleted at night", async () => {
  app.pass(31 * day);
  const gone = await purgePeople(app.db, app.deps.clock);
  assert.ok(gone.sessions > 0 && gone.links > 0, JSON.stringify(gone));
  for (const table of ["session", "sign_in_link", "invitation", "sign_in_failure"] as const)
    assert.deepEqual(await app.db.selectFrom(table).selectAll().execute(), [], table);
  assert.ok((await app.db.selectFrom("act").select("id").execute()).length > 0);
});
