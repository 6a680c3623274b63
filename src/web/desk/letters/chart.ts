/**
 * Charts over time, drawn by the server: bars for what came in each period, a line for what it adds up to. Time runs from
 * left to right in every language: that is how most charts in Arabic print and schoolbooks have it, under Arabic numerals.
 */
import { scaleBand, scaleLinear } from "d3-scale";
import { area, curveStepAfter, line } from "d3-shape";
import { type Html, html } from "../../../foundation/html.ts";
import type { PageContext } from "../../deps.ts";

/** What a chart shows of each period. */
export interface Point {
  readonly value: number;
  /** Under the axis. */
  readonly mark: string;
}

export interface TimeChart {
  /** Of the document: two charts must not share it. */
  readonly id: string;
  readonly shape: "bars" | "line";
  readonly title: string;
  /** What it shows, in words. */
  readonly text: string;
  readonly points: readonly Point[];
  /** The largest number of this chart and of those above each other with it: their axes then begin at the same place. */
  readonly largest: number;
}

interface Size {
  readonly name: "wide" | "narrow";
  readonly width: number;
  readonly height: number;
  /** How many marks the axis has room for. */
  readonly marks: number;
}

/** One for phones, one for everything else; the style sheet shows one of them. */
const sizes: readonly Size[] = [
  { name: "wide", width: 704, height: 210, marks: 7 },
  { name: "narrow", width: 340, height: 200, marks: 3 },
];

const top = 22;
const bottom = 26;
const end = 22;
/** How wide a digit is drawn, at most. */
const digit = 7.5;

/** Both sizes of a chart. */
export function timeChart(page: PageContext, chart: TimeChart): Html {
  return html`${sizes.map((size) => draw(page, chart, size))}`;
}

function draw({ t }: PageContext, chart: TimeChart, size: Size): Html {
  const { id, shape, title, text, points, largest } = chart;
  const { name, width, height, marks } = size;
  const floor = height - bottom;
  const highest = Math.max(1, ...points.map(({ value }) => value));
  const y = scaleLinear([0, highest], [floor, top]);
  const lines = y.ticks(4).filter((tick) => tick > 0 && Number.isInteger(tick));
  const start = 14 + digit * t.number(largest).length;
  const x = scaleBand(
    points.map((_, index) => index),
    [start, width - end],
  ).paddingInner(points.length > 1 ? 0.2 : 0);
  // A letter's first days are bars, too, and no walls.
  const wide = Math.min(x.bandwidth(), 48);
  const middle = (index: number) => x(index)! + x.bandwidth() / 2;
  const key = `${id}-${name}`;
  return html`<svg class="chart ${name}" viewBox="0 0 ${width} ${height}" direction="ltr" role="img" aria-labelledby="${key}-t ${key}-d"><title id="${key}-t">${title}</title><desc id="${key}-d">${text}</desc>
${lines.map((tick) => html`<line x1="${start}" x2="${width - end}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text x="${start - 8}" y="${round(y(tick) + 4)}" text-anchor="end">${t.number(tick)}</text>`)}
${
  shape === "bars"
    ? points.map(({ value }, index) =>
        value === 0
          ? ""
          : html`<rect x="${round(middle(index) - wide / 2)}" width="${round(wide)}" y="${round(Math.min(y(value), floor - 1))}" height="${round(Math.max(floor - y(value), 1))}"/>`,
      )
    : grown(points, (index) => x(index)!, x.step(), y, floor)
}
<line class="base" x1="${start}" x2="${width - end}" y1="${floor}" y2="${floor}"/>
${markedIndexes(points.length, marks).map((index) => html`<text x="${round(middle(index))}" y="${height - 8}" text-anchor="middle">${points[index]!.mark}</text>`)}
${peak(points, shape, highest, (index) => [middle(index), y(points[index]!.value)], t.number)}</svg>`;
}

/** What it adds up to: it steps up at the beginning of each period and stays until the next. */
function grown(
  points: readonly Point[],
  x: (index: number) => number,
  step: number,
  y: (value: number) => number,
  floor: number,
): Html {
  const corners = points.map(({ value }, index) => [x(index), y(value)] as [number, number]);
  const [lastX, lastY] = corners.at(-1)!;
  corners.push([lastX + step * 0.8, lastY]);
  const fill = area<[number, number]>()
    .x(([at]) => round(at))
    .y0(floor)
    .y1(([, high]) => round(high))
    .curve(curveStepAfter);
  const edge = line<[number, number]>()
    .x(([at]) => round(at))
    .y(([, high]) => round(high))
    .curve(curveStepAfter);
  return html`<path class="area" d="${fill(corners)}"/><path class="edge" d="${edge(corners)}"/>`;
}

/** The number over the highest bar, or at the end of the line. */
function peak(
  points: readonly Point[],
  shape: TimeChart["shape"],
  highest: number,
  place: (index: number) => readonly [number, number],
  number: (value: number) => string,
): Html | undefined {
  const index = shape === "bars" ? points.findIndex(({ value }) => value === highest) : points.length - 1;
  if (index < 0 || points[index]!.value === 0) return undefined;
  const [x, y] = place(index);
  const anchor = shape === "bars" ? "middle" : "end";
  return html`<text class="peak" x="${round(x)}" y="${round(y - 6)}" text-anchor="${anchor}">${number(points[index]!.value)}</text>`;
}

/** Which periods are named under the axis: as many as have room, at equal distances. */
function markedIndexes(count: number, room: number): number[] {
  const step = Math.ceil(count / room);
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
