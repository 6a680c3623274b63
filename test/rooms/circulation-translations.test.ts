/** Who signed a draft is asked again when words that they could have read have changed, and only then. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { circulationStanding } from "../../src/drafting/circulation.ts";
import { type DraftDocument, emptyDocument, staysSigned } from "../../src/drafting/document.ts";
import { findDraft } from "../../src/drafting/draft.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import {
  circulating,
  type Desk,
  draftText,
  freeze,
  openedLink,
  publish,
  signOn,
} from "../support/circulation.ts";
import { accountOf, leadsTo, setUp } from "../support/desk.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { mailsTo, namesOf, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let desk: Desk;

before(async () => {
  app = await startSigningApp();
  desk = { app, owner: await setUp(app) };
});
after(() => app.close());

const rosa = "Rosa Reader <rosa@people.example>, Readers’ Union";
const english = draftText;

type Bodies = Record<string, string>;

function textsOf(bodies: Bodies): DraftDocument["texts"] {
  return Object.fromEntries(
    Object.entries(bodies).map(([language, body]) => [
      language,
      { title: `In ${language}`, summary: "S.", body },
    ]),
  );
}

/** Saves the texts of all languages, and freezes them. */
async function freezeIn(id: string, bodies: Bodies): Promise<void> {
  const { db, clock } = app.deps;
  const { document, edition } = (await findDraft(db, id))!;
  const texts = textsOf(bodies);
  await saveDraft(db, clock, await accountOf(app, "Ada Byron"), id, edition, { ...document, texts });
  await freeze(app, id);
}

/** A letter of which draft 2, with these texts, is signed. */
async function signedIn(bodies: Bodies): Promise<{ id: string; path: string }> {
  const id = await circulating(desk, "Languages", rosa);
  const path = await openedLink(app, "rosa@people.example");
  await freezeIn(id, bodies);
  await signOn(app, path, { draft: "2" });
  return { id, path };
}

const asked = async () =>
  (await mailsTo(app, "rosa@people.example")).filter(({ subject }) => /has changed/.test(subject)).length;
const standing = async (id: string) => {
  const { signed, toRenew } = (await circulationStanding(app.db, id))!;
  return { signed, toRenew };
};
const stands = { signed: 1, toRenew: 0 };
const doesNot = { signed: 0, toRenew: 1 };

test("a new translation leaves sign-ons standing, and they are entered with it", async () => {
  const { id, path } = await signedIn({ en: english });
  const mails = await asked();
  await freezeIn(id, { en: english, fr: "Chers tous" });
  assert.equal(await asked(), mails);
  assert.deepEqual(await standing(id), stands);
  const page = await (await app.fetch(path)).text();
  assert.match(page, /signed draft 2 on/);
  assert.doesNotMatch(page, /have changed/);
  await freezeIn(id, { en: english });
  assert.deepEqual(await standing(id), stands);
  await freezeIn(id, { en: english, ar: "إلى الجميع" });
  const checks = await (await desk.owner.get(`/desk/letters/${id}/publishing`)).text();
  assert.match(checks, /1 becomes a signature/);
  await publish(app, id);
  assert.deepEqual(await namesOf(app, id), ["Readers’ Union"]);
  await assertLogHolds(app);
});

test("a changed original asks again", async () => {
  const { id } = await signedIn({ en: english, fr: "Chers tous" });
  const mails = await asked();
  await freezeIn(id, { en: english.replace("sixty", "thirty"), fr: "Chers tous" });
  assert.equal(await asked(), mails + 1);
  assert.deepEqual(await standing(id), doesNot);
});

test("a changed translation that was there asks again, and what changed is shown in its language", async () => {
  const { id } = await signedIn({ en: english, fr: "Chers tous, soixante jours." });
  const mails = await asked();
  await freezeIn(id, { en: english, fr: "Chers tous, trente jours." });
  assert.equal(await asked(), mails + 1);
  assert.deepEqual(await standing(id), doesNot);
  const path = await openedLink(app, "rosa@people.example");
  const changes = await (await app.fetch(`${path}/changes/2`)).text();
  await assertValidHtml(changes, "changes");
  assert.match(changes, /<h2><bdi lang="fr">Français<\/bdi><\/h2>[\s\S]*<del>.*?soixante.*?<\/del>/);
  assert.doesNotMatch(changes, /cameras out of the square/);
  leadsTo(await app.post(`${path}/renew`, { draft: "3" }), /done=signed/);
  assert.deepEqual(await standing(id), stands);
});

test("a translation that was taken away and comes back with other words asks again", async () => {
  const { id } = await signedIn({ en: english, fr: "Chers tous, soixante jours." });
  const mails = await asked();
  await freezeIn(id, { en: english });
  assert.deepEqual([await asked(), await standing(id)], [mails, stands]);
  await freezeIn(id, { en: english, fr: "Chers tous, trente jours." });
  assert.deepEqual([await asked(), await standing(id)], [mails + 1, doesNot]);
});

test("a draft that waits for its time takes over what is signed of later ones with the same words", async () => {
  const id = await circulating(desk, "Languages", rosa);
  const path = await openedLink(app, "rosa@people.example");
  await freezeIn(id, { en: english });
  const time = new Date(app.deps.clock().getTime() + 3_600_000).toISOString();
  const plan = { opens: "yes", date: time.slice(0, 10), time: time.slice(11, 16), zone: "UTC" };
  leadsTo(
    await desk.owner.postSeen(`/desk/letters/${id}/publishing`, { ...plan, do: "schedule" }),
    /scheduled/,
  );
  await freezeIn(id, { en: english, es: "Estimados todos" });
  await freezeIn(id, { en: english, fr: "Chers tous" });
  await signOn(app, path, { draft: "4" });
  await freezeIn(id, { en: english.replace("sixty", "thirty") });
  assert.deepEqual(await standing(id), doesNot);
  app.pass(3_600_000);
  await app.runJobs();
  assert.deepEqual(await namesOf(app, id), ["Readers’ Union"]);
  await app.sequence();
  await assertLogHolds(app);
});

test("the law: what was there and is still there must be the same, and the original must be there", () => {
  const made = (bodies: Bodies, language = "en"): DraftDocument => ({
    ...emptyDocument(language),
    texts: textsOf(bodies),
  });
  const both = made({ en: "E", fr: "F" });
  assert.ok(staysSigned(both, both));
  assert.ok(staysSigned(made({ en: "E" }), both));
  assert.ok(staysSigned(both, made({ en: "E" })));
  assert.ok(staysSigned(both, made({ en: "E", fr: "F" }, "fr")));
  assert.ok(!staysSigned(both, made({ fr: "F" }, "fr")));
  assert.ok(!staysSigned(both, made({ en: "E", fr: "G" })));
  assert.ok(!staysSigned(both, made({ en: "D", fr: "F" })));
  // A translation without a text could not be read; a title counts as much as the text.
  assert.ok(staysSigned(made({ en: "E", fr: " " }), both));
  const titled = { ...both, texts: { ...both.texts, fr: { ...both.texts.fr!, title: "Another" } } };
  assert.ok(!staysSigned(both, titled));
  // Neither line ends nor how letters are composed make other words, as in manifests.
  assert.ok(staysSigned(made({ en: "\u00e9\r\n" }), made({ en: "e\u0301\n" })));
});
