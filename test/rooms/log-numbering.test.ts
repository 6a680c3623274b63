/** Numbering as a law: whatever happens, in whatever batches, no verifier finds a fault; and what breaks a rule throws. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeBase64url, encodeUtf8 } from "../../src/transparency/bytes.ts";
import { ownerHash } from "../../src/transparency/commitment.ts";
import { type Entry, parseEntry } from "../../src/transparency/leaf.ts";
import { LetterHistory } from "../../src/transparency/letter-history.ts";
import {
  type LogEvent,
  LogHalted,
  numberEvents,
  type QueuedEvent,
  type Standing,
} from "../../src/transparency/numbering.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";

const hash = (text: string) => encodeBase64url(nodeSha256(encodeUtf8(text)));
const uuid = (group: string, number: number) =>
  `${group}0000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const ownerOf = (signature: number) => nodeSha256(encodeUtf8(`owner ${signature}`));

/** What might be asked for: of one of two letters, one of five signatures, under its latest text or one before. */
interface Wish {
  readonly t: Entry["t"];
  readonly letter: number;
  readonly signature: number;
  readonly text: number;
  readonly owner: boolean;
}
const common = ["rev", "sign", "sign", "sign", "withdraw", "withdraw", "erase", "deliver"] as const;
const wishes = fc.array(
  fc.record<Wish>({
    t: fc.constantFrom(...common, ...common, ...common, "close"),
    letter: fc.nat(1),
    signature: fc.nat(4),
    text: fc.constantFrom(0, 0, 0, 0, 0, 0, 1),
    owner: fc.boolean(),
  }),
  { minLength: 20, maxLength: 80 },
);

function eventOf(wish: Wish, revision: number): QueuedEvent {
  const letterId = uuid("a", wish.letter);
  const signature = wish.letter * 5 + wish.signature;
  const r = hash(`text ${wish.letter} ${revision - wish.text}`);
  const o = wish.owner ? { o: encodeBase64url(ownerOf(signature)) } : {};
  const events: Record<Entry["t"], LogEvent> = {
    rev: { t: "rev", q: revision + 1, r: hash(`text ${wish.letter} ${revision + 1}`) },
    sign: {
      t: "sign",
      c: hash("c"),
      k: "p",
      r,
      u: encodeBase64url(ownerHash(nodeSha256, ownerOf(signature))),
    },
    withdraw: { t: "withdraw", y: "own", ...o },
    erase: { t: "erase", y: "own", ...o },
    close: { t: "close", r },
    deliver: { t: "deliver", d: hash("d") },
  };
  const about = ["sign", "withdraw", "erase"].includes(wish.t);
  return { letterId, signatureId: about ? uuid("b", signature) : null, event: events[wish.t] };
}

const fresh = (): Standing => ({ letters: new Map(), signatures: new Map() });
const copy = ({ letters, signatures }: Standing): Standing => ({
  letters: new Map(letters),
  signatures: new Map(signatures),
});

/** What a verifier finds in entries, read in their order. */
function findings(entries: readonly Uint8Array[]): string[] {
  const found: string[] = [];
  const letters = new Map<string, LetterHistory>();
  for (const [index, entry] of entries.entries()) {
    const read = parseEntry(entry);
    assert.ok(!("problem" in read));
    const letter = letters.get(read.l) ?? new LetterHistory();
    letters.set(read.l, letter);
    letter.add(nodeSha256, read, index, (_, { problem }) => found.push(problem));
  }
  return found;
}

test("what numbering lets through, no verifier objects to", () => {
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(wishes, (asked) => {
      const standing = fresh();
      const revisions = [0, 0];
      const entries: Uint8Array[] = [];
      for (const wish of asked) {
        const queued = eventOf(wish, revisions[wish.letter]!);
        const before = copy(standing);
        try {
          entries.push(...numberEvents(entries.length, [queued], standing).entries);
          taken++;
          if (wish.t === "rev") revisions[wish.letter]!++;
        } catch {
          refused++;
          assert.deepEqual(standing, before, "what is refused has changed nothing");
        }
      }
      assert.deepEqual(findings(entries), []);
    }),
    { numRuns: 500 },
  );
  assert.ok(taken > 1_000 && refused > 1_000, `${taken} taken, ${refused} refused`);
});

test("how events fall into batches changes nothing", () => {
  fc.assert(
    fc.property(wishes, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (asked, sizes) => {
      const possible: QueuedEvent[] = [];
      const revisions = [0, 0];
      const standing = fresh();
      for (const wish of asked) {
        const queued = eventOf(wish, revisions[wish.letter]!);
        try {
          numberEvents(possible.length, [queued], standing);
        } catch {
          continue;
        }
        possible.push(queued);
        if (wish.t === "rev") revisions[wish.letter]!++;
      }
      const atOnce = numberEvents(0, possible, fresh()).entries;
      const inBatches: Uint8Array[] = [];
      const grown = fresh();
      for (let at = 0; inBatches.length < possible.length; at++)
        inBatches.push(
          ...numberEvents(
            inBatches.length,
            possible.slice(inBatches.length, inBatches.length + sizes[at % sizes.length]!),
            grown,
          ).entries,
        );
      assert.deepEqual(inBatches, atOnce);
      assert.deepEqual(grown, standing);
    }),
    { numRuns: 200 },
  );
});

test("events are numbered up to the first that cannot be, and it is as if the others had never been given", () => {
  let cut = 0;
  fc.assert(
    fc.property(wishes, (asked) => {
      const revisions = [1, 1];
      const texts = [0, 1].map((letter) =>
        eventOf({ t: "rev", letter, signature: 0, text: 0, owner: false }, 0),
      );
      const wished = asked.map((wish) =>
        eventOf(wish, wish.t === "rev" ? revisions[wish.letter]!++ : revisions[wish.letter]!),
      );
      const events = [...texts, ...wished];
      const oneByOne: Uint8Array[] = [];
      const before = fresh();
      const broken = events.findIndex((queued) => {
        try {
          oneByOne.push(...numberEvents(oneByOne.length, [queued], before).entries);
          return false;
        } catch {
          return true;
        }
      });
      const standing = fresh();
      assert.deepEqual(numberEvents(0, events, standing).entries, oneByOne);
      assert.deepEqual(standing, before);
      if (broken > 0) cut++;
    }),
    { numRuns: 200 },
  );
  assert.ok(cut > 100, `${cut} were cut short`);
});

test("each broken rule is refused by name", () => {
  const wish = (t: Entry["t"], more: Partial<Wish> = {}): Wish => ({
    t,
    letter: 0,
    signature: 0,
    text: 0,
    owner: false,
    ...more,
  });
  const rev = eventOf(wish("rev"), 0);
  const on = (t: Entry["t"], more: Partial<Wish> = {}) => eventOf(wish(t, more), 1);
  const cases: [RegExp, QueuedEvent[]][] = [
    [/no revision/, [eventOf(wish("sign"), 1)]],
    [/not the latest/, [rev, on("sign", { text: 1 })]],
    [/stands already/, [rev, on("sign"), on("sign")]],
    [/no such signature/, [rev, on("withdraw")]],
    [/no such signature/, [rev, on("erase")]],
    [
      /no such signature/,
      [
        rev,
        on("sign"),
        eventOf(wish("rev", { letter: 1 }), 0),
        { ...on("withdraw"), letterId: uuid("a", 1) },
      ],
    ],
    [/withdrawn already/, [rev, on("sign"), on("withdraw"), on("withdraw")]],
    [/not the latest/, [rev, on("close", { text: 1 })]],
    [/closed/, [rev, on("close"), on("sign")]],
    [/closed/, [rev, on("close"), eventOf(wish("rev"), 1)]],
    [/closed/, [rev, on("close"), on("close")]],
    [/not an entry/, [rev, { ...on("deliver"), event: { t: "deliver", d: "no hash" } }]],
    [/no such event/, [rev, { ...on("deliver"), event: { t: "respond" } as unknown as LogEvent }]],
  ];
  for (const [why, events] of cases) {
    const standing = fresh();
    const good = events.slice(0, -1);
    if (good.length > 0) assert.equal(numberEvents(0, good, standing).entries.length, good.length);
    const refused = (error: Error) => error instanceof LogHalted && why.test(error.message);
    assert.throws(() => numberEvents(good.length, events.slice(-1), standing), refused);
  }
});
