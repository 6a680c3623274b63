/** Held signatures of one letter, described: what can be decided about many at once. */
import { type EmailAddress, parseEmailAddress } from "../foundation/email-address.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem } from "../foundation/problem.ts";
import { domainHash } from "./hold.ts";
import type { HoldReason } from "./hold-rules.ts";

/** Everything that is said has to hold; what is not said may be anything. */
export interface Condition {
  readonly kind?: "person" | "organisation" | undefined;
  readonly reason?: HoldReason | undefined;
  /** The domain of the address, in its ASCII form. */
  readonly domain?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  /** Held before this day (UTC), yyyy-mm-dd. */
  readonly before?: string | undefined;
  /** Held no later than this instant (ISO 8601): what came after the preview is not touched. */
  readonly until?: string | undefined;
}

/** The same as an old decision says it: null for a domain that was forgotten (purge.ts). */
export type PastCondition = Omit<Condition, "domain"> & { readonly domain?: string | null | undefined };

/** The same, as the database is asked. */
export interface HeldFilter {
  readonly letterId?: string | undefined;
  readonly kind?: "person" | "organisation" | undefined;
  readonly reason?: HoldReason | undefined;
  readonly domainHash?: Buffer | undefined;
  readonly country?: string | undefined;
  readonly before?: Date | undefined;
  readonly until?: Date | undefined;
}

/** A condition as the database is asked. Throws where a part of it is forgotten: nobody knows any more who was meant. */
export function heldFilter(keys: Keys, letterId: string | undefined, condition: PastCondition): HeldFilter {
  const { kind, reason, domain, country, before, until } = condition;
  if (domain === null) throw new Error("the domain of a condition is forgotten");
  return {
    letterId,
    kind,
    reason,
    country,
    domainHash: domain === undefined ? undefined : domainHash(keys, domain),
    before: before === undefined ? undefined : new Date(`${before}T00:00:00Z`),
    until: until === undefined ? undefined : new Date(until),
  };
}

/** A domain as somebody types it, with an @ before it or not; undefined for what is none. */
export function parseDomain(text: string): string | undefined {
  const email: EmailAddress | { problem: string } = parseEmailAddress(`x@${text.trim().replace(/^@/, "")}`);
  return isProblem(email) ? undefined : (email as EmailAddress).domain;
}
