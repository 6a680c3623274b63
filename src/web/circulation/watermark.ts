import { type Html, html } from "../../foundation/html.ts";

/** How wide a letter is about, and the room between two names, in CSS pixels. */
const letter = 10;
const room = 90;

/**
 * The name of whom a draft was given to, again and again across it, on the screen and on paper. It is drawn, so that it
 * prints where backgrounds do not; those who hear the page are told once, by its first lines.
 */
export function watermark(name: string): Html {
  const width = name.length * letter + room;
  return html`<svg class="watermark" aria-hidden="true" focusable="false" width="100%" height="100%"><defs><pattern id="watermark" patternUnits="userSpaceOnUse" width="${width}" height="180" patternTransform="rotate(-24)"><text x="0" y="40">${name}</text><text x="${Math.round(width / 2)}" y="130">${name}</text><text x="${-Math.round(width / 2)}" y="130">${name}</text></pattern></defs><rect width="100%" height="100%" fill="url(#watermark)"/></svg>`;
}
