/** How long from start to the first page, once initialised? How much memory does the idle server process hold? */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { median, type Row } from "./support/measure.ts";
import { withSite } from "./support/site.ts";

/** Resident memory of a process in MB (Linux). */
async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1]) / 1000;
}

export async function measure(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-bench-"));
  try {
    await withSite(folder, async () => undefined);
    const seconds: number[] = [];
    const memory: number[] = [];
    for (let round = 0; round < 5; round++) {
      const begun = performance.now();
      await withSite(folder, async (site) => {
        await (await fetch(`${site.url}/`)).text();
        seconds.push((performance.now() - begun) / 1000);
        await sleep(5_000);
        memory.push(await residentMemory(site.pid));
      });
    }
    return [
      {
        question: "Start to first page served, once initialised",
        measured: `${median(seconds).toFixed(2)} s`,
        bound: "below 3 s",
        holds: median(seconds) < 3,
      },
      {
        question: "Idle memory of the server process",
        measured: `${Math.round(median(memory))} MB`,
        bound: "below 150 MB",
        holds: median(memory) < 150,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
