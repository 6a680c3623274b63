/** Who stands under a letter, in one line. */
import type { Entry } from "../../archive/entry.ts";
import { type Html, html } from "../../foundation/html.ts";
import { everOpens } from "../../letters/letter.ts";
import type { PageContext } from "../deps.ts";
import { inLanguageOf, knownNames, reportedRest } from "./words.ts";

/** Names that a line shows; more are counted. */
const shown = 4;

/** The names that the line shows. */
export function namesShown(entry: Entry): string[] {
  return knownNames(entry).names.slice(0, shown);
}

/**
 * The signatories of a letter: those counted here, or those known from elsewhere; undefined where nothing is known.
 * @param show how a name is written
 */
export function signedLine(page: PageContext, entry: Entry, show: (of: string) => Html): Html | undefined {
  const verified = verifiedLine(page, entry);
  const reported = reportedLine(page, entry, show);
  return verified && reported ? html`${verified}<br>${reported}` : (verified ?? reported);
}

/** "412, of which 38 organisations". */
function verifiedLine({ t }: PageContext, { state, people, organisations }: Entry): Html | undefined {
  const count = people + organisations;
  if (count === 0) return everOpens(state) ? t.html("signed.none") : undefined;
  return t.html(organisations > 0 ? "signed.verified" : "signed.people", { count, organisations });
}

/** "Access Now and Wikimedia Foundation, and more than 35 other civil society organisations (as reported)". */
function reportedLine(page: PageContext, entry: Entry, show: (of: string) => Html): Html | undefined {
  const { t } = page;
  const { names, more } = knownNames(entry);
  const few = namesShown(entry).map(show);
  const others = names.length - few.length + more;
  if (others > 0) few.push(t.html("signed.others", { count: others }));
  const list = few.length > 0 ? t.listHtml(few) : undefined;
  if (!entry.reported) {
    if (!list || entry.namedTotal > 0) return list && t.html("signed.reported", { who: list });
    return list;
  }
  const rest = reportedRest(page, entry.reported, entry.originalLanguage);
  return list
    ? t.html("signed.namesAndRest", { names: list, rest })
    : t.html("signed.reported", { who: capital(page, entry, rest) });
}

/** A description that begins the line begins with a capital where its script has them. */
function capital(page: PageContext, entry: Entry, rest: Html): Html {
  const { reported, originalLanguage } = entry;
  if (!reported || reported.count !== null) return rest;
  const [first = "", ...others] = reported.description;
  const text = first.toLocaleUpperCase(originalLanguage) + others.join("");
  return html`<span${inLanguageOf(page, originalLanguage)}>${text}</span>`;
}
