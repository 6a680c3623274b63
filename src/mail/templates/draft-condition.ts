import type { CirculationMatter, MailPen, Template } from "../content.ts";
import { wayToDraft } from "./draft-parts.ts";

/** Tells somebody what became of the condition on which they signed. */
export const draftConditionMail: Template<CirculationMatter> = (pen: MailPen, matter: CirculationMatter) => {
  const { t } = pen;
  const { site, name, title, titleLanguage } = matter;
  const { text, outcome, word } = matter.condition!;
  return {
    subject: t.text(`mail.draft.condition.${outcome}.subject`, { site }),
    parts: [
      { say: t.text("mail.draft.greeting", { name: name! }) },
      { say: t.text("mail.draft.condition.intro", { site }) },
      { title, language: titleLanguage },
      { say: t.text("mail.draft.condition.text", { condition: text }) },
      { say: t.text(`mail.draft.condition.${outcome}`) },
      ...(word ? [{ say: t.text("mail.draft.message", { message: word }) }] : []),
      ...wayToDraft(pen, matter),
    ],
  };
};
