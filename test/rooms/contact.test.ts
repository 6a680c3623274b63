/** Where people write to the publisher: said wherever they are told to write, and where their answers to mails go. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { languages, translator } from "../../src/foundation/i18n.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { circulating } from "../support/circulation.ts";
import { leadsTo, setUp, signedIn, type Visitor } from "../support/desk.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { openLetter, person, sign, startSigningApp } from "../support/signing.ts";

const contact = "open.letters+desk@example.org";
const mailto = 'href="mailto:open.letters%2Bdesk@example.org"';

let app: TestApp;
let mail: MailServer;
let owner: Visitor;
let slug: string;

before(async () => {
  mail = await startMailServer();
  app = await startSigningApp({ env: mail.settings });
  ({ slug } = await app.letter(openLetter));
  await setUp(app);
});
after(async () => {
  await app.close();
  await mail.close();
});
beforeEach(async () => {
  owner = await signedIn(app, "Ada Byron");
  leadsTo(await owner.postForm("/desk/settings", formOf("")), "/desk/settings?saved=yes");
});

/** The form of the settings as a browser sends it. */
function formOf(address: string, more: Record<string, string> = {}): FormData {
  const form = new FormData();
  const offered = Object.fromEntries(languages.map((language) => [`language-${language}`, "yes"]));
  const usual = { ...offered, first: "en", "en-name": "Example Alliance", accent: "#0a5a45" };
  for (const [name, value] of Object.entries({ ...usual, contact: address, ...more })) form.set(name, value);
  return form;
}

const set = async (address: string) =>
  leadsTo(await owner.postForm("/desk/settings", formOf(address)), "/desk/settings?saved=yes");
const read = async (path: string) => (await app.fetch(path)).text();

test("the address stands at the foot of every page, and where readers are told whom to ask; without one nothing does", async () => {
  const told = ["/about", "/privacy", "/accessibility"];
  for (const path of ["/", `/letters/${slug}`, "/verify", ...told])
    assert.doesNotMatch(await read(path), /mailto:/, path);
  await set(`  ${contact} `);
  for (const language of languages)
    for (const path of ["/", `/letters/${slug}`, "/verify", ...told]) {
      const document = await read(`${path}?lang=${language}`);
      const links = document.split(`<a ${mailto}><bdi dir="ltr">${contact}</bdi></a>`).length - 1;
      assert.equal(links, told.includes(path) ? 2 : 1, `${path} in ${language}`);
      await assertValidHtml(document, path);
    }
});

test("an owner sets one e-mail address; anything else is refused, as typed", async () => {
  for (const wrong of [
    "letters",
    "a@b@example.org",
    "a@example.org, b@example.org",
    "Letters <a@example.org>",
  ]) {
    const answer = await owner.postForm("/desk/settings", formOf(wrong));
    const document = await answer.text();
    assert.equal(answer.status, 422, wrong);
    assert.match(document, /href="#contact">Write one email address/);
    assert.ok(
      document.includes(
        `name="contact" type="email" value="${wrong.replace("<", "&lt;").replace(">", "&gt;")}"`,
      ),
    );
    await assertValidHtml(document, "a contact that is none");
  }
  const shown = await owner.postForm(
    "/desk/settings/preview",
    formOf(contact, { "preview-page": "privacy" }),
  );
  assert.ok((await shown.text()).includes(mailto));
  assert.doesNotMatch(await read("/privacy"), /mailto:/, "a preview changes nothing");

  const opened = await (await owner.get("/desk/settings")).text();
  const edition = /name="edition" value="([^"]+)"/.exec(opened)![1]!;
  await set(contact);
  assert.match(
    await (await owner.get("/desk/history")).text(),
    /Changed the contact address.*?Contact address:/s,
  );
  const late = await owner.postForm("/desk/settings", formOf("other@example.org", { edition }));
  assert.equal(late.status, 409);
  assert.match(
    await late.text(),
    /href="#contact">Contact address\. Saved now: open\.letters\+desk@example\.org/,
  );
});

test("owners of a site without an address are told what one is for", async () => {
  const waits = async () => /contact address to be given/.test(await (await owner.get("/desk")).text());
  assert.equal(await waits(), true);
  await set(contact);
  assert.equal(await waits(), false);
});

test("answers to mails to the public go to the address; those of the desk bear links that open it, and name none", async () => {
  await sign(app, slug, person({ email: "before@example.org" }));
  const without = mail.newest("before@example.org")!;
  assert.equal(without.replyTo, undefined);
  assert.match(without.text!, /Please do not reply to this email/);

  await set(contact);
  for (const language of languages) {
    await sign(app, slug, person({ email: `${language}@example.org` }), `?lang=${language}`);
    const sent = mail.newest(`${language}@example.org`)!;
    assert.deepEqual(sent.replyTo!.value, [{ address: contact, name: "" }]);
    const said = translator(language).text("mail.replies.contact", { contact });
    assert.ok(sent.text!.replace(/\s+/g, " ").includes(said), sent.text);
    assert.ok(String(sent.html).includes(said));
  }

  leadsTo(
    await owner.post("/desk/people/invite", {
      email: "eve@example.org",
      role: "editor",
      language: "en",
      letter: "",
    }),
    "/desk/people?done=invited",
  );
  await app.runJobs();
  const invitation = mail.newest("eve@example.org")!;
  assert.equal(invitation.replyTo, undefined);
  assert.match(invitation.text!, /Please do not reply to this email/);
});

test("whoever is invited to a draft is told where to ask to be erased sooner, and nothing that is not so", async () => {
  const invited = async (address: string) => {
    await circulating({ app, owner }, `For ${address}`, `Olda <${address}>`);
    const sent = mail.newest(address)!;
    const path = /http:\/\/localhost(\/drafts\/[\w-]{43})/.exec(sent.text!)![1]!;
    const doorstep = await read(path);
    leadsTo(await app.post(`${path}/open`, {}), path);
    const draft = await read(path);
    await assertValidHtml(draft, "a draft");
    return { sent, pages: [doorstep, draft] };
  };
  const without = await invited("olda@example.org");
  const editors =
    "If you wish to be erased sooner, tell the editors: in a comment on the draft, or when you decline.";
  assert.equal(without.sent.replyTo, undefined);
  assert.ok(without.sent.text!.replace(/\s+/g, " ").includes(editors));
  for (const page of without.pages) {
    assert.ok(page.includes(editors));
    assert.doesNotMatch(page, /mailto:/);
  }

  await set(contact);
  const withOne = await invited("ola@example.org");
  assert.deepEqual(withOne.sent.replyTo!.value, [{ address: contact, name: "" }]);
  assert.ok(withOne.sent.text!.includes(`If you wish to be erased sooner, write to ${contact}.`));
  for (const page of withOne.pages) {
    assert.ok(page.includes(`If you wish to be erased sooner, write to <a ${mailto}>`));
    assert.ok(page.includes(`Contact: <a ${mailto}>`), "at the foot, for all else");
    assert.doesNotMatch(page, /tell the editors/);
  }
});
