import { type Html, html, raw } from "../../foundation/html.ts";
import { leftToRight } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import { languageVersions } from "../archive/head.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { layout } from "../layout.ts";
import { howToGetProgram, programCommand } from "../program.ts";
import { problemHtml } from "./problems.ts";
import { resultHtml } from "./result-parts.ts";
import { fieldMarks, type Sent, witnessFields } from "./witness-fields.ts";
import { type CarriedWords, carriedWords } from "./words.ts";

/** What the page carries along for client/verify. */
export interface VerifyPageData {
  /** The key of this site's log, and those of the witnesses that it names, a line each. */
  readonly key: string;
  readonly witnesses: readonly string[];
  /** The site's origin and host as it is configured. */
  readonly origin: string;
  readonly host: string;
  readonly words: CarriedWords;
}

export interface VerifyPageOptions {
  readonly key: string;
  readonly witnesses: readonly string[];
  /** Letters to choose from: slug and title, with the title's language. */
  readonly letters: readonly { readonly slug: string; readonly title: string; readonly language: string }[];
  /** The letter that is asked for. */
  readonly letter?: string | undefined;
  /** What was sent, and what came out of it. */
  readonly sent?: Sent;
}

/** /verify: the forms, and what came out. Where scripts run, nothing of it is sent. */
export function verifyPage(page: PageContext, options: VerifyPageOptions): Html {
  const { t } = page;
  const outcome = options.sent?.outcome;
  const title = t.text("verify.title");
  return layout(page, {
    title,
    description: t.text("verify.lede"),
    canonical: page.link(routes.verify()),
    alternates: languageVersions(page, routes.verify()),
    nav: "verify",
    ...(outcome && { noindex: true }),
    head: html`<script type="module" src="${page.assets.path("verify.js")}"></script>`,
    main: html`<div class="top one">
<h1>${title}</h1>
<p class="lede">${t.text("verify.lede")}</p>
</div>
<p class="vh" id="said" role="status"></p>
<section class="hang" id="result" tabindex="-1" aria-labelledby="${outcome && typeof outcome === "string" ? "problem" : "result-title"}"${raw(outcome ? "" : " hidden")}>${shown(page, options)}</section>
${workBox(page)}
${receiptForm(page, options)}
${letterForm(page, options)}
${trustSection(page, options)}
${limitsSection(page, options)}
<template>${icon("ok")}${icon("no")}${icon("wait")}</template>
${carried(page, options)}`,
  });
}

function shown(page: PageContext, { sent, letter }: VerifyPageOptions): Html {
  const { t } = page;
  // A section must have what it is named by.
  if (!sent) return html`<h2 id="result-title">${t.text("verify.result.none")}</h2>`;
  const { outcome, form } = sent;
  if (typeof outcome !== "string") return resultHtml(t, outcome);
  return problemHtml(
    t,
    outcome,
    form,
    programCommand(`verify ${page.siteUrl.origin} --letter ${letter ?? ""}`),
  );
}

/** Shown by the script while it works. */
function workBox({ t }: PageContext): Html {
  return html`<div class="work flow one noprint" id="work" hidden><p><label for="far">${t.text("verify.work.title")}</label></p>
<progress class="bar" id="far"></progress>
<p class="row mid"><button class="btn line" type="button">${t.text("verify.work.stop")}</button> <span class="soft" data-far></span></p></div>
<div class="flow one noprint" data-unable hidden><p>${t.text("verify.unable.text")}</p><p><button class="btn line" type="button">${t.text("verify.unable.button")}</button></p></div>`;
}

function receiptForm(page: PageContext, { witnesses, sent }: VerifyPageOptions): Html {
  const { t } = page;
  const field = fieldMarks("receipt", sent, "receipt");
  return html`<section class="hang noprint" aria-labelledby="v-receipt"><h2 id="v-receipt">${t.text("verify.receipt.title")}</h2>
<form class="one flow drop" action="${page.link(routes.verify())}" method="post" enctype="multipart/form-data" data-check="receipt">
<p>${t.text("verify.receipt.text")}</p>
<div${field.box}><label for="receipt">${t.text("verify.receipt.file")}</label>
<span class="hint" id="receipt-hint">${t.text("verify.receipt.hint")} <span data-scripts="on" hidden>${t.text("verify.receipt.drop")}</span></span>
<input id="receipt" name="receipt" type="file" accept=".json,application/json"${field.input}></div>
<div><label for="text">${t.text("verify.receipt.paste")}</label>
<textarea id="text" name="text" rows="3" dir="ltr" spellcheck="false" autocomplete="off"></textarea></div>
${witnessFields(page, "receipt", witnesses, sent)}
<p class="small" data-scripts="off">${t.text("verify.receipt.sent")}</p>
<p class="small" data-scripts="on" hidden>${t.text("verify.receipt.stays")}</p>
<p><button class="btn">${t.text("verify.receipt.button")}</button></p>
</form></section>`;
}

function letterForm(page: PageContext, { letters, letter, witnesses, sent }: VerifyPageOptions): Html {
  const { t } = page;
  const field = fieldMarks("letter", sent, "letter");
  const example = leftToRight(page.absolute(routes.letter(letters[0]?.slug ?? "title")));
  return html`<section class="hang noprint" aria-labelledby="v-letter"><h2 id="v-letter">${t.text("verify.letter.title")}</h2>
<form class="one flow" action="${page.link(routes.verify())}" method="post" data-check="letter">
<p>${t.text("verify.letter.text")}</p>
<div${field.box}><label for="letter">${t.text("verify.letter.label")}</label>
<span class="hint" id="letter-hint">${t.html("verify.letter.hint", { example })}</span>
<input id="letter" name="letter" type="text" list="letters" value="${letter ?? ""}" dir="ltr" spellcheck="false" autocapitalize="off" autocomplete="off"${field.input}></div>
<datalist id="letters">${letters.map(({ slug, title, language }) => html`<option value="${slug}" lang="${language}">${title}</option>`)}</datalist>
${witnessFields(page, "letter", witnesses, sent)}
<p class="small" data-scripts="off">${t.text("verify.letter.server")}</p>
<p><button class="btn">${t.text("verify.letter.button")}</button></p>
</form></section>`;
}

/** Whom one trusts with this, and how to trust less. */
function trustSection(page: PageContext, { key, witnesses }: VerifyPageOptions): Html {
  const { t } = page;
  const log = (chunks: Html) => html`<a href="${page.link(routes.log())}">${chunks}</a>`;
  const code = (text: string) => html`<code dir="ltr">${text}</code>`;
  return html`<section class="hang" aria-labelledby="v-trust"><h2 id="v-trust">${t.text("verify.trust.title")}</h2>
<div class="flow one"><p>${t.html("verify.trust.key", { key: code(key) })}</p>
${witnesses.length > 0 && html`<p>${t.html("verify.trust.witnesses", { names: t.listHtml(witnesses.map((one) => leftToRight(one.slice(0, one.indexOf("+"))))) })}</p>`}
<p>${t.text("verify.trust.compare")}</p>
<p>${t.html("verify.trust.command", { command: code(programCommand(`verify ${page.siteUrl.origin}`)), log })}</p>
<p>${howToGetProgram(page)}</p></div></section>`;
}

function limitsSection({ t }: PageContext, { witnesses }: VerifyPageOptions): Html {
  const split = witnesses.length > 0 ? "log.limits.watched" : "log.limits.split";
  return html`<section class="hang" aria-labelledby="v-limits"><h2 id="v-limits">${t.text("verify.limits.title")}</h2>
<div class="one"><ul class="list dots"><li>${t.text("log.limits.invented")}</li><li>${t.text("log.limits.missing")}</li><li>${t.text(split)}</li></ul></div></section>`;
}

/** A data block is not run, so the content policy lets it stand. */
function carried(page: PageContext, { key, witnesses }: VerifyPageOptions): Html {
  const { origin, host } = page.siteUrl;
  const data: VerifyPageData = { key, witnesses, origin, host, words: carriedWords(page.t) };
  const text = JSON.stringify(data).replaceAll("<", "\\u003c");
  return raw(`<script type="application/json" id="carried">${text}</script>`);
}
