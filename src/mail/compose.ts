/** Makes a message of the internet from what a mail says (RFC 5322; words of any script after RFC 2047 and 2045). */
import MailComposer from "nodemailer/lib/mail-composer";
import { type Html, html } from "../foundation/html.ts";
import { directionOf } from "../foundation/i18n.ts";
import type { MailContent, MailFile, MailPart } from "./content.ts";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly file: MailFile | undefined;
  /** Headers and body as they go out. */
  readonly raw: Buffer;
  /** Who the mail server is told (RFC 5321 section 4.1.1). */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
}

export interface MailFrame {
  /** As configured: "Name <address>". */
  readonly from: string;
  readonly to: { readonly name: string | null; readonly address: string };
  /** Where an answer goes, in place of the sender. */
  readonly replyTo?: string | undefined;
  readonly language: string;
  /** Unique for a message and the same at every attempt, so that a mail that was sent twice can be shown once. */
  readonly messageId: string;
  readonly date: Date;
}

/** Puts a mail together: plain text and HTML that say the same. */
export async function composeMail(content: MailContent, frame: MailFrame): Promise<Mail> {
  const text = asText(content.parts);
  const body = asHtml(content, frame.language).toString();
  const message = new MailComposer({
    from: frame.from,
    to: { name: frame.to.name ?? "", address: frame.to.address },
    ...(frame.replyTo && { replyTo: { name: "", address: frame.replyTo } }),
    subject: content.subject,
    messageId: frame.messageId,
    date: frame.date,
    text,
    html: body,
    newline: "win",
    ...(content.file && {
      attachments: [
        { filename: content.file.name, contentType: content.file.type, content: content.file.text },
      ],
    }),
    // Everything is in memory: a message that asks for a file or another host is a mistake.
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: {
      // No holiday notes in answer (RFC 3834 section 5).
      "Auto-Submitted": "auto-generated",
      "Content-Language": frame.language,
      ...(content.unsubscribe
        ? {
            // RFC 2369 section 3.2; the one click of RFC 8058 needs both. Never folded: some readers cut a folded URL.
            "List-Unsubscribe": { prepared: true, value: `<${content.unsubscribe}>` },
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          }
        : {}),
    },
  }).compile();
  const { from, to } = message.getEnvelope();
  return {
    to: frame.to.address,
    subject: content.subject,
    text,
    html: body,
    file: content.file,
    raw: await message.build(),
    envelope: { from: from || "", to },
  };
}

/** Paragraphs with an empty line between; a link stands on a line of its own. */
function asText(parts: readonly MailPart[]): string {
  // The mark of the foot stands once: what follows it is foot (RFC 3676 section 4.3).
  const foot = parts.findIndex((part) => "small" in part);
  const paragraphs = parts.map((part, at) => {
    if ("link" in part) return part.link;
    if ("title" in part) return `    ${part.title}`;
    if ("lines" in part) return part.lines.map(({ name, text }) => `- ${name}\n  ${text}`).join("\n");
    if ("say" in part) return part.say;
    return at === foot ? `-- \n${part.small}` : part.small;
  });
  return `${paragraphs.join("\n\n")}\n`;
}

const body =
  "margin:0 auto;padding:24px;max-width:36em;font:16px/1.55 'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#16202a;background:#ffffff";
const quote =
  "margin:0 0 1em;padding:0 14px;border:0 solid #0a5a45;font:600 19px/1.35 Georgia,'Times New Roman',serif";
const button =
  "display:inline-block;padding:12px 20px;background:#0a5a45;color:#ffffff;font-weight:600;text-decoration:none;border-radius:2px";

/** One column, no pictures, nothing that is fetched from anywhere. */
function asHtml(content: MailContent, language: string): Html {
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${content.subject}</title></head>
<body style="${body}">
${content.parts.map((part) => html`${paragraph(part)}\n`)}</body>
</html>
`;
}

function paragraph(part: MailPart): Html {
  if ("link" in part) {
    const style = part.aside ? "color:#0a5a45" : button;
    return html`<p><a href="${part.link}" style="${style}">${part.label}</a></p>`;
  }
  if ("title" in part) {
    const direction = directionOf(part.language);
    // Older mail programs know left and right, but not start.
    const edge = direction === "rtl" ? "border-right-width:2px" : "border-left-width:2px";
    return html`<p lang="${part.language}" dir="${direction}" style="${quote};${edge}">${part.title}</p>`;
  }
  if ("lines" in part)
    return html`<ul style="padding-inline-start:20px">${part.lines.map(({ name, text }) => html`<li style="margin:0 0 8px"><bdi style="font-weight:600">${name}</bdi><br>${text}</li>`)}</ul>`;
  return "small" in part
    ? html`<p style="font-size:13px;color:#4f5a61">${part.small}</p>`
    : html`<p>${part.say}</p>`;
}
