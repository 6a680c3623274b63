/** How much one who is invited can write: an end for a script, and nothing that was typed is lost. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { commentLimits } from "../../src/drafting/comment-write.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { circulating, inviteeCalled, openedLink } from "../support/circulation.ts";
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
  const write = (link: string, body: string) =>
    app.post(`${link}/comment`, { text: "en", paragraph: "2", quote: "the square", body });
  const first = await write(otto, "Otto begins.");
  const [, thread] = /#c-([0-9a-f-]{36})/.exec(first.headers.get("location")!)!;
  for (let count = 0; count < commentLimits.hour; count += 1)
    assert.equal((await write(cora, `Comment ${count}.`)).status, 303);

  const full = async (answer: Response, says: RegExp, typed: string) => {
    assert.equal(answer.status, 429);
    const document = await answer.text();
    await assertValidHtml(document, typed);
    assert.match(document, says);
    assert.ok(document.includes(typed));
    return document;
  };
  const again = await full(await write(cora, "One too many."), /40 comments within an hour/, "One too many.");
  assert.match(again, /name="paragraph" value="2"[\s\S]*name="quote" type="text" value="the square"/);
  const answer = () => app.post(`${cora}/comments/${thread}`, { body: "An answer too many." });
  await full(
    await answer(),
    /Otto begins\.[\s\S]*40 comments|40 comments[\s\S]*Otto begins\./,
    "An answer too",
  );
  assert.equal((await write(otto, "Otto goes on.")).status, 303);
  app.pass(3_600_000);
  assert.equal((await answer()).status, 303);

  const { id: invitee } = await inviteeCalled(app, id, "Cora");
  await sql`insert into comment (id, letter_id, invitee_id, draft, language, body, at)
    select gen_random_uuid(), ${id}, ${invitee}, 1, 'en', 'Earlier.', ${new Date(0)}
    from generate_series(1, ${commentLimits.letter - commentLimits.hour - 2})`.execute(app.db);
  assert.equal((await write(cora, "The last one.")).status, 303);
  await full(await write(cora, "Beyond."), /200 comments on this letter/, "Beyond.");
  // The editors go on, and the thread with them.
  leadsTo(await owner.post(`/desk/letters/${id}/circulation/comments/${thread}`, { body: "Noted." }), /#c-/);
});
