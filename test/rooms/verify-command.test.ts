/** `undersigned verify` over a real port and over a folder: a good log holds, and whatever is broken is named. */
import assert from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { run } from "../../src/exchange/verify.ts";
import { formatReceipt, type Receipt } from "../../src/transparency/receipt.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { formatVerifierKey, noteSignatureType, verifierKey } from "../../src/transparency/verifier-key.ts";
import { say } from "../support/command.ts";
import { encode, serveSite, siteFiles } from "../support/log-site.ts";
import { log, MadeLog, witnesses } from "../support/transparency-log.ts";

const key = formatVerifierKey(log.key);
const stranger = verifierKey(nodeSha256, "stranger.example/log", noteSignatureType, log.key.publicKey);
const quorum = witnesses.flatMap((witness) => ["--witness", formatVerifierKey(witness.key)]);
const verify = (...args: string[]) => say(run, ...args);

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-verify-"));
});
after(() => rm(folder, { recursive: true, force: true }));

let folders = 0;
/** Writes files as a mirror has them. */
async function written(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const root = join(folder, `site-${folders++}`);
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
  return root;
}

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Two letters, revisions, a withdrawal and an erasure: a bit more than two tiles. */
function eventful(): MadeLog {
  const made = new MadeLog();
  const [first, second] = [made.letter(), made.letter()];
  first.publish("one");
  second.publish("two");
  for (let at = 0; at < 520; at++) (at % 3 === 0 ? second : first).sign(`Name ${at}`);
  const gone = first.sign("Zoë");
  first.publish("one, mended");
  first.sign("Ada");
  first.remove("withdraw", gone.s, gone.owner);
  second.remove("erase", second.sign("Eve").s);
  second.close();
  return made;
}

const lines = ({ out }: { out: string }) => out.split("\n").filter((each) => each.startsWith("FAILED"));

test("a good log holds, over the network and in a folder, at the edges of its tiles", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  for (const size of [1, 255, 256, 257]) {
    if (size === 1) letter.publish("one");
    while (made.size < size) letter.sign(`Name ${made.size}`);
    await made.publish();
    const site = await serveSite(siteFiles(made));
    for (const source of [site.url, `${site.url}/`, await written(site.files)]) {
      const said = await verify(source, "--key", key, ...quorum);
      assert.equal(said.code, 0, said.out + said.err);
      assert.match(said.out, new RegExp(`^Size {2}${size}$`, "m"));
      assert.match(said.out, /All of this holds/);
      assert.doesNotMatch(said.out, /not pinned/);
      assert.equal(said.err, "");
    }
    await site.stop();
  }
});

test("without --key the key is the source's own, and that is said", async () => {
  const made = eventful();
  await made.publish();
  const said = await verify(await written(siteFiles(made)));
  assert.equal(said.code, 0, said.out);
  assert.ok(said.out.includes(key));
  assert.match(said.out, /was not pinned/);
  const other = await verify(await written(siteFiles(made)), "--key", formatVerifierKey(stranger));
  assert.equal(other.code, 1);
  assert.match(other.out, /FAILED {3}checkpoint .*no signature by the key/);
});

test("a partial tile that the site has dropped is cut out of the full one", async () => {
  const made = eventful();
  await made.publish();
  const files = siteFiles(made);
  const partial = [...files.keys()].filter((path) => path.includes(".p/") && !path.startsWith("log/tile/1/"));
  assert.ok(partial.length >= 2);
  const letter = made.letters[0]!;
  while (made.size % 256 !== 0) letter.sign("More");
  await made.publish();
  const grown = siteFiles(made);
  for (const path of partial) {
    files.delete(path);
    const full = path.replace(/\.p\/\d+$/, "");
    files.set(full, grown.get(full)!);
  }
  const said = await verify(await written(files), "--key", key);
  assert.equal(said.code, 0, said.out);
});

test("whoever watches sees how far it is, and at the end nothing of it is left", async () => {
  const made = eventful();
  await made.publish();
  const shown: string[] = [];
  const source = await written(siteFiles(made));
  const surroundings = { env: {}, clock: () => new Date(), out: () => undefined, err: () => undefined };
  await run([source], { ...surroundings, progress: (text) => void shown.push(text) });
  assert.equal(shown[0], `Entries read: 256 of ${made.size}`);
  assert.deepEqual(shown.slice(-2), ["Letters compared: 2 of 2", ""]);
});

test("called wrongly", async () => {
  const made = eventful();
  await made.publish();
  const source = await written(siteFiles(made));
  const witness = quorum[1]!;
  for (const args of [
    [],
    [source, source],
    [source, "--nope"],
    [source, "--key", "nonsense"],
    [source, "--key", witness],
    [source, "--witness", key],
    [source, "--quorum", "1"],
    [source, ...quorum, "--quorum", "3"],
    [source, "--witness", witness, "--witness", witness, "--quorum", "2"],
    [source, ...quorum, "--quorum", "-1"],
    [source, ...quorum, "--quorum", "1.5"],
    [source, "--since", join(folder, "missing")],
    [source, "--receipt", join(folder, "missing")],
    ["ftp://example.org"],
    ["http://"],
  ]) {
    const said = await verify(...args);
    assert.equal(said.code, 2, args.join(" "));
    assert.match(said.err, /--help/);
    assert.equal(said.out, "");
  }
  const help = await verify("--help");
  assert.equal(help.code, 0);
  assert.match(help.out, /^Usage: undersigned verify URL\|FOLDER/);
});

test("what cannot be read is not said to have failed", async () => {
  const made = eventful();
  await made.publish();
  const files = siteFiles(made);
  const site = await serveSite(files, (request, response) => {
    if (!request.url!.startsWith("/log/tile/0/")) return false;
    response.writeHead(403).end();
    return true;
  });
  const without = (path: string) => written(new Map([...files].filter(([name]) => name !== path)));
  for (const source of [
    join(folder, "nowhere"),
    await without("log/key"),
    await without("log/checkpoint"),
    await without("letters.json"),
    await written(new Map([...files, ["log/key", Buffer.from("x")]])),
    await written(new Map([...files, ["letters.json", Buffer.from("{}")]])),
    site.url,
  ]) {
    const said = await verify(source);
    assert.equal(said.code, 3, source + said.out);
    assert.match(said.err, /Nothing is said about the log/);
    assert.equal(said.out, "");
  }
  await site.stop();
});

test("witnesses: a quorum that is met, and one that is missed", async () => {
  const made = eventful();
  await made.publish([log, witnesses[0]!]);
  const source = await written(siteFiles(made));
  assert.equal((await verify(source, ...quorum, "--quorum", "1")).code, 0);
  const missed = await verify(source, ...quorum);
  assert.equal(missed.code, 1);
  assert.deepEqual(lines(missed), [
    "FAILED   witnesses    1 of the witnesses asked for cosigned it; 2 had to",
  ]);
});

test("--since: a log that went on, one that was rewritten, one that shrank, and what is no checkpoint", async () => {
  const made = eventful();
  const old = await file("old", await made.publish());
  made.letters[0]!.sign("Late");
  const late = await file("late", await made.publish());
  const source = await written(siteFiles(made));
  const held = await verify(source, "--since", old, "--since", late);
  assert.equal(held.code, 0, held.out);
  assert.match(held.out, /^passed {3}consistency/m);

  const other = eventful();
  other.letters[1]!.deliver();
  await other.publish();
  const rewritten = await verify(await written(siteFiles(other)), "--since", old);
  assert.equal(rewritten.code, 1);
  assert.match(lines(rewritten).join(), /^FAILED {3}consistency .*its history was rewritten$/);

  const short = new MadeLog();
  short.letter().publish("one");
  await short.publish();
  assert.match(
    lines(await verify(await written(siteFiles(short)), "--since", old)).join(),
    /consistency .*had 529 entries before, and has 1 now/,
  );

  const junk = await verify(source, "--since", await file("junk", "no checkpoint\n"));
  assert.equal(junk.code, 1);
  assert.match(lines(junk).join(), /consistency .*junk: the log did not sign this/);
});

test("--letter compares one letter; one that is not listed is a failure", async () => {
  const made = eventful();
  made.letters[1]!.openings.pop();
  await made.publish();
  const source = await written(siteFiles(made));
  assert.equal((await verify(source, "--letter", "letter-0")).code, 0);
  assert.deepEqual(lines(await verify(source, "--letter", "letter-1")), lines(await verify(source)));
  const none = await verify(source, "--letter", "letter-9");
  assert.equal(none.code, 1);
  assert.deepEqual(lines(none), ["FAILED   disclosure   letter letter-9: the site does not list it"]);
});

test("--receipt: stands, withdrawn, erased, of a later log, of another log", async () => {
  const made = eventful();
  const letter = made.letters[0]!;
  const [ada, zoe, eve] = ["Ada", "Zoë", "Eve"].map((name) => letter.sign(name));
  await made.publish();
  const receipts = await Promise.all(
    [ada, zoe, eve].map(async (one, at) =>
      file(`receipt-${at}`, formatReceipt(await made.receipt(letter, one!))),
    ),
  );
  const before = await written(siteFiles(made));
  letter.remove("withdraw", zoe!.s, zoe!.owner);
  letter.remove("erase", eve!.s);
  await made.publish();
  const source = await written(siteFiles(made));
  const standings = [
    ["passed", "the signature stands", "All of this holds\\."],
    ["note", "was withdrawn later", "All of this holds; the signature was withdrawn later\\."],
    ["note", "was erased later", "All of this holds; the signature was erased later\\."],
  ];
  for (const [at, [outcome, words, end]] of standings.entries()) {
    const said = await verify(source, "--key", key, ...quorum, "--receipt", receipts[at]!);
    assert.equal(said.code, 0, said.out);
    assert.match(said.out, /passed {3}present/);
    assert.match(said.out, new RegExp(`^${outcome} +standing .*${words}`, "m"));
    assert.match(said.out, new RegExp(`^${end}$`, "m"));
    assert.match(said.out, /passed {3}consistency/);
    assert.match((await verify(before, "--receipt", receipts[at]!)).out, /the signature stands/);
  }
  letter.sign("Later");
  const late = letter.sign("Latest");
  await made.publish();
  const ahead = await file("ahead", formatReceipt(await made.receipt(letter, late)));
  const early = await verify(source, "--receipt", ahead);
  assert.equal(early.code, 1);
  assert.match(lines(early).join("\n"), /consistency .*entries before/);
  assert.match(lines(early).join("\n"), /present .*another entry/);

  const other = eventful();
  other.letters[0]!.sign("Mallory");
  while (other.size < made.size) other.letters[0]!.deliver();
  await other.publish();
  const split = await verify(await written(siteFiles(other)), "--receipt", receipts[0]!);
  assert.equal(split.code, 1);
  assert.match(lines(split).join("\n"), /consistency .*rewritten/);
  assert.match(lines(split).join("\n"), /standing .*no such signature/);
});

test("--receipt: of before witnesses cosigned, it is as good as any once they have cosigned what begins with it", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("one");
  const ada = letter.sign("Ada");
  const early = await file("early", await made.publish());
  await made.publish([log]);
  const receipt = await file("unwatched", formatReceipt(await made.receipt(letter, ada)));
  const unwatched = await written(siteFiles(made));
  for (let at = 0; at < 300; at++) letter.sign(`Name ${at}`);
  const cosigned = await file("cosigned", await made.publish([log, witnesses[0]!]));
  const size = made.size;
  const site = await serveSite(siteFiles(made));
  const folder = await written(site.files);
  const asked = ["--key", key, ...quorum, "--quorum", "1", "--receipt", receipt];
  for (const source of [site.url, folder]) {
    const said = await verify(source, ...asked);
    assert.equal(said.code, 0, said.out + said.err);
    const since = new RegExp(
      `^passed {3}witnesses .*too few had cosigned it, .*first ${size} entries, which`,
      "m",
    );
    assert.match(said.out, since);
    assert.equal((await verify(source, ...asked, "--quorum", "2")).code, 1);
  }
  await site.stop();

  /** What is said of the receipt's witnesses. */
  const receiptLine = async (source: string, ...given: string[]) => {
    const { out } = await verify(source, ...asked, ...given);
    return out
      .slice(out.indexOf("The receipt:"))
      .split("\n")
      .find((each) => each.includes(" witnesses "))!;
  };
  letter.sign("Later");
  await made.publish([log]);
  const later = await written(siteFiles(made));
  assert.match(await receiptLine(later), /^FAILED .*0 of the witnesses asked for cosigned it; 1 had to$/);
  // Not only the newest counts: one that was seen does, too.
  assert.match(await receiptLine(later, "--since", cosigned), /^passed .*have cosigned/);
  await mkdir(join(later, "log/checkpoints"));
  await copyFile(cosigned, join(later, "log/checkpoints/one"));
  assert.match(await receiptLine(later), /^passed .*have cosigned/);

  // A checkpoint of the same size is one that is no smaller, and one of before says nothing of what came after.
  assert.match(await receiptLine(unwatched, "--since", early), /^passed .*first 2 entries/);
  const first = new MadeLog();
  first.letter().publish("one");
  const other = await file("other", await first.publish());
  assert.match(await receiptLine(unwatched, "--since", other), /^FAILED/);
  // What another history begins with is not this receipt's.
  const split = new MadeLog();
  const its = split.letter();
  its.publish("another");
  for (let at = 0; at < 400; at++) its.sign(`Name ${at}`);
  const elsewhere = await file("elsewhere", await split.publish());
  assert.match(await receiptLine(await written(siteFiles(split))), /^FAILED .*0 of the witnesses/);
  await rm(join(later, "log/checkpoints"), { recursive: true });
  assert.match(await receiptLine(later, "--since", elsewhere), /^FAILED .*0 of the witnesses/);
});

test("the names of others cannot steer the terminal", async () => {
  const made = eventful();
  await made.publish();
  const files = siteFiles(made);
  const note = Buffer.from(files.get("log/checkpoint")!).toString();
  files.set(
    "log/checkpoint",
    Buffer.from(note.replaceAll("letters.example.org", "\u009b2J\u202e.example.org")),
  );
  const said = await verify(await written(files), "--key", key);
  assert.equal(said.code, 1);
  assert.doesNotMatch(said.out, /[\u0080-\u009f\u202e]/);
});

/** A bit of a file turned around. */
function flip(bytes: Uint8Array, place: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const at = Math.floor(place / 8) % bytes.length;
  changed[at]! ^= 1 << (place % 8);
  return changed;
}

/** What a line must name when this file is broken. */
function nameOf(path: string): RegExp {
  if (path.startsWith("log/tile/")) return new RegExp(`^FAILED .*${path.replaceAll(".", "\\.")}[ ,:]`, "m");
  if (path === "log/checkpoint") return /^FAILED {3}(?:checkpoint|witnesses) /m;
  return new RegExp(`^FAILED {3}(?:openings|disclosure|counts|revisions) .*${path.split("/")[1]}`, "m");
}

test("one flipped bit, or a file that breaks off, anywhere: what broke is named", async () => {
  const made = eventful();
  await made.publish();
  const files = siteFiles(made);
  const source = await written(files);
  const paths = [...files.keys()].filter((path) => /tile|log\/checkpoint$|openings|manifest/.test(path));
  assert.ok(paths.length > 10);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.boolean(), async (path, place, cut) => {
      const bytes = files.get(path)!;
      const broken = cut ? bytes.subarray(0, place % bytes.length) : flip(bytes, place);
      await writeFile(join(source, path), broken);
      const said = await verify(source, "--key", key, ...quorum);
      await writeFile(join(source, path), bytes);
      assert.equal(said.code, 1, said.err);
      assert.match(said.out, nameOf(path));
    }),
    { numRuns: 150 },
  );
  assert.equal((await verify(source, "--key", key, ...quorum)).code, 0);
});

test("one flipped bit in a receipt is found", async () => {
  const made = eventful();
  const letter = made.letters[0]!;
  const signature = letter.sign("Ada");
  await made.publish();
  const source = await written(siteFiles(made));
  const receipt = await made.receipt(letter, signature);
  const { name, email, master, owner } = receipt.private!;
  const parts = {
    entry: receipt.entry,
    proof: receipt.proof,
    manifest: receipt.manifest!,
    name,
    email,
    master,
    owner: owner!,
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...(Object.keys(parts) as (keyof typeof parts)[])),
      fc.nat(),
      async (part, place) => {
        const text = parts[part];
        const bytes = Buffer.from(text.replaceAll("\u2014", "-"));
        const at = Math.floor(place / 7) % bytes.length;
        const changed = String.fromCharCode(text.charCodeAt(at) ^ (1 << (place % 7)));
        const broken = text.slice(0, at) + changed + text.slice(at + 1);
        // A file has no way to end a line of the proof twice, nor to leave its last line open.
        fc.pre(part !== "proof" || (text[at] !== "\n" && changed !== "\n"));
        const given: Receipt =
          part === "entry" || part === "proof" || part === "manifest"
            ? { ...receipt, [part]: broken }
            : { ...receipt, private: { ...receipt.private!, [part]: broken } };
        const path = await file("broken-receipt", formatReceipt(given));
        const said = await verify(source, "--key", key, ...quorum, "--receipt", path);
        // A cosignature that names nobody who is asked for is none, and the log is cosigned since.
        if (part !== "proof" || !said.out.includes("too few had cosigned it"))
          assert.equal(said.code, 1, `${part} ${at}\n${said.out}`);
      },
    ),
    { numRuns: 100 },
  );
});

test("the page's count is compared with the log's; pages of the list are put together", async () => {
  const made = eventful();
  await made.publish();
  const files = siteFiles(made);
  const list = JSON.parse(Buffer.from(files.get("letters.json")!).toString());
  const [one, two] = list.letters;
  const site = await serveSite(files, (request, response) => {
    const page = new URL(request.url!, "http://site").searchParams.get("page");
    if (!request.url!.startsWith("/letters.json")) return false;
    const letters = page === "2" ? [two] : [one];
    response.end(encode({ ...list, pages: 2, page: Number(page ?? 1), letters }));
    return true;
  });
  assert.equal((await verify(site.url)).code, 0);
  await site.stop();
  files.set("letters.json", encode({ ...list, letters: [{ ...one, signatures: { total: 9 } }, two] }));
  assert.match(
    lines(await verify(await written(files))).join(),
    /^FAILED {3}counts +letter letter-0: the page counts 9 signatures, the log \d+$/,
  );
  files.set("letters.json", encode({ ...list, letters: [one, two, { ...one, slug: "twin" }] }));
  assert.match(lines(await verify(await written(files))).join(), /disclosure .*two pages/);
  files.set("letters.json", encode({ ...list, letters: [one] }));
  assert.match(lines(await verify(await written(files))).join(), /disclosure .*does not show it/);
});

test("a count that is published a moment before its entry raises no alarm", async () => {
  const made = eventful();
  await made.publish();
  const files = siteFiles(made);
  const list = JSON.parse(Buffer.from(files.get("letters.json")!).toString());
  const ahead = { ...list.letters[0], signatures: { total: list.letters[0].signatures.total + 1 } };
  files.set("letters.json", encode({ ...list, letters: [ahead, list.letters[1]] }));
  files.set("letters/letter-0.json", encode({ ...ahead, ...made.letters[0]!.page }));
  let looks = 0;
  const site = await serveSite(files, async (request) => {
    // The entry follows after the second look at the openings.
    if (request.url === "/letters/letter-0/openings.json" && ++looks === 2) {
      made.letters[0]!.sign("Late");
      await made.publish();
      for (const [path, bytes] of siteFiles(made)) files.set(path, bytes);
    }
    return false;
  });
  const said = await verify(site.url);
  await site.stop();
  assert.equal(said.code, 0, said.out);
  assert.equal(looks, 2);
});
