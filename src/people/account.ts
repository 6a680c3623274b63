/** The people of the desk. */
import type { Queryable, Transaction } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import {
  deletePartnerLetter,
  deletePartnersOf,
  insertPartnersLetter,
  lockByAddresses,
  selectAccount,
  selectAccounts,
  selectPartnerLetters,
} from "./account-store.ts";
import { deleteInvitationsToLetters } from "./invitation-store.ts";
import { mayEdit, type Role } from "./roles.ts";

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Of the mail that is sent to them. */
  readonly language: string;
}

/** An account as owners see it. */
export interface ListedAccount extends Account {
  readonly address: string;
  /** Whether its owner has answered a mail to it. */
  readonly proved: boolean;
  readonly createdAt: Date;
  /** Null for who has no session any more. */
  readonly lastUsedAt: Date | null;
  readonly passkeys: number;
}

/** Everybody who has an account, owners first. */
export async function listAccounts(db: Queryable, keys: Keys): Promise<ListedAccount[]> {
  return (await selectAccounts(db)).map(({ sealed, ...row }) => ({ ...row, address: keys.open(sealed) }));
}

/** One of them; nothing when there is none, or it was removed. */
export async function findAccount(db: Queryable, keys: Keys, id: string): Promise<ListedAccount | undefined> {
  return (await listAccounts(db, keys)).find((account) => account.id === id);
}

/** An account's own address. */
export async function addressOf(db: Queryable, keys: Keys, id: string): Promise<string> {
  const row = await selectAccount(db, id);
  if (!row?.email_sealed) throw new Error(`account ${id} has no address`);
  return keys.open(row.email_sealed);
}

/** Whether somebody can sign in by their address: its owner has answered a mail to it. */
export async function isAddressProved(db: Queryable, id: string): Promise<boolean> {
  return (await selectAccount(db, id))?.address_proved_at != null;
}

/** Whether somebody is mailed about the circulations that they follow; who edits letters has that choice. */
export async function wantsNews(db: Queryable, id: string): Promise<boolean> {
  return (await selectAccount(db, id))?.news === true;
}

/** Somebody who edits letters, wants to be mailed about circulations, and can be: their address is proved. */
export async function findNewsReader(
  db: Queryable,
  keys: Keys,
  id: string,
): Promise<(Account & { readonly address: string }) | undefined> {
  const row = await selectAccount(db, id);
  if (!row?.email_sealed || !row.address_proved_at || !row.news || !mayEdit(row.role)) return undefined;
  const { name, role, language } = row;
  return { id, name, role, language, address: keys.open(row.email_sealed) };
}

/** The letters that a partner is invited to, by their ids. */
export function letterIdsOfPartner(db: Queryable, accountId: string): Promise<string[]> {
  return selectPartnerLetters(db, accountId);
}

/** The accounts of some addresses, by their keyed hashes in Base64; of addresses without one nothing. */
export async function findAccountsByAddress(
  trx: Transaction,
  emailHashes: readonly Buffer[],
): Promise<ReadonlyMap<string, Account>> {
  const rows = await lockByAddresses(trx, emailHashes);
  return new Map(rows.map((row) => [row.email_hash!.toString("base64"), row]));
}

/** Lets partners into a letter; once more does no harm. */
export async function letPartnersIn(
  trx: Transaction,
  accountIds: readonly string[],
  letterId: string,
  at: Date,
): Promise<void> {
  if (accountIds.length > 0) await insertPartnersLetter(trx, accountIds, letterId, at);
}

/** Shuts a letter to a partner whom it was open to. */
export function shutPartnerOut(trx: Transaction, accountId: string, letterId: string): Promise<void> {
  return deletePartnerLetter(trx, accountId, letterId);
}

/** Forgets whom letters that are deleted were open to, and who was invited to them. @param letterIds at least one */
export async function forgetPartners(trx: Transaction, letterIds: readonly string[]): Promise<void> {
  await deletePartnersOf(trx, letterIds);
  await deleteInvitationsToLetters(trx, letterIds);
}
