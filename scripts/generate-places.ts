/**
 * Writes src/foundation/places-data.ts from CLDR's tables: `node scripts/generate-places.ts`. Run it when cldr-core is
 * brought up to date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const read = (name: string) =>
  JSON.parse(readFileSync(require.resolve(`cldr-core/supplemental/${name}.json`), "utf8"));
const containment: Record<string, { _contains: string[] }> =
  read("territoryContainment").supplemental.territoryContainment;

/** Codes of Unicode's own, which are neither ISO 3166-1 countries nor UN M.49 regions. */
const unofficial = new Set(["EZ", "QO", "QU", "UN", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"]);
/** Groups of M.49 that cut across the continents; letters are found under 419 and EU all the same. */
const leftOut = new Set(["003", "202"]);

const holders = new Map<string, string[]>();
for (const [holder, { _contains }] of Object.entries(containment)) {
  if (holder.includes("-") || unofficial.has(holder) || leftOut.has(holder)) continue;
  for (const held of _contains) {
    if (!unofficial.has(held)) holders.set(held, [...(holders.get(held) ?? []), holder]);
  }
}
holders.set("EU", ["150"]);
holders.set("419", ["019"]);

const sorted = Object.fromEntries(
  Array.from(holders, ([place, held]): [string, string] => [place, held.toSorted().join(" ")]).sort(
    ([a], [b]) => (a < b ? -1 : 1),
  ),
);
writeFileSync(
  join(import.meta.dirname, "../src/foundation/places-data.ts"),
  `/** Which places hold which, from Unicode CLDR (Unicode licence v3). Written by scripts/generate-places.ts. */\nexport const holders: Readonly<Record<string, string>> = ${JSON.stringify(sorted, null, 2)};\n`,
);
