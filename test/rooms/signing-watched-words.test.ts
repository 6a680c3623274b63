/** By which keys a watched name is found: nobody who resembles one goes past them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  readingKeys,
  resembles,
  tellingKeys,
  watchedReadings,
  watchKeys,
} from "../../src/signing/watched-words.ts";

/** Of few letters, so that words are often alike. */
const word = fc.string({ unit: fc.constantFrom("a", "b", "ن", "é"), minLength: 1, maxLength: 7 });
const name = fc.array(word, { minLength: 1, maxLength: 3 });

/** Somebody else's words, and a watched name's with a slip in each, in another order, with more around them. */
const text = (watched: readonly string[]) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(7), fc.constantFrom("", "a", "xy"), fc.nat(1)), {
        minLength: watched.length,
        maxLength: watched.length,
      }),
      fc.array(word, { maxLength: 2 }),
    )
    .chain(([slips, more]) => {
      const typed = watched.map((one, index) => {
        const [at, put, taken] = slips[index]!;
        return one.slice(0, at) + put + one.slice(at + taken) || one;
      });
      return fc.shuffledSubarray([...typed, ...more], { minLength: 1 });
    });

test("a text that resembles a watched name shares a key with it, also with the rarest of its words alone", () => {
  let alike = 0;
  const lists = fc.array(name, { minLength: 1, maxLength: 6 });
  const cases = lists.chain((list) => fc.tuple(fc.constant(list), text(list[0]!)));
  fc.assert(
    fc.property(cases, ([list, words]) => {
      const bearers = new Map<string, number>();
      for (const one of list.flatMap((watched) => [...new Set(watched)]))
        bearers.set(one, (bearers.get(one) ?? 0) + 1);
      const reading = { words, joined: words.slice(1).map((one, at) => words[at]! + one) };
      const asked = new Set(readingKeys(reading));
      for (const watched of list) {
        if (!resembles(watched, reading) || watched.every((one) => one.length === 1)) continue;
        alike++;
        assert.ok(watchKeys(watched).some((key) => asked.has(key)));
        assert.ok(tellingKeys(watched, bearers).some((key) => asked.has(key)));
      }
    }),
    { numRuns: 3000 },
  );
  assert.ok(alike > 300, `${alike} were alike`);
});

test("a word that many watched names have leads to none of them", () => {
  const list = ["oxford", "bergen", "cairo"].map((town) => ["university", "of", town]);
  const bearers = new Map([
    ["university", 3],
    ["of", 3],
    ["oxford", 1],
    ["bergen", 1],
    ["cairo", 1],
  ]);
  const asked = new Set(watchKeys(["university", "of", "bregen"]));
  const found = list.filter((watched) => tellingKeys(watched, bearers).some((key) => asked.has(key)));
  assert.deepEqual(found, [["university", "of", "bergen"]]);
});

test("a name in disguise reads as the name, and one without is read once", () => {
  const read = (text: string) => watchedReadings(text).map(({ words }) => words.join(" "));
  for (const [text, meant] of [
    ["ΖΟΗ", "zoh"],
    ["Ɡꓡ𝐄𝙽 Ꮪmith", "glen smith"],
    ["BiII GaIl", "bill gall"],
    ["lvan Petrov", "ivan petrov"],
    ["🅘🅢🅐 🇧🇦🇷", "isa bar"],
    ["Orvvell", "orwell"],
    ["Ϲarl Ѕмiтһ", "carl smith"],
    ["$am 8e77y", "sam betty"],
  ] as const)
    assert.ok(read(text).includes(meant), `${text}: ${read(text).join(", ")}`);
  for (const plain of ["Maria López", "Лев Толстой", "محمد علي", "東京"])
    assert.equal(read(plain).length, 1, plain);
});
