/** A person signs in at ORCID from the private page, and decides what readers see of it. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import fc from "fast-check";
import { decideNamed, undoDecision } from "../../src/signing/decide.ts";
import { isOrcidId } from "../../src/signing/orcid.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { Visitor } from "../support/desk.ts";
import { signatureOf } from "../support/moderation.ts";
import { client, startOrcid } from "../support/orcid-server.ts";
import { openLetter, organisation, person, signAndConfirm, startSigningApp } from "../support/signing.ts";

let orcid: Awaited<ReturnType<typeof startOrcid>>;
let app: TestApp;
let letter: { id: string; slug: string };
let own: string;
let visitor: Visitor;
let letters = 0;

before(async () => {
  orcid = await startOrcid("http://localhost/orcid/callback");
  app = await startSigningApp({
    env: { ORCID_CLIENT_ID: client.id, ORCID_CLIENT_SECRET: client.secret, ORCID_URL: orcid.url },
  });
});
after(async () => {
  await app.close();
  await orcid.stop();
});
beforeEach(async () => {
  letters += 1;
  letter = await app.letter({ ...openLetter, slug: `letter-${letters}` });
  own = await signAndConfirm(app, letter.slug, person());
  visitor = new Visitor(app);
  orcid.state.person = { orcid: "0000-0002-1825-0097", name: "Josiah Carberry" };
  orcid.state.answer = undefined;
});

const text = async (path: string) => (await app.fetch(path)).text();
const letterPage = () => text(`/letters/${letter.slug}?lang=en`);
const json = async () => JSON.parse(await text(`/letters/${letter.slug}.json`));
const rows = () =>
  app.db.selectFrom("evidence").selectAll().where("kind", "=", "orcid").orderBy("id").execute();

/** Leaves for ORCID; gives where the browser is to go there. */
async function leave(show: "yes" | "no" = "no", path = own, from = visitor): Promise<string> {
  const answer = await from.post(`${path}/orcid`, { do: "add", show });
  assert.equal(answer.status, 303, await answer.text());
  return answer.headers.get("location")!;
}

/** Comes back from ORCID; gives the page that follows. */
async function comeBack(to: string, by = visitor): Promise<Response> {
  const answer = await by.get(to.replace("http://localhost", ""));
  if (answer.status !== 303) return answer;
  return by.get(answer.headers.get("location")!);
}

async function signIn(show: "yes" | "no" = "no"): Promise<string> {
  return (await comeBack(await orcid.authorize(await leave(show)))).text();
}

test("the name is marked, and the iD is shown only as its owner wishes", async () => {
  const asked = await app.fetch(`${own}/orcid?lang=en`);
  assert.equal(asked.status, 200);
  const before = await asked.text();
  await assertValidHtml(before, "orcid");
  // Whoever was sent this link by somebody else sees what they would lend their record to.
  assert.match(
    before,
    /Answer Your Letters[\s\S]*<p class="name"><bdi>Ada Byron<\/bdi><\/p>[\s\S]*Go on to ORCID/,
  );
  assert.match(asked.headers.get("content-security-policy")!, new RegExp(`form-action 'self' ${orcid.url};`));
  assert.match(await text(`${own}?lang=en`), /Add my ORCID iD/);

  assert.match(await signIn("no"), /Your ORCID iD is added[\s\S]*0000-0002-1825-0097/);
  const hidden = await letterPage();
  assert.match(hidden, /#i-orcid"\/><\/svg> ORCID<span class="vh">/);
  assert.match(hidden, /The signatory signed in to their own record/);
  assert.doesNotMatch(hidden, /0000-0002-1825-0097|Carberry/);
  const [listed] = (await json()).signatories.people.names;
  assert.deepEqual([listed.evidence, listed.orcid], [["email-confirmed", "orcid-authenticated"], null]);

  await visitor.post(`${own}/orcid`, { do: "show", show: "yes" });
  const shown = await letterPage();
  await assertValidHtml(shown, "letter");
  assert.match(shown, /href="https:\/\/orcid.org\/0000-0002-1825-0097"/);
  assert.equal((await json()).signatories.people.names[0].orcid, "https://orcid.org/0000-0002-1825-0097");
  assert.doesNotMatch(shown, /Carberry/);

  const taken = await visitor.get(`${own}?as=json`);
  const { furtherEvidence } = JSON.parse(await taken.text());
  assert.deepEqual(furtherEvidence, [
    {
      kind: "orcid",
      detail: "0000-0002-1825-0097",
      shown: true,
      note: "Josiah Carberry",
      at: app.deps.clock().toISOString(),
    },
  ]);

  await visitor.post(`${own}/orcid`, { do: "remove" });
  assert.doesNotMatch(await letterPage(), /ORCID/);
  const row = (await rows()).at(-1)!;
  assert.deepEqual([row.removed_by, row.detail, row.note], ["signatory", null, null]);
});

test("the secret is shown to ORCID alone, once, and no token of ORCID's is kept", async () => {
  const to = await leave();
  assert.ok(!to.includes(encodeURIComponent(client.secret)));
  orcid.state.redeemed.length = 0;
  await comeBack(await orcid.authorize(to));
  assert.equal(orcid.state.redeemed.length, 1);
  const { code, ...fields } = orcid.state.redeemed[0]!;
  assert.match(code!, /^\w{6}$/);
  assert.deepEqual(fields, {
    client_id: client.id,
    client_secret: client.secret,
    grant_type: "authorization_code",
    redirect_uri: "http://localhost/orcid/callback",
  });
  assert.doesNotMatch(JSON.stringify(await rows()), /f5af9f51|f725f747/);
  assert.doesNotMatch(app.lines.join("\n"), /not much of a secret|0000-0002-1825-0097/);
});

test("only the browser that left comes back, once, and in time", async () => {
  const back = await orcid.authorize(await leave());
  const before = await rows();
  // Another browser; this one with another state, or none; and with what another journey began.
  assert.equal((await comeBack(back, new Visitor(app))).status, 403);
  const forged = new URL(back);
  forged.searchParams.set("state", "x".repeat(43));
  assert.equal((await comeBack(forged.href)).status, 403);
  forged.searchParams.delete("state");
  assert.equal((await comeBack(forged.href)).status, 403);
  const other = new Visitor(app);
  await leave("no", own, other);
  assert.equal((await comeBack(back, other)).status, 403);
  // A cookie that was altered is none.
  const altered = new Visitor(app);
  const cookie = visitor.cookies.get("orcid")!;
  altered.cookies.set("orcid", `${cookie.slice(0, 40)}${cookie[40] === "A" ? "B" : "A"}${cookie.slice(41)}`);
  assert.equal((await comeBack(back, altered)).status, 403);
  assert.deepEqual(await rows(), before);

  app.pass(16 * 60_000);
  assert.equal((await comeBack(back)).status, 403);
  const again = await orcid.authorize(await leave());
  assert.match(await (await comeBack(again)).text(), /is added/);
  assert.equal(visitor.cookies.has("orcid"), false);
  assert.equal((await comeBack(again)).status, 403);
});

test("the private link lies open neither in the cookie nor in what ORCID is told", async () => {
  const token = own.split("/").at(-1)!;
  const answer = await visitor.post(`${own}/orcid`, { do: "add", show: "yes" });
  assert.ok(!answer.headers.get("location")!.includes(token));
  assert.equal(answer.headers.get("referrer-policy"), "same-origin");
  const [line] = answer.headers.getSetCookie();
  assert.match(line!, /^orcid=[\w-]+; Path=\/; Max-Age=900; HttpOnly; SameSite=Lax$/);
  assert.ok(!Buffer.from(/=([^;]+)/.exec(line!)![1]!, "base64url").includes(token));
});

test("a site with https has a cookie that only its own host can set", async () => {
  const secure = await startSigningApp({
    env: {
      SITE_URL: "https://letters.example.org",
      ORCID_CLIENT_ID: client.id,
      ORCID_CLIENT_SECRET: client.secret,
    },
  });
  try {
    const { slug } = await secure.letter(openLetter);
    const form = person();
    await secure.post(`/letters/${slug}/sign`, form);
    await secure.runJobs();
    const box = await secure.db.selectFrom("mailbox").selectAll().execute();
    const mail = secure.deps.keys.open(box[0]!.sealed);
    const link = /letters\.example\.org(\/confirm\/[\w-]{43})/.exec(mail)![1]!;
    const confirmed = await secure.post(link, {});
    const path = /^(\/signatures\/[\w-]{43})/.exec(confirmed.headers.get("location")!)![1]!;
    const answer = await secure.post(`${path}/orcid`, { do: "add", show: "no" });
    assert.match(answer.headers.getSetCookie()[0]!, /^__Host-orcid=.*; Secure$/);
    const to = new URL(answer.headers.get("location")!);
    assert.equal(to.origin + to.pathname, "https://orcid.org/oauth/authorize");
    assert.equal(to.searchParams.get("redirect_uri"), "https://letters.example.org/orcid/callback");
  } finally {
    await secure.close();
  }
});

test("who says no at ORCID, or whose code ORCID does not take, comes back to words that help", async () => {
  const to = new URL(await leave());
  const denied = `/orcid/callback?error=access_denied&state=${to.searchParams.get("state")}`;
  assert.match(await (await comeBack(denied)).text(), /without having signed in/);

  const before = (await rows()).length;
  for (const answer of [
    { status: 500, body: "" },
    { status: 200, body: "no JSON" },
    { status: 200, body: JSON.stringify({ orcid: "0000-0002-1825-0098" }) },
    { status: 200, body: JSON.stringify({ name: "Josiah" }) },
    { status: 200, body: " ".repeat(100_000) },
    { status: 302, body: "" },
  ]) {
    orcid.state.answer = answer;
    assert.match(await signIn(), /ORCID did not confirm/, JSON.stringify(answer).slice(0, 60));
  }
  orcid.state.answer = undefined;
  const back = new URL(await orcid.authorize(await leave()));
  back.searchParams.set("code", "xxxxxx");
  assert.match(await (await comeBack(back.href)).text(), /ORCID did not confirm/);
  assert.equal((await rows()).length, before);
});

test("under one letter a record stands beside one name; beside one name stands one record", async () => {
  await signIn();
  const others = await signAndConfirm(app, letter.slug, person({ name: "Eve", email: "eve@example.org" }));
  const eve = new Visitor(app);
  const refused = await comeBack(await orcid.authorize(await leave("no", others, eve)), eve);
  assert.match(await refused.text(), /already stands beside another name/);

  orcid.state.person = { orcid: "0000-0001-5109-3700", name: null };
  await signIn("yes");
  const page = await letterPage();
  assert.match(page, /0000-0001-5109-3700/);
  // The first is free again.
  orcid.state.person = { orcid: "0000-0002-1825-0097", name: null };
  assert.match(
    await (await comeBack(await orcid.authorize(await leave("no", others, eve)), eve)).text(),
    /is added/,
  );
});

/** The signatures of the letter beside which a record stands. */
async function standing(): Promise<string[]> {
  const found = await app.db
    .selectFrom("evidence")
    .innerJoin("signature", "signature.id", "signature_id")
    .select("signature_id")
    .where("letter_id", "=", letter.id)
    .where("evidence.kind", "=", "orcid")
    .where("removed_at", "is", null)
    .execute();
  return found.map(({ signature_id }) => signature_id);
}

test("a name that was refused keeps its record from nobody, and comes back without it", async () => {
  await signIn("yes");
  const { db, keys, clock } = app.deps;
  const { id } = await signatureOf(app, letter.id, "ada@example.org");
  const ruling = { verdict: "refuse", reason: "not-real", note: null, told: false } as const;
  const refused = await decideNamed(
    db,
    keys,
    clock,
    "system",
    letter.id,
    { ids: [id], state: "accepted" },
    ruling,
  );
  assert.ok("decisionId" in refused);
  const others = await signAndConfirm(app, letter.slug, person({ name: "Eve", email: "eve@example.org" }));
  const eve = new Visitor(app);
  const added = await comeBack(await orcid.authorize(await leave("yes", others, eve)), eve);
  assert.match(await added.text(), /is added/);

  const undone = await undoDecision(db, clock, "system", refused.decisionId);
  assert.ok("decisionId" in undone);
  await app.runJobs();
  const eves = await signatureOf(app, letter.id, "eve@example.org");
  assert.deepEqual(await standing(), [eves.id]);
  const [left] = (await rows()).filter(({ signature_id }) => signature_id === id);
  assert.deepEqual([left!.removed_by, left!.detail, left!.note], ["system", null, null]);

  // Nor does one that was withdrawn; put back while the record is beside another name, it has none.
  await app.post(`${others}/withdraw`, {});
  const grace = await signAndConfirm(app, letter.slug, person({ name: "Grace", email: "grace@example.org" }));
  const third = new Visitor(app);
  assert.match(
    await (await comeBack(await orcid.authorize(await leave("yes", grace, third)), third)).text(),
    /is added/,
  );
  assert.equal((await app.post(`${others}/restore`, {})).status, 303);
  assert.deepEqual(await standing(), [(await signatureOf(app, letter.id, "grace@example.org")).id]);
});

test("organisations and sites that are not known to ORCID have no such page", async () => {
  const form = organisation();
  const office = await signAndConfirm(app, letter.slug, form);
  assert.equal((await app.fetch(`${office}/orcid`)).status, 404);
  assert.equal((await visitor.post(`${office}/orcid`, { do: "add" })).status, 404);
  assert.doesNotMatch(await text(office), /ORCID/);

  const without = await startSigningApp();
  try {
    const { slug } = await without.letter(openLetter);
    const path = await signAndConfirm(without, slug, person());
    assert.equal((await without.fetch(`${path}/orcid`)).status, 404);
    assert.equal((await without.fetch("/orcid/callback?code=x&state=y")).status, 404);
    assert.doesNotMatch(await (await without.fetch(path)).text(), /ORCID/);
  } finally {
    await without.close();
  }
});

test("erasing the signature forgets the iD and the record's name", async () => {
  await signIn("yes");
  const id = (await rows()).at(-1)!.signature_id;
  await app.post(`${own}/erase`, {});
  assert.ok(!(await rows()).some(({ signature_id }) => signature_id === id));
});

test("an ORCID iD is known by its check digit", () => {
  for (const id of ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"])
    assert.ok(isOrcidId(id), id);
  const wrong = fc.tuple(
    fc.constantFrom("0000-0002-1825-0097", "0000-0002-1694-233X"),
    fc.nat(17),
    fc.nat(9),
  );
  fc.assert(
    fc.property(wrong, ([id, at, digit]) => {
      const changed = `${id.slice(0, at)}${id[at] === "-" ? "-" : digit}${id.slice(at + 1)}`;
      return changed === id || !isOrcidId(changed);
    }),
  );
});
