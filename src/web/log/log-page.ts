/** The log for people: how it stands, what it proves and what it does not, and its entries. */
import type { Entry as Letter } from "../../archive/entry.ts";
import { type Html, html } from "../../foundation/html.ts";
import { leftToRight } from "../../foundation/i18n.ts";
import { routes, withQuery } from "../../routes.ts";
import { encodeBase64 } from "../../transparency/bytes.ts";
import type { Checkpoint } from "../../transparency/checkpoint.ts";
import type { PlacedEntry } from "../../transparency/find-entry.ts";
import { formatVerifierKey, type VerifierKey } from "../../transparency/verifier-key.ts";
import { languageVersions, openGraph } from "../archive/head.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { howToGetProgram, programCommand } from "../program.ts";
import { whenExactly } from "../when.ts";
import { entryList } from "./entry-words.ts";

export interface LogShown {
  readonly checkpoint: Checkpoint;
  readonly key: VerifierKey;
  /** The names of those who cosigned the checkpoint. */
  readonly witnesses: readonly string[];
  readonly grownAt: Date | null;
  /** Newest first. */
  readonly entries: readonly PlacedEntry[];
  readonly letters: ReadonlyMap<string, Letter>;
  /** Whether these are the newest entries, so that the page speaks of the log as a whole too. */
  readonly newest: boolean;
  /** Where the page of newer entries begins. */
  readonly newer: number;
}

/** The page of the log; further back, of its entries alone. */
export function logPage(page: PageContext, shown: LogShown): Html {
  const { t } = page;
  const path = routes.log();
  const title = t.text("log.title");
  const lede = t.text("log.lede");
  return layout(page, {
    title,
    description: lede,
    ...(shown.newest
      ? { canonical: page.link(path), alternates: languageVersions(page, path) }
      : { noindex: true }),
    ...(shown.newest && { head: openGraph(page, { type: "website", title, description: lede, path }) }),
    main: html`<div class="top">
<h1>${title}</h1>
${shown.newest && html`<p class="lede">${lede}</p>`}
</div>
${shown.newest && html`${standing(page, shown)}${meaning(page, shown)}`}
${entriesSection(page, shown)}`,
  });
}

/** Size, seal and key, as the checkpoint says. */
function standing(page: PageContext, { checkpoint, key, witnesses, grownAt }: LogShown): Html {
  const { t } = page;
  const code = (text: string) => html`<code dir="ltr">${text}</code>`;
  const link = (href: string) => (chunks: Html) => html`<a href="${href}">${chunks}</a>`;
  const facts = [
    [t.text("log.now.grown"), grownAt ? whenExactly(page, grownAt) : t.text("log.now.empty")],
    [t.text("log.now.root"), code(encodeBase64(checkpoint.root))],
    [t.text("log.now.key"), code(formatVerifierKey(key))],
    [
      t.text("log.now.witnesses"),
      witnesses.length > 0 ? t.listHtml(witnesses.map(leftToRight)) : t.text("log.now.witnesses.none"),
    ],
  ] as const;
  return section(
    t.text("log.now.title"),
    "now",
    html`<p>${t.html("log.now.entries", { count: checkpoint.size, n: (chunks) => html`<span class="count">${chunks}</span>` })}</p>
<p>${t.text("log.now.text")}</p>
<dl class="facts">
${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl>
<p>${t.html("log.now.files", { checkpoint: link(routes.logCheckpoint()), key: link(routes.logKey()) })}</p>`,
  );
}

/** What the log proves, what it does not, and how anybody can look for themselves. */
function meaning(page: PageContext, { witnesses }: LogShown): Html {
  const { t } = page;
  const points = (...texts: string[]) =>
    html`<ul class="list dots">${texts.map((text) => html`<li>${text}</li>\n`)}</ul>`;
  const command = (text: string) => html`<pre dir="ltr"><code>${text}</code></pre>`;
  const link = (chunks: Html) => html`<a href="${page.link(routes.verify())}">${chunks}</a>`;
  const { origin } = page.siteUrl;
  return html`${section(
    t.text("log.proves.title"),
    "proves",
    points(
      t.text("log.proves.added"),
      t.text("log.proves.moved"),
      t.text("log.proves.count"),
      t.text("log.proves.own"),
    ),
  )}${section(
    t.text("log.limits.title"),
    "limits",
    points(
      t.text("log.limits.invented"),
      t.text("log.limits.missing"),
      t.text(witnesses.length > 0 ? "log.limits.watched" : "log.limits.split"),
    ),
  )}${section(t.text("log.names.title"), "names", html`<p>${t.text("log.names.text")}</p>`)}${section(
    t.text("log.check.title"),
    "check",
    html`<p>${t.html("log.check.text", { a: link })}</p>
<p>${howToGetProgram(page)}</p>
${command(programCommand(`verify ${origin}`))}
<p>${t.text("log.mirror.text")}</p>
${command(programCommand(`mirror ${origin} FOLDER`))}
<p class="small soft">${t.html("log.mirror.docs", { file: html`<code dir="ltr">docs/log.md</code>` })}</p>`,
  )}`;
}

/** A page of entries, and the ways to newer and older ones. */
function entriesSection(page: PageContext, shown: LogShown): Html {
  const { t } = page;
  const { entries, newest, newer, checkpoint } = shown;
  const title = t.text(newest ? "log.entries.newest" : "log.entries.title");
  const last = entries.at(-1)?.index ?? 0;
  const at = (before: number) =>
    page.link(before >= checkpoint.size ? routes.log() : withQuery(routes.log(), { before }));
  return section(
    title,
    "entries",
    html`${entries.length > 0 ? entryList(page, entries, shown.letters) : html`<p>${t.text("log.entries.none")}</p>`}
<nav class="row" aria-label="${t.text("log.entries.title")}">${!newest && html`<a href="${at(newer)}#entries" rel="prev">${t.text("log.entries.newer")}</a> `}${last > 0 && html`<a href="${at(last)}#entries" rel="next">${t.text("log.entries.older")}</a>`}</nav>`,
  );
}

function section(title: string, id: string, content: Html): Html {
  return html`<section class="hang" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<div class="flow one">
${content}
</div></section>
`;
}
