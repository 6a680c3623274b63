/**
 * The job queue (graphile-worker). A job is added in the transaction of what it follows from, so that both happen or
 * neither; a worker is told at once when it commits. A job that throws is tried again after e, e², e³ … seconds, at
 * most e¹⁰ (6.1 hours). A job may run twice (when its server was killed at its end), so each looks whether it is still
 * wanted. Payloads lie open in the database: what is personal goes in sealed.
 */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";

/** A mail to be sent: no address, no token but a sealed one. */
export interface MailJob {
  readonly template: string;
  /**
   * What it is about: the id of a signature, of a link that signs in, of an invitation, or of one who is invited to a
   * draft.
   */
  readonly about: string;
  readonly language: string;
  readonly sealed: string;
}

/** Every job by its name, with what it is given. */
export interface JobPayloads {
  "send-mail": MailJob;
  /** Somebody asks to be let in at the desk: the address and what comes with it, sealed. */
  "send-sign-in": { readonly sealed: string };
  /** The next few of an import are asked whether they signed. */
  "ask-imported": { readonly importId: string };
  /** The next few signatories of a letter are asked whether they sign its new text too. */
  "ask-signatories": { readonly letterId: string };
  /** The next step of a decision about many signatures; `after` is the last one of the step before. */
  "carry-out-decision": { readonly decisionId: string; readonly after?: string };
  /** A draft that circulates was frozen anew with other words: ask those who signed the old ones. */
  "tell-invited": { readonly letterId: string };
  /** Tell somebody who is invited to a draft of answers to their comments. */
  "tell-answers": { readonly inviteeId: string };
  /** Tell the editors who follow a circulation what those invited did there. */
  "tell-followers": { readonly letterId: string };
  /** Hourly: remind those invited to drafts who have not answered. */
  "remind-invited": unknown;
  /** Daily: delete links of circulations and addresses that have had their time. */
  "purge-circulation": unknown;
  /** Daily: delete what has had its time. */
  "purge-signing": unknown;
  /** Every few minutes: forget networks that sent forms more than an hour ago. */
  "forget-networks": unknown;
  /** Hourly: delete files of signatories that nobody brought in within a day. */
  "purge-uploads": unknown;
  /** Daily: delete links, sessions and failures of the desk that have had their time. */
  "purge-people": unknown;
  /** A letter's time has come: publish what was scheduled. */
  "publish-letter": { readonly schedule: string };
  /** Daily: delete drafts that were put aside long ago. */
  "purge-drafts": unknown;
  /** Daily, at midnight: close the letters whose last day has passed. */
  "close-letters": unknown;
}

/** Which attempt this is, from 1. */
export interface JobInfo {
  readonly attempt: number;
  readonly maxAttempts: number;
}

/** What to do for each job. */
export type Tasks = {
  readonly [Name in keyof JobPayloads]: (payload: JobPayloads[Name], info: JobInfo) => Promise<unknown>;
};

export interface JobOptions {
  readonly runAt?: Date;
  /** At most one job of this key waits: adding another replaces it. */
  readonly key?: string;
  /** The time of the one that waits is kept. */
  readonly keepsTime?: true;
  /** 25 unless told: the last comes four days after the first. */
  readonly maxAttempts?: number;
}

/** Adds a job; it runs when the transaction has been committed. */
export async function addJob<Name extends keyof JobPayloads>(
  trx: Queryable,
  name: Name,
  payload: JobPayloads[Name],
  { runAt, key, keepsTime, maxAttempts }: JobOptions = {},
): Promise<void> {
  await sql`select from graphile_worker.add_job(${name}::text, payload := ${JSON.stringify(payload)}::json,
    run_at := ${runAt ?? null}::timestamptz, job_key := ${key ?? null}::text, job_key_mode := ${keepsTime ? "preserve_run_at" : "replace"}::text,
    max_attempts := ${maxAttempts ?? null}::int)`.execute(trx);
}

/** Takes back the jobs of these keys that wait, as far as any do; one that is at work is not tried again. */
export async function dropJobs(trx: Queryable, keys: readonly string[]): Promise<void> {
  await sql`select count(graphile_worker.remove_job(key)) from unnest(${keys}::text[]) key`.execute(trx);
}
