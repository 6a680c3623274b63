/** Takes a page apart into its blocks of text, each with its lines. Pure. */
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { DateReading } from "./listing-date.ts";
import type { Item } from "./listing-letters.ts";
import { plainLine } from "./listing-words.ts";
import { findDate } from "./page-date.ts";
import { attribute, type Element, type Piece, parentOf } from "./page-pieces.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;

export interface PageItem extends Item {
  readonly element: Element;
  /** Navigation, header, footer, controls: no part of the listing. */
  readonly furniture: boolean;
  /** The same as two items, where a link or bold words stand before running text. */
  readonly split?: readonly [PageItem, PageItem];
}

const blocks = new Set(
  (
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption " +
    "figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noscript ol option p pre " +
    "search section select summary table tbody td textarea tfoot th thead title tr ul"
  ).split(" "),
);
const furniture = new Set(
  "nav aside noscript svg button select textarea dialog search title figcaption".split(" "),
);
const furnitureRoles = new Set("banner navigation contentinfo search complementary".split(" "));
const scopes = new Set("article aside main nav section li td dd".split(" "));
/** Not text for readers. */
const code = new Set("script style template iframe object noembed noframes".split(" "));

/** @returns the blocks of a page, in its order; the title and the furniture are among them, marked as such */
export function readPage(page: string): PageItem[] {
  const document = parse(page, { sourceCodeLocationInfo: true, scriptingEnabled: false });
  const items: PageItem[] = [];
  let pieces: Piece[] = [];
  let broken = false;

  const flush = (element: Element, isFurniture: boolean) => {
    items.push(...itemsOf(pieces, element, isFurniture));
    pieces = [];
    broken = false;
  };
  const visit = (node: Node, block: Element, context: Context) => {
    if (node.nodeName === "#text") {
      const raw = (node as DefaultTreeAdapterTypes.TextNode).value;
      pieces.push({ raw, lines: linesOf(node, raw), broken, ...context.inline });
      if (raw.trim() !== "") broken = false;
      return;
    }
    if (!("tagName" in node) || code.has(node.tagName)) return;
    if (node.tagName === "br") broken = true;
    const inner = enter(node, context);
    if (!blocks.has(node.tagName)) {
      for (const child of node.childNodes) visit(child, block, inner);
      return;
    }
    flush(block, context.furniture);
    for (const child of node.childNodes) visit(child, node, inner);
    flush(node, inner.furniture);
  };
  const root = document.childNodes.find((node): node is Element => node.nodeName === "html")!;
  for (const child of root.childNodes) {
    visit(child, root, { furniture: false, scoped: false, inline: { strong: false } });
  }
  flush(root, false);
  return items;
}

interface Context {
  readonly furniture: boolean;
  /** Within an article or the like, where a header belongs to it and not to the page. */
  readonly scoped: boolean;
  readonly inline: Pick<Piece, "href" | "time" | "strong">;
}

function enter(element: Element, { furniture: within, scoped, inline }: Context): Context {
  const tag = element.tagName;
  const href = tag === "a" ? attribute(element, "href") : undefined;
  const banner = (tag === "header" || tag === "footer") && !scoped;
  const hidden = attribute(element, "hidden") !== undefined || attribute(element, "aria-hidden") === "true";
  return {
    furniture:
      within ||
      banner ||
      hidden ||
      furniture.has(tag) ||
      furnitureRoles.has(attribute(element, "role") ?? ""),
    scoped: scoped || scopes.has(tag),
    inline: {
      ...inline,
      ...(href && { href }),
      ...(tag === "time" && { time: element }),
      strong: inline.strong || tag === "b" || tag === "strong" || href !== undefined,
    },
  };
}

/** The lines on which a text node says something. */
function linesOf(node: Node, raw: string): number[] {
  const place = node.sourceCodeLocation;
  if (!place) return [];
  const rows = raw.split("\n");
  const all = Array.from(
    { length: place.endLine - place.startLine + 1 },
    (_, index) => place.startLine + index,
  );
  // A character reference to a line feed, or text that the parser moved, leaves the count uncertain: then all of them.
  const exact = rows.length === all.length;
  return plainLine(raw) === "" ? [] : all.filter((_, index) => !exact || plainLine(rows[index]!) !== "");
}

/** The items of one block: one, or more where lines are broken or a date stands among other text. */
function itemsOf(pieces: readonly Piece[], element: Element, isFurniture: boolean): PageItem[] {
  const lines: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.broken && lines.at(-1)!.length > 0) lines.push([]);
    lines.at(-1)!.push(piece);
  }
  const items: PageItem[] = [];
  // Lines that hold nothing but a mark between date and title belong to what stands beside them.
  let between: number[] = [];
  const add = (line: readonly Piece[], date?: DateReading) => {
    const item = itemOf(line, element, isFurniture, items.length === 0, between);
    between = item ? [] : [...between, ...line.flatMap(({ lines }) => lines)];
    if (!item) return;
    const split = date === undefined ? splitTitle(line, item) : undefined;
    items.push({ ...item, ...(date !== undefined && { date }), ...(split && { split }) });
  };
  for (const line of lines) {
    let rest: readonly Piece[] = line;
    for (let found = findDate(rest); found; found = findDate(rest)) {
      add(found.before);
      add(found.pieces, found.date);
      rest = found.after;
    }
    add(rest);
  }
  const last = items.pop();
  return last ? [...items, { ...last, lines: inOrder([...last.lines, ...between]) }] : [];
}

function inOrder(lines: readonly number[]): number[] {
  return Array.from(new Set(lines)).sort((a, b) => a - b);
}

function itemOf(
  pieces: readonly Piece[],
  element: Element,
  isFurniture: boolean,
  apart: boolean,
  more: readonly number[] = [],
) {
  const text = plainLine(pieces.map(({ raw }) => raw).join(""));
  if (text === "") return undefined;
  const href = pieces.find((piece) => piece.href && plainLine(piece.raw) !== "")?.href;
  const heading = /^h([1-6])$/.exec(headingAround(element) ?? "")?.[1];
  const item: PageItem = {
    text,
    lines: inOrder([...more, ...pieces.flatMap(({ lines }) => lines)]),
    apart,
    element,
    furniture: isFurniture,
    ...(heading && { heading: Number(heading) }),
    ...(element.tagName === "p" && { paragraph: true }),
    ...(href && { href }),
  };
  return item;
}

function headingAround(element: Element): string | undefined {
  for (let at: Element | null = element; at; at = parentOf(at))
    if (/^h[1-6]$/.test(at.tagName)) return at.tagName;
  return undefined;
}

/** "[Title] Summary …" in one block, where the title is a link or bold. */
function splitTitle(pieces: readonly Piece[], whole: PageItem): PageItem["split"] {
  const said = pieces.filter(({ raw }) => plainLine(raw) !== "");
  const end = said.findIndex(({ strong }) => !strong);
  if (end < 1) return undefined;
  const first = itemOf(said.slice(0, end), whole.element, whole.furniture, whole.apart);
  const text = plainLine(
    said
      .slice(end)
      .map(({ raw }) => raw)
      .join(""),
  ).replace(/^[\s.:–—|·-]+/u, "");
  const rest = itemOf(said.slice(end), whole.element, whole.furniture, false);
  return first && rest && text ? [first, { ...rest, text }] : undefined;
}
