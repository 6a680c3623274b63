/**
 * Colours: reading them, the contrast of two (WCAG 2.2, "contrast ratio" and "relative luminance"), and making one lighter
 * or darker as eyes see it, in OKLCH (CSS Color 4, sections 9.3 and 12.2).
 */

/** Red, green and blue of sRGB, each from 0 to 1. */
type Rgb = readonly [number, number, number];

/** A colour as `#rrggbb`, in small letters. */
export type Hex = string;

/** Reads `#rrggbb` in any case; nothing when it is anything else. */
export function parseHex(text: string): Hex | undefined {
  const hex = text.trim().toLowerCase();
  return /^#[0-9a-f]{6}$/.test(hex) ? hex : undefined;
}

/** The contrast of two colours: from 1, where they are the same, to 21, of black and white. */
export function contrast(one: Hex, other: Hex): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** How light a colour is to the eye, from 0 to 1. */
export function lightness(colour: Hex): number {
  return toOklab(toRgb(colour))[0];
}

/** The same hue at another lightness, from 0 to 1; as much of its chroma as screens can show. */
export function withLightness(colour: Hex, light: number): Hex {
  const [, a, b] = toOklab(toRgb(colour));
  let [low, high] = [0, 1];
  const at = (part: number) => fromOklab([light, a * part, b * part]);
  if (isShown(at(1))) return toHex(at(1));
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (isShown(at(middle))) low = middle;
    else high = middle;
  }
  return toHex(at(low));
}

function luminance(colour: Hex): number {
  const [red, green, blue] = toRgb(colour).map(toLinear) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function toRgb(colour: Hex): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255) as unknown as Rgb;
}

function toHex(rgb: Rgb): Hex {
  const two = (part: number) =>
    Math.round(Math.min(Math.max(part, 0), 1) * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${rgb.map(two).join("")}`;
}

const toLinear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

const fromLinear = (part: number) => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);

/** Whether a colour is one of sRGB, give or take what rounding makes of it. */
function isShown(rgb: Rgb): boolean {
  return rgb.every((part) => part >= -0.0005 && part <= 1.0005);
}

type Row = readonly [number, number, number];
const times = (rows: readonly [Row, Row, Row], [x, y, z]: Row): Row =>
  rows.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Row;

function toOklab(rgb: Rgb): Row {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb.map(toLinear) as unknown as Row,
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt) as unknown as Row,
  );
}

function fromOklab(lab: Row): Rgb {
  const cones = times(
    [
      [1, 0.3963377774, 0.2158037573],
      [1, -0.1055613458, -0.0638541728],
      [1, -0.0894841775, -1.291485548],
    ],
    lab,
  );
  const linear = times(
    [
      [4.0767416621, -3.3077115913, 0.2309699292],
      [-1.2684380046, 2.6097574011, -0.3413193965],
      [-0.0041960863, -0.7034186147, 1.707614701],
    ],
    cones.map((cone) => cone ** 3) as unknown as Row,
  );
  return linear.map((part) => (part < 0 ? part * 12.92 : fromLinear(part))) as unknown as Rgb;
}
