/** One bit of anything that a site serves of its log is changed, and the verifier says what broke. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { closeLetters } from "../../src/letters/close.ts";
import { decodeUtf8 } from "../../src/transparency/bytes.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { verifyReceipt } from "../../src/transparency/verify-receipt.ts";
import { logSigner, type TestApp } from "../support/app.ts";
import { queueDeliveries } from "../support/many-events.ts";
import { publishRevision } from "../support/revise.ts";
import { assertLogHolds, assertVerified, servedLog, verifyServed } from "../support/served-log.ts";
import { openLetter, organisation, person, signAndConfirm, startSigningApp } from "../support/signing.ts";

let app: TestApp;
/** Everything that the verifier asks for, by its path. */
const files = new Map<string, Uint8Array>();
let receipt: string;

before(async () => {
  app = await startSigningApp();
  const letter = await app.letter({ ...openLetter });
  const own = await signAndConfirm(app, letter.slug, person());
  await signAndConfirm(app, letter.slug, organisation());
  const gone = await signAndConfirm(app, letter.slug, person({ email: "gone@example.org" }));
  await app.post(`${gone}/erase`, {});
  await publishRevision(app.db, app.deps.clock, letter.id, [
    { language: "en", title: "Second", summary: "", body: "Dear all." },
  ]);
  await app.db.updateTable("letter").set({ closes_on: "2020-01-01" }).where("id", "=", letter.id).execute();
  await closeLetters(app.db, app.deps.clock);
  await queueDeliveries(app.db, letter.id, 300);
  receipt = await (await app.fetch(`${own}/receipt.json`)).text();
  await assertLogHolds(app);
  const reading = servedLog(async (path) => {
    const answer = await app.fetch(path);
    if (answer.ok) files.set(path, new Uint8Array(await answer.clone().arrayBuffer()));
    return answer;
  });
  assertVerified(await verifyServed(reading, logSigner.key));
});
after(() => app.close());

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = new Uint8Array(bytes);
  changed[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7);
  return changed;
}

/** Which checks fail of what is served when one file is another, and what they name. */
async function failures(path: string, bytes: Uint8Array): Promise<{ failed: string[]; named: string[] }> {
  const source = servedLog(async (asked) => {
    const file = asked === path ? bytes : files.get(asked);
    return file ? new Response(Buffer.from(file)) : new Response("", { status: 404 });
  });
  // What is behind stays behind here: nobody needs to wait for it.
  const { checks } = await verifyServed(source, logSigner.key, { indulgence: { tries: 1, pause: 0 } });
  const found = checks.filter(({ outcome }) => outcome === "failed");
  return {
    failed: found.map(({ name }) => name),
    named: found.flatMap(({ findings }) => findings.map(({ detail }) => String(detail?.path ?? ""))),
  };
}

const served = (kind: RegExp) => [...files.keys()].filter((path) => kind.test(path));
const flips = (paths: readonly string[]) => fc.tuple(fc.constantFrom(...paths), fc.nat());

test("the files are all there to be changed", () => {
  assert.deepEqual([...files.keys()].filter((path) => path.startsWith("/log/")).sort(), [
    "/log/checkpoint",
    "/log/tile/0/000",
    "/log/tile/0/001.p/52",
    "/log/tile/1/000.p/1",
    "/log/tile/entries/000",
    "/log/tile/entries/001.p/52",
  ]);
  assert.equal(served(/openings\.json$/).length, 1);
  assert.equal(served(/manifest\.json$/).length, 2);
});

test("tiles of hashes: the tile is named", () =>
  fc.assert(
    fc.asyncProperty(flips(served(/^\/log\/tile\/[01]/)), async ([path, bit]) => {
      const { failed, named } = await failures(path, flip(files.get(path)!, bit));
      assert.deepEqual([failed, named], [["tiles"], [path.replace("/log/", "")]]);
    }),
    { numRuns: 60 },
  ));

test("bundles of entries: the bundle is named", () =>
  fc.assert(
    fc.asyncProperty(flips(served(/entries/)), async ([path, bit]) => {
      const { failed, named } = await failures(path, flip(files.get(path)!, bit));
      assert.ok(failed.includes("root") && named.includes(path.replace("/log/", "")), `${failed} ${named}`);
    }),
    { numRuns: 60 },
  ));

test("the checkpoint: its signature fails", () =>
  fc.assert(
    fc.asyncProperty(fc.nat(), async (bit) => {
      const { failed } = await failures("/log/checkpoint", flip(files.get("/log/checkpoint")!, bit));
      assert.ok(failed.includes("checkpoint"), String(failed));
    }),
    { numRuns: 60 },
  ));

test("manifests: the revisions fail", () =>
  fc.assert(
    fc.asyncProperty(flips(served(/manifest/)), async ([path, bit]) => {
      assert.deepEqual((await failures(path, flip(files.get(path)!, bit))).failed, ["revisions"]);
    }),
    { numRuns: 60 },
  ));

test("the text on the page: another word, title, language or revision fails", async () => {
  const [path] = served(/^\/letters\/[\w-]+\.json$/);
  interface Shown {
    revision: { number: number };
    texts: { language: string; title: string; body: string | null }[];
  }
  const shown = JSON.parse(decodeUtf8(files.get(path!)!)!) as Shown;
  const changed: ((letter: Shown) => unknown)[] = [
    (letter) => (letter.texts[0]!.body += " Or else."),
    (letter) => (letter.texts[0]!.body = null),
    (letter) => (letter.texts[0]!.title = "Another"),
    (letter) => letter.texts.push({ language: "fr", title: "Autre", body: "Autre." }),
    (letter) => letter.texts.unshift({ ...letter.texts[0]!, body: "Another before it." }),
    (letter) => letter.texts.splice(0),
    // A number that the log does not reach makes no text its own.
    (letter) => {
      letter.revision.number = 3;
      letter.texts[0]!.body += " Or else.";
    },
    (letter) => (letter.revision.number = 2.5),
    (letter) => (letter.revision.number = 1),
    (letter) => (letter.revision.number = 0),
    (letter) => Reflect.deleteProperty(letter, "revision"),
  ];
  for (const change of changed) {
    const letter = structuredClone(shown);
    change(letter);
    const { failed } = await failures(path!, Buffer.from(JSON.stringify(letter)));
    assert.deepEqual(failed, ["revisions"], String(change));
  }
});

test("openings: a value that was changed is found, whichever it is", async () => {
  const [path] = served(/openings/);
  const text = decodeUtf8(files.get(path!)!)!;
  const openings = (JSON.parse(text) as { openings: Record<string, string | number>[] }).openings;
  assert.equal(openings.length, 2);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...openings.keys()),
      fc.constantFrom("index", "s", "name", "affiliation", "salt_name", "salt_affiliation", "c_email"),
      fc.nat(),
      async (at, field, bit) => {
        const value = openings[at]![field]!;
        const changed =
          typeof value === "number"
            ? value ^ (1 << (bit % 20))
            : flip(Buffer.from(value || "x"), bit - (bit % 8) + (bit % 6));
        const wrong = typeof changed === "number" ? changed : Buffer.from(changed).toString();
        const file = JSON.parse(text);
        file.openings[at][field] = wrong;
        const { failed } = await failures(path!, Buffer.from(JSON.stringify(file)));
        assert.ok(
          failed.includes("openings") || failed.includes("disclosure"),
          `${field} ${value} ${wrong}: ${failed}`,
        );
      },
    ),
    { numRuns: 100 },
  );
  for (const [field, failed] of [
    ["count", ["counts"]],
    ["size", ["disclosure", "counts"]],
  ] as const) {
    const file = JSON.parse(text);
    file[field] = field === "count" ? 1 : 2;
    assert.deepEqual((await failures(path!, Buffer.from(JSON.stringify(file)))).failed, failed);
  }
});

test("the receipt: whatever proves something in it proves nothing any more", async () => {
  const trust = { log: logSigner.key, witnesses: [], quorum: 0 };
  const check = async (text: string) =>
    (await verifyReceipt(nodeSha256, verifyEd25519, text, trust))
      .filter(({ outcome }) => outcome === "failed")
      .map(({ name }) => name);
  assert.deepEqual(await check(receipt), []);
  const file = JSON.parse(receipt);
  /** Where something stands that proves, and which checks it may break. */
  const parts: [read: (receipt: typeof file) => [object, string | number], checks: string[]][] = [
    [(it) => [it, "entry"], ["entry", "inclusion", "commitment", "owner", "manifest"]],
    [(it) => [it, "manifest"], ["manifest"]],
    ...["name", "affiliation", "email", "master"].map((field): (typeof parts)[number] => [
      (it) => [it.private, field],
      ["commitment", "receipt"],
    ]),
    [(it) => [it.private, "owner"], ["owner", "receipt"]],
    ...(file.proof as string[]).map((_, at): (typeof parts)[number] => [
      (it) => [it.proof, at],
      ["inclusion", "checkpoint", "receipt"],
    ]),
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...parts), fc.nat(), async ([where, allowed], bit) => {
      const copy = JSON.parse(receipt);
      const [holder, key] = where(copy) as [Record<string | number, string>, string | number];
      const text = holder[key]!;
      // Within ASCII, and not within its line ends: those are the file's own.
      const wrong = Buffer.from(flip(Buffer.from(text || "x"), bit - (bit % 8) + (bit % 6))).toString();
      if (/[\n\r]/.test(wrong)) return;
      holder[key] = wrong;
      const failed = await check(JSON.stringify(copy));
      assert.ok(failed.length > 0, `${String(key)}: ${text} → ${wrong}`);
      assert.ok(
        failed.some((name) => allowed.includes(name)),
        `${String(key)}: ${failed}`,
      );
    }),
    { numRuns: 300 },
  );
});
