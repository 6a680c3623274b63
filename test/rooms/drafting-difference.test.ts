/** What changed between two texts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { differenceOf, type Piece } from "../../src/drafting/difference.ts";

/** "We [-ask-] {+beg+} you." */
const shown = (pieces: readonly Piece[]) =>
  pieces
    .map(({ kind, text }) => (kind === "same" ? text : kind === "removed" ? `[-${text}-]` : `{+${text}+}`))
    .join("");
const difference = (before: string, after: string, language = "en") =>
  shown(differenceOf(before, after, language));

test("words are told apart, not letters", () => {
  assert.equal(
    difference("Answer within sixty days.", "Answer within two months."),
    "Answer within [-sixty days-]{+two months+}.",
  );
  assert.equal(difference("the same\n", "the same\n"), "the same\n");
  assert.equal(difference("", "all new"), "{+all new+}");
  assert.equal(difference("one\n\ntwo\n", "one\n\nand\n\ntwo\n"), "one\n\n{+and\n\n+}two\n");
});

test("a passage with little in common is shown as a whole", () => {
  assert.equal(
    difference(
      "We are writing about cameras in the street.",
      "Nothing of what the paper said holds, and nobody knows why.",
    ),
    "[-We are writing about cameras in the street.-]{+Nothing of what the paper said holds, and nobody knows why.+}",
  );
});

test("in scripts without spaces, and from the right", () => {
  assert.equal(
    difference("我们要求公开信件。", "我们请求公开信件。", "zh"),
    "我们[-要求-]{+请求+}公开信件。",
  );
  assert.equal(difference("เราขอให้ตอบจดหมาย", "เราขอให้อ่านจดหมาย", "th"), "เราขอให้[-ตอบ-]{+อ่าน+}จดหมาย");
  assert.equal(
    difference("نطلب منكم الرد خلال شهر", "نطلب منكم الجواب خلال شهر", "ar"),
    "نطلب منكم [-الرد-]{+الجواب+} خلال شهر",
  );
});

test("the pieces make up both texts, whatever they are", () => {
  const words = fc.array(fc.constantFrom("a", "word", " ", "\n", "\n\n", "لا", "字", "🇺🇳", ",", "\u0301"), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(words, words, (one, other) => {
      const [before, after] = [one.join(""), other.join("")];
      const pieces = differenceOf(before, after, "en");
      const without = (kind: Piece["kind"]) =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map(({ text }) => text)
          .join("");
      assert.equal(without("added"), before);
      assert.equal(without("removed"), after);
    }),
  );
});

test("two long texts with nothing in common are given up on, not pondered", () => {
  const text = (word: string) => Array.from({ length: 20_000 }, (_, n) => `${word}${n}`).join(" ");
  assert.deepEqual(
    differenceOf(text("a"), text("b"), "en").map(({ kind }) => kind),
    ["removed", "added"],
  );
});
