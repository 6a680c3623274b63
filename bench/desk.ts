/**
 * Does the desk cost more with a letter of a million signatories than with one of a thousand? Asked of its pages and of
 * the search, through the doors of the real application, each over a database of its own, in turns.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { systemClock } from "../src/foundation/clock.ts";
import { makeSetUpLink } from "../src/people/invite.ts";
import { type BenchApp, withApp } from "./support/app.ts";
import { median, type Row } from "./support/measure.ts";
import { addLetterWith } from "./support/site.ts";

const rounds = 40;
/** The slowest that a page of the desk may be, in milliseconds. */
const bound = 100;

interface Asked {
  readonly name: string;
  readonly path: (letterId: string) => string;
}

const asked: readonly Asked[] = [
  { name: "the first page", path: () => "/desk" },
  { name: "all letters", path: () => "/desk/letters" },
  { name: "a letter at a glance", path: (id) => `/desk/letters/${id}` },
  { name: "its numbers as a file", path: (id) => `/desk/letters/${id}/overview.csv` },
  { name: "search for a name that many have", path: () => "/desk/search?q=ada" },
  { name: "search for a name and a number", path: () => "/desk/search?q=okafor+123" },
  { name: "search for what nobody is called", path: () => "/desk/search?q=zzzzzz" },
  { name: "search for an address", path: () => "/desk/search?q=nobody@example.org" },
];

/** Sets the desk up. @returns the cookie of its owner */
async function enter(app: BenchApp): Promise<string> {
  const token = await makeSetUpLink(app.database.db, systemClock);
  const answer = await app.fetch(
    new Request(`http://localhost/desk/invitations/${token}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
      body: new URLSearchParams({ name: "Bench", email: "bench@example.org", language: "en" }).toString(),
    }),
  );
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

/** Milliseconds of every page, by its name. */
async function timesWith(count: number): Promise<ReadonlyMap<string, number[]>> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-bench-"));
  try {
    return await withApp(folder, async (app) => {
      const { db } = app.database;
      const slug = await addLetterWith(app, count);
      await sql`vacuum analyze`.execute(db);
      const { id } = await db
        .selectFrom("letter")
        .select("id")
        .where("slug", "=", slug)
        .executeTakeFirstOrThrow();
      const cookie = await enter(app);
      const times = new Map<string, number[]>(asked.map(({ name }) => [name, []]));
      for (let round = 0; round < rounds + 5; round++) {
        for (const { name, path } of asked) {
          const begun = performance.now();
          const answer = await app.fetch(new Request(`http://localhost${path(id)}`, { headers: { cookie } }));
          await answer.arrayBuffer();
          if (answer.status !== 200) throw new Error(`${path(id)} answered ${answer.status}`);
          // The first rounds warm what all pages share.
          if (round >= 5) times.get(name)!.push(performance.now() - begun);
        }
      }
      return times;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function measure(): Promise<Row[]> {
  const small = await timesWith(1_000);
  const large = await timesWith(1_000_000);
  return asked.map(({ name }) => {
    const [one, other] = [median(small.get(name)!), median(large.get(name)!)];
    return {
      question: `The desk with a letter of 1,000,000 signatories, to one of 1,000: ${name}`,
      measured: `${(other / one).toFixed(2)} (${other.toFixed(1)} ms to ${one.toFixed(1)} ms)`,
      bound: `at most ${bound} ms`,
      holds: other <= bound,
    };
  });
}
