/** The SQL of marking matches. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import { searchConfiguration } from "../letters/search-configuration.ts";
import type { Entry } from "./entry.ts";
import { lexemesOf, markStart, markStop } from "./marks.ts";

/** Where a letter matches, with delimiters around each match (marks.ts). */
export interface Marked {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** A piece of the text, where the text matches and title and summary do not. Markdown. */
  readonly excerpt: string | null;
  readonly measure: string | null;
}

/** How much of a text is looked at around the first match, in characters. */
const around = 400;

/** Marks the matches in the texts and measures that are shown, each with its own language's stemming. */
export async function markMatches(db: Queryable, entries: readonly Entry[], mark: string): Promise<Marked[]> {
  const texts = entries.map(({ id, language, originalLanguage, measure }) => ({
    id,
    language,
    config: searchConfiguration(language),
    measure: measure?.name ?? null,
    original: searchConfiguration(originalLanguage),
  }));
  // Looking for the stems with strpos first keeps ts_headline from reading whole texts: 50 of them took 50 ms.
  const stems = lexemesOf(mark);
  const strip = (column: string) => sql`translate(${sql.ref(column)}, ${markStart + markStop}, '')`;
  const delimiters = `StartSel=${markStart}, StopSel=${markStop}`;
  const { rows } = await sql<Marked>`
    select w.id, marked.title, marked.summary,
      case when strpos(marked.title || marked.summary, ${markStart}) = 0 then (
        select ts_headline(w.config, substring(${strip("t.body")} from greatest(1, at - ${around}) for ${2 * around}),
          ${mark}::tsquery, ${`${delimiters}, MaxFragments=1, MinWords=12, MaxWords=30`})
        from (select min(nullif(strpos(lower(t.body), stem), 0)) as at from unnest(${stems}::text[]) stem) s
        where at is not null) end as excerpt,
      ts_headline(w.original, translate(w.measure, ${markStart + markStop}, ''), ${mark}::tsquery,
        ${`${delimiters}, HighlightAll=true`}) as measure
    from json_to_recordset(${JSON.stringify(texts)}::json)
        as w (id uuid, language text, config regconfig, measure text, original regconfig)
      join translation t on t.letter_id = w.id and t.language = w.language
        and t.revision = (select max(number) from revision where letter_id = w.id)
      cross join lateral (select
        ts_headline(w.config, ${strip("t.title")}, ${mark}::tsquery, ${`${delimiters}, HighlightAll=true`}) as title,
        ts_headline(w.config, ${strip("t.summary")}, ${mark}::tsquery, ${`${delimiters}, HighlightAll=true`}) as summary
      ) marked`.execute(db);
  return rows;
}
