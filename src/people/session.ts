/**
 * Sessions: what a browser of the desk is known by. The cookie holds a token of 256 random bits, the database its hash.
 * A session ends after thirty days, after fourteen without use, when it is ended on any device, and with its account.
 */
import type { Database, Queryable, Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import { hashToken, newToken } from "../foundation/token.ts";
import type { Account } from "./account.ts";
import { type Actor, recordAct } from "./act.ts";
import {
  deleteSession,
  insertSession,
  rotateSession,
  selectSession,
  selectSessions,
  touchSession,
} from "./session-store.ts";

const minute = 60_000;
const day = 86_400_000;

/** How long a session lasts, in milliseconds; and how long without being used. */
export const sessionLife = 30 * day;
export const sessionIdle = 14 * day;

/** How long after somebody showed who they are nothing asks again, in milliseconds. */
export const proofLife = 10 * minute;

export interface Session {
  readonly id: string;
  readonly account: Account;
  readonly provedAt: Date;
}

/** A session as its owner sees it. */
export interface ListedSession {
  readonly id: string;
  readonly device: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
}

/** How somebody showed who they are. */
export type Proof = "passkey" | "mail" | "invitation";

/** What a browser says when somebody signs in by it. */
export interface Visit {
  /** As it is shown in the list of sessions. */
  readonly device: string;
  /** The session that the browser has now, of whomever. */
  readonly session?: Session | undefined;
}

/** The session of a cookie's token, which is thereby used; nothing when it has ended. */
export async function findSession(db: Database, clock: Clock, token: string): Promise<Session | undefined> {
  const now = clock();
  const found = await selectSession(db, hashToken(token), {
    now,
    idle: new Date(now.getTime() - sessionIdle),
  });
  if (!found) return undefined;
  // Once a minute is exact enough to recognise a session by.
  if (now.getTime() - found.lastUsedAt.getTime() >= minute) await touchSession(db, found.id, now);
  return { id: found.id, provedAt: found.provedAt, account: found.account };
}

/** Whether somebody has shown lately who they are. */
export function isProved(session: Session, now: Date): boolean {
  return now.getTime() - session.provedAt.getTime() < proofLife;
}

/**
 * Lets somebody in who has shown who they are. The browser gets a new token whatever it had: the session that it has of
 * the same account goes on under it, and one of another account ends.
 * @returns the token for the cookie
 */
export async function enter(
  trx: Transaction,
  account: Account,
  by: Proof,
  { device, session }: Visit,
  now: Date,
): Promise<string> {
  const { token, hash } = newToken();
  const actor: Actor = { id: account.id, name: account.name };
  if (session?.account.id === account.id && (await rotateSession(trx, session.id, hash, now))) {
    await recordAct(trx, now, { actor, act: "session.confirmed", after: { by, device } });
    return token;
  }
  if (session) await deleteSession(trx, session.account.id, session.id);
  await insertSession(trx, {
    id: newId(),
    token_hash: hash,
    account_id: account.id,
    device,
    created_at: now,
    last_used_at: now,
    proved_at: now,
    ends_at: new Date(now.getTime() + sessionLife),
  });
  await recordAct(trx, now, { actor, act: "session.opened", after: { by, device } });
  return token;
}

/** The sessions of an account, the one used last first. */
export function listSessions(db: Queryable, clock: Clock, accountId: string): Promise<ListedSession[]> {
  const now = clock();
  return selectSessions(db, accountId, { now, idle: new Date(now.getTime() - sessionIdle) });
}
