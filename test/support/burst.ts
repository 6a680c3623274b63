/**
 * A burst of confirmations, corrections, withdrawals, erasures and revisions against a real server that is killed again
 * and again; and, at the end, what has to hold: every acknowledged event is in the log exactly once, and every
 * checkpoint that was ever served is consistent with the last.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "../../src/config.ts";
import { type Database, openDatabase } from "../../src/database/open.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { systemClock } from "../../src/foundation/clock.ts";
import { newId } from "../../src/foundation/ids.ts";
import { deriveKeys } from "../../src/foundation/keys.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { isProblem } from "../../src/foundation/problem.ts";
import { newToken } from "../../src/foundation/token.ts";
import { recordLetter } from "../../src/letters/record-letter.ts";
import { countMove } from "../../src/signing/counts.ts";
import { encodeBase64url, encodeUtf8 } from "../../src/transparency/bytes.ts";
import { ownerHash } from "../../src/transparency/commitment.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { type Act, assertBurst, type Step } from "./burst-holds.ts";
import { publishRevision } from "./revise.ts";
import type { Get } from "./served-log.ts";
import { type Server, startServer } from "./server.ts";
import { openLetter } from "./signing.ts";

const plans: readonly (readonly Step[])[] = [
  ["confirm"],
  ["confirm"],
  ["confirm", "correct"],
  ["confirm", "withdraw"],
  ["confirm", "erase"],
  ["confirm", "withdraw", "erase"],
];

/** A signatory, and how far the server has acknowledged what they did. */
interface Signatory extends Act {
  readonly confirmLink: string;
  done: number;
  own: string | undefined;
}

export interface BurstReport {
  readonly events: number;
  readonly checkpoints: number;
  readonly size: number;
  /** Milliseconds from each kill to the first event that was acknowledged after it. */
  readonly pauses: readonly number[];
}

/** How many signatories come with each round, and how many of them act at the same moment. */
const crowd = 60;
const hands = 6;

/**
 * Runs the burst.
 * @param folder an empty one
 * @param port a free one: the log's name is that of the server
 * @param kills how often; every fourth time it is PostgreSQL that is killed, otherwise the server
 * @throws AssertionError
 */
export async function burst(folder: string, port: number, kills: number): Promise<BurstReport> {
  const env = {
    PORT: String(port),
    DATA_DIR: join(folder, "data"),
    LOG_LEVEL: "silent",
    SECRET_KEY: "a key for tests that is long enough to be taken",
  };
  const keys = deriveKeys(env.SECRET_KEY);
  let server: Server = await startServer(env);
  const origin = server.url;
  const get: Get = (path) => fetch(origin + path, { headers: { connection: "close" } });
  const letters = await withDatabase((db) =>
    Promise.all(
      ["corrected", "revised"].map((slug) =>
        inTransaction(db, (trx) => recordLetter(trx, systemClock, { ...openLetter, slug })),
      ),
    ),
  );
  const corrected = letters[0]!;
  const revised = letters[1]!;
  const signatories: Signatory[] = [];
  const revisions = new Set([1]);
  const notes = new Set<string>();
  const pauses: number[] = [];
  let acknowledged = 0;
  let killedAt: number | undefined;

  for (let round = 0; round < kills; round++) {
    let over = false;
    let watched = false;
    // Opened while the server is there: whoever opens it when nobody is brings a PostgreSQL up that is not the server's.
    await withDatabase(async (db) => {
      await invite(db);
      const waiting = signatories.filter(({ done, plan }) => done < plan.length);
      const work = [...Array.from({ length: hands }, () => act(waiting)), watch(), revise(db)];
      // Never before anything was acknowledged and a checkpoint was seen, however slow the machine is.
      const before = acknowledged;
      while (acknowledged === before || !watched) await sleep(10);
      await sleep(Math.random() * 800);
      const died = performance.now();
      if (round % 4 === 3) process.kill(await postgresPid(), "SIGKILL");
      else await server.end("SIGKILL");
      over = true;
      await Promise.all(work);
      killedAt ??= died;
    });
    if (round % 4 === 3) await untilReady();
    else server = await startServer(env);

    /** One hand: takes the next who waits, and lets them take their next step until it is acknowledged. */
    async function act(waiting: Signatory[]): Promise<void> {
      for (let one = waiting.shift(); one && !over; one = waiting.shift()) {
        while (one.done < one.plan.length && !over) if (await step(one)) acknowledge();
      }
    }
    async function watch(): Promise<void> {
      while (!over) {
        const answer = await get("/log/checkpoint").catch(() => undefined);
        const note = answer?.status === 200 ? await answer.text().catch(() => "") : "";
        // An answer that was cut off by the kill is no checkpoint.
        if (note.endsWith("\n")) {
          notes.add(note);
          watched = true;
        }
        await sleep(20);
      }
    }
    async function revise(db: Database): Promise<void> {
      while (!over) {
        const title = `Revision after ${revisions.size}, round ${round}`;
        const made = await publishRevision(db, systemClock, revised.id, [
          { language: "en", title, summary: "", body: "Dear all." },
        ]).catch(() => undefined);
        if (made && !isProblem(made)) {
          revisions.add(made.revision);
          acknowledge();
        }
        await sleep(100);
      }
    }
  }

  // What was cut off is done to its end.
  const left = signatories.filter(({ done, plan }) => done < plan.length);
  await Promise.all(
    Array.from({ length: hands }, async () => {
      for (let one = left.shift(); one; one = left.shift())
        while (one.done < one.plan.length) if (await step(one)) acknowledge();
    }),
  );
  notes.add(await (await get("/log/checkpoint")).text());
  await untilSequenced();
  const { size } = await assertBurst(get, { signatories, notes, revised: revised.id, revisions });
  assert.equal(await server.end("SIGTERM"), 0);
  return { events: acknowledged, checkpoints: notes.size, size, pauses };

  function acknowledge(): void {
    acknowledged++;
    if (killedAt === undefined) return;
    pauses.push(performance.now() - killedAt);
    killedAt = undefined;
  }

  /** Adds signatories whose confirmation mails have gone out. */
  async function invite(db: Database): Promise<void> {
    for (let at = 0; at < crowd; at++) {
      const number = signatories.length;
      const letter = number % 2 === 0 ? corrected.id : revised.id;
      // Where the text is revised an affiliation may be fixed, so that a correction is sometimes none.
      const plan = plans[number % plans.length]!.filter(
        (one) => one !== "correct" || letter === corrected.id,
      );
      const { token, hash } = newToken();
      const id = newId();
      const email = `signatory-${number}@burst.example.org`;
      const show = number % 5 !== 0;
      await inTransaction(db, async (trx) => {
        await trx
          .insertInto("signature")
          .values({
            id,
            letter_id: letter,
            revision: 1,
            kind: "person",
            state: "pending",
            name: `Signatory ${number}`,
            name_folded: `signatory ${number}`,
            country: "CH",
            show,
            updates: false,
            language: "en",
            email_sealed: keys.seal(email),
            email_hash: keys.addressHash(email),
            created_at: systemClock(),
          })
          .execute();
        await trx
          .insertInto("signature_token")
          .values({
            hash,
            signature_id: id,
            purpose: "confirm",
            created_at: systemClock(),
            expires_at: new Date(Date.now() + 86_400_000),
          })
          .execute();
        await countMove(trx, letter, undefined, "pending");
      });
      const owner = encodeBase64url(ownerHash(nodeSha256, nodeSha256(encodeUtf8(email))));
      signatories.push({
        letter,
        show,
        plan,
        owner,
        confirmLink: `/confirm/${token}`,
        done: 0,
        own: undefined,
      });
    }
  }

  /** Lets a signatory take the next step. @returns whether it was acknowledged */
  async function step(one: Signatory): Promise<boolean> {
    const next = one.plan[one.done]!;
    const answer =
      next === "confirm"
        ? await post(one.confirmLink, { owner: one.owner, revision: await shownRevision(one) })
        : await post(`${one.own}${next === "correct" ? "" : `/${next}`}`, {
            affiliation: "A Society",
            role: "Reader",
          });
    if (answer?.status !== 303) return false;
    one.done++;
    if (next === "confirm")
      one.own = /\/signatures\/[\w-]{43}/.exec(answer.headers.get("location") ?? "")![0];
    return true;
  }

  async function shownRevision(one: Signatory): Promise<string> {
    const page = await get(one.confirmLink)
      .then((answer) => answer.text())
      .catch(() => "");
    return /name="revision" value="(\d+)"/.exec(page)?.[1] ?? "";
  }

  async function post(path: string, fields: Record<string, string>): Promise<Response | undefined> {
    try {
      const answer = await fetch(origin + path, {
        method: "POST",
        body: new URLSearchParams(fields),
        redirect: "manual",
        headers: { connection: "close" },
      });
      await answer.arrayBuffer();
      return answer;
    } catch {
      return undefined;
    }
  }

  async function withDatabase<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
    const open = await openDatabase(readConfig(env), createLogger("silent"), { beside: true });
    try {
      return await work(open.db);
    } finally {
      await open.close();
    }
  }

  async function postgresPid(): Promise<number> {
    return Number((await readFile(join(env.DATA_DIR, "postgres/postmaster.pid"), "utf8")).split("\n")[0]);
  }

  async function untilReady(): Promise<void> {
    while ((await get("/readyz").catch(() => undefined))?.status !== 200) {
      assert.ok(process.kill(server.pid, 0), "the server is there still");
      await sleep(50);
    }
  }

  async function untilSequenced(): Promise<void> {
    await withDatabase(async (db) => {
      while ((await db.selectFrom("log_queue").select("id").limit(1).execute()).length > 0) await sleep(50);
    });
  }
}
