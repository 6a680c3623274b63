/** The SQL of marking matches. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import { markStart, markStop } from "./marks.ts";

/** Where a letter matches, with delimiters around each match (marks.ts). */
export interface Marked {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** A piece of the text, where the text matches and title and summary do not. Markdown. */
  readonly excerpt: string | null;
}

/** How much of a text is looked at around the first match, in characters. */
const around = 400;

/**
 * Marks the matches in the texts that are shown, each with its own language's stemming.
 * @param texts the letters with the language of the text that is shown of each, and its configuration
 */
export async function markMatches(
  db: Queryable,
  texts: readonly { readonly id: string; readonly language: string; readonly configuration: string }[],
  mark: string,
): Promise<Marked[]> {
  // Looking for the stems with strpos first keeps ts_headline from reading whole texts: 50 of them took 50 ms.
  const stems = [
    ...new Set(Array.from(mark.matchAll(/'((?:[^']|'')+)'/g), ([, stem]) => stem!.replaceAll("''", "'"))),
  ];
  const strip = (column: string) => sql`translate(${sql.ref(column)}, ${markStart + markStop}, '')`;
  const delimiters = `StartSel=${markStart}, StopSel=${markStop}`;
  const { rows } = await sql<Marked>`
    select w.id, marked.title, marked.summary,
      case when strpos(marked.title || marked.summary, ${markStart}) = 0 then (
        select ts_headline(w.config, substring(${strip("t.body")} from greatest(1, at - ${around}) for ${2 * around}),
          ${mark}::tsquery, ${`${delimiters}, MaxFragments=1, MinWords=12, MaxWords=30`})
        from (select min(nullif(strpos(lower(t.body), stem), 0)) as at from unnest(${stems}::text[]) stem) s
        where at is not null) end as excerpt
    from unnest(${texts.map(({ id }) => id)}::uuid[], ${texts.map(({ language }) => language)}::text[],
        ${texts.map(({ configuration }) => configuration)}::regconfig[]) as w (id, language, config)
      join translation t on t.letter_id = w.id and t.language = w.language
        and t.revision = (select max(number) from revision where letter_id = w.id)
      cross join lateral (select
        ts_headline(w.config, ${strip("t.title")}, ${mark}::tsquery, ${`${delimiters}, HighlightAll=true`}) as title,
        ts_headline(w.config, ${strip("t.summary")}, ${mark}::tsquery, ${`${delimiters}, HighlightAll=true`}) as summary
      ) marked`.execute(db);
  return rows;
}
