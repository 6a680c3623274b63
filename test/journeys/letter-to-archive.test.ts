/**
 * A letter from its first word to its last signature, as the people of the desk and of a coalition do it: drafted,
 * circulated to three organisations, commented on, signed on a condition, changed and confirmed anew, published at a set
 * minute, a forgery refused, a spreadsheet brought in, closed. In a real browser with mail through a real server; with
 * scripts on a wide screen, and without on a phone.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { makeSetUpLink } from "../../src/people/invite.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { follow, type View } from "../support/browser.ts";
import { look } from "../support/look.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { listOf } from "../support/signatories-csv.ts";
import { linkIn } from "../support/signing.ts";
import { openSite, type Site } from "../support/site.ts";

const views: readonly View[] = [
  { width: 1280, scripts: true },
  { width: 390, scripts: false },
];

const coalition = [
  { name: "Lin Library", organisation: "A Library Association", domain: "library.example" },
  { name: "Sol Society", organisation: "Society of Example Editors", domain: "editors.example" },
  {
    name: "Ira Institute",
    organisation: "Sample Institute for Open Government",
    domain: "institute.example",
  },
] as const;
const addressOf = (one: { readonly domain: string }) => `office@${one.domain}`;

const first = `Dear ministers,

Cameras belong in the street, if anywhere. In a classroom they teach children that they are watched.

We ask you to keep them out.`;
const second = first.replace(
  "We ask you to keep them out.",
  "We ask you to keep them out, and to say so in law.",
);

for (const view of views)
  describe(`a letter, scripts ${view.scripts ? "on" : "off"}, ${view.width} pixels`, () => {
    let mail: MailServer;
    let site: Site;
    let app: TestApp;
    let origin: string;
    let page: Page;
    /** /desk/letters/<id> */
    let letter: string;

    before(async () => {
      mail = await startMailServer();
      site = await openSite((SITE_URL) =>
        startTestApp({ sample: true, env: { SITE_URL, ...mail.settings } }),
      );
      ({ app, origin } = site);
    });
    after(async () => {
      await site.close();
      await mail.close();
    });

    const words = (of: Page = page) => of.locator("main").innerText();
    const press = (name: RegExp, of: Page = page) => follow(of.getByRole("button", { name }).first());
    /** With scripts, saving does not leave the page. */
    const save = async () => {
      if (!view.scripts) return press(/^Save$/);
      await page
        .getByRole("button", { name: /^Save$/ })
        .first()
        .click();
      await page.locator("form[data-state=saved]").waitFor();
    };
    /** The path of the link of a kind in the newest mail to an address. */
    const mailed = async (address: string, kind: string) => {
      await app.runJobs();
      return linkIn(mail.newest(address)?.text ?? "", kind);
    };
    const guests = new Map<string, Page>();

    test("the desk is set up, and a letter drafted", async () => {
      const token = await makeSetUpLink(app.db, app.deps.clock);
      page = await site.visit(view, `/desk/invitations/${token}`);
      await page.locator("[name=name]").fill("Ada Byron");
      await page.locator("[name=email]").fill("ada@example.org");
      await follow(page.locator("main form button"));
      assert.match(page.url(), /\/desk\/account\/passkeys/);

      await page.goto(`${origin}/desk/letters`);
      await look(page, "letters");
      await follow(page.getByRole("link", { name: "Start a letter" }));
      await look(page, "a new letter");
      await page.locator("[name=title]").fill("Keep cameras out of the classroom");
      await press(/^Start/);
      letter = /\/desk\/letters\/[0-9a-f-]{36}/.exec(page.url())![0];
      await page.goto(`${origin}${letter}/text`);
      await page.locator("[name=summary]").fill("Asks for classrooms without cameras.");
      await page.locator("[name=body]").fill(first);
      if (view.scripts) await page.locator("[data-setting]").getByText("they are watched").waitFor();
      await page.locator("[name='addressee[]']").first().fill("Ministers of education");
      await page.locator("[name=initiators]").fill("Example Alliance");
      await page.locator("[name='topic[]'][value=privacy]").check();
      await page.locator("[name='place[]']").first().fill("France");
      await save();
      await look(page, "text");
      await page.goto(`${origin}${letter}/preview`);
      assert.match(
        await page.locator("body").innerText(),
        /Preview[\s\S]*Keep cameras out[\s\S]*they are watched/,
      );
      await page.goto(`${origin}${letter}/revisions`);
      await page.locator("[name=note]").fill("For the first round");
      await press(/^Freeze/);
      await look(page, "frozen drafts");
    });

    test("it circulates: three are invited, each under their own name", async () => {
      await page.goto(`${origin}${letter}/circulation`);
      await page.locator("[name=date]").fill("2026-12-04");
      await page.locator("[name=zone]").fill("Europe/Brussels");
      await press(/^Begin to circulate/);
      const lines = coalition.map((one) => `${one.name} <${addressOf(one)}>, ${one.organisation}`);
      await page.locator("[name=lines]").fill(lines.join("\n"));
      await press(/^Send the invitations/);
      await look(page, "circulation");
      for (const one of coalition) {
        const guest = await site.visit(view, await mailed(addressOf(one), "drafts"));
        guests.set(one.domain, guest);
        assert.doesNotMatch(await words(guest), /watched/, "nothing of the draft before it is opened");
        await press(/open the draft/, guest);
        assert.match(await words(guest), /they are watched/);
        assert.match(await words(guest), new RegExp(one.name));
      }
      await look(guests.get("library.example")!, "draft");
      assert.equal((await app.fetch("/letters/keep-cameras-out-of-the-classroom")).status, 404);
    });

    const signAs = async (guest: Page, one: (typeof coalition)[number], condition?: string) => {
      await follow(guest.getByRole("link", { name: "Sign this letter" }));
      await guest.locator("[name=kind][value=organisation]").check();
      await guest.locator("[name=organisation]").fill(one.organisation);
      await guest.locator("[name=website]").fill(`https://${one.domain}`);
      await guest.locator("[name=representative]").fill(one.name);
      await guest.locator("[name=role]").fill("Director");
      await guest.locator("[name=country]").selectOption("FR");
      await guest.locator("[name=show][value=yes]").check();
      if (condition) await guest.locator("[name=condition]").fill(condition);
      await press(/^Sign draft/, guest);
      const greeting = condition ? "Your condition is with the editors" : "You have signed";
      await guest.getByRole("status").getByText(greeting).waitFor();
    };

    test("one comments, one signs, one signs on a condition, one declines; the condition is met", async () => {
      const [library, society, institute] = coalition.map((one) => guests.get(one.domain)!);
      await follow(library!.getByRole("link", { name: "Comment on paragraph 2" }));
      await library!.locator("[name=body]").fill("Say which cameras you mean.");
      await press(/^Send the comment/, library!);
      await signAs(library!, coalition[0]);
      await signAs(society!, coalition[1], "If the letter asks for a law.");
      await institute!.locator("summary", { hasText: "I will not sign" }).click();
      await institute!.locator("[name=word]").fill("We take no position.");
      await press(/^Decline to sign/, institute!);

      await page.goto(`${origin}${letter}/circulation`);
      const seen = await words();
      assert.match(seen, /If the letter asks for a law\./);
      assert.match(seen, /We take no position\./);
      await page.locator("[name=word]").fill("It does now.");
      await press(/^It is met/);
      await page.goto(`${origin}${letter}/circulation/comments`);
      assert.match(await words(), /Say which cameras you mean\./);
      await look(page, "comments");
    });

    test("a changed text asks those who signed again, and shows them what changed", async () => {
      await page.goto(`${origin}${letter}/text`);
      await page.locator("[name=body]").fill(second);
      await save();
      await page.goto(`${origin}${letter}/revisions`);
      await page.locator("[name=note]").fill("Asks for a law");
      await press(/^Freeze/);
      for (const one of coalition.slice(0, 2)) {
        const guest = guests.get(one.domain)!;
        await guest.goto(origin + (await mailed(addressOf(one), "drafts")));
        await follow(guest.getByRole("link", { name: "See what changed" }).first());
        assert.match(await guest.locator("main ins").first().innerText(), /law|,/);
        await look(guest, "what changed");
        await press(/^I sign draft 2 as well/, guest);
        assert.match(await words(guest), /draft 1[\s\S]*|draft 2/);
      }
      await page.goto(`${origin}${letter}/circulation`);
      assert.doesNotMatch(await page.locator("table").innerText(), /To be signed anew/);
    });

    test("it is published at a set minute; until then a private link shows it", async () => {
      await page.goto(`${origin}${letter}/publishing`);
      await look(page, "publishing");
      await page.locator("[name=opens][value=yes]").check();
      await page.locator("[name=date]").fill("2026-11-25");
      await page.locator("[name=time]").fill("10:00");
      await page.locator("[name=zone]").fill("Europe/Brussels");
      await press(/^Set this time/);
      await page.locator("[name=recipient]").fill("The Example Gazette");
      await page.locator("[name=email]").fill("desk@gazette.example");
      await press(/^Make a link/);
      await look(page, "scheduled");
      const link = await mailed("desk@gazette.example", "embargo");
      const reporter = await site.visit(view, link);
      assert.match(await reporter.locator("body").innerText(), /Under embargo[\s\S]*they are watched/);
      assert.equal((await app.fetch("/letters/keep-cameras-out-of-the-classroom")).status, 404);

      app.pass(24 * 3_600_000);
      await app.runJobs();
      await reporter.goto(origin + link);
      assert.equal(new URL(reporter.url()).pathname, "/letters/keep-cameras-out-of-the-classroom");
      const shown = await words(reporter);
      assert.match(shown, /A Library Association/);
      assert.match(shown, /Society of Example Editors/);
      assert.doesNotMatch(shown, /Sample Institute/);
      await assertLogHolds(app);
      const guest = guests.get("library.example")!;
      const answer = await guest.goto(guest.url());
      assert.ok(
        [404, 410].includes(answer!.status()) || /\/letters\//.test(guest.url()),
        "private links have ended",
      );
    });

    test("a name that is likely to be forged is held, and refused with a reason", async () => {
      await page.goto(`${origin}/desk/settings/watch-list`);
      await page.locator("[name=names]").fill("Marie Minister");
      await press(/^Save/);
      const forger = await site.visit(view, "/letters/keep-cameras-out-of-the-classroom/sign");
      await forger.locator("[name=kind][value=person]").check();
      await forger.locator("[name=name]").fill("Marie Minister");
      await forger.locator("[name=email]").fill("forger@anywhere.example");
      await forger.locator("[name=country]").selectOption("FR");
      await forger.locator("[name=show][value=yes]").check();
      await press(/^Sign/, forger);
      await forger.goto(origin + (await mailed("forger@anywhere.example", "confirm")));
      await follow(forger.locator("main form button").first());
      assert.match(forger.url(), /\/signatures\//);
      await look(forger, "held, as its signatory sees it");
      const shown = () =>
        app.fetch("/letters/keep-cameras-out-of-the-classroom").then((answer) => answer.text());
      assert.doesNotMatch(await shown(), /Marie Minister/);

      await page.goto(`${origin}/desk`);
      await look(page, "the desk");
      await page.goto(`${origin}/desk/review`);
      await look(page, "held signatures");
      const row = page.getByRole("checkbox", { name: /Marie Minister/ });
      if (view.scripts) {
        // By keys alone: check the row, which leads to refusing; choose why; refuse.
        await row.focus();
        await page.keyboard.press("r");
      } else await row.check();
      assert.equal(await row.isChecked(), true);
      await page.locator("[name=reason]").selectOption("impersonation");
      await press(/^Refuse the checked ones/);
      assert.match(await words(), /One signature is refused/);
      await app.runJobs();
      assert.match(mail.newest("forger@anywhere.example")!.text!, /Keep cameras out/);
      assert.doesNotMatch(await shown(), /Marie Minister/);
      await assertLogHolds(app);
    });

    test("a spreadsheet of 5,000 with 40 bad rows is brought in", async () => {
      await page.goto(`${origin}${letter}/signatures/import`);
      const { text, badRows } = listOf(5_000, 40);
      assert.equal(badRows.length, 40);
      await page
        .locator("[name=file]")
        .setInputFiles({ name: "form.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
      await press(/^(Read|Upload|Go on|Continue|Look)/);
      await page.locator("[name=mode][value=ask]").check();
      await page.locator("[name=show][value=yes]").check();
      await look(page, "columns");
      await press(/^Check the rows/);
      assert.match(await words(), /To be mended\s+40\b/);
      await look(page, "checked rows");
      // As reported they need no address: those that only lack one can come in.
      await follow(page.getByRole("link", { name: "Back to the columns" }));
      await page.locator("[name=mode][value=report]").check();
      await press(/^Check the rows/);
      assert.match(await words(), /To be mended\s+25\b/);
      await press(/^Enter 3,960 names as reported/);
      await app.runJobs();
      assert.match(await words(), /Brought in\s+3,960/);
      await page.goto(`${origin}/letters/keep-cameras-out-of-the-classroom`);
      assert.match(
        await words(),
        /2 organisations[\s\S]*As reported[\s\S]*García[\s\S]*have not checked them/,
      );
      await page.goto(`${origin}/letters/keep-cameras-out-of-the-classroom/signatories`);
      assert.match(await words(), /2 organisations[\s\S]*As reported[\s\S]*García/);
      await page.goto(`${origin}${letter}/signatures/import`);
      await look(page, "imports");
    });

    test("it is closed for good", async () => {
      await page.goto(`${origin}${letter}/publishing`);
      await press(/^Close for signature/);
      await look(page, "close?");
      await press(/^Close it for good/);
      assert.match(await words(), /It is closed/);
      assert.match(
        await (await app.fetch("/letters/keep-cameras-out-of-the-classroom")).text(),
        /Closed for signature/,
      );
      await assertLogHolds(app);
      await page.goto(`${origin}${letter}/history`);
      await look(page, "history");
    });
  });
