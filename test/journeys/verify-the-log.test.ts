/**
 * A site's log, checked and mirrored from outside: the real application over a real database, read through a real port
 * by `undersigned verify` and `undersigned mirror`.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { inTransaction } from "../../src/database/transaction.ts";
import { run as runMirror } from "../../src/exchange/mirror.ts";
import { run as runVerify } from "../../src/exchange/verify.ts";
import { touchLetter } from "../../src/letters/touch.ts";
import { formatVerifierKey } from "../../src/transparency/verifier-key.ts";
import { logSigner, type TestApp } from "../support/app.ts";
import { say } from "../support/command.ts";
import { listen } from "../support/listen.ts";
import { publishRevision } from "../support/revise.ts";
import { openLetter, organisation, person, signAndConfirm, startSigningApp } from "../support/signing.ts";

const key = formatVerifierKey(logSigner.key);
const slug = openLetter.slug!;
let app: TestApp;
let letterId: string;
let site: { origin: string; stop(): Promise<void> };
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-checked-"));
  app = await startSigningApp();
  letterId = (await app.letter(openLetter)).id;
  await app.letter({ ...openLetter, slug: "from-elsewhere", state: "archived", date: { year: 2020 } });
  site = await listen(app);
});
after(async () => {
  await site.stop();
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const verify = (...args: string[]) => say(runVerify, site.origin, "--key", key, ...args);
const mirror = () => say(runMirror, site.origin, join(folder, "mirror"), "--key", key);
const offline = () => say(runVerify, join(folder, "mirror"), "--key", key);
async function holds(said: Promise<{ code: number; out: string; err: string }>): Promise<string> {
  const { code, out, err } = await said;
  assert.equal(code, 0, out + err);
  return out;
}

test("everything that a site does holds, over the network and in the mirror", async () => {
  await holds(verify());
  await holds(mirror());
  const seen = join(folder, "seen");
  await writeFile(seen, await (await fetch(`${site.origin}/log/checkpoint`)).text());

  const own: Record<string, string> = {};
  for (const name of ["Ada", "Zoë", "Eve"])
    own[name] = await signAndConfirm(
      app,
      slug,
      person({ name, email: `${name.length}${name[0]}@example.org` }),
    );
  await signAndConfirm(app, slug, organisation());
  await signAndConfirm(app, slug, person({ name: "Hidden", email: "hidden@example.org", show: "no" }));
  await holds(verify("--since", seen));
  await holds(mirror());

  const receipts: Record<string, string> = {};
  for (const name of Object.keys(own)) {
    receipts[name] = join(folder, `receipt-${name.length}${name[0]}.json`);
    await writeFile(receipts[name]!, await (await fetch(`${site.origin}${own[name]}/receipt.json`)).text());
  }
  assert.match(await holds(verify("--receipt", receipts.Ada!)), /standing .*the signature stands/);

  await app.post(`${own.Zoë}/withdraw`, {});
  await app.post(`${own.Eve}/erase`, {});
  const texts = [
    { language: "en", title: "Answer Your Letters", summary: "A summary.", body: "Dear all, please." },
  ];
  const revised = await publishRevision(app.db, app.deps.clock, letterId, texts);
  assert.ok("revision" in revised);
  await signAndConfirm(app, slug, person({ name: "Late", email: "late@example.org" }));
  const out = await holds(verify("--since", seen, "--letter", slug, "--receipt", receipts.Ada!));
  assert.match(out, /passed {3}consistency/);
  assert.match(out, /passed {3}counts/);
  assert.match(
    await holds(verify("--receipt", receipts.Zoë!)),
    /note +standing .*withdrawn later[\s\S]*All of this holds; the signature was withdrawn later\.\n$/,
  );
  assert.match(await holds(verify("--receipt", receipts.Eve!)), /standing .*(?:withdrawn|erased) later/);
  await holds(mirror());
  await holds(offline());
});

test("what a dishonest operator would do is named", async () => {
  const cases: [what: string, cheat: string, mend: string, words: RegExp][] = [
    [
      "another name",
      "update signature set name = 'Mallory' where name = 'Ada'",
      "update signature set name = 'Ada' where name = 'Mallory'",
      /^FAILED {3}openings .*letter answer-your-letters, .*not the one that was signed$/m,
    ],
    [
      "a count raised",
      `update tally set people = people + 1 where letter_id = '${letterId}'`,
      `update tally set people = people - 1 where letter_id = '${letterId}'`,
      /^FAILED {3}counts .*letter answer-your-letters: the page counts 5 signatures, the log 4$/m,
    ],
    [
      "a name left out",
      "update log_signature set erased = true where s = 1",
      "update log_signature set erased = false where s = 1",
      /^FAILED {3}disclosure .*letter answer-your-letters, .*its name is not shown$/m,
    ],
    [
      "a name put on the list",
      "update signature set show = true where name = 'Hidden'",
      "update signature set show = false where name = 'Hidden'",
      /^FAILED {3}disclosure .*letter answer-your-letters.*a name is shown that is not in the log$/m,
    ],
    [
      "another text",
      "update translation set body = 'Dear nobody, please.' where body = 'Dear all, please.'",
      "update translation set body = 'Dear all, please.' where body = 'Dear nobody, please.'",
      /^FAILED {3}revisions .*letter answer-your-letters, revision 2: the text on the page is not the one in the log$/m,
    ],
  ];
  for (const [what, cheat, mend, words] of cases) {
    for (const change of [cheat, mend]) {
      await inTransaction(app.db, async (trx) => {
        await sql.raw(change).execute(trx);
        await touchLetter(trx, letterId);
      });
      const said = await verify();
      assert.equal(said.code, change === cheat ? 1 : 0, `${what}: ${said.out}`);
      if (change === cheat) assert.match(said.out, words, what);
    }
  }
});
