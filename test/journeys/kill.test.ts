/**
 * Nothing that was acknowledged is ever lost: the server is killed with -9 at random moments of a run of signatures and
 * confirmations, started again, and asked for all that it had promised.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "../../src/config.ts";
import { openDatabase } from "../../src/database/open.ts";
import { parseEmailAddress } from "../../src/foundation/email-address.ts";
import { deriveKeys } from "../../src/foundation/keys.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { isProblem } from "../../src/foundation/problem.ts";

const kills = 6;
const folder = await mkdtemp(join(tmpdir(), "undersigned-kill-"));
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const env = {
  PORT: String(port),
  DATA_DIR: join(folder, "data"),
  LOG_LEVEL: "error",
  SECRET_KEY: "a key for tests that is long enough to be taken",
};
const keys = deriveKeys(env.SECRET_KEY);
let server: ChildProcess;

after(async () => {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port: free } = probe.address() as AddressInfo;
  probe.close();
  return free;
}

async function start(): Promise<void> {
  server = spawn(process.execPath, [join(import.meta.dirname, "../../src/main.ts")], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (;;) {
    assert.equal(server.exitCode, null, "the server has not given up");
    const answer = await fetch(`${origin}/readyz`).catch(() => undefined);
    await answer?.arrayBuffer().catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(50);
  }
}

async function post(path: string, fields: Record<string, string>): Promise<Response | undefined> {
  return fetch(origin + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  }).catch(() => undefined);
}

/** Confirmation links by address, out of the mailbox. */
async function links(): Promise<Map<string, string>> {
  const database = await openDatabase(readConfig(env), createLogger("silent"), { beside: true });
  const rows = await database.db.selectFrom("mailbox").select("sealed").execute();
  await database.close();
  const found = new Map<string, string>();
  for (const { sealed } of rows) {
    const mail = JSON.parse(keys.open(sealed)) as { to: string; text: string };
    const link = /https?:\/\/\S+(\/confirm\/[\w-]+)/.exec(mail.text)?.[1];
    if (link) found.set(mail.to, link);
  }
  return found;
}

test("a server that is killed loses nothing that it acknowledged", async () => {
  await start();
  const slug = /\/letters\/([a-z0-9-]+)/.exec(await (await fetch(`${origin}/?status=open`)).text())?.[1];
  assert.ok(slug);
  const signed: string[] = [];
  const confirmed: string[] = [];
  let number = 0;

  for (let round = 0; round < kills; round++) {
    const waiting = Array.from(await links()).filter(([address]) => !confirmed.includes(address));
    let killed = false;
    const workers = Array.from({ length: 4 }, async (_, worker) => {
      while (!killed) {
        if (worker === 0 && waiting.length > 0) {
          const [address, link] = waiting.pop()!;
          if ((await post(link, {}))?.status === 303) confirmed.push(address);
          continue;
        }
        const address = `reader-${number++}@kill.example.org`;
        const answer = await post(`/letters/${slug}/sign`, {
          kind: "person",
          name: `Reader ${number}`,
          email: address,
          country: "CH",
          show: "yes",
        });
        if (answer?.status === 303) signed.push(address);
        else assert.equal(answer, undefined, `an unexpected answer: ${answer?.status}`);
      }
    });
    await sleep(200 + Math.random() * 800);
    server.kill("SIGKILL");
    killed = true;
    await once(server, "exit");
    await Promise.all(workers);
    await start();
  }
  assert.ok(signed.length > kills, `${signed.length} signatures were acknowledged`);
  assert.ok(confirmed.length > 0, `${confirmed.length} confirmations were acknowledged`);

  const database = await openDatabase(readConfig(env), createLogger("silent"), { beside: true });
  const states = new Map(
    (
      await database.db
        .selectFrom("signature")
        .select(["email_hash", "state"])
        .where("email_hash", "is not", null)
        .execute()
    ).map((row) => [row.email_hash!.toString("hex"), row.state]),
  );
  const stateOf = (text: string) => {
    const address = parseEmailAddress(text);
    assert.ok(!isProblem(address));
    return states.get(keys.addressHash(address.canonical).toString("hex"));
  };
  for (const address of signed) assert.ok(stateOf(address), `${address} is there`);
  for (const address of confirmed) assert.equal(stateOf(address), "accepted", address);

  const tally = await database.db
    .selectFrom("tally")
    .select("people")
    .orderBy("people", "desc")
    .executeTakeFirstOrThrow();
  assert.equal(tally.people, Array.from(states.values()).filter((state) => state === "accepted").length);
  await database.close();

  // Every signature's mail goes out, those included that were on their way when the server died.
  const end = Date.now() + 60_000;
  for (;;) {
    const sent = await links();
    const missing = signed.filter((address) => !sent.has(address));
    if (missing.length === 0) break;
    assert.ok(Date.now() < end, `${missing.length} mails are missing`);
    await sleep(250);
  }
});
