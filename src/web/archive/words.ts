/** The words for what a letter is: its topics, places, roles, in the reader's language. */
import type { Entry, ReportedCount } from "../../archive/entry.ts";
import type { FilterName } from "../../archive/filters.ts";
import { type Html, html } from "../../foundation/html.ts";
import { directionOf, isolated } from "../../foundation/i18n.ts";
import { placeName } from "../../foundation/places.ts";
import type { AddresseeType, PublisherRole, Stance, State } from "../../letters/letter.ts";
import type { PageContext } from "../deps.ts";

/** What a page knows that calls a topic by its name. */
type Naming = Pick<PageContext, "t"> & { readonly site: Pick<PageContext["site"], "topics"> };

/** A topic in the reader's language; a site's own as it was named, or read from its slug. */
export function topicName({ t, site }: Naming, slug: string): string {
  const key = `topic.${slug}`;
  if (t.has(key)) return t.text(key);
  const own = site.topics.get(slug);
  if (own) return own.name;
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value of a filter in the reader's language. */
export function valueName(page: Naming, filter: FilterName, value: string): string {
  const { t } = page;
  if (filter === "topic") return topicName(page, value);
  if (filter === "place") return placeName(value, t.language);
  if (filter === "to") return t.text(`to.${value as AddresseeType}`);
  if (filter === "role") return t.text(`role.${value as PublisherRole}`);
  if (filter === "stance") return t.text(`stance.${value as Stance}`);
  if (filter === "status") return t.text(`status.${value as State}`);
  if (filter === "year") return t.date({ year: Number(value) });
  return value;
}

/** Attributes for text in a language of its own; none where it is the page's. */
export function inLanguageOf(page: PageContext, language: string): Html | undefined {
  return language === page.language ? undefined : html` lang="${language}" dir="${directionOf(language)}"`;
}

/** A name that may be in any script. */
export const name = isolated;

/** "Internet Society: signatory". */
export function publisherRole({ t, site }: PageContext, role: PublisherRole): Html {
  return t.html("entry.roleOf", { site: name(site.name), role: t.text(`role.${role}`) });
}

/**
 * What names are known from elsewhere: initiators first, then those reported by name; and how many more of these.
 * The initiators of a letter that opened here are no signatories.
 */
export function knownNames(entry: Entry): { names: string[]; more: number } {
  const initiators = entry.state === "archived" ? entry.initiators : [];
  const names = [...new Set([...initiators, ...entry.named.map((one) => one.name)])];
  return { names, more: entry.namedTotal - entry.named.length };
}

/** "more than 35 other civil society organisations": the count in the reader's language, the rest as it was written. */
export function reportedRest(page: PageContext, reported: ReportedCount, language: string): Html {
  const { t } = page;
  const described = html`<span${inLanguageOf(page, language)}>${reported.description}</span>`;
  if (reported.count === null || reported.qualifier === null) return described;
  return t.html(`signed.rest.${reported.qualifier}`, { count: reported.count, description: described });
}
