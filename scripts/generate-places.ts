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
/** North America with Central America and the Caribbean: a place, but letters to its countries are found under 019. */
const heldOnly = "003";

const holders = new Map<string, string[]>();
for (const [holder, { _contains }] of Object.entries(containment)) {
  if (holder.includes("-") || unofficial.has(holder) || holder === heldOnly) continue;
  for (const held of _contains) {
    if (!unofficial.has(held)) holders.set(held, [...(holders.get(held) ?? []), holder]);
  }
}
holders.set("EU", ["150"]);
holders.set("419", ["019"]);
holders.set(heldOnly, ["019"]);
holders.set("202", ["002"]);
// CLDR puts Antarctica into Oceania for want of a better place; M.49 puts it under the world alone.
holders.set("AQ", ["001"]);

/** The groupings that readers know come before the regions beside or above them. */
const first = ["EU", "202", "419"];
const rank = (place: string) => (first.includes(place) ? 0 : 1);
const ordered = (places: string[]) =>
  places.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).join(" ");

const sorted = Array.from(holders, ([place, held]) => [place, ordered(held)]).sort(([a = ""], [b = ""]) =>
  a < b ? -1 : 1,
);
const lines = sorted.map(([place, held]) => `  ["${place}", "${held}"],\n`).join("");
writeFileSync(
  join(import.meta.dirname, "../src/foundation/places-data.ts"),
  `/** Which places hold which, from Unicode CLDR (Unicode licence v3). Written by scripts/generate-places.ts. */\nexport const holders: ReadonlyMap<string, string> = new Map([\n${lines}]);\n`,
);
