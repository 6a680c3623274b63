/** Pages of names under a letter. */
import { isSignedHere, type ReportedSignatory } from "../../archive/entry.ts";
import type { Letter } from "../../archive/letter.ts";
import type { FoundNames, Names, Signatories, Signatory } from "../../archive/signatories.ts";
import { type Html, html } from "../../foundation/html.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { when } from "../when.ts";
import { reportedSection, signatoriesSection } from "./letter-names.ts";
import { findName, namesList, reportedNames, signatories } from "./names-list.ts";
import { inLanguageOf } from "./words.ts";

/** What a page of names shows. */
export type SignatoriesShown =
  | { readonly is: "first"; readonly signatories: Signatories }
  | { readonly is: "person" | "organisation"; readonly further: boolean; readonly part: Names<Signatory> }
  | { readonly is: "reported"; readonly further: boolean; readonly part: Names<ReportedSignatory> }
  | { readonly is: "found"; readonly who: string; readonly found: FoundNames };

/** The page, under the title of its letter. */
export function signatoriesPage(page: PageContext, letter: Letter, shown: SignatoriesShown): Html {
  const { t } = page;
  const path = routes.letter(letter.slug);
  const lang = inLanguageOf(page, letter.language);
  const title = t.text("letter.signatories");
  return layout(page, {
    title: `${title}: ${letter.title}`,
    noindex: true,
    nav: "letters",
    main: html`<div class="top">
<h1>${title}</h1>
<p class="quote"><a class="plain" href="${page.link(path)}"${lang}>${letter.title}</a></p>
<p class="small soft">${when(page, letter.date)}</p>
</div>
${part(page, letter, shown)}
<p class="after"><a href="${page.link(path)}">${t.text("names.toLetter")}</a></p>`,
  });
}

function part(page: PageContext, letter: Letter, shown: SignatoriesShown): Html {
  const { t } = page;
  const { slug } = letter;
  if (shown.is === "first")
    return html`${isSignedHere(letter) && signatoriesSection(page, letter, shown.signatories, "names")}
${reportedSection(page, letter, shown.signatories.reported)}`;
  if (shown.is === "found") return foundSection(page, letter, shown.who, shown.found);
  if (shown.is === "reported") {
    const { next } = shown.part;
    const more = next && withQuery(routes.signatories(slug), { kind: "reported", after: next });
    return section(
      t.text("letter.reported"),
      html`${reportedNames(page, shown.part)}
${more && html`<p class="noprint"><a class="btn line" href="${page.link(more)}">${t.text("names.more")}</a></p>`}
<p class="small soft">${t.text("letter.reported.note")}</p>`,
    );
  }
  const title =
    shown.is === "person"
      ? t.text("letter.people", { count: letter.people })
      : t.text("letter.organisations", { count: letter.organisations });
  return section(
    title,
    html`${findName(page, slug)}
${shown.further && html`<p class="small soft">${t.text("names.further")}</p>`}
${namesList(page, letter, shown.is, shown.part, "names")}
${shown.part.names.length === 0 && html`<p>${t.text("names.end")}</p>`}`,
  );
}

function foundSection(page: PageContext, letter: Letter, who: string, found: FoundNames): Html {
  const { t } = page;
  const asked = { who: html`<b><bdi>${who}</bdi></b>` };
  const words =
    found.names.length === 0
      ? t.html("names.none", asked)
      : found.similar
        ? t.html("names.similar", asked)
        : t.html(found.more ? "names.found.more" : "names.found", { ...asked, count: found.names.length });
  return section(
    t.text("names.results"),
    html`${findName(page, letter.slug, who)}
${(found.names.length > 0 || found.reported.names.length === 0) && html`<p>${words}</p>`}
${found.names.length > 0 && signatories(page, letter, found.names)}
${foundReported(page, who, found)}`,
  );
}

function foundReported(page: PageContext, who: string, { reported }: FoundNames): Html | undefined {
  if (reported.names.length === 0) return undefined;
  const { t } = page;
  const asked = { who: html`<b><bdi>${who}</bdi></b>`, count: reported.names.length };
  return html`<h3 class="h">${t.text("letter.reported")}</h3>
<p>${t.html(reported.next === undefined ? "names.found" : "names.found.more", asked)}</p>
${reportedNames(page, reported)}
<p class="small soft">${t.text("letter.reported.note")}</p>`;
}

function section(title: string, content: Html): Html {
  return html`<section class="hang" aria-labelledby="names"><h2 id="names">${title}</h2>
<div class="flow">
${content}
</div></section>`;
}
