/** GET /log/entries/:index, and its proof */
import { findRevisions } from "../../archive/letter.ts";
import { findNameOf, lettersOfEntries } from "../../archive/log.ts";
import { routes } from "../../routes.ts";
import { decodeUtf8, encodeBase64, encodeBase64url, encodeUtf8 } from "../../transparency/bytes.ts";
import {
  findEntry,
  findPlacedEntry,
  findRemovals,
  type PlacedEntry,
  proveEntry,
} from "../../transparency/find-entry.ts";
import { nodeSha256 } from "../../transparency/sha256-node.ts";
import { leafHash } from "../../transparency/tree.ts";
import type { Deps, Handler } from "../deps.ts";
import { openData, openHeaders } from "../headers.ts";
import { notFound, openFile, plainText } from "../respond.ts";
import { type EntryShown, entryPage } from "./entry-page.ts";

/** One entry: its words, its letter, its bytes. */
export function showEntry(deps: Deps): Handler {
  return async (c) => {
    const index = Number(c.req.param("index"));
    // One entry, one address.
    if (String(index) !== c.req.param("index")) return notFound(c);
    const answer = await deps.pages.answer(c, { key: routes.logEntry(index) }, async (page) => {
      const placed = await findPlacedEntry(deps.db, index);
      return placed && { body: entryPage(page, await shown(deps, placed, page.language)) };
    });
    return answer ?? notFound(c);
  };
}

async function shown(deps: Deps, placed: PlacedEntry, language: string): Promise<EntryShown> {
  const { db, siteLog } = deps;
  const { checkpoint } = await siteLog.published();
  const bytes = (await findEntry(db, placed.index))!;
  const letter = (await lettersOfEntries(db, [placed], language)).get(placed.entry.l)!;
  const revisions = await findRevisions(db, letter.id);
  const { entry } = placed;
  const text = "r" in entry ? entry.r : undefined;
  const revision = revisions.find(({ hash }) => hash && encodeBase64url(hash) === text);
  const signatory = await findNameOf(db, placed);
  return {
    ...placed,
    letter,
    size: checkpoint.size,
    text: decodeUtf8(bytes)!,
    hash: encodeBase64(leafHash(nodeSha256, bytes)),
    ...(revision && { revision: revision.number }),
    ...(signatory && { name: signatory.name }),
    ...(await findRemovals(db, placed.index)),
  };
}

/** GET /log/entries/:index/proof: a c2sp.org/tlog-proof that the entry is in the log that readers know now. */
export function sendProof(deps: Deps): Handler {
  return async (c) => {
    const index = Number(c.req.param("index"));
    const published = await deps.siteLog.published();
    if (index >= published.checkpoint.size) return plainText("The log has no such entry.\n", 404, openData);
    return openFile(c, encodeUtf8(await proveEntry(deps.db, index, published)), {
      ...openHeaders("text/plain; charset=utf-8"),
      "Content-Disposition": `attachment; filename="entry-${index}.tlog-proof"`,
    });
  };
}
