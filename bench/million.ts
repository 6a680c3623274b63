/**
 * Does a letter with a million signatories cost more than one with a thousand? Asked of the uncached page and of a
 * confirmation, both through the doors of the real application, in turns.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { touchLetter } from "../src/letters/touch.ts";
import { type BenchApp, withApp } from "./support/app.ts";
import { median, type Row } from "./support/measure.ts";
import { addPending } from "./support/pending.ts";
import { addLetterWith } from "./support/site.ts";

const rounds = 60;

/** Milliseconds that a request takes. @throws Error when the answer is not what it should be */
async function time(app: BenchApp, path: string, status: number, init?: RequestInit): Promise<number> {
  const begun = performance.now();
  const answer = await app.fetch(new Request(`http://localhost${path}`, init));
  await answer.arrayBuffer();
  const took = performance.now() - begun;
  if (answer.status !== status) throw new Error(`${path} answered ${answer.status}`);
  return took;
}

export async function measure(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-bench-"));
  try {
    return await withApp(folder, async (app) => {
      const { db } = app.database;
      const slugs = [await addLetterWith(app, 1_000), await addLetterWith(app, 1_000_000)];
      await sql`vacuum analyze`.execute(db);
      const pages: number[][] = [[], []];
      const confirmations: number[][] = [[], []];
      for (let round = 0; round < rounds + 5; round++) {
        for (const [which, slug] of slugs.entries()) {
          const { id } = await db
            .selectFrom("letter")
            .select("id")
            .where("slug", "=", slug)
            .executeTakeFirstOrThrow();
          await touchLetter(db, id);
          await app.pages.refresh();
          const page = await time(app, `/letters/${slug}`, 200);
          const token = await addPending(db, app.keys, slug);
          const confirmation = await time(app, `/confirm/${token}`, 303, {
            method: "POST",
            headers: { "content-type": "application/x-www-form-urlencoded" },
            body: "",
          });
          // The first rounds warm what both letters share.
          if (round >= 5) {
            pages[which]!.push(page);
            confirmations[which]!.push(confirmation);
          }
        }
      }
      return [
        { name: "rendering its page, uncached", times: pages },
        { name: "confirming a signature on it", times: confirmations },
      ].map(({ name, times: [small, large] }) => {
        const ratio = median(large!) / median(small!);
        return {
          question: `A letter with 1,000,000 signatories, to one with 1,000: ${name}`,
          measured: `${ratio.toFixed(2)} (${median(large!).toFixed(1)} ms to ${median(small!).toFixed(1)} ms)`,
          bound: "at most 1.2",
          holds: ratio <= 1.2,
        };
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
