/** Entries, manifests, commitments and openings: one spelling each, and refusals for every other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeUtf8, encodeBase64url, encodeUtf8 } from "../../src/transparency/bytes.ts";
import { canonicalJson } from "../../src/transparency/canonical-json.ts";
import { commit, commitField, ownerHash } from "../../src/transparency/commitment.ts";
import { isSpelledAsEntry } from "../../src/transparency/entry-spelling.ts";
import { type Entry, parseEntry, serialiseEntry } from "../../src/transparency/leaf.ts";
import {
  manifestHash,
  manifestOf,
  parseManifest,
  serialiseManifest,
  textHash,
} from "../../src/transparency/manifest.ts";
import {
  openingCommitment,
  openingOf,
  parseOpening,
  parseOpeningsFile,
} from "../../src/transparency/opening.ts";
import { type Pieces, readOpeningsFile } from "../../src/transparency/openings-file.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";

const bytesText = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map(encodeBase64url);
const hash = bytesText(32);
const count = fc.maxSafeNat();
const common = { v: fc.constant(1 as const), l: bytesText(16), s: count, n: count };
const reason = fc.constantFrom("own", "duplicate", "impersonation", "undeliverable", "rule");
const removal = { ...common, t: fc.constantFrom("withdraw", "erase"), i: count };
const entries = fc.oneof(
  fc.record({ ...common, t: fc.constant("rev"), q: count, r: hash }),
  fc.record({ ...common, t: fc.constant("sign"), c: hash, k: fc.constantFrom("p", "o"), r: hash, u: hash }),
  fc.record({ ...removal, y: reason }),
  fc.record({ ...removal, y: fc.constant("own"), o: hash }),
  fc.record({ ...common, t: fc.constant("close"), r: hash }),
  fc.record({ ...common, t: fc.constant("deliver"), d: hash }),
) as fc.Arbitrary<Entry>;

/** A signature's entry, for what is done to it. */
const sign: Readonly<Record<string, string | number>> = {
  c: encodeBase64url(new Uint8Array(32).fill(1)),
  k: "p",
  l: encodeBase64url(new Uint8Array(16).fill(2)),
  n: 1,
  r: encodeBase64url(new Uint8Array(32).fill(3)),
  s: 1,
  t: "sign",
  u: encodeBase64url(new Uint8Array(32).fill(4)),
  v: 1,
};
const { c, k, r, u, ...rest } = sign;
const withdraw = { ...rest, t: "withdraw", i: 1, y: "own", o: u };
const read = (text: string) => parseEntry(encodeUtf8(text));
const code = (text: string) => {
  const entry = read(text);
  return "problem" in entry ? entry.problem : "accepted";
};

test("every entry comes back as it was, and its bytes are sorted ASCII", () => {
  fc.assert(
    fc.property(entries, (entry) => {
      const bytes = serialiseEntry(entry);
      assert.deepEqual(parseEntry(bytes), { ...entry });
      const text = decodeUtf8(bytes)!;
      assert.match(text, /^[!-~]+$/);
      assert.deepEqual(Object.keys(JSON.parse(text)), Object.keys(entry).sort());
    }),
  );
});

test("an entry with counts as they occur is known by its spelling at once", () => {
  fc.assert(
    fc.property(entries, (entry) => {
      const text = decodeUtf8(serialiseEntry(entry))!;
      const counts = Object.values(entry).filter((value) => typeof value === "number");
      assert.equal(
        isSpelledAsEntry(text),
        counts.every((value) => value < 1e15),
      );
      assert.equal(isSpelledAsEntry(`${text} `), false);
      assert.equal(isSpelledAsEntry(`${text}\n`), false);
    }),
  );
});

test("what is accepted is what would be written", () => {
  fc.assert(
    fc.property(entries, fc.nat(), fc.integer({ min: 1, max: 255 }), (entry, place, change) => {
      const bytes = serialiseEntry(entry);
      bytes[place % bytes.length]! ^= change;
      const read = parseEntry(bytes);
      if (!("problem" in read)) assert.deepEqual(Buffer.from(serialiseEntry(read)), Buffer.from(bytes));
    }),
    { numRuns: 3000 },
  );
});

test("no bytes make the parser throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.json().map(encodeUtf8)), (bytes) => {
      assert.ok("problem" in parseEntry(bytes));
      assert.ok("problem" in parseManifest(bytes));
    }),
    { numRuns: 2000 },
  );
});

test("entries are refused for what is wrong with them", () => {
  assert.equal(code(canonicalJson(sign)), "accepted");
  assert.equal(code(canonicalJson(withdraw as never)), "accepted");
  const cases: [string, string][] = [
    ["", "entry-not-json"],
    ["[]", "entry-not-json"],
    ["null", "entry-not-json"],
    [canonicalJson(sign).slice(0, -1), "entry-not-json"],
    [`\ufeff${canonicalJson(sign)}`, "entry-not-json"],
    [canonicalJson(sign).replace('"p"', '"é"'), "entry-not-json"],
    ["{}", "entry-type-unknown"],
    [canonicalJson({ ...sign, t: "constructor" }), "entry-type-unknown"],
    [canonicalJson({ ...sign, z: 1 }), "entry-key-unknown"],
    [canonicalJson({ ...sign, name: "Zoe" }), "entry-key-unknown"],
    [canonicalJson(sign).replace("{", '{"__proto__":{},'), "entry-key-unknown"],
    [canonicalJson({ ...sign, t: "close" }), "entry-key-unknown"],
    [canonicalJson({ ...sign, t: "rev" }), "entry-key-unknown"],
    [` ${canonicalJson(sign)}`, "entry-not-canonical"],
    [`${canonicalJson(sign)}\n`, "entry-not-json"],
    [canonicalJson(sign).replace(',"n"', ', "n"'), "entry-not-canonical"],
    [canonicalJson(sign).replace('"k":"p"', '"k":"p","k":"p"'), "entry-not-canonical"],
    [canonicalJson(sign).replace('"k":"p"', '"k":"o","k":"p"'), "entry-not-canonical"],
    [canonicalJson(sign).replace('"p"', '"\\u0070"'), "entry-not-canonical"],
    [canonicalJson(sign).replace('"n":1', '"n":1.0'), "entry-not-canonical"],
    [canonicalJson(sign).replace('"n":1', '"n":1e0'), "entry-not-canonical"],
    [canonicalJson(sign).replace('"n":1', '"n":-0'), "entry-not-canonical"],
    [JSON.stringify(Object.fromEntries(Object.entries(sign).reverse())), "entry-not-canonical"],
    [canonicalJson({ ...withdraw, y: "rule" } as never), "entry-value-invalid"],
    [canonicalJson({ ...withdraw, y: "because" } as never), "entry-value-invalid"],
  ];
  const valued: [string, unknown[]][] = [
    ["v", [0, 2, "1"]],
    ["n", ["1", -1, 1.5, 2 ** 53, null, true, [1], {}]],
    ["k", ["x", "P", "pp", 1]],
    ["l", ["", "AAAA", encodeBase64url(new Uint8Array(17)), `${String(sign.l).slice(0, -1)}B`]],
    [
      "c",
      ["", `${String(sign.c)}=`, `${String(sign.c).slice(0, -1)}F`, encodeBase64url(new Uint8Array(31)), 1],
    ],
  ];
  for (const [key, values] of valued)
    for (const value of values)
      cases.push([JSON.stringify({ ...sign, [key]: value }), "entry-value-invalid"]);
  for (const key of Object.keys(sign).filter((name) => name !== "t"))
    cases.push([JSON.stringify({ ...sign, [key]: undefined }), "entry-key-missing"]);
  for (const key of ["i", "y", "l"])
    cases.push([
      JSON.stringify({ ...withdraw, o: undefined, [key]: undefined }, ["i", "l", "n", "s", "t", "v", "y"]),
      "entry-key-missing",
    ]);
  for (const [text, expected] of cases) assert.equal(code(text), expected, text);
});

test("nothing that a verifier refuses can be written", () => {
  for (const change of [{ n: -1 }, { n: 0.5 }, { r: "short" }, { k: "x" }, { extra: 1 }])
    assert.throws(() => serialiseEntry({ ...sign, ...change } as unknown as Entry));
});

test("a manifest names each language's texts, whatever their line ends and composition", () => {
  const letter = new Uint8Array(16).fill(5);
  const made = manifestOf(nodeSha256, letter, 2, {
    fr: { title: "Été", body: "a\nb" },
    en: { title: "Summer", body: "c" },
  });
  const same = manifestOf(nodeSha256, letter, 2, {
    en: { title: "Summer", body: "c" },
    fr: { title: "E\u0301te\u0301", body: "a\r\nb" },
  });
  assert.deepEqual(serialiseManifest(made), serialiseManifest(same));
  assert.deepEqual(manifestHash(nodeSha256, made), nodeSha256(serialiseManifest(made)));
  assert.deepEqual(parseManifest(serialiseManifest(made)), made);
  assert.equal(made.languages.en!.title, encodeBase64url(nodeSha256(encodeUtf8("Summer"))));
  assert.deepEqual(textHash(nodeSha256, "a\rb"), textHash(nodeSha256, "a\nb"));
  assert.notDeepEqual(textHash(nodeSha256, "a\n\nb"), textHash(nodeSha256, "a\nb"));
});

test("manifests are refused for any other spelling", () => {
  const manifest = manifestOf(nodeSha256, new Uint8Array(16), 1, { en: { title: "a", body: "b" } });
  const text = decodeUtf8(serialiseManifest(manifest))!;
  const { en } = manifest.languages;
  const wrong = [
    `${text} `,
    text.replace('"revision":1', '"revision":1,"revision":1'),
    text.replace('"revision":1', '"revision":-1'),
    text.replace('"v":1', '"v":2'),
    canonicalJson({ ...manifest, extra: 1 } as never),
    canonicalJson({ ...manifest, languages: {} } as never),
    canonicalJson({ ...manifest, languages: { "1": en } } as never),
    canonicalJson({ ...manifest, languages: { en: { title: en!.title } } } as never),
    canonicalJson({ ...manifest, languages: { en: { ...en, body: "AA" } } } as never),
    canonicalJson({ ...manifest, letter: "AA" } as never),
    "null",
  ];
  for (const given of wrong)
    assert.deepEqual(parseManifest(encodeUtf8(given)), { problem: "manifest-invalid" }, given);
  assert.throws(() => serialiseManifest({ ...manifest, revision: -1 }));
});

test("an opening gives the commitment, and no changed one does", () => {
  const letter = new Uint8Array(16).fill(6);
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.record({
        name: fc.string({ unit: "grapheme" }),
        affiliation: fc.string(),
        email: fc.emailAddress(),
      }),
      (master, values) => {
        const { commitment } = commit(nodeSha256, master, letter, values);
        const opening = openingOf(nodeSha256, { index: 3, s: 1 }, master, letter, values);
        const again = parseOpening(JSON.parse(JSON.stringify(opening)));
        assert.ok(!("problem" in again));
        assert.deepEqual(openingCommitment(nodeSha256, letter, again), commitment);
        assert.ok(!JSON.stringify(opening).includes(values.email));
        for (const changed of [
          { ...opening, name: `${opening.name}x` },
          { ...opening, affiliation: `${opening.affiliation}x` },
          { ...opening, name: opening.affiliation, affiliation: opening.name, salt_name: opening.c_email },
          { ...opening, salt_name: opening.salt_affiliation },
          { ...opening, c_email: opening.salt_name },
        ])
          assert.notDeepEqual(openingCommitment(nodeSha256, letter, changed), commitment);
        const elsewhere = new Uint8Array(16).fill(7);
        assert.notDeepEqual(openingCommitment(nodeSha256, elsewhere, opening), commitment);
      },
    ),
    { numRuns: 50 },
  );
});

test("commitments do not depend on how a name is composed, and keep to their bounds", () => {
  const salt = new Uint8Array(32);
  const letter = new Uint8Array(16);
  const of = (value: string) => commitField(nodeSha256, salt, letter, "name", value);
  assert.deepEqual(of("Zoe\u0308"), of("Zoë"));
  assert.ok(of("x".repeat(65_535)));
  assert.throws(() => of("x".repeat(65_536)), RangeError);
  assert.throws(() => ownerHash(nodeSha256, new Uint8Array(31)), RangeError);
  const values = { name: "", affiliation: "", email: "" };
  assert.throws(() => commit(nodeSha256, new Uint8Array(16), letter, values), RangeError);
});

test("openings are refused where they could not be checked", () => {
  const values = { name: "Zoë", affiliation: "", email: "zoe@example.org" };
  const opening = openingOf(nodeSha256, { index: 0, s: 1 }, new Uint8Array(32), new Uint8Array(16), values);
  assert.deepEqual(parseOpening({ ...opening, kind: "p" }), { ...opening, kind: "p" });
  const wrong = [
    null,
    "x",
    [],
    { ...opening, index: -1 },
    { ...opening, s: "1" },
    { ...opening, name: undefined },
    { ...opening, name: "\ud800" },
    { ...opening, name: "x".repeat(4097) },
    { ...opening, salt_name: "AA" },
    { ...opening, c_email: `${opening.c_email}=` },
  ];
  for (const given of wrong) assert.deepEqual(parseOpening(given), { problem: "opening-invalid" });
  fc.assert(fc.property(fc.anything(), (value) => "problem" in parseOpening(value)));

  const file = { v: 1, letter: "AAAAAAAAAAAAAAAAAAAAAA", size: 3, count: 1, openings: [opening] };
  assert.deepEqual(parseOpeningsFile(JSON.stringify(file)), file);
  for (const given of ["", "null", "[]", '{"letter":"x"}', JSON.stringify({ ...file, openings: {} })])
    assert.deepEqual(parseOpeningsFile(given), { problem: "openings-invalid" });
});

/** Bytes as a network may bring them: cut at these places. */
async function* cut(bytes: Uint8Array, places: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const place of places.toSorted((a, b) => a - b)) {
    yield bytes.subarray(from, place);
    from = Math.max(from, place);
  }
  yield bytes.subarray(from);
}

/** All that is read of an openings file. */
async function readAll(pieces: Pieces) {
  const file = await readOpeningsFile(pieces);
  if ("problem" in file) return file.problem;
  const { letter, size, count } = file;
  const openings: unknown[] = [];
  for await (const opening of file.openings) openings.push(opening);
  return { v: 1, letter, size, count, openings };
}

test("an openings file is read opening by opening as JSON reads it, whatever its spelling, in whatever pieces", async () => {
  const head = { v: 1, letter: "AAAAAAAAAAAAAAAAAAAAAA", size: 7, count: 3 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue()),
      fc.constantFrom(0, 1, "\t"),
      fc.array(fc.nat()),
      async (openings, space, places) => {
        const text = JSON.stringify({ ...head, openings }, null, space);
        const bytes = encodeUtf8(`${text}\n`);
        const read = await readAll(
          cut(
            bytes,
            places.map((place) => place % bytes.length),
          ),
        );
        assert.deepEqual(read, JSON.parse(text));
      },
    ),
  );
});

test("an openings file that breaks off, or goes on, ends in what is no opening", async () => {
  const openings = [
    { name: 'Z"oë, [1] {', s: 1 },
    { name: "Ada\\", s: 2 },
  ];
  const text = JSON.stringify({ v: 1, letter: "A", size: 7, count: 3, openings });
  const start = text.indexOf("[") + 1;
  const read = async (given: string) => {
    const bytes = encodeUtf8(given);
    const file = await readAll([bytes]);
    // Byte by byte it is the same.
    assert.deepEqual(await readAll(cut(bytes, [...bytes.keys()])), file);
    return typeof file === "string" ? file : file.openings.at(-1);
  };
  assert.deepEqual(await read(text), openings[1]);
  for (let end = 0; end < text.length; end++)
    assert.equal(
      await read(text.slice(0, end)),
      end < start ? "openings-invalid" : undefined,
      text.slice(0, end),
    );
  for (const more of ["x", ",", "}", ' , "openings":[] }', " ".repeat(1024)])
    assert.equal(await read(text + more), undefined, more);
  assert.equal(await read(text.replace("}]}", "}],}")), undefined);
  assert.equal(await read(text.replace("[{", "[,{")), undefined);
  for (const wrong of [
    "",
    "[]",
    "{}",
    '{"openings":[]}',
    text.replace('"size":7', '"size":-7'),
    "\u00ff".repeat(9),
  ])
    assert.equal(await read(wrong), "openings-invalid", wrong);
});

test("of an openings file no more is asked for than is read, and what has no end is let go", async () => {
  const piece = 4_096;
  const opening = `${JSON.stringify({ name: "x".repeat(90), s: 1 })},`;
  const per = piece / opening.length;
  let asked = 0;
  let ended = false;
  async function* endless(head: string, text: string): AsyncGenerator<Uint8Array> {
    [asked, ended] = [0, false];
    try {
      yield encodeUtf8(head);
      const all = encodeUtf8(text.repeat(piece));
      for (let at = 0; ; at = (at + piece) % all.length, asked++) yield all.subarray(at, at + piece);
    } finally {
      ended = true;
    }
  }
  const head = '{"v":1,"letter":"A","size":7,"count":3,"openings":[';
  const file = await readOpeningsFile(endless(head, opening));
  assert.ok(!("problem" in file));
  let read = 0;
  for await (const one of file.openings) {
    assert.deepEqual(one, JSON.parse(opening.slice(0, -1)));
    read++;
    assert.ok(asked <= read / per + 2, `${asked} pieces for ${read} openings`);
    if (read === 1_000) break;
  }
  assert.ok(ended);
  // Nobody reads it at all.
  const unread = await readOpeningsFile(endless(head, opening));
  assert.ok(!("problem" in unread) && !ended);
  await unread.close();
  assert.ok(ended);
  // An opening without an end, and a head without one.
  const broken = await readAll(endless(`${head}"`, "x"));
  assert.ok(typeof broken === "object" && ended);
  assert.deepEqual(broken.openings, [undefined]);
  assert.ok(asked * piece < 2 * 65_536);
  assert.equal(await readAll(endless("{", "x")), "openings-invalid");
  assert.ok(ended);
});
