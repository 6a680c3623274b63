import { type Html, html } from "../../../foundation/html.ts";
import { leftToRight } from "../../../foundation/i18n.ts";
import { type Mode, papers, shownAccent } from "../../accent.ts";
import type { PageContext } from "../../deps.ts";

const modes: readonly Mode[] = ["light", "dark"];

/** How a colour is shown on light and on dark pages: drawn, and in words. */
export function colourNote(page: PageContext, chosen: string): Html {
  return html`${modes.map((mode) => html`<div class="swatch">${drawn(page, chosen, mode)}<p class="small">${said(page, chosen, mode)}</p></div>\n`)}`;
}

/** Text in the colour on paper, and text on it. Attributes, not styles: the page's policy allows no style in it. */
function drawn({ t }: PageContext, chosen: string, mode: Mode): Html {
  const { colour, on } = shownAccent(chosen, mode);
  const [paper] = papers[mode];
  const sample = t.text("settings.accent.sample");
  return html`<svg viewBox="0 0 160 56" aria-hidden="true"><rect width="160" height="56" fill="${paper}"/><rect x="84" y="12" width="64" height="32" rx="2" fill="${colour}"/><text x="42" y="33" text-anchor="middle" font-size="15" font-weight="600" fill="${colour}">${sample}</text><text x="116" y="33" text-anchor="middle" font-size="15" font-weight="600" fill="${on}">${sample}</text></svg>`;
}

function said({ t }: PageContext, chosen: string, mode: Mode): Html {
  const { colour, contrast, changed } = shownAccent(chosen, mode);
  // Rounded down, so that what is said is never more than what is so.
  const ratio = t.number(Math.floor(contrast * 10) / 10);
  return t.html(`settings.accent.${mode}.${changed ? "changed" : "same"}`, {
    colour: leftToRight(colour),
    ratio,
  });
}
