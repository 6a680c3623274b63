import { routes } from "../../routes.ts";
import type { DeskMatter, MailPen, Template } from "../content.ts";

/** Lets somebody of the desk in, once, by a button behind the link. */
export const signInMail: Template<DeskMatter> = (
  { t, token, url, host }: MailPen,
  { site, until }: DeskMatter,
) => ({
  subject: t.text("mail.signIn.subject", { site }),
  parts: [
    { say: t.text("mail.signIn.intro", { site }) },
    { link: url(routes.deskLink(token)), label: t.text("mail.signIn.link") },
    { say: t.text("mail.signIn.until", { date: t.dateTime(until) }) },
    { say: t.text("mail.signIn.notYou") },
    { small: t.text("mail.desk.foot", { site, host }) },
  ],
});
