import { routes } from "../../routes.ts";
import type { DeskMatter, MailPen, Template } from "../content.ts";

/** Tells the address before that another has taken its place. Does not say which. */
export const addressChangedMail: Template<DeskMatter> = (
  { t, url, host }: MailPen,
  { site }: DeskMatter,
) => ({
  subject: t.text("mail.addressChanged.subject", { site }),
  parts: [
    { say: t.text("mail.addressChanged.intro", { site, host }) },
    { say: t.text("mail.addressChanged.notYou") },
    { link: url(routes.deskAccount()), label: t.text("mail.addressChanged.link"), aside: true },
    { small: t.text("mail.desk.foot", { site, host }) },
  ],
});
