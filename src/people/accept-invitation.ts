import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { EmailAddress } from "../foundation/email-address.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import type { Account } from "./account.ts";
import { insertAccount, insertPartnersLetter, lockByAddress, updateRole } from "./account-store.ts";
import { recordAct } from "./act.ts";
import { markAddressProved } from "./address-proof-store.ts";
import { askForProof } from "./ask-for-address.ts";
import {
  deleteSetUpLinks,
  lockInvitation,
  markInvitationUsed,
  selectInvitation,
} from "./invitation-store.ts";
import type { Role } from "./roles.ts";
import { enter, type Visit } from "./session.ts";

/** An invitation as whoever holds its link sees it. */
export interface OpenInvitation {
  readonly role: Role;
  /** Undefined for the set-up link, whose holder says the address. */
  readonly address: string | undefined;
  /** The name of the account that the address has already. */
  readonly knownAs: string | undefined;
  readonly expiresAt: Date;
}

export interface Acceptance {
  readonly name: string;
  /** For the set-up link; the address of another invitation is the one that was invited. */
  readonly email: EmailAddress | undefined;
  readonly language: string;
}

/** The invitation of a link; nothing when there is none, or it was used, withdrawn, or has ended. */
export async function findInvitation(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
): Promise<OpenInvitation | undefined> {
  const row = await selectInvitation(db, hashToken(token), clock());
  if (!row) return undefined;
  return {
    role: row.role,
    address: row.email_sealed ? keys.open(row.email_sealed) : undefined,
    knownAs: row.known_as ?? undefined,
    expiresAt: row.expires_at,
  };
}

/**
 * Takes an invitation up: makes the account, and lets its owner in. Where the address has an account, that one gets the
 * role; an owner stays one.
 * @returns the token for the cookie
 */
export function acceptInvitation(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
  { name, email, language }: Acceptance,
  visit: Visit,
): Promise<string | Problem<"link-ended" | "address-missing">> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    const row = await lockInvitation(trx, hashToken(token), now);
    if (!row) return problem("link-ended");
    const sealed = row.email_sealed ?? (email ? keys.seal(email.address) : undefined);
    const hash = row.email_hash ?? (email ? keys.addressHash(email.canonical) : undefined);
    if (!sealed || !hash) return problem("address-missing");

    const known = await lockByAddress(trx, hash);
    const account: Account = known
      ? { ...known, role: await giveRole(trx, known, row.role, now) }
      : { id: newId(), name, role: row.role, language };
    if (!known) {
      // An invitation came by mail to its address, or from whoever has the command line; a typed address is yet to be
      // proved.
      const proved = row.email_hash ? now : null;
      await insertAccount(trx, {
        ...account,
        email_sealed: sealed,
        email_hash: hash,
        created_at: now,
        address_proved_at: proved,
      });
      if (!proved) await askForProof(trx, keys, now, account, { sealed, hash });
      await recordAct(trx, now, {
        actor: account,
        act: row.email_hash ? "account.joined" : "account.set-up",
        subject: account,
        letterId: row.letter_id ?? undefined,
        after: { role: account.role, ...(row.inviter && { "invited-by": row.inviter }) },
      });
    }
    if (known && row.email_hash) await markAddressProved(trx, known.id, now);
    if (row.letter_id) await insertPartnersLetter(trx, [account.id], row.letter_id, now);
    await markInvitationUsed(trx, row.id, now);
    if (account.role === "owner") await deleteSetUpLinks(trx);
    return enter(trx, account, "invitation", visit, now);
  });
}

async function giveRole(trx: Transaction, known: Account, invited: Role, now: Date): Promise<Role> {
  if (known.role === invited || known.role === "owner") return known.role;
  await updateRole(trx, known.id, invited);
  await recordAct(trx, now, {
    actor: known,
    act: "account.role",
    subject: known,
    before: { role: known.role },
    after: { role: invited },
  });
  return invited;
}
