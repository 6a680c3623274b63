import { routes } from "../../routes.ts";
import type { MailMatter, MailPen, Template } from "../content.ts";

/** Thanks for a confirmed signature; brings the private link. */
export const receiptMail: Template = ({ t, token, url, host }: MailPen, matter: MailMatter) => ({
  subject: t.text(matter.movedTo ? "mail.newText.signed.subject" : "mail.receipt.subject", {
    title: matter.letter.title,
  }),
  parts: [
    {
      say: matter.movedTo
        ? t.text("mail.newText.signed.intro", {
            name: matter.name!,
            site: matter.site,
            number: matter.movedTo,
          })
        : t.text("mail.receipt.intro", { name: matter.name!, site: matter.site }),
    },
    { title: matter.letter.title, language: matter.letter.titleLanguage },
    { say: t.text(matter.shown ? "mail.receipt.shown" : "mail.receipt.unnamed") },
    { say: t.text("mail.again.how") },
    { link: url(routes.signature(token)), label: t.text("mail.private.link") },
    { say: t.text("mail.private.keep") },
    ...(matter.receipt ? [{ say: t.text("mail.receipt.file") }] : []),
    ...(matter.receipt && matter.movedTo ? [{ say: t.text("mail.newText.signed.receipt") }] : []),
    ...(matter.updates ? [{ say: t.text("mail.receipt.updates", { site: matter.site }) }] : []),
    { say: t.text("mail.receipt.letter") },
    { link: url(routes.letter(matter.letter.slug)), label: t.text("mail.receipt.letter.link"), aside: true },
    { small: t.text("mail.foot", { site: matter.site, host }) },
  ],
  ...(matter.receipt ? { file: matter.receipt } : {}),
  // There is only something to stop where the publisher may write again.
  ...(matter.updates ? { unsubscribe: url(routes.signature(token)) } : {}),
});
