import { type Content, type Html, html } from "../../foundation/html.ts";
import type { Session } from "../../people/session.ts";
import type { PageContext } from "../deps.ts";
import { deskLayout } from "./layout.ts";

/** A page of the desk that says how things stand, and leads on. */
export function plainDeskPage(
  page: PageContext,
  session: Session | undefined,
  { title, text, on }: { readonly title: string; readonly text: Content; readonly on: Html },
): Html {
  return deskLayout(page, {
    title,
    session,
    main: html`<div class="top one flow">
<h1>${title}</h1>
<p>${text}</p>
<p>${on}</p>
</div>`,
  });
}
