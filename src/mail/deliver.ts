import { createHash } from "node:crypto";
import type { Clock } from "../foundation/clock.ts";
import { isLanguage, translator } from "../foundation/i18n.ts";
import type { Keys } from "../foundation/keys.ts";
import type { Logger } from "../foundation/logger.ts";
import type { MailJob } from "../jobs/queue.ts";
import { withQuery } from "../routes.ts";
import { composeMail } from "./compose.ts";
import type {
  CirculationMatter,
  CirculationTemplate,
  DeskMatter,
  DeskTemplate,
  EmbargoMatter,
  EmbargoTemplate,
  LeftOutMatter,
  LeftOutTemplate,
  MailContent,
  MailMatter,
  MailPart,
  MailPen,
  NewsMatter,
  NewsTemplate,
  Recipient,
  SignatureTemplate,
  Template,
} from "./content.ts";
import { addressMail } from "./templates/address.ts";
import { addressChangedMail } from "./templates/address-changed.ts";
import { alreadySignedMail } from "./templates/already-signed.ts";
import { askAgainMail } from "./templates/ask-again.ts";
import { circulationNewsMail } from "./templates/circulation-news.ts";
import { confirmMail } from "./templates/confirm.ts";
import { confirmImportMail } from "./templates/confirm-import.ts";
import { draftAnsweredMail } from "./templates/draft-answered.ts";
import { draftChangedMail } from "./templates/draft-changed.ts";
import { draftConditionMail } from "./templates/draft-condition.ts";
import { draftInvitationMail } from "./templates/draft-invitation.ts";
import { draftReminderMail } from "./templates/draft-reminder.ts";
import { embargoLiftedMail, embargoMail, embargoMovedMail, embargoOffMail } from "./templates/embargo.ts";
import { heldMail } from "./templates/held.ts";
import { invitationMail } from "./templates/invitation.ts";
import { leftOutMail } from "./templates/left-out.ts";
import { newTextMail } from "./templates/new-text.ts";
import { receiptMail } from "./templates/receipt.ts";
import { refusedMail } from "./templates/refused.ts";
import { signInMail } from "./templates/sign-in.ts";
import { type Transport, Undelivered } from "./transport.ts";

/** How long a mail waits whose matter is not ready yet, in milliseconds. */
const notYetPause = 1_000;

const signatureMails: Readonly<Record<SignatureTemplate, Template>> = {
  confirm: confirmMail,
  "confirm-import": confirmImportMail,
  "ask-again": askAgainMail,
  "already-signed": alreadySignedMail,
  "new-text": newTextMail,
  receipt: receiptMail,
  held: heldMail,
  refused: refusedMail,
};

const deskMails: Readonly<Record<DeskTemplate, Template<DeskMatter>>> = {
  "sign-in": signInMail,
  invitation: invitationMail,
  address: addressMail,
  "address-changed": addressChangedMail,
};

const embargoMails: Readonly<Record<EmbargoTemplate, Template<EmbargoMatter>>> = {
  embargo: embargoMail,
  "embargo-moved": embargoMovedMail,
  "embargo-off": embargoOffMail,
  "embargo-lifted": embargoLiftedMail,
};
const leftOutMails: Readonly<Record<LeftOutTemplate, Template<LeftOutMatter>>> = { "left-out": leftOutMail };
const circulationMails: Readonly<Record<CirculationTemplate, Template<CirculationMatter>>> = {
  "draft-invitation": draftInvitationMail,
  "draft-reminder": draftReminderMail,
  "draft-changed": draftChangedMail,
  "draft-condition": draftConditionMail,
  "draft-answered": draftAnsweredMail,
};

const newsMails: Readonly<Record<NewsTemplate, Template<NewsMatter>>> = {
  "circulation-news": circulationNewsMail,
};

/** The room that asked for a mail, asked again at the moment of sending. */
export interface MailSource<Name extends string, Matter extends Recipient> {
  /** What the mail says; undefined when it must no longer be sent, "not-yet" when it should wait a moment. */
  find(mail: {
    readonly template: Name;
    readonly about: string;
    readonly token: string;
    readonly language: string;
  }): Promise<Matter | "not-yet" | undefined>;
  /** The mail server refused the address for good. */
  refused(about: string, code: number): Promise<void>;
  /** Where the links of its mails lead. */
  readonly origin: string;
}

export interface MailDelivery {
  readonly keys: Keys;
  readonly clock: Clock;
  readonly siteUrl: URL;
  /** "Name <address>" */
  readonly from: string;
  /** The address at which people reach the publisher, as it is now; null where it gives none. */
  readonly contact: () => Promise<string | null>;
  readonly signatures: MailSource<SignatureTemplate, MailMatter>;
  readonly desk: MailSource<DeskTemplate, DeskMatter>;
  readonly embargo: MailSource<EmbargoTemplate, EmbargoMatter>;
  readonly circulation: MailSource<CirculationTemplate, CirculationMatter>;
  readonly leftOut: MailSource<LeftOutTemplate, LeftOutMatter>;
  readonly news: MailSource<NewsTemplate, NewsMatter>;
  readonly transport: Transport;
  /** Puts a mail off for as many milliseconds. */
  readonly postpone: (job: MailJob, milliseconds: number) => Promise<void>;
  readonly log: Logger;
}

/**
 * Makes the job that sends one mail. It ends quietly when the mail is no longer wanted or was refused for good;
 * it throws when the queue shall try again.
 */
export function deliverMail(delivery: MailDelivery) {
  const { keys, clock, siteUrl, transport } = delivery;
  const toThePublic: readonly MailKind[] = [
    mailKind(signatureMails, delivery.signatures),
    mailKind(embargoMails, delivery.embargo),
    mailKind(circulationMails, delivery.circulation),
    mailKind(leftOutMails, delivery.leftOut),
  ];
  // Whoever reads what comes in at the contact need not be of the desk: no answer takes a link to it there.
  const toTheDesk: readonly MailKind[] = [
    mailKind(deskMails, delivery.desk),
    mailKind(newsMails, delivery.news),
  ];
  const kinds = [...toThePublic, ...toTheDesk];
  return async (job: MailJob, info: { readonly attempt: number }): Promise<void> => {
    const { template, about } = job;
    const kind = kinds.find((one) => one.has(template));
    if (!kind) throw new Error(`no mail template ${template}`);
    const log = delivery.log.child({ mail: template, about, attempt: info.attempt });
    const { token } = JSON.parse(keys.open(Buffer.from(job.sealed, "base64"))) as { token: string };
    const language = isLanguage(job.language) ? job.language : "en";

    const found = await kind.find({ template, about, token, language });
    if (!found) return log.info("mail not sent: no longer wanted");
    if (found === "not-yet") return delivery.postpone(job, notYetPause);

    const contact = await delivery.contact();
    const replyTo = (toThePublic.includes(kind) && contact) || undefined;
    const pen: MailPen = {
      t: translator(language),
      token,
      url: (path) => kind.origin + withQuery(path, { lang: language }),
      host: siteUrl.host,
      contact,
    };
    const content = found.write(pen);
    const mail = await composeMail(
      { ...content, parts: [...content.parts, whereAnswersGo(pen, replyTo)] },
      {
        from: delivery.from,
        to: found.to,
        replyTo,
        language,
        messageId: messageId(token, siteUrl),
        date: clock(),
      },
    );
    const outcome = await transport.send(mail).catch((error: unknown) => {
      if (error instanceof Undelivered) log[error.ours ? "error" : "warn"](error.message);
      throw error;
    });
    if (outcome === "sent") return log.info("mail sent");
    log.warn({ code: outcome.refused }, "mail refused for good");
    await kind.refused(about, outcome.refused);
  };
}

/** The mails of one room, whatever their matter is. */
interface MailKind extends Pick<MailSource<string, Recipient>, "refused" | "origin"> {
  has(template: string): boolean;
  find(
    mail: Parameters<MailSource<string, Recipient>["find"]>[0],
  ): Promise<{ readonly to: Recipient; write(pen: MailPen): MailContent } | "not-yet" | undefined>;
}

function mailKind<Name extends string, Matter extends Recipient>(
  templates: Readonly<Record<Name, Template<Matter>>>,
  source: MailSource<Name, Matter>,
): MailKind {
  return {
    has: (template) => Object.hasOwn(templates, template),
    async find(mail) {
      const template = mail.template as Name;
      const matter = await source.find({ ...mail, template });
      if (matter === undefined || matter === "not-yet") return matter;
      return { to: matter, write: (pen) => templates[template](pen, matter) };
    },
    refused: (about, code) => source.refused(about, code),
    origin: source.origin,
  };
}

/** The last words of every mail. */
function whereAnswersGo({ t }: MailPen, replyTo: string | undefined): MailPart {
  return {
    small: replyTo ? t.text("mail.replies.contact", { contact: replyTo }) : t.text("mail.replies.none"),
  };
}

/** Follows from the token, of which it tells nothing, so that every attempt bears the same one. */
function messageId(token: string, siteUrl: URL): string {
  const id = createHash("sha256").update(`message-id ${token}`).digest("hex").slice(0, 32);
  return `<${id}@${siteUrl.hostname}>`;
}
