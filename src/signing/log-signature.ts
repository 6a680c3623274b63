/** What the log is told of signatures, and what is kept to open them. */
import { randomBytes } from "node:crypto";
import type { Transaction } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import { encodeBase64url } from "../transparency/bytes.ts";
import { commit, type FieldValues, secretLength } from "../transparency/commitment.ts";
import type { Reason } from "../transparency/leaf.ts";
import { letterIdBytes } from "../transparency/letter-id.ts";
import { queueEvent, queueEvents } from "../transparency/queue.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { upsertSecrets } from "./secret-store.ts";

/** A signature by its id, and its letter. */
interface OfLetter {
  readonly id: string;
  readonly letter_id: string;
}

/** Of a signature, what its entry is made of. */
export interface LoggableSignature extends OfLetter {
  readonly kind: "person" | "organisation";
  readonly name: string | null;
  readonly affiliation: string | null;
  readonly show: boolean;
  readonly email_sealed: Buffer | null;
}

/** What a signature commits to. The role is not among it: it may be corrected at any time. */
export function committedValues(row: LoggableSignature, keys: Keys): FieldValues {
  return { name: row.name!, affiliation: row.affiliation ?? "", email: keys.open(row.email_sealed!) };
}

/**
 * Enters a signature in the log. The caller holds the letter's text (letters/text-lock.ts).
 * A name that is not to be shown is erased from the log's disclosures with the next entry: it counts, and nobody is
 * shown who it is.
 * @param text what was signed: the hash of its manifest in base64url, the latest of the letter
 * @param owner the hash of its owner secret, 32 bytes
 */
export async function logSignature(
  trx: Transaction,
  keys: Keys,
  row: LoggableSignature,
  { text, owner }: { readonly text: string; readonly owner: Uint8Array },
): Promise<void> {
  await logSignatures(trx, keys, text, [{ ...row, owner }]);
}

/** Enters signatures of one text, each as logSignature does, in their order. */
export async function logSignatures(
  trx: Transaction,
  keys: Keys,
  text: string,
  rows: readonly (LoggableSignature & { readonly owner: Uint8Array })[],
): Promise<void> {
  const made = rows.map((row) => ({ row, ...commitTo(keys, row) }));
  await upsertSecrets(
    trx,
    made.map(({ row, secret }) => ({ id: row.id, owner_hash: Buffer.from(row.owner), ...secret })),
  );
  await queueEvents(
    trx,
    made.flatMap(({ row, commitment }) => [
      {
        ...about(row),
        event: {
          t: "sign",
          c: encodeBase64url(commitment),
          k: row.kind === "person" ? "p" : "o",
          r: text,
          u: encodeBase64url(row.owner),
        } as const,
      },
      ...(row.show ? [] : [{ ...about(row), event: erased("own") }]),
    ]),
  );
}

function commitTo(keys: Keys, row: LoggableSignature) {
  const master = randomBytes(secretLength);
  const values = committedValues(row, keys);
  const { salts, fields, commitment } = commit(nodeSha256, master, letterIdBytes(row.letter_id), values);
  const secret = {
    master_sealed: keys.seal(encodeBase64url(master)),
    salt_name: Buffer.from(salts.name),
    salt_affiliation: Buffer.from(salts.affiliation),
    email_commitment: Buffer.from(fields.email),
  };
  return { secret, commitment };
}

/**
 * Enters a withdrawal.
 * @param secret the owner secret where the signatory gave it: then nobody else can have written the entry
 */
export async function logWithdrawal(
  trx: Transaction,
  row: OfLetter,
  reason: Reason,
  secret?: Uint8Array,
): Promise<void> {
  await queueEvent(trx, about(row), {
    t: "withdraw",
    y: reason,
    ...(secret && { o: encodeBase64url(secret) }),
  });
}

/**
 * Enters that names are no longer disclosed.
 * @param secret the owner secret, where a signatory gave that of the one signature
 */
export async function logErasures(
  trx: Transaction,
  rows: readonly OfLetter[],
  reason: Reason,
  secret?: Uint8Array,
): Promise<void> {
  const event = erased(reason, secret);
  await queueEvents(
    trx,
    rows.map((row) => ({ ...about(row), event })),
  );
}

function erased(reason: Reason, secret?: Uint8Array) {
  return { t: "erase", y: reason, ...(secret && { o: encodeBase64url(secret) }) } as const;
}

function about(row: OfLetter) {
  return { letterId: row.letter_id, signatureId: row.id };
}
