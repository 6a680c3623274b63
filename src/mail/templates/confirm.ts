import { routes } from "../../routes.ts";
import type { MailMatter, MailPen, Template } from "../content.ts";

/**
 * Asks the owner of an address whether the signature is theirs. Holds nothing that was typed into the form: whoever
 * fills it in with a stranger's address must not be able to write to that stranger.
 */
export const confirmMail: Template = ({ t, token, url, host }: MailPen, matter: MailMatter) => ({
  subject: t.text("mail.confirm.subject", { title: matter.letter.title }),
  parts: [
    { say: t.text("mail.confirm.intro", { site: matter.site }) },
    { title: matter.letter.title, language: matter.letter.titleLanguage },
    { say: t.text("mail.confirm.how") },
    { link: url(routes.confirm(token)), label: t.text("mail.confirm.link") },
    { say: t.text("mail.confirm.until", { date: t.dateTime(matter.until!) }) },
    { say: t.text("mail.confirm.notYou") },
    { small: t.text("mail.foot", { site: matter.site, host }) },
  ],
  unsubscribe: url(routes.confirmDeny(token)),
});
