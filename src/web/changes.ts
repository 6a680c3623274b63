/**
 * Finds out what has changed in the database since this node last looked, without locks or messages.
 *
 * Whoever changes what pages show writes the number of its own transaction (xid8) into tally.changed, log_letter.changed
 * or site.changed. The checkpoint that readers are given is compared by itself: with witnesses it moves on later.
 * A snapshot's xmin is the lowest number that was still running: all below it is settled and seen; what is at or above
 * it may be committed after this look, and is looked at again next time. So no commit is missed, in whatever order
 * transactions end (PostgreSQL manual, section 9.28.8, pg_snapshot_xmin).
 */
import { sql } from "kysely";
import type { Database } from "../database/open.ts";
import { getSite, noSite } from "../letters/site.ts";
import { findTopicNames } from "../letters/topics.ts";
import { currentRetention, usualRetention } from "../signing/retention.ts";
import type { WholeSite } from "./deps.ts";

/** How long a node may trust its last look, in milliseconds. A page is renewed within twice this time. */
const trusted = 500;

export interface Changes {
  /** Whether the last look may still be trusted. */
  isFresh(): boolean;
  /** Looks, unless the last look may still be trusted. */
  fresh(): Promise<void>;
  /** Looks now: after a write of this node's own. */
  refresh(): Promise<void>;
  /** The site as of the last look. */
  site(): WholeSite;
}

/** The letters whose pages have changed, or all pages. */
export type OnChange = (letterIds: ReadonlySet<string>, all: boolean) => void;

/** Begins to watch; nothing is asked before the first call of fresh() or refresh(), nor while nobody calls. */
export function watchChanges(db: Database, onChange: OnChange): Changes {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  let horizon = "0";
  let seen = new Map<string, string>();
  let site: WholeSite = { ...noSite, retention: usualRetention, topics: new Map() };
  let siteChanged: string | null | undefined;
  let checkpoint: string | null = null;

  async function look(): Promise<void> {
    const startedAt = performance.now();
    const first = lookedAt === Number.NEGATIVE_INFINITY;
    const { rows } = await sql<{
      horizon: string;
      letters: [id: string, changed: string][];
      site: string | null;
      checkpoint: string | null;
    }>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
        coalesce((select json_agg(json_build_array(letter_id, changed::text)) from (
                    select letter_id, max(changed::text::bigint) as changed from (
                      select letter_id, changed from tally where not ${first} and changed >= ${horizon}::text::xid8
                      union all
                      select letter_id, changed from log_letter where not ${first} and changed >= ${horizon}::text::xid8
                    ) marks group by letter_id) latest), '[]') as letters,
        (select changed::text from site) as site,
        (select md5(published) from log_state) as checkpoint
    `.execute(db);
    const found = rows[0]!;
    const letters = new Map(found.letters);
    // What an unsettled look had reported already is no news.
    const news = new Set(Array.from(letters.keys()).filter((id) => letters.get(id) !== seen.get(id)));
    const all = first || found.site !== siteChanged;
    // What is read now may be newer than the mark; then the next look finds the mark, and reads it once more.
    if (all) {
      const retention = await currentRetention(db);
      site = { ...(await getSite(db)), retention, topics: await findTopicNames(db) };
    }
    if (all || news.size > 0 || found.checkpoint !== checkpoint) onChange(news, all);
    siteChanged = found.site;
    checkpoint = found.checkpoint;
    seen = letters;
    horizon = found.horizon;
    lookedAt = startedAt;
  }

  function lookOnce(): Promise<void> {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  const isFresh = () => performance.now() - lookedAt < trusted;
  return {
    isFresh,
    fresh: async () => {
      if (!isFresh()) await lookOnce();
    },
    refresh: async () => {
      // A look that is under way may have begun before the write.
      await looking?.catch(() => {});
      await lookOnce();
    },
    site: () => site,
  };
}
