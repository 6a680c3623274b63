/** The SQL of looks at an organisation's domain. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { FileFound, Found, RecordFound } from "./domain-proof.ts";

/** Lets looks begin one after the other, whatever the signature, so that they are counted right. */
export async function lockChecks(trx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('domain-check', 0))`.execute(trx);
}

/** How often was looked since an instant: for a signature, at its domain, and for everybody. Right only while the looks are locked. */
export async function countChecks(
  trx: Transaction,
  {
    signatureId,
    domain,
    since,
  }: { readonly signatureId: string; readonly domain: string; readonly since: Date },
): Promise<{ readonly signature: number; readonly domain: number; readonly site: number }> {
  const { rows } = await sql<{ signature: number; domain: number; site: number }>`
    select (select count(*) from domain_check where signature_id = ${signatureId} and at > ${since}) as signature,
      (select count(*) from domain_check where domain = ${domain} and at > ${since}) as domain,
      (select count(*) from domain_check where at > ${since}) as site`.execute(trx);
  return rows[0]!;
}

/** Notes that a look begins. */
export async function insertCheck(
  trx: Transaction,
  check: { readonly signatureId: string; readonly domain: string; readonly at: Date },
): Promise<number> {
  const { id } = await trx
    .insertInto("domain_check")
    .values({ signature_id: check.signatureId, domain: check.domain, at: check.at })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Notes what a look has found. */
export async function updateCheck(trx: Transaction, id: number, found: Found): Promise<void> {
  await trx.updateTable("domain_check").set(found).where("id", "=", id).execute();
}

/** The latest look that has come to its end. */
export async function selectLastCheck(
  db: Queryable,
  signatureId: string,
): Promise<(Found & { readonly at: Date }) | undefined> {
  const { rows } = await sql<{ at: Date; dns: RecordFound; file: FileFound }>`
    select at, dns, file from domain_check where signature_id = ${signatureId} and dns is not null
    order by at desc, id desc limit 1`.execute(db);
  return rows[0];
}

/** Forgets looks from before an instant. */
export async function deleteChecks(trx: Transaction, before: Date): Promise<void> {
  await trx.deleteFrom("domain_check").where("at", "<", before).execute();
}
