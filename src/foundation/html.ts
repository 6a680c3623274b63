/**
 * HTML that is escaped by default: every value put into a template is escaped unless it is HTML already.
 * Used by the web pages and the mail templates.
 */
import { html as tagged, raw as trusted } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** A piece of finished HTML. */
export type Html = HtmlEscapedString;

/** What may stand in a template: null, undefined, false and true print nothing. */
export type Content = Html | string | number | boolean | null | undefined | readonly Content[];

/** Template tag: html`<p>${name}</p>` escapes name. Values are never promises here. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  return tagged(strings, ...values.map((value) => (value === true ? "" : value))) as Html;
}

/** Marks text as finished HTML. Only for text that this program made or sanitised. */
export function raw(text: string): Html {
  return trusted(text) as Html;
}
