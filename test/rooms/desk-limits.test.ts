/** How often one network may try to come to the desk. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { sql } from "kysely";
import { routes } from "../../src/routes.ts";
import { networkLimits } from "../../src/signing/network-limit.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { follow } from "../support/browser.ts";
import { assertValidHtml } from "../support/checks.ts";
import { setUp, type Visitor } from "../support/desk.ts";
import { look } from "../support/look.ts";
import { openLetter, person } from "../support/signing.ts";
import { showSite } from "../support/site.ts";

let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startTestApp({ env: { TRUSTED_PROXIES: "127.0.0.1, ::1" } });
  owner = await setUp(app);
});
after(() => app.close());
beforeEach(() => app.pass(3_600_000));

/** Sends a form as a proxy on this machine does, which says for whom. */
function send(path: string, network: string, fields: Record<string, string> = {}, cookie = "") {
  const headers = { "X-Forwarded-For": network, "Sec-Fetch-Site": "same-origin", Cookie: cookie };
  return app.fetch(
    path,
    { method: "POST", headers, body: new URLSearchParams(fields) },
    { incoming: { headers: {}, socket: { remoteAddress: "127.0.0.1" } } },
  );
}

/** Notes that so many steps were taken, as the doors count them. */
const taken = (steps: number) => app.db.updateTable("form_network").set({ forms: steps }).execute();

for (const [door, path, fields, free] of [
  ["a link", routes.deskSignIn(), { email: "nobody@example.org" }, 303],
  ["a challenge", routes.deskPasskeyChallenge(), {}, 200],
  ["a passkey", routes.deskPasskey(), { passkey: "" }, 422],
] as const)
  test(`whoever asks for ${door} too often is told when to come back, and leaves nothing`, async () => {
    await app.db.deleteFrom("form_network").execute();
    const network = "93.184.215.14";
    assert.equal((await send(path, network, fields)).status, free);
    await taken(networkLimits.desk - 1);
    assert.equal((await send(path, network, fields)).status, free);
    const left = () =>
      Promise.all([
        app.db.selectFrom("passkey_challenge").select("hash").orderBy("hash").execute(),
        app.db.selectFrom("sign_in_failure").select("at").orderBy("at").execute(),
        sql`select id from graphile_worker.jobs order by id`.execute(app.db).then(({ rows }) => rows),
      ]);
    const before = await left();
    const refused = await send(path, network, fields);
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get("retry-after"), "3600");
    assert.deepEqual(refused.headers.getSetCookie(), []);
    const document = await refused.text();
    await assertValidHtml(document, "too many");
    assert.match(document, /Try again in 60 minutes/);
    assert.deepEqual(await left(), before);
    // Another network is not kept out, nor is who is signed in.
    assert.equal((await send(path, "93.184.215.15", fields)).status, free);
    const cookie = Array.from(owner.cookies, ([name, value]) => `${name}=${value}`).join("; ");
    assert.notEqual((await send(path, network, fields, cookie)).status, 429);
    app.pass(3_600_000);
    assert.equal((await send(path, network, fields)).status, free);
  });

test("the answer is the same whether an address has an account, and what was typed is kept", async () => {
  const network = "93.184.215.16";
  const pages: string[] = [];
  for (const email of ["ada@example.org", "nobody@example.org"]) {
    await send(routes.deskSignIn(), network, { email });
    await taken(networkLimits.desk);
    const answer = await send(routes.deskSignIn(), network, { email, next: "/desk/people" });
    assert.equal(answer.status, 429);
    const document = await answer.text();
    assert.ok(document.includes(`value="${email}"`) && document.includes('value="/desk/people"'));
    pages.push(document.replaceAll(email, "…"));
  }
  assert.equal(pages[0], pages[1]);
});

test("who uses a passkey in a browser is told so in words", async () => {
  const network = "93.184.215.18";
  await send(routes.deskSignIn(), network, { email: "nobody@example.org" });
  await taken(networkLimits.desk);
  const site = await showSite(app);
  const page = await site.visit({ width: 390 }, routes.deskSignIn());
  await page.setExtraHTTPHeaders({ "X-Forwarded-For": network });
  await follow(page.locator("form[data-passkey] button"));
  assert.match(await page.locator("[role=alert]").first().innerText(), /Try again in 60 minutes/);
  await look(page, "too many");
  await page.context().close();
  await site.close();
});

test("forms under letters and steps towards the desk are counted apart", async () => {
  const network = "93.184.215.17";
  await app.db.deleteFrom("form_network").execute();
  const { slug } = await app.letter(openLetter);
  const email = "nobody@example.org";
  await send(routes.deskSignIn(), network, { email });
  await taken(networkLimits.desk);
  assert.equal((await send(routes.deskSignIn(), network, { email })).status, 429);
  assert.equal((await send(routes.sign(slug), network, person())).status, 303);
  await taken(networkLimits.form);
  assert.equal((await send(routes.sign(slug), network, person())).status, 429);
  assert.equal((await send(routes.deskSignIn(), network, { email })).status, 303);
});
