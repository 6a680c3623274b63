/** The way through a list of many pages. */
import { type Html, html } from "../../foundation/html.ts";
import type { PageContext } from "../deps.ts";

export interface PagesNav {
  readonly page: number;
  readonly pages: number;
  /** The path of a page. */
  readonly path: (page: number) => string;
  /** Whether the list is by date, so that the next page holds older letters. */
  readonly byDate: boolean;
}

/** "Page 1 of 40", the numbers near here, and the pages before and after; nothing for a single page. */
export function pagesNav(context: PageContext, { page, pages, path, byDate }: PagesNav): Html | undefined {
  if (pages < 2) return undefined;
  const { t } = context;
  const link = (to: number, words: string, rel?: string) =>
    html`<a href="${context.link(path(to))}"${rel && html` rel="${rel}"`}>${words}</a>`;
  const numbers = near(page, pages).map((number) =>
    number === undefined
      ? html`<span aria-hidden="true">…</span> `
      : number === page
        ? html`<span aria-current="page"><b>${t.number(number)}</b></span> `
        : html`${link(number, t.number(number))} `,
  );
  return html`<nav class="pages" aria-label="${t.text("pages.label")}"><span>${t.text("pages.at", { page, pages })}</span><span class="row">${
    page > 1 && html`${link(page - 1, t.text(byDate ? "pages.newer" : "pages.before"), "prev")} `
  }${numbers}${page < pages && link(page + 1, t.text(byDate ? "pages.older" : "pages.after"), "next")}</span></nav>`;
}

/** First, last and those around; undefined for a gap. */
function near(page: number, pages: number): (number | undefined)[] {
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((one) => one >= 1 && one <= pages);
  return shown.flatMap((number, index) =>
    index > 0 && number - shown[index - 1]! > 1 ? [undefined, number] : [number],
  );
}
