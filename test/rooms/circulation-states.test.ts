/** What a private link shows when it shows no draft, and how the draft says where its reader stands: in every language. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { languages } from "../../src/foundation/i18n.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { circulating, inviteeCalled, openedLink, publish, signOn } from "../support/circulation.ts";
import { leadsTo, setUp, type Visitor } from "../support/desk.ts";
import { startSigningApp } from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());

/** A page in each language: well made, none like another. @returns the English one */
async function shown(path: string, status: number): Promise<string> {
  const documents: string[] = [];
  for (const language of languages) {
    const answer = await app.fetch(`${path}?lang=${language}`);
    assert.equal(answer.status, status, `${path} ${language}`);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    const document = await answer.text();
    await assertValidHtml(document, `${path} ${language}`);
    documents.push(/<main[\s\S]*<\/main>/.exec(document)![0]);
  }
  assert.equal(new Set(documents).size, languages.length);
  return (await app.fetch(`${path}?lang=en`)).text();
}

const foot = /Please do not pass this page/;

test("a link that opens no draft says why, and what to do; it gives nothing of the draft away", async () => {
  const lines =
    "Reva <reva@people.example>\nEva <eva@people.example>\nLeo <leo@people.example>\nIna <ina@people.example>";
  const id = await circulating({ app, owner }, "A Secret Until Then", lines);
  const link = (name: string) => openedLink(app, `${name}@people.example`);
  const [reva, eva, leo, ina] = [await link("reva"), await link("eva"), await link("leo"), await link("ina")];
  await signOn(app, eva, { organisation: "Eva House" });
  await signOn(app, leo, { organisation: "Leo House", condition: "Only if." });
  const { id: row } = await inviteeCalled(app, id, "Reva");
  leadsTo(await owner.post(`/desk/letters/${id}/circulation/invitees/${row}`, { do: "revoke" }), /revoked/);
  const unknown = `/drafts/${"x".repeat(43)}`;
  leadsTo(await owner.post(`/desk/letters/${id}/discard`), /discarded/);

  const says: [string, number, RegExp][] = [
    [reva, 410, /This link was taken back[\s\S]*ask whoever invited you/],
    [ina, 410, /The editors have put the draft aside[\s\S]*this same link opens it again/],
    [unknown, 404, /This link opens no draft[\s\S]*open the link in the newest[\s\S]*href="\/desk/],
    [`/embargo/${"x".repeat(43)}`, 404, /This link shows no letter[\s\S]*Ask whoever gave it to you/],
  ];
  for (const [path, status, words] of says) {
    const document = await shown(path, status);
    assert.match(document, words);
    assert.doesNotMatch(document, /Secret|cameras/);
    assert.doesNotMatch(document, foot);
  }
  assert.equal((await app.post(`${ina}/comment`, { body: "Hello?" })).status, 410);
  leadsTo(await owner.post(`/desk/letters/${id}/take-up`), /text/);
  assert.match(await shown(ina, 200), foot);

  await publish(app, id);
  assert.match(await shown(eva, 410), /public now[\s\S]*What you signed has become a signature/);
  assert.match(await shown(leo, 410), /public now[\s\S]*does not stand under it[\s\S]*on its page/);
  const neither = await shown(ina, 410);
  assert.match(neither, /public now[\s\S]*href="\/letters\/a-secret-until-then/);
  assert.doesNotMatch(neither, /What you signed/);
});

test("the draft asks for an answer only while there is one to give", async () => {
  const lines = "Nora <nora@people.example>\nDora <dora@people.example>\nWanda <wanda@people.example>";
  const id = await circulating({ app, owner }, "Answers", lines);
  const link = (name: string) => openedLink(app, `${name}@people.example`);
  const [nora, dora, wanda] = [await link("nora"), await link("dora"), await link("wanda")];
  leadsTo(await app.post(`${dora}/decline`, {}), /declined/);
  await signOn(app, wanda, { organisation: "Wanda House", condition: "Only if." });
  const asks = /Sign or decline/;
  assert.match(await shown(nora, 200), asks);
  assert.match(await shown(dora, 200), /You declined to sign[\s\S]*Sign after all/);
  for (const path of [dora, wanda]) assert.doesNotMatch(await shown(path, 200), asks);
  const { id: given } = await app.db
    .selectFrom("sign_on")
    .select("id")
    .where("letter_id", "=", id)
    .executeTakeFirstOrThrow();
  assert.match(await shown(wanda, 200), /on a condition, which the editors have not decided yet/);
  const decision = { outcome: "declined", word: "" };
  leadsTo(await owner.post(`/desk/letters/${id}/circulation/conditions/${given}`, decision), /decided/);
  assert.match(await shown(wanda, 200), /a condition that the editors will not meet[\s\S]*Sign without it/);

  const deadline = { date: "2026-11-24", time: "12:00", zone: "UTC", message: "" };
  leadsTo(await owner.post(`/desk/letters/${id}/circulation`, deadline), /changed/);
  app.pass(4 * 3_600_000);
  const late = await shown(nora, 200);
  assert.match(late, /Signing ended on[\s\S]*write to the editors/);
  assert.doesNotMatch(late, asks);
});
