/** Messages that any mail program can read, in any script, and that nobody can add a header to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { simpleParser } from "mailparser";
import { languages, translator } from "../../src/foundation/i18n.ts";
import { composeMail, type MailFrame } from "../../src/mail/compose.ts";
import type { DeskMatter, MailMatter, MailPen, Template } from "../../src/mail/content.ts";
import { alreadySignedMail } from "../../src/mail/templates/already-signed.ts";
import { confirmMail } from "../../src/mail/templates/confirm.ts";
import { invitationMail } from "../../src/mail/templates/invitation.ts";
import { receiptMail } from "../../src/mail/templates/receipt.ts";
import { signInMail } from "../../src/mail/templates/sign-in.ts";
import { assertValidHtml } from "../support/checks.ts";

const token = "T".repeat(43);
const frame: MailFrame = {
  from: "Überschrift <letters@example.org>",
  to: { name: "张伟", address: "zhang@example.org" },
  language: "en",
  messageId: "<0123@letters.example.org>",
  date: new Date("2026-11-24T09:00:00Z"),
};
const matter: MailMatter = {
  address: "zhang@example.org",
  name: "张伟",
  shown: true,
  updates: true,
  letter: { slug: "answer", title: "اجعلوا إجاباتكم حيث يقرؤها الجميع", titleLanguage: "ar" },
  site: "Example Alliance",
  signedAt: new Date("2026-11-03T10:00:00Z"),
  signedElsewhere: { year: 2026, month: 10 },
  until: new Date("2026-12-08T09:00:00Z"),
};

function pen(language: (typeof languages)[number]): MailPen {
  return {
    t: translator(language),
    token,
    url: (path) => `https://letters.example.org${path}?lang=${language}`,
    host: "letters.example.org",
    contact: null,
  };
}

const templates: readonly [string, Template, string][] = [
  ["confirm", confirmMail, `/confirm/${token}`],
  ["already signed", alreadySignedMail, `/signatures/${token}`],
  ["receipt", receiptMail, `/signatures/${token}`],
];

const deskMatter: DeskMatter = {
  address: "zhang@example.org",
  name: null,
  role: "editor",
  site: "Example Alliance",
  until: new Date("2026-11-24T09:15:00Z"),
};

for (const language of languages) {
  for (const [name, template, path] of [
    ["a link to sign in", signInMail, `/desk/sign-in/${token}`],
    ["an invitation", invitationMail, `/desk/invitations/${token}`],
  ] as const) {
    test(`${name} in ${language}: text and HTML say the same, and there is nothing to unsubscribe from`, async () => {
      const mail = await composeMail(template(pen(language), deskMatter), { ...frame, language });
      const read = await simpleParser(mail.raw);
      const link = `https://letters.example.org${path}?lang=${language}`;
      assert.ok(read.subject?.includes("Example Alliance"), read.subject);
      assert.ok(read.text!.split("\n").includes(link), read.text);
      assert.ok(String(read.html).includes(`href="${link}"`));
      assert.ok(read.text!.includes(translator(language).dateTime(deskMatter.until)));
      assert.equal(read.headers.get("list"), undefined);
      await assertValidHtml(String(read.html).replace(/ style="[^"]*"/g, ""), `${name} in ${language}`);
    });
  }
}

for (const language of languages) {
  for (const [name, template, path] of templates) {
    test(`${name} in ${language}: text and HTML say the same, with the link on a line of its own`, async () => {
      const mail = await composeMail(template(pen(language), matter), { ...frame, language });
      const read = await simpleParser(mail.raw);
      const link = `https://letters.example.org${path}?lang=${language}`;
      assert.ok(read.subject?.endsWith(matter.letter.title), read.subject);
      assert.ok(read.text!.split("\n").includes(link), read.text);
      assert.ok(read.text!.includes(matter.letter.title));
      const html = String(read.html);
      assert.ok(html.includes(`href="${link}"`));
      assert.match(html, new RegExp(`<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">`));
      assert.match(html, /<p lang="ar" dir="rtl"/);
      assert.doesNotMatch(html, /<img|url\(|<link|<script/i);
      // The style of a mail stands in its elements; elsewhere that would be a defect.
      await assertValidHtml(html.replace(/ style="[^"]*"/g, ""), name);
      const spoken = (text: string) => text.replace(/\s+/g, " ");
      for (const [, words] of html.matchAll(/<p[^>]*>([^<]+)<\/p>/g)) {
        const plain = words!.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"');
        assert.ok(spoken(read.text!).includes(spoken(plain)), plain);
      }
    });
  }
}

test("headers: who, when, by whom it was made, and how it can be stopped", async () => {
  const read = await simpleParser((await composeMail(receiptMail(pen("en"), matter), frame)).raw);
  assert.deepEqual(read.from?.value, [{ address: "letters@example.org", name: "Überschrift" }]);
  assert.deepEqual([read.to].flat()[0]?.value, [{ address: "zhang@example.org", name: "张伟" }]);
  assert.equal(read.messageId, "<0123@letters.example.org>");
  assert.deepEqual(read.date, frame.date);
  assert.equal(read.headers.get("auto-submitted"), "auto-generated");
  assert.ok(
    read.headerLines.some(({ line }) => line === "List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
  );
  assert.equal(read.headers.get("mime-version"), "1.0");
});

test("answers go where the site says, in an address of any script", async () => {
  const answersTo = async (replyTo: string) =>
    (await simpleParser((await composeMail(receiptMail(pen("en"), matter), { ...frame, replyTo })).raw))
      .replyTo;
  assert.deepEqual((await answersTo("letters@example.org"))?.value, [
    { address: "letters@example.org", name: "" },
  ]);
  assert.equal((await answersTo("o'hara+open.letters@bücher.example"))?.value.length, 1);
  assert.match((await answersTo("письма@example.org"))!.text, /письма@example\.org/);
  const { raw } = await composeMail(receiptMail(pen("en"), matter), frame);
  assert.equal((await simpleParser(raw)).replyTo, undefined);
});

test("List-Unsubscribe stands where it applies, unfolded", async () => {
  const raw = async (template: Template, about: MailMatter) =>
    (await composeMail(template(pen("en"), about), frame)).raw.toString();
  assert.match(
    await raw(confirmMail, matter),
    /^List-Unsubscribe: <https:\/\/letters\.example\.org\/confirm\/T{43}\/not-me\?lang=en>\r$/m,
  );
  assert.match(
    await raw(receiptMail, matter),
    /^List-Unsubscribe: <https:[^\s>]*\/signatures\/T{43}\?lang=en>\r$/m,
  );
  assert.doesNotMatch(await raw(receiptMail, { ...matter, updates: false }), /List-Unsubscribe/);
  assert.doesNotMatch(await raw(alreadySignedMail, matter), /List-Unsubscribe/);
});

test("on the wire: seven bits, short lines, CRLF", async () => {
  for (const language of languages) {
    const { raw } = await composeMail(receiptMail(pen(language), matter), { ...frame, language });
    const text = raw.toString("latin1");
    assert.doesNotMatch(text, /[^\r\n\x20-\x7e\t]/);
    assert.doesNotMatch(text, /(?<!\r)\n|\r(?!\n)/);
    for (const line of text.split("\r\n")) assert.ok(line.length <= 998);
    for (const line of text.slice(0, text.indexOf("\r\n\r\n")).split("\r\n")) {
      if (!line.startsWith("List-Unsubscribe:")) assert.ok(line.length <= 78, line);
    }
  }
});

test("no name, title or site can add a header or a recipient", async () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 80 }),
    fc.constantFrom(
      "x\r\nBcc: victim@example.net",
      "x\nTo: victim@example.net\n\nbody",
      "a <victim@example.net>, b",
      '"; victim@example.net',
      "=?utf-8?q?=0d=0aBcc:_victim@example.net?=",
      "\u2028Bcc: victim@example.net",
    ),
  );
  const measure = Array.from(
    (await simpleParser((await composeMail(receiptMail(pen("en"), matter), frame)).raw)).headers.keys(),
  );
  await fc.assert(
    fc.asyncProperty(nasty, nasty, nasty, async (name, title, site) => {
      const about: MailMatter = { ...matter, name, site, letter: { ...matter.letter, title } };
      const mail = await composeMail(receiptMail(pen("en"), about), { ...frame, to: { ...frame.to, name } });
      assert.deepEqual(mail.envelope, { from: "letters@example.org", to: ["zhang@example.org"] });
      const read = await simpleParser(mail.raw);
      assert.deepEqual(Array.from(read.headers.keys()).sort(), measure.toSorted());
      const to = [read.to].flat().flatMap((one) => one?.value ?? []);
      assert.deepEqual(
        to.map(({ address }) => address),
        ["zhang@example.org"],
      );
      assert.equal(read.bcc, undefined);
      // What is typed stays text in the HTML part too.
      assert.doesNotMatch(
        String(read.html),
        /<(?!\/?(?:html|head|meta|title|body|p|a|!doctype)\b|!doctype)/i,
      );
    }),
    { numRuns: 100 },
  );
});

test("the confirmation mail carries nothing that was typed into the form", async () => {
  const { text, html } = await composeMail(confirmMail(pen("en"), { ...matter, name: "PRESS HERE" }), frame);
  assert.ok(!text.includes("PRESS HERE") && !html.includes("PRESS HERE"));
});
