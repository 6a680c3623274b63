/** How often something may be done: forms from one network, and changes of one signature. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { changeLimit } from "../../src/signing/limits.ts";
import { forgetNetworks, networkLimits } from "../../src/signing/network-limit.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { listen } from "../support/listen.ts";
import { assertLogHolds, entriesOf } from "../support/served-log.ts";
import { day, openLetter, person, signAndConfirm, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let slug: string;
let letters = 0;

before(async () => {
  app = await startSigningApp({ env: { TRUSTED_PROXIES: "127.0.0.1, 2a00:1450:4001::/48" } });
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});
beforeEach(async () => {
  letters += 1;
  slug = `letter-${letters}`;
  await app.letter({ ...openLetter, slug });
  app.pass(day);
});

let people = 0;
const form = (fields: Record<string, string> = {}) => {
  people += 1;
  return new URLSearchParams(person({ email: `p${people}@example.org`, ...fields }));
};

/** Sends a form as a proxy on this machine does, which says for whom. */
function send(forwarded: string | undefined, fields: Record<string, string> = {}): Promise<Response> {
  return app.fetch(
    `/letters/${slug}/sign`,
    {
      method: "POST",
      headers: forwarded === undefined ? {} : { "X-Forwarded-For": forwarded },
      body: form(fields),
    },
    { incoming: { headers: {}, socket: { remoteAddress: "127.0.0.1" } } },
  );
}

async function statuses(number: number, forwarded: string | undefined): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  // Several at once, and no more than there are connections to the database.
  for (let sent = 0; sent < number; sent += 7) {
    const batch = Array.from({ length: Math.min(7, number - sent) }, () => send(forwarded));
    for (const { status } of await Promise.all(batch)) counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

test("one network sends sixty forms an hour, also several at once; then the form comes back with all that was typed", async () => {
  const client = "93.184.215.14";
  assert.deepEqual(await statuses(networkLimits.form + 3, client), { 303: networkLimits.form, 429: 3 });
  const answer = await send(client, { name: "Zoë Last", affiliation: "A “Guild”", email: "zoe@example.org" });
  assert.equal(answer.status, 429);
  assert.equal(answer.headers.get("retry-after"), "3600");
  const document = await answer.text();
  await assertValidHtml(document, "too many forms");
  assert.match(document, /Very many forms have come from your network.*in 60 minutes/s);
  for (const typed of ["Zoë Last", "A “Guild”", "Mathematician", "zoe@example.org"])
    assert.ok(document.includes(`value="${typed}"`), typed);
  assert.match(document, /value="GB" selected/);

  // A form with something wrong sends no mail, and is not counted; another network has its own count.
  assert.equal((await send(client, { name: "" })).status, 422);
  assert.equal((await send("93.184.215.15")).status, 303);
  app.pass(3_599_000);
  assert.match(await (await send(client)).text(), /in one minute/);
  app.pass(1_000);
  assert.equal((await send(client)).status, 303);
});

test("of IPv6 the first half is one network, and of a longer way what the named proxies say", async () => {
  assert.deepEqual(await statuses(networkLimits.form, "2a02:2f0e:1:2::9"), { 303: networkLimits.form });
  assert.equal((await send("2a02:2f0e:1:2:ffff::1")).status, 429);
  assert.equal((await send("[2a02:2f0e:1:2::7]:443")).status, 429);
  assert.equal((await send("2a02:2f0e:1:3::9")).status, 303);
  // What stands before the address that a named proxy saw was written by the client.
  assert.equal((await send("8.8.8.8, 2a02:2f0e:1:2::9")).status, 429);
  assert.equal((await send("2a02:2f0e:1:2::9, 2a00:1450:4001:81c::200e")).status, 429);
  assert.equal((await send("2a02:2f0e:1:2::9, 2a00:1450:4002:81c::200e")).status, 303);
});

test("this machine and private networks are not counted, nor is a proxy believed that nobody has named", async () => {
  assert.deepEqual(await statuses(networkLimits.form + 1, undefined), { 303: networkLimits.form + 1 });
  assert.deepEqual(await statuses(networkLimits.form + 1, "10.1.2.3"), { 303: networkLimits.form + 1 });
  const other = await startSigningApp();
  const { slug: its } = await other.letter(openLetter);
  const peer = { incoming: { headers: {}, socket: { remoteAddress: "::ffff:93.184.215.14" } } };
  for (let one = 0; one <= networkLimits.form; one++) {
    const answer = await other.fetch(
      `/letters/${its}/sign`,
      {
        method: "POST",
        headers: { "X-Forwarded-For": `8.8.8.${one}` },
        body: form(),
      },
      peer,
    );
    assert.equal(answer.status, one < networkLimits.form ? 303 : 429);
  }
  await other.close();
});

test("what is kept of a network is a keyed hash, for an hour", async () => {
  const site = await listen(app);
  const headers = { "X-Forwarded-For": "93.184.215.20" };
  const sent = { method: "POST", redirect: "manual", headers, body: form() } as const;
  assert.equal((await fetch(`${site.origin}/letters/${slug}/sign`, sent)).status, 303);
  await site.stop();
  const rows = () => app.db.selectFrom("form_network").selectAll().execute();
  const kept = await rows();
  assert.ok(kept.every(({ network }) => network.length === 32));
  assert.ok(kept.some(({ network }) => network.equals(app.deps.keys.networkHash("93.184.215.20"))));
  app.pass(3_600_000);
  await forgetNetworks(app.db, app.deps.clock);
  assert.deepEqual(await rows(), []);
});

test("one private link corrects a signature a few times a day, and the log grows no further", async () => {
  const own = await signAndConfirm(app, slug, person({ updates: "yes", email: `c${letters}@example.org` }));
  const correct = (affiliation: string, updates = "yes") =>
    app.post(own, { affiliation, role: "Mathematician", updates });
  for (let one = 0; one < changeLimit; one++) assert.equal((await correct(`Society ${one}`)).status, 303);
  const entries = (await entriesOf(app)).length;
  const answer = await correct("Society of “More”");
  assert.equal(answer.status, 429);
  const document = await answer.text();
  await assertValidHtml(document, "changed often");
  assert.match(document, /changed often today.*tomorrow/);
  assert.ok(document.includes('value="Society of “More”"'));
  assert.equal((await entriesOf(app)).length, entries);
  // Leave to write can always be taken back.
  assert.equal((await correct(`Society ${changeLimit - 1}`, "")).status, 303);
  assert.equal((await correct(`Society ${changeLimit - 1}`)).status, 429);

  // Nor does withdrawing and putting back in turns.
  assert.equal((await app.post(`${own}/withdraw`, {})).status, 303);
  const withdrawn = await (await app.fetch(own)).text();
  assert.match(withdrawn, /From tomorrow you can put it back/);
  assert.doesNotMatch(withdrawn, /\/restore/);
  assert.equal((await app.post(`${own}/restore`, {})).headers.get("location"), own);
  app.pass(day);
  assert.match(await (await app.fetch(own)).text(), /\/restore/);
  assert.match((await app.post(`${own}/restore`, {})).headers.get("location")!, /\/receipt\?done=restored$/);
});
