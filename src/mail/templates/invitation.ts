import { routes } from "../../routes.ts";
import type { DeskMatter, MailPen, Template } from "../content.ts";

/** Invites somebody to the desk. Holds no words of whoever invites. */
export const invitationMail: Template<DeskMatter> = (
  { t, token, url, host }: MailPen,
  { site, role, until }: DeskMatter,
) => ({
  subject: t.text("mail.invitation.subject", { site }),
  parts: [
    { say: t.text("mail.invitation.intro", { site, host }) },
    { say: t.text(`desk.role.${role}.text`) },
    { link: url(routes.deskInvitation(token)), label: t.text("mail.invitation.link") },
    { say: t.text("mail.invitation.until", { date: t.dateTime(until) }) },
    { say: t.text("mail.invitation.notYou") },
    { small: t.text("mail.desk.foot", { site, host }) },
  ],
});
