/** What the mails to those who are invited to a draft share. */
import { routes } from "../../routes.ts";
import type { CirculationMatter, MailPart, MailPen } from "../content.ts";

/** Until when signing is possible, where that is set. */
export function untilWhen({ t }: MailPen, { deadline, timeZone }: CirculationMatter): MailPart[] {
  if (!deadline) return [];
  const when = `${t.dateTimeIn(deadline, timeZone)} (${timeZone})`;
  return [{ say: t.text("mail.draft.until", { when }) }];
}

/** The way to the draft, that it is confidential, and from whom all this comes. */
export function wayToDraft({ t, token, url, host }: MailPen, { site }: CirculationMatter): MailPart[] {
  return [
    { link: url(routes.draft(token)), label: t.text("mail.draft.link") },
    { say: t.text("mail.draft.confidential") },
    { small: t.text("mail.draft.foot", { site, host }) },
  ];
}
