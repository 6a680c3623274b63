/**
 * How long does a search over 100,000 letters take, through the doors: for rare words, for those half of them hold, and
 * for words that are only excluded?
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withApp } from "./support/app.ts";
import { fillLetters } from "./support/fill.ts";
import { median, type Row } from "./support/measure.ts";

const letters = 100_000;
const rounds = 40;

/** Every query is asked once: pages that are kept from the last time are not what is asked for. */
const ordinary = (n: number) => [
  `subject${n} region`,
  `subject${n + 100}`,
  `"matter ${n}"`,
  `subject${n + 200} -region`,
  `organisation${n}`,
  `subject${n}&year=${2000 + (n % 27)}`,
];
const common = (n: number) => [
  `encryption -subject${n}`,
  `encryption privacy -matter${n}`,
  `encryption -organisation${n}&year=${2000 + (n % 27)}`,
];
const excluding = (n: number) => [
  `-subject${n}`,
  `-encryption -matter${n}`,
  `-organisation${n}&year=${2000 + (n % 27)}`,
];

export async function measure(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-bench-"));
  try {
    return await withApp(folder, async (app) => {
      await fillLetters(app.database.db, letters);
      const time = async (query: string) => {
        const begun = performance.now();
        const answer = await app.fetch(new Request(`http://localhost/?q=${query.replaceAll(" ", "+")}`));
        await answer.text();
        if (answer.status !== 200) throw new Error(`${query} answered ${answer.status}`);
        return performance.now() - begun;
      };
      const rows: Row[] = [];
      for (const [name, bound, asked] of [
        ["median", 20, ordinary],
        ["median for words that half of the letters hold", 60, common],
        ["median for words that are only excluded", 60, excluding],
      ] as const) {
        for (const query of asked(rounds)) await time(query);
        const times: number[] = [];
        for (let round = 0; round < rounds; round++)
          for (const query of asked(round)) times.push(await time(query));
        rows.push({
          question: `Search over ${letters.toLocaleString("en")} letters, whole page: ${name}`,
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
