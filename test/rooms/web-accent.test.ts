/** Whatever colour an owner chooses, text in it and on it can be read (WCAG 2.2, 1.4.3), and the hue stays. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { contrast, parseHex } from "../../src/foundation/colour.ts";
import { papers, sealGreen, shownAccent } from "../../src/web/accent.ts";

const hex = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, "0")}`);
const modes = ["light", "dark"] as const;

test("contrast is as WCAG has it", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#abcdef", "#abcdef"), 1);
  // An often quoted pair: the lightest grey that passes on white.
  assert.ok(Math.abs(contrast("#767676", "#ffffff") - 4.54) < 0.005);
  assert.equal(parseHex(" #AbCdEf "), "#abcdef");
  assert.equal(parseHex("abcdef"), undefined);
});

test("any colour is readable on every paper, and what stands on it too", () => {
  fc.assert(
    fc.property(hex, fc.constantFrom(...modes), (chosen, mode) => {
      const shown = shownAccent(chosen, mode);
      for (const paper of papers[mode]) assert.ok(contrast(shown.colour, paper) >= 4.5, paper);
      assert.ok(contrast(shown.colour, shown.on) >= 4.5);
      assert.ok(
        Math.abs(shown.contrast - Math.min(...papers[mode].map((paper) => contrast(shown.colour, paper)))) <
          1e-9,
      );
      assert.equal(shown.changed, shown.colour !== chosen);
    }),
    { numRuns: 2000 },
  );
});

test("a colour that can be read already stays as it is", () => {
  assert.equal(shownAccent("#0b3d91", "light").colour, "#0b3d91");
  assert.equal(shownAccent("#ffd166", "dark").colour, "#ffd166");
});

test("papers and the seal's own green are those of the styles", () => {
  for (const mode of modes) {
    const style = readFileSync(join(import.meta.dirname, `../../client/style/${mode}.css`), "utf8");
    const of = (name: string) =>
      new RegExp(`--${name}: (#[0-9a-f]+);`).exec(style)![1]!.replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");
    assert.deepEqual([of("paper"), of("sheet"), of("bad-wash")], papers[mode]);
    assert.equal(of("seal"), shownAccent(sealGreen, mode).colour);
    assert.equal(of("on-seal"), shownAccent(sealGreen, mode).on);
  }
});
