/** What readers would see: the real pages, with settings that are not saved. */
import { findLetterWithAll } from "../../../archive/letter.ts";
import { listEntries, listLetters, openLetters } from "../../../archive/list.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { type Language, translator } from "../../../foundation/i18n.ts";
import type { SiteSettings } from "../../../letters/site.ts";
import { routes } from "../../../routes.ts";
import { isOpen } from "../../../signing/letter.ts";
import { accentPath, type Mode } from "../../accent.ts";
import { privacyPage } from "../../archive/about-pages.ts";
import { letterPage } from "../../archive/letter-page.ts";
import { featuredAtMost } from "../../archive/list.ts";
import { archivePage } from "../../archive/list-page.ts";
import { imagePath } from "../../brand.ts";
import type { Deps, PageContext } from "../../deps.ts";
import { siteIn } from "../../page-context.ts";

export const previewPages = ["start", "letter", "privacy"] as const;

/** What to show of it. */
export interface View {
  readonly show: (typeof previewPages)[number];
  readonly language: Language;
  readonly mode: Mode;
}

/** Reads what to show; the first of each where a form does not say. */
export function readView(form: URLSearchParams, { languages }: SiteSettings): View {
  const [show, language] = [form.get("preview-page"), form.get("preview-language")];
  return {
    show: previewPages.find((one) => one === show) ?? previewPages[0],
    language: languages.find((one) => one === language) ?? languages[0]!,
    mode: form.get("preview-mode") === "dark" ? "dark" : "light",
  };
}

/** @param sources data URLs of pictures that are kept nowhere, by their hashes */
export async function preview(
  deps: Deps,
  settings: SiteSettings,
  view: View,
  sources: ReadonlyMap<string, string> = new Map(),
): Promise<string> {
  const page = previewContext(deps, settings, view, sources);
  const document = (await pageOf(deps, page, view)).toString();
  // Nothing runs in the frame, so nothing is asked to. Links lead nowhere: a new window is what the frame's sandbox
  // does not open.
  const head = html`<base target="_blank">${forced(page, view.mode)}`;
  return document
    .replace(/<script type="module"[^>]*><\/script>/g, "")
    .replace("</head>", () => `${head}</head>`);
}

function previewContext(
  deps: Deps,
  settings: SiteSettings,
  { language, mode }: View,
  sources: ReadonlyMap<string, string>,
): PageContext {
  const { logo } = settings;
  // The frame shows one mode, whatever the browser prefers; so it shows that one's picture.
  const oneLogo = logo && { ...logo, ...(mode === "dark" && logo.dark && { image: logo.dark }) };
  const site = { ...deps.pages.site(), ...settings, logo: oneLogo };
  return {
    t: translator(language),
    language,
    languages: settings.languages,
    explicitLanguage: false,
    link: (path) => path,
    absolute: (path) => deps.config.siteUrl.origin + path,
    site: siteIn(site, language),
    siteUrl: deps.config.siteUrl,
    sourceUrl: deps.config.sourceUrl,
    image: (picture) => sources.get(picture.hash) ?? imagePath(picture),
    path: routes.archive(),
    assets: deps.assets,
    production: deps.config.production,
  };
}

async function pageOf(deps: Deps, page: PageContext, { show, language }: View): Promise<Html> {
  if (show === "privacy") return privacyPage(page);
  if (show === "letter") {
    const [newest] = [
      ...(await openLetters(deps.db, language, 1)),
      ...(await listEntries(deps.db, language, 1, 1)).entries,
    ];
    const found = newest && (await findLetterWithAll(deps.db, newest.slug, language));
    if (found) return letterPage(page, found, isOpen(found.letter, deps.clock()));
  }
  const query = { query: "", filters: {}, page: 1 };
  const found = await listLetters(deps.db, { ...query, language });
  return archivePage(page, query, found, await openLetters(deps.db, language, featuredAtMost));
}

/** The colours of one mode, after all others. */
function forced({ site: { accent }, assets }: PageContext, mode: Mode): Html {
  const sheet = (path: string) => html`<link rel="stylesheet" href="${path}">`;
  return html`${sheet(assets.path(`${mode}.css`))}${accent && sheet(accentPath(accent, mode))}`;
}
