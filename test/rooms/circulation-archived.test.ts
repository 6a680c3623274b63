/** A letter of a coalition that is published without opening bears the names of those who signed it while it circulated. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDraft } from "../../src/drafting/open-draft.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import { refuseLeftOvers } from "../../src/signing/decide-in-steps.ts";
import type { TestApp } from "../support/app.ts";
import { offered, readList, wordsOf } from "../support/archive.ts";
import { assertValidHtml } from "../support/checks.ts";
import { circulating, type Desk, openedLink, signOn, write } from "../support/circulation.ts";
import { accountOf, leadsTo, setUp } from "../support/desk.ts";
import { letterInput } from "../support/letter-input.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { mailedLink, mailsTo, namesOf, startSigningApp, tallyOf } from "../support/signing.ts";

let app: TestApp;
let desk: Desk;

before(async () => {
  app = await startSigningApp();
  desk = { app, owner: await setUp(app) };
  await app.letter({ ...letterInput(), slug: "elsewhere" });
});
after(() => app.close());

test("sign-ons are entered, shown, proven and withdrawn; the letter never opens; reported names stand apart", async () => {
  const lines = ["good", "held", "late"].map((name) => `${name} <${name}@people.example>`).join("\n");
  const id = await circulating(desk, "Coalition", lines);
  const sign = async (name: string, fields: Record<string, string>) =>
    signOn(app, await openedLink(app, `${name}@people.example`), fields);
  await sign("good", { organisation: "Good Union" });
  await sign("held", { organisation: "Held Union", website: "https://elsewhere.example/" });
  await sign("late", { organisation: "Late Union", condition: "That it rain." });
  const { db, clock, keys } = app.deps;
  const { document, edition } = (await openDraft(db, clock, id))!;
  const reported = {
    date: "2026-11-20",
    namedSignatories: [{ name: "Reported Elsewhere", kind: "organisation" as const }],
  };
  await saveDraft(db, clock, await accountOf(app, "Ada Byron"), id, edition, { ...document, ...reported });
  const plan = { opens: "no", do: "keep" };
  leadsTo(await desk.owner.post(`/desk/letters/${id}/publishing`, plan), /done=kept/);
  const checks = await (await desk.owner.get(`/desk/letters/${id}/publishing`)).text();
  await assertValidHtml(checks, "publishing");
  // The preview is the page that it becomes.
  const preview = await (await desk.owner.get(`/desk/letters/${id}/preview`)).text();
  assert.match(preview, /signed by those invited, and not open to others/);
  assert.match(preview, /2 of those invited have signed this text\./);
  assert.doesNotMatch(preview, /From elsewhere|Good Union|Check this list yourself/);
  assert.match(checks, /2 become signatures\. Left out[^.]*: <bdi>Late Union<\/bdi>\./);
  const publish = { opens: "no", do: "publish", sure: "yes" };
  leadsTo(await desk.owner.postSeen(`/desk/letters/${id}/publishing`, publish), /done=published/);
  await app.runJobs();

  assert.deepEqual(await namesOf(app, id), ["Good Union"]);
  assert.match((await mailsTo(app, "good@people.example"))[0]!.subject, /You have signed: Coalition/);
  const [left] = await mailsTo(app, "late@people.example");
  assert.match(left!.text, /takes no signatures now/);
  const page = async (path = "") => (await app.fetch(`/letters/coalition${path}`)).text();
  const letter = await page();
  await assertValidHtml(letter, "letter");
  assert.match(
    letter,
    /id="signatories"[\s\S]*Good Union[\s\S]*id="reported"[\s\S]*Reported Elsewhere[\s\S]*id="proof"/,
  );
  assert.match(letter, /Signed by those invited/);
  assert.doesNotMatch(letter, /Held Union|Late Union|\/letters\/coalition\/sign"/);
  assert.match(await page("/signatories"), /Good Union[\s\S]*Reported Elsewhere/);
  await assertInvited(1);
  assert.equal((await app.post("/letters/coalition/sign", {})).status, 409);
  await assertLogHolds(app);

  // What is held is not refused at night, as under a letter that has closed: somebody can still accept it.
  assert.equal(await refuseLeftOvers(db, keys, clock), 0);
  const { id: held } = await db
    .selectFrom("signature")
    .select("id")
    .where("letter_id", "=", id)
    .where("state", "=", "held")
    .executeTakeFirstOrThrow();
  const queue = await (await desk.owner.get(`/desk/letters/${id}/signatures/${held}`)).text();
  assert.match(queue, /Held Union/);
  await desk.owner.post(`/desk/letters/${id}/signatures/${held}`, { verdict: "accept", state: "held" });
  await app.runJobs();
  assert.deepEqual(await namesOf(app, id), ["Good Union", "Held Union"]);

  const published = await (await desk.owner.get(`/desk/letters/${id}/publishing`)).text();
  assert.match(published, /1 organisation stands on nothing but a confirmed address/);
  assert.doesNotMatch(published, /href="\/desk\/evidence"/, "a list of open letters only");

  const own = await mailedLink(app, "good@people.example", "signatures");
  assert.equal((await app.post(`${own}/withdraw`, { sure: "yes" })).status, 303);
  assert.deepEqual(await namesOf(app, id), ["Held Union"]);
  assert.equal((await tallyOf(app, id)).organisations, 1);
  await assertLogHolds(app);
  // Who stands there does not change what it is.
  const last = await mailedLink(app, "held@people.example", "signatures");
  await app.post(`${last}/withdraw`, { sure: "yes" });
  await assertInvited(0);
  // It never opens, so what was taken down by mistake could not be signed again: it is put back.
  assert.match(await (await app.fetch(own)).text(), /Put it back/);
  assert.equal((await app.post(`${own}/restore`, {})).status, 303);
  await app.runJobs();
  assert.deepEqual(await namesOf(app, id), ["Good Union"]);
  await assertLogHolds(app);
});

test("what is held can be accepted, also under another text: its signatory is told so, asked, and heard", async () => {
  const id = await circulating(desk, "Held back", "asked <asked@people.example>");
  const path = await openedLink(app, "asked@people.example");
  await signOn(app, path, { organisation: "Asked Union", website: "https://elsewhere.example/" });
  const { db, clock } = app.deps;
  const actor = await accountOf(app, "Ada Byron");
  const { document, edition } = (await openDraft(db, clock, id))!;
  await saveDraft(db, clock, actor, id, edition, { ...document, date: "2026-11-20" });
  const publish = { opens: "no", do: "publish", sure: "yes" };
  leadsTo(await desk.owner.postSeen(`/desk/letters/${id}/publishing`, publish), /done=published/);
  await app.runJobs();
  const own = await mailedLink(app, "asked@people.example", "signatures");
  const standing = await (await app.fetch(own)).text();
  assert.match(standing, /somebody of .* looks at it/);
  assert.doesNotMatch(standing, /has closed/);

  await write(app, id, "Dear all,\n\nTake the cameras out of the square.");
  const note = { note: "They are there already.", sure: "yes" };
  leadsTo(await desk.owner.postSeen(`/desk/letters/${id}/publishing/correct`, note), /done=corrected/);
  const { id: held } = await db
    .selectFrom("signature")
    .select("id")
    .where("letter_id", "=", id)
    .where("state", "=", "held")
    .executeTakeFirstOrThrow();
  const look = await (await desk.owner.get(`/desk/letters/${id}/signatures/${held}`)).text();
  assert.match(look, /name="verdict" value="accept"/);
  assert.doesNotMatch(look, /The letter has closed/);
  await desk.owner.post(`/desk/letters/${id}/signatures/${held}`, { verdict: "accept", state: "held" });
  await app.runJobs();
  assert.deepEqual(await namesOf(app, id), []);
  assert.match(await (await app.fetch(own)).text(), /We have sent you an email/);
  const link = await mailedLink(app, "asked@people.example");
  assert.equal((await app.fetch(link)).status, 200);
  assert.equal((await app.post(link, { revision: "2" })).status, 303);
  await app.runJobs();
  assert.deepEqual(await namesOf(app, id), ["Asked Union"]);
  await assertLogHolds(app);
});

/** Everywhere the letter is one that those invited have signed, and none from elsewhere. */
async function assertInvited(signed: number): Promise<void> {
  interface Said {
    readonly status: string;
    readonly signatures: { readonly total: number };
  }
  const one = (await (await app.fetch("/letters/coalition.json")).json()) as Said;
  assert.deepEqual([one.status, one.signatures.total], ["invited", signed]);
  const { letters } = (await (await app.fetch("/letters.json")).json()) as { letters: Said[] };
  assert.equal(letters[0]!.status, "invited");
  assert.match(await (await app.fetch("/letters/coalition")).text(), /Signed by those invited/);
  const invited = await readList(app, "/?status=invited");
  assert.deepEqual(invited.slugs, ["coalition"]);
  assert.match(wordsOf(invited.html), /Status Signed by those invited/);
  assert.deepEqual(offered(invited.html, "status"), { invited: 1, archived: 1 });
  assert.deepEqual((await readList(app, "/?status=archived")).slugs, ["elsewhere"]);
  const list = await (await desk.owner.get("/desk/letters?state=invited")).text();
  assert.match(wordsOf(list), /Signed by those invited 1From elsewhere 1 .*Coalition/);
}
