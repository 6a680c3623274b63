/** The deadline of a circulation, by clocks that are set forward and back. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findCirculation } from "../../src/drafting/circulation.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { draft } from "../support/circulation.ts";
import { leadsTo, setUp, type Visitor } from "../support/desk.ts";
import { startSigningApp } from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());

const path = (id: string) => `/desk/letters/${id}/circulation`;

/** Sends the form with a deadline by the clocks of Berlin. */
function decide(id: string, date: string, time: string, fold = ""): Promise<Response> {
  return owner.postSeen(path(id), { date, time, zone: "Europe/Berlin", fold, message: "" });
}

async function refused(answer: Response): Promise<string> {
  assert.equal(answer.status, 422);
  const document = await answer.text();
  await assertValidHtml(document, "refused");
  return document;
}

const deadlineOf = async (id: string) => (await findCirculation(app.db, id))?.deadline?.toISOString();

test("a time that clocks skip is refused and explained; of one that comes twice it is asked which", async () => {
  const id = await draft({ app, owner }, "By which clocks");
  const skipped = await refused(await decide(id, "2027-03-28", "02:30"));
  assert.match(skipped, /There is no 02:30 that day in Europe\/Berlin: clocks go from 01:59 to 03:00/);
  const twice = await refused(await decide(id, "2027-10-31", "02:30"));
  assert.match(twice, /href="#fold">02:30 comes twice[\s\S]*00:30 UTC[\s\S]*01:30 UTC/);
  assert.equal(await deadlineOf(id), undefined);

  leadsTo(await decide(id, "2027-10-31", "02:30", "first"), /done=began/);
  assert.equal(await deadlineOf(id), "2027-10-31T00:30:00.000Z");
  const shown = await (await owner.get(path(id))).text();
  await assertValidHtml(shown, "shown");
  assert.match(shown, /name="fold" value="first" checked/);
  leadsTo(await decide(id, "2027-10-31", "02:30", "second"), /done=changed/);
  assert.equal(await deadlineOf(id), "2027-10-31T01:30:00.000Z");
  assert.match(await (await owner.get(path(id))).text(), /name="fold" value="second" checked/);
  // Of a time that comes once, nothing is asked.
  leadsTo(await decide(id, "2027-10-30", "02:30", "second"), /done=changed/);
  assert.doesNotMatch(await (await owner.get(path(id))).text(), /name="fold"/);
});

test("one that lies behind is refused, unless it was set before", async () => {
  const id = await draft({ app, owner }, "Once set");
  assert.match(await refused(await decide(id, "2026-11-23", "09:00")), /This time has passed/);
  assert.match(await refused(await decide(id, "2026-12-01", "")), /Enter the day and the time/);
  leadsTo(await decide(id, "2026-12-01", "18:00"), /done=began/);
  app.pass(9 * 86_400_000);
  leadsTo(await decide(id, "2026-12-01", "18:00"), /done=changed/);
  assert.match(await refused(await decide(id, "2026-12-01", "18:01")), /This time has passed/);
});

test("without a day no time zone is needed, but one that is typed has to be one", async () => {
  const id = await draft({ app, owner }, "Without an end");
  const endless = { date: "", time: "18:00", message: "" };
  const wrong = await owner.post(path(id), { ...endless, zone: "Atlantis" });
  assert.match(await refused(wrong), /Choose a time zone from the list/);
  leadsTo(await owner.postSeen(path(id), { ...endless, zone: "" }), /done=began/);
  assert.equal((await findCirculation(app.db, id))?.timeZone, "UTC");
});
