/** The minute of an embargo, in browsers: an editor sets the time, a reporter reads early, and the letter becomes public. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDraft } from "../../src/drafting/open-draft.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import { startDraft } from "../../src/drafting/start-draft.ts";
import type { TestApp } from "../support/app.ts";
import { follow } from "../support/browser.ts";
import { accountOf } from "../support/desk.ts";
import { look } from "../support/look.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { mailedLink } from "../support/signing.ts";
import { openDeskSite, type Site } from "../support/site.ts";

let site: Site;
let app: TestApp;

before(async () => {
  site = await openDeskSite();
  ({ app } = site);
});
after(() => site.close());

/** A letter that lacks nothing. */
async function written(title: string): Promise<string> {
  const { db, clock } = app.deps;
  const ada = await accountOf(app, "Ada Byron");
  const id = await startDraft(db, clock, ada, "en", title);
  const { document, edition } = (await openDraft(db, clock, id))!;
  const text = { title, summary: "It asks.", body: "Dear Minister,\n\nplease answer." };
  const addressees = [{ name: "The Minister", type: "government" as const }];
  await saveDraft(db, clock, ada, id, edition, { ...document, texts: { en: text }, addressees });
  return id;
}

for (const scripts of [true, false])
  test(`an embargo, ${scripts ? "with" : "without"} scripts`, async () => {
    const id = await written(`Under Embargo ${scripts ? "One" : "Two"}`);
    const view = { width: scripts ? 1280 : 390, scripts } as const;
    const editor = await site.visitDesk(view, `/desk/letters/${id}/publishing`);
    await look(editor, "publishing");
    if (scripts) assert.notEqual(await editor.inputValue("#zone"), "");
    const soon = new Date(app.deps.clock().getTime() + 3_600_000);
    const local = new Date(soon.getTime() + 3_600_000).toISOString();
    await editor.fill("#date", local.slice(0, 10));
    await editor.fill("#time", local.slice(11, 16));
    await editor.fill("#zone", "Europe/Atlantis");
    await follow(editor.getByRole("button", { name: "Set this time" }));
    await editor.getByRole("alert").getByText("Choose a time zone").waitFor();
    assert.equal(await editor.inputValue("#time"), local.slice(11, 16));
    await editor.fill("#zone", "Europe/Berlin");
    await follow(editor.getByRole("button", { name: "Set this time" }));
    await editor.getByText(/Becomes public on .*Europe\/Berlin/).waitFor();
    const address = `desk${scripts}@daily.example`;
    await editor.fill("#recipient", "The Daily Example");
    await editor.fill("#email", address);
    await follow(editor.getByRole("button", { name: "Make a link" }));
    await editor.getByText("The link is made.").waitFor();
    await look(editor, "publishing, scheduled");
    await app.runJobs();

    const reader = await site.visit(view, `${await mailedLink(app, address, "embargo")}?lang=en`);
    await reader.getByText("Under embargo until").waitFor();
    await reader.getByText("please answer.").waitFor();
    await look(reader, "under embargo");

    app.pass(3_540_000);
    await app.runJobs();
    await reader.reload();
    await reader.getByText("Under embargo until").waitFor();
    app.pass(60_000);
    await app.runJobs();
    await reader.reload();
    assert.match(reader.url(), /\/letters\/under-embargo-/);
    await reader.getByRole("button", { name: "Sign this letter" }).waitFor();
    assert.equal(await reader.getByText("Under embargo until").count(), 0);
    await editor.reload();
    await editor.getByText("It can be signed until you close it.").waitFor();
    await assertLogHolds(app);
    await reader.context().close();
    await editor.context().close();
  });
