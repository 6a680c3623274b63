import { routes } from "../../routes.ts";
import { type MailPen, type NewsKind, type NewsMatter, newsKinds, type Template } from "../content.ts";

/** Of so many people it is said what they did; the others are counted. */
const mostNamed = 20;

/**
 * Tells an editor what those invited did in a circulation: counts, and who did what. The words themselves are confidential
 * and stand at the desk; so does the title outside of the subject, which is seen in passing.
 */
export const circulationNewsMail: Template<NewsMatter> = (
  { t, token, url, host }: MailPen,
  { site, name, letterId, title, titleLanguage, doings, undecided }: NewsMatter,
) => {
  const phrases = (counts: ReadonlyMap<NewsKind, number>) =>
    t.list(
      newsKinds
        .filter((kind) => counts.has(kind))
        .map((kind) => t.text(`mail.news.${kind}`, { count: counts.get(kind)! })),
    );
  const sums = new Map<NewsKind, number>();
  for (const [kind, count] of doings.flatMap(({ counts }) => Array.from(counts)))
    sums.set(kind, (sums.get(kind) ?? 0) + count);
  const stop = url(routes.deskNewsStop(token));
  const further = doings.length - mostNamed;
  return {
    subject: t.text("mail.news.subject", { site }),
    parts: [
      { say: t.text("mail.draft.greeting", { name: name! }) },
      { say: t.text("mail.news.intro") },
      { title, language: titleLanguage },
      ...(doings.length > 1 ? [{ say: t.text("mail.news.sum", { sum: phrases(sums) }) }] : []),
      {
        lines: doings
          .slice(0, mostNamed)
          .map((one) => ({ name: one.name || t.text("draft.somebody"), text: phrases(one.counts) })),
      },
      ...(further > 0 ? [{ say: t.text("mail.news.further", { count: further }) }] : []),
      ...(undecided > 0 ? [{ say: t.text("mail.news.undecided", { count: undecided }) }] : []),
      { link: url(routes.deskCirculation(letterId)), label: t.text("mail.news.link") },
      { say: t.text("mail.news.where") },
      { say: t.text("mail.news.enough") },
      { link: stop, label: t.text("mail.news.stop"), aside: true },
      { small: t.text("mail.news.foot", { site, host }) },
    ],
    unsubscribe: stop,
  };
};
