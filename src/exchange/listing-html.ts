/**
 * Reads a listing from the HTML of a page: cards, list items or table rows that each hold one date; or dates, titles
 * and paragraphs one after the other. Pure.
 */
import type { Listing, NotPlaced } from "./listing.ts";
import { type Group, placeAll } from "./listing-letters.ts";
import { isLeftover } from "./listing-words.ts";
import { type PageItem, readPage } from "./page-items.ts";
import { attribute, type Element, parentOf } from "./page-pieces.ts";

/** @param page the whole file */
export function parseHtmlListing(page: string): Listing {
  const all = readPage(page);
  const others: NotPlaced[] = [];
  const items = all.filter((item) => !item.furniture);
  const repeated = items.filter((item, index) => item.date !== undefined && isSecondDate(items, index));
  const listed = items.filter((item) => !repeated.includes(item));
  for (const item of all) if (item.furniture) others.push({ ...passage(item), reason: "furniture" });
  for (const item of repeated) others.push({ ...passage(item), reason: "second-date" });

  const dates = listed.filter(({ date }) => date !== undefined);
  const cards = findCards(listed, dates);
  const full = dates.filter(
    (date) => date.date !== "unclear" && membersOf(listed, date, cards).some(({ text }) => !isLeftover(text)),
  );
  const groups =
    full.length > 0 && full.length * 2 >= dates.filter(isDated).length
      ? groupByCards(listed, dates, cards, others)
      : groupInOrder(listed);
  const start = listed.findIndex((item) => item === groups[0]?.date || groups[0]?.rest.includes(item));
  const front = listed.slice(0, start < 0 ? listed.length : start);
  return placeAll(withHeading(front, all, others), groups.map(withTitle), others);
}

/** "Published" and "updated" stand in one block; the first counts. */
function isSecondDate(items: readonly PageItem[], at: number): boolean {
  const { element } = items[at]!;
  return items.slice(0, at).some((item) => item.element === element && item.date !== undefined);
}

function isDated({ date }: PageItem): boolean {
  return date !== "unclear" && date?.month !== undefined;
}

/** The elements around an element, itself first, below body and main. */
function around(element: Element): Element[] {
  const found: Element[] = [];
  for (let at: Element | null = element; at && !/^(?:html|body|main)$/.test(at.tagName); at = parentOf(at)) {
    found.push(at);
  }
  return found;
}

/** For each date, the element that holds this date and no other: the widest of a kind that holds half of the dates. */
function findCards(items: readonly PageItem[], dates: readonly PageItem[]): Map<PageItem, Element> {
  const held = new Map<Element, number>();
  for (const { element } of dates)
    for (const outer of around(element)) held.set(outer, (held.get(outer) ?? 0) + 1);
  // With one date alone nothing tells where the letter ends, but for the page's own heading.
  const headed = new Set(
    dates.length > 1
      ? []
      : items.filter(({ heading }) => heading === 1).flatMap((item) => around(item.element)),
  );
  const single = new Map(
    dates.map((date) => [
      date,
      around(date.element).filter((outer) => held.get(outer) === 1 && !headed.has(outer)),
    ]),
  );
  const kinds = new Map<string, number>();
  for (const outers of single.values()) {
    for (const kind of new Set(outers.map(kindOf))) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const cards = new Map<PageItem, Element>();
  for (const [date, outers] of single) {
    const card = outers.findLast((outer) => kinds.get(kindOf(outer))! * 2 >= dates.length) ?? outers.at(-1);
    if (card) cards.set(date, card);
  }
  return cards;
}

function kindOf(element: Element): string {
  return `${element.tagName}.${attribute(element, "class") ?? ""}`;
}

function membersOf(
  items: readonly PageItem[],
  date: PageItem,
  cards: ReadonlyMap<PageItem, Element>,
): PageItem[] {
  const card = cards.get(date);
  return card ? items.filter((item) => item !== date && around(item.element).includes(card)) : [];
}

function groupByCards(
  items: readonly PageItem[],
  dates: readonly PageItem[],
  cards: ReadonlyMap<PageItem, Element>,
  others: NotPlaced[],
): Group[] {
  const groups = dates.map((date) => ({ date, rest: membersOf(items, date, cards), bounded: true }));
  const held = new Set<PageItem>(groups.flatMap(({ date, rest }) => [date, ...rest]));
  const first = items.findIndex((item) => held.has(item));
  for (const item of items.slice(first)) {
    if (!held.has(item))
      others.push({ ...passage(item), reason: isLeftover(item.text) ? "leftover" : "between" });
  }
  return groups;
}

/** Dates in the flow of the page: what follows belongs to them; or, where headings stand above dates, those too. */
function groupInOrder(items: readonly PageItem[]): Group[] {
  const isAbove = (at: number) =>
    items[at - 1]?.heading !== undefined &&
    items[at - 1]?.date === undefined &&
    items[at + 1]?.heading === undefined;
  const starts = items.flatMap(({ date }, index) => (date === undefined ? [] : [index]));
  const dated = starts.filter((start) => isDated(items[start]!));
  const above = dated.length > 1 && dated.every(isAbove) ? 1 : 0;
  const begins = starts.map((start) => (dated.includes(start) ? start - above : start));
  return starts.map((start, index) => ({
    date: items[start]!,
    rest: items.slice(begins[index], begins[index + 1]).filter((item) => item !== items[start]),
    bounded: false,
  }));
}

/** A title in bold or in a link, with the summary in the same block, is parted from it. */
function withTitle(group: Group): Group {
  const rest = group.rest as readonly PageItem[];
  if (rest.some(({ heading }) => heading !== undefined)) return group;
  const title = rest.find(({ text, href }) => href !== undefined && !isLeftover(text)) ?? rest[0];
  if (!title?.split) return group;
  return { ...group, rest: rest.flatMap((item) => (item === title ? [...title.split!] : [item])) };
}

/** A page may have its heading in the header that is otherwise passed over. */
function withHeading(
  front: readonly PageItem[],
  all: readonly PageItem[],
  others: NotPlaced[],
): readonly PageItem[] {
  if (front.some(({ heading }) => heading !== undefined)) return front;
  const heading = all.find((item) => item.furniture && item.heading === 1);
  if (!heading) return front;
  others.splice(
    others.findIndex(({ text, lines }) => text === heading.text && lines === heading.lines),
    1,
  );
  return [heading, ...front];
}

function passage({ text, lines }: PageItem) {
  return { text, lines };
}
