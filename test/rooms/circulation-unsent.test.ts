/** What was being written for a draft when its link ended: nothing takes it any more, and nothing of it is lost. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { inTransaction } from "../../src/database/transaction.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { circulating, inviteeCalled, openedLink, publish } from "../support/circulation.ts";
import { leadsTo, setUp, type Visitor } from "../support/desk.ts";
import { untilWaiting } from "../support/held.ts";
import { organisation, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());

const typed = 'Say "sixty days" & no more.';

/** A draft that circulates, and Nina's link to it; she has commented once. */
async function readBy(title: string) {
  const id = await circulating({ app, owner }, title, "Nina <nina@people.example>");
  const link = await openedLink(app, "nina@people.example");
  const about = { text: "en", draft: "1", paragraph: "", quote: "" };
  const first = await app.post(`${link}/comment`, { ...about, body: "First." });
  const [, thread] = /#c-([0-9a-f-]{36})/.exec(first.headers.get("location")!)!;
  const { id: nina } = await inviteeCalled(app, id, "Nina");
  const signOn = { ...organisation({ website: "https://people.example/" }), draft: "1" };
  return {
    id,
    link,
    nina,
    thread: thread!,
    at: `/desk/letters/${id}/circulation/invitees/${nina}`,
    /** Each form in which something is written. */
    sends: [
      () => app.post(`${link}/comment`, { ...about, body: typed }),
      () => app.post(`${link}/comments/${thread}`, { body: typed }),
      () => app.post(`${link}/decline`, { word: typed }),
      () => app.post(`${link}/sign`, { ...signOn, condition: typed }),
    ],
  };
}

/** The page that gives back what was typed, to be read and copied. */
async function givenBack(answer: Response, status: number, says: RegExp): Promise<void> {
  assert.equal(answer.status, status);
  const document = await answer.text();
  await assertValidHtml(document, String(says));
  assert.match(document, says);
  assert.match(document, /What you wrote was not sent/);
  assert.match(
    document,
    /<textarea id="unsent"[^>]* readonly [^>]*>\nSay &quot;sixty days&quot; &amp; no more\.<\/textarea>/,
  );
}

test("whatever ends a link, the page that says so gives back what was being written", async () => {
  const ends = [
    {
      title: "Public meanwhile",
      end: ({ id }: { id: string }) => publish(app, id),
      status: 410,
      says: /The letter is public now[\s\S]*send it to whoever invited you/,
    },
    {
      title: "Taken back meanwhile",
      end: async ({ at }: { at: string }) => leadsTo(await owner.post(at, { do: "revoke" }), /done=revoked/),
      status: 410,
      says: /This link was taken back[\s\S]*send it to whoever invited you/,
    },
    {
      title: "Put aside meanwhile",
      end: async ({ id }: { id: string }) =>
        leadsTo(await owner.post(`/desk/letters/${id}/discard`), /desk\/letters/),
      status: 410,
      says: /not going on at present[\s\S]*by this same link/,
    },
    {
      title: "Erased meanwhile",
      end: async ({ at }: { at: string }) => leadsTo(await owner.post(`${at}/erase`), /done=/),
      status: 404,
      says: /This link opens no draft[\s\S]*With a link that opens the draft/,
    },
  ];
  for (const { title, end, status, says } of ends) {
    const read = await readBy(title);
    await end(read);
    for (const send of read.sends) await givenBack(await send(), status, says);
    // Whoever only looks, or wrote nothing, is shown the same page without it.
    for (const answer of [await app.fetch(read.link), await app.post(`${read.link}/withdraw`, { body: " " })])
      assert.doesNotMatch(await answer.text(), /id="unsent"/);
  }
});

test("also where the link ends while what was written is on its way", async () => {
  for (const number of [0, 1, 2, 3]) {
    const { id, nina, sends } = await readBy(`On its way ${number}`);
    const sent = await inTransaction(app.db, async (trx) => {
      await sql`select from draft where letter_id = ${id} for update`.execute(trx);
      await sql`update invitee set revoked_at = ${app.deps.clock()} where id = ${nina}`.execute(trx);
      const answer = sends[number]!();
      await Promise.race([answer, untilWaiting(app)]);
      return [answer] as const;
    });
    await givenBack(await sent[0], 410, /This link was taken back/);
  }
});

test("editors, who still read the comments of a letter that is public, keep what they typed too", async () => {
  const { id, thread } = await readBy("The editors' words");
  await publish(app, id);
  const circulation = `/desk/letters/${id}/circulation`;
  const about = { text: "en", draft: "1", paragraph: "2", quote: "the square" };
  for (const answer of [
    await owner.post(`${circulation}/comment`, { ...about, body: typed }),
    await owner.post(`${circulation}/comments/${thread}`, { body: typed }),
  ]) {
    assert.equal(answer.status, 409);
    const document = await answer.text();
    await assertValidHtml(document, "closed comments");
    assert.match(document, /comments are closed[\s\S]*Say &quot;sixty days&quot;/);
  }
});
