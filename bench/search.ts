/** How long does a search over 100,000 letters take, through the doors: for rare words, and for those half of them hold? */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { touchSite } from "../src/letters/touch.ts";
import { withApp } from "./support/app.ts";
import { fillLetters } from "./support/fill.ts";
import { median, type Row } from "./support/measure.ts";

const letters = 100_000;
const rounds = 15;

const queries = {
  ordinary: [
    "subject7 region",
    "subject41",
    '"matter 93"',
    "subject77 -region",
    "organisation12",
    "subject5&year=2019",
  ],
  common: ["encryption", "encryption privacy", "encryption&year=2021", "privacy -letters"],
};

export async function measure(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-bench-"));
  try {
    return await withApp(folder, async (app) => {
      await fillLetters(app.database.db, letters);
      const time = async (query: string) => {
        // So that the page is made anew: what is kept from the last time is not what is asked for.
        await touchSite(app.database.db);
        await app.pages.refresh();
        const begun = performance.now();
        const answer = await app.fetch(new Request(`http://localhost/?q=${query.replaceAll(" ", "+")}`));
        await answer.text();
        if (answer.status !== 200) throw new Error(`${query} answered ${answer.status}`);
        return performance.now() - begun;
      };
      const rows: Row[] = [];
      for (const [name, bound, asked] of [
        ["median", 20, queries.ordinary],
        ["median for words that half of the letters hold", 60, queries.common],
      ] as const) {
        for (const query of asked) await time(query);
        const times: number[] = [];
        for (let round = 0; round < rounds; round++) for (const query of asked) times.push(await time(query));
        rows.push({
          question: `Search over ${letters.toLocaleString("en")} letters, whole page made anew: ${name}`,
          measured: `${median(times).toFixed(1)} ms`,
          bound: `below ${bound} ms`,
          holds: median(times) < bound,
        });
      }
      return rows;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
