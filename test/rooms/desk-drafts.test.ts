/** Letters at the desk before they are public. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { originalHash, staleTranslations } from "../../src/drafting/document.ts";
import { findDraft, listDraftRevisions } from "../../src/drafting/draft.ts";
import { freezeDraft } from "../../src/drafting/freeze.ts";
import { openDraft } from "../../src/drafting/open-draft.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accountOf, actsOf, leadsTo, setUp, type Visitor } from "../support/desk.ts";
import { openLetter, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());

async function started(title: string): Promise<string> {
  const answer = await owner.post("/desk/letters/new", { title, language: "en" });
  leadsTo(answer, /^\/desk\/letters\/[0-9a-f-]{36}$/);
  return answer.headers.get("location")!.replace("/desk/letters/", "");
}

test("a letter is started, listed, and public to nobody", async () => {
  const id = await started("Keep the street cameras out");
  const list = await (await owner.get("/desk/letters")).text();
  assert.match(list, /Being drafted[\s\S]*Keep the street cameras out/);
  assert.match(
    await (await owner.get(`/desk/letters/${id}`)).text(),
    /<h1 lang="en">.*Keep the street cameras out/,
  );
  assert.equal((await actsOf(app))[0], "letter.start | Ada Byron | Keep the street cameras out");
  for (const path of ["/", "/letters.json", "/feed.atom", "/?q=cameras", "/sitemap.xml"])
    assert.doesNotMatch(await (await app.fetch(path)).text(), /street cameras|keep-the-street/i, path);
  assert.equal((await app.fetch("/letters/keep-the-street-cameras-out")).status, 404);
});

test("a draft's overview leads to its text, then to what comes next", async () => {
  const id = await started("What comes next");
  const { db, clock } = app.deps;
  const main = async () => {
    const document = await (await owner.get(`/desk/letters/${id}`)).text();
    await assertValidHtml(document, "overview");
    return /id="glance".*<\/main>/s.exec(document)![0];
  };
  assert.match(await main(), new RegExp(`href="/desk/letters/${id}/text"`));
  const draft = (await findDraft(db, id))!;
  const texts = { en: { ...draft.document.texts.en!, body: "Dear all" } };
  await saveDraft(db, clock, await accountOf(app, "Ada Byron"), id, draft.edition, {
    ...draft.document,
    texts,
  });
  const next = await main();
  assert.match(
    next,
    new RegExp(`href="/desk/letters/${id}/circulation".*href="/desk/letters/${id}/publishing"`, "s"),
  );
  assert.doesNotMatch(next, new RegExp(`href="/desk/letters/${id}/text"`));
});

test("the second of two who save does not overwrite the first", async () => {
  const id = await started("Two editors");
  const { db, clock } = app.deps;
  const ada = await accountOf(app, "Ada Byron");
  const draft = (await findDraft(db, id))!;
  const named = (title: string) => ({
    ...draft.document,
    texts: { en: { ...draft.document.texts.en!, title, body: "Dear all" } },
  });
  assert.deepEqual(await saveDraft(db, clock, ada, id, draft.edition, named("Mine")), { edition: 2 });
  assert.deepEqual(await saveDraft(db, clock, ada, id, draft.edition, named("Yours")), {
    problem: "edited-meanwhile",
  });
  assert.equal((await findDraft(db, id))!.document.texts.en!.title, "Mine");
  const freeze = (note: string) => freezeDraft(db, clock, ada, id, note);
  assert.deepEqual(await freeze("first"), { number: 1, asksAgain: false });
  assert.deepEqual(await freeze("again"), { problem: "nothing-changed" });
  await saveDraft(db, clock, ada, id, 2, { ...named("Mine"), topics: ["privacy"] });
  assert.deepEqual(await freeze("a topic"), { number: 2, asksAgain: false });
  await saveDraft(db, clock, ada, id, 3, named("Ours"));
  assert.deepEqual(await freeze("a title"), { number: 3, asksAgain: true });
  assert.deepEqual(
    (await listDraftRevisions(db, id)).map(({ number }) => number),
    [3, 2, 1],
  );
});

test("a translation knows whether the original has moved on", async () => {
  const letter = await app.letter({ ...openLetter });
  const draft = (await openDraft(app.db, app.deps.clock, letter.id))!;
  assert.equal(draft.stage, "published");
  const { document } = draft;
  const of = originalHash(document);
  const fr = { title: "T", summary: "", body: "B", of };
  const { en } = document.texts;
  assert.deepEqual(staleTranslations({ ...document, texts: { en: en!, fr } }), []);
  const moved = { ...document, texts: { en: { ...en!, body: "Another" }, fr } };
  assert.deepEqual(staleTranslations(moved), ["fr"]);
});
