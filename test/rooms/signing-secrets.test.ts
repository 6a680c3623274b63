/** A copy of the database shows no address and opens no link, at any moment; and no log line shows an address. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { TestApp } from "../support/app.ts";
import { dumpDatabase } from "../support/dump.ts";
import { assertLogHolds } from "../support/served-log.ts";
import {
  confirm,
  day,
  mailedLink,
  mailsTo,
  openLetter,
  organisation,
  person,
  sign,
  startSigningApp,
} from "../support/signing.ts";

let app: TestApp;
let slug: string;

before(async () => {
  app = await startSigningApp({ env: { LOG_LEVEL: "trace" } });
  ({ slug } = await app.letter(openLetter));
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});

const addresses = ["Ada.Byron+letters@gmail.com", "büro@bücher.example", "office@readers.example"];
const tokens = new Set<string>();

/** A secret in every coding in which it might lie there by mistake. */
function codings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .slice(4, -4),
  );
  return [secret, encodeURIComponent(secret), bytes.toString("hex"), ...base64];
}

async function assertSecret(stage: string): Promise<void> {
  const dump = await dumpDatabase(app.db);
  const secrets = [
    ...addresses,
    ...addresses.map((address) => address.toLowerCase()),
    "adabyron@gmail.com",
    "büro@xn--bcher-kva.example",
    ...tokens,
  ].flatMap(codings);
  for (const [table, rows] of dump) {
    const text = rows.join("\n").toLowerCase();
    for (const secret of secrets) {
      assert.ok(!text.includes(secret.toLowerCase()), `${stage}: ${secret} lies in ${table}`);
    }
  }
  const log = app.lines.join("\n").toLowerCase();
  for (const secret of secrets)
    assert.ok(!log.includes(secret.toLowerCase()), `${stage}: ${secret} was logged`);
}

const keep = (path: string) => tokens.add(path.split("/")[2]!);

test("at every step of the way", async () => {
  const forms = [
    person({ email: addresses[0]!, updates: "yes" }),
    person({ email: addresses[1]! }),
    organisation({ email: addresses[2]! }),
  ];
  for (const form of forms) await app.post(`/letters/${slug}/sign`, form);
  const queue = (await dumpDatabase(app.db)).get("graphile_worker._private_jobs");
  assert.equal(queue?.length, 3, "the mails wait in the queue, which is looked at too");
  await assertSecret("queued");

  await app.runJobs();
  for (const form of forms) keep(await mailedLink(app, form.email!));
  await assertSecret("mailed");

  for (const form of forms) {
    const answer = await app.post(await mailedLink(app, form.email!), {});
    keep(answer.headers.get("location")!);
  }
  await assertSecret("confirmed");
  await app.runJobs();
  await assertSecret("receipts mailed");

  await sign(app, slug, forms[0]!);
  const own = await mailedLink(app, forms[0]!.email!, "signatures");
  keep(own);
  await app.fetch(own);
  await app.fetch(`${own}?as=json`);
  await app.post(own, { affiliation: "Elsewhere", role: "" });
  await app.fetch(`/mailbox`);
  await assertSecret("corrected");

  await app.post(`${own}/withdraw`, {});
  await assertSecret("withdrawn");
  await sign(app, slug, forms[0]!);
  const link = await mailedLink(app, forms[0]!.email!);
  keep(link);
  await app.post(`${link}/not-me`, {});
  await assertSecret("denied");
  app.pass(40 * day);
  await app.runJobs();
  assert.ok((await mailsTo(app, addresses[0]!)).length >= 3);
  assert.ok(app.lines.length > 3, "something was logged");
});

test("refused forms and failing requests log no address", async () => {
  for (const email of addresses) {
    await app.post(
      `/letters/${slug}/sign?email=${encodeURIComponent(email)}`,
      person({ email, country: "" }),
    );
    await app.post(`/letters/no-such-letter/sign`, person({ email }));
    await app.fetch(`/confirm/${encodeURIComponent(email)}`);
  }
  await confirm(
    app,
    await (async () => {
      await sign(app, slug, person({ email: "later@example.org" }));
      return mailedLink(app, "later@example.org");
    })(),
  );
  await assertSecret("refused");
});
