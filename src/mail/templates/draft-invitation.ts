import type { CirculationMatter, MailPen, Template } from "../content.ts";
import { untilWhen, wayToDraft } from "./draft-parts.ts";

/** Invites somebody to read a draft. Its title stands in the mail, and not in the subject, which is seen in passing. */
export const draftInvitationMail: Template<CirculationMatter> = (pen: MailPen, matter: CirculationMatter) => {
  const { t, contact } = pen;
  const { site, inviter, name, title, titleLanguage, message, kept } = matter;
  return {
    subject: t.text("mail.draft.invitation.subject", { site }),
    parts: [
      { say: t.text("mail.draft.greeting", { name: name! }) },
      {
        say: inviter
          ? t.text("mail.draft.invitation.by", { site, inviter })
          : t.text("mail.draft.invitation.intro", { site }),
      },
      { title, language: titleLanguage },
      ...(message ? [{ say: t.text("mail.draft.message", { message }) }] : []),
      { say: t.text("mail.draft.invitation.how") },
      ...untilWhen(pen, matter),
      ...wayToDraft(pen, matter),
      { small: t.text("mail.draft.kept", { days: kept }) },
      { small: contact ? t.text("draft.erase.contact", { contact }) : t.text("draft.erase.editors") },
    ],
  };
};
