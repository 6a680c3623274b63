import type { Missing } from "../../../drafting/publish-input.ts";
import { type Html, html } from "../../../foundation/html.ts";
import type { PageContext } from "../../deps.ts";

/** Says that this is a preview, what is missing yet, and leads back to where the letter is written. */
export function previewBanner(page: PageContext, back: string, missing: readonly Missing[]): Html {
  const { t } = page;
  const list = t.list(missing.map((one) => t.text(`preview.missing.${one}`)));
  return html`<p><b>${t.text("preview.title")}.</b> ${t.text("preview.text")}${missing.length > 0 && html` ${t.text("preview.missing", { list })}`} <a href="${page.link(back)}">${t.text("preview.back")}</a></p>`;
}
