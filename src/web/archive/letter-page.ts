/** A letter with all that is known of it. */

import { authorsOf } from "../../archive/cite.ts";
import { isSignedHere } from "../../archive/entry.ts";
import type { LetterWithAll } from "../../archive/letter.ts";
import type { Signatories } from "../../archive/signatories.ts";
import { type Html, html } from "../../foundation/html.ts";
import { partialDateToString } from "../../foundation/partial-date.ts";
import { everOpens } from "../../letters/letter.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { signSlip } from "../signing/sign-form.ts";
import { correctionsSection } from "./corrections.ts";
import { alternate, jsonLd, languageVersions, openGraph } from "./head.ts";
import { letterArticle } from "./letter-article.ts";
import { citeSection } from "./letter-cite.ts";
import { closedSlip } from "./letter-closed.ts";
import { aboutSection } from "./letter-facts.ts";
import { initiatorsSection, marksSection, reportedSection, signatoriesSection } from "./letter-names.ts";
import { neighboursSection } from "./letter-neighbours.ts";
import { proofSection, revised, sealed } from "./letter-proof.ts";

/** A letter that is not public yet, as its page will be. */
export interface Preview {
  /** Where the preview is, without a query. */
  readonly path: string;
  /** What stands above it. */
  readonly banner: Html;
  /**
   * Nothing of the letter is public yet, so nothing of it stands at the addresses that it will have. How many of those
   * invited have signed this text: they are named once it is public.
   */
  readonly signedAhead?: number;
}

/**
 * @param open whether it can be signed now
 * @param preview shows it before it is public: nothing is said to search engines, and its form cannot be used
 */
export function letterPage(
  page: PageContext,
  { letter, signatories, neighbours, corrections, signedTexts }: LetterWithAll,
  open: boolean,
  preview?: Preview,
): Html {
  const path = preview?.path ?? routes.letter(letter.slug);
  const textPath = letter.language === page.language ? path : withQuery(path, { text: letter.language });
  const slip = open
    ? signSlip(page, letter, preview !== undefined)
    : everOpens(letter.state)
      ? closedSlip(page, letter)
      : undefined;
  const ahead = preview?.signedAhead;
  // Nobody is led to a form that nobody can use yet.
  const signable = open && ahead === undefined;
  const shown = ahead === undefined ? signatories : withoutMore(signatories);
  const verified = letter.people + letter.organisations > 0;
  return layout(page, {
    title: letter.title,
    nav: "letters",
    ...(preview
      ? { noindex: true, banner: preview.banner }
      : {
          description: letter.summary,
          canonical: page.link(letter.texts.some((one) => one.language === page.language) ? textPath : path),
          alternates: languageVersions(page, path),
          head: forMachines(page, letter, path),
        }),
    main: html`<div class="${slip ? "desk top" : "top"}">
${letterArticle(page, letter, { path, open: signable, ...(verified && revised(page, letter)), after: sealed(page, letter) })}
${slip}
</div>
${aboutSection(page, letter, ahead !== undefined)}
${correctionsSection(page, letter, corrections, signedTexts)}
${initiatorsSection(page, letter)}
${isSignedHere(letter) && signatoriesSection(page, letter, shown, "letter", ahead)}
${reportedSection(page, letter, shown.reported)}
${verified && marksSection(page, letter, signatories)}
${isSignedHere(letter) && proofSection(page, letter, ahead !== undefined)}
${citeSection(page, letter, ahead !== undefined)}
${neighboursSection(page, neighbours)}`,
  });
}

/** The same without the way to further names: there is no page of them yet. */
function withoutMore(signatories: Signatories): Signatories {
  const { next: _, ...reported } = signatories.reported;
  return { ...signatories, reported };
}

function forMachines(page: PageContext, letter: LetterWithAll["letter"], path: string): Html {
  const { slug, title, summary, date } = letter;
  return html`${alternate(page, "application/json", routes.letterJson(slug))}
${alternate(page, "application/x-bibtex", routes.letterBibtex(slug))}
${alternate(page, "application/vnd.citationstyles.csl+json", routes.letterCsl(slug))}
${openGraph(page, { type: "article", title, description: summary, path, published: partialDateToString(date) })}
${structured(page, letter, path)}`;
}

/** The letter for machines. The date stands at the precision known, as ISO 8601 lets it. */
function structured(page: PageContext, letter: LetterWithAll["letter"], path: string): Html {
  const { site, t } = page;
  const organisation = (name: string) => ({ "@type": "Organization", name });
  const authors = authorsOf({ letter, publisher: site.name });
  return jsonLd({
    "@type": "CreativeWork",
    genre: t.text(`kind.${letter.kind}`),
    headline: letter.title,
    name: letter.title,
    abstract: letter.summary,
    inLanguage: letter.language,
    url: page.absolute(path),
    datePublished: partialDateToString(letter.date),
    ...(authors.length > 0 && { author: authors.map(organisation) }),
    publisher: { ...organisation(site.name), url: page.absolute(routes.archive()) },
    isPartOf: { "@type": "Collection", name: site.heading, url: page.absolute(routes.archive()) },
    ...(letter.addressees.length > 0 && {
      recipient: letter.addressees.map(({ name, type }) => ({
        "@type": type === "person" ? "Person" : "Organization",
        name,
      })),
    }),
    ...(letter.topics.length > 0 && { keywords: letter.topics.join(", ") }),
  });
}
