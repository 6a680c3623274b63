/**
 * Taking links back: while a letter becomes public, where what was acknowledged holds, whichever comes first; and with
 * an account.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import {
  circulating,
  draftLink,
  inviteeCalled,
  openedLink,
  publish,
  signOn,
} from "../support/circulation.ts";
import { accountOf, actsOf, join, leadsTo, setUp, signedIn, type Visitor } from "../support/desk.ts";
import { untilWaiting, whileHeld } from "../support/held.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { startSigningApp } from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());

/** A letter that circulates, which Rita has signed; and what is about to be done about it. */
async function signedBy(title: string) {
  const id = await circulating({ app, owner }, title, "Rita Name <rita@people.example>, Rita House");
  const link = await openedLink(app, "rita@people.example");
  await signOn(app, link, { organisation: "Rita House" });
  const { id: rita } = await inviteeCalled(app, id, "Rita Name");
  return {
    id,
    link,
    rita,
    publish: () =>
      owner.postSeen(`/desk/letters/${id}/publishing`, { opens: "yes", do: "publish", sure: "yes" }),
    does: (what: string) => owner.post(`/desk/letters/${id}/circulation/invitees/${rita}`, { do: what }),
    names: async () => {
      const rows = await app.db.selectFrom("signature").select("name").where("letter_id", "=", id).execute();
      return rows.map(({ name }) => name);
    },
    done: async (what: string) => {
      const document = await (await owner.get(`/desk/letters/${id}/circulation?done=${what}`)).text();
      await assertValidHtml(document, what);
      return document;
    },
  };
}

test("publication comes first: taking back waits for it, and says that the signature stands", async () => {
  const { id, link, publish, does, names, done } = await signedBy("Published first");
  // Publication has entered the sign-ons, and cannot end the circulation yet.
  const [published, taken] = await whileHeld(
    app.db,
    (trx) => sql`select from circulation where letter_id = ${id} for update`.execute(trx),
    async () => {
      const published = publish();
      await untilWaiting(app, 1);
      const taken = does("revoke");
      // Either it waits as well, or it was acknowledged and is refuted below.
      await Promise.race([taken, untilWaiting(app, 2)]);
      return [published, taken] as const;
    },
  );
  leadsTo(await published, /done=published/);
  leadsTo(await taken, `/desk/letters/${id}/circulation?done=late-entered`);
  assert.deepEqual(await names(), ["Rita House"]);
  assert.match(await done("late-entered"), /before you took the link back, and what they signed has become/);
  assert.equal((await app.fetch(link)).status, 410);
  // Nothing of it is offered any more, and asking all the same changes nothing.
  assert.doesNotMatch(await done(""), /value="revoke"|value="again"|Link taken back/);
  leadsTo(await does("again"), /done=late$/);
  assert.match(await done("late"), /Nothing was sent: the letter is public/);
  await assertLogHolds(app);
});

test("taking back comes first: publication waits for it, and enters nothing", async () => {
  const { id, link, rita, publish, does, names } = await signedBy("Taken back first");
  const [taken, published] = await whileHeld(
    app.db,
    (trx) => sql`select from invitee where id = ${rita} for update`.execute(trx),
    async () => {
      const taken = does("revoke");
      await untilWaiting(app, 1);
      const published = publish();
      await Promise.race([published, untilWaiting(app, 2)]);
      return [taken, published] as const;
    },
  );
  leadsTo(await taken, `/desk/letters/${id}/circulation?done=revoked`);
  leadsTo(await published, /done=published/);
  assert.deepEqual(await names(), []);
  assert.equal((await app.fetch(link)).status, 410);
  leadsTo(await does("revoke"), `/desk/letters/${id}/circulation?done=late-left`);
});

test("erasing somebody who signed comes before publication, or after, and never between", async () => {
  for (const first of ["publish", "erase"] as const) {
    const { id, rita, publish, names } = await signedBy(`Erased: ${first} first`);
    const erase = () => owner.post(`/desk/letters/${id}/circulation/invitees/${rita}/erase`);
    const held =
      first === "publish" ? sql`circulation where letter_id = ${id}` : sql`invitee where id = ${rita}`;
    const [one, other] = await whileHeld(
      app.db,
      (trx) => sql`select from ${held} for update`.execute(trx),
      async () => {
        const one = first === "publish" ? publish() : erase();
        await untilWaiting(app, 1);
        const other = first === "publish" ? erase() : publish();
        await Promise.race([other, untilWaiting(app, 2)]);
        return [one, other] as const;
      },
    );
    leadsTo(await one, /done=/);
    leadsTo(await other, /done=/);
    assert.deepEqual(await names(), first === "publish" ? ["Rita House"] : []);
    const { rows } = await sql`select from sign_on where letter_id = ${id}`.execute(app.db);
    assert.equal(rows.length, 0);
  }
  await assertLogHolds(app);
});

test("removing an account takes every link to a draft back, also one that was mailed to its address", async () => {
  const mailedFirst = await circulating({ app, owner }, "Mailed first", "Paul <paul@partner.example>");
  const mailed = await openedLink(app, "paul@partner.example");
  await signOn(app, mailed, { organisation: "Paul House" });
  const asPartner = await circulating({ app, owner }, "As a partner", "Otto <otto@example.org>");
  const over = await circulating({ app, owner }, "Public by then", "Paul <paul@partner.example>");
  await signOn(app, await openedLink(app, "paul@partner.example"), { organisation: "Paul House" });
  const publicBy = await openedLink(app, "paul@partner.example");
  await publish(app, over);
  await join(app, owner, "partner", "paul@partner.example", "Paul Partner", asPartner);
  const paul = await signedIn(app, "Paul Partner");
  const entered = (await paul.post(`/desk/letters/${asPartner}/circulation/enter`)).headers.get("location")!;
  // Invited there by mail as well, he had a link that outlived the account.
  const { id: place } = await inviteeCalled(app, asPartner, "Paul Partner");
  const again = `/desk/letters/${asPartner}/circulation/invitees/${place}`;
  leadsTo(await owner.post(again, { do: "again" }), /done=again/);
  await app.runJobs();
  const asked = await openedLink(app, "paul@partner.example");

  const { id: account } = await accountOf(app, "Paul Partner");
  const page = await (await owner.get(`/desk/people/${account}/remove`)).text();
  assert.match(page, /private links to drafts that circulate are taken back/);
  const revoked = async () =>
    (await actsOf(app)).filter((act) => act === "invitee.revoke | Ada Byron").length;
  const before = await revoked();
  leadsTo(await owner.post(`/desk/people/${account}/remove`), /done=removed/);
  for (const link of [mailed, entered, asked]) {
    const answer = await app.fetch(link);
    assert.equal(answer.status, 410);
    assert.match(await answer.text(), /This link was taken back/);
  }
  assert.match(await (await app.fetch(publicBy)).text(), /The letter is public now/);
  assert.equal(await revoked(), before + 2);

  await publish(app, mailedFirst);
  const signatures = app.db.selectFrom("signature").select("name");
  assert.deepEqual(await signatures.where("letter_id", "=", mailedFirst).execute(), []);
  assert.equal((await signatures.where("letter_id", "=", over).execute()).length, 1);
  // Whoever is to read on is invited again, and needs no account.
  leadsTo(await owner.post(again, { do: "again" }), /done=again/);
  await app.runJobs();
  assert.match(await (await app.fetch(await draftLink(app, "paul@partner.example"))).text(), /cameras/);
  assert.equal((await app.fetch(asked)).status, 404);
});

test("the last owner is not removed, and keeps the links", async () => {
  const id = await circulating({ app, owner }, "For the owner", "Ada <ada@example.org>");
  const link = await draftLink(app, "ada@example.org");
  const { id: ada } = await accountOf(app, "Ada Byron");
  assert.equal((await owner.post(`/desk/people/${ada}/remove`)).status, 409);
  assert.equal((await app.fetch(link)).status, 200);
  assert.equal((await inviteeCalled(app, id, "Ada")).revoked_at, null);
});
