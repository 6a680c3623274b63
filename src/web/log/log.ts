/** GET /log */
import { lettersOfEntries } from "../../archive/log.ts";
import { routes, withQuery } from "../../routes.ts";
import { findGrownAt, listEntriesDown } from "../../transparency/find-entry.ts";
import { parseNote } from "../../transparency/note.ts";
import type { Deps, Handler } from "../deps.ts";
import { notFound } from "../respond.ts";
import { logPage } from "./log-page.ts";

/** Entries on a page. */
const entriesOnPage = 25;

/** The log as it stands, with its newest entries; with ?before, the entries before that one. */
export function showLog(deps: Deps): Handler {
  const { db, siteLog } = deps;
  return async (c) => {
    const before = /^[0-9]{1,15}$/.exec(c.req.query("before") ?? "")?.[0];
    const key = withQuery(routes.log(), { before: before && Number(before) });
    const answer = await deps.pages.answer(c, { key }, async (page) => {
      const { note, checkpoint } = await siteLog.published();
      const to = Math.min(before ? Number(before) : checkpoint.size, checkpoint.size);
      const from = Math.max(to - entriesOnPage, 0);
      const entries = await listEntriesDown(db, from, to);
      const body = logPage(page, {
        checkpoint,
        key: siteLog.key,
        witnesses: witnessesOf(note, siteLog.key.id),
        grownAt: await findGrownAt(db),
        entries,
        letters: await lettersOfEntries(db, entries, page.language),
        newest: before === undefined,
        newer: Math.min(to + entriesOnPage, checkpoint.size),
      });
      return { body };
    });
    return answer ?? notFound(c);
  };
}

/** Who signed the checkpoint beside the log itself. Only signatures that were verified are published with it. */
function witnessesOf(note: string, logId: string): string[] {
  const parsed = parseNote(note);
  if ("problem" in parsed) throw new Error("the published checkpoint is no note");
  return parsed.signatures.filter(({ id }) => id !== logId).map(({ name }) => name);
}
