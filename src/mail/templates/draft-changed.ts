import type { CirculationMatter, MailPen, Template } from "../content.ts";
import { untilWhen, wayToDraft } from "./draft-parts.ts";

/** Asks somebody anew who signed a draft of which the words have changed. */
export const draftChangedMail: Template<CirculationMatter> = (pen: MailPen, matter: CirculationMatter) => {
  const { t } = pen;
  const { site, name, title, titleLanguage } = matter;
  return {
    subject: t.text("mail.draft.changed.subject", { site }),
    parts: [
      { say: t.text("mail.draft.greeting", { name: name! }) },
      { say: t.text("mail.draft.changed.intro", { site }) },
      { title, language: titleLanguage },
      { say: t.text("mail.draft.changed.how") },
      ...untilWhen(pen, matter),
      ...wayToDraft(pen, matter),
    ],
  };
};
