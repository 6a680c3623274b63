import { routes } from "../../routes.ts";
import type { MailMatter, MailPen, Template } from "../content.ts";
import { whatChanged } from "./newer-texts.ts";

/**
 * Tells somebody who signs once more that they have signed, and which text where there is a newer one; brings a fresh
 * private link.
 */
export const alreadySignedMail: Template = (pen: MailPen, matter: MailMatter) => {
  const { t, token, url, host } = pen;
  const { letter, newer, site } = matter;
  const date = t.date(matter.signedAt!);
  return {
    subject: t.text("mail.again.subject", { title: letter.title }),
    parts: [
      { say: t.text("mail.again.intro", { site }) },
      { title: letter.title, language: letter.titleLanguage },
      {
        say: newer
          ? t.text("mail.again.earlier", { date, number: newer.signed })
          : t.text("mail.again.since", { date }),
      },
      ...(newer ? whatChanged(pen, letter.slug, newer) : []),
      { say: t.text(newer?.open ? "mail.newText.how" : "mail.again.how") },
      { link: url(routes.signature(token)), label: t.text("mail.private.link") },
      { say: t.text("mail.private.keep") },
      { small: t.text("mail.foot", { site, host }) },
    ],
  };
};
