/** A text as it was signed: frozen, with its hash and its place in the log. */
import { isSignedHere } from "../../archive/entry.ts";
import type { Text } from "../../archive/letter.ts";
import type { RevisionWithText } from "../../archive/revision.ts";
import { compareTexts } from "../../drafting/compare.ts";
import { type Content, type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import { encodeBase64url } from "../../transparency/bytes.ts";
import type { PageContext } from "../deps.ts";
import { differenceView } from "../difference.ts";
import { layout } from "../layout.ts";
import { when } from "../when.ts";
import { correctionItem } from "./corrections.ts";
import { letterArticle } from "./letter-article.ts";

/** The text, and what is known of this version. */
export function revisionPage(page: PageContext, found: RevisionWithText): Html {
  const { t } = page;
  const { letter, revision, latest, texts, text } = found;
  const { number } = revision;
  const old = number < latest;
  const path = routes.revision(letter.slug, number);
  const title = t.text("revision.title", { number, title: text.title });
  const readable = {
    ...letter,
    language: text.language,
    title: text.title,
    summary: text.summary,
    texts,
    text,
  };
  const note = t.html(old ? "revision.old" : "revision.latest", {
    number,
    date: when(page, revision.publishedAt),
    a: (chunks: Html) => html`<a href="${page.link(routes.letter(letter.slug))}">${chunks}</a>`,
  });
  return layout(page, {
    title,
    nav: "letters",
    ...(old ? { noindex: true } : { canonical: page.link(routes.letter(letter.slug)) }),
    main: html`<div class="top">
${letterArticle(page, readable, { path, note })}
</div>
<section class="hang" aria-labelledby="revision"><h2 id="revision">${t.text("revision.about")}</h2>
<dl class="facts">
${facts(page, found).map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl></section>
${changesSection(page, found)}
${neighbours(page, found)}`,
  });
}

function facts(
  page: PageContext,
  { letter, revision, latest, signed }: RevisionWithText,
): [string, Content][] {
  const { t } = page;
  const { number, hash, entry } = revision;
  const list: [string, Content][] = [
    [t.text("revision.text"), t.text("revision.ofAll", { number, latest })],
    [t.text("revision.published"), when(page, revision.publishedAt)],
  ];
  if (isSignedHere(letter)) list.push([t.text("revision.signed"), t.number(signed)]);
  if (hash) {
    const manifest = html`<a href="${routes.manifest(letter.slug, number)}">${t.text("revision.manifest")}</a>`;
    list.push([
      t.text("revision.hash"),
      html`<code dir="ltr">${encodeBase64url(hash)}</code><br>${manifest}`,
    ]);
  }
  if (entry !== null) {
    const link = html`<a href="${page.link(routes.logEntry(entry))}">${t.number(entry)}</a>`;
    list.push([t.text("receipt.entry"), link]);
  }
  return list;
}

/** Why it came, and word by word what is other than in the text before it. */
function changesSection(
  page: PageContext,
  { letter, revision, text, before, corrections }: RevisionWithText,
): Html | undefined {
  if (!before) return undefined;
  const { t } = page;
  const { slug, originalLanguage: language } = letter;
  const held = (one: Text) => ({ title: one.title, body: one.body ?? "" });
  const changed = compareTexts(held(before), held(text), text.language);
  return html`<section class="hang" aria-labelledby="changes"><h2 id="changes">${t.text("revision.changes", { number: revision.number - 1 })}</h2>
<div class="flow">
${corrections.length > 0 && html`<ul class="list one">${corrections.map((one) => correctionItem(page, one, { slug, language }))}</ul>`}
${changed.map(({ pieces }) => differenceView(page, pieces, text.language))}
</div></section>`;
}

/** The texts before and after this one. */
function neighbours(page: PageContext, { letter, revision, latest }: RevisionWithText): Html | undefined {
  if (latest < 2) return undefined;
  const { t } = page;
  const { number } = revision;
  const link = (to: number, words: string, rel: string) =>
    html`<a href="${page.link(routes.revision(letter.slug, to))}" rel="${rel}">${words}</a>`;
  return html`<nav class="pages noprint" aria-label="${t.text("revision.nav")}"><span>${number > 1 && link(number - 1, t.text("revision.before"), "prev")}</span><span>${number < latest && link(number + 1, t.text("revision.after"), "next")}</span></nav>`;
}
