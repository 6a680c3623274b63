import { createHash } from "node:crypto";
import type { Signed } from "./signature.ts";

/**
 * Stands for what an entry says: the page that asks for a yes carries it along, so that nobody confirms what was
 * changed since they looked. Two entries that say the same have the same.
 * @returns 43 characters
 */
export function entryMark(signed: Signed): string {
  const { kind, name, affiliation, role, website, representative, country, show, updates } = signed;
  const said = [kind, name, affiliation, role, website, representative, country, show, updates];
  return createHash("sha256").update(JSON.stringify(said), "utf8").digest("base64url");
}
