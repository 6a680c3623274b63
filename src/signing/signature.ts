/**
 * A signature and its life: pending → (held →) accepted → withdrawn → erased. Pending, it is neither shown nor counted;
 * only the owner of the address can confirm it. Held, it is confirmed and waits for a look by somebody of the desk, who
 * accepts or refuses it; until then it is neither shown nor counted nor in the log. Withdrawn, it is seen by nobody else
 * and can be put back for some weeks. Refused, it is kept as long, in case that was a mistake. Erased, nothing personal
 * is left of it.
 */
import type { EmailAddress } from "../foundation/email-address.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import type { SignableLetter } from "./letter.ts";

export const signatureStates = ["pending", "held", "accepted", "refused", "withdrawn"] as const;
export type SignatureState = (typeof signatureStates)[number];

/** What a signature says, whoever signs. */
export interface Signed {
  readonly kind: SignatoryKind;
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
  /** Confirmed by its signatory; null until then. */
  readonly confirmedAt: Date | null;
  readonly acceptedAt: Date | null;
  /** When its signatory signed the text that it is under, where it was accepted under an earlier one. */
  readonly textSignedAt: Date | null;
  /** The letter's latest revision. */
  readonly latest: number;
  readonly undeliverableAt: Date | null;
  readonly signed: Signed;
  readonly address: string;
  /** It was gathered elsewhere and brought in by the desk. */
  readonly imported: boolean;
}

/** An instant so many days later, or earlier. */
export function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * 86_400_000);
}
