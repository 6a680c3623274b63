import { type Html, html } from "../../foundation/html.ts";
import { contactLink } from "../contact.ts";
import type { PageContext } from "../deps.ts";

/** What somebody who is invited can do to be erased before the time. */
export function sooner({ t, site: { contact } }: PageContext): Html {
  if (!contact) return html`${t.text("draft.erase.editors")}`;
  return t.html("draft.erase.contact", { contact: contactLink(contact) });
}
