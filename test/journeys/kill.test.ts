/**
 * Nothing that was acknowledged is ever lost: the server is killed with -9 at random moments of a run of signatures and
 * confirmations, started again, and asked for all that it had promised.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
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
import { freePort } from "../support/free-port.ts";
import { endServers, type Server, startServer } from "../support/server.ts";
import { until } from "../support/until.ts";

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
let server: Server;

after(async () => {
  await endServers();
  await rm(folder, { recursive: true, force: true });
});

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
  server = await startServer(env);
  const slug = /\/letters\/([a-z0-9-]+)/.exec(await (await fetch(`${origin}/?status=open`)).text())?.[1];
  assert.ok(slug);
  const signed: string[] = [];
  const confirmed: string[] = [];
  let number = 0;

  for (let round = 0; round < kills; round++) {
    // After the first round there is somebody's mail, sooner or later.
    const waiting = await until("a mail to confirm", async () => {
      const open = Array.from(await links()).filter(([address]) => !confirmed.includes(address));
      return round === 0 || open.length > 0 ? open : undefined;
    });
    const before = { signed: signed.length, confirmed: confirmed.length };
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
    // At a random moment, but not before there is something to lose.
    await until(
      "something to lose",
      async () => signed.length > before.signed && (round === 0 || confirmed.length > before.confirmed),
    );
    await sleep(Math.random() * 800);
    const ended = server.end("SIGKILL");
    killed = true;
    await ended;
    await Promise.all(workers);
    server = await startServer(env);
  }

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
  await until("all mails", async () => {
    const sent = await links();
    return signed.every((address) => sent.has(address));
  });
});
