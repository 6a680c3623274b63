/**
 * A signature and its life: pending → accepted → withdrawn. Pending, it is neither shown nor counted; only the owner
 * of the address can accept it. Withdrawn, nothing personal is left of it.
 */
import type { EmailAddress } from "../foundation/email-address.ts";
import type { SignableLetter } from "./letter.ts";

export type SignatureKind = "person" | "organisation";
export type SignatureState = "pending" | "accepted" | "withdrawn";

/** How long a link in a mail confirms, in days. */
export const confirmDays = 14;
/** How long an entry that nobody confirms is kept, in days. */
export const pendingDays = 30;

/** What a signature says, whoever signs. */
export interface Signed {
  readonly kind: SignatureKind;
  /** The person's name, or the organisation's. */
  readonly name: string;
  /** A person's. */
  readonly affiliation: string | null;
  /** The person's, or the representative's. */
  readonly role: string | null;
  /** The organisation's, an absolute URL. */
  readonly website: string | null;
  /** Who signs for the organisation. */
  readonly representative: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Whether the name stands on the public list. */
  readonly show: boolean;
  /** Whether the publisher may write about this letter. */
  readonly updates: boolean;
}

/** A form that was filled in well. */
export interface Entry extends Signed {
  readonly email: EmailAddress;
}

/** A signature as its signatory sees it: all that is kept. */
export interface OwnSignature {
  readonly id: string;
  readonly letter: SignableLetter;
  /** In this language the signatory is written to. */
  readonly language: string;
  readonly createdAt: Date;
  readonly acceptedAt: Date | null;
  readonly undeliverableAt: Date | null;
  readonly signed: Signed;
  readonly address: string;
}

/** An instant so many days later, or earlier. */
export function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * 86_400_000);
}
