/** The marks of the interface: drawn by hand on a grid of 16, always beside a word. */
import { type Html, html, raw } from "../foundation/html.ts";

const drawings = {
  mail: '<path d="M1.75 3.5h12.5v9H1.75zM2 4l6 5 6-5"/>',
  at: '<circle cx="8" cy="8" r="2.75"/><path d="M10.75 5.25v3.5a1.75 1.75 0 0 0 3.5 0V8A6.25 6.25 0 1 0 11.6 13.1"/>',
  web: '<circle cx="8" cy="8" r="6.25"/><path d="M1.75 8h12.5M8 1.75c4.2 3.6 4.2 8.9 0 12.5-4.2-3.6-4.2-8.9 0-12.5z"/>',
  orcid:
    '<circle cx="8" cy="8" r="6.25"/><path d="M5.5 6.8v4.4M5.5 4.7v.1M8 6.8v4.4h.9a2.2 2.2 0 0 0 0-4.4z"/>',
  org: '<circle cx="6" cy="5" r="2.75"/><path d="M1.25 14c.2-3 2-4.75 4.75-4.75 1 0 1.8.2 2.5.6M9.5 12l1.75 1.75L14.75 10"/>',
  ok: '<circle cx="8" cy="8" r="6.25"/><path d="m5 8.2 2.1 2.1L11 6.2"/>',
  wait: '<circle cx="8" cy="8" r="6.25"/><path d="M8 4.5V8l2.2 1.6"/>',
  pen: '<path d="m3 10.2 7.6-7.6 2.8 2.8L5.8 13 2.6 13.4zM8 14.25h6.25"/>',
  no: '<path d="M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4zM5.75 5.75l4.5 4.5M10.25 5.75l-4.5 4.5"/>',
  sent: '<path d="M14.25 1.75 1.75 6.4l4.8 2.9zM14.25 1.75 9.6 14.25l-3.05-4.95z"/>',
  ans: '<path d="M5.5 3 2 6.5 5.5 10M2 6.5h7.5a4.25 4.25 0 0 1 4.25 4.25V13"/>',
  shut: '<path d="M3.25 7h9.5v6.75h-9.5zM5.25 7V4.75a2.75 2.75 0 0 1 5.5 0V7"/>',
  book: '<path d="M8 3.75C6.6 2.7 4.6 2.25 1.75 2.25v10.5c2.85 0 4.85.45 6.25 1.5 1.4-1.05 3.4-1.5 6.25-1.5V2.25C11.4 2.25 9.4 2.7 8 3.75zM8 3.75v10.5"/>',
} as const;

export type IconName = keyof typeof drawings;

/** A mark, to stand beside its word; screen readers pass over it. */
export function icon(name: IconName, flip = false): Html {
  return html`<svg class="${flip ? "i flip" : "i"}" aria-hidden="true"><use href="#i-${name}"/></svg>`;
}

/** The drawings that a document refers to, once each, to stand at its start. */
export function sprite(document: string): Html {
  const used = new Set(Array.from(document.matchAll(/href="#i-([a-z]+)"/g), (match) => match[1]!));
  if (used.size === 0) return raw("");
  const symbols = Array.from(used, (name) => {
    const drawing = drawings[name as IconName];
    return `<symbol id="i-${name}" viewBox="0 0 16 16">${drawing}</symbol>`;
  });
  return raw(`<svg hidden>${symbols.join("")}</svg>`);
}

const ring =
  '<circle cx="16" cy="16" r="13.2" fill="currentColor"/><circle cx="16" cy="16" r="13.2" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round" stroke-dasharray="0 4.147"/><path class="seal-u" stroke-width="2.2" stroke-linecap="round" d="M11.2 8.4v6.3a4.8 4.8 0 0 0 9.6 0V8.4M9.4 23.6h13.2"/>';

/** The seal: the project's sign, and the stamp under a letter. */
export function sealMark(className?: string): Html {
  return raw(
    `<svg${className ? ` class="${className}"` : ""} viewBox="0 0 32 32" aria-hidden="true" focusable="false">${ring}</svg>`,
  );
}
