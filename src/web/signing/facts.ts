import { type Html, html } from "../../foundation/html.ts";
import { isolated, leftToRight } from "../../foundation/i18n.ts";
import { placeName } from "../../foundation/places.ts";
import type { Signed } from "../../signing/signature.ts";
import type { PageContext } from "../deps.ts";

/** One line of a list of facts. */
export type Fact = readonly [label: string, value: Html | string];

/** A list of facts. */
export function factList(facts: readonly Fact[]): Html {
  return html`<dl class="facts">
${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl>`;
}

/** What a signature says, and how it is shown; without the name, which stands apart. */
export function signedFacts(page: PageContext, signed: Signed): Fact[] {
  const { t } = page;
  const soft = (words: string) => html` <span class="soft">${words}</span>`;
  const facts: Fact[] = [];
  if (signed.kind === "person") {
    const beside = [signed.role, signed.affiliation].filter((part) => part !== null).map(isolated);
    if (beside.length > 0 && signed.show) facts.push([t.text("signature.shownAs"), joined(page, beside)]);
    else if (beside.length > 0)
      facts.push([
        t.text("signature.beside"),
        html`${joined(page, beside)}${soft(t.text("signature.notShown"))}`,
      ]);
  } else {
    // What was gathered elsewhere may lack one or the other.
    if (signed.website)
      facts.push([t.text("signature.website"), leftToRight(signed.website.replace(/(?<=\/\/[^/]+)\/$/, ""))]);
    const by = [signed.representative, signed.role].filter((part) => part !== null).map(isolated);
    if (by.length > 0)
      facts.push([
        t.text("signature.representative"),
        html`${joined(page, by)}${soft(t.text("signature.notShown"))}`,
      ]);
  }
  facts.push([t.text("signature.country"), placeName(signed.country, page.language)]);
  facts.push([t.text("signature.list"), t.text(signed.show ? "signature.list.yes" : "signature.list.no")]);
  return facts;
}

/** The address, and whether the publisher may write to it. */
export function mailFacts(page: PageContext, address: string, updates: boolean): Fact[] {
  const { t } = page;
  const never = t.text("signature.email.never");
  return [
    [t.text("signature.email"), html`${leftToRight(breakable(address))} <span class="soft">${never}</span>`],
    [
      t.text("signature.updates"),
      updates
        ? t.html("signature.updates.yes", { site: isolated(page.site.name) })
        : t.text("signature.updates.no"),
    ],
  ];
}

/** A long address breaks after its @ first. */
export function breakable(address: string): Html {
  const at = address.lastIndexOf("@") + 1;
  return html`${address.slice(0, at)}<wbr>${address.slice(at)}`;
}

function joined(page: PageContext, parts: readonly Html[]): Html {
  const comma = page.t.text("list.comma");
  return html`${parts.map((part, index) => html`${index > 0 && comma}${part}`)}`;
}
