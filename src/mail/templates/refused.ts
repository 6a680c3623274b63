import { routes } from "../../routes.ts";
import type { MailMatter, MailPen, Template } from "../content.ts";

/** Says that a signature was not accepted, and why. */
export const refusedMail: Template = ({ t, token, url, host }: MailPen, matter: MailMatter) => {
  const { reason, note, erasedOn } = matter.refusal!;
  return {
    subject: t.text("mail.refused.subject", { title: matter.letter.title }),
    parts: [
      { say: t.text("mail.refused.intro", { site: matter.site }) },
      { title: matter.letter.title, language: matter.letter.titleLanguage },
      { say: t.text(`refusal.${reason}`) },
      ...(note ? [{ say: t.text("mail.refused.note", { note }) }] : []),
      { say: t.text("mail.refused.until", { date: t.date(erasedOn) }) },
      { link: url(routes.signature(token)), label: t.text("mail.private.link") },
      { small: t.text("mail.foot", { site: matter.site, host }) },
    ],
  };
};
