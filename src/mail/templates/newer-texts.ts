/** What mails to those who signed an earlier text say of the later ones. */
import { routes } from "../../routes.ts";
import type { MailPart, MailPen, NewerTexts } from "../content.ts";

/** The editors' notes to readers, and the link to what changed word by word. */
export function whatChanged({ t, url }: MailPen, slug: string, { latest, changes }: NewerTexts): MailPart[] {
  const lines = changes.map(({ revision, at, note }) => ({
    name: t.text("revision.of", { number: revision, date: t.date(at) }),
    text: note,
  }));
  return [
    ...(lines.length > 0 ? [{ say: t.text("mail.newText.notes") }, { lines }] : []),
    { say: t.text("mail.newText.words") },
    {
      link: `${url(routes.revision(slug, latest))}#changes`,
      label: t.text("mail.newText.changes"),
      aside: true,
    },
  ];
}
