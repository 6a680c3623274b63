import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fold } from "../../src/foundation/fold.ts";

test("what a reader may leave out or write otherwise compares equal", () => {
  const pairs: [string, string][] = [
    ["Ólafur  Ragnar\u00a0Grímsson", "olafur ragnar grimsson"],
    ["Straße", "STRASSE"],
    ["Łódź", "lodz"],
    ["Søren Kierkegaard", "soren kierkegaard"],
    ["İstanbul", "istanbul"],
    ["ΟΔΥΣΣΕΥΣ", "οδυσσεύς"],
    ["Ｉｎｔｅｒｎｅｔ Ｓｏｃｉｅｔｙ", "internet society"],
    ["O’Brien", "O'Brien"],
    ["مُحَمَّد", "محمد"],
    ["أحمد", "احمد"],
    ["محـمـد", "محمد"],
    ["ﬁrst", "first"],
    ["Семён", "семен"],
    ["co\u00adop", "coop"],
  ];
  for (const [left, right] of pairs) assert.equal(fold(left), fold(right), `${left} = ${right}`);
});

test("what is another word stays another word", () => {
  const pairs: [string, string][] = [
    ["राम", "रीमा"],
    ["か", "が"],
    ["กา", "กี"],
    ["김", "감"],
    ["ab", "a b"],
  ];
  for (const [left, right] of pairs) assert.notEqual(fold(left), fold(right), `${left} ≠ ${right}`);
});

test("law: folding twice changes nothing, and the form that came in does not matter", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const folded = fold(text);
      assert.equal(fold(folded), folded);
      assert.equal(fold(text.normalize("NFD")), folded);
      assert.equal(folded, folded.trim());
    }),
    { numRuns: 2000 },
  );
});
