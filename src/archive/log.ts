/** What the archive knows of the log's entries: the letter that each is about, and whose signature it is. */
import type { Database } from "../database/open.ts";
import type { PlacedEntry } from "../transparency/find-entry.ts";
import { uuidOfLogLetterId } from "../transparency/letter-id.ts";
import type { Entry } from "./entry.ts";
import { loadEntries } from "./entry-store.ts";
import { type Signatory, selectNameLogged } from "./signatories-store.ts";

/** The letters of some entries, by their ids as the log writes them. */
export async function lettersOfEntries(
  db: Database,
  entries: readonly PlacedEntry[],
  language: string,
): Promise<Map<string, Entry>> {
  const ids = new Map(entries.map(({ entry }) => [entry.l, uuidOfLogLetterId(entry.l)!]));
  const letters = await loadEntries(db, [...ids.values()], language);
  const byId = new Map(letters.map((letter) => [letter.id, letter]));
  return new Map(
    Array.from(ids, ([id, uuid]) => {
      const letter = byId.get(uuid);
      if (!letter) throw new Error(`the log tells of a letter that is not here: ${uuid}`);
      return [id, letter];
    }),
  );
}

/** The name that a sign entry stands for, for as long as it is on the public list. */
export async function findNameOf(
  db: Database,
  { entry }: PlacedEntry,
): Promise<Pick<Signatory, "kind" | "name"> | undefined> {
  return entry.t === "sign" ? selectNameLogged(db, uuidOfLogLetterId(entry.l)!, entry.s) : undefined;
}
