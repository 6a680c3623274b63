/** Asks every question, or those named, and prints the table of the README. Usage: npm run bench [-- pages search …] */
import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import type { Row } from "./support/measure.ts";

const questions = ["pages", "million", "desk", "search", "first-view", "start", "log", "verify"];
const asked = process.argv.slice(2);

const rows: Row[] = [];
for (const name of asked.length > 0 ? asked : questions) {
  const { measure } = (await import(join(import.meta.dirname, `${name}.ts`))) as {
    measure(): Promise<Row[]>;
  };
  rows.push(...(await measure()));
}

console.log("| question | measured | asked for |\n|---|---|---|");
for (const { question, measured, bound, holds } of rows) {
  console.log(`| ${question} | ${measured}${holds ? "" : " **missed**"} | ${bound} |`);
}
console.log(
  `\nMeasured with \`npm run bench\` on ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}, on ` +
    `${new Date().toISOString().slice(0, 10)}.`,
);
if (rows.some((row) => !row.holds)) process.exitCode = 1;
