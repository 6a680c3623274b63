/**
 * Sign-ons: who signs a draft before it is public, for which words, and on what condition. An invitee's latest one holds;
 * nothing of it is public until the letter is.
 */
import type { Queryable } from "../database/open.ts";
import type { Signed } from "../signing/signature.ts";
import { selectSignOnHistory, selectSignOns } from "./sign-on-store.ts";

/** What is signed with; the leave to write later is asked for in public only. */
export type Signatory = Omit<Signed, "updates">;

/**
 * signed: it stands. waiting: its condition waits for an editor. not-met: the condition was declined. to-renew: the words
 * have changed since. withdrawn: by who gave it.
 */
export type SignOnState = "signed" | "waiting" | "not-met" | "to-renew" | "withdrawn";

export interface SignOn {
  readonly id: string;
  readonly inviteeId: string;
  /** The frozen draft that was signed. */
  readonly draft: number;
  readonly at: Date;
  readonly signatory: Signatory;
  readonly language: string;
  /** A sentence; null where it was given without. */
  readonly condition: string | null;
  readonly outcome: "met" | "declined" | null;
  readonly outcomeWord: string | null;
  readonly outcomeAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** The signature that it became when the letter was published. */
  readonly signatureId: string | null;
  readonly state: SignOnState;
}

/** The latest of everybody whose link was not taken back, in the order in which they signed. */
export function listSignOns(db: Queryable, letterId: string): Promise<SignOn[]> {
  return selectSignOns(db, letterId);
}

/** All that somebody gave, the latest first: what was signed, and what was confirmed anew. */
export function listSignOnHistory(db: Queryable, letterId: string, inviteeId: string): Promise<SignOn[]> {
  return selectSignOnHistory(db, letterId, inviteeId);
}
