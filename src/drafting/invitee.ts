/**
 * People who are invited to read a draft: who they are, how far they have come, and the private links by which they
 * come.
 */
import type { Queryable, Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { hashToken, newToken } from "../foundation/token.ts";
import { type Circulation, findCirculation } from "./circulation.ts";
import { type DraftRevision, findDraftRevision } from "./draft.ts";
import { insertLinks, selectByLink, selectInvitees } from "./invitee-store.ts";
import type { SignOn } from "./sign-on.ts";
import { selectSignOns } from "./sign-on-store.ts";

export interface Invitee {
  readonly id: string;
  readonly letterId: string;
  /** The partner of the desk that it is, if any. */
  readonly accountId: string | null;
  /** Null once everything personal is deleted. */
  readonly name: string | null;
  readonly organisation: string | null;
  readonly language: string;
  readonly invitedAt: Date;
  /** When they pressed the button that opens the draft. */
  readonly openedAt: Date | null;
  readonly declinedAt: Date | null;
  readonly declinedWord: string | null;
  readonly revokedAt: Date | null;
  readonly undeliverableAt: Date | null;
}

/** As editors see it. */
export interface ListedInvitee extends Invitee {
  readonly address: string | null;
  readonly signOn: SignOn | undefined;
}

/** What a private link opens: somebody's place at a circulation. */
export interface Seat {
  readonly circulation: Circulation;
  readonly invitee: Invitee;
  readonly address: string;
  /** The latest frozen draft, which is what those invited see. */
  readonly draft: DraftRevision;
  /** Their latest, whatever became of it. */
  readonly signOn: SignOn | undefined;
}

/** Why a link opens nothing (any more): it was taken back, the draft was put aside, or the letter is public. */
export interface ShutLink {
  readonly shut: "revoked" | "aside" | "ended";
  readonly letterId: string;
  /** Once it is public: whether what they signed has become a signature; absent where they had not signed. */
  readonly signed?: "entered" | "left";
}

/** How somebody is called beside what they write and sign: name and organisation. */
export function inviteeName({ name, organisation }: Pick<Invitee, "name" | "organisation">): string {
  return [name, organisation].filter((part, index, all) => part && all.indexOf(part) === index).join(", ");
}

/** The place that a private link leads to. Looking changes nothing. */
export async function findSeat(
  db: Queryable,
  keys: Keys,
  clock: Clock,
  token: string,
): Promise<Seat | ShutLink | undefined> {
  const found = await selectByLink(db, hashToken(token), clock());
  if (!found) return undefined;
  const { invitee, sealed, discarded } = found;
  const { letterId } = invitee;
  const circulation = await findCirculation(db, letterId);
  if (!circulation) return undefined;
  const [signOn] = await selectSignOns(db, letterId, invitee.id);
  if (circulation.endedAt) {
    if (!signOn || signOn.state === "withdrawn") return { shut: "ended", letterId };
    return { shut: "ended", letterId, signed: signOn.signatureId ? "entered" : "left" };
  }
  if (invitee.revokedAt || !sealed) return { shut: "revoked", letterId };
  if (discarded) return { shut: "aside", letterId };
  const draft = await findDraftRevision(db, letterId, "latest");
  return { circulation, invitee, address: keys.open(sealed), draft: draft!, signOn };
}

/** Everybody who was invited to a letter, in the order of inviting; also those whose link was taken back. */
export async function listInvitees(db: Queryable, keys: Keys, letterId: string): Promise<ListedInvitee[]> {
  const signOns = new Map((await selectSignOns(db, letterId)).map((one) => [one.inviteeId, one]));
  const rows = await selectInvitees(db, letterId);
  return rows.map(({ sealed, ...invitee }) => ({
    ...invitee,
    address: sealed && keys.open(sealed),
    signOn: signOns.get(invitee.id),
  }));
}

/** A day, in milliseconds: how long a link lives that was not mailed. */
const passing = 86_400_000;

/**
 * A new private link. Only the hash of its token is kept.
 * @param way mailed: it ends with the circulation; passing: for somebody who is here now, it ends after a day
 */
export async function makeInviteeLink(
  trx: Transaction,
  inviteeId: string,
  now: Date,
  way: "mailed" | "passing" = "mailed",
): Promise<string> {
  const [token] = await makeInviteeLinks(trx, [inviteeId], now, way);
  return token!;
}

/** The same for several, at least one. @returns a token for each, in their order */
export async function makeInviteeLinks(
  trx: Transaction,
  inviteeIds: readonly string[],
  now: Date,
  way: "mailed" | "passing" = "mailed",
): Promise<string[]> {
  const made = inviteeIds.map((id) => ({ id, ...newToken() }));
  const expires_at = way === "mailed" ? null : new Date(now.getTime() + passing);
  await insertLinks(
    trx,
    made.map(({ id, hash }) => ({ hash, invitee_id: id, created_at: now, expires_at })),
  );
  return made.map(({ token }) => token);
}
