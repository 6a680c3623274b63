/** Signatories gathered elsewhere: from the file to mail, confirmation and the way back, through the doors of the desk. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { setWatchList } from "../../src/signing/watch-list.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { actsOf, join, leadsTo, setUp, signedIn, type Visitor } from "../support/desk.ts";
import { letterInput } from "../support/letter-input.ts";
import { startMailServer } from "../support/mail-server.ts";
import { listOf } from "../support/signatories-csv.ts";
import {
  confirm,
  day,
  mailedLink,
  mailsTo,
  namesOf,
  openLetter,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
  tallyOf,
} from "../support/signing.ts";
import { meet } from "../support/waiting.ts";

let app: TestApp;
let owner: Visitor;
let mo: Visitor;
let id: string;
let slug: string;
const base = () => `/desk/letters/${id}/signatures/import`;

before(async () => {
  app = await startSigningApp();
  owner = await setUp(app);
  mo = await join(app, owner, "moderator", "mo@example.org", "Mo Derator");
});
after(() => app.close());

async function newLetter(input: Partial<Parameters<TestApp["letter"]>[0]> = {}): Promise<void> {
  ({ id, slug } = await app.letter({
    ...openLetter,
    slug: `letter-${Math.random().toString(36).slice(2)}`,
    ...input,
  }));
}

/** Uploads a file. Returns the path of its page. */
async function upload(text: string | Buffer, name = "list.csv"): Promise<string> {
  const form = new FormData();
  form.append("text", "");
  form.append("file", new File([text], name, { type: "text/csv" }));
  const answer = await mo.postForm(base(), form);
  assert.equal(answer.status, 303, await answer.text());
  return answer.headers.get("location")!;
}

const asking = { mode: "ask", kind: "person", show: "yes", country: "", dates: "dmy", language: "en" };

/** What the columns of the test's lists mean, as the page guesses it. */
const columns = Object.fromEntries(
  [
    "date",
    "first-name",
    "last-name",
    "email",
    "kind",
    "organisation",
    "role",
    "website",
    "country",
    "show",
  ].map((field, index) => [`column-${index}`, field]),
);

/** Says what is to be done, and brings the file in. Returns the path of the import. */
async function run(file: string, fields: Record<string, string>): Promise<string> {
  leadsTo(await mo.post(file, fields), `${file}/check`);
  const answer = await mo.post(`${file}/check`);
  assert.equal(answer.status, 303, await answer.text());
  return answer.headers.get("location")!;
}

/** Lets the pause between mails pass, and sends the next few. */
async function sendMore(): Promise<void> {
  await sql`update graphile_worker._private_jobs set run_at = now() where run_at > now()`.execute(app.db);
  await app.runJobs();
}

const importRow = async (path: string) =>
  app.db
    .selectFrom("signature_import")
    .selectAll()
    .where("id", "=", path.split("/").at(-1)!)
    .executeTakeFirstOrThrow();

test("a list of 5,000 with 40 bad rows: checked, brought in whole, each asked once, and what became of them counted", async () => {
  await newLetter();
  const { text, badRows } = listOf(5_000, 40);
  const file = await upload(text);
  const stored = await app.db.selectFrom("import_upload").select("sealed").executeTakeFirstOrThrow();
  assert.ok(!stored.sealed.includes("people1.example"), "the file lies sealed");

  const plan = await (await mo.get(file)).text();
  for (const [name, field] of Object.entries(columns))
    assert.match(plan, new RegExp(`id="${name}".*?<option value="${field}" selected>`, "s"), name);
  leadsTo(await mo.post(file, { ...asking, ...columns }), `${file}/check`);
  const check = await (await mo.get(`${file}/check`)).text();
  assert.match(check, /Can come in<\/dt><dd>4,960/);
  assert.match(check, /To be mended<\/dt><dd>40/);
  assert.match(check, /the file comes in once/);
  for (const row of badRows)
    assert.match(check, new RegExp(`Row ${row.toLocaleString("en-GB")}<`), String(row));
  assert.equal(
    (await app.db.selectFrom("signature").select("id").where("letter_id", "=", id).execute()).length,
    0,
  );

  const csv = await (await mo.get(`${file}/rows.csv`)).text();
  assert.match(csv, /^Timestamp,First name,.*,To mend\r\n/);
  assert.ok(
    !/(?:^|,|")[=+@-]/m.test(csv.replace(/^.*?\r\n/, "").replaceAll("\n", " ")),
    "no cell is a formula",
  );
  assert.match(csv, /'=cmd/);

  const made = (await mo.post(`${file}/check`)).headers.get("location")!;
  assert.match(made, /\/import\/[0-9a-f-]{36}$/);
  assert.equal((await mo.get(file)).status, 404, "the file is deleted");
  leadsTo(await mo.post(`${file}/check`), base());
  const rows = await app.db
    .selectFrom("signature")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("letter_id", "=", id)
    .where("state", "=", "pending")
    .executeTakeFirstOrThrow();
  assert.equal(Number(rows.n), 4_960);
  assert.deepEqual(await tallyOf(app, id), { people: 0, organisations: 0, unnamed: 0 });

  await app.runJobs();
  const some = await importRow(made);
  assert.equal(some.asked, 100, "a few at a time");
  assert.match(await (await mo.get(made)).text(), /Emails on their way: 100 of 4,960/);

  const answered = await app.db
    .selectFrom("signature")
    .select(["id", "name", "email_sealed"])
    .where("letter_id", "=", id)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom("signature_token").select("hash").whereRef("signature_id", "=", "signature.id")),
    )
    .orderBy("id")
    .execute();
  const addresses = answered.map(({ email_sealed }) => app.deps.keys.open(email_sealed!));
  const [mail] = await mailsTo(app, addresses[0]!);
  assert.match(mail!.subject, /^Did you sign this\?/);
  assert.match(mail!.text, /Example Alliance has told us that you signed this open letter elsewhere/);
  assert.match(mail!.text, /The date noted there: \d+ October 2026/);
  assert.ok(!mail!.text.includes(answered[0]!.name!), "nothing that the list says of them");
  // Before newer mails push them out of the mailbox.
  const [link, denying, unanswered, wrong] = await Promise.all(
    addresses.slice(0, 4).map((address) => mailedLink(app, address)),
  );
  assert.match(await (await app.fetch(link!)).text(), /told us that you signed this letter elsewhere/);
  await confirm(app, link!);
  assert.equal((await tallyOf(app, id)).people + (await tallyOf(app, id)).organisations, 1);
  // What the list says of somebody is put right before it is confirmed; a form that anybody sends changes it no more.
  const right = person({ email: addresses[3]!, name: "Put Right" });
  assert.equal((await app.post(`${wrong}/correct`, right)).status, 303);
  await sign(app, slug, person({ email: addresses[3]!, name: "Somebody Else" }));
  const again = await mailedLink(app, addresses[3]!);
  assert.notEqual(again, wrong);
  const [, entry] = /Put Right[\s\S]*name="entry" value="([^"]+)"/.exec(
    await (await app.fetch(again)).text(),
  )!;
  assert.equal((await app.post(again, { entry: entry! })).status, 303);
  assert.ok((await namesOf(app, id)).includes("Put Right"));
  const denied = await app.post(`${denying}/not-me`, {});
  assert.equal(denied.status, 200);
  const counts = await importRow(made);
  assert.deepEqual(
    [counts.entered, counts.left_out, counts.confirmed, counts.denied, counts.pending],
    [4_960, 40, 2, 1, 4_957],
  );

  leadsTo(await mo.post(`${made}/take-back`), made);
  const back = await importRow(made);
  assert.deepEqual([back.pending, back.taken_back, back.confirmed], [0, 4_957, 2]);
  assert.equal((await app.fetch(unanswered!)).status, 404);
  assert.equal(
    (await tallyOf(app, id)).people + (await tallyOf(app, id)).organisations,
    2,
    "what was confirmed stays",
  );
  await sendMore();
  assert.equal((await importRow(made)).asked, 100, "nobody is asked any more");
  assert.deepEqual((await actsOf(app)).slice(0, 3), [
    "import.taken-back | Mo Derator | list.csv",
    "import.asked | Mo Derator | list.csv",
    "import.uploaded | Mo Derator | list.csv",
  ]);
  assert.match(await (await owner.get("/desk/history")).text(), /Signatories brought in, to be asked/);
});

test("who has an entry, or wants no mail, is left as they are; limits of an inbox hold, and mail comes later", async () => {
  await newLetter();
  await signAndConfirm(app, slug, person({ email: "signed@example.org", name: "Sig Ned" }));
  await sign(app, slug, person({ email: "pending@example.org", name: "Pen Ding" }));
  await sign(app, slug, person({ email: "never@example.org" }));
  await app.post(`${await mailedLink(app, "never@example.org")}/not-me`, {});
  const many = Array.from({ length: 5 }, (_, n) => `Tag ${n},tag+${n}@example.org,FR`);
  const list = [
    "Name,Email,Country",
    "A,signed@example.org,FR",
    "B,pending@example.org,FR",
    "C,NEVER@example.org,FR",
    ...many,
    "Tag again,tag+0@example.org,FR",
  ];
  const file = await upload(list.join("\n"));
  leadsTo(
    await mo.post(file, { ...asking, "column-0": "name", "column-1": "email", "column-2": "country" }),
    `${file}/check`,
  );
  const check = await (await mo.get(`${file}/check`)).text();
  assert.match(check, /want no email about it: left as they are<\/dt><dd>3</);
  assert.match(check, /Can come in<\/dt><dd>5</);
  assert.match(check, /Row 10 says the same as row 5/);
  const made = (await mo.post(`${file}/check`)).headers.get("location")!;
  await app.runJobs();
  assert.equal((await importRow(made)).asked, 3);
  assert.equal((await mailsTo(app, "never@example.org")).length, 1);
  assert.equal((await mailsTo(app, "pending@example.org")).length, 1);
  // The pause of the queue is the machine's, the hour is the clock's.
  await sendMore();
  assert.equal((await importRow(made)).asked, 3);
  app.pass(2 * 3_600_000);
  await app.db.updateTable("import_waiting").set({ due_at: app.deps.clock() }).execute();
  const { addJob } = await import("../../src/jobs/queue.ts");
  await addJob(app.db, "ask-imported", { importId: made.split("/").at(-1)! });
  await app.runJobs();
  assert.equal((await importRow(made)).asked, 5);

  // Somebody signs with the form instead: what waited for them lapses.
  const asked = await mailedLink(app, "tag+4@example.org");
  app.pass(1000);
  await sign(app, slug, person({ email: "tag+4@example.org", name: "Tag Four" }));
  const counts = await importRow(made);
  // The link that came by the import leads to it as well.
  assert.match(await (await app.fetch(`${asked}?lang=en`)).text(), /Step 2 of 2.*sent once more.*Tag Four/s);
  assert.deepEqual([counts.pending, counts.lapsed], [4, 1]);
});

test("two presses at the same moment bring a file in once; two workers ask each once; who signs meanwhile signs once", async () => {
  await newLetter();
  const people = Array.from({ length: 30 }, (_, n) => `Ann ${n};ann${n}@example.org;FR`);
  const file = await upload(["Name;Email;Country", ...people].join("\n"));
  await mo.post(file, { ...asking, "column-0": "name", "column-1": "email", "column-2": "country" });
  const answers = await Promise.all([
    mo.post(`${file}/check`),
    mo.post(`${file}/check`),
    app.post(`/letters/${slug}/sign`, person({ email: "ann7@example.org", name: "Ann Seven" })),
    app.post(`/letters/${slug}/sign`, person({ email: "ann8@example.org", name: "Ann Eight" })),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303, 303, 303],
  );
  const imports = await app.db
    .selectFrom("signature_import")
    .selectAll()
    .where("letter_id", "=", id)
    .execute();
  assert.equal(imports.length, 1);
  const pending = await app.db
    .selectFrom("signature")
    .select("email_hash")
    .where("letter_id", "=", id)
    .where("state", "=", "pending")
    .execute();
  assert.equal(pending.length, 30, "each address once");
  const { askNext } = await import("../../src/signing/import/ask.ts");
  const ask = () => askNext(app.db, app.deps.keys, app.deps.clock, imports[0]!.id);
  await Promise.all([ask(), ask(), ask()]);
  // A form that comes before the mail has gone out: it is about the form then.
  await sign(app, slug, person({ email: "ann3@example.org", name: "Ann Three" }));
  assert.match((await mailsTo(app, "ann3@example.org"))[0]!.text, /wrote this address into the form/);
  for (const one of [0, 3, 7, 8, 29]) assert.equal((await mailsTo(app, `ann${one}@example.org`)).length, 1);
  const made = await importRow(`/${imports[0]!.id}`);
  assert.equal(made.asked, made.entered - made.lapsed + 1);
});

test("entries that nobody answers lapse, and are counted", async () => {
  await newLetter();
  const file = await upload("Name;Email;Pays\nÉlodie;elodie@example.org;Suisse\n");
  const made = await run(file, { ...asking, "column-0": "name", "column-1": "email", "column-2": "country" });
  await app.runJobs();
  const at = app.deps.clock();
  app.pass(31 * day);
  const { purgeSigning } = await import("../../src/signing/purge.ts");
  assert.equal((await purgeSigning(app.db, app.deps.clock)).pending > 0, true);
  const counts = await importRow(made);
  assert.deepEqual([counts.pending, counts.lapsed], [0, 1]);
  app.pass(at.getTime() - app.deps.clock().getTime());
});

test("as reported: no address is kept, names are public apart from verified ones, and go as one act", async () => {
  await newLetter({ ...letterInput(), state: "archived" });
  mo = await signedIn(app, "Mo Derator");
  const { text } = listOf(500, 0);
  const file = await upload(text);
  assert.match(await (await mo.get(file)).text(), /Enter the names as reported/);
  assert.equal((await mo.post(file, { ...asking, ...columns })).status, 422, "the letter is not open");
  const made = await run(file, { ...asking, ...columns, mode: "report" });
  const counts = await importRow(made);
  // Every fifth does not want to be named.
  assert.deepEqual([counts.entered, counts.left_out, counts.pending], [400, 100, 0]);
  const rows = await app.db
    .selectFrom("reported_signatory")
    .selectAll()
    .where("letter_id", "=", id)
    .execute();
  assert.ok(!JSON.stringify(rows).includes("@"));
  const page = await (await app.fetch(`/letters/${slug}`)).text();
  assert.match(page, /University of Example/);
  assert.equal((page.match(/<li><b>/g) ?? []).length <= 105, true, "a page of names, not all");
  const json = (await (await app.fetch(`/letters/${slug}.json`)).json()) as {
    signatures: { total: number };
    reported: { named: number; names: unknown[] };
  };
  assert.deepEqual([json.signatures.total, json.reported.named], [0, 400]);
  assert.deepEqual(await namesOf(app, id), []);
  const found = await (await app.fetch(`/letters/${slug}/signatories?who=garcia+13`)).text();
  assert.match(found, /As reported<\/h3>\s*<p>\d+ names? ha(?:s|ve) .*García 131/s);
  assert.doesNotMatch(found, /No name on this list/);
  assert.match(
    await (await app.fetch(`/letters/${slug}/signatories?who=nobody`)).text(),
    /No name on this list/,
  );

  // The same file again brings nothing in.
  const again = await upload(text);
  await mo.post(again, { ...asking, ...columns, mode: "report" });
  assert.match(
    await (await mo.get(`${again}/check`)).text(),
    /Stand under this letter already<\/dt><dd>400</,
  );
  const refused = await mo.post(`${again}/check`);
  assert.equal(refused.status, 409);
  leadsTo(await mo.post(`${again}/discard`), `${base()}?done=discarded`);

  leadsTo(await mo.post(`${made}/take-back`), made);
  assert.equal(
    (await app.db.selectFrom("reported_signatory").select("name").where("letter_id", "=", id).execute())
      .length,
    0,
  );
  assert.doesNotMatch(await (await app.fetch(`/letters/${slug}`)).text(), /University of Example/);
  assert.match(await (await mo.get(made)).text(), /entries were taken back on/);
});

test("two files that are brought in at the same moment enter no name twice", async () => {
  await newLetter();
  const fields = { ...asking, "column-0": "name", "column-1": "country", mode: "report" };
  const list = "Name,Country\nAda Byron,GB\nRosa Reader,CH\n";
  // Not byte by byte the same: each waits by itself.
  const files = [await upload(list), await upload(`${list}\n`)];
  for (const file of files) leadsTo(await mo.post(file, fields), `${file}/check`);
  const answers = await meet(
    app.db,
    (trx) => sql`select from tally where letter_id = ${id} for update`.execute(trx),
    files.map((file) => () => mo.post(`${file}/check`)),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
  const names = await app.db
    .selectFrom("reported_signatory")
    .select("name")
    .where("letter_id", "=", id)
    .execute();
  assert.deepEqual(names.map(({ name }) => name).sort(), ["Ada Byron", "Rosa Reader"]);
});

test("a watched name stays out as reported unless it is let in, and is held when it is confirmed", async () => {
  const names = ["Mickey Mouse"];
  await setWatchList(app.db, app.deps.clock, "operator", names);
  await newLetter();
  const list = "Name,Email,Country\nMicky Mouse,micky@example.org,US\nAda Byron,ada@example.org,GB\n";
  const fields = { "column-0": "name", "column-1": "email", "column-2": "country" };
  const file = await upload(list);
  leadsTo(await mo.post(file, { ...asking, ...fields, mode: "report" }), `${file}/check`);
  const check = await (await mo.get(`${file}/check`)).text();
  await assertValidHtml(check, "check with a watched name");
  assert.match(check, /Row 2: .*Micky Mouse.* \(watched: .*Mickey Mouse/);
  assert.match(check, /stay out unless you tick them below: 1/);
  const reportedNames = async () => {
    const rows = await app.db
      .selectFrom("reported_signatory")
      .select("name")
      .where("letter_id", "=", id)
      .orderBy("position")
      .execute();
    return rows.map(({ name }) => name);
  };
  leadsTo(await mo.post(`${file}/check`), /import\//);
  assert.deepEqual(await reportedNames(), ["Ada Byron"]);
  // Looked at, and let in.
  const again = await upload(list);
  leadsTo(await mo.post(again, { ...asking, ...fields, mode: "report" }), `${again}/check`);
  leadsTo(await mo.post(`${again}/check`, { "row[]": "2" }), /import\//);
  assert.deepEqual(await reportedNames(), ["Ada Byron", "Micky Mouse"]);
  const { after: facts } = await app.db
    .selectFrom("act")
    .select("after")
    .where("act", "=", "import.reported")
    .where("letter_id", "=", id)
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  assert.deepEqual(facts, { entered: 1, "left-out": 1, watched: 1 });

  const made = await run(await upload(list), { ...asking, ...fields });
  await app.runJobs();
  const answer = await app.post(await mailedLink(app, "micky@example.org"), {});
  assert.equal(answer.status, 303);
  const { state } = await app.db
    .selectFrom("signature")
    .select("state")
    .where("letter_id", "=", id)
    .where("name", "=", "Micky Mouse")
    .executeTakeFirstOrThrow();
  assert.equal(state, "held");
  const counts = await importRow(made);
  assert.deepEqual([counts.confirmed, counts.pending], [1, 1]);
  const desk = await app.db
    .selectFrom("desk_tally")
    .selectAll()
    .where("letter_id", "=", id)
    .executeTakeFirstOrThrow();
  assert.deepEqual([desk.pending, desk.held], [1, 1]);
  await mo.post(`${made}/take-back`);
  const after = await app.db
    .selectFrom("desk_tally")
    .selectAll()
    .where("letter_id", "=", id)
    .executeTakeFirstOrThrow();
  assert.deepEqual([after.pending, after.held], [0, 1]);
});

test("files that are none of it are refused in words, and what was pasted comes back", async () => {
  await newLetter();
  const refused = async (file: Buffer | string, name: string, words: RegExp) => {
    const form = new FormData();
    form.append("file", new File([file], name));
    const answer = await mo.postForm(base(), form);
    assert.equal(answer.status, 422, name);
    assert.match(await answer.text(), words, name);
  };
  await refused(Buffer.from("PK\x03\x04\x14\x00\x06\x00", "latin1"), "list.xlsx", /choose “Save as”/);
  await refused(Buffer.from("d0cf11e0a1b11ae1", "hex"), "list.xls", /choose “Save as”/);
  await refused(Buffer.from("%PDF-1.7\n"), "list.csv", /This is not a CSV/);
  await refused("<table><tr><td>Name</td></tr></table>", "list.xls", /This is not a CSV/);
  await refused(Buffer.from("Name,E\0mail\nA,b\n"), "nul.csv", /This is not a CSV/);
  await refused(
    Buffer.from(Array.from({ length: 5_000 }, (_, n) => (n * 7919) % 256)),
    "noise.csv",
    /This is not a CSV/,
  );
  await refused(`Name\n${"x".repeat(70_000)}`, "long.csv", /Row 2 is too long/);
  await refused(`Name,Email\n"Ada,a@b.org\nBob,b@c.org\n`, "quote.csv", /never closed/);
  await refused("Name,Email\n", "none.csv", /no rows below/);
  await refused(`Name\n${"x\n".repeat(20_001)}`, "rows.csv", /more than 20,000 rows/);
  await refused(`${",".repeat(200)}\n`, "wide.csv", /more than 100 columns/);
  await refused("", "empty.csv", /There is nothing in the file/);
  await refused("\n".repeat(100_000), "blank.csv", /There is nothing in the file/);
  await refused("x".repeat(5 * 1024 * 1024 + 1), "large.csv", /larger than 5 MB/);
  await refused("x".repeat(8 * 1024 * 1024), "larger.csv", /larger than 5 MB/);
  const pasted = await mo.post(base(), { text: 'Name\tEmail\n"Ada' });
  assert.equal(pasted.status, 422);
  assert.match(await pasted.text(), /<textarea[^>]*>\n(?:Name\tEmail)/);
  assert.equal((await mo.post(base(), {})).status, 422);
  const strange = await mo.post(base(), {}, { "Content-Type": "text/plain" });
  assert.equal(strange.status, 415);
});

test("a form without multipart brings pasted rows, which are read by another sign where the person says so", async () => {
  await newLetter();
  const answer = await mo.post(base(), { text: "Name;Note\nAda;x, y\n" });
  const file = answer.headers.get("location")!;
  assert.match(await (await mo.get(file)).text(), /with semicolons between cells/);
  leadsTo(await mo.post(`${file}/read`, { encoding: "utf-8", delimiter: "," }), file);
  assert.match(await (await mo.get(file)).text(), /with commas between cells/);
  const wrong = await mo.post(file, { ...asking });
  assert.equal(wrong.status, 422);
  assert.match(await wrong.text(), /which column holds the name/);
  leadsTo(await mo.post(`${file}/discard`), `${base()}?done=discarded`);
  assert.equal((await mo.get(file)).status, 404);
});

test("an address that the mail server refuses is counted as undeliverable, and the page says so", async () => {
  const mail = await startMailServer();
  const other = await startSigningApp({ env: { SMTP_URL: mail.url } });
  try {
    const ada = await setUp(other);
    await other.runJobs();
    const letter = await other.letter(openLetter);
    const path = `/desk/letters/${letter.id}/signatures/import`;
    const text = "Name,Email,Country\nAda,gone@example.org,GB\nEva,here@example.org,FR\n";
    const file = (await ada.post(path, { text })).headers.get("location")!;
    await ada.post(file, { ...asking, "column-0": "name", "column-1": "email", "column-2": "country" });
    const made = (await ada.post(`${file}/check`)).headers.get("location")!;
    mail.answers.push(550);
    await other.runJobs();
    const page = await (await ada.get(made)).text();
    assert.match(page, /could not be delivered<\/dt><dd>1</);
    assert.match(page, /Without an answer<\/dt><dd>2</);
    assert.match(page, /All emails are on their way/);
    assert.ok(!other.lines.join("\n").includes("gone@example.org"));
  } finally {
    await other.close();
    await mail.close();
  }
});

test("the same file sent twice waits once, also when both come at the same moment", async () => {
  await newLetter();
  const list = "Name,Email\nAda,ada@example.org\n";
  const waiting = () => app.db.selectFrom("import_upload").select("id").where("letter_id", "=", id).execute();
  const [one, other] = await Promise.all([upload(list), upload(list, "again.csv")]);
  assert.equal(one.replace(/\?.*/, ""), other.replace(/\?.*/, ""));
  assert.equal((await waiting()).length, 1);
  const again = await upload(list);
  assert.match(again, /\?known=yes$/);
  const page = await (await mo.get(again)).text();
  await assertValidHtml(page, "sent twice");
  assert.match(page, /was sent before and waits here already/);
  assert.equal((await waiting()).length, 1);

  // Of as many bytes and yet another; and once it is gone, it is taken anew.
  assert.doesNotMatch(await upload(list.replace("Ada", "Eva")), /known/);
  assert.equal((await waiting()).length, 2);
  leadsTo(await mo.post(`${again.replace(/\?.*/, "")}/discard`), /discarded/);
  assert.doesNotMatch(await upload(list), /known/);
  app.pass(day + 1);
  mo = await signedIn(app, "Mo Derator");
  assert.doesNotMatch(await upload(list), /known/);
});

test("a file that nobody brings in is gone after a day", async () => {
  await newLetter();
  const file = await upload("Name,Email\nAda,ada@example.org\n");
  app.pass(day + 1);
  mo = await signedIn(app, "Mo Derator");
  assert.equal((await mo.get(file)).status, 404);
  const { purgeUploads } = await import("../../src/signing/import/upload.ts");
  assert.ok((await purgeUploads(app.db, app.deps.clock)) > 0);
  assert.equal(
    (await app.db.selectFrom("import_upload").select("id").where("letter_id", "=", id).execute()).length,
    0,
  );
});
