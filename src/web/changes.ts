/**
 * Finds out what has changed in the database since this node last looked, without locks or messages.
 *
 * Whoever changes what pages show writes the number of its own transaction (xid8) into tally.changed or site.changed.
 * A snapshot's xmin is the lowest number that was still running: all below it is settled and seen; what is at or above
 * it may be committed after this look, and is looked at again next time. So no commit is missed, in whatever order
 * transactions end (PostgreSQL manual, section 9.28.8, pg_snapshot_xmin).
 */
import { sql } from "kysely";
import type { Database } from "../database/open.ts";
import type { Site } from "./deps.ts";

/** How long a node may trust its last look, in milliseconds. A page is renewed within twice this time. */
const trusted = 500;

export interface Changes {
  /** Whether the last look may still be trusted. */
  isFresh(): boolean;
  /** Looks, unless the last look may still be trusted. */
  fresh(): Promise<void>;
  /** Looks now: after a write of this node's own. */
  refresh(): Promise<void>;
  /** The site's row as of the last look. */
  site(): Site;
}

/** The letters whose pages have changed, or all pages. */
export type OnChange = (letterIds: ReadonlySet<string>, all: boolean) => void;

/** Begins to watch; nothing is asked before the first call of fresh() or refresh(), nor while nobody calls. */
export function watchChanges(db: Database, onChange: OnChange): Changes {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  let horizon = "0";
  let seen = new Map<string, string>();
  let site: (Site & { changed: string }) | undefined;

  async function look(): Promise<void> {
    const startedAt = performance.now();
    const first = lookedAt === Number.NEGATIVE_INFINITY;
    const { rows } = await sql<{
      horizon: string;
      letters: [id: string, changed: string][];
      site: (Site & { changed: string }) | null;
    }>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
        coalesce((select json_agg(json_build_array(letter_id, changed::text)) from tally
                  where not ${first} and changed >= ${horizon}::text::xid8), '[]') as letters,
        (select json_build_object('name', name, 'heading', heading, 'tagline', tagline, 'sample', sample,
                                  'source', source, 'changed', changed::text) from site) as site
    `.execute(db);
    const found = rows[0]!;
    const letters = new Map(found.letters);
    // What an unsettled look had reported already is no news.
    const news = new Set(Array.from(letters.keys()).filter((id) => letters.get(id) !== seen.get(id)));
    const all = first || found.site?.changed !== site?.changed;
    if (all || news.size > 0) onChange(news, all);
    site = found.site ?? undefined;
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
    site: () => site ?? { name: "", heading: "", tagline: "", sample: false, source: null },
  };
}
