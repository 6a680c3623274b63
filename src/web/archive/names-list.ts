/** Names in columns, the way to more of them, and the search for one. */
import type { NamedSignatory } from "../../archive/entry.ts";
import type { Names, Signatory } from "../../archive/signatories.ts";
import { type Html, html } from "../../foundation/html.ts";
import { placeName } from "../../foundation/places.ts";
import type { SignatoryKind } from "../../letters/letter.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { name } from "./words.ts";

/** "email confirmed", with its mark. */
export function emailConfirmed({ t }: PageContext): Html {
  return html`<span class="ev">${icon("mail")} ${t.text("evidence.email")}</span>`;
}

/** Verified names, and the link to the next of them. */
export function namesList(
  page: PageContext,
  slug: string,
  kind: SignatoryKind,
  { names, next }: Names<Signatory>,
): Html {
  const more = next && withQuery(routes.signatories(slug), { kind, before: next });
  return html`${names.length > 0 && signatories(page, names)}
${more && html`<p class="noprint"><a class="btn line" href="${page.link(more)}">${page.t.text("names.more")}</a></p>`}`;
}

/** A list of verified names. */
export function signatories(page: PageContext, names: readonly Signatory[]): Html {
  return html`<ul class="names">
${names.map((one) => html`<li><b>${name(one.name)}</b>${beside(page, one)}${emailConfirmed(page)}</li>\n`)}</ul>`;
}

/** What stands beside a name: a person's role and affiliation, an organisation's country. */
function beside(page: PageContext, one: Signatory): Html | undefined {
  const comma = page.t.text("list.comma");
  const parts =
    one.kind === "person"
      ? [one.role, one.affiliation].filter((part) => part !== null).map(name)
      : one.country
        ? [html`${placeName(one.country, page.language)}`]
        : [];
  if (parts.length === 0) return undefined;
  return html`<span>${parts.map((part, index) => html`${index > 0 && comma}${part}`)}</span><br>`;
}

/** Names as they were reported; nothing is known beside them. */
export function reportedNames({ names }: Names<NamedSignatory>): Html | undefined {
  if (names.length === 0) return undefined;
  return html`<ul class="names">
${names.map((one) => html`<li><b>${name(one.name)}</b></li>\n`)}</ul>`;
}

/** The search for a name under a letter. */
export function findName(page: PageContext, slug: string, who = ""): Html {
  const { t } = page;
  return html`<form class="q noprint" role="search" action="${routes.signatories(slug)}" method="get" aria-label="${t.text("names.find")}">${page.explicitLanguage && html`<input type="hidden" name="lang" value="${page.language}">`}<div><label for="who">${t.text("names.find")}</label><input id="who" name="who" type="search" value="${who}"></div><button class="btn line">${t.text("names.find.button")}</button></form>`;
}
