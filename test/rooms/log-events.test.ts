/** Everything that changes what is signed and by whom is an entry of the log, in the order in which it became true. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { inTransaction } from "../../src/database/transaction.ts";
import { closeLetters } from "../../src/letters/close.ts";
import { purgeSigning } from "../../src/signing/purge.ts";
import { encodeBase64url, encodeUtf8 } from "../../src/transparency/bytes.ts";
import { ownerHash } from "../../src/transparency/commitment.ts";
import { type Entry, parseEntry } from "../../src/transparency/leaf.ts";
import { logLetterId } from "../../src/transparency/letter-id.ts";
import { queueEvent } from "../../src/transparency/queue.ts";
import { parseReceipt, type Receipt } from "../../src/transparency/receipt.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import type { TestApp } from "../support/app.ts";
import { publishRevision } from "../support/revise.ts";
import { assertLogHolds, entriesOf } from "../support/served-log.ts";
import {
  day,
  mailedLink,
  openLetter,
  organisation,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
} from "../support/signing.ts";

let app: TestApp;
let letter: { id: string; slug: string };
let letters = 0;

before(async () => {
  app = await startSigningApp();
});
after(() => app.close());
beforeEach(async () => {
  letters += 1;
  letter = await app.letter({ ...openLetter, slug: `letter-${letters}` });
});
afterEach(() => assertLogHolds(app));

/** The letter's entries in short: what they are, what they remove, and the count after them. */
async function history(): Promise<string[]> {
  return (await entries()).map((entry) => {
    const target =
      "i" in entry ? ` ${entry.i} ${entry.y}${entry.o === undefined ? "" : " by its owner"}` : "";
    return `${entry.t}${target} → ${entry.n}`;
  });
}

async function entries(): Promise<Entry[]> {
  const all = (await entriesOf(app)).map((bytes) => {
    const entry = parseEntry(bytes);
    assert.ok(!("problem" in entry));
    return entry;
  });
  return all.filter(({ l }) => l === logLetterId(letter.id));
}

async function receiptOf(own: string): Promise<Receipt> {
  const receipt = parseReceipt(await (await app.fetch(`${own}/receipt.json`)).text());
  assert.ok(!("problem" in receipt));
  return receipt;
}

/** Sends a receipt along, as the page's form does. */
async function postWithReceipt(path: string, receipt: string): Promise<Response> {
  const body = new FormData();
  body.append("receipt", new Blob([receipt], { type: "application/json" }), "receipt.json");
  return app.fetch(new Request(`http://localhost${path}`, { method: "POST", body }));
}

const revise = (title: string) =>
  publishRevision(app.db, app.deps.clock, letter.id, [
    { language: "en", title, summary: "A summary.", body: "Dear all, answer." },
  ]);

test("a letter, its revision, signatures shown and not shown", async () => {
  await signAndConfirm(app, letter.slug, person());
  await signAndConfirm(app, letter.slug, organisation());
  await signAndConfirm(app, letter.slug, person({ email: "quiet@example.org", show: "no" }));
  assert.deepEqual(await revise("Answer Every Letter"), { revision: 2 });
  await signAndConfirm(app, letter.slug, person({ email: "late@example.org" }));
  assert.deepEqual(await history(), [
    "rev → 0",
    "sign → 1",
    "sign → 2",
    "sign → 3",
    "erase 3 own → 3",
    "rev → 3",
    "sign → 4",
  ]);
  const [first, ada, readers, , , second, late] = await entries();
  assert.ok(first?.t === "rev" && second?.t === "rev" && ada?.t === "sign" && late?.t === "sign");
  assert.deepEqual([first.q, second.q, ada.r, late.r], [1, 2, first.r, second.r]);
  assert.deepEqual([ada.k, readers?.t === "sign" && readers!.k], ["p", "o"]);
});

test("nothing is queued when the transaction fails: the event and what it says are one", async () => {
  const before = await history();
  await assert.rejects(
    inTransaction(app.db, async (trx) => {
      await queueEvent(
        trx,
        { letterId: letter.id },
        { t: "deliver", d: encodeBase64url(nodeSha256(encodeUtf8("document"))) },
      );
      throw new Error("failed");
    }),
    /failed/,
  );
  assert.deepEqual(await history(), before);
});

test("a correction of the affiliation is a withdrawal and a new entry with the same owner; of the role, nothing", async () => {
  const own = await signAndConfirm(app, letter.slug, person());
  await app.post(own, { affiliation: "Royal Society", role: "Mathematician" });
  await app.post(own, { affiliation: "Royal Society", role: "Countess" });
  assert.deepEqual(await history(), ["rev → 0", "sign → 1", "withdraw 1 own → 0", "sign → 1"]);
  const [, first, , second] = await entries();
  assert.ok(first?.t === "sign" && second?.t === "sign");
  assert.equal(first.u, second.u);
  assert.notEqual(first.c, second.c);
  assert.equal((await receiptOf(own)).entry.includes(`"s":${second.s}`), true);
});

test("withdrawn by the link that went out with the confirmation, by another link, and with the receipt", async () => {
  const form = person();
  await signAndConfirm(app, letter.slug, form);
  await app.post(`${await mailedLink(app, form.email!, "signatures")}/withdraw`, {});

  // The browser made the owner secret and told the server only its hash.
  const secret = new Uint8Array(32).fill(7);
  const other = person({ email: "other@example.org" });
  await sign(app, letter.slug, other);
  const owner = encodeBase64url(ownerHash(nodeSha256, secret));
  const confirmed = await app.post(await mailedLink(app, other.email!), { owner, revision: "1" });
  const own = /\/signatures\/[\w-]{43}/.exec(confirmed.headers.get("location")!)![0];
  const receipt = await receiptOf(own);
  assert.equal(receipt.private?.owner, undefined);
  const file = JSON.parse(await (await app.fetch(`${own}/receipt.json`)).text());
  file.private.owner = encodeBase64url(new Uint8Array(32).fill(8));
  assert.equal((await postWithReceipt(`${own}/withdraw`, JSON.stringify(file))).status, 422);
  file.private.owner = encodeBase64url(secret);
  assert.equal((await postWithReceipt(`${own}/withdraw`, JSON.stringify(file))).status, 303);

  const third = person({ email: "third@example.org" });
  await sign(app, letter.slug, third);
  const again = await app.post(await mailedLink(app, third.email!), { owner });
  await app.post(`${/\/signatures\/[\w-]{43}/.exec(again.headers.get("location")!)![0]}/withdraw`, {});
  assert.deepEqual(await history(), [
    "rev → 0",
    "sign → 1",
    "withdraw 1 own by its owner → 0",
    "sign → 1",
    "withdraw 3 own by its owner → 0",
    "sign → 1",
    "withdraw 5 own → 0",
  ]);
});

test("erased at once, after a withdrawal, by itself after thirty days, and not twice where the name was never shown", async () => {
  const own = await signAndConfirm(app, letter.slug, person());
  await app.post(`${own}/erase`, {});
  const second = await signAndConfirm(app, letter.slug, person({ email: "b@example.org" }));
  await app.post(`${second}/withdraw`, {});
  await app.post(`${second}/erase`, {});
  const third = await signAndConfirm(app, letter.slug, person({ email: "c@example.org" }));
  await app.post(`${third}/withdraw`, {});
  const quiet = await signAndConfirm(app, letter.slug, person({ email: "d@example.org", show: "no" }));
  await app.post(`${quiet}/erase`, {});
  app.pass(31 * day);
  await purgeSigning(app.db, app.deps.clock);
  await app.runJobs();
  assert.deepEqual(
    (await history()).map((line) => line.replace(" by its owner", "")),
    [
      "rev → 0",
      "sign → 1",
      "withdraw 1 own → 0",
      "erase 1 own → 0",
      "sign → 1",
      "withdraw 4 own → 0",
      "erase 4 own → 0",
      "sign → 1",
      "withdraw 7 own → 0",
      "sign → 1",
      "erase 9 own → 1",
      "withdraw 9 own → 0",
      "erase 7 rule → 0",
    ],
  );
});

test("put back, a signature is a new entry, with a new owner secret and a new receipt", async () => {
  const form = person();
  await signAndConfirm(app, letter.slug, form);
  const own = await mailedLink(app, form.email!, "signatures");
  const first = await receiptOf(own);
  await app.post(`${own}/withdraw`, {});
  const back = await app.post(`${own}/restore`, {});
  const renewed = /\/signatures\/[\w-]{43}/.exec(back.headers.get("location")!)![0];
  const second = await receiptOf(renewed);
  assert.notEqual(first.private?.owner, second.private?.owner);
  assert.notEqual(first.entry, second.entry);
  await app.post(`${renewed}/withdraw`, {});
  assert.deepEqual(await history(), [
    "rev → 0",
    "sign → 1",
    "withdraw 1 own by its owner → 0",
    "sign → 1",
    "withdraw 3 own by its owner → 0",
  ]);
});

test("closing comes after every signature; names go and documents are delivered afterwards", async () => {
  const own = await signAndConfirm(app, letter.slug, person());
  await app.db.updateTable("letter").set({ closes_on: "2020-01-01" }).where("id", "=", letter.id).execute();
  assert.equal(await closeLetters(app.db, app.deps.clock), 1);
  assert.equal(await closeLetters(app.db, app.deps.clock), 0);
  const document = encodeBase64url(nodeSha256(encodeUtf8("document")));
  await inTransaction(app.db, (trx) =>
    queueEvent(trx, { letterId: letter.id }, { t: "deliver", d: document }),
  );
  await app.post(`${own}/erase`, {});
  assert.deepEqual(await revise("Too late"), { problem: "letter-closed" });
  assert.deepEqual(
    (await history()).map((line) => line.replace(" by its owner", "")),
    ["rev → 0", "sign → 1", "close → 1", "deliver → 1", "withdraw 1 own → 0", "erase 1 own → 0"],
  );
});

test("a text that was revised between form and confirmation is asked anew", async () => {
  const form = person();
  await sign(app, letter.slug, form);
  const link = await mailedLink(app, form.email!);
  await revise("Answer Every Letter");
  // The page that had been open before, and a mail program without the page: neither signs the new text.
  for (const fields of [{ revision: "1" }, {}] as Record<string, string>[]) {
    const refused = await app.post(`${link}?lang=en`, fields);
    assert.equal(refused.status, 200);
    assert.match(await refused.text(), /Answer Every Letter/);
  }
  assert.deepEqual(await history(), ["rev → 0", "rev → 0"]);
  const page = await (await app.fetch(`${link}?lang=en`)).text();
  const shown = /name="revision" value="(\d+)"/.exec(page)?.[1];
  assert.equal(shown, "2");
  assert.equal((await app.post(link, { revision: shown })).status, 303);
  assert.deepEqual(await history(), ["rev → 0", "rev → 0", "sign → 1"]);
  const [, revision, signed] = await entries();
  assert.ok(revision?.t === "rev" && signed?.t === "sign");
  assert.equal(signed.r, revision.r);
});

test("letters without an open text are in the log too", async () => {
  await app.letter({ ...openLetter, slug: `archived-${letters}`, state: "archived", date: { year: 2019 } });
  await assertLogHolds(app);
});
