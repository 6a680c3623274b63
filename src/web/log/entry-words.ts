/** The entries of the log in words, without any name. */
import type { Entry as Letter } from "../../archive/entry.ts";
import { type Html, html } from "../../foundation/html.ts";
import type { MessageKey } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { PlacedEntry } from "../../transparency/find-entry.ts";
import type { Entry } from "../../transparency/leaf.ts";
import { inLanguageOf } from "../archive/words.ts";
import type { PageContext } from "../deps.ts";

/** "Signature of a person": what an entry says. */
export function entryWords({ t }: PageContext, entry: Entry): string {
  if (entry.t === "rev")
    return entry.q === 1 ? t.text("log.entry.rev") : t.text("log.entry.rev.later", { number: entry.q });
  return t.text(entry.t === "sign" ? `log.entry.sign.${entry.k}` : `log.entry.${entry.t}`);
}

/** An entry's words and number as a link to its page. */
export function entryLink(page: PageContext, { index, entry }: PlacedEntry): Html {
  return html`<a href="${page.link(routes.logEntry(index))}">${entryWords(page, entry)}</a> <span class="soft">(${page.t.text("log.entry.number", { index })})</span>`;
}

/** A number of entries that follow each other, each with its letter. */
export function entryList(
  page: PageContext,
  entries: readonly PlacedEntry[],
  letters: ReadonlyMap<string, Letter>,
): Html {
  return html`<ul class="log">
${entries.map(({ index, entry }) => {
  const { title, language } = letters.get(entry.l)!;
  return html`<li><a href="${page.link(routes.logEntry(index))}"><span>${page.t.number(index)}</span> <span>${entryWords(page, entry)}</span></a> <span class="soft"><span${inLanguageOf(page, language)}>${title}</span></span></li>\n`;
})}</ul>`;
}

/** Why a signature or its name was taken down. */
export const reasonWords = {
  own: "log.reason.own",
  duplicate: "log.reason.duplicate",
  impersonation: "log.reason.impersonation",
  undeliverable: "log.reason.undeliverable",
  rule: "log.reason.rule",
} as const satisfies Record<string, MessageKey>;
