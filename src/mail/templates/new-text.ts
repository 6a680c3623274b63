import { routes } from "../../routes.ts";
import type { MailMatter, MailPen, Template } from "../content.ts";
import { whatChanged } from "./newer-texts.ts";

/** Asks somebody who signed an earlier text whether they sign the newest one too. */
export const newTextMail: Template = (pen: MailPen, matter: MailMatter) => {
  const { t, token, url, host } = pen;
  const { letter, newer, site } = matter;
  return {
    subject: t.text("mail.newText.subject", { title: letter.title }),
    parts: [
      { say: t.text("mail.newText.intro", { site, date: t.date(matter.signedAt!) }) },
      { title: letter.title, language: letter.titleLanguage },
      { say: t.text("mail.newText.text", { number: newer!.signed }) },
      ...whatChanged(pen, letter.slug, newer!),
      { say: t.text("mail.newText.how") },
      { link: url(routes.signature(token)), label: t.text("mail.private.link") },
      { say: t.text("mail.newText.nothing") },
      { say: t.text("mail.private.keep") },
      { small: t.text("mail.foot", { site, host }) },
    ],
  };
};
