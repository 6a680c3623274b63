/** The SQL of slugs, present and former. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

/** Slugs are given out one at a time; held until the transaction ends. */
export async function lockSlugs(trx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('undersigned.slug'))`.execute(trx);
}

/** All present and former slugs that are this one, or this one with an ending. */
export async function selectSlugsLike(trx: Transaction, slug: string): Promise<Set<string>> {
  const { rows } = await sql<{ slug: string }>`
    select slug from letter where slug = ${slug} or slug like ${`${slug}-%`}
    union all
    select slug from former_slug where slug = ${slug} or slug like ${`${slug}-%`}
  `.execute(trx);
  return new Set(rows.map((row) => row.slug));
}

/** Which letter has or had a slug. */
export async function selectSlugOwner(trx: Transaction, slug: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from letter where slug = ${slug}
    union all
    select letter_id from former_slug where slug = ${slug}
  `.execute(trx);
  return rows[0]?.id;
}

/** Gives a letter a slug; the one it had stays known as a former one. */
export async function updateSlug(trx: Transaction, letterId: string, slug: string): Promise<void> {
  await sql`delete from former_slug where slug = ${slug}`.execute(trx);
  await sql`insert into former_slug (slug, letter_id)
    select slug, id from letter where id = ${letterId} and slug <> ${slug}`.execute(trx);
  await sql`update letter set slug = ${slug} where id = ${letterId}`.execute(trx);
}

/** A letter by its slug or one that it had before, with the slug it has now. */
export async function selectLetterBySlug(
  db: Queryable,
  slug: string,
): Promise<{ id: string; slug: string } | undefined> {
  const { rows } = await sql<{ id: string; slug: string }>`
    select id, slug from letter where slug = ${slug}
    union all
    select id, letter.slug from letter join former_slug on letter_id = id where former_slug.slug = ${slug}
    limit 1
  `.execute(db);
  return rows[0];
}
