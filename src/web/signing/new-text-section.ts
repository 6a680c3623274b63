/** The part of the private page about a text that came after the one that was signed. */
import { type Html, html } from "../../foundation/html.ts";
import { directionOf } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { LaterText, Owned } from "../../signing/find-own.ts";
import type { OwnSignature } from "../../signing/signature.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { when } from "../when.ts";
import type { Fact } from "./facts.ts";

/** What changed since, and the way to sign the newest text too; nothing where the signature is under it. */
export function newTextSection(
  page: PageContext,
  token: string,
  { signature, since, affiliationFixed }: Extract<Owned, { is: "accepted" }>,
): Html | undefined {
  const { letter, latest } = signature;
  const { slug, revision } = letter;
  if (latest === revision) return undefined;
  const { t } = page;
  const later = Array.from({ length: latest - revision }, (_, index) => latest - index);
  const newest = (chunks: Html) => html`<a href="${page.link(routes.letter(slug))}">${chunks}</a>`;
  return html`<section class="box flow" id="text" aria-labelledby="text-heading"><h2 class="h" id="text-heading">${t.text("own.text.title")}</h2>
<p>${t.text("own.text.stays", { number: revision })}</p>
<ul class="list">${later.map((number) =>
    changeItem(
      page,
      letter,
      number,
      since.find((one) => one.revision === number),
    ),
  )}</ul>
${
  affiliationFixed === "letter-closed"
    ? html`<p>${t.text("own.text.closed")}</p>`
    : html`<p>${t.html("own.text.read", { a: newest })}</p>
<form action="${page.link(routes.signatureText(token))}" method="post"><input type="hidden" name="revision" value="${latest}"><input type="hidden" name="owner"><button class="btn">${icon("pen")} ${t.text("own.text.button")}</button></form>
<p class="hint">${t.text("own.text.hint")}</p>`
}</section>`;
}

function changeItem(
  page: PageContext,
  { slug, originalLanguage: language }: OwnSignature["letter"],
  number: number,
  correction: LaterText | undefined,
): Html {
  const path = `${page.link(routes.revision(slug, number))}#changes`;
  return html`<li>${
    correction &&
    html`<p><b>${when(page, correction.at)}</b></p>
<p lang="${language}" dir="${directionOf(language)}" class="prewrap">${correction.note}</p>
`
  }<p><a href="${path}">${page.t.text("own.text.changes", { number })}</a></p></li>
`;
}

/** Which text was signed, where there is more than one. */
export function signedText(page: PageContext, { letter, latest, textSignedAt }: OwnSignature): Fact[] {
  if (latest === 1) return [];
  const { t } = page;
  const { slug, revision: number } = letter;
  const since =
    textSignedAt &&
    html` <span class="soft">${t.html("own.text.since", { date: when(page, textSignedAt) })}</span>`;
  const link = html`<a href="${page.link(routes.revision(slug, number))}">${t.text("revision.ofAll", { number, latest })}</a>`;
  return [[t.text("revision.text"), html`${link}${since}`]];
}
