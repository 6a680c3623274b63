/** A letter with all that is known of it. */

import { authorsOf } from "../../archive/cite.ts";
import type { LetterWithAll } from "../../archive/letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import { partialDateToString } from "../../foundation/partial-date.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { signSlip } from "../signing/sign-form.ts";
import { alternate, jsonLd, languageVersions, openGraph } from "./head.ts";
import { letterArticle } from "./letter-article.ts";
import { citeSection } from "./letter-cite.ts";
import { closedSlip } from "./letter-closed.ts";
import { aboutSection } from "./letter-facts.ts";
import { initiatorsSection, marksSection, reportedSection, signatoriesSection } from "./letter-names.ts";
import { neighboursSection } from "./letter-neighbours.ts";

/** @param open whether it can be signed now */
export function letterPage(
  page: PageContext,
  { letter, signatories, neighbours }: LetterWithAll,
  open: boolean,
): Html {
  const path = routes.letter(letter.slug);
  const textPath = letter.language === page.language ? path : withQuery(path, { text: letter.language });
  const slip = open
    ? signSlip(page, letter)
    : letter.state === "archived"
      ? undefined
      : closedSlip(page, letter);
  const verified = letter.people + letter.organisations > 0;
  return layout(page, {
    title: letter.title,
    description: letter.summary,
    canonical: page.link(letter.texts.some((one) => one.language === page.language) ? textPath : path),
    alternates: languageVersions(path),
    nav: "letters",
    head: html`${alternate(page, "application/json", routes.letterJson(letter.slug))}
${alternate(page, "application/x-bibtex", routes.letterBibtex(letter.slug))}
${alternate(page, "application/vnd.citationstyles.csl+json", routes.letterCsl(letter.slug))}
${openGraph(page, { type: "article", title: letter.title, description: letter.summary, path, published: partialDateToString(letter.date) })}
${structured(page, letter, path)}`,
    main: html`<div class="${slip ? "desk top" : "top"}">
${letterArticle(page, letter, open)}
${slip}
</div>
${aboutSection(page, letter)}
${initiatorsSection(page, letter)}
${letter.state !== "archived" && signatoriesSection(page, letter, signatories)}
${reportedSection(page, letter, signatories.reported)}
${verified && marksSection(page)}
${citeSection(page, letter)}
${neighboursSection(page, neighbours)}`,
  });
}

/** The letter for machines. The date stands at the precision known, as ISO 8601 lets it. */
function structured(page: PageContext, letter: LetterWithAll["letter"], path: string): Html {
  const { site, t } = page;
  const organisation = (name: string) => ({ "@type": "Organization", name });
  return jsonLd({
    "@type": "CreativeWork",
    genre: t.text(`kind.${letter.kind}`),
    headline: letter.title,
    name: letter.title,
    abstract: letter.summary,
    inLanguage: letter.language,
    url: page.absolute(path),
    datePublished: partialDateToString(letter.date),
    author: authorsOf({ letter, publisher: site.name }).map(organisation),
    publisher: { ...organisation(site.name), url: page.absolute(routes.archive()) },
    isPartOf: { "@type": "Collection", name: site.heading, url: page.absolute(routes.archive()) },
    ...(letter.addressees.length > 0 && {
      recipient: letter.addressees.map(({ name, type }) => ({
        "@type": type === "person" ? "Person" : "Organization",
        name,
      })),
    }),
    keywords: letter.topics.join(", "),
  });
}
