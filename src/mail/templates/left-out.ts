import { routes } from "../../routes.ts";
import type { LeftOutMatter, MailPen, Template } from "../content.ts";

/** Tells who signed a draft that the letter is public without their signature: why, and what they can do. */
export const leftOutMail: Template<LeftOutMatter> = (
  { t, url, host }: MailPen,
  { site, name, slug, title, titleLanguage, why, until, opens }: LeftOutMatter,
) => ({
  subject: t.text("mail.leftOut.subject", { title }),
  parts: [
    { say: t.text("mail.draft.greeting", { name: name! }) },
    { say: t.text("mail.leftOut.intro", { site }) },
    { title, language: titleLanguage },
    { say: t.text(`mail.leftOut.${why}`) },
    ...(until
      ? [
          {
            say: t.text("mail.leftOut.until", {
              when: `${t.dateTimeIn(until.at, until.timeZone)} (${until.timeZone})`,
            }),
          },
        ]
      : []),
    { say: t.text(opens ? "mail.leftOut.open" : "mail.leftOut.shut") },
    { link: url(routes.letter(slug)), label: t.text(opens ? "mail.leftOut.sign" : "mail.leftOut.read") },
    { small: t.text("mail.draft.foot", { site, host }) },
  ],
});
