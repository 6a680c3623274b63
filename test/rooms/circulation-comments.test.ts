/** How much one who is invited can write: an end for a script, and nothing that was typed is lost. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { commentLimits } from "../../src/drafting/comment-write.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { circulating, freeze, inviteeCalled, openedLink, write } from "../support/circulation.ts";
import { leadsTo, setUp, type Visitor } from "../support/desk.ts";
import { startSigningApp } from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
});
after(() => app.close());

test("one person writes so many comments an hour, and so many on a letter; what was typed comes back", async () => {
  const lines = "Cora <cora@people.example>\nOtto <otto@people.example>";
  const id = await circulating({ app, owner }, "Many words", lines);
  const cora = await openedLink(app, "cora@people.example");
  const otto = await openedLink(app, "otto@people.example");
  const say = (link: string, body: string) =>
    app.post(`${link}/comment`, { text: "en", paragraph: "2", quote: "the square", body });
  const first = await say(otto, "Otto begins.");
  const [, thread] = /#c-([0-9a-f-]{36})/.exec(first.headers.get("location")!)!;
  for (let count = 0; count < commentLimits.hour; count += 1)
    assert.equal((await say(cora, `Comment ${count}.`)).status, 303);

  const full = async (answer: Response, says: RegExp, typed: string) => {
    assert.equal(answer.status, 429);
    const document = await answer.text();
    await assertValidHtml(document, typed);
    assert.match(document, says);
    assert.ok(document.includes(typed));
    return document;
  };
  const again = await full(await say(cora, "One too many."), /40 comments within an hour/, "One too many.");
  assert.match(again, /name="paragraph" value="2"[\s\S]*name="quote" type="text" value="the square"/);
  const answer = () => app.post(`${cora}/comments/${thread}`, { body: "An answer too many." });
  await full(
    await answer(),
    /Otto begins\.[\s\S]*40 comments|40 comments[\s\S]*Otto begins\./,
    "An answer too",
  );
  assert.equal((await say(otto, "Otto goes on.")).status, 303);
  app.pass(3_600_000);
  assert.equal((await answer()).status, 303);

  const { id: invitee } = await inviteeCalled(app, id, "Cora");
  await sql`insert into comment (id, letter_id, invitee_id, draft, language, body, at)
    select gen_random_uuid(), ${id}, ${invitee}, 1, 'en', 'Earlier.', ${new Date(0)}
    from generate_series(1, ${commentLimits.letter - commentLimits.hour - 2})`.execute(app.db);
  assert.equal((await say(cora, "The last one.")).status, 303);
  await full(await say(cora, "Beyond."), /200 comments on this letter/, "Beyond.");
  // The editors go on, and the thread with them.
  leadsTo(await owner.post(`/desk/letters/${id}/circulation/comments/${thread}`, { body: "Noted." }), /#c-/);
});

test("a comment is about the draft that its writer read, also where another was frozen meanwhile", async () => {
  const id = await circulating({ app, owner }, "Moving words", "Mila <mila@people.example>");
  const mila = await openedLink(app, "mila@people.example");
  const page = async (path: string) => (await app.fetch(path)).text();
  assert.match(await page(mila), /\/comment\?text=en&amp;paragraph=2&amp;draft=1/);
  const form = await page(`${mila}/comment?text=en&paragraph=2&draft=1`);
  assert.match(form, /name="draft" value="1"/);
  const read = { text: "en", draft: "1" };
  await write(app, id, "Dear all,\n\nA new paragraph.\n\nKeep the cameras out of the square.");
  await freeze(app, id);

  // The form that is opened late shows what was read, and comes back with it.
  assert.match(await page(`${mila}/comment?text=en&paragraph=2&draft=1`), /Keep the cameras out/);
  const astray = await app.post(`${mila}/comment`, {
    ...read,
    paragraph: "2",
    quote: "A new paragraph",
    body: "Mine.",
  });
  assert.equal(astray.status, 422);
  assert.match(
    await astray.text(),
    /name="draft" value="1"[\s\S]*Keep the cameras|Keep the cameras[\s\S]*name="draft" value="1"/,
  );

  const say = async (send: (fields: Record<string, string>) => Promise<Response>, body: string) => {
    leadsTo(await send({ ...read, paragraph: "2", quote: "", body: `${body} on all of it.` }), /#c-/);
    leadsTo(
      await send({ ...read, paragraph: "3", quote: "sixty days", body: `${body} on what is gone.` }),
      /#c-/,
    );
  };
  await say((fields) => app.post(`${mila}/comment`, fields), "Mila");
  await say((fields) => owner.post(`/desk/letters/${id}/circulation/comment`, fields), "Ada");
  for (const document of [
    await page(mila),
    await (await owner.get(`/desk/letters/${id}/circulation/comments`)).text(),
  ])
    for (const who of ["Mila", "Ada"]) {
      assert.match(
        document,
        new RegExp(`id="p3".*on draft 1.*${who} on all of it\\..*passages that are gone`, "s"),
      );
      assert.match(
        document,
        new RegExp(`passages that are gone.*sixty days.*${who} on what is gone\\.`, "s"),
      );
    }
  // A number that names no draft is the latest.
  assert.match(await page(`${mila}/comment?text=en&paragraph=2&draft=99`), /A new paragraph/);
});

test("words without a paragraph are looked for in the draft; what stands nowhere is said, and nothing is lost", async () => {
  const id = await circulating({ app, owner }, "Words alone", "Nora <nora@people.example>");
  const nora = await openedLink(app, "nora@people.example");
  const desk = `/desk/letters/${id}/circulation/comment`;
  for (const send of [
    (fields: Record<string, string>) => app.post(`${nora}/comment`, fields),
    (fields: Record<string, string>) => owner.post(desk, fields),
  ]) {
    const nowhere = await send({ text: "en", quote: "on the roof", body: "Which roof?" });
    assert.equal(nowhere.status, 422);
    const document = await nowhere.text();
    await assertValidHtml(document, "words that stand nowhere");
    assert.match(document, /These words do not stand in the draft.*value="on the roof".*Which roof\?/s);
    leadsTo(await send({ text: "en", quote: "the\nsquare", body: "Which square?" }), /#c-/);
    leadsTo(await send({ text: "en", paragraph: "7", quote: "sixty days", body: "Why sixty?" }), /#c-/);
  }
  const shown = await (await app.fetch(nora)).text();
  assert.match(
    shown,
    /id="p2".*>the square<\/blockquote>.*Which square\?.*id="p3".*>sixty days<\/blockquote>.*Why sixty\?/s,
  );
});
