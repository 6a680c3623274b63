import { routes } from "../../routes.ts";
import type { DeskMatter, MailPen, Template } from "../content.ts";

/** Asks the owner of an address whether somebody of the desk may go by it. */
export const addressMail: Template<DeskMatter> = (
  { t, token, url, host }: MailPen,
  { site, until }: DeskMatter,
) => ({
  subject: t.text("mail.address.subject", { site }),
  parts: [
    { say: t.text("mail.address.intro", { site, host }) },
    { link: url(routes.deskOwnAddressLink(token)), label: t.text("mail.address.link") },
    { say: t.text("mail.signIn.until", { date: t.dateTime(until) }) },
    { say: t.text("mail.address.notYou") },
    { small: t.text("mail.desk.foot", { site, host }) },
  ],
});
