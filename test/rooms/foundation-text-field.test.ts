import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isProblem } from "../../src/foundation/problem.ts";
import { parseLine } from "../../src/foundation/text-field.ts";

test("names of any script stand as they are", () => {
  const names = [
    "Ada Lovelace",
    "A",
    "Ólafur Ragnar Grímsson",
    "O’Brien-Smith",
    "محمد بن سلمان",
    "مُحَمَّد",
    "می\u200cخواهم",
    "王小明",
    "葛\u{e0100}城",
    "김민준",
    "क्\u200dष",
    "ශ්\u200dරී ලංකා",
    "नेहा शर्मा",
    "നന്\u200dമ",
    "ျမန္မာ",
    "བསྟན་འཛིན་",
    "สมชาย",
    "Նարեկ",
    "አበበ",
    "ᠮᠣᠩᠭᠣᠯ",
    "Nguyễn Thị Minh Khai",
    "Ngũgĩ wa Thiong’o",
    "!Xóõ",
    "X Æ A-12",
    "Robert'); DROP TABLE signature;--",
    "<b>Bold</b> & Co",
    "Émile Zola (1840–1902)",
    "🌍 Earth Network",
    "👩\u200d💻 Coders",
    "❤\ufe0f for Code",
    "𠮷田",
  ];
  for (const name of names) assert.equal(parseLine(name), name.normalize("NFC"), name);
});

test("text is composed, trimmed and its blanks folded", () => {
  assert.equal(parseLine("  Jo\u0308rg\u00a0 \u3000 Mu\u0308ller\t\r\n"), "Jörg Müller");
  assert.equal(parseLine("Ada\u2028Lovelace"), "Ada Lovelace");
});

test("what pasting leaves behind unseen is dropped", () => {
  assert.equal(parseLine("\ufeffAda\u200b Love\u00adlace\u200e"), "Ada Lovelace");
  assert.equal(parseLine("\u200fمحمد\u061c"), "محمد");
  assert.equal(parseLine("Jo\u200dhn\u200c Do\u200ce"), "John Doe");
  assert.equal(parseLine("e\u200d\u0301"), "é");
});

test("characters that hide or reorder text are refused", () => {
  const wrong = [0x00, 0x07, 0x09, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x9f];
  wrong.push(0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069);
  wrong.push(
    0x034f,
    0x115f,
    0x1160,
    0x17b4,
    0x2061,
    0x206a,
    0x2800,
    0x3164,
    0xffa0,
    0xfe0f,
    0xfff9,
    0xfffd,
    0xffff,
  );
  wrong.push(0xd800, 0xdfff, 0xe000, 0xe0001, 0xe0041, 0xe0100, 0x10ffff);
  for (const code of wrong) {
    const line = `Ada${String.fromCodePoint(code)}Lovelace`;
    assert.deepEqual(parseLine(line), { problem: "control-character" }, code.toString(16));
  }
  assert.deepEqual(parseLine(`A${"\u030d".repeat(12)}da`), { problem: "control-character" });
});

test("nothing to be seen is empty", () => {
  for (const text of ["", "   ", "\u00a0\u3000\t\n", "\u200b\ufeff\u200e", "\u200d", "\u0301"]) {
    assert.deepEqual(parseLine(text), { problem: "empty" }, JSON.stringify(text));
  }
});

test("length counts characters, after composing and trimming", () => {
  assert.equal(parseLine(` ${"𠮷".repeat(200)} `), "𠮷".repeat(200));
  assert.equal(parseLine("e\u0301".repeat(200)), "é".repeat(200));
  assert.deepEqual(parseLine("a".repeat(201)), { problem: "too-long", detail: { max: 200 } });
  assert.deepEqual(parseLine("ab", { max: 1 }), { problem: "too-long", detail: { max: 1 } });
  assert.deepEqual(parseLine("a ".repeat(40_000)), { problem: "too-long", detail: { max: 200 } });
  assert.equal(parseLine("a".repeat(500), { max: 500 }), "a".repeat(500));
});

const addresses = [
  "https://casino.example",
  "Ada HTTP://x",
  "Ada http:x",
  "//casino.example",
  "see www.casino.example",
  "Ada (www2.example.org)",
  "casino.example/win",
  "ftp://files",
  "javascript:alert(1)",
  "mailto:ada@example.org",
  "ada@example.org",
  "Ada <ada@example.org>",
  "ｈｔｔｐｓ：／／ｃａｓｉｎｏ．ｅｘａｍｐｌｅ",
  "ada@example。org",
  "ⓦⓦⓦ．ⓒⓐⓢⓘⓝⓞ．example",
];
const domainNames = [
  "casino.com",
  "Buy at Casino.Com now",
  "casino.ru",
  "bet365.com",
  "mega-casino.co.uk",
  "казино.рф",
  "Booking.com",
  "casino．com",
  "casino。com",
  "casino․com",
  "𝐜𝐚𝐬𝐢𝐧𝐨.𝐜𝐨𝐦",
];

test("web and mail addresses are refused", () => {
  for (const line of addresses) {
    assert.deepEqual(parseLine(line), { problem: "contains-url" }, line);
    assert.deepEqual(parseLine(line, { urls: "domain-names" }), { problem: "contains-url" }, line);
    assert.equal(parseLine(line, { urls: true }), line);
  }
  for (const line of domainNames) {
    assert.deepEqual(parseLine(line), { problem: "contains-url" }, line);
    assert.equal(parseLine(line, { urls: "domain-names" }), line);
  }
});

test("full stops, slashes and signs in names are no addresses", () => {
  const names =
    "St. John|A.B. Smith|J.R.R. Tolkien|U.S.A.|U.S. Chamber|Dr.Ing. Weber|Prof.Dr. Weber|Dr.med. Anna|Md.Rahman|S.Kumar|J.Li|B.Com|" +
    "Ph.D. student|M.Sc., M.Ed.|W.E.B. Du Bois|No. 10|AC/DC|Head of IT/Security|she/her|50/50 Group|e.V.|Digitalcourage e.V.|S.p.A.|" +
    "Acme Inc.|Acme Co.Ltd|Lda.|i.A. Meyer|c/o EDRi|@ada|Ada @ EFF|Node.js Foundation|Article 19: Free Word|Ratio 3:1|.NET Foundation|24.11.2026|" +
    "モーニング娘。|ＡＢＣ株式会社|Ａ．Ｂ． Smith|Smith… and Sons|℅ EDRi|½ Club";
  for (const name of names.split("|")) assert.equal(parseLine(name), name, name);
});

test("law: what is read stays as it is when read again, and holds nothing unseen, whatever came in", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.constantFrom(
      "\u200c",
      "\u200d",
      "\u200b",
      "\ufeff",
      "\u202e",
      "\ufe0f",
      " ",
      "\u00a0",
      "ب",
      "क",
      "्",
      "e",
      "\u0301",
      "👩",
      "葛",
    ),
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: "binary", maxLength: 300 })), (typed) => {
      const line = parseLine(typed);
      if (isProblem(line)) return;
      assert.equal(parseLine(line), line);
      assert.equal(line, line.normalize("NFC").trim());
      assert.doesNotMatch(line, /[\p{Cc}\p{Cs}\p{Bidi_Control}]| {2}/u);
      const length = [...line].length;
      assert.ok(length >= 1 && length <= 200);
    }),
    { numRuns: 3000 },
  );
});
