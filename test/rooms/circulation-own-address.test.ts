/** A partner of the desk whose address changes while a draft circulates: the place goes with the person. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { circulationStanding } from "../../src/drafting/circulation.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import {
  circulating,
  type Desk,
  draftLink,
  draftText,
  freeze,
  invite,
  inviteeCalled,
  openedLink,
  signOn,
  write,
} from "../support/circulation.ts";
import { accountOf, deskLink, join, leadsTo, setUp, signedIn, type Visitor } from "../support/desk.ts";
import { mailsTo, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let desk: Desk;

before(async () => {
  app = await startSigningApp();
  desk = { app, owner: await setUp(app) };
});
after(() => app.close());

/** A letter that circulates, a partner of it, and the link that was mailed to their address, which is at old.example. */
async function withPartner(name: string, lines: string) {
  const id = await circulating(desk, `For ${name}`, lines);
  const address = `${name.toLowerCase()}@old.example`;
  const mailed = await openedLink(app, address);
  await join(app, await signedIn(app, "Ada Byron"), "partner", address, name, id);
  return { id, mailed, partner: await signedIn(app, name) };
}

/** Gives an account an address at new.example. */
async function moveTo(partner: Visitor, address: string): Promise<void> {
  const page = await (await partner.get("/desk/account/address")).text();
  await assertValidHtml(page, "address");
  assert.match(page, /Mail about drafts goes to the new address too/);
  await partner.post("/desk/account/address", { email: address });
  await app.runJobs();
  const link = await deskLink(app, address, "account/address");
  leadsTo(await partner.post(link), "/desk/account?address=changed");
  await app.runJobs();
}

function inviteOnly(id: string, line: string): Promise<Response> {
  return desk.owner.post(`/desk/letters/${id}/circulation/invitees`, { lines: line, language: "en" });
}

test("the place, its mail and its name on the list go to the new address; the old one is anybody's", async () => {
  // Invited by mail before there was an account, under the address that it then had.
  const { id, mailed, partner: paul } = await withPartner("Paul", "Paul <paul@old.example>, Partners Ltd");
  await signOn(app, mailed, { organisation: "Partners Ltd" });
  await moveTo(paul, "paul@new.example");

  const place = await inviteeCalled(app, id, "Paul");
  assert.equal(place.account_id, (await accountOf(app, "Paul")).id);
  assert.equal((await app.fetch(mailed)).status, 404, "a link that the old address has");
  const again = await inviteOnly(id, "Paul <paul@new.example>");
  assert.equal(again.status, 422);
  assert.match(await again.text(), /Line 1: this address is invited already/);
  leadsTo(await paul.post(`/desk/letters/${id}/circulation/enter`), /^\/drafts\//);
  assert.equal((await circulationStanding(app.db, id))!.invited, 1);

  const before = (await mailsTo(app, "paul@old.example")).length;
  await write(app, id, draftText.replace("sixty", "thirty"));
  await freeze(app, id);
  assert.match((await mailsTo(app, "paul@new.example"))[0]!.subject, /has changed/);
  assert.equal((await mailsTo(app, "paul@old.example")).length, before);

  // Whoever has the old address now is somebody else.
  await invite(desk, id, "Paula <paula@example.org>\nNew Owner <paul@old.example>");
  assert.equal((await inviteeCalled(app, id, "New Owner")).account_id, null);
  const other = await app.fetch(await openedLink(app, "paul@old.example"));
  assert.doesNotMatch(await other.text(), /What you signed/);
  assert.equal((await inviteeCalled(app, id, "Paul")).id, place.id);
});

test("a place that was taken back stays so, and an invitation to the new address gives it back", async () => {
  const { id, partner: petra } = await withPartner("Petra", "Petra <petra@old.example>");
  const { id: place } = await inviteeCalled(app, id, "Petra");
  await desk.owner.post(`/desk/letters/${id}/circulation/invitees/${place}`, { do: "revoke" });
  // It is known before they have ever come in.
  const page = await (await petra.get(`/desk/letters/${id}/circulation`)).text();
  assert.doesNotMatch(page, /circulation\/enter/);
  await moveTo(petra, "petra@new.example");
  leadsTo(await petra.post(`/desk/letters/${id}/circulation/enter`), `/desk/letters/${id}/circulation`);
  await invite(desk, id, "Petra <petra@new.example>");
  assert.equal((await inviteeCalled(app, id, "Petra")).id, place);
  assert.equal((await app.fetch(await draftLink(app, "petra@new.example"))).status, 200);
});

test("where the new address has a place of its own, both stay", async () => {
  const {
    id,
    mailed,
    partner: pia,
  } = await withPartner("Pia", "Pia <pia@old.example>\nPia at home <pia@new.example>");
  await moveTo(pia, "pia@new.example");
  assert.equal((await app.fetch(mailed)).status, 200);
  assert.equal((await circulationStanding(app.db, id))!.invited, 2);
  leadsTo(await pia.post(`/desk/letters/${id}/circulation/enter`), /^\/drafts\//);
});

test("of two places the one that entering leads to goes along", async () => {
  const lines = "Pola <pola@old.example>\nPola at home <pola@new.example>";
  const { id, partner: pola } = await withPartner("Pola", lines);
  leadsTo(await pola.post(`/desk/letters/${id}/circulation/enter`), /^\/drafts\//);
  const { id: place, account_id: account } = await inviteeCalled(app, id, "Pola");
  assert.notEqual(account, null);
  await moveTo(pola, "pola@new.example");
  await moveTo(pola, "pola@newer.example");
  assert.equal((await inviteeCalled(app, id, "Pola at home")).account_id, null);
  await desk.owner.post(`/desk/letters/${id}/circulation/invitees/${place}`, { do: "again" });
  await app.runJobs();
  const mails = await mailsTo(app, "pola@newer.example");
  assert.ok(
    mails.some(({ text }) => text.includes("/drafts/")),
    mails.map(({ text }) => text).join(),
  );
});
