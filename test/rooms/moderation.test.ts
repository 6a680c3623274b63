/** Signatures that are held for a look: what holds them, and what becomes of them. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { sql } from "kysely";
import { closeLetters } from "../../src/letters/close.ts";
import { type Decided, decideDescribed, decideNamed, undoDecision } from "../../src/signing/decide.ts";
import { carryOutStep } from "../../src/signing/decide-in-steps.ts";
import type { Decider, Ruling } from "../../src/signing/decision.ts";
import { purgeSigning } from "../../src/signing/purge.ts";
import { recountLetters } from "../../src/signing/recount.ts";
import { listWatched, setWatchList } from "../../src/signing/watch-list.ts";
import type { TestApp } from "../support/app.ts";
import { accountOf, setUp } from "../support/desk.ts";
import { assertCounts, heldLetter, reasonsOf, signatureOf, signHeld } from "../support/moderation.ts";
import { publishRevision } from "../support/revise.ts";
import { assertLogHolds, entriesOf } from "../support/served-log.ts";
import {
  day,
  mailedLink,
  mailsTo,
  namesOf,
  openLetter,
  organisation,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
  yesOf,
} from "../support/signing.ts";
import { meet } from "../support/waiting.ts";

type Facts = Record<string, number>;

let app: TestApp;
let actor: Decider;
let letter: { id: string; slug: string };
let letters = 0;

before(async () => {
  app = await startSigningApp();
  await setUp(app);
  const { id, name } = await accountOf(app, "Ada Byron");
  actor = { id, name };
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});
beforeEach(async () => {
  letters += 1;
  letter = await heldLetter(app, `held-${letters}`);
});

const page = async (path: string) => (await app.fetch(`${path}?lang=en`)).text();
const watch = (names: string[]) => setWatchList(app.db, app.deps.clock, actor, names);
const accept: Ruling = { verdict: "accept" };
const refuse: Ruling = { verdict: "refuse", reason: "not-real", note: null, told: true };

/** Decides, and does what follows. */
async function decide(
  ids: readonly string[],
  ruling: Ruling,
  letterId = letter.id,
  state: "held" | "accepted" | "refused" = "held",
): Promise<Decided> {
  const { db, keys, clock } = app.deps;
  const decided = await decideNamed(db, keys, clock, actor, letterId, { ids, state }, ruling);
  assert.ok(!("problem" in decided), JSON.stringify(decided));
  await app.runJobs();
  return decided;
}

async function undo(decisionId: string): Promise<void> {
  const undone = await undoDecision(app.db, app.deps.clock, actor, decisionId);
  assert.ok(!("problem" in undone), JSON.stringify(undone));
  await app.runJobs();
}

const kindsOfEntries = async () =>
  (await entriesOf(app)).map((entry) => (JSON.parse(Buffer.from(entry).toString()) as { t: string }).t);

describe("what is held", () => {
  test("neither stands on the list, nor counts, nor is in the log; its page and a mail say so", async () => {
    const before = (await kindsOfEntries()).length;
    const { own } = await signHeld(app, letter, person());
    assert.deepEqual(await namesOf(app, letter.id), []);
    assert.doesNotMatch(await page(`/letters/${letter.slug}`), /Ada Byron/);
    assert.equal((await kindsOfEntries()).length, before);
    await assertCounts(app, letter.id);
    const shown = await page(own);
    assert.match(shown, /The organisers look at it first/);
    assert.match(shown, /Ada Byron/);
    const [mail] = await mailsTo(app, "ada@example.org");
    assert.equal(mail!.subject, "Your signature is being looked at: Answer Your Letters");
    assert.match(await page(await mailedLink(app, "ada@example.org", "signatures")), /look at it first/);
    assert.equal(((await (await app.fetch(`${own}?as=json`)).json()) as { name: string }).name, "Ada Byron");
  });

  test("can be taken back by its signatory, and nothing is left of it", async () => {
    const { own, id } = await signHeld(app, letter, person({ email: "back@example.org" }));
    assert.equal((await app.post(`${own}/withdraw`, {})).status, 303);
    const row = await app.db
      .selectFrom("signature")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    assert.deepEqual([row.state, row.name, row.email_hash], ["withdrawn", null, null]);
    assert.match(await page(own), /was withdrawn/);
    await assertCounts(app, letter.id);
    await signHeld(app, letter, person({ email: "back@example.org" }));
    await assertCounts(app, letter.id);
  });

  test("that is sent once more gets the same mail again, and stays as it is", async () => {
    const form = person({ email: "again@example.org" });
    const { id } = await signHeld(app, letter, form);
    await sign(app, letter.slug, { ...form, name: "Eve" });
    const [first, second] = await mailsTo(app, form.email!);
    assert.equal(first!.subject, second!.subject);
    assert.equal((await signatureOf(app, letter.id, form.email!)).id, id);
  });
});

describe("why", () => {
  test("a letter holds people, organisations, both or none", async () => {
    const open = await app.letter({ ...openLetter, slug: `open-${letters}` });
    await signAndConfirm(app, open.slug, person());
    await signAndConfirm(app, open.slug, organisation());
    assert.equal((await namesOf(app, open.id)).length, 2);
    await app.db
      .insertInto("letter_moderation")
      .values({ letter_id: open.id, hold_people: true, hold_organisations: false })
      .execute();
    const { id } = await signHeld(app, open, person({ email: "held@example.org" }));
    assert.deepEqual(await reasonsOf(app, id), ["rule"]);
    await signAndConfirm(app, open.slug, organisation({ email: "a@guild.example" }));
    assert.equal((await namesOf(app, open.id)).length, 3);
  });

  test("an organisation's address has to be at the domain of its website", async () => {
    const open = await app.letter({ ...openLetter, slug: `domains-${letters}` });
    const cases: [string, string, boolean][] = [
      ["a@guild.example", "https://guild.example/", true],
      ["b@mail.guild.example", "https://www.guild.example/about", true],
      ["c@admin.uni.ac.uk", "https://law.uni.ac.uk/", true],
      ["d@other.ac.uk", "https://law.uni.ac.uk/", false],
      ["e@guild-example.org", "https://guild.example/", false],
      ["f@gmail.com", "https://gmail.com/", false],
      ["g@two.github.io", "https://one.github.io/", false],
      ["h@evil.co.uk", "https://co.uk/", false],
      ["i@bücher.example", "https://bücher.example/", true],
      ["j@пример.рф", "https://www.пример.рф/", true],
    ];
    for (const [email, website, atHome] of cases) {
      await signAndConfirm(app, open.slug, organisation({ email, website, organisation: `Of ${email[0]}` }));
      const rows = await app.db
        .selectFrom("signature")
        .select("state")
        .where("letter_id", "=", open.id)
        .where("name", "=", `Of ${email[0]}`)
        .execute();
      assert.deepEqual(rows, [{ state: atHome ? "accepted" : "held" }], `${email} ${website}`);
    }
  });

  test("a watched name holds whoever bears it or speaks for it, however it is varied", async () => {
    await watch(["Elon Musk", "J. K. Rowling", "Micky Mouse", "Sample Institute", "Müller", "  "]);
    assert.deepEqual(await listWatched(app.db), [
      "Elon Musk",
      "J. K. Rowling",
      "Micky Mouse",
      "Müller",
      "Sample Institute",
    ]);
    const open = await app.letter({ ...openLetter, slug: `watched-${letters}` });
    const cases: [Record<string, string>, string | undefined][] = [
      [{ name: "Elon Musk" }, "Elon Musk"],
      [{ name: "ELON R. MUSK" }, "Elon Musk"],
      [{ name: "Musk, Elon" }, "Elon Musk"],
      [{ name: "ElonMusk" }, "Elon Musk"],
      [{ name: "Elоn Musk" }, "Elon Musk"], // with a Cyrillic о
      [{ name: "Micky M0use" }, "Micky Mouse"],
      [{ name: "Mikcy Mous" }, "Micky Mouse"],
      [{ name: "JK Rowling" }, "J. K. Rowling"],
      [{ name: "Joanne Kathleen Rowling" }, "J. K. Rowling"],
      [{ name: "Ada", affiliation: "The Sample Institute" }, "Sample Institute"],
      [{ name: "Anna Muller" }, "Müller"],
      [{ name: "Elоn МUSК" }, "Elon Musk"], // with Cyrillic о, М and К
      [{ name: "Elon Μusk" }, "Elon Musk"], // with a Greek Μ
      [{ name: "EIon Musk" }, "Elon Musk"], // with a capital i
      [{ name: "ꓰꓡꓳꓠ ꓟꓴꓢꓗ" }, "Elon Musk"], // all Lisu
      [{ name: "Elon Мuѕk, ᴍᴜꜱᴋ" }, "Elon Musk"], // with small capitals
      [{ name: "Mr El on Mu sk" }, "Elon Musk"],
      [{ name: "🅴🅻🅾🅽 Musk" }, "Elon Musk"],
      [{ name: "Elon Rnusk" }, undefined],
      [{ name: "Elon rnusk" }, "Elon Musk"],
      [{ name: "Elon Smith" }, undefined],
      [{ name: "Anna Rowling" }, undefined],
      [{ name: "Musketeer Elongated" }, undefined],
    ];
    for (const [at, [fields, expected]] of cases.entries()) {
      const form = person({ email: `watched${at}@example.org`, affiliation: "", ...fields });
      await signAndConfirm(app, open.slug, form);
      const { id, state } = await signatureOf(app, open.id, form.email!);
      assert.equal(state, expected ? "held" : "accepted", fields.name);
      if (!expected) continue;
      const hold = await app.db
        .selectFrom("signature_hold")
        .select(["reasons", "watched"])
        .where("signature_id", "=", id)
        .executeTakeFirstOrThrow();
      assert.deepEqual(hold, { reasons: ["watched"], watched: expected });
    }
    const acts = await app.db
      .selectFrom("act")
      .selectAll()
      .where("act", "=", "site.watch-list")
      .orderBy("id")
      .execute();
    assert.deepEqual(acts.at(-1)!.after, { names: 5, added: 5, removed: 0 });
    await watch([]);
  });

  test("two who set the list at the same moment go one after the other, and the history says what each changed", async () => {
    await watch(["Elon Musk"]);
    await meet(app.db, (trx) => sql`lock table watched_name in share row exclusive mode`.execute(trx), [
      () => watch(["Ada Byron", "Micky Mouse"]),
      () => watch(["Elon Musk", "Micky Mouse", "Rosa Reader"]),
    ]);
    const acts = await app.db
      .selectFrom("act")
      .select(["before", "after"])
      .where("act", "=", "site.watch-list")
      .orderBy("id")
      .execute();
    const [first, second] = acts.slice(-2) as { before: Facts; after: Facts }[];
    assert.equal(first!.before.names, 1);
    assert.equal(second!.before.names, first!.after.names);
    assert.equal(second!.after.names, second!.before.names! + second!.after.added! - second!.after.removed!);
    await watch([]);
  });

  test("an address that was refused before is held, whatever the letter's rule", async () => {
    const open = await app.letter({ ...openLetter, slug: `refused-${letters}` });
    const form = person({ email: "twice@example.org" });
    await signAndConfirm(app, open.slug, form);
    await decide([(await signatureOf(app, open.id, form.email!)).id], refuse, open.id, "accepted");
    app.pass(1000);
    const { id } = await signHeld(app, open, form);
    assert.deepEqual(await reasonsOf(app, id), ["again"]);
    await assertCounts(app, open.id);
  });
});

describe("putting back what was withdrawn", () => {
  test("is looked at as a new signature is: nobody comes by it under a rule that was made since", async () => {
    const open = await app.letter({ ...openLetter, slug: `back-${letters}` });
    const form = person({ email: "forger@example.org" });
    const own = await signAndConfirm(app, open.slug, form);
    await app.post(`${own}/withdraw`, {});
    await watch([form.name!]);
    const entries = (await kindsOfEntries()).length;
    const back = (await app.post(`${own}/restore`, {})).headers.get("location")!;
    await watch([]);
    assert.deepEqual(await namesOf(app, open.id), []);
    assert.equal((await kindsOfEntries()).length, entries);
    const { id, state } = await signatureOf(app, open.id, form.email!);
    assert.equal(state, "held");
    assert.deepEqual(await reasonsOf(app, id), ["watched"]);
    assert.match(await page(back), /look at it first/);
    await assertCounts(app, open.id);
    await decide([id], accept, open.id);
    assert.deepEqual(await namesOf(app, open.id), ["Ada Byron"]);
    await assertCounts(app, open.id);
  });

  test("of an address that was refused meanwhile is held; of one that the desk had found good, it is not", async () => {
    const open = await app.letter({ ...openLetter, slug: `refused-back-${letters}` });
    const form = person({ email: "thrice@example.org" });
    const first = await signAndConfirm(app, open.slug, form);
    await app.post(`${first}/withdraw`, {});
    app.pass(1000);
    await signAndConfirm(app, open.slug, form);
    const second = (await signatureOf(app, open.id, form.email!)).id;
    await decide([second], refuse, open.id, "accepted");
    await app.post(`${first}/restore`, {});
    assert.deepEqual(await namesOf(app, open.id), []);
    await assertCounts(app, open.id);

    const { own, id } = await signHeld(app, letter, person());
    await decide([id], accept);
    await app.post(`${own}/withdraw`, {});
    await app.post(`${own}/restore`, {});
    assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
    await assertCounts(app, letter.id);
  });
});

describe("accepting", () => {
  test("lets it stand under the letter, with the secret of the browser that confirmed, and mails the receipt", async () => {
    const form = person({ email: "secret@example.org" });
    await sign(app, letter.slug, form);
    const secret = randomBytes(32);
    const owner = createHash("sha256").update("undersigned/v1/owner\0").update(secret).digest("base64url");
    await app.post(await mailedLink(app, form.email!), { owner });
    await app.runJobs();
    const { id } = await signatureOf(app, letter.id, form.email!);
    await decide([id], accept);
    assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
    await assertCounts(app, letter.id);
    const [mail] = await mailsTo(app, form.email!);
    assert.equal(mail!.subject, "You have signed: Answer Your Letters");
    const own = await mailedLink(app, form.email!, "signatures");
    assert.match(await page(own), /Your signature/);
    assert.match(await page(`${own}/receipt`), new RegExp(`data-owner="${owner}"`));
    const last = JSON.parse(Buffer.from((await entriesOf(app)).at(-1)!).toString()) as {
      t: string;
      u: string;
    };
    assert.deepEqual([last.t, last.u], ["sign", owner]);
  });

  test("of one that is gone meanwhile, or accepted, changes nothing", async () => {
    const { own, id } = await signHeld(app, letter, person());
    await app.post(`${own}/withdraw`, {});
    assert.equal((await decide([id], accept)).count, 0);
    const other = await signHeld(app, letter, person({ email: "other@example.org" }));
    assert.equal((await decide([other.id], accept)).count, 1);
    assert.equal((await decide([other.id], accept)).count, 0);
    await assertCounts(app, letter.id);
  });

  test("moves no name to a text that was revised meanwhile: the signatory is asked once more, and held no second time", async () => {
    const form = person({ email: "moved@example.org" });
    const { own, id } = await signHeld(app, letter, form);
    const texts = openLetter.translations.map((text) => ({ ...text, body: "Answer within a week." }));
    assert.deepEqual(await publishRevision(app.db, app.deps.clock, letter.id, texts), { revision: 2 });
    await decide([id], accept);
    const row = await signatureOf(app, letter.id, form.email!);
    assert.deepEqual([row.state, row.revision], ["pending", 1]);
    assert.deepEqual(await namesOf(app, letter.id), []);
    assert.match(await page(own), /the text of the letter has changed/);
    await assertCounts(app, letter.id);
    const [mail] = await mailsTo(app, form.email!);
    assert.match(mail!.subject, /^The text has changed/);
    const link = await mailedLink(app, form.email!);
    assert.match(await page(link), /revised/);
    await app.post(link, await yesOf(app, link));
    const accepted = await signatureOf(app, letter.id, form.email!);
    assert.deepEqual([accepted.state, accepted.revision], ["accepted", 2]);
    await assertCounts(app, letter.id);
  });

  test("taken back before those who were asked once more have answered: they are held when they do", async () => {
    const form = person({ email: "asked@example.org" });
    const { id } = await signHeld(app, letter, form);
    const texts = openLetter.translations.map((text) => ({ ...text, body: "Answer within a week." }));
    await publishRevision(app.db, app.deps.clock, letter.id, texts);
    const { decisionId } = await decide([id], accept);
    await undo(decisionId);
    const decision = await app.db
      .selectFrom("decision")
      .select(["touched", "expected"])
      .where("undoes", "=", decisionId)
      .executeTakeFirstOrThrow();
    assert.deepEqual(decision, { touched: 1, expected: 1 });
    const again = await mailedLink(app, form.email!);
    await app.post(again, await yesOf(app, again));
    assert.equal((await signatureOf(app, letter.id, form.email!)).state, "held");
    await assertCounts(app, letter.id);
  });

  test("taken back after somebody has withdrawn: what they put back is held", async () => {
    const form = person({ email: "away@example.org" });
    const { id } = await signHeld(app, letter, form);
    const { decisionId } = await decide([id], accept);
    const own = await mailedLink(app, form.email!, "signatures");
    await app.post(`${own}/withdraw`, { sure: "yes" });
    await undo(decisionId);
    await app.post(`${own}/restore`, {});
    assert.equal((await signatureOf(app, letter.id, form.email!)).state, "held");
    await assertCounts(app, letter.id);
  });

  test("taken back reaches those who withdrew and came back, and those who confirmed another text", async () => {
    const away = person({ email: "back@example.org" });
    const asked = person({ email: "again@example.org" });
    const first = await signHeld(app, letter, away);
    const { decisionId } = await decide([first.id], accept);
    const own = await mailedLink(app, away.email!, "signatures");
    await app.post(`${own}/withdraw`, { sure: "yes" });
    await app.post(`${own}/restore`, {});
    assert.equal((await signatureOf(app, letter.id, away.email!)).state, "accepted");
    await undo(decisionId);
    assert.equal((await signatureOf(app, letter.id, away.email!)).state, "held");

    const second = await signHeld(app, letter, asked);
    const texts = openLetter.translations.map((text) => ({ ...text, body: "Answer within a week." }));
    await publishRevision(app.db, app.deps.clock, letter.id, texts);
    const other = await decide([second.id], accept);
    const again = await mailedLink(app, asked.email!);
    await app.post(again, await yesOf(app, again));
    assert.equal((await signatureOf(app, letter.id, asked.email!)).state, "accepted");
    await undo(other.decisionId);
    assert.equal((await signatureOf(app, letter.id, asked.email!)).state, "held");
    await assertCounts(app, letter.id);
  });

  test("can be taken back: the log says that it was withdrawn by rule, and it is looked at anew", async () => {
    const { id } = await signHeld(app, letter, organisation({ show: "yes" }));
    const { decisionId } = await decide([id], accept);
    assert.equal((await namesOf(app, letter.id)).length, 1);
    await undo(decisionId);
    assert.deepEqual(await namesOf(app, letter.id), []);
    await assertCounts(app, letter.id);
    const last = JSON.parse(Buffer.from((await entriesOf(app)).at(-1)!).toString()) as object;
    assert.deepEqual(
      { ...last, i: 0, l: "", n: 0, s: 0 },
      { i: 0, l: "", n: 0, s: 0, t: "withdraw", v: 1, y: "rule" },
    );
    const once = await undoDecision(app.db, app.deps.clock, actor, decisionId);
    assert.deepEqual(once, { problem: "already-undone" });
    await decide([id], accept);
    assert.equal((await namesOf(app, letter.id)).length, 1);
    await assertCounts(app, letter.id);
    await assertLogHolds(app);
  });
});

describe("refusing", () => {
  test("of what was held when it was seen passes over what a colleague has accepted since", async () => {
    const { id } = await signHeld(app, letter, person({ email: "seen@example.org" }));
    await decide([id], accept);
    assert.equal((await decide([id], refuse)).count, 0);
    assert.equal((await signatureOf(app, letter.id, "seen@example.org")).state, "accepted");
    assert.deepEqual(await namesOf(app, letter.id), ["Ada Byron"]);
    await assertCounts(app, letter.id);
  });

  test("tells the signatory why, by mail and on the private page", async () => {
    const form = person({ email: "refused@example.org" });
    const { own, id } = await signHeld(app, letter, form);
    await decide([id], { ...refuse, reason: "impersonation", note: "We asked the person." } as Ruling);
    assert.deepEqual(await namesOf(app, letter.id), []);
    const [mail] = await mailsTo(app, form.email!);
    assert.match(mail!.text, /in the name of somebody else.*“We asked the person\.”/s);
    assert.match(await page(own), /was not accepted.*in the name of somebody else.*We asked the person/s);
    await assertCounts(app, letter.id);
  });

  test("for abuse sends no mail, but the private page says so", async () => {
    const form = person({ email: "abuse@example.org" });
    const { own, id } = await signHeld(app, letter, form);
    const mails = (await mailsTo(app, form.email!)).length;
    await decide([id], { ...refuse, reason: "abuse", told: false } as Ruling);
    assert.equal((await mailsTo(app, form.email!)).length, mails);
    assert.match(await page(own), /was not accepted/);
  });

  test("can be taken back for thirty days; then everything personal is erased", async () => {
    const { id } = await signHeld(app, letter, person({ email: "undone@example.org" }));
    const { decisionId } = await decide([id], refuse);
    await undo(decisionId);
    assert.equal((await signatureOf(app, letter.id, "undone@example.org")).state, "held");
    const again = await decide([id], { ...refuse, note: "No." } as Ruling);
    app.pass(31 * day);
    await purgeSigning(app.db, app.deps.clock);
    const row = await app.db
      .selectFrom("signature")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    assert.deepEqual([row.state, row.name, row.email_hash], ["refused", null, null]);
    const { note } = await app.db
      .selectFrom("decision")
      .select("note")
      .where("id", "=", again.decisionId)
      .executeTakeFirstOrThrow();
    assert.equal(note, null);
    const late = await undoDecision(app.db, app.deps.clock, actor, again.decisionId);
    assert.deepEqual(late, { problem: "nothing-found" });
    await assertCounts(app, letter.id);
  });

  test("is not taken back for an address that has signed again since", async () => {
    const form = person({ email: "since@example.org" });
    const { id } = await signHeld(app, letter, form);
    const { decisionId } = await decide([id], refuse);
    app.pass(1000);
    const next = await signHeld(app, letter, form);
    await undo(decisionId);
    const rows = await app.db
      .selectFrom("signature")
      .select("state")
      .where("id", "in", [id, next.id])
      .orderBy("created_at")
      .execute();
    assert.deepEqual(
      rows.map(({ state }) => state),
      ["refused", "held"],
    );
  });

  test("takes down what was accepted, and the log gives the reason", async () => {
    const open = await app.letter({ ...openLetter, slug: `down-${letters}` });
    const own = await signAndConfirm(app, open.slug, person({ email: "down@example.org" }));
    const { id } = await signatureOf(app, open.id, "down@example.org");
    await decide([id], { ...refuse, reason: "impersonation" } as Ruling, open.id, "accepted");
    assert.deepEqual(await namesOf(app, open.id), []);
    const last = JSON.parse(Buffer.from((await entriesOf(app)).at(-1)!).toString()) as {
      t: string;
      y: string;
    };
    assert.deepEqual([last.t, last.y], ["withdraw", "impersonation"]);
    assert.equal((await app.post(`${own}/erase`, {})).status, 303);
    assert.match(await page(own), /was erased on/);
    await assertCounts(app, open.id);
    await assertLogHolds(app);
  });
});

describe("many at once", () => {
  const described = (condition: object) => ({
    letterId: letter.id,
    condition: { until: app.deps.clock().toISOString(), ...condition },
  });
  async function decideAll(condition: object, ruling: Ruling = accept): Promise<Decided> {
    const { db, keys, clock } = app.deps;
    const decided = await decideDescribed(db, keys, clock, actor, described(condition), ruling);
    assert.ok(!("problem" in decided), JSON.stringify(decided));
    await app.runJobs();
    return decided;
  }
  const states = async () =>
    Object.fromEntries(
      (
        await app.db
          .selectFrom("signature")
          .select(["name", "state"])
          .where("letter_id", "=", letter.id)
          .execute()
      ).map(({ name, state }) => [name, state]),
    );

  test("are those that the condition describes, and no other; one act, and one that takes it back", async () => {
    await signHeld(app, letter, person({ email: "a@uni.example", name: "A", country: "CH" }));
    await signHeld(app, letter, person({ email: "b@uni.example", name: "B", country: "GB" }));
    await signHeld(app, letter, person({ email: "c@else.example", name: "C", country: "CH" }));
    await signHeld(app, letter, organisation({ email: "d@uni.example", organisation: "D", country: "CH" }));
    const before = (await app.db.selectFrom("act").selectAll().execute()).length;
    const decided = await decideAll({ domain: "uni.example", country: "CH", kind: "person", reason: "rule" });
    assert.equal(decided.count, 1);
    assert.deepEqual(await states(), { A: "accepted", B: "held", C: "held", D: "held" });
    const acts = await app.db.selectFrom("act").selectAll().orderBy("id").execute();
    assert.equal(acts.length, before + 1);
    assert.deepEqual(acts.at(-1)!.after, {
      signatures: 1,
      condition: "domain; country: CH; kind: person; reason: rule",
    });
    assert.equal(acts.at(-1)!.letter_id, letter.id);
    await undo(decided.decisionId);
    assert.deepEqual(await states(), { A: "held", B: "held", C: "held", D: "held" });
    await assertCounts(app, letter.id);
  });

  test("are what was held at the preview: what came later is not touched", async () => {
    await signHeld(app, letter, person({ email: "early@example.org", name: "Early" }));
    const until = app.deps.clock().toISOString();
    app.pass(1000);
    await signHeld(app, letter, person({ email: "late@example.org", name: "Late" }));
    await decideAll({ until });
    assert.deepEqual(await states(), { Early: "accepted", Late: "held" });
  });

  test("may be more than one step: all are reached once, and undone once", async () => {
    for (let n = 0; n < 4; n++)
      await signHeld(app, letter, person({ email: `n${n}@example.org`, name: `N${n}` }));
    // The same as signed by many, whose mail servers refuse all mail.
    await app.db.executeQuery(
      (await import("kysely")).sql`
        with copied as (
          insert into signature (id, letter_id, revision, kind, state, name, name_folded, country, show, updates, language,
                                 email_sealed, email_hash, created_at, held_at, undeliverable_at)
          select gen_random_uuid(), letter_id, revision, kind, state, name || n, name_folded, country, show, updates,
                 language, email_sealed, sha256(email_hash || n::text::bytea), created_at, held_at, created_at
          from signature, generate_series(1, 60) n where letter_id = ${letter.id} returning id)
        insert into signature_hold (signature_id, reasons, domain_hash) select id, array['rule'], '\\x00' from copied
      `.compile(app.db),
    );
    await recountLetters(app.db);
    const { decisionId, count } = await decideAll({});
    assert.equal(count, 244);
    assert.equal((await namesOf(app, letter.id)).length, 244);
    const row = () =>
      app.db.selectFrom("decision").selectAll().where("id", "=", decisionId).executeTakeFirstOrThrow();
    assert.deepEqual([(await row()).touched, (await row()).expected], [244, 244]);
    await assertCounts(app, letter.id);
    await undo(decisionId);
    assert.equal((await namesOf(app, letter.id)).length, 0);
    await assertCounts(app, letter.id);
    await assertLogHolds(app);
  });

  test("are none where nothing is described so", async () => {
    const { db, keys, clock } = app.deps;
    const nothing = await decideDescribed(db, keys, clock, actor, described({ country: "FR" }), accept);
    assert.deepEqual(nothing, { problem: "nothing-found" });
  });
});

test("two decisions about one address are taken back at once while it signs again: one entry is left, and no error", async () => {
  const { db, keys, clock } = app.deps;
  const form = person({ email: "thrice@example.org" });
  const decided: string[] = [];
  for (const name of ["First", "Second"]) {
    app.pass(1000);
    const { id } = await signHeld(app, letter, { ...form, name });
    decided.push((await decide([id], refuse)).decisionId);
  }
  const undone: string[] = [];
  for (const id of decided) {
    const back = await undoDecision(db, clock, actor, id);
    assert.ok("decisionId" in back);
    undone.push(back.decisionId);
  }
  // All three are under way before one of them can end.
  const ends = await meet(db, (trx) => sql`lock table desk_tally in exclusive mode`.execute(trx), [
    ...undone.map((decisionId) => async () => {
      await carryOutStep(db, keys, clock, { decisionId });
      return 303;
    }),
    async () => (await app.post(`/letters/${letter.slug}/sign`, { ...form, name: "Third" })).status,
  ]);
  assert.deepEqual(ends, [303, 303, 303]);
  await app.runJobs();
  const states = await db
    .selectFrom("signature")
    .select("state")
    .where("letter_id", "=", letter.id)
    .where("state", "<>", "refused")
    .execute();
  assert.equal(states.length, 1);
  await assertCounts(app, letter.id);
});

test("after the close nothing held is accepted any more: it is refused by itself, and its signatory told", async () => {
  const closing = await heldLetter(app, `closing-${letters}`, {
    closesOn: app.deps.clock().toISOString().slice(0, 10),
  });
  const form = person({ email: "closed@example.org" });
  const { own, id } = await signHeld(app, closing, form);
  app.pass(day);
  await closeLetters(app.db, app.deps.clock);
  const { db, keys, clock } = app.deps;
  const late = await decideNamed(db, keys, clock, actor, closing.id, { ids: [id], state: "held" }, accept);
  assert.deepEqual(late, { problem: "letter-closed" });
  assert.match(await page(own), /has closed before the organisers had looked/);
  await (await import("../../src/signing/decide-in-steps.ts")).refuseLeftOvers(db, keys, clock);
  await app.runJobs();
  assert.match((await mailsTo(app, form.email!))[0]!.text, /closed before the organisers had looked/);
  assert.match(await page(own), /was not accepted/);
  await assertCounts(app, closing.id);
});
