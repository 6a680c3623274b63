import { routes } from "../../routes.ts";
import type { MailMatter, MailPen, Template } from "../content.ts";

/** Asks somebody whose held signature was found good whether it stands under the text as it is now. */
export const askAgainMail: Template = ({ t, token, url, host }: MailPen, matter: MailMatter) => ({
  subject: t.text("mail.askAgain.subject", { title: matter.letter.title }),
  parts: [
    { say: t.text("mail.askAgain.intro", { site: matter.site }) },
    { title: matter.letter.title, language: matter.letter.titleLanguage },
    { say: t.text("mail.askAgain.how") },
    { link: url(routes.confirm(token)), label: t.text("mail.confirm.link") },
    { say: t.text("mail.confirm.until", { date: t.dateTime(matter.until!) }) },
    { say: t.text("mail.askAgain.nothing") },
    { small: t.text("mail.foot", { site: matter.site, host }) },
  ],
  unsubscribe: url(routes.confirmDeny(token)),
});
