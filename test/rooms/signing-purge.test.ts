/** A night after many have withdrawn, were refused, or never answered: all of it goes, and nobody has to wait for all. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { inTransaction } from "../../src/database/transaction.ts";
import { purgeSigning } from "../../src/signing/purge.ts";
import { findDifference, recountLetters } from "../../src/signing/recount.ts";
import type { TestApp } from "../support/app.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { day, openLetter, person, sign, signAndConfirm, startSigningApp } from "../support/signing.ts";
import { until } from "../support/until.ts";

/** More than a batch. */
const many = 600;

let app: TestApp;
let letter: { id: string; slug: string };

before(async () => {
  app = await startSigningApp();
  letter = await app.letter({ ...openLetter, slug: "many" });
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});

/** Many like the one that is there already, and a mail that waits for each. */
async function multiply(state: "withdrawn" | "refused" | "pending"): Promise<void> {
  const at = app.deps.clock();
  const since = state === "pending" ? {} : { withdrawn_at: null, [`${state}_at`]: at };
  await sql`
    with copy as (
      insert into signature
      select (jsonb_populate_record(null::signature, to_jsonb(s) || ${JSON.stringify({ state, ...since })}::jsonb
        || jsonb_build_object('id', gen_random_uuid(), 'email_hash', sha256(convert_to(${state} || n, 'UTF8')),
             'place', case when s.place is null then null else nextval('signature_place') end))).*
      from generate_series(1, ${many}) n, (select * from signature where letter_id = ${letter.id}
        and state = ${state === "pending" ? "pending" : "withdrawn"} and email_hash is not null limit 1) s
      returning id)
    select graphile_worker.add_job('send-mail', '{}', job_key := 'mail receipt ' || id, run_at := now() + interval '1 year')
    from copy`.execute(app.db);
}

async function count(state: string, erased: boolean): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from signature
    where letter_id = ${letter.id} and state = ${state} and (erased_at is not null) = ${erased}`.execute(
    app.db,
  );
  return rows[0]!.n;
}

test("what has had its time goes batch by batch, until nothing is left; a batch that waits holds no other back", async () => {
  const own = await signAndConfirm(app, letter.slug, person({ email: "one@example.org", show: "no" }));
  await app.post(`${own}/withdraw`, {});
  await multiply("withdrawn");
  await multiply("refused");
  await sign(app, letter.slug, person({ email: "two@example.org" }));
  await multiply("pending");
  await recountLetters(app.db);
  // One more, who withdrew last.
  app.pass(1000);
  const last = await signAndConfirm(app, letter.slug, person({ email: "three@example.org" }));
  await app.post(`${last}/withdraw`, {});
  app.pass(31 * day);

  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const holding = inTransaction(app.db, async (trx) => {
    await sql`select from signature_secret k join signature s on s.id = k.signature_id
      where s.letter_id = ${letter.id} and s.show for update of k`.execute(trx);
    held.resolve();
    await letGo;
  });
  await held.promise;
  const purging = purgeSigning(app.db, app.deps.clock);
  try {
    await until("the first batch is erased", async () => (await count("withdrawn", true)) === 500);
  } finally {
    resolve();
    await holding;
  }
  const gone = await purging;
  assert.equal(gone.erased, 2 * many + 2);
  assert.equal(gone.pending, many + 1);
  assert.deepEqual([await count("withdrawn", false), await count("refused", false)], [0, 0]);
  assert.equal(await count("pending", false), 0);
  assert.equal(await findDifference(app.db, letter.id), undefined);
  const { rows } = await sql`select from graphile_worker.jobs where key like 'mail receipt %'
    and right(key, 36)::uuid in (select id from signature where erased_at is not null)`.execute(app.db);
  assert.equal(rows.length, 0);
});
