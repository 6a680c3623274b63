/** Names in columns, the way to more of them, and the search for one. */
import type { ReportedSignatory } from "../../archive/entry.ts";
import type { Letter } from "../../archive/letter.ts";
import type { Names, Signatory } from "../../archive/signatories.ts";
import { type Html, html } from "../../foundation/html.ts";
import { placeName } from "../../foundation/places.ts";
import type { SignatoryKind } from "../../letters/letter.ts";
import { routes, withQuery } from "../../routes.ts";
import { orcidRecordUrl } from "../../signing/orcid.ts";
import type { PageContext } from "../deps.ts";
import { evidenceMark, evidenceWords } from "../evidence-mark.ts";
import { name } from "./words.ts";

/** "signed revision 1", as it stands beside names that were given before the text was revised. */
export function signedRevision({ t }: PageContext, number: number): Html {
  return html`<span class="ev">${t.text("names.earlier", { number })}</span>`;
}

/**
 * Verified names, and the link to more of them.
 * @param where on the page of names it leads to the next ones, from the letter's page to all
 */
export function namesList(
  page: PageContext,
  letter: Letter,
  kind: SignatoryKind,
  { names, next }: Names<Signatory>,
  where: "letter" | "names",
): Html {
  const { t } = page;
  const path = (before?: number) => page.link(withQuery(routes.signatories(letter.slug), { kind, before }));
  const count = kind === "person" ? letter.people : letter.organisations;
  const more =
    next === undefined
      ? undefined
      : where === "letter"
        ? html`<a class="btn line" href="${path()}">${t.text("names.all", { count })}</a>`
        : html`<a class="btn line" href="${path(next)}">${t.text("names.more")}</a>`;
  return html`${names.length > 0 && signatories(page, letter, names)}
${more && html`<p class="noprint">${more}</p>`}`;
}

/** A list of verified names. The evidence beside each leads to its entry in the log. */
export function signatories(page: PageContext, letter: Letter, names: readonly Signatory[]): Html {
  return html`<ul class="names">
${names.map((one) => html`<li><b>${name(one.name)}</b>${beside(page, one)}${evidence(page, one)}${earlier(page, letter, one)}</li>\n`)}</ul>`;
}

/**
 * On what a name stands: the confirmed address, or what is known beyond it. A link, which a screen reader tells from the
 * others by the name. An ORCID iD that its owner shows leads to the record.
 */
function evidence(page: PageContext, one: Signatory): Html {
  const marks =
    one.evidence.length > 1
      ? one.evidence.map((known) => html`${evidenceMark(page, known)} `)
      : evidenceWords(page, one.evidence[0] ?? "email");
  const style = one.evidence.length > 1 ? "evs" : "ev";
  const id = one.evidence.find(({ kind, detail }) => kind === "orcid" && detail)?.detail;
  const record = id && html`<br><a class="ev" href="${orcidRecordUrl(id)}" dir="ltr">${id}</a>`;
  if (one.entry === null) return html`<span class="${style}">${marks}</span>${record}`;
  return html`<a class="${style}" href="${page.link(routes.logEntry(one.entry))}">${marks}<span class="vh">: ${name(one.name)}</span></a>${record}`;
}

/** Says of a signature under an earlier text which that was. */
function earlier(page: PageContext, { slug, revision }: Letter, one: Signatory): Html | undefined {
  if (one.revision === revision.number) return undefined;
  const words = page.t.text("names.earlier", { number: one.revision });
  return html`<br><a class="ev" href="${page.link(routes.revision(slug, one.revision))}">${words}<span class="vh">: ${name(one.name)}</span></a>`;
}

/** What stands beside a name: a person's role and affiliation, an organisation's country. */
function beside(
  page: PageContext,
  one: Pick<Signatory, "kind" | "affiliation" | "role" | "country">,
): Html | undefined {
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

/** Names as they were reported, with what the report says beside them. */
export function reportedNames(page: PageContext, { names }: Names<ReportedSignatory>): Html | undefined {
  if (names.length === 0) return undefined;
  return html`<ul class="names">
${names.map((one) => html`<li><b>${name(one.name)}</b>${beside(page, one)}</li>\n`)}</ul>`;
}

/** The search for a name under a letter. */
export function findName(page: PageContext, slug: string, who = ""): Html {
  const { t } = page;
  return html`<form class="q noprint" role="search" action="${routes.signatories(slug)}" method="get" aria-label="${t.text("names.find")}">${page.explicitLanguage && html`<input type="hidden" name="lang" value="${page.language}">`}<div><label for="who">${t.text("names.find")}</label><input id="who" name="who" type="search" value="${who}"></div><button class="btn line">${t.text("names.find.button")}</button></form>`;
}
