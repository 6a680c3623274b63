/**
 * On what an organisation's name stands: what is known at once, what it publishes, and what the desk adds and takes
 * away.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { sql } from "kysely";
import { checkLimits } from "../../src/signing/check-domain.ts";
import { decideNamed } from "../../src/signing/decide.ts";
import { countedAtMost, countOrganisationsWithoutEvidence } from "../../src/signing/missing-evidence.ts";
import { purgeSigning } from "../../src/signing/purge.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accountOf, actsOf, join, setUp, signedIn, type Visitor } from "../support/desk.ts";
import { publishRevision } from "../support/revise.ts";
import {
  day,
  type Form,
  mailedLink,
  openLetter,
  organisation,
  person,
  signAndConfirm,
  startSigningApp,
} from "../support/signing.ts";
import { meet } from "../support/waiting.ts";
import { somewhere, startWorld, type World } from "../support/world.ts";

let world: World;
let app: TestApp;
let moderator: Visitor;
let letter: { id: string; slug: string };
let letters = 0;

before(async () => {
  world = await startWorld();
  app = await startSigningApp({ internet: world.internet });
  const owner = await setUp(app);
  await join(app, owner, "moderator", "mo@example.org", "Mo Derator");
});
after(async () => {
  await app.close();
  await world.stop();
});
beforeEach(async () => {
  letters += 1;
  letter = await app.letter({ ...openLetter, slug: `letter-${letters}` });
  moderator = await signedIn(app, "Mo Derator");
  world.names.zone.clear();
  world.names.zone.set("readers.example", somewhere);
  world.serve({});
  app.pass(2 * 3_600_000);
});

const text = async (path: string) => (await app.fetch(`${path}?lang=en`)).text();
const elsewhere = (fields: Form = {}) =>
  organisation({ email: "readers@gmail.com", website: "https://readers.example/", ...fields });

/** An organisation whose address is elsewhere signs, is held for that, and is accepted by the desk. */
async function acceptedElsewhere(fields: Form = {}): Promise<string> {
  const own = await signAndConfirm(app, letter.slug, elsewhere(fields));
  const { id, name } = await accountOf(app, "Mo Derator");
  const { id: held } = await signature("held");
  await decideNamed(
    app.db,
    app.deps.keys,
    app.deps.clock,
    { id, name },
    letter.id,
    { ids: [held], state: "held" },
    {
      verdict: "accept",
    },
  );
  return own;
}

async function signature(state?: "held") {
  return app.db
    .selectFrom("signature")
    .selectAll()
    .where("letter_id", "=", letter.id)
    .$if(state !== undefined, (query) => query.where("state", "=", state!))
    .orderBy("place", "desc")
    .executeTakeFirstOrThrow();
}

/** The standing evidence, as kinds. */
async function kinds(): Promise<string[]> {
  const { id } = await signature();
  const rows = await app.db
    .selectFrom("evidence")
    .select("kind")
    .where("signature_id", "=", id)
    .where("removed_at", "is", null)
    .orderBy("id")
    .execute();
  return rows.map(({ kind }) => kind);
}

const deskPath = async () => `/desk/letters/${letter.id}/signatures/${(await signature()).id}/evidence`;
const missing = () => countOrganisationsWithoutEvidence(app.db, letter.id);

/** The line that the private page tells the organisation to publish. */
async function line(own: string): Promise<string> {
  return /undersigned=[\w-]{43}/.exec(await text(own))![0];
}

async function listed() {
  const { signatories } = JSON.parse(await text(`/letters/${letter.slug}.json`));
  return signatories.organisations.names[0];
}

test("an address at the website's domain is known when it is confirmed, and shown with the domain", async () => {
  await signAndConfirm(app, letter.slug, organisation());
  assert.deepEqual(await kinds(), ["address"]);
  assert.equal(await missing(), 0);
  const page = await text(`/letters/${letter.slug}`);
  await assertValidHtml(page, "letter");
  assert.match(page, /#i-at"\/><\/svg> <span>address at <bdi dir="ltr">readers\.example<\/bdi><\/span>/);
  assert.match(page, /The confirmed address is at the domain/);
  assert.deepEqual((await listed()).evidence, ["email-confirmed", "address-at-website"]);
  assert.match(await text(`/letters/${letter.slug}/signatories`), /address at <bdi/);
});

test("an address elsewhere is no evidence, nor is one of a person", async () => {
  await acceptedElsewhere();
  assert.deepEqual(await kinds(), []);
  assert.equal(await missing(), 1);
  await signAndConfirm(app, letter.slug, person({ email: "ada@readers.example" }));
  assert.deepEqual(await kinds(), []);
  assert.equal(await missing(), 1);
  assert.deepEqual((await listed()).evidence, ["email-confirmed"]);
});

test("what an organisation publishes in a DNS record is found when it asks, and readers see it", async () => {
  const own = await acceptedElsewhere();
  const page = await text(own);
  await assertValidHtml(page, "own");
  assert.match(page, /_undersigned\.readers\.example/);
  assert.match(page, /https:\/\/readers\.example\/\.well-known\/undersigned\.txt/);
  const proof = await line(own);

  assert.match((await app.post(`${own}/check`, {})).headers.get("location")!, /#evidence$/);
  assert.match(await text(own), /DNS record: there is no such record[\s\S]*website has no such file/);
  assert.deepEqual(await kinds(), []);

  world.names.zone.set("_undersigned.readers.example", { TXT: [["v=something else"], [proof.slice(0, 9)]] });
  await app.post(`${own}/check`, {});
  assert.match(await text(own), /there is a record, but not with this line/);

  // Several records, and one in parts (RFC 1035 section 3.3.14).
  world.names.zone.set("_undersigned.readers.example", {
    TXT: [["other"], [proof.slice(0, 20), proof.slice(20)]],
  });
  await app.post(`${own}/check`, {});
  assert.deepEqual(await kinds(), ["dns"]);
  assert.match(await text(own), /domain verified: <bdi dir="ltr">readers\.example/);
  assert.doesNotMatch(await text(own), /Check now/);
  const readers = await text(`/letters/${letter.slug}`);
  await assertValidHtml(readers, "letter");
  assert.match(readers, /#i-web"\/><\/svg> <span>domain verified: <bdi dir="ltr">readers\.example/);
  assert.deepEqual((await listed()).evidence, ["email-confirmed", "domain-verified"]);
  assert.equal(await missing(), 0);
});

test("or in a file, among other lines; of both ways readers are told once", async () => {
  const own = await signAndConfirm(
    app,
    letter.slug,
    organisation({ website: "https://www.readers.example/us" }),
  );
  world.names.zone.set("www.readers.example", somewhere);
  const proof = await line(own);
  const path = "www.readers.example/.well-known/undersigned.txt";
  world.serve({ [path]: `${proof}x\r\n# ${proof}\r\n` });
  await app.post(`${own}/check`, {});
  assert.match(await text(own), /this line is not in it/);
  world.serve({ [path]: `\ufeffundersigned=${"x".repeat(43)}\r\n  ${proof}  \r\nmore` });
  world.names.zone.set("_undersigned.readers.example", { TXT: [[proof]] });
  await app.post(`${own}/check`, {});
  assert.deepEqual(await kinds(), ["address", "dns", "file"]);
  assert.deepEqual((await listed()).evidence, ["email-confirmed", "domain-verified", "address-at-website"]);
  assert.equal((await text(`/letters/${letter.slug}`)).match(/<span>domain verified:/g)!.length, 1);
});

test("the line of one signature says nothing of another", async () => {
  const first = await acceptedElsewhere();
  const proof = await line(first);
  const second = await acceptedElsewhere({ email: "others@gmail.com" });
  assert.notEqual(await line(second), proof);
  world.names.zone.set("_undersigned.readers.example", { TXT: [[proof]] });
  await app.post(`${second}/check`, {});
  assert.deepEqual(await kinds(), []);
});

test("a domain that leads into this network is not looked at, and the page says so", async () => {
  const own = await acceptedElsewhere();
  world.names.zone.set("readers.example", { A: ["127.0.0.1"] });
  const connections = world.connected.length;
  await app.post(`${own}/check`, {});
  assert.match(await text(own), /not on the public internet/);
  assert.equal(world.connected.length, connections);
});

test("nobody makes the server look as often as they like", async () => {
  const own = await acceptedElsewhere();
  for (let time = 0; time < checkLimits.signature; time++) await app.post(`${own}/check`, {});
  const asked = world.names.asked.length;
  const refused = await app.post(`${own}/check`, {});
  assert.match(
    await (await app.fetch(refused.headers.get("location")!)).text(),
    /several times within the hour/,
  );
  assert.equal(world.names.asked.length, asked);

  // Nor by signing again and again for the same domain.
  for (let more = 0; more < 4; more++) {
    const next = await acceptedElsewhere({ email: `n${more}@gmail.com` });
    for (let time = 0; time < checkLimits.signature; time++) await app.post(`${next}/check`, {});
  }
  const { rows } = await sql<{ count: number }>`
    select count(*) from domain_check c join signature s on s.id = c.signature_id where s.letter_id = ${letter.id}`.execute(
    app.db,
  );
  assert.equal(rows[0]!.count, checkLimits.domain);

  app.pass(3_600_001);
  await app.post(`${own}/check`, {});
  assert.ok(world.names.asked.length > asked);
});

test("nor by asking for many signatures at the same moment", async () => {
  const { db, clock } = app.deps;
  const owns: string[] = [];
  for (let one = 0; one < 6; one++) owns.push(await acceptedElsewhere({ email: `m${one}@gmail.com` }));
  const signatures = await db
    .selectFrom("signature")
    .select("id")
    .where("letter_id", "=", letter.id)
    .execute();
  const checks = Array.from({ length: checkLimits.domain - 1 }, () => ({
    signature_id: signatures[0]!.id,
    domain: "readers.example",
    at: clock(),
  }));
  await db.insertInto("domain_check").values(checks).execute();
  // All of them come to the place at which they are counted before one of them goes on.
  await meet(
    db,
    (trx) => sql`select from signature where letter_id = ${letter.id} for update`.execute(trx),
    owns.slice(1).map((own) => () => app.post(`${own}/check`, {})),
  );
  const { count } = await db
    .selectFrom("domain_check")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("domain", "=", "readers.example")
    .where("at", "=", clock())
    .executeTakeFirstOrThrow();
  assert.equal(count, checkLimits.domain);
});

test("who is held for a look can show what the desk then sees", async () => {
  const own = await signAndConfirm(app, letter.slug, elsewhere());
  const { id } = await signature("held");
  const before = await text(own);
  await assertValidHtml(before, "held");
  world.names.zone.set("_undersigned.readers.example", { TXT: [[await line(own)]] });
  await app.post(`${own}/check`, {});
  assert.match(await text(own), /domain verified: <bdi dir="ltr">readers\.example/);
  const desk = await moderator.get(`/desk/letters/${letter.id}/signatures/${id}/evidence?lang=en`);
  assert.match(await desk.text(), /domain verified/);
  assert.doesNotMatch(await text(`/letters/${letter.slug}`), /domain verified/);
});

test("what is withdrawn meanwhile gains nothing; a person and a withdrawn signature have no check", async () => {
  const own = await acceptedElsewhere();
  const proof = await line(own);
  world.names.zone.set("_undersigned.readers.example", { TXT: [[proof]] });
  world.site.answer = async (_request, response) => {
    await app.post(`${own}/withdraw`, {});
    response.writeHead(404).end();
  };
  await app.post(`${own}/check`, {});
  assert.equal((await signature()).state, "withdrawn");
  assert.deepEqual(await kinds(), []);
  const asked = world.names.asked.length;
  await app.post(`${own}/check`, {});
  const ada = await signAndConfirm(app, letter.slug, person());
  await app.post(`${ada}/check`, {});
  assert.equal(world.names.asked.length, asked);
});

test("what is found is not known of a website that took the place of the one that was looked at", async () => {
  const own = await signAndConfirm(app, letter.slug, elsewhere());
  const { id } = await signature("held");
  world.names.zone.set("_undersigned.readers.example", { TXT: [[await line(own)]] });
  world.site.answer = async (_request, response) => {
    const { db, keys, clock } = app.deps;
    const texts = openLetter.translations.map((one) => ({ ...one, body: "Answer within a week." }));
    await publishRevision(db, clock, letter.id, texts);
    await decideNamed(
      db,
      keys,
      clock,
      "system",
      letter.id,
      { ids: [id], state: "held" },
      { verdict: "accept" },
    );
    await app.runJobs();
    const link = await mailedLink(app, "readers@gmail.com");
    await app.post(`${link}/correct`, elsewhere({ website: "https://truth.example/" }));
    const entry = /name="entry" value="([^"]+)"/.exec(await text(link))![1]!;
    await app.post(link, { revision: "2", entry });
    response.writeHead(404).end();
  };
  await app.post(`${own}/check`, {});
  const { state, website } = await signature();
  assert.deepEqual([state, website], ["held", "https://truth.example/"]);
  assert.deepEqual(await kinds(), []);
});

test("the desk sees the evidence, looks for itself, vouches and takes away, each with who and when", async () => {
  const own = await acceptedElsewhere();
  const path = await deskPath();
  const before = await moderator.get(`${path}?lang=en`);
  assert.equal(before.status, 200);
  const page = await before.text();
  await assertValidHtml(page, "desk evidence");
  assert.match(page, /Nothing beyond the address is known/);
  const whole = await (await moderator.get(`${path.replace("/evidence", "")}?lang=en`)).text();
  assert.ok(whole.includes(`href="${path}?lang=en"`));
  assert.ok(page.includes(`href="${path.replace("/evidence", "")}?lang=en"`));
  const home = await (await moderator.get("/desk?lang=en")).text();
  assert.match(home, /organisations? that stands? on an address alone/);
  const list = await (await moderator.get("/desk/evidence?lang=en")).text();
  await assertValidHtml(list, "missing evidence");
  assert.ok(list.includes(`href="${path}?lang=en"`));

  world.names.zone.set("_undersigned.readers.example", { TXT: [[await line(own)]] });
  await moderator.post(`${path}/check`);
  await moderator.post(`${path}/vouch`, { note: "Rosa rang us from the office’s number." });
  assert.deepEqual(await kinds(), ["dns", "organisers"]);
  assert.equal(await missing(), 0);
  const readers = await text(`/letters/${letter.slug}`);
  assert.match(readers, /#i-org"\/><\/svg> confirmed by the organisers/);
  assert.doesNotMatch(readers, /Rosa rang/);
  const desk = await (await moderator.get(`${path}?lang=en`)).text();
  await assertValidHtml(desk, "desk evidence");
  assert.match(desk, /Rosa rang us[\s\S]*Mo Derator/);

  const { id } = await signature();
  const dns = await app.db
    .selectFrom("evidence")
    .select("id")
    .where("signature_id", "=", id)
    .where("kind", "=", "dns")
    .executeTakeFirstOrThrow();
  const nameless = await moderator.post(`${path}/remove?lang=en`, { evidence: String(dns.id), reason: " " });
  assert.equal(nameless.status, 422);
  const returned = await nameless.text();
  await assertValidHtml(returned, "evidence with an error");
  assert.match(returned, new RegExp(`value="${dns.id}" checked`));
  assert.match(returned, /Say why it is taken away/);
  await moderator.post(`${path}/remove`, { evidence: String(dns.id), reason: "Not their domain." });
  assert.deepEqual(await kinds(), ["organisers"]);
  assert.match(await (await moderator.get(`${path}?lang=en`)).text(), /taken away on[\s\S]*Not their domain/);
  assert.doesNotMatch(await text(`/letters/${letter.slug}`), /domain verified/);

  // What the desk took away, the organisation cannot put back, and is not asked to; the desk can, and is told so.
  const privately = await text(own);
  assert.match(privately, /organisers have taken this evidence away/);
  assert.doesNotMatch(privately, /Check now/);
  assert.match(await (await moderator.get(`${path}?lang=en`)).text(), /stands again.*Check now/s);
  const again = await app.post(`${own}/check`, {});
  assert.match(await (await app.fetch(again.headers.get("location")!)).text(), /organisers have taken/);
  assert.deepEqual(await kinds(), ["organisers"]);
  await moderator.post(`${path}/check`);
  assert.deepEqual((await kinds()).sort(), ["dns", "organisers"]);

  assert.deepEqual(
    (await actsOf(app)).filter((act) => act.startsWith("evidence.")),
    [
      "evidence.add | Mo Derator",
      "evidence.remove | Mo Derator",
      "evidence.add | Mo Derator",
      "evidence.add | Mo Derator",
    ],
  );
  const acts = await app.db.selectFrom("act").selectAll().where("act", "like", "evidence.%").execute();
  for (const { letter_id, subject_id } of acts) assert.deepEqual([letter_id, subject_id], [letter.id, id]);
  // What is said of somebody is erased with them, so it does not stand in what stays for ever.
  assert.doesNotMatch(JSON.stringify(acts), /Rosa|Not their domain|readers\.example/);
});

test("a note that cannot be kept comes back as it was typed", async () => {
  await acceptedElsewhere();
  const path = await deskPath();
  for (const note of ["", "x".repeat(1001), "a\u202eb"]) {
    const answer = await moderator.post(`${path}/vouch?lang=en`, { note });
    assert.equal(answer.status, 422);
    const page = await answer.text();
    assert.match(page, /aria-invalid="true"/);
    assert.ok(page.includes(`value="${note}"`));
  }
  assert.deepEqual(await kinds(), []);
  // A person may be vouched for as well.
  await signAndConfirm(app, letter.slug, person());
  await moderator.post(`${await deskPath()}/vouch`, { note: "We met." });
  assert.deepEqual(await kinds(), ["organisers"]);
});

test("the desk vouches for what stands beside the name as well: corrected by its signatory, it has to be vouched for anew", async () => {
  const own = await signAndConfirm(
    app,
    letter.slug,
    person({ affiliation: "Readers’ Guild", role: "Member" }),
  );
  const correct = async (fields: Record<string, string>) =>
    assert.equal((await app.post(own, fields)).status, 303);
  const vouch = async () => moderator.post(`${await deskPath()}/vouch`, { note: "We met." });
  await vouch();
  await correct({ affiliation: "Readers’ Guild", role: "Member", updates: "yes" });
  assert.deepEqual(await kinds(), ["organisers"]);
  await correct({ affiliation: "Ministry of Letters", role: "Member", updates: "yes" });
  assert.deepEqual(await kinds(), []);
  await vouch();
  assert.deepEqual(await kinds(), ["organisers"]);
  await correct({ affiliation: "Ministry of Letters", role: "Minister", updates: "yes" });
  assert.deepEqual(await kinds(), []);
  const shown = await (await moderator.get(await deskPath())).text();
  assert.match(shown, /We met\./);
});

test("a signature is found under its own letter only", async () => {
  await acceptedElsewhere();
  const path = await deskPath();
  const other = await app.letter({ ...openLetter, slug: `other-${letters}` });
  assert.equal((await moderator.get(path.replace(letter.id, other.id))).status, 404);
  assert.equal(
    (await moderator.post(`${path.replace(letter.id, other.id)}/vouch`, { note: "x" })).status,
    404,
  );
  assert.deepEqual(await kinds(), []);
});

test("withdrawn and put back, the evidence stands; taken away, an address does not come back", async () => {
  const own = await signAndConfirm(app, letter.slug, organisation());
  await app.post(`${own}/withdraw`, {});
  assert.equal(await missing(), 0);
  const restored = await app.post(`${own}/restore`, {});
  const back = restored.headers.get("location")!.replace(/\/receipt.*/, "");
  assert.deepEqual(await kinds(), ["address"]);

  const { id } = await app.db
    .selectFrom("evidence")
    .select("id")
    .where("signature_id", "=", (await signature()).id)
    .executeTakeFirstOrThrow();
  await moderator.post(`${await deskPath()}/remove`, { evidence: String(id), reason: "A shared domain." });
  assert.equal(await missing(), 1);
  await app.post(`${back}/withdraw`, {});
  assert.equal(await missing(), 0);
  await app.post(`${back}/restore`, {});
  assert.deepEqual(await kinds(), []);
  assert.equal(await missing(), 1);
});

test("erasing the signature erases its evidence, the notes and the looks at its domain", async () => {
  const own = await signAndConfirm(app, letter.slug, organisation());
  await app.post(`${own}/check`, {});
  await moderator.post(`${await deskPath()}/vouch`, { note: "We met." });
  const { id } = await signature();
  const left = async () => {
    const { rows } = await sql<{ evidence: number; checks: number }>`
      select (select count(*) from evidence where signature_id = ${id}) as evidence,
        (select count(*) from domain_check where signature_id = ${id}) as checks`.execute(app.db);
    return rows[0];
  };
  assert.deepEqual(await left(), { evidence: 2, checks: 1 });
  await app.post(`${own}/erase`, {});
  assert.deepEqual(await left(), { evidence: 0, checks: 0 });
  const page = await (await moderator.get(`${await deskPath()}?lang=en`)).text();
  await assertValidHtml(page, "erased evidence");
  assert.match(page, /was erased/);
});

test("looks at domains are forgotten after a month", async () => {
  const own = await acceptedElsewhere();
  await app.post(`${own}/check`, {});
  app.pass(31 * day);
  await purgeSigning(app.db, app.deps.clock);
  assert.deepEqual(await app.db.selectFrom("domain_check").selectAll().execute(), []);
  assert.doesNotMatch(await text(own), /there is no such record/);
});

test("counting those without evidence reads an index that has only these, and no more than a bound", async () => {
  await acceptedElsewhere();
  const { id } = await signature();
  await sql`
    insert into signature (id, letter_id, revision, kind, state, name, name_folded, country, show, updates, language,
      email_sealed, email_hash, created_at, accepted_at, place, has_evidence)
    select gen_random_uuid(), letter_id, revision, kind, state, name, name_folded, country, show, updates, language,
      email_sealed, int4send(n), created_at, accepted_at, place + n, n > 1500
    from signature, generate_series(1, 3000) n where id = ${id}`.execute(app.db);
  await sql`analyze signature`.execute(app.db);
  assert.equal(await missing(), countedAtMost);
  const { rows } = await sql<{ "QUERY PLAN": string }>`
    explain select from signature where letter_id = ${letter.id} and kind = 'organisation' and state = 'accepted'
      and not has_evidence order by place desc limit 100`.execute(app.db);
  assert.match(rows.map((row) => row["QUERY PLAN"]).join("\n"), /signature_without_evidence/);
});
