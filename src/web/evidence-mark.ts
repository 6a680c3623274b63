/** Marks of evidence: always a word and a sign. */
import { type Html, html } from "../foundation/html.ts";
import { leftToRight } from "../foundation/i18n.ts";
import type { PageContext } from "./deps.ts";
import { icon } from "./icons.ts";

const icons = { email: "mail", domain: "web", address: "at", organisers: "org", orcid: "orcid" } as const;

/** A kind of evidence that readers are told of. */
export type MarkedEvidence = keyof typeof icons;

type Marked = MarkedEvidence | { readonly kind: MarkedEvidence; readonly detail: string | null };

/** The sign and its words, such as "address at readers.example"; without a domain, what such a mark says in general. */
export function evidenceWords({ t }: PageContext, what: Marked): Html {
  const { kind, detail } = typeof what === "string" ? { kind: what, detail: null } : what;
  const domain = (kind === "domain" || kind === "address") && detail;
  if (!domain) return html`${icon(icons[kind])} ${t.text(`evidence.${kind}`)}`;
  return html`${icon(icons[kind])} <span>${t.html(`evidence.${kind}.at`, { domain: leftToRight(domain) })}</span>`;
}

/** The same, to stand among other words. */
export function evidenceMark(page: PageContext, what: Marked): Html {
  return html`<span class="ev">${evidenceWords(page, what)}</span>`;
}

/** How readers are told of evidence that is kept. */
export function markedEvidence(kind: "address" | "dns" | "file" | "organisers" | "orcid"): MarkedEvidence {
  return kind === "dns" || kind === "file" ? "domain" : kind;
}
