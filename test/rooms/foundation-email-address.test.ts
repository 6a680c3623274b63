import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { editDistance } from "../../src/foundation/edit-distance.ts";
import {
  type EmailAddress,
  parseEmailAddress,
  suggestEmailAddress,
} from "../../src/foundation/email-address.ts";
import { largeDomains } from "../../src/foundation/email-providers.ts";
import { isProblem } from "../../src/foundation/problem.ts";

function parsed(text: string): EmailAddress {
  const address = parseEmailAddress(text);
  assert.ok(!isProblem(address), `${text} is refused`);
  return address;
}
const canonical = (text: string) => parsed(text).canonical;
const suggested = (text: string) => suggestEmailAddress(parsed(text));

const atext = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789!#$%&'*+/=?^_`{|}~-";
const local = fc
  .array(fc.string({ unit: fc.constantFrom(...atext), minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((words) => words.join("."));
const domain = fc.oneof(
  fc.constantFrom(...largeDomains, "googlemail.com", "me.com", "pm.me", "ya.ru", "ada.fastmail.fm"),
  fc.domain({ size: "small" }),
);
const address = fc.tuple(local, domain).map(([name, host]) => `${name}@${host}`);

test("addresses are read as typed, trimmed, with the domain in lower case", () => {
  assert.deepEqual(parsed("  Ada.Lovelace@Example.ORG\u00a0"), {
    address: "Ada.Lovelace@example.org",
    canonical: "ada.lovelace@example.org",
    domain: "example.org",
  });
  assert.deepEqual(parsed("jörg@Bücher.example"), {
    address: "jörg@bücher.example",
    canonical: "jörg@xn--bcher-kva.example",
    domain: "xn--bcher-kva.example",
  });
  assert.equal(parsed("\u200fada@example.org\u200b").address, "ada@example.org");
  assert.equal(parsed("用户@例え。jp").address, "用户@例え.jp");
  for (const text of ["o'neil+x@mail.example.co.uk", "a@b.co", "_@x-y.museum", "محمد@example.org", "1@2.org"])
    parsed(text);
});

test("what has not the form of an address is refused", () => {
  const wrong = [
    "",
    "ada",
    "@example.org",
    "ada@",
    "ada@localhost",
    "ada@example",
    "ada@example.o",
    "ada@@example.org",
    "ada@exa mple.org",
    "a da@example.org",
    "ada@.example.org",
    "ada@example..org",
    "ada@example.org.",
    "ada@-example.org",
    "ada@example-.org",
    "ada@exam_ple.org",
    "ada@192.0.2.1",
    "ada@[192.0.2.1]",
    "ada@[IPv6:::1]",
    "ada@0x7f.1",
    "ada@example.123",
    "ada@exa%6dple.org",
    '"ada lovelace"@example.org',
    ".ada@example.org",
    "ada.@example.org",
    "a..b@example.org",
    "ada@example.org\r\nBcc: b@example.org",
    "ada\u0000@example.org",
    "ada\u202e@example.org",
    "Ada <ada@example.org>",
    "ada@example.org, bob@example.org",
    "mailto:ada@example.org",
    `${" ".repeat(60_000)}ada@example.org`,
    `${"a".repeat(65)}@example.org`,
    `${"é".repeat(33)}@example.org`,
    `ada@${"a".repeat(64)}.org`,
    `ada@${"abcdefg.".repeat(32)}org`,
  ];
  for (const text of wrong) assert.deepEqual(parseEmailAddress(text), { problem: "email-invalid" }, text);
  parsed(`${"a".repeat(64)}@example.org`);
  parsed(`a@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(63)}.${"e".repeat(56)}.org`);
});

test("what is kept of an address can be read again", () => {
  for (const text of [
    "ada@bücher.example",
    "ada@xn--bcher-kva.example",
    "ada@xn--i-7iq.ws",
    "ada@xn--ls8h.la",
  ]) {
    const { address } = parsed(text);
    assert.deepEqual(parsed(address), parsed(text), text);
  }
  assert.equal(parsed("ada@xn--i-7iq.ws").address, "ada@xn--i-7iq.ws");
});

test("spellings of one mailbox have one canonical form", () => {
  const same: [string, string][] = [
    ["Ada.Love.Lace+letters@GoogleMail.com", "adalovelace@gmail.com"],
    ["ada+1@outlook.com", "ada@outlook.com"],
    ["Ada@mac.com", "ada@icloud.com"],
    ["ada_love-lace+x@proton.me", "adalovelace@proton.me"],
    ["ada+1@fastmail.com", "ada@fastmail.com"],
    ["whatever@ada.fastmail.com", "ada@fastmail.com"],
    ["ada.love@ya.ru", "ada-love@yandex.com"],
    ["ada+1@mail.ru", "ada@mail.ru"],
    ["ADA@BÜCHER.example", "ada@xn--bcher-kva.example"],
    ["jo\u0308rg@example.org", "j\u00f6rg@example.org"],
  ];
  for (const [one, other] of same) assert.equal(canonical(one), canonical(other), `${one} = ${other}`);
});

test("addresses that may belong to two people stay apart", () => {
  const apart: [string, string][] = [
    ["ada.lovelace@example.org", "adalovelace@example.org"],
    ["press+berlin@example.org", "press+paris@example.org"],
    ["ada.lovelace@outlook.com", "adalovelace@outlook.com"],
    ["ada@outlook.com", "ada@hotmail.com"],
    ["ada-love@yahoo.com", "ada@yahoo.com"],
    ["ada.love@yahoo.com", "adalove@yahoo.com"],
    ["ada@proton.me", "ada@pm.me"],
    ["ada@gmail.com", "ada@gmail.org"],
    ["ada.love@icloud.com", "adalove@icloud.com"],
  ];
  for (const [one, other] of apart) assert.notEqual(canonical(one), canonical(other), `${one} ≠ ${other}`);
});

test("law: a canonical form is an address whose canonical form is itself, and capitals do not change it", () => {
  fc.assert(
    fc.property(address, (text) => {
      const email = parseEmailAddress(text);
      fc.pre(!isProblem(email));
      assert.equal(canonical(email.canonical), email.canonical);
      assert.equal(canonical(text.toUpperCase()), email.canonical);
      assert.equal(canonical(email.address), email.canonical);
    }),
    { numRuns: 1000 },
  );
});

test("law: no plus tag and no dot makes a second address at Gmail", () => {
  const name = fc.stringMatching(/^[a-z0-9]{2,20}$/);
  fc.assert(
    fc.property(name, fc.nat(30), fc.stringMatching(/^[a-z0-9.]{0,9}[a-z0-9]$/), (owner, at, tag) => {
      fc.pre(!tag.startsWith(".") && !tag.includes(".."));
      const cut = 1 + (at % (owner.length - 1));
      const spelled = `${owner.slice(0, cut)}.${owner.slice(cut)}+${tag}@gmail.com`;
      assert.equal(canonical(spelled), `${owner}@gmail.com`);
    }),
  );
});

test("law: whatever is typed, reading answers and does not throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.emailAddress(), address), (text) => {
      const email = parseEmailAddress(text);
      if (!isProblem(email)) suggestEmailAddress(email);
    }),
    { numRuns: 1000 },
  );
});

test("likely slips are asked about", () => {
  const slips: Record<string, string> = {
    "ada@gmial.com": "gmail.com",
    "ada@gmail.con": "gmail.com",
    "ada@gmail.co": "gmail.com",
    "ada@gmai.com": "gmail.com",
    "ada@gmal.com": "gmail.com",
    "ada@gnail.com": "gmail.com",
    "ada@gmaill.com": "gmail.com",
    "ada@gmail.fr": "gmail.com",
    "ada@gmial.con": "gmail.com",
    "ada@gmail.com.com": "gmail.com",
    "ada@hotmial.com": "hotmail.com",
    "ada@hotmal.con": "hotmail.com",
    "ada@homtail.fr": "hotmail.fr",
    "ada@htomali.com": "hotmail.com",
    "ada@outlok.com": "outlook.com",
    "ada@outloook.com": "outlook.com",
    "ada@yaho.com": "yahoo.com",
    "ada@yahooo.fr": "yahoo.fr",
    "ada@iclould.com": "icloud.com",
    "ada@icloud.fr": "icloud.com",
    "ada@protonmial.com": "protonmail.com",
    "ada@wandoo.fr": "wanadoo.fr",
    "ada@lapost.net": "laposte.net",
    "ada@mail.con": "mail.com",
  };
  for (const [typed, meant] of Object.entries(slips)) assert.equal(suggested(typed), `ada@${meant}`, typed);
  assert.equal(suggested(" Ada.L+x@GMIAL.com"), "Ada.L+x@gmail.com");
});

test("nobody is asked about a domain that is right or far from all", () => {
  const right =
    "gmail.com googlemail.com mail.com email.com ymail.com me.com cloud.com gmx.de web.de qq.com 163.com live.com " +
    "yahoo.com yahoo.co.jp hotmail.co.uk orange.com libera.it wanadoo.es example.org internetsociety.org isoc.org " +
    "eff.org edri.org article19.org wikimedia.org mozilla.com kde.org ac.uk gov.uk europa.eu ietf.org univ-paris.fr " +
    "olive.com five.com line.com google.com gmail.company.example outlook.example.org";
  for (const name of right.split(" ")) assert.equal(suggested(`ada@${name}`), undefined, name);
  for (const name of largeDomains) assert.equal(suggested(`ada@${name}`), undefined, name);
});

test("law: the distance counts slips, is the same both ways, and is at most one for one slip", () => {
  const word = fc.stringMatching(/^[abc.]{0,8}$/);
  fc.assert(
    fc.property(word, word, fc.nat(8), (one, other, at) => {
      assert.equal(editDistance(one, other), editDistance(other, one));
      assert.equal(editDistance(one, other) === 0, one === other);
      const cut = at % (one.length + 1);
      assert.equal(editDistance(one, `${one.slice(0, cut)}x${one.slice(cut)}`), 1);
      const swapped =
        one.slice(0, cut) + [...one.slice(cut, cut + 2)].reverse().join("") + one.slice(cut + 2);
      assert.equal(editDistance(one, swapped), one === swapped ? 0 : 1);
    }),
  );
});
