/** A draft that circulates, as tests have it: through the doors of the desk, and behind the links that are mailed. */
import assert from "node:assert/strict";
import { findDraft } from "../../src/drafting/draft.ts";
import { freezeDraft } from "../../src/drafting/freeze.ts";
import { publishDraft } from "../../src/drafting/publish.ts";
import { firstPlan } from "../../src/drafting/publish-input.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import type { TestApp } from "./app.ts";
import { accountOf, leadsTo, type Visitor } from "./desk.ts";
import { mailsTo, organisation } from "./signing.ts";

/** A site, and its owner at the desk: Ada Byron (desk.ts, setUp). */
export interface Desk {
  readonly app: TestApp;
  readonly owner: Visitor;
}

/** What drafts say, unless told otherwise. */
export const draftText = "Dear all,\n\nKeep the cameras out of the square.\n\nAnswer within **sixty** days.";

/** A draft that is saved. */
export async function draft({ app, owner }: Desk, title: string, text = draftText): Promise<string> {
  const answer = await owner.post("/desk/letters/new", { title, language: "en" });
  const id = answer.headers.get("location")!.replace("/desk/letters/", "");
  await write(app, id, text);
  return id;
}

/** Saves another text. */
export async function write(app: TestApp, id: string, body: string): Promise<void> {
  const { db, clock } = app.deps;
  const draft = (await findDraft(db, id))!;
  const texts = { en: { ...draft.document.texts.en!, body } };
  await saveDraft(db, clock, await accountOf(app, "Ada Byron"), id, draft.edition, {
    ...draft.document,
    texts,
  });
}

/** Freezes the draft as it is saved, and does what is due. */
export async function freeze(app: TestApp, id: string, note = ""): Promise<void> {
  const actor = await accountOf(app, "Ada Byron");
  await freezeDraft(app.db, app.deps.clock, actor, id, note);
  await app.runJobs();
}

/** A letter that circulates, with these people invited. @param date the last day for signing; none where it is empty */
export async function circulating(desk: Desk, title: string, lines: string, date = ""): Promise<string> {
  const id = await draft(desk, title);
  const settings = { date, time: "18:00", zone: "Europe/Berlin", message: "Please read." };
  leadsTo(await desk.owner.postSeen(`/desk/letters/${id}/circulation`, settings), /done=began/);
  await invite(desk, id, lines);
  return id;
}

/** Invites people, a line each, and does what is due. */
export async function invite({ app, owner }: Desk, id: string, lines: string): Promise<void> {
  const answer = await owner.post(`/desk/letters/${id}/circulation/invitees`, { lines, language: "en" });
  assert.equal(answer.status, 303, await answer.text());
  await app.runJobs();
}

/** The newest private link that was mailed to an address. */
export async function draftLink(app: TestApp, address: string): Promise<string> {
  const [mail] = await mailsTo(app, address);
  const found = /http:\/\/localhost(\/drafts\/[\w-]{43})\?lang=\w\w$/m.exec(mail!.text);
  assert.ok(found, mail?.text);
  return found[1]!;
}

/** The same, with the draft behind it opened. */
export async function openedLink(app: TestApp, address: string): Promise<string> {
  const path = await draftLink(app, address);
  leadsTo(await app.post(`${path}/open`, {}), path);
  return path;
}

/** Signs behind a link, for an organisation at people.example; on draft 1 unless told otherwise. */
export async function signOn(app: TestApp, path: string, fields: Record<string, string> = {}): Promise<void> {
  const { email: _, ...form } = organisation({ draft: "1", website: "https://people.example/", ...fields });
  leadsTo(await app.post(`${path}/sign`, form), /done=signed/);
}

/** Somebody who was invited, by name: the row as it lies in the database. */
export function inviteeCalled(app: TestApp, letterId: string, name: string) {
  return app.db
    .selectFrom("invitee")
    .selectAll()
    .where("letter_id", "=", letterId)
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
}

/** Publishes a draft now, and does what is due. */
export async function publish(app: TestApp, id: string): Promise<void> {
  const { db, keys, clock } = app.deps;
  const done = await publishDraft(db, keys, clock, await accountOf(app, "Ada Byron"), id, firstPlan);
  assert.ok("slug" in done, JSON.stringify(done));
  await app.runJobs();
}
