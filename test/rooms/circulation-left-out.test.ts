/** Whoever signed a draft and has no signature under the letter is told when it is published: once, and why. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eraseInvitee } from "../../src/drafting/invitee-erase.ts";
import { publishDraft } from "../../src/drafting/publish.ts";
import { firstPlan } from "../../src/drafting/publish-input.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import {
  circulating,
  type Desk,
  freeze,
  inviteeCalled,
  openedLink,
  publish,
  signOn,
  write,
} from "../support/circulation.ts";
import { accountOf, leadsTo, setUp } from "../support/desk.ts";
import { day, mailsTo, namesOf, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let desk: Desk;

before(async () => {
  app = await startSigningApp();
  desk = { app, owner: await setUp(app) };
});
after(() => app.close());

/** The mails that say so, to somebody at people.example. */
async function leftOut(who: string) {
  const mails = await mailsTo(app, `${who}@people.example`);
  return mails.filter(({ subject }) => /^Public, without your signature/.test(subject));
}

const invite = (...names: string[]) => names.map((name) => `${name} <${name}@people.example>`).join("\n");

test("other words, a condition that waits, one that is declined: each is told why, and who stands is not", async () => {
  const names = ["olive", "wim", "nora", "stan", "dora", "carl", "ines"];
  const id = await circulating(desk, "Left out", invite(...names));
  const path = Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await openedLink(app, `${name}@people.example`)] as const),
    ),
  );
  await signOn(app, path.olive!, { organisation: "Olive Trees" });
  const settings = { date: "2026-11-26", time: "18:00", zone: "Europe/Berlin", message: "" };
  leadsTo(await desk.owner.post(`/desk/letters/${id}/circulation`, settings), /done=changed/);
  await write(app, id, "Dear all,\n\nquite another text.");
  await freeze(app, id);
  await signOn(app, path.wim!, { draft: "2", organisation: "Waiting", condition: "That it be short." });
  await signOn(app, path.nora!, { draft: "2", organisation: "Not met", condition: "That it be long." });
  await signOn(app, path.stan!, { draft: "2", organisation: "Standing" });
  await signOn(app, path.carl!, { draft: "2", organisation: "Withdrawn" });
  await app.post(`${path.carl}/withdraw`, {});
  await signOn(app, path.ines!, { draft: "2", organisation: "Revoked" });
  leadsTo(await app.post(`${path.dora}/decline`, {}), /done=declined/);
  const { id: ines } = await inviteeCalled(app, id, "ines");
  await desk.owner.post(`/desk/letters/${id}/circulation/invitees/${ines}`, { do: "revoke" });
  const shown = await (await desk.owner.get(`/desk/letters/${id}/circulation`)).text();
  const waiting = Array.from(shown.matchAll(/conditions\/([0-9a-f-]{36})[\s\S]*?<bdi>(.*?)<\/bdi>/g));
  const [, decline] = waiting.find(([, , name]) => name === "Not met")!;
  const decided = { outcome: "declined", word: "" };
  leadsTo(
    await desk.owner.post(`/desk/letters/${id}/circulation/conditions/${decline}`, decided),
    /=decided/,
  );
  app.pass(3 * day);
  await publish(app, id);

  assert.deepEqual(await namesOf(app, id), ["Standing"]);
  const [olive, ...no] = await leftOut("olive");
  assert.equal(no.length, 0);
  assert.equal(olive!.subject, "Public, without your signature: Left out");
  assert.match(olive!.text, /other words than those that were published/);
  assert.match(olive!.text, /could be confirmed until 26 November 2026 at 18:00 \(Europe\/Berlin\)/);
  assert.match(olive!.text, /you can sign it on its page\.\s+http:\/\/localhost\/letters\/left-out\?lang=en/);
  await assertValidHtml(olive!.html.replace(/ style="[^"]*"/g, ""), "left out");
  const [wim] = await leftOut("wim");
  assert.match(wim!.text, /had not said that it is met/);
  assert.doesNotMatch(wim!.text, /until|be short/);
  assert.match((await leftOut("nora"))[0]!.text, /said they would not meet/);
  for (const name of ["stan", "dora", "carl", "ines"]) assert.deepEqual(await leftOut(name), [], name);
});

test("who is erased before the mail goes out is not written to", async () => {
  const id = await circulating(desk, "Erased meanwhile", invite("edda"));
  const path = await openedLink(app, "edda@people.example");
  await signOn(app, path, { condition: "That it rain." });
  const { db, clock, keys } = app.deps;
  const ada = await accountOf(app, "Ada Byron");
  assert.ok("slug" in (await publishDraft(db, keys, clock, ada, id, firstPlan)));
  await eraseInvitee(db, clock, ada, id, (await inviteeCalled(app, id, "edda")).id, "kept");
  await app.runJobs();
  assert.deepEqual(await leftOut("edda"), []);
});
