import { routes } from "../../routes.ts";
import type { MailMatter, MailPen, Template } from "../content.ts";

/** Tells somebody who signs once more that they have signed; brings a fresh private link. */
export const alreadySignedMail: Template = ({ t, token, url, host }: MailPen, matter: MailMatter) => ({
  subject: t.text("mail.again.subject", { title: matter.letter.title }),
  parts: [
    { say: t.text("mail.again.intro", { site: matter.site }) },
    { title: matter.letter.title, language: matter.letter.titleLanguage },
    { say: t.text("mail.again.since", { date: t.date(matter.signedAt!) }) },
    { say: t.text("mail.again.how") },
    { link: url(routes.signature(token)), label: t.text("mail.private.link") },
    { say: t.text("mail.private.keep") },
    { small: t.text("mail.foot", { site: matter.site, host }) },
  ],
});
