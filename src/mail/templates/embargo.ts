import { routes } from "../../routes.ts";
import type { EmbargoMatter, MailPart, MailPen, Template } from "../content.ts";

/** Sends a private link to a letter that is not public yet: until when it is to be kept to oneself, and what happens then. */
export const embargoMail: Template<EmbargoMatter> = (pen: MailPen, matter: EmbargoMatter) =>
  underEmbargo("intro", "subject", pen, matter);

/** Tells who has the link that the letter becomes public at another time. */
export const embargoMovedMail: Template<EmbargoMatter> = (pen: MailPen, matter: EmbargoMatter) =>
  underEmbargo("moved.intro", "moved.subject", pen, matter);

function underEmbargo(
  intro: "intro" | "moved.intro",
  subject: "subject" | "moved.subject",
  pen: MailPen,
  matter: EmbargoMatter,
) {
  const { t, token, url } = pen;
  const { site, title, titleLanguage } = matter;
  return {
    subject: t.text(`mail.embargo.${subject}`, { site }),
    parts: [
      { say: t.text(`mail.embargo.${intro}`, { site }) },
      { title, language: titleLanguage },
      { say: t.text("mail.embargo.until", { time: timeOf(pen, matter) }) },
      { link: url(routes.embargo(token)), label: t.text("mail.embargo.link") },
      { say: t.text("mail.embargo.private") },
      foot(pen, matter),
    ],
  };
}

/** Tells who has the link that the letter does not become public at the time that they were told. */
export const embargoOffMail: Template<EmbargoMatter> = (pen: MailPen, matter: EmbargoMatter) => {
  const { t } = pen;
  const { site, title, titleLanguage } = matter;
  return {
    subject: t.text("mail.embargo.off.subject", { site }),
    parts: [
      { say: t.text("mail.embargo.off.intro", { site }) },
      { title, language: titleLanguage },
      { say: t.text("mail.embargo.off.time", { time: timeOf(pen, matter) }) },
      { say: t.text("mail.embargo.off.how") },
      foot(pen, matter),
    ],
  };
};

/** Tells who has the link that the letter was published at another time than they were told, and is under embargo no more. */
export const embargoLiftedMail: Template<EmbargoMatter> = (pen: MailPen, matter: EmbargoMatter) => {
  const { t, token, url } = pen;
  const { site, title, titleLanguage } = matter;
  return {
    subject: t.text("mail.embargo.lifted.subject", { site }),
    parts: [
      { say: t.text("mail.embargo.lifted.intro", { site }) },
      { title, language: titleLanguage },
      { say: t.text("mail.embargo.lifted.how") },
      { link: url(routes.embargo(token)), label: t.text("mail.embargo.link") },
      foot(pen, matter),
    ],
  };
};

function timeOf({ t }: MailPen, { at, timeZone }: EmbargoMatter): string {
  return t.text("time.inZone", {
    local: t.dateTimeIn(at, timeZone),
    zone: timeZone,
    utc: t.dateTime(at),
  });
}

function foot({ t, host }: MailPen, { site }: EmbargoMatter): MailPart {
  return { small: t.text("mail.embargo.foot", { site, host }) };
}
