/** The SQL that reads a public letter back into a document. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";

export interface PublishedRow {
  readonly kind: string;
  readonly publisher_role: string | null;
  readonly dated: number;
  readonly language: string;
  readonly measure_name: string | null;
  readonly measure_type: string | null;
  readonly stance: string | null;
  readonly texts: Readonly<Record<string, { title: string; summary: string; body: string | null }>>;
  readonly addressees: readonly { name: string; type: string }[];
  readonly initiators: readonly string[];
  readonly topics: readonly string[];
  readonly places: readonly string[];
}

/** A public letter with the texts of its latest revision. */
export async function selectPublished(db: Queryable, letterId: string): Promise<PublishedRow | undefined> {
  const { rows } = await sql<PublishedRow>`
    select kind, publisher_role, dated, language, measure_name, measure_type, stance,
      (select json_object_agg(language, json_build_object('title', title, 'summary', summary, 'body', body))
       from translation where letter_id = id and revision = (select max(number) from revision where letter_id = id)) as texts,
      (select coalesce(json_agg(json_build_object('name', name, 'type', type) order by position), '[]')
       from addressee where letter_id = id) as addressees,
      array(select name from initiator where letter_id = id order by position) as initiators,
      array(select topic from letter_topic where letter_id = id order by position) as topics,
      array(select place from letter_place where letter_id = id order by position) as places
    from letter where id = ${letterId}`.execute(db);
  return rows[0];
}
