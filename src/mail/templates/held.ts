import { routes } from "../../routes.ts";
import type { MailMatter, MailPen, Template } from "../content.ts";

/** Says that a confirmed signature is looked at before it counts; brings the private link. */
export const heldMail: Template = ({ t, token, url, host }: MailPen, matter: MailMatter) => ({
  subject: t.text("mail.held.subject", { title: matter.letter.title }),
  parts: [
    { say: t.text("mail.held.intro", { site: matter.site }) },
    { title: matter.letter.title, language: matter.letter.titleLanguage },
    { say: t.text("mail.held.text") },
    { say: t.text("mail.held.how") },
    { link: url(routes.signature(token)), label: t.text("mail.private.link") },
    { say: t.text("mail.private.keep") },
    { small: t.text("mail.foot", { site: matter.site, host }) },
  ],
});
