/** The verifier of a whole log: a good one passes every check, and whatever is broken is named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeUtf8, encodeBase64url, encodeUtf8 } from "../../src/transparency/bytes.ts";
import { findingCodes, type LogCheckName, logChecks } from "../../src/transparency/checks.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { parseEntry } from "../../src/transparency/leaf.ts";
import { sha256 } from "../../src/transparency/sha256.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { readShownLetter } from "../../src/transparency/shown-letter.ts";
import { parseNamesPage, readFirstNames } from "../../src/transparency/shown-names.ts";
import { readShownText } from "../../src/transparency/shown-text.ts";
import {
  type LogSource,
  type Verification,
  type VerifyOptions,
  verifyLog,
} from "../../src/transparency/verify.ts";
import {
  log,
  type MadeSignature as Made,
  type MadeLetter,
  MadeLog,
  witnesses,
} from "../support/transparency-log.ts";

const trust = { log: log.key, witnesses: witnesses.map(({ key }) => key), quorum: 2 };
const verify = (source: LogSource, options: Partial<VerifyOptions> = {}, hash = nodeSha256) =>
  verifyLog(hash, verifyEd25519, source, { trust, indulgence: { tries: 5, pause: 1 }, ...options });

/** What failed, with the codes found; and what was not run. */
function failures({ checks }: Verification): Record<string, string[]> {
  assert.deepEqual(
    checks.map(({ name }) => name),
    [...logChecks],
  );
  const failed = checks.filter(({ outcome }) => outcome === "failed");
  for (const { findings } of failed)
    for (const { problem } of findings) assert.ok(findingCodes.includes(problem), problem);
  return Object.fromEntries(
    failed.map(({ name, findings }) => [name, Array.from(new Set(findings.map(({ problem }) => problem)))]),
  );
}
const notRun = ({ checks }: Verification): LogCheckName[] =>
  checks.filter(({ outcome }) => outcome === "not-run").map(({ name }) => name);

/** A log in which everything happens: two letters, revisions, withdrawals, erasures, a close, a delivery. */
function eventful(signatures = 300): MadeLog {
  const made = new MadeLog();
  const first = made.letter();
  first.publish("one");
  const second = made.letter();
  second.publish("two");
  for (let at = 0; at < signatures; at++) (at % 3 === 0 ? second : first).sign(`Name ${at}`);
  const own = first.sign("Zoë");
  first.publish("one, mended");
  const other = first.sign("Ada");
  first.remove("withdraw", own.s, own.owner);
  first.remove("erase", other.s);
  first.close();
  first.deliver();
  first.remove("withdraw", other.s);
  second.deliver();
  return made;
}

test("a good log passes every check, by Node's hash and by our own", async () => {
  const made = eventful();
  const note = await made.publish();
  for (const hash of [nodeSha256, sha256]) {
    const result = await verify(made.source(), { seen: [note] }, hash);
    assert.deepEqual(failures(result), {});
    assert.deepEqual(notRun(result), []);
    assert.equal(result.note, note);
    assert.equal(result.checkpoint?.size, made.size);
  }
});

test("what was not asked for is not said to have passed", async () => {
  const made = eventful(5);
  await made.publish();
  const { checkpoint, bundle } = made.source();
  const result = await verify({ checkpoint, bundle }, { trust: { log: log.key, witnesses: [], quorum: 0 } });
  assert.deepEqual(failures(result), {});
  assert.deepEqual(notRun(result), ["witnesses", "consistency", "tiles", "openings", "disclosure", "counts"]);
});

test("a log verifies at every size around the edges of its tiles", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  for (const size of [0, 1, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537]) {
    if (size === 1) letter.publish("one");
    while (made.size < size) letter.deliver();
    await made.publish();
    let read = 0;
    const onRead = (entries: number) => {
      read = entries;
    };
    assert.deepEqual(failures(await verify(made.source(), { onRead })), {}, String(size));
    assert.equal(read, size);
  }
});

test("checkpoints seen before are met on the way, at any size", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  const seen = [await made.publish()];
  letter.publish("one");
  for (let at = 0; at < 40; at++) {
    for (let more = 0; more <= at; more++) letter.sign(`Name ${at} ${more}`);
    seen.push(await made.publish());
  }
  const result = await verify(made.source(), { seen });
  assert.deepEqual(failures(result), {});
  assert.deepEqual(notRun(result), []);
});

test("a rewritten history, a shrunken log, and a note that is no evidence", async () => {
  const made = eventful(20);
  const note = await made.publish();
  const rewritten = eventful(20);
  await rewritten.publish();
  for (const more of [0, 300]) {
    for (let at = 0; at < more; at++) rewritten.letters[1]!.sign(`More ${at}`);
    await rewritten.publish();
    assert.deepEqual(failures(await verify(rewritten.source(), { seen: [note] })), {
      consistency: ["history-rewritten"],
    });
  }
  const long = eventful(30);
  const ahead = await long.publish();
  assert.deepEqual(failures(await verify(made.source(), { seen: [ahead] })), { consistency: ["log-shrank"] });
  for (const forged of [note.replace(/\n\d+\n/, "\n7\n"), "nothing"])
    assert.deepEqual(failures(await verify(made.source(), { seen: [forged] })), {
      consistency: ["seen-invalid"],
    });
});

test("who signed the checkpoint: the log, and enough witnesses", async () => {
  const made = eventful(5);
  const [one] = witnesses;
  await made.publish([log, one!]);
  assert.deepEqual(failures(await verify(made.source())), { witnesses: ["quorum-missed"] });
  assert.deepEqual(failures(await verify(made.source(), { trust: { ...trust, quorum: 1 } })), {});
  await made.publish([one!]);
  assert.deepEqual(failures(await verify(made.source(), { trust: { ...trust, quorum: 1 } })), {
    checkpoint: ["log-signature-missing"],
  });
  await made.publish([log, ...witnesses], "letters.example.net/log");
  assert.deepEqual(failures(await verify(made.source())), { checkpoint: ["origin-differs"] });
  made.files.set("checkpoint", encodeUtf8("nothing"));
  const result = await verify(made.source());
  assert.deepEqual(failures(result), { checkpoint: ["note-invalid"] });
  assert.deepEqual(notRun(result), logChecks.slice(1));
  assert.equal(result.note, undefined);
});

test("one bit of any file changed, and its check fails and names it", async () => {
  const made = eventful(30);
  while (made.size < 600) made.letters[1]!.deliver();
  await made.publish();
  const paths = [...made.files.keys()];
  assert.ok(paths.includes("tile/1/000.p/2") && paths.includes("tile/entries/002.p/88"), paths.join());
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), async (path, bit) => {
      const good = made.files.get(path)!;
      const bytes = new Uint8Array(good);
      bytes[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7);
      made.files.set(path, bytes);
      try {
        const result = await verify(made.source());
        const failed = failures(result);
        const details = result.checks.flatMap(({ findings }) => findings.map(({ detail }) => detail?.path));
        if (path === "checkpoint") assert.ok(failed.checkpoint ?? failed.witnesses, JSON.stringify(failed));
        else if (path.startsWith("tile/entries/"))
          assert.ok(failed.root && details.includes(path), JSON.stringify(failed));
        else assert.deepEqual([failed, details], [{ tiles: ["tile-differs"] }, [path]]);
      } finally {
        made.files.set(path, good);
      }
    }),
    { numRuns: 150 },
  );
});

test("missing files are named", async () => {
  const made = eventful(600);
  await made.publish();
  const without = async (path: string) => {
    const bytes = made.files.get(path)!;
    made.files.delete(path);
    const result = await verify(made.source());
    made.files.set(path, bytes);
    return [
      failures(result),
      notRun(result),
      result.checks.flatMap(({ findings }) => findings.map(({ detail }) => detail?.path)),
    ];
  };
  assert.deepEqual(await without("tile/0/001"), [
    { tiles: ["tile-missing"] },
    ["consistency"],
    ["tile/0/001"],
  ]);
  assert.deepEqual(await without("tile/1/000.p/2"), [
    { tiles: ["tile-missing"] },
    ["consistency"],
    ["tile/1/000.p/2"],
  ]);
  const rest = [
    "consistency",
    "tiles",
    "sequence",
    "revisions",
    "removals",
    "openings",
    "disclosure",
    "counts",
  ];
  assert.deepEqual(await without("tile/entries/001"), [
    { root: ["bundle-missing"] },
    rest,
    ["tile/entries/001"],
  ]);
});

test("a source that fails is not a log that fails", async () => {
  const made = eventful(600);
  await made.publish();
  const bundle = async () => {
    throw new Error("network down");
  };
  await assert.rejects(verify({ ...made.source(), bundle }), /network down/);
});

/** Breaks one rule of a small log, and says which checks failed with what. */
async function broken(breakIt: (made: MadeLog) => void): Promise<Record<string, string[]>> {
  const made = new MadeLog();
  made.letter().publish("one");
  breakIt(made);
  await made.publish();
  return failures(await verify(made.source()));
}

test("items 4 to 6: each broken rule of the entries is found, once, by its name", async () => {
  const cases: [string, Record<string, string[]>, (made: MadeLog) => void][] = [
    ["not JSON", { sequence: ["entry-not-json"] }, (made) => made.add(encodeUtf8("hello"))],
    ["unknown type", { sequence: ["entry-type-unknown"] }, (made) => made.add(encodeUtf8('{"t":"x"}'))],
    [
      "spaces",
      { sequence: ["entry-not-canonical"] },
      (made) => made.add(encodeUtf8(` ${decodeUtf8(made.entries[0]!)!}`)),
    ],
    [
      "gap",
      { sequence: ["sequence-gap"] },
      ({ letters: [one] }) => one!.add({ t: "deliver", d: hash, s: 5 }),
    ],
    [
      "repeat",
      { sequence: ["sequence-gap"] },
      ({ letters: [one] }) => one!.add({ t: "deliver", d: hash, s: 0 }),
    ],
    ["n", { sequence: ["count-wrong"] }, ({ letters: [one] }) => one!.add({ t: "deliver", d: hash, n: 7 })],
    [
      "old revision",
      { revisions: ["revision-not-latest"] },
      ({ letters: [one] }) => {
        const { entry } = one!.sign("Ada");
        one!.publish("two");
        one!.sign("Zoë", { r: "r" in entry ? entry.r : "" });
      },
    ],
    ["no revision", { revisions: ["revision-not-latest"] }, (made) => made.letter().sign("Ada", { r: hash })],
    [
      "revision again",
      { revisions: ["revision-not-rising"] },
      ({ letters: [one] }) => one!.add({ t: "rev", q: 1, r: hash }),
    ],
    [
      "close on another text",
      { revisions: ["revision-not-latest"] },
      ({ letters: [one] }) => one!.add({ t: "close", r: hash }),
    ],
    [
      "signed after close",
      { revisions: ["after-close"] },
      ({ letters: [one] }) => {
        one!.close();
        one!.sign("Ada");
      },
    ],
    [
      "revised after close",
      { revisions: ["after-close"] },
      ({ letters: [one] }) => {
        one!.close();
        one!.publish("two");
      },
    ],
    [
      "closed twice",
      { revisions: ["after-close"] },
      ({ letters: [one] }) => {
        one!.close();
        one!.close();
      },
    ],
    [
      "withdrawn from nowhere",
      { removals: ["target-missing"] },
      ({ letters: [one] }) => {
        one!.sign("Ada");
        one!.remove("erase", 0);
      },
    ],
    [
      "withdrawn twice",
      { removals: ["withdrawn-twice"] },
      ({ letters: [one] }) => {
        one!.sign("Ada");
        const { s } = one!.sign("Zoë");
        one!.remove("withdraw", s);
        one!.add({ t: "withdraw", i: s, y: "rule", n: 1 });
        one!.count = 1;
      },
    ],
    [
      "another's secret",
      { removals: ["owner-differs"] },
      ({ letters: [one] }) => {
        const { owner } = one!.sign("Ada");
        one!.remove("erase", one!.sign("Zoë").s, owner);
      },
    ],
  ];
  for (const [name, expected, breakIt] of cases) assert.deepEqual(await broken(breakIt), expected, name);
});
const hash = encodeBase64url(new Uint8Array(32));

test("erasing twice, withdrawing what was erased, and letters side by side break nothing", async () => {
  const found = await broken((made) => {
    const [one] = made.letters;
    const two = made.letter();
    two.publish("two");
    const { s, owner } = one!.sign("Ada");
    two.sign("Zoë");
    one!.remove("erase", s);
    one!.remove("erase", s, owner);
    one!.remove("withdraw", s, owner);
    one!.close();
    one!.deliver();
  });
  assert.deepEqual(found, {});
});

test("a text that is newer than the log is waited for, and no longer than a checkpoint takes", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("one");
  letter.sign("Ada");
  const before = await made.publish();
  const { letters, ...source } = made.source();
  // What is shown was read before the entry had its number.
  const shown = (await letters!.find(letter.id, made.size))!;
  letter.publish("two");
  const text = readShownText(letter.page);
  const after = await made.publish();
  const asked: string[] = [];
  const reading = (notes: readonly string[]) =>
    verify({
      ...source,
      letters: { ...letters!, find: async () => ({ ...shown, text }) },
      checkpoint: async () => {
        asked.push("checkpoint");
        return notes[Math.min(asked.length, notes.length) - 1]!;
      },
    });
  assert.deepEqual(failures(await reading([before, before, after])), {});
  assert.equal(asked.length, 3);
  asked.length = 0;
  assert.deepEqual(failures(await reading([before])), { revisions: ["text-differs"] });
  // However often it was asked for meanwhile, what is wrong with a checkpoint is said once.
  const unwatched = await made.publish([log]);
  letter.publish("three");
  const { checks } = await verify({
    ...source,
    letters: { ...letters!, find: async () => ({ ...shown, text: readShownText(letter.page) }) },
    checkpoint: async () => unwatched,
  });
  assert.equal(checks.find(({ name }) => name === "witnesses")!.count, 1);
});

test("a text that another has followed is found, unless it was the latest when it was asked for", async () => {
  const made = eventful(10);
  const second = made.letters[1]!;
  const earlier = second.page;
  await made.publish();
  const { letters, ...source } = made.source();
  const showing = (text: () => unknown, kept?: number) => ({
    ...source,
    letters: {
      ...letters!,
      ...(kept !== undefined && { kept: () => kept }),
      find: async (id: string) => {
        const shown = (await letters!.find(id, made.size))!;
        return id === second.id ? { ...shown, text: readShownText(text()) } : shown;
      },
    },
  });
  assert.deepEqual(failures(await verify(showing(() => earlier))), {});
  second.publish("two, mended");
  await made.publish();
  assert.deepEqual(failures(await verify(showing(() => earlier))), { revisions: ["text-behind"] });
  // A cache gave it for a moment.
  let looks = 0;
  assert.deepEqual(failures(await verify(showing(() => (++looks < 3 ? earlier : second.page)))), {});
  assert.equal(looks, 3);
  // A mirror fetched it before the new text came, or after.
  assert.deepEqual(failures(await verify(showing(() => earlier, made.size - 1))), {});
  assert.deepEqual(failures(await verify(showing(() => earlier, made.size))), { revisions: ["text-behind"] });
});

interface Listed {
  readonly name: string;
  readonly affiliation?: string | null;
  readonly entry?: unknown;
}

/** What a test asks of lists: a log with three names under a letter, and what is found where these names are listed. */
async function threeNames() {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("one");
  const [ada, zoe, eve] = ["Ada", "Zoë", "Eve"].map((name) => letter.sign(name)) as [Made, Made, Made];
  await made.publish();
  const looks = { first: 0, further: 0, openings: 0 };
  /** @param pages the pages of the list at each look: the first one, and those after it */
  const listing = async (
    pages: (look: number) => readonly (readonly Listed[])[],
    lead = (at: number): unknown => `https://letters.example.org/letters/one/signatories.json?at=${at}`,
  ) => {
    Object.assign(looks, { first: 0, further: 0, openings: 0 });
    const { letters, ...source } = made.source();
    const pageAt = (at: number) => {
      const names = pages(looks.first)[at];
      const next = pages(looks.first).length > at + 1 ? lead(at + 1) : null;
      return names && { names, next };
    };
    const first = () => {
      looks.first++;
      return readFirstNames({ signatories: { people: pageAt(0) } });
    };
    const read = async (next: string) => {
      looks.further++;
      const [, at] = /^\?at=(\d+)$/.exec(next) ?? [];
      return at === undefined ? undefined : parseNamesPage(JSON.stringify(pageAt(Number(at))) ?? "");
    };
    const find = async (id: string, size: number) => {
      looks.openings++;
      const lists = { pages: looks.openings === 1 ? first()! : [], again: async () => first(), read };
      return { ...(await letters!.find(id, size))!, lists };
    };
    return failures(await verify({ ...source, letters: { ...letters!, find } }));
  };
  const listed = ({ index, values }: Made): Listed => ({
    name: values.name,
    affiliation: null,
    entry: index,
  });
  return { made, letter, ada, zoe, eve, looks, listing, listed };
}

const unlogged = { disclosure: ["name-without-entry"] };
const differs = { openings: ["opening-differs"] };
const mallory = { name: "Mallory", affiliation: null };

test("names on a list are those that signed, at the places where they signed, on whatever page", async () => {
  const { made, ada, zoe, eve, looks, listing, listed } = await threeNames();
  const all = [eve, zoe, ada].map(listed);
  assert.deepEqual(await listing(() => [all]), {});
  assert.deepEqual(looks, { first: 1, further: 0, openings: 1 });
  assert.deepEqual(await listing(() => all.map((one) => [one])), {});
  assert.deepEqual(looks, { first: 1, further: 2, openings: 1 });

  for (const before of [[], [[listed(eve)], [listed(zoe)]]]) {
    const on = (names: readonly Listed[]) => listing(() => [...before, names]);
    assert.deepEqual(await on([{ ...mallory, entry: ada.index }]), differs);
    assert.deepEqual(await on([listed(ada), listed(ada)]), { openings: ["opening-twice"] });
    assert.deepEqual(await on([{ ...listed(ada), affiliation: "Analytical Engines" }]), differs);
    assert.deepEqual(await on([{ ...mallory, entry: 0 }]), unlogged);
    for (const entry of [null, undefined, "4", -1, made.size, Number.MAX_SAFE_INTEGER])
      assert.deepEqual(await on([{ ...mallory, entry }, listed(ada)]), unlogged, String(entry));
    // Another number at every look does not help it.
    const moving = await listing((look) => [...before, [{ ...mallory, entry: made.size + look }]]);
    assert.deepEqual(moving, unlogged);
  }
  for (const nonsense of [{ signatories: { people: { names: [null, 7] } } }, null, { signatories: "none" }])
    assert.doesNotThrow(() => readFirstNames(nonsense));
  for (const nonsense of ["", "null", "[]", '{"names":7}', "<p>"])
    assert.equal(parseNamesPage(nonsense), undefined);
});

test("a name that is newer than what was read is waited for, and only its page is read again", async () => {
  const { made, ada, zoe, eve, looks, listing, listed } = await threeNames();
  const all = [eve, zoe, ada].map(listed);
  assert.deepEqual(await listing((look) => [look < 3 ? [{ ...listed(ada), entry: null }] : all]), {});
  assert.deepEqual(looks, { first: 3, further: 0, openings: 1 });
  assert.deepEqual(await listing((look) => [look < 3 ? [{ ...mallory, entry: made.size }] : all]), {});
  // On a letter that many sign, others come at every look.
  assert.deepEqual(
    await listing((look) => [[{ name: `Name ${look}`, entry: made.size + look }, ...all]]),
    {},
  );
  // Two of one name, one of them new: the other is not taken for a second look at it.
  const twin = { ...listed(ada), entry: null };
  assert.deepEqual(await listing((look) => [look < 3 ? [twin, ...all] : all]), {});
});

test("somebody corrects what stands on a later page while it is read: the log has it at the next look", async () => {
  for (const [name, found] of [
    ["Ada of London", {}],
    ["Mallory", differs],
  ] as const) {
    const { made, letter, ada, zoe, eve, listed } = await threeNames();
    const { letters, ...source } = made.source();
    let late: Made | undefined;
    let opened = 0;
    const page = (names: readonly Listed[], next: string | null) => ({ names, next });
    const first = () =>
      readFirstNames({ signatories: { people: page([listed(eve)], "https://a.example/?at=1") } });
    const read = async () => {
      if (!late) {
        letter.remove("withdraw", ada.s, ada.owner);
        late = letter.sign("Ada of London");
        await made.publish();
      }
      return parseNamesPage(JSON.stringify(page([listed(zoe), { ...listed(late), name }], null)));
    };
    const find = async (id: string, size: number) => {
      // What is asked for as it is now, is asked for after the log was read on.
      assert.ok(++opened === 1 || size === made.size);
      const lists = { pages: first()!, again: async () => first(), read };
      return { ...(await letters!.find(id, size))!, openings: [...letter.openings], lists };
    };
    assert.deepEqual(failures(await verify({ ...source, letters: { ...letters!, find } })), found);
    assert.equal(opened, 2);
  }
});

test("who has withdrawn, or whose name was erased, is listed no more, but for a moment", async () => {
  const { made, letter, ada, zoe, eve, looks, listing, listed } = await threeNames();
  const all = [ada, eve, zoe].map((one) => [listed(one)]);
  letter.remove("withdraw", eve.s, eve.owner);
  await made.publish();
  const left = [all[0]!, all[2]!];
  assert.deepEqual(await listing((look) => [[...(look < 3 ? all : left)].flat()]), {});
  assert.deepEqual(looks, { first: 3, further: 0, openings: 1 });
  assert.deepEqual(await listing(() => all), { openings: ["opening-of-withdrawn"] });
  letter.remove("erase", zoe.s, zoe.owner);
  await made.publish();
  assert.deepEqual(await listing(() => left), { openings: ["opening-of-erased"] });
  assert.deepEqual(await listing(() => [all[0]!]), {});
});

test("a list that breaks off, leads back, or never ends is found, and ends there", async () => {
  const { ada, zoe, eve, looks, listing, listed } = await threeNames();
  const all = [eve, zoe, ada].map((one) => [listed(one)]);
  assert.deepEqual(
    await listing(
      () => all,
      (at) => `?at=${at + 7}`,
    ),
    { disclosure: ["names-missing"] },
  );
  for (const nowhere of [7, {}, "no address", `https://a.example/?${"x".repeat(300)}`])
    assert.deepEqual(
      await listing(
        () => all,
        () => nowhere,
      ),
      { disclosure: ["names-missing"] },
    );
  const back = await listing(
    () => all,
    () => "https://a.example/?at=1",
  );
  assert.deepEqual(back, { disclosure: ["names-repeated"] });
  assert.equal(looks.further, 1);
  const empty = Array.from({ length: 9 }, () => []);
  assert.deepEqual(await listing(() => [...all, ...empty]), { disclosure: ["names-endless"] });
  assert.equal(looks.further, 3);
  // More names than the log ever had, and more than any site takes in within a moment.
  const invented = Array.from({ length: 30 }, (_, page) =>
    Array.from({ length: 1_000 }, (_, at) => ({ name: `Name ${page} ${at}`, entry: null })),
  );
  assert.deepEqual(await listing(() => invented), { disclosure: ["names-endless", "name-without-entry"] });
  // Ten pages of as many names as are waited for, read five times.
  assert.ok(looks.further <= 50, String(looks.further));
  // One such name on each of many pages: few of them are read again.
  const scattered = Array.from({ length: 300 }, (_, page) => [{ name: `Name ${page}`, entry: null }]);
  assert.deepEqual(await listing(() => scattered), unlogged);
  assert.ok(looks.further < 300 + 4 * 100, String(looks.further));
});

test("a page may count what lies between two states of the log, and nothing between states that never were", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("one");
  letter.sign("Ada");
  const early = { size: made.size, count: letter.count };
  letter.sign("Zoë");
  letter.sign("Eve");
  await made.publish();
  const late = (await made.source().letters!.find(letter.id, made.size))!;
  const file = (state: { readonly size: number; readonly count: number }, openings: Iterable<unknown>) =>
    encodeUtf8(JSON.stringify({ v: 1, letter: letter.id, ...state, openings: [...openings] }));
  const last = file({ size: late.size, count: late.count }, letter.openings);
  /** What is read where the page says a number and the openings come in this order. */
  const read = async (page: number, served: readonly Uint8Array[]) => {
    let asked = 0;
    const files = {
      page: async () => ({ count: page, text: undefined, lists: [] }),
      names: async () => undefined,
      openings: async () => [served[Math.min(asked++, served.length - 1)]!],
      manifest: async () => encodeUtf8(letter.manifest),
    };
    const found = await readShownLetter(letter.id, files, made.size, { tries: 5, pause: 1 });
    const { letters, ...source } = made.source();
    return failures(await verify({ ...source, letters: { ...letters!, find: async () => found } }));
  };
  const wrong = { counts: ["count-differs"] };
  assert.deepEqual(await read(3, [last]), {});
  assert.deepEqual(await read(2, [file(early, letter.openings.slice(0, 1)), last]), {});
  assert.deepEqual(await read(2, [last]), wrong);
  assert.deepEqual(await read(500, [last]), wrong);
  assert.deepEqual(await read(500, [file({ ...early, count: 1000 }, []), last]), wrong);
});

test("items 7 to 9: what is shown against what is logged", async () => {
  const cases: [string, Record<string, string[]>, (made: MadeLog) => void][] = [
    [
      "another name",
      { openings: ["opening-differs"] },
      ({ letters: [one] }) => change(one!.openings, { name: "Eve" }),
    ],
    [
      "another salt",
      { openings: ["opening-differs"] },
      ({ letters: [one] }) => change(one!.openings, { salt_name: hash }),
    ],
    [
      "another index",
      { openings: ["opening-index-differs"] },
      ({ letters: [one] }) => change(one!.openings, { index: 99 }),
    ],
    [
      "not an opening",
      { openings: ["opening-invalid"], disclosure: ["signature-without-opening"] },
      ({ letters: [one] }) => change(one!.openings, { s: -1 }),
    ],
    [
      "shown twice",
      { openings: ["opening-twice"] },
      ({ letters: [one] }) => one!.openings.push(one!.openings[0]!),
    ],
    [
      "withdrawn, still shown",
      { openings: ["opening-of-withdrawn"] },
      ({ letters: [one] }) => {
        const [opening] = one!.openings;
        one!.remove("withdraw", opening!.s);
        one!.openings.push(opening!);
      },
    ],
    [
      "erased, still shown",
      { openings: ["opening-of-erased"] },
      ({ letters: [one] }) => {
        const [opening] = one!.openings;
        one!.remove("erase", opening!.s);
        one!.openings.push(opening!);
      },
    ],
    ["left out", { disclosure: ["signature-without-opening"] }, ({ letters: [one] }) => one!.openings.pop()],
    [
      "never logged",
      { disclosure: ["name-without-entry"] },
      ({ letters: [one] }) => one!.openings.push({ ...one!.openings[0]!, s: 77 }),
    ],
    ["another count", { counts: ["count-differs"] }, ({ letters: [one] }) => one!.count++],
    [
      "two pages of one letter",
      { disclosure: ["letter-shown-twice"] },
      ({ letters }) => letters.push(letters[0]!),
    ],
    ["a letter not shown", { disclosure: ["letter-not-shown"] }, (made) => made.letters.shift()],
    [
      "a letter not logged",
      { disclosure: ["name-without-entry"], counts: ["count-differs"] },
      (made) => {
        const unlogged = made.letter();
        unlogged.count = 1;
        unlogged.openings.push(made.letters[0]!.openings[0]!);
      },
    ],
  ];
  for (const [name, expected, breakIt] of cases) {
    const found = await broken((made) => {
      made.letters[0]!.sign("Ada");
      made.letters[0]!.sign("Zoë");
      breakIt(made);
    });
    assert.deepEqual(found, expected, name);
  }
});

test("manifests are those that the log names", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("one");
  const one = letter.manifest;
  letter.publish("two");
  const two = letter.manifest;
  await made.publish();
  const found = async (...manifests: (string | undefined)[]) => {
    const source = made.source();
    const manifest = async (revision: number) => {
      const text = manifests[revision - 1];
      return text === undefined ? undefined : encodeUtf8(text);
    };
    const find = async (id: string) => ({ ...(await source.letters!.find(id, made.size))!, manifest });
    return failures(await verify({ ...source, letters: { ...source.letters!, find } }));
  };
  assert.deepEqual(await found(one, two), {});
  assert.deepEqual(await found(one, undefined), { revisions: ["manifest-missing"] });
  assert.deepEqual(await found(two, one), { revisions: ["manifest-differs"] });
  const foreign = new MadeLog();
  const [stranger, host] = [foreign.letter(), foreign.letter()];
  stranger.publish("three");
  host.add({ t: "rev", q: 1, r: encodeBase64url(nodeSha256(encodeUtf8(stranger.manifest))) });
  await foreign.publish();
  const source = foreign.source();
  const manifest = async () => encodeUtf8(stranger.manifest);
  const find = async (id: string) => ({ ...(await source.letters!.find(id, made.size))!, manifest });
  const result = await verify({ ...source, letters: { ...source.letters!, find } }, { only: [host.id] });
  assert.deepEqual(failures(result), { revisions: ["manifest-invalid"] });
});

function change<T>(openings: T[], values: Partial<T>): void {
  openings[0] = { ...openings[0]!, ...values };
}

test("only the letters asked for are compared", async () => {
  const made = eventful(9);
  made.letters[1]!.count++;
  await made.publish();
  const [first, second] = made.letters.map(({ id }) => id) as [string, string];
  assert.deepEqual(failures(await verify(made.source(), { only: [first] })), {});
  assert.deepEqual(failures(await verify(made.source(), { only: [second] })), { counts: ["count-differs"] });
});

test("a log that grows while it is verified raises no alarm", async () => {
  const made = eventful(300);
  await made.publish();
  const source = made.source();
  let grown = 0;
  const letters: LogSource["letters"] = {
    all: source.letters!.all,
    find: async (id) => {
      // While the verifier read, a signature came, one was withdrawn, and their names are shown already.
      const letter = made.letters[1]!;
      letter.sign(`Late ${grown++}`);
      letter.remove("withdraw", letter.openings[0]!.s);
      await made.publish();
      const shown = await source.letters!.find(id, made.size);
      // And more came after the page was made.
      letter.sign(`Later ${grown}`);
      await made.publish();
      return shown;
    },
  };
  const result = await verify({ ...source, letters });
  assert.deepEqual(failures(result), {});
  assert.equal(grown, 2);
});

test("a page ahead of every checkpoint, and a log that shrinks while it is verified", async () => {
  const made = eventful(300);
  const old = await made.publish();
  const source = made.source();
  const ahead: LogSource["letters"] = {
    ...source.letters!,
    find: async (id) => ({ ...(await source.letters!.find(id, made.size))!, size: made.size + 1 }),
  };
  assert.deepEqual(failures(await verify({ ...source, letters: ahead })), { disclosure: ["shown-ahead"] });
  made.letters[1]!.sign("Late");
  const notes = [await made.publish(), old];
  const result = await verify({ ...source, letters: ahead, checkpoint: async () => notes.shift()! });
  assert.deepEqual(failures(result), { consistency: ["log-shrank"] });
});

test("a page of before names were signed is found, however well it fits the log of that time", async () => {
  const made = eventful(300);
  await made.publish();
  const source = made.source();
  const [second, first] = made.letters as [MadeLetter, MadeLetter];
  const frozen = (await source.letters!.find(first.id, made.size))!;
  first.sign("Hidden");
  await made.publish();
  // The other letter's page is as old, and nothing came of it since: so pages are that nobody changes.
  const idle = (await source.letters!.find(second.id, made.size))!;
  const old = { ...idle, size: frozen.size };
  const find = async (id: string) => (id === first.id ? frozen : old);
  const result = await verify({ ...source, letters: { ...source.letters!, find } });
  assert.deepEqual(failures(result), { disclosure: ["shown-behind"] });
  const kept = { ...source.letters!, find, kept: () => 0 };
  assert.deepEqual(failures(await verify({ ...source, letters: kept })), {});
});

test("a page that a cache kept for a moment, or that is a moment ahead of the checkpoint, raises no alarm", async () => {
  const made = eventful(300);
  const before = await made.publish();
  const source = made.source();
  const letter = made.letters[1]!;
  const old = (await source.letters!.find(letter.id, made.size))!;
  letter.sign("Late");
  const now = await made.publish();
  const pages = [old];
  const find = async (id: string) =>
    (id === letter.id && pages.shift()) || source.letters!.find(id, made.size);
  const letters = { ...source.letters!, find };
  assert.deepEqual(failures(await verify({ ...source, letters })), {});
  const notes = [before, before, before];
  const checkpoint = async () => notes.shift() ?? now;
  assert.deepEqual(failures(await verify({ ...source, checkpoint })), {});
});

test("an older bundle served again with another beginning is found", async () => {
  const made = eventful(20);
  await made.publish();
  const source = made.source();
  const letters: LogSource["letters"] = {
    ...source.letters!,
    find: async (id) => {
      made.letters[1]!.sign("Late");
      await made.publish();
      const path = [...made.files.keys()].filter((name) => name.startsWith("tile/entries/")).at(-1)!;
      made.files.get(path)![10] = 0;
      return source.letters!.find(id, made.size);
    },
  };
  const only = [made.letters[1]!.id];
  const { root } = failures(await verify({ ...source, letters }, { only }));
  assert.ok(root?.includes("bundle-differs"), String(root));
});

test("findings are bounded, and counted", async () => {
  const made = new MadeLog();
  for (let at = 0; at < 500; at++) made.add(encodeUtf8("x"));
  await made.publish();
  const { checks } = await verify(made.source());
  const sequence = checks.find(({ name }) => name === "sequence")!;
  assert.equal(sequence.count, 500);
  assert.equal(sequence.findings.length, 20);
  assert.deepEqual(sequence.findings[3], { problem: "entry-not-json", detail: { index: 3 } });
});

test("every entry that a log of ours holds is an entry", async () => {
  for (const bytes of eventful(30).entries) assert.ok(!("problem" in parseEntry(bytes)));
});
