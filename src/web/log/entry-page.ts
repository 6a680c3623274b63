/** One entry of the log, for people. A name stands here only while it stands on the public list. */
import type { Entry as Letter } from "../../archive/entry.ts";
import { type Content, type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { PlacedEntry, Removals } from "../../transparency/find-entry.ts";
import { inLanguageOf } from "../archive/words.ts";
import type { PageContext } from "../deps.ts";
import { sealMark } from "../icons.ts";
import { layout } from "../layout.ts";
import { entryLink, entryWords, reasonWords } from "./entry-words.ts";

export interface EntryShown extends PlacedEntry, Removals {
  readonly letter: Letter;
  /** The size of the log that readers know. */
  readonly size: number;
  /** The entry's bytes, which are ASCII. */
  readonly text: string;
  /** Its leaf hash, in base64. */
  readonly hash: string;
  /** The revision that it names by its hash. */
  readonly revision?: number;
  /** Whose signature it is, while the name is on the public list. */
  readonly name?: string;
}

/** The page of an entry. */
export function entryPage(page: PageContext, shown: EntryShown): Html {
  const { t } = page;
  const { index, entry, letter, name } = shown;
  const title = t.text("log.one.title", { index });
  return layout(page, {
    title,
    noindex: true,
    main: html`<div class="top one">
<p class="soft"><a href="${page.link(routes.log())}">${t.text("log.title")}</a></p>
<div class="split"><div><h1>${title}</h1></div>${sealMark("stamp")}</div>
<p class="lede">${entryWords(page, entry)}</p>
<p class="quote"><a class="plain" href="${page.link(routes.letter(letter.slug))}"${inLanguageOf(page, letter.language)}>${letter.title}</a></p>
${name && html`<p class="name"><bdi>${name}</bdi></p>`}
</div>
<section class="hang" aria-labelledby="says"><h2 id="says">${t.text("log.one.says")}</h2>
<dl class="facts">
${facts(page, shown).map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl></section>
<section class="hang" aria-labelledby="bytes"><h2 id="bytes">${t.text("log.one.bytes")}</h2>
<div class="flow one">
<p>${t.text("log.one.bytes.text")}</p>
<pre dir="ltr"><code>${shown.text}</code></pre>
<dl class="facts"><dt>${t.text("log.one.hash")}</dt><dd><code dir="ltr">${shown.hash}</code></dd></dl>
</div></section>
<section class="hang" aria-labelledby="proof"><h2 id="proof">${t.text("log.one.proof")}</h2>
<div class="flow one">
${
  index < shown.size
    ? html`<p>${t.text("log.one.proof.text", { size: shown.size })}</p>
<p><a class="btn line" href="${routes.logProof(index)}" download>${t.text("log.one.proof.link")}</a></p>`
    : html`<p>${t.text("log.one.proof.waiting")}</p>`
}
</div></section>
<nav class="pages" aria-label="${t.text("log.one.nav")}"><span>${index > 0 && html`<a href="${page.link(routes.logEntry(index - 1))}" rel="prev">${t.text("log.one.before")}</a>`}</span><span>${index + 1 < shown.size && html`<a href="${page.link(routes.logEntry(index + 1))}" rel="next">${t.text("log.one.after")}</a>`}</span></nav>`,
  });
}

function facts(page: PageContext, shown: EntryShown): [string, Content][] {
  const { t } = page;
  const { entry, letter, revision, target, removedBy } = shown;
  const list: [string, Content][] = [];
  if (target) list.push([t.text("log.one.about"), entryLink(page, target)]);
  if (entry.t === "withdraw" || entry.t === "erase") {
    list.push([t.text("log.one.reason"), t.text(reasonWords[entry.y])]);
    if (entry.o) list.push([t.text("log.one.shownBy"), t.text("log.one.shownBy.secret")]);
  }
  if (entry.t === "sign") list.push([t.text("log.one.now"), now(page, removedBy)]);
  if (revision)
    list.push([
      t.text(entry.t === "sign" ? "log.one.signed" : "log.one.text"),
      html`<a href="${page.link(routes.revision(letter.slug, revision))}">${t.text("revision.number", { number: revision })}</a>`,
    ]);
  list.push([t.text("log.one.place"), t.number(entry.s)], [t.text("log.one.count"), t.number(entry.n)]);
  return list;
}

/** What became of a signature. */
function now(page: PageContext, removedBy: EntryShown["removedBy"]): Html {
  const stands = !removedBy.some(({ entry }) => entry.t === "withdraw");
  return html`${stands && page.t.text("log.one.stands")}${removedBy.map((one, at) => html`${(stands || at > 0) && html`<br>`}${entryLink(page, one)}`)}`;
}
