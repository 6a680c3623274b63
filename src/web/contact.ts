/** Where people reach the publisher, as its owner says in the settings. */
import { type Html, html } from "../foundation/html.ts";
import { leftToRight } from "../foundation/i18n.ts";
import type { PageContext } from "./deps.ts";

/** The address, to write to (RFC 6068 section 2). */
export function contactLink(address: string): Html {
  const parts = address.split("@").map(encodeURIComponent);
  return html`<a href="mailto:${parts.join("@")}">${leftToRight(address)}</a>`;
}

/** At the foot of a page; nothing where the publisher gives no address. */
export function contactLine({ t, site: { contact } }: PageContext): Html | undefined {
  if (!contact) return undefined;
  return html`<p>${t.html("contact.line", { contact: contactLink(contact) })}</p>\n`;
}
