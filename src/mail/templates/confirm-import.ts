import { routes } from "../../routes.ts";
import type { MailMatter, MailPen, Template } from "../content.ts";

/**
 * Asks somebody who is on a list of signatures gathered elsewhere whether that is so. Holds nothing that the list says
 * of them but the date: the list may be wrong.
 */
export const confirmImportMail: Template = ({ t, token, url, host }: MailPen, matter: MailMatter) => ({
  subject: t.text("mail.import.subject", { title: matter.letter.title }),
  parts: [
    { say: t.text("mail.import.intro", { site: matter.site }) },
    { title: matter.letter.title, language: matter.letter.titleLanguage },
    ...(matter.signedElsewhere
      ? [{ say: t.text("mail.import.date", { date: t.date(matter.signedElsewhere) }) }]
      : []),
    { say: t.text("mail.import.how") },
    { link: url(routes.confirm(token)), label: t.text("mail.confirm.link") },
    { say: t.text("mail.confirm.until", { date: t.dateTime(matter.until!) }) },
    { say: t.text("mail.import.notYou") },
    { small: t.text("mail.import.foot", { site: matter.site, host }) },
  ],
  unsubscribe: url(routes.confirmDeny(token)),
});
