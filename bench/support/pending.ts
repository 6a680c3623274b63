import { sql } from "kysely";
import type { Database } from "../../src/database/open.ts";
import { newId } from "../../src/foundation/ids.ts";
import type { Keys } from "../../src/foundation/keys.ts";
import { newToken } from "../../src/foundation/token.ts";

/** A pending signature with its confirmation token, as the form would leave it. @returns the token */
export async function addPending(db: Database, keys: Keys, slug: string): Promise<string> {
  const id = newId();
  const { token, hash } = newToken();
  await sql`
    insert into signature (id, letter_id, revision, kind, state, name, name_folded, country, show, updates, language,
      email_sealed, email_hash, created_at)
    select ${id}, id, 1, 'person', 'pending', 'A Reader', 'a reader', 'CH', true, false, 'en',
      ${keys.seal("reader@example.org")}, ${hash}, now()
    from letter where slug = ${slug}`.execute(db);
  await sql`
    insert into signature_token (hash, signature_id, purpose, created_at, expires_at)
    values (${hash}, ${id}, 'confirm', now(), now() + interval '14 days')`.execute(db);
  await sql`
    insert into desk_tally (letter_id, lane, pending) select id, 0, 1 from letter where slug = ${slug}
    on conflict (letter_id, lane) do update set pending = desk_tally.pending + 1`.execute(db);
  return token;
}
