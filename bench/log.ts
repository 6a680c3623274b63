/**
 * What does the log cost? How many entries a second are numbered, hashed and written through PostgreSQL, and how that
 * compares with plain inserts of the same bytes; how long a receipt takes out of a log of a million entries; and whether
 * a confirmation takes longer when the log is that long.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { Database } from "../src/database/open.ts";
import { proveEntry } from "../src/transparency/find-entry.ts";
import { findTile } from "../src/transparency/read-tiles.ts";
import { batchLimit } from "../src/transparency/sequence.ts";
import { sequenceAll } from "../src/transparency/sequencer.ts";
import { decodeBundle, tileAt, tileWidth } from "../src/transparency/tiles.ts";
import { type BenchApp, withApp } from "./support/app.ts";
import { queueSignatures } from "./support/log-events.ts";
import { median, type Row } from "./support/measure.ts";
import { addPending } from "./support/pending.ts";
import { addLetterWith } from "./support/site.ts";

const size = 1_000_000;
/** How many entries are measured at a time. */
const portion = 50_000;
const proofs = 300;
const confirmations = 100;

export async function measure(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-bench-"));
  try {
    return await withApp(join(folder, "large"), (large) =>
      withApp(join(folder, "small"), async (small) => [
        ...(await sequencing(large)),
        await proving(large),
        await receipts(large),
        await confirming(small, large),
      ]),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Fills the log to its size. Beside each portion the same bytes go into a table of one column. */
async function sequencing({ database: { db }, siteLog }: BenchApp): Promise<Row[]> {
  const { id } = await db
    .selectFrom("letter")
    .select("id")
    .where("state", "=", "open")
    .executeTakeFirstOrThrow();
  await sql`create table plain (entry bytea not null)`.execute(db);
  const rates: number[] = [];
  const ratios: number[] = [];
  await sequenceAll(db, siteLog);
  for (;;) {
    const { checkpoint } = await siteLog.published();
    const left = size - checkpoint.size;
    if (left === 0) break;
    const count = Math.min(portion, left);
    await queueSignatures(db, id, count);
    const sequenced = await seconds(async () => {
      await sequenceAll(db, siteLog);
    });
    const entries = await readEntries(db, checkpoint.size, count);
    const inserted = await seconds(async () => {
      for (let at = 0; at < count; at += batchLimit)
        await sql`insert into plain select unnest(${entries.slice(at, at + batchLimit)}::bytea[])`.execute(
          db,
        );
    });
    rates.push(count / sequenced);
    ratios.push(sequenced / inserted);
  }
  await sql`drop table plain`.execute(db);
  return [
    {
      question: `Sequencing ${size.toLocaleString("en")} entries through PostgreSQL, ${portion.toLocaleString("en")} at a time`,
      measured: `${Math.round(median(rates)).toLocaleString("en")} entries/s (slowest ${Math.round(Math.min(...rates)).toLocaleString("en")})`,
      bound: "at least 10,000",
      holds: median(rates) >= 10_000,
    },
    {
      question: "Its time, to that of plain multi-row inserts of the same bytes",
      measured: `${median(ratios).toFixed(1)}`,
      bound: "—",
      holds: true,
    },
  ];
}

/** The bytes of entries that stand in a row. */
async function readEntries(db: Database, from: number, count: number): Promise<Buffer[]> {
  const entries: Uint8Array[] = [];
  const first = Math.floor(from / tileWidth);
  while (first * tileWidth + entries.length < from + count) {
    const tile = tileAt("entries", first + entries.length / tileWidth, from + count)!;
    const bundle = decodeBundle((await findTile(db, tile))!, tile.width);
    if ("problem" in bundle) throw new Error("a bundle is none");
    entries.push(...bundle);
  }
  return entries.slice(from % tileWidth).map((entry) => Buffer.from(entry));
}

/** An entry and its proof, at random places. */
async function proving({ database: { db }, siteLog }: BenchApp): Promise<Row> {
  const published = await siteLog.published();
  const times: number[] = [];
  for (let at = 0; at < proofs; at++) {
    const index = Math.floor(Math.random() * published.checkpoint.size);
    times.push(1_000 * (await seconds(() => proveEntry(db, index, published))));
  }
  return {
    question: `The proof of a receipt out of a log of ${size.toLocaleString("en")} entries`,
    measured: `${median(times).toFixed(1)} ms`,
    bound: "below 5 ms",
    holds: median(times) < 5,
  };
}

/** A whole receipt, through the door that sends it. */
async function receipts(app: BenchApp): Promise<Row> {
  const slug = await addLetterWith(app, 1);
  const own: string[] = [];
  for (let at = 0; at < 20; at++) own.push(await confirm(app, slug));
  await sequenceAll(app.database.db, app.siteLog);
  const times: number[] = [];
  for (let at = 0; at < proofs; at++) {
    const request = new Request(`http://localhost${own[at % own.length]}/receipt.json`);
    times.push(
      1_000 *
        (await seconds(async () => {
          const answer = await app.fetch(request);
          const text = await answer.text();
          if (answer.status !== 200 || !text.includes("tlog-proof")) throw new Error(`no receipt: ${text}`);
        })),
    );
  }
  return {
    question: "A receipt out of it, as its door sends it",
    measured: `${median(times).toFixed(1)} ms`,
    bound: "—",
    holds: true,
  };
}

/** Confirmations, in turns. */
async function confirming(small: BenchApp, large: BenchApp): Promise<Row> {
  const sides = [small, large].map((app) => ({ app, times: [] as number[] }));
  const slugs = [await addLetterWith(small, 1_000), await addLetterWith(large, 1_000)];
  for (let round = 0; round < confirmations + 10; round++) {
    for (const [which, { app, times }] of sides.entries()) {
      const token = await addPending(app.database.db, app.keys, slugs[which]!);
      const took = await seconds(() => post(app, `/confirm/${token}`));
      await sequenceAll(app.database.db, app.siteLog);
      // The first rounds warm what both share.
      if (round >= 10) times.push(took * 1_000);
    }
  }
  const [few, many] = sides.map(({ times }) => median(times)) as [number, number];
  return {
    question: `Confirming a signature: a log of ${size.toLocaleString("en")} entries, to one of a thousand`,
    measured: `${(many / few).toFixed(2)} (${many.toFixed(1)} ms to ${few.toFixed(1)} ms)`,
    bound: "at most 1.2",
    holds: many / few <= 1.2,
  };
}

/** Confirms a signature. @returns the path of its private page */
async function confirm(app: BenchApp, slug: string): Promise<string> {
  const location = await post(app, `/confirm/${await addPending(app.database.db, app.keys, slug)}`);
  return location.replace(/\/receipt$/, "");
}

async function post(app: BenchApp, path: string): Promise<string> {
  const answer = await app.fetch(
    new Request(`http://localhost${path}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "",
    }),
  );
  await answer.arrayBuffer();
  if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}`);
  return answer.headers.get("location")!;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}
