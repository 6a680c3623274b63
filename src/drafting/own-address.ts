import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type EmailAddress, parseEmailAddress } from "../foundation/email-address.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem } from "../foundation/problem.ts";
import { type Account, addressOf, isAddressProved } from "../people/account.ts";
import { proveAddress } from "../people/prove-address.ts";
import { selectCirculation } from "./circulation-store.ts";
import {
  deleteMailedLinks,
  type InviteeRow,
  lockByAddresses,
  lockPlacesOfAccount,
  selectCirculatingOf,
  updateInvitee,
} from "./invitee-store.ts";

/**
 * Somebody of the desk proves an address (people/prove-address.ts). Where it takes the place of another, a partner's places
 * at drafts that circulate go with them: whoever is invited under the new address is known, mail goes there, and the one
 * before, which may be another person's by now, is as free to be invited as any. Links that were mailed to it end, as those
 * to sign in do; partners come in at the desk.
 */
export function proveOwnAddress(
  db: Database,
  keys: Keys,
  clock: Clock,
  account: Account,
  token: string,
): Promise<"proved" | "changed" | Problem<"link-ended">> {
  return inTransaction(db, async (trx) => {
    const places = account.role === "partner" ? await lockPlaces(trx, account.id) : [];
    const done = await proveAddress(trx, keys, clock(), account, token);
    if (done !== "changed" || places.length === 0) return done;
    const email = parseEmailAddress(await addressOf(trx, keys, account.id));
    if (isProblem(email)) throw new Error("an account's address cannot be read");
    for (const place of oneOfEach(places, account.id)) await move(trx, keys, account.id, place, email);
    return done;
  });
}

/** Until the transaction ends nobody is invited to these letters, or comes in. */
async function lockPlaces(trx: Transaction, accountId: string): Promise<InviteeRow[]> {
  for (const letterId of await selectCirculatingOf(trx, accountId))
    await selectCirculation(trx, letterId, "lock");
  // An address that nobody has proved may be a slip of the finger: what was mailed there is another's.
  const proved = await isAddressProved(trx, accountId);
  const places = await lockPlacesOfAccount(trx, accountId, "all");
  return places.filter((place) => proved || place.accountId === accountId);
}

/** Of each letter the place that entering leads to (selectPlaceOf): of two that somebody has, one can have the address. */
function oneOfEach(places: readonly InviteeRow[], accountId: string): InviteeRow[] {
  const own = (place: InviteeRow) => Number(place.accountId === accountId);
  const inOrder = places.toSorted(
    (a, b) => own(a) - own(b) || a.invitedAt.getTime() - b.invitedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  return Array.from(new Map(inOrder.map((place) => [place.letterId, place])).values());
}

/** Stays where the new address has a place of its own, to which its owner was invited by mail. */
async function move(
  trx: Transaction,
  keys: Keys,
  accountId: string,
  { id, letterId }: InviteeRow,
  email: EmailAddress,
): Promise<void> {
  const hash = keys.addressHash(email.canonical);
  if ((await lockByAddresses(trx, letterId, [hash])).size > 0) return;
  await updateInvitee(trx, id, {
    email_sealed: keys.seal(email.address),
    email_hash: hash,
    undeliverable_at: null,
    account_id: accountId,
  });
  await deleteMailedLinks(trx, id);
}
