import type { CirculationMatter, MailPen, Template } from "../content.ts";
import { wayToDraft } from "./draft-parts.ts";

/** Tells somebody that comments of theirs were answered; what was answered stands behind the link. */
export const draftAnsweredMail: Template<CirculationMatter> = (pen: MailPen, matter: CirculationMatter) => {
  const { t } = pen;
  const { site, name, title, titleLanguage } = matter;
  return {
    subject: t.text("mail.draft.answered.subject", { site }),
    parts: [
      { say: t.text("mail.draft.greeting", { name: name! }) },
      { say: t.text("mail.draft.answered.intro", { site }) },
      { title, language: titleLanguage },
      { say: t.text("mail.draft.answered.how") },
      ...wayToDraft(pen, matter),
    ],
  };
};
