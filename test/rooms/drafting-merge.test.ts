/** Two editors' texts, put together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mergeTexts } from "../../src/drafting/merge.ts";

test("changes in different places are both made", () => {
  assert.deepEqual(mergeTexts("one\n\ntwo\n\nthree", "ONE\n\ntwo\n\nthree", "one\n\ntwo\n\nTHREE"), {
    text: "ONE\n\ntwo\n\nTHREE",
    both: false,
  });
  assert.deepEqual(mergeTexts("a\n\nb\n\nc\n", "a\n\nc\n", "a\n\nb\n\nc\n\nd\n"), {
    text: "a\n\nc\n\nd\n",
    both: false,
  });
});

test("changes in the same place both stand, one after the other, and it is said", () => {
  assert.deepEqual(mergeTexts("a\n\nb\n\nc", "a\n\nmine\n\nc", "a\n\ntheirs\n\nc"), {
    text: "a\n\ntheirs\n\nmine\n\nc",
    both: true,
  });
  assert.deepEqual(mergeTexts("", "mine", "theirs"), { text: "theirs\n\nmine", both: true });
});

const text = fc
  .array(fc.constantFrom("a\n", "b\n", "\n", "c\n", "d\n"), { maxLength: 12 })
  .map((lines) => lines.join(""));

test("what only one has changed is that one's, and nothing that was written is lost", () => {
  fc.assert(
    fc.property(text, text, text, (base, mine, theirs) => {
      assert.deepEqual(mergeTexts(base, mine, base), { text: mine, both: false });
      assert.deepEqual(mergeTexts(base, base, theirs), { text: theirs, both: false });
      assert.deepEqual(mergeTexts(base, mine, mine), { text: mine, both: false });
      // Whatever line either has written anew is in the result.
      const merged = mergeTexts(base, mine, theirs).text.split("\n");
      for (const side of [mine, theirs])
        for (const line of side.split("\n"))
          if (!base.split("\n").includes(line)) assert.ok(merged.includes(line));
    }),
    { numRuns: 500 },
  );
});
