/**
 * How many pages a second does the real application serve, against a bare node:http server that sends the same bytes
 * on the same core? Both run at once and are loaded in turns, so that what else the machine does meets both.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../test/support/free-port.ts";
import { median, type Row, startNode, stop, untilServed } from "./support/measure.ts";
import { addLetterWith, withSite } from "./support/site.ts";

const rounds = 5;
const seconds = 4;

/** Requests a second that a URL yields to a load from the other core. */
async function rate(url: string): Promise<number> {
  const load = startNode([join(import.meta.dirname, "support/load.ts"), url, String(seconds)], 1);
  let output = "";
  for await (const piece of load.stdout!) output += piece;
  return (JSON.parse(output) as { rate: number }).rate;
}

/** The ratio for one page. */
async function compare(url: string, folder: string): Promise<{ ratio: number; ours: number; bytes: number }> {
  const answer = await fetch(url, { headers: { "accept-encoding": "br", "accept-language": "en" } });
  // fetch has unpacked the body; ask again below it for the bytes as sent.
  await answer.arrayBuffer();
  const sent = await rawAnswer(url);
  const file = join(folder, "answer.json");
  await writeFile(file, JSON.stringify({ headers: sent.headers, body: sent.body.toString("base64") }));
  const port = await freePort();
  const bare = startNode([join(import.meta.dirname, "support/bare-server.ts"), String(port), file], 0);
  try {
    await untilServed(`http://127.0.0.1:${port}/`);
    const ratios: number[] = [];
    const ours: number[] = [];
    await rate(url);
    for (let round = 0; round < rounds; round++) {
      const theirs = await rate(`http://127.0.0.1:${port}/`);
      const own = await rate(url);
      ours.push(own);
      ratios.push(own / theirs);
    }
    return { ratio: median(ratios), ours: median(ours), bytes: sent.body.length };
  } finally {
    await stop(bare);
  }
}

async function rawAnswer(url: string): Promise<{ headers: Record<string, string>; body: Buffer }> {
  const { get } = await import("node:http");
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "br", "accept-language": "en" } }, async (response) => {
      const pieces: Buffer[] = [];
      for await (const piece of response) pieces.push(piece as Buffer);
      const { date: _date, connection: _connection, "keep-alive": _alive, ...headers } = response.headers;
      resolve({ headers: headers as Record<string, string>, body: Buffer.concat(pieces) });
    }).on("error", reject);
  });
}

export async function measure(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-bench-"));
  try {
    return await withSite(folder, async (site) => {
      const slug = await addLetterWith(site, 500);
      const rows: Row[] = [];
      for (const [name, path] of [
        ["Archive page", "/"],
        ["Letter page with 500 signatories", `/letters/${slug}`],
      ] as const) {
        const { ratio, ours, bytes } = await compare(site.url + path, folder);
        rows.push({
          question: `${name}: requests a second, to a bare server sending the same ${bytes} bytes`,
          measured: `${ratio.toFixed(2)} (${Math.round(ours)}/s)`,
          bound: "at least 0.85",
          holds: ratio >= 0.85,
        });
      }
      return rows;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
