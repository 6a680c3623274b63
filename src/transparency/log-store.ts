/**
 * The SQL of the log: its state, and what it says of letters and signatures. Only the sequencer makes it grow; what of it
 * readers are given is also the publisher's to write, and its key the operator's (adopt-key.ts).
 */
import { sql } from "kysely";
import type { Database, Queryable, Transaction } from "../database/open.ts";
import type { LetterTotals, LoggedSignature } from "./numbering.ts";

/** Any number will do, as long as it stays the same. */
const writerLock = 1_970_169_703;

/** Tries to become the log's writer, for as long as this connection lives. */
export async function tryWriterLock(db: Database): Promise<boolean> {
  const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${writerLock}) as got`.execute(db);
  return rows[0]!.got;
}

/**
 * Lets PostgreSQL notice within seconds that this connection's node is gone, where no closed connection tells it: a
 * machine that lost its power or its network. Without effect on a Unix socket, where it always notices.
 */
export async function noticeDeath(db: Database): Promise<void> {
  await sql`select set_config('tcp_keepalives_idle', '2', false), set_config('tcp_keepalives_interval', '1', false),
    set_config('tcp_keepalives_count', '2', false), set_config('tcp_user_timeout', '4000', false)`.execute(
    db,
  );
}

/** The log's one row. */
export interface LogState {
  readonly key: string;
  readonly size: number;
  readonly root: Buffer;
  readonly checkpoint: string;
  readonly published: string;
}

/** Begins the log, unless it has been begun. */
export async function insertState(db: Queryable, state: LogState): Promise<void> {
  await db
    .insertInto("log_state")
    .values(state)
    .onConflict((conflict) => conflict.column("only").doNothing())
    .execute();
}

export async function getState(db: Queryable): Promise<LogState> {
  return db
    .selectFrom("log_state")
    .select(["key", "size", "root", "checkpoint", "published"])
    .executeTakeFirstOrThrow();
}

/** The same for the writer, held until the transaction ends. */
export async function lockState(trx: Transaction): Promise<Pick<LogState, "size">> {
  return trx.selectFrom("log_state").select("size").forUpdate().executeTakeFirstOrThrow();
}

/** The log has grown. */
export async function updateState(
  trx: Transaction,
  state: Pick<LogState, "size" | "root" | "checkpoint">,
): Promise<void> {
  await trx
    .updateTable("log_state")
    .set({ ...state, grown_at: sql`now()` })
    .execute();
}

/** When the log last grew; null while it is empty. */
export async function selectGrownAt(db: Queryable): Promise<Date | null> {
  const { grown_at } = await db.selectFrom("log_state").select("grown_at").executeTakeFirstOrThrow();
  return grown_at;
}

/** Gives readers a checkpoint. */
export async function updatePublished(trx: Queryable, published: string): Promise<void> {
  await trx.updateTable("log_state").set({ published }).execute();
}

/** Gives readers another checkpoint in place of one, unless they have been given a third meanwhile. */
export async function replacePublished(db: Queryable, before: string, published: string): Promise<void> {
  await db.updateTable("log_state").set({ published }).where("published", "=", before).execute();
}

/** From now on the log is signed with another key. */
export async function updateKey(
  trx: Queryable,
  state: Pick<LogState, "key" | "checkpoint" | "published">,
): Promise<void> {
  await trx.updateTable("log_state").set(state).execute();
}

/** What the log says of letters, by their ids; of those that it does not know, nothing. */
export async function selectLetterTotals(
  db: Queryable,
  letterIds: readonly string[],
): Promise<Map<string, LetterTotals>> {
  const rows = await db
    .selectFrom("log_letter")
    .select(["letter_id", "entries", "active", "revision", "closed"])
    .where("letter_id", "in", letterIds)
    .execute();
  return new Map(rows.map(({ letter_id, ...totals }) => [letter_id, totals]));
}

/** Also notes the transaction, so that every node renews the letters' pages (web/changes.ts). */
export async function upsertLetterTotals(
  trx: Transaction,
  letters: ReadonlyMap<string, LetterTotals>,
): Promise<void> {
  const all = [...letters.values()];
  await sql`
    insert into log_letter (letter_id, entries, active, revision, closed)
    select * from unnest(${[...letters.keys()]}::uuid[], ${all.map(({ entries }) => entries)}::bigint[],
                         ${all.map(({ active }) => active)}::bigint[], ${all.map(({ revision }) => revision)}::text[],
                         ${all.map(({ closed }) => closed)}::boolean[])
    on conflict (letter_id) do update set entries = excluded.entries, active = excluded.active,
      revision = excluded.revision, closed = excluded.closed, changed = pg_current_xact_id()
  `.execute(trx);
}

/** Where signatures stand in the log, by their ids. */
export async function selectLoggedSignatures(
  db: Queryable,
  signatureIds: readonly string[],
): Promise<Map<string, LoggedSignature>> {
  const { rows } = await sql<LoggedSignature & { id: string }>`
    select signature_id as id, letter_id as "letterId", s, index, withdrawn, erased
    from log_signature where signature_id = any(${signatureIds}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, ...logged }) => [id, logged]));
}

export async function upsertLoggedSignatures(
  trx: Transaction,
  signatures: ReadonlyMap<string, LoggedSignature>,
): Promise<void> {
  const all = [...signatures.values()];
  await sql`
    insert into log_signature (signature_id, letter_id, s, index, withdrawn, erased)
    select * from unnest(${[...signatures.keys()]}::uuid[], ${all.map(({ letterId }) => letterId)}::uuid[],
                         ${all.map(({ s }) => s)}::bigint[], ${all.map(({ index }) => index)}::bigint[],
                         ${all.map(({ withdrawn }) => withdrawn)}::boolean[],
                         ${all.map(({ erased }) => erased)}::boolean[])
    on conflict (signature_id) do update set s = excluded.s, index = excluded.index,
      withdrawn = excluded.withdrawn, erased = excluded.erased
  `.execute(trx);
}
