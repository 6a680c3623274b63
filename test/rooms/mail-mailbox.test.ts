/** The mailbox of a site without a mail server. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addJob } from "../../src/jobs/queue.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import {
  day,
  mailsTo,
  openLetter,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
} from "../support/signing.ts";

let app: TestApp;
let slug: string;

before(async () => {
  app = await startSigningApp();
  ({ slug } = await app.letter(openLetter));
});
after(() => app.close());

test("empty, it says how mail comes to it", async () => {
  const text = await (await app.fetch("/mailbox?lang=en")).text();
  await assertValidHtml(text, "empty mailbox");
  assert.match(text, /No email yet/);
});

test("mails stand newest first; each can be read, and its link followed", async () => {
  await sign(app, slug, person({ email: "first@example.org" }));
  app.pass(60_000);
  await sign(app, slug, person({ email: "second@example.org" }), "?lang=ar");
  const answer = await app.fetch("/mailbox?lang=en");
  assert.equal(answer.headers.get("cache-control"), "no-store");
  const text = await answer.text();
  await assertValidHtml(text, "mailbox");
  assert.ok(text.indexOf("second@example.org") < text.indexOf("first@example.org"));
  assert.ok(text.includes("first@example.org"));

  const [mail] = await mailsTo(app, "second@example.org");
  const one = await (await app.fetch(`/mailbox/${mail!.id}`)).text();
  await assertValidHtml(one, "mail");
  assert.match(one, /<a href="http:\/\/localhost\/confirm\/[\w-]{43}\?lang=ar">/);
});

test("the HTML part is shown as it is, and can do nothing", async () => {
  const [mail] = await mailsTo(app, "first@example.org");
  const answer = await app.fetch(`/mailbox/${mail!.id}?as=html`);
  assert.equal(await answer.text(), mail!.html);
  const policy = answer.headers.get("content-security-policy")!;
  assert.match(policy, /^sandbox /);
  assert.doesNotMatch(policy, /allow-scripts|allow-same-origin|script-src/);
});

test("what is attached to a mail is listed, and can be taken along", async () => {
  const own = await signAndConfirm(app, slug, person({ email: "third@example.org" }));
  const [mail] = await mailsTo(app, "third@example.org");
  const path = `/mailbox/${mail!.id}?as=file`;
  const one = await (await app.fetch(`/mailbox/${mail!.id}?lang=en`)).text();
  await assertValidHtml(one, "mail with a receipt");
  const name = `receipt-${slug}.json`;
  assert.match(one, /Your receipt is attached/);
  assert.ok(
    one.includes(
      `<dt>Attached</dt><dd><a href="${path}&amp;lang=en" download="${name}"><bdi dir="ltr">${name}</bdi></a>`,
    ),
    one,
  );
  const file = await app.fetch(path);
  assert.equal(file.headers.get("content-disposition"), `attachment; filename="${name}"`);
  assert.equal(file.headers.get("cache-control"), "no-store");
  const receipt = (await file.json()) as { entry: string };
  assert.equal(
    receipt.entry,
    ((await (await app.fetch(`${own}/receipt.json`)).json()) as typeof receipt).entry,
  );

  const [bare] = await mailsTo(app, "first@example.org");
  assert.doesNotMatch(await (await app.fetch(`/mailbox/${bare!.id}?lang=en`)).text(), /Attached/);
  assert.equal((await app.fetch(`/mailbox/${bare!.id}?as=file`)).status, 404);
});

test("unknown mails are not found", async () => {
  for (const id of ["0", "999999", "99999999999999999999"]) {
    assert.equal((await app.fetch(`/mailbox/${id}`)).status, 404);
    assert.equal((await app.fetch(`/mailbox/${id}?as=file`)).status, 404);
  }
});

test("a mail is kept for thirty days", async () => {
  app.pass(30 * day + 1);
  await addJob(app.db, "purge-signing", {});
  await app.runJobs();
  assert.deepEqual(await mailsTo(app, "first@example.org"), []);
});

test("in production there is no mailbox, and no page speaks of one", async () => {
  const production = await startSigningApp({
    env: {
      NODE_ENV: "production",
      SMTP_URL: "smtp://127.0.0.1:1",
      MAIL_FROM: "letters@example.org",
    },
  });
  const letter = await production.letter(openLetter);
  assert.equal((await production.fetch("/mailbox")).status, 404);
  assert.equal((await production.fetch("/mailbox/1")).status, 404);
  assert.equal((await production.fetch("/mailbox/1?as=file")).status, 404);
  const sent = await production.fetch(`/letters/${letter.slug}/sign/sent`);
  assert.equal(sent.status, 200);
  assert.ok(!(await sent.text()).includes("/mailbox"));
  await production.close();
});
