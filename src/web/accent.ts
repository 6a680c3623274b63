/**
 * The site's own colour in place of the seal's green. Owners choose any colour; what pages show is made from it so that
 * text in it, and text on it, has a contrast of 4.5 to 1 at least (WCAG 2.2, 1.4.3), on light paper and on dark.
 */
import { createHash } from "node:crypto";
import { contrast, type Hex, lightness, withLightness } from "../foundation/colour.ts";
import { routes } from "../routes.ts";

/** The seal's own green: what the styles show where nothing else was chosen (client/style/light.css, dark.css). */
export const sealGreen: Hex = "#0a5a45";
const sealInTheDark: Hex = "#84d0ae";

export type Mode = "light" | "dark";

/** What text in the colour stands on: paper, sheet, and the wash behind what went wrong. Those of the styles. */
export const papers: Readonly<Record<Mode, readonly [paper: Hex, ...others: Hex[]]>> = {
  light: ["#fbfbf8", "#ffffff", "#fbecea"],
  dark: ["#12171a", "#181e22", "#3a1c1a"],
};

/** Text on the colour. */
const onIt: Readonly<Record<Mode, Hex>> = { light: "#ffffff", dark: "#0c1417" };

const enough = 4.5;
/** On dark paper a colour shines rather than glows dully. */
const leastLightness = 0.74;

/** How a colour is shown in one mode. */
export interface Shown {
  readonly colour: Hex;
  /** Of text in it on paper: the least of all papers. */
  readonly contrast: number;
  readonly on: Hex;
  /** Whether it had to be made darker, or lighter, than what was chosen. */
  readonly changed: boolean;
}

/** How a chosen colour is shown. */
export function shownAccent(chosen: Hex, mode: Mode): Shown {
  if (chosen === sealGreen && mode === "dark")
    return { colour: sealInTheDark, contrast: least(sealInTheDark, mode), on: onIt.dark, changed: true };
  const step = mode === "light" ? -0.005 : 0.005;
  let light = lightness(chosen);
  if (mode === "dark" && light < leastLightness) light = leastLightness;
  let colour = light === lightness(chosen) ? chosen : withLightness(chosen, light);
  while (!isEnough(colour, mode) && light > 0 && light < 1) {
    light += step;
    colour = withLightness(chosen, light);
  }
  return { colour, contrast: least(colour, mode), on: onIt[mode], changed: colour !== chosen };
}

function least(colour: Hex, mode: Mode): number {
  return Math.min(...papers[mode].map((paper) => contrast(colour, paper)));
}

function isEnough(colour: Hex, mode: Mode): boolean {
  return least(colour, mode) >= enough && contrast(colour, onIt[mode]) >= enough;
}

/** A stylesheet that gives pages the colour; with a mode, in that one whatever the browser prefers. */
export function accentStyle(chosen: Hex, mode?: Mode): string {
  const root = (shown: Shown) => `:root{--seal:${shown.colour};--on-seal:${shown.on}}`;
  const light = root(shownAccent(chosen, "light"));
  const dark = root(shownAccent(chosen, "dark"));
  // Print is black on white.
  if (mode) return `@media screen{${mode === "light" ? light : dark}}`;
  return `@media screen{${light}}@media screen and (prefers-color-scheme:dark){${dark}}`;
}

/**
 * Where that stylesheet is: named by the colour, so that every node answers for every page, and by its content.
 * @returns a path that never changes what it holds
 */
export function accentPath(chosen: Hex, mode?: Mode): string {
  const style = accentStyle(chosen, mode);
  const hash = createHash("sha256").update(style).digest("base64url").slice(0, 12);
  return routes.siteFile(`${mode ?? "colour"}-${chosen.slice(1)}-${hash}.css`);
}
