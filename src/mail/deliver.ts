/** Sends the mails that the queue holds. */
import { createHash } from "node:crypto";
import type { Clock } from "../foundation/clock.ts";
import { isLanguage, translator } from "../foundation/i18n.ts";
import type { Keys } from "../foundation/keys.ts";
import type { Logger } from "../foundation/logger.ts";
import { hashToken } from "../foundation/token.ts";
import type { MailJob } from "../jobs/queue.ts";
import { withQuery } from "../routes.ts";
import { composeMail } from "./compose.ts";
import { type MailMatter, type MailPen, type Template, type TemplateName, templateNames } from "./content.ts";
import { alreadySignedMail } from "./templates/already-signed.ts";
import { confirmMail } from "./templates/confirm.ts";
import { receiptMail } from "./templates/receipt.ts";
import { type Transport, Undelivered } from "./transport.ts";

const templates: Readonly<Record<TemplateName, Template>> = {
  confirm: confirmMail,
  "already-signed": alreadySignedMail,
  receipt: receiptMail,
};

/** The room that asked for a mail, asked again at the moment of sending. */
export interface MailSource {
  /** What the mail is about; undefined when it must no longer be sent. */
  find(mail: {
    readonly template: TemplateName;
    readonly signatureId: string;
    readonly tokenHash: Buffer;
    readonly language: string;
  }): Promise<MailMatter | undefined>;
  /** The mail server refused the address for good. */
  refused(signatureId: string, code: number): Promise<void>;
}

export interface MailDelivery {
  readonly keys: Keys;
  readonly clock: Clock;
  readonly siteUrl: URL;
  /** "Name <address>" */
  readonly from: string;
  readonly source: MailSource;
  readonly transport: Transport;
  readonly log: Logger;
}

/**
 * Makes the job that sends one mail. It ends quietly when the mail is no longer wanted or was refused for good;
 * it throws when the queue shall try again.
 */
export function deliverMail(delivery: MailDelivery) {
  const { keys, clock, siteUrl, source, transport } = delivery;
  return async (job: MailJob, info: { readonly attempt: number }): Promise<void> => {
    const template = templateNames.find((name) => name === job.template);
    if (!template) throw new Error(`no mail template ${job.template}`);
    const log = delivery.log.child({ mail: template, signature: job.signatureId, attempt: info.attempt });
    const { token } = JSON.parse(keys.open(Buffer.from(job.sealed, "base64"))) as { token: string };
    const language = isLanguage(job.language) ? job.language : "en";
    const { signatureId } = job;

    const matter = await source.find({ template, signatureId, tokenHash: hashToken(token), language });
    if (!matter) return log.info("mail not sent: no longer wanted");

    const pen: MailPen = {
      t: translator(language),
      token,
      url: (path) => siteUrl.origin + withQuery(path, { lang: language }),
      host: siteUrl.host,
    };
    const mail = await composeMail(templates[template](pen, matter), {
      from: delivery.from,
      to: matter,
      language,
      messageId: messageId(token, siteUrl),
      date: clock(),
    });
    const outcome = await transport.send(mail).catch((error: unknown) => {
      if (error instanceof Undelivered) log[error.ours ? "error" : "warn"](error.message);
      throw error;
    });
    if (outcome === "sent") return log.info("mail sent");
    log.warn({ code: outcome.refused }, "mail refused for good");
    await source.refused(signatureId, outcome.refused);
  };
}

/** Follows from the token, of which it tells nothing, so that every attempt bears the same one. */
function messageId(token: string, siteUrl: URL): string {
  const id = createHash("sha256").update(`message-id ${token}`).digest("hex").slice(0, 32);
  return `<${id}@${siteUrl.hostname}>`;
}
