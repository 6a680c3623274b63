/** How people come to the desk, what they may do there, and how they go. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { after, before, test } from "node:test";
import { run } from "../../src/ops/commands/invite.ts";
import { makeSetUpLink } from "../../src/people/invite.ts";
import type { TestApp } from "../support/app.ts";
import { sayIn } from "../support/command.ts";
import {
  accept,
  accountOf,
  actsOf,
  deskLink,
  join,
  leadsTo,
  setUp,
  signedIn,
  Visitor,
} from "../support/desk.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { endServers, startServer } from "../support/server.ts";
import { mailsTo, openLetter, startSigningApp } from "../support/signing.ts";
import { until } from "../support/until.ts";

const day = 86_400_000;
let app: TestApp;
let owner: Visitor;
let mail: MailServer;
let folder: string;

before(async () => {
  app = await startSigningApp();
  mail = await startMailServer();
  folder = await mkdtemp(joinPath(tmpdir(), "undersigned-desk-"));
});
after(async () => {
  await endServers();
  await app.close();
  await mail.close();
  await rm(folder, { recursive: true, force: true });
});

test("the set-up link makes the first owner, once; then there is none any more", async () => {
  const [first, second] = [
    await makeSetUpLink(app.db, app.deps.clock),
    await makeSetUpLink(app.db, app.deps.clock),
  ];
  const path = `/desk/invitations/${first}`;
  const shown = await new Visitor(app).get(path);
  assert.equal(shown.status, 200);
  assert.match(await shown.text(), /name="email"/);
  const bad = await new Visitor(app).post(path, { name: " ", email: "ada@" });
  assert.equal(bad.status, 422);
  const page = await bad.text();
  assert.match(page, /href="#name"/);
  assert.match(page, /href="#email"/);
  assert.match(page, /value="ada@"/);

  owner = await accept(app, path, { name: "Ada Byron", email: "ada@example.org", language: "fr" });
  assert.equal((await owner.get("/desk")).status, 200);
  for (const link of [path, `/desk/invitations/${second}`]) {
    assert.equal((await new Visitor(app).get(link)).status, 410);
    assert.equal((await new Visitor(app).post(link, { name: "M", email: "m@example.org" })).status, 410);
  }
  assert.equal(await makeSetUpLink(app.db, app.deps.clock), undefined);
  const ada = await accountOf(app, "Ada Byron");
  assert.equal(ada.role, "owner");
  assert.equal(ada.language, "fr");
  assert.equal(app.deps.keys.open(ada.email_sealed!), "ada@example.org");
});

test("two who take up one link at the same moment: one of them does", async () => {
  const other = await startSigningApp();
  try {
    const path = `/desk/invitations/${await makeSetUpLink(other.db, other.deps.clock)}`;
    const answers = await Promise.all(
      ["a", "b", "c", "d"].map((name) =>
        new Visitor(other).post(path, { name, email: `${name}@example.org` }),
      ),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 410, 410, 410]);
    assert.equal((await other.db.selectFrom("account").select("id").execute()).length, 1);
  } finally {
    await other.close();
  }
});

test("an owner invites by mail; the link brings the role, the address and the language", async () => {
  leadsTo(
    await owner.post("/desk/people/invite", { email: "Eva@Example.org", role: "editor", language: "es" }),
    "/desk/people?done=invited",
  );
  await app.runJobs();
  const [letter] = await mailsTo(app, "Eva@example.org");
  assert.equal(letter!.subject, "Invitación al escritorio de Example Alliance");
  const people = await (await owner.get("/desk/people?done=invited")).text();
  assert.match(people, /Eva@example\.org/);
  assert.match(await (await owner.get("/desk")).text(), /invitation not taken up/);

  const link = await deskLink(app, "Eva@example.org", "invitations");
  const page = await (await new Visitor(app).get(link)).text();
  assert.match(page, /Eva@example\.org/);
  assert.doesNotMatch(page, /name="email"/);
  const eva = await accept(app, link, { name: "Eva Ed", email: "mallory@example.org", language: "es" });
  const account = await accountOf(app, "Eva Ed");
  assert.equal(account.role, "editor");
  assert.equal(app.deps.keys.open(account.email_sealed!), "Eva@example.org");
  assert.equal((await eva.get("/desk/people")).status, 403);
  assert.doesNotMatch(await (await owner.get("/desk/people")).text(), /action="\/desk\/people\/invitations/);
  const known = await owner.post("/desk/people/invite", { email: "eva@example.org", role: "owner" });
  assert.equal(known.status, 422);
  assert.match(await known.text(), /already/);
});

test("an invitation ends after seven days, when it is taken back, and when another replaces it", async () => {
  const invite = async () => {
    await owner.post("/desk/people/invite", { email: "mo@example.org", role: "moderator", language: "en" });
    await app.runJobs();
    return deskLink(app, "mo@example.org", "invitations");
  };
  const status = async (link: string) => (await new Visitor(app).get(link)).status;
  const first = await invite();
  const second = await invite();
  assert.deepEqual([await status(first), await status(second)], [410, 200]);
  const page = await (await owner.get("/desk/people")).text();
  const withdraw = /action="(\/desk\/people\/invitations\/[0-9a-f-]{36}\/withdraw)"/.exec(page)![1]!;
  leadsTo(await owner.post(withdraw), "/desk/people?done=withdrawn");
  leadsTo(await owner.post(withdraw), "/desk/people?done=withdrawn");
  assert.equal(await status(second), 410);
  const third = await invite();
  app.pass(7 * day - 1);
  assert.equal(await status(third), 200);
  app.pass(1);
  assert.equal(await status(third), 410);
  owner = await signedIn(app, "Ada Byron");
});

test("a partner comes with a letter", async () => {
  const { slug, id } = await app.letter(openLetter);
  const without = await owner.post("/desk/people/invite", { email: "pat@example.org", role: "partner" });
  assert.equal(without.status, 422);
  assert.match(await without.text(), /href="#letter"/);
  await join(app, owner, "partner", "pat@example.org", "Pat Partner", slug);
  const pat = await accountOf(app, "Pat Partner");
  const rows = await app.db.selectFrom("partner_letter").selectAll().execute();
  assert.deepEqual(
    rows.map(({ account_id, letter_id }) => [account_id, letter_id]),
    [[pat.id, id]],
  );
  assert.match(await (await owner.get(`/desk/people/${pat.id}`)).text(), /Answer Your Letters/);
});

test("a role holds at once; the last owner stays, also when two owners demote each other", async () => {
  const eva = await signedIn(app, "Eva Ed");
  const { id: evaId } = await accountOf(app, "Eva Ed");
  const { id: adaId } = await accountOf(app, "Ada Byron");
  for (const path of [`/desk/people/${adaId}/role`, `/desk/people/${adaId}/remove`]) {
    const answer = await owner.post(path, { role: "editor" });
    assert.equal(answer.status, 409);
    assert.match(await answer.text(), /last owner/);
  }
  leadsTo(await owner.post(`/desk/people/${evaId}/role`, { role: "owner" }), "/desk/people?done=changed");
  assert.equal((await eva.get("/desk/people")).status, 200);
  const answers = await Promise.all([
    owner.post(`/desk/people/${evaId}/role`, { role: "editor" }),
    eva.post(`/desk/people/${adaId}/role`, { role: "editor" }),
  ]);
  const owners = await app.db.selectFrom("account").select("name").where("role", "=", "owner").execute();
  assert.equal(owners.length, 1, answers.map(({ status }) => status).join(" "));
  await app.db.updateTable("account").set({ role: "owner" }).where("id", "=", adaId).execute();
  await app.db.updateTable("account").set({ role: "editor" }).where("id", "=", evaId).execute();
});

test("who is removed is out at once everywhere; the name stays beside what they did, the address does not", async () => {
  const eva = await signedIn(app, "Eva Ed");
  const { id } = await accountOf(app, "Eva Ed");
  const { id: adaId } = await accountOf(app, "Ada Byron");
  await new Visitor(app).post("/desk/sign-in", { email: "eva@example.org" });
  await app.runJobs();
  const link = await deskLink(app, "Eva@example.org", "sign-in");
  // It is asked about on a page of its own, which says what goes; looking at it changes nothing.
  const person = await (await owner.get(`/desk/people/${id}`)).text();
  assert.match(person, new RegExp(`href="/desk/people/${id}/remove"`));
  assert.doesNotMatch(person, new RegExp(`action="/desk/people/${id}/remove"`));
  const asked = await (await owner.get(`/desk/people/${id}/remove`)).text();
  assert.match(asked, /Eva Ed.*cannot be undone.*signed out everywhere.*invited again/s);
  assert.doesNotMatch(asked, /your own account/);
  const own = await (await owner.get(`/desk/people/${adaId}/remove`)).text();
  assert.match(own, /your own account[\s\S]*You are signed out everywhere at once[\s\S]*Your private links/);
  assert.doesNotMatch(own, /\bThey\b|\b[Tt]heir\b|that they/);
  assert.equal((await eva.get("/desk")).status, 200);
  leadsTo(await owner.post(`/desk/people/${id}/remove`), "/desk/people?done=removed");
  for (const again of [
    await owner.post(`/desk/people/${id}/remove`),
    await owner.get(`/desk/people/${id}/remove`),
  ])
    assert.equal(again.status, 404);
  assert.equal((await owner.get(`/desk/people/${id}`)).status, 404);
  leadsTo(await eva.get("/desk"), /^\/desk\/sign-in/);
  assert.equal((await new Visitor(app).get(link)).status, 410);
  const row = await accountOf(app, "Eva Ed");
  assert.deepEqual([row.email_sealed, row.email_hash], [null, null]);
  assert.match(await (await owner.get("/desk/history?q=eva")).text(), /Account removed: <bdi>Eva Ed/);

  const before = (await mailsTo(app, "Eva@example.org")).length;
  await new Visitor(app).post("/desk/sign-in", { email: "eva@example.org" });
  await app.runJobs();
  assert.equal((await mailsTo(app, "Eva@example.org")).length, before);
  // Whoever was removed may be invited again, and is somebody new.
  await join(app, owner, "editor", "eva@example.org", "Eva Again");
  assert.notEqual((await accountOf(app, "Eva Again")).id, id);
});

test("what a former owner invited is taken back", async () => {
  await join(app, owner, "owner", "fay@example.org", "Fay Former");
  const fay = await signedIn(app, "Fay Former");
  const { id } = await accountOf(app, "Fay Former");
  const invite = async (email: string) => {
    await fay.post("/desk/people/invite", { email, role: "owner", language: "en" });
    await app.runJobs();
    return deskLink(app, email, "invitations");
  };
  const first = await invite("backdoor@example.org");
  leadsTo(await owner.post(`/desk/people/${id}/role`, { role: "editor" }), "/desk/people?done=changed");
  assert.equal((await new Visitor(app).get(first)).status, 410);
  leadsTo(await owner.post(`/desk/people/${id}/role`, { role: "owner" }), "/desk/people?done=changed");
  const second = await invite("backdoor@example.org");
  leadsTo(await owner.post(`/desk/people/${id}/remove`), "/desk/people?done=removed");
  assert.equal((await new Visitor(app).get(second)).status, 410);
  assert.deepEqual((await actsOf(app)).slice(0, 2), [
    "invitation.withdrawn | Ada Byron",
    "account.removed | Ada Byron | Fay Former",
  ]);
});

test("an invitation whose address the mail server refuses is shown as such", async () => {
  const other = await startSigningApp({ env: { SMTP_URL: mail.url } });
  try {
    const ada = await setUp(other);
    await other.runJobs();
    mail.answers.push(550);
    await ada.post("/desk/people/invite", { email: "typo@example.org", role: "editor", language: "en" });
    await other.runJobs();
    assert.match(await (await ada.get("/desk/people")).text(), /Could not be delivered/);
    assert.match(await (await ada.get("/desk")).text(), /could not be delivered/);
    assert.ok(!other.lines.join("\n").includes("typo@example.org"));
  } finally {
    await other.close();
  }
});

test("one's own name and language can be changed, and bad ones come back", async () => {
  const eva = await signedIn(app, "Eva Again");
  assert.equal((await eva.post("/desk/account", { name: "https://x.example", language: "en" })).status, 422);
  leadsTo(
    await eva.post("/desk/account", { name: " Eva  Edda ", language: "ar" }),
    "/desk/account?saved=yes",
  );
  assert.equal((await accountOf(app, "Eva Edda")).language, "ar");
  app.pass(day);
  await new Visitor(app).post("/desk/sign-in", { email: "eva@example.org" });
  await app.runJobs();
  assert.match((await mailsTo(app, "eva@example.org"))[0]!.subject, /مكتب/);
  assert.deepEqual((await actsOf(app))[0], "account.changed | Eva Again | Eva Edda");
});

/** Calls the command. */
const invite = (words: string[], env: Record<string, string>) => sayIn(env, run, ...words);

test("the server prints the set-up link at each start until it is used; `undersigned invite` makes and mails others", async () => {
  const env = {
    DATA_DIR: folder,
    SECRET_KEY: "a key for tests that is long enough to be taken",
    SMTP_URL: mail.url,
  };
  const setUpLink = (output: () => string) =>
    until(
      "the link",
      async () => /^ {2}(http:\/\/localhost:\d+\/desk\/invitations\/[\w-]{43})$/m.exec(output())?.[1],
    );
  const first = await startServer(env);
  const firstLink = await setUpLink(first.output);
  await first.end("SIGTERM");
  const second = await startServer(env);
  const link = await setUpLink(second.output);
  assert.notEqual(link, firstLink);
  // Whoever comes by the machine's address is led to the name for which browsers keep passkeys.
  const led = await fetch(link.replace("localhost", "127.0.0.1"), { redirect: "manual" });
  assert.equal(led.headers.get("location"), link);
  const accepted = await fetch(link.replace("localhost", "127.0.0.1"), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ name: "Olga Owner", email: "olga@example.org" }),
  });
  assert.equal(accepted.status, 303, await accepted.text());

  const siteUrl = { ...env, PORT: new URL(second.url).port };
  const made = await invite(["mo@example.org", "--role", "moderator", "--language", "fr"], siteUrl);
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /^http:\/\/localhost:\d+\/desk\/invitations\/[\w-]{43}\?lang=fr\n$/);
  const mailed = await until("the mail", async () => mail.newest("mo@example.org"));
  assert.ok(mailed.text!.includes(made.out.trim()));
  const shown = await fetch(made.out.trim().replace("localhost", "127.0.0.1"));
  assert.equal(shown.status, 200);

  // An owner who lost every way in comes back: the address has an account.
  const back = await invite(["olga@example.org", "--role", "editor"], siteUrl);
  const page = await (await fetch(back.out.trim())).text();
  assert.match(page, /Olga Owner/);
  const again = await fetch(back.out.trim(), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams(),
  });
  assert.equal(again.status, 303);
  await second.end("SIGTERM");

  const third = await startServer({ ...env, LOG_LEVEL: "info" });
  await fetch(`${third.url}/desk/sign-in`);
  assert.doesNotMatch(third.output(), /invitations/);
  await third.end("SIGTERM");
  assert.equal((await invite(["pat@example.org", "--role", "partner", "--letter", "no-such"], env)).code, 1);
});

test("called wrongly, the command says how it is used", async () => {
  for (const words of [
    [],
    ["ada@example.org"],
    ["ada@example.org", "--role", "king"],
    ["ada@", "--role", "owner"],
    ["ada@example.org", "eva@example.org", "--role", "owner"],
    ["ada@example.org", "--role", "partner"],
    ["ada@example.org", "--role", "owner", "--letter", "x"],
    ["ada@example.org", "--role", "owner", "--language", "de"],
  ])
    assert.equal((await invite(words, {})).code, 2, words.join(" "));
  assert.match((await invite(["--help"], {})).out, /^Usage/);
});
