import type { CirculationMatter, MailPen, Template } from "../content.ts";
import { untilWhen, wayToDraft } from "./draft-parts.ts";

/** Reminds somebody who has not answered. */
export const draftReminderMail: Template<CirculationMatter> = (pen: MailPen, matter: CirculationMatter) => {
  const { t } = pen;
  const { site, name, title, titleLanguage } = matter;
  return {
    subject: t.text("mail.draft.reminder.subject", { site }),
    parts: [
      { say: t.text("mail.draft.greeting", { name: name! }) },
      { say: t.text("mail.draft.reminder.intro", { site }) },
      { title, language: titleLanguage },
      ...untilWhen(pen, matter),
      { say: t.text("mail.draft.reminder.how") },
      ...wayToDraft(pen, matter),
    ],
  };
};
