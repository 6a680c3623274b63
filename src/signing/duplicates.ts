import type { Transaction } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import { queueMail } from "../mail/outbox.ts";
import { makeAccessLink, makeConfirmLink } from "./links.ts";
import { setUndeliverable } from "./signature-store.ts";

/**
 * Answers an address that has signed already: a mail says so, or that the signature is being looked at, and brings a
 * fresh private link. Nothing else changes, for anybody can send the form. An address that its mail server refused once
 * is tried anew.
 */
export async function answerDuplicate(
  trx: Transaction,
  keys: Keys,
  signature: { readonly id: string; readonly state: "accepted" | "held" },
  language: string,
  now: Date,
): Promise<void> {
  await setUndeliverable(trx, signature.id, null);
  const token = await makeAccessLink(trx, signature.id, now);
  const template = signature.state === "held" ? "held" : "already-signed";
  await queueMail(trx, keys, { template, about: signature.id, language, token });
}

/** Mails a fresh link to a pending signature as it stands, in its language; the links of before lead to it too. */
export async function askOnceMore(
  trx: Transaction,
  keys: Keys,
  pending: {
    readonly id: string;
    readonly import_id: string | null;
    readonly decision_id: string | null;
    readonly language: string;
  },
  now: Date,
): Promise<void> {
  await queueMail(trx, keys, {
    template: pending.import_id ? "confirm-import" : pending.decision_id ? "ask-again" : "confirm",
    about: pending.id,
    language: pending.language,
    token: await makeConfirmLink(trx, pending.id, now),
  });
}
