/** Mail through a real mail server: taken, put off, refused; and nothing of an address in what is logged or kept. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { sql } from "kysely";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { heldBack, type TestApp } from "../support/app.ts";
import { dumpDatabase } from "../support/dump.ts";
import { linkIn, openLetter, person, startSigningApp } from "../support/signing.ts";

interface Answers {
  mailFrom: number[];
  rcpt: number[];
  data: number[];
}

const mails: ParsedMail[] = [];
const envelopes: { from: string; to: string[] }[] = [];
let answers: Answers;
let server: SMTPServer;
let app: TestApp;
let slug: string;
let letters = 0;

/** A refusal as servers write it, with the address in it. */
const refusal = (code: number, address: string) =>
  Object.assign(new Error(`<${address}>: refused, ask postmaster about ${address}`), { responseCode: code });

const options: SMTPServerOptions = {
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  onMailFrom({ address }, _session, done) {
    const code = answers.mailFrom.shift();
    done(code ? refusal(code, address) : null);
  },
  onRcptTo({ address }, _session, done) {
    const code = answers.rcpt.shift();
    done(code ? refusal(code, address) : null);
  },
  onData(stream, session, done) {
    const { mailFrom, rcptTo } = session.envelope;
    simpleParser(stream).then((mail) => {
      const code = answers.data.shift();
      if (code) return done(refusal(code, rcptTo[0]!.address));
      mails.push(mail);
      envelopes.push({ from: mailFrom ? mailFrom.address : "", to: rcptTo.map(({ address }) => address) });
      done();
    }, done);
  },
};

async function start(withOptions: SMTPServerOptions): Promise<{ server: SMTPServer; port: number }> {
  const started = new SMTPServer(withOptions);
  started.on("error", () => undefined);
  started.listen(0, "127.0.0.1");
  await once(started.server, "listening");
  return { server: started, port: (started.server.address() as AddressInfo).port };
}

before(async () => {
  const started = await start(options);
  server = started.server;
  app = await startSigningApp({
    env: {
      SMTP_URL: `smtp://127.0.0.1:${started.port}`,
      MAIL_FROM: "Récit <letters@example.org>",
      LOG_LEVEL: "trace",
    },
  });
});
after(async () => {
  await app.close();
  await new Promise<void>((closed) => server.close(() => closed()));
});
beforeEach(async () => {
  answers = { mailFrom: [], rcpt: [], data: [] };
  mails.length = 0;
  envelopes.length = 0;
  letters += 1;
  ({ slug } = await app.letter({ ...openLetter, slug: `letter-${letters}` }));
});

const form = person({ email: "ada@example.org", name: "آدا بايرون" });
const send = (fields = form, query = "") => app.post(`/letters/${slug}/sign${query}`, fields);

/** Lets the queue's time go on: what waits is due now. */
const hurry = () => sql`update graphile_worker._private_jobs set run_at = now()`.execute(app.db);
const waiting = async () =>
  (
    await sql<{ attempts: number; max_attempts: number; last_error: string | null; run_at: Date }>`
      select attempts, max_attempts, last_error, run_at from graphile_worker._private_jobs`.execute(app.db)
  ).rows;
const signature = () =>
  app.db
    .selectFrom("signature as s")
    .innerJoin("letter as l", "l.id", "s.letter_id")
    .select(["s.id", "s.state", "s.undeliverable_at"])
    .where("l.slug", "=", slug)
    .executeTakeFirstOrThrow();

async function assertNoAddress(): Promise<void> {
  const text = app.lines.join("\n");
  assert.ok(!text.includes("ada@example.org") && !text.includes("postmaster"), "in the log");
  for (const [table, rows] of await dumpDatabase(app.db)) {
    assert.ok(!rows.join("\n").includes("ada@example.org"), `in ${table}`);
    assert.ok(!rows.join("\n").includes("postmaster"), `in ${table}`);
  }
}

test("a mail is taken: envelope, both parts, a name of any script, and a link that works", async () => {
  await send(form, "?lang=ar");
  await app.runJobs();
  assert.deepEqual(envelopes, [{ from: "letters@example.org", to: ["ada@example.org"] }]);
  const [asked] = mails;
  assert.match(asked!.subject!, /^تأكيد توقيعك: Answer Your Letters$/);
  assert.equal(asked!.from?.value[0]?.name, "Récit");
  assert.equal(asked!.headers.get("content-language"), "ar");
  assert.match(String(asked!.html), /dir="rtl"/);
  // What a stranger typed is not sent to the address.
  assert.ok(!asked!.text!.includes("آدا"));
  assert.deepEqual([asked!.to].flat()[0]?.value, [{ address: "ada@example.org", name: "" }]);

  await app.post(linkIn(asked!.text!, "confirm"), {});
  await app.runJobs();
  const receipt = mails[1]!;
  assert.ok(receipt.text!.includes("آدا بايرون"));
  assert.deepEqual([receipt.to].flat()[0]?.value, [{ address: "ada@example.org", name: "آدا بايرون" }]);
  assert.equal((await app.fetch(linkIn(receipt.text!, "signatures"))).status, 200);
  assert.notEqual(receipt.messageId, asked!.messageId);
  assert.match(receipt.messageId!, /^<[0-9a-f]{32}@localhost>$/);
  assert.deepEqual(await waiting(), []);
});

test("put off with 4xx: tried again, seventeen times over about two days, with the same Message-ID", async () => {
  answers.rcpt.push(451);
  answers.data.push(452);
  answers.mailFrom.push(450);
  await send();
  for (let attempt = 1; attempt <= 3; attempt++) {
    const begun = Date.now();
    await app.runJobs();
    assert.equal(mails.length, 0);
    const [job] = await waiting();
    assert.equal(job?.attempts, attempt);
    assert.equal(job?.max_attempts, 17);
    assert.match(job!.last_error!, /^mail not taken: [A-Z]+ 4(50|51|52) /);
    // Longer each time: e, e², e³ seconds after it failed; times are kept to the millisecond here.
    const failed = job!.run_at.getTime() - heldBack - Math.exp(attempt) * 1_000;
    assert.ok(begun - 1 <= failed && failed <= Date.now() + 1, `${begun} ${failed}`);
    await hurry();
  }
  await app.runJobs();
  assert.equal(mails.length, 1);
  assert.equal((await signature()).undeliverable_at, null);
  const total = Array.from({ length: 16 }, (_, n) => Math.exp(Math.min(10, n + 1))).reduce((a, b) => a + b);
  assert.ok(total > 40 * 3600 && total < 56 * 3600);
  await assertNoAddress();
});

for (const [where, code] of [
  ["rcpt", 550],
  ["data", 554],
] as const) {
  test(`refused for good with ${code} at ${where}: the job ends, the signature is marked`, async () => {
    answers[where].push(code);
    await send();
    await app.runJobs();
    assert.deepEqual(await waiting(), []);
    const { id, undeliverable_at } = await signature();
    assert.deepEqual(undeliverable_at, app.deps.clock());
    const changes = await app.db
      .selectFrom("signature_change")
      .select(["change", "actor", "reason"])
      .where("signature_id", "=", id)
      .execute();
    assert.deepEqual(changes, [{ change: "undeliverable", actor: "system", reason: `smtp ${code}` }]);
    await assertNoAddress();

    // Another submission is another entry, and another try.
    await send();
    await app.runJobs();
    assert.equal(mails.length, 1);
  });
}

test("a signed address that was refused is tried anew when its owner asks again", async () => {
  await send();
  await app.runJobs();
  answers.rcpt.push(550);
  await app.post(linkIn(mails[0]!.text!, "confirm"), {});
  await app.runJobs();
  assert.ok((await signature()).undeliverable_at);
  await send();
  await app.runJobs();
  assert.equal((await signature()).undeliverable_at, null);
  assert.equal((await app.fetch(linkIn(mails[1]!.text!, "signatures"))).status, 200);
});

test("a server that hangs up is tried again", async () => {
  answers.mailFrom.push(421);
  await send();
  await app.runJobs();
  assert.match((await waiting())[0]!.last_error!, /^mail not taken: E/);
  await hurry();
  await app.runJobs();
  assert.equal(mails.length, 1);
});

test("the server refuses us, not the recipient: an error for the operator, and another try", async () => {
  answers.mailFrom.push(550);
  await send();
  app.lines.length = 0;
  await app.runJobs();
  const [job] = await waiting();
  assert.equal(job?.attempts, 1);
  assert.ok(app.lines.some((line) => /"level":"error".*mail not taken: EENVELOPE 550 MAIL FROM/.test(line)));
  assert.equal((await signature()).undeliverable_at, null);
  await hurry();
  await app.runJobs();
  assert.equal(mails.length, 1);
  await assertNoAddress();
});

test("wrong credentials, and a server that is away, are tried again and logged without a secret", async () => {
  const strict = await start({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(refusal(535, "ada@example.org")),
  });
  for (const [url, words] of [
    [`smtp://user:hunter2@127.0.0.1:${strict.port}`, /EAUTH/],
    // Nobody is there, nor comes: any other port that is free may be another program's the next moment.
    ["smtp://user:hunter2@127.0.0.1:1", /ECONNECTION|ESOCKET|ECONNREFUSED/],
  ] as const) {
    const other = await startSigningApp({ env: { SMTP_URL: url, LOG_LEVEL: "trace" } });
    const letter = await other.letter(openLetter);
    await other.post(`/letters/${letter.slug}/sign`, form);
    await other.runJobs();
    const { rows } = await sql<{ attempts: number; last_error: string }>`
      select attempts, last_error from graphile_worker._private_jobs`.execute(other.db);
    assert.equal(rows[0]?.attempts, 1);
    assert.match(rows[0]!.last_error, words);
    const text = `${other.lines.join("\n")}${rows[0]!.last_error}`;
    assert.ok(other.lines.some((line) => line.includes('"level":"error"')));
    assert.ok(!text.includes("hunter2") && !text.includes("ada@example.org") && !text.includes("postmaster"));
    await other.close();
  }
  await new Promise<void>((done) => strict.server.close(() => done()));
});

test("what was overtaken is not sent", async () => {
  const overtaken: Record<string, () => Promise<unknown>> = {
    "replaced by a newer entry": () => send({ ...form, name: "Newer" }),
    "its letter closed": () =>
      app.db.updateTable("letter").set({ closes_on: "2020-01-01" }).where("slug", "=", slug).execute(),
    "its link too old": async () => app.pass(14 * 86_400_000),
    "its address wants no mail": async () => {
      const { id } = await app.db
        .selectFrom("letter")
        .select("id")
        .where("slug", "=", slug)
        .executeTakeFirstOrThrow();
      const email_hash = app.deps.keys.addressHash("ada@example.org");
      const created_at = app.deps.clock();
      await app.db.insertInto("mail_block").values({ letter_id: id, email_hash, created_at }).execute();
    },
    "its address refused": async () => {
      const { id } = await signature();
      await app.db
        .updateTable("signature")
        .set({ undeliverable_at: new Date() })
        .where("id", "=", id)
        .execute();
    },
    "entry deleted": async () =>
      app.db
        .deleteFrom("signature")
        .where("id", "=", (await signature()).id)
        .execute(),
  };
  for (const [why, overtake] of Object.entries(overtaken)) {
    letters += 1;
    ({ slug } = await app.letter({ ...openLetter, slug: `letter-${letters}` }));
    await send();
    await overtake();
    mails.length = 0;
    await app.runJobs();
    assert.equal(mails.length, why.startsWith("replaced") ? 1 : 0, why);
    assert.deepEqual(await waiting(), [], why);
  }

  letters += 1;
  ({ slug } = await app.letter({ ...openLetter, slug: `letter-${letters}` }));
  await send();
  await app.runJobs();
  const answer = await app.post(linkIn(mails.at(-1)!.text!, "confirm"), {});
  mails.length = 0;
  await app.post(answer.headers.get("location")!.replace("/receipt", "/withdraw"), {});
  await app.runJobs();
  assert.equal(mails.length, 0, "the receipt of a withdrawn signature");
});

test("a job that ran twice, for its server died at the end, sends what is wanted and fails at nothing", async () => {
  await send();
  const { rows } = await sql<{ payload: object }>`select payload from graphile_worker._private_jobs`.execute(
    app.db,
  );
  await sql`select graphile_worker.add_job('send-mail', ${JSON.stringify(rows[0]!.payload)}::json)`.execute(
    app.db,
  );
  await app.runJobs();
  assert.equal(mails.length, 2);
  assert.equal(mails[0]!.messageId, mails[1]!.messageId);
});

test("with a mail server there is no mailbox", async () => {
  assert.equal((await app.fetch("/mailbox")).status, 404);
  assert.ok(!(await (await app.fetch(`/letters/${slug}/sign/sent`)).text()).includes("/mailbox"));
});
