/** Every route of the desk is tried as every role and as nobody: the table of routes and roles is the source. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { roles } from "../../src/people/roles.ts";
import { patterns, routes } from "../../src/routes.ts";
import { type Access, access } from "../../src/web/desk/access.ts";
import { createRouter } from "../../src/web/router.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accountOf, join, leadsTo, setUp, signedIn, Visitor } from "../support/desk.ts";
import { openLetter, startSigningApp } from "../support/signing.ts";

const names = { owner: "Ada Byron", editor: "Eva Ed", moderator: "Mo Derator", partner: "Pat Partner" };
const minute = 60_000;
let app: TestApp;

before(async () => {
  app = await startSigningApp();
  const { slug } = await app.letter(openLetter);
  const owner = await setUp(app);
  await join(app, owner, "editor", "eva@example.org", names.editor);
  await join(app, owner, "moderator", "mo@example.org", names.moderator);
  await join(app, owner, "partner", "pat@example.org", names.partner, slug);
});
after(() => app.close());

type DeskRoute = Extract<keyof typeof routes, `desk${string}`>;
type Door = { name: string; method: "GET" | "POST"; path: string; access: Access };

/** Nobody's id: what is done to it does nothing. */
const nobodysId = "00000000-0000-4000-8000-000000000000";

function doors(): Door[] {
  return Object.entries(access).map(([name, wanted]) => {
    const [method, route] = name.split(" ") as ["GET" | "POST", DeskRoute];
    const make = routes[route] as (...parameters: string[]) => string;
    return {
      name,
      method,
      path: make(
        ...(/:id/.test(patterns[route])
          ? [nobodysId, /:number/.test(patterns[route]) ? "1" : nobodysId]
          : ["x".repeat(43)]),
      ),
      access: wanted,
    };
  });
}

const open = (visitor: Visitor, { method, path }: Door) =>
  method === "GET" ? visitor.get(path) : visitor.post(path);

const asksWho = (answer: Response) => /^\/desk\/sign-in(\?|$)/.test(answer.headers.get("location") ?? "");
const asksAgain = (answer: Response) => /^\/desk\/confirm(\?|$)/.test(answer.headers.get("location") ?? "");

test("the router has every door of the table, and no other of the desk", () => {
  const routed = createRouter(app.deps)
    .routes.filter(({ path, method }) => path.startsWith("/desk") && method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`);
  const tabled = Object.keys(access).map((name) => {
    const [method, route] = name.split(" ") as [string, keyof typeof patterns];
    return `${method} ${patterns[route]}`;
  });
  assert.deepEqual([...new Set(routed)].sort(), tabled.sort());
  const unused = Object.keys(patterns).filter(
    (name) => name.startsWith("desk") && !Object.keys(access).some((door) => door.endsWith(` ${name}`)),
  );
  assert.deepEqual(unused, []);
});

test("nobody is asked who they are, wherever that is needed", async () => {
  for (const door of doors()) {
    const answer = await open(new Visitor(app), door);
    assert.ok(answer.status < 500, door.name);
    assert.equal(asksWho(answer), door.access.for !== "anyone", door.name);
    assert.equal(answer.headers.get("cache-control"), "no-store", door.name);
    if (door.access.for !== "anyone") assert.equal(await answer.text(), "", door.name);
  }
});

test("what took long to write comes back to nobody, to be sent again; all else asks who it is", async () => {
  for (const door of doors().filter(({ method, access }) => method === "POST" && access.for !== "anyone")) {
    const answer = await new Visitor(app).post(door.path, { body: 'Hours of "work"' });
    assert.equal(asksWho(answer), door.access.keeps !== true, door.name);
    if (door.access.keeps)
      assert.match(await answer.text(), /name="body" value="Hours of &quot;work&quot;"/, door.name);
  }
  const kept = doors().filter(({ access }) => access.keeps);
  for (const written of ["deskText", "deskNewComment", "deskComment", "deskCorrect", "deskInvitees"])
    assert.ok(
      kept.some(({ name }) => name === `POST ${written}`),
      written,
    );
});

for (const role of roles) {
  test(`${role}: lets in, or refuses, as the table says`, async () => {
    for (const door of doors()) {
      const visitor = await signedIn(app, names[role]);
      const answer = await open(visitor, door);
      const allowed = door.access.for === "anyone" || door.access.for.includes(role);
      assert.ok(answer.status < 500, door.name);
      assert.equal(answer.status === 403, !allowed, `${door.name}: ${answer.status}`);
      // Signing out leads there, too.
      if (door.name !== "POST deskSignOut") assert.ok(!asksWho(answer) && !asksAgain(answer), door.name);
    }
  });

  test(`${role}: sensitive acts ask again after ten minutes, and only they`, async () => {
    const visitor = await signedIn(app, names[role]);
    app.pass(11 * minute);
    for (const door of doors()) {
      if (door.access.for === "anyone" || door.name === "POST deskSignOut") continue;
      const answer = await open(visitor, door);
      const expected = door.access.for.includes(role) && door.access.fresh === true;
      assert.equal(asksAgain(answer), expected, door.name);
    }
  });
}

test("an address that leads nowhere keeps who is signed in at the desk, and tells nobody else of it", async () => {
  const paths = ["/desk/nothing/here", `/desk/letters/${nobodysId}`, `/desk/people/${nobodysId}`];
  const owner = await signedIn(app, names.owner);
  for (const path of paths) {
    const answer = await owner.get(path);
    assert.equal(answer.status, 404, path);
    const document = await answer.text();
    await assertValidHtml(document, path);
    assert.match(document, /<nav aria-label="Desk">.*<h1>There is no page here<\/h1>.*href="\/desk"/s, path);
    assert.equal(answer.headers.get("cache-control"), "no-store");
  }
  assert.equal((await owner.post("/desk/nothing/here")).status, 404);
  const partner = await (await (await signedIn(app, names.partner)).get("/desk/nothing/here")).text();
  assert.doesNotMatch(partner, /href="\/desk\/letters"/);
  const stranger = await new Visitor(app).get("/desk/nothing/here");
  assert.equal(stranger.status, 404);
  assert.doesNotMatch(await stranger.text(), /<nav aria-label="Desk">/);
});

test("a form of another site is refused at every door, whoever sends it", async () => {
  const visitor = await signedIn(app, names.owner);
  const before = await app.db
    .selectFrom("act")
    .select(({ fn }) => fn.countAll().as("n"))
    .executeTakeFirst();
  for (const door of doors().filter(({ method }) => method === "POST")) {
    for (const headers of [
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { "Sec-Fetch-Site": "", Origin: "https://evil.example" },
      { "Sec-Fetch-Site": "", Origin: "null" },
    ]) {
      const answer = await visitor.post(door.path, {}, headers);
      assert.equal(answer.status, 403, `${door.name} ${JSON.stringify(headers)}`);
    }
  }
  const after = await app.db
    .selectFrom("act")
    .select(({ fn }) => fn.countAll().as("n"))
    .executeTakeFirst();
  assert.deepEqual(after, before);
});

test("a sensitive form that comes too late leads back to its own page", async () => {
  const visitor = await signedIn(app, names.owner);
  const { id } = await accountOf(app, names.editor);
  app.pass(11 * minute);
  const page = `http://localhost/desk/people/${id}?lang=fr`;
  const answer = await visitor.post(`/desk/people/${id}/role`, { role: "owner" }, { Referer: page });
  leadsTo(answer, `/desk/confirm?next=${encodeURIComponent(`/desk/people/${id}?lang=fr`)}`);
  assert.equal((await accountOf(app, names.editor)).role, "editor");
  const elsewhere = await visitor.post(`/desk/people/${id}/role`, {}, { Referer: "https://evil.example/x" });
  leadsTo(elsewhere, "/desk/confirm");
});

test("the masthead leads each role only to what is open to it", async () => {
  for (const role of roles) {
    const visitor = await signedIn(app, names[role]);
    const document = await (await visitor.get("/desk")).text();
    const nav = /<nav aria-label="Desk">.*?<\/nav>/s.exec(document)![0];
    const links = Array.from(nav.matchAll(/href="([^"]+)"/g), (match) => match[1]!);
    assert.ok(links.length >= 3, role);
    for (const link of links) assert.equal((await visitor.get(link)).status, 200, `${role} ${link}`);
    assert.equal(links.includes("/desk/people"), role === "owner");
  }
});
