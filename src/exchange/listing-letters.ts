/** Makes letters of what stands between one date and the next. Pure; shared by text and HTML. */

import type { ListedLetter, Listing, NotPlaced, Passage, Reason } from "./listing.ts";
import type { DateReading } from "./listing-date.ts";
import { continues, cutMore, endsSentence, isLeftover, isMore, readTitle } from "./listing-words.ts";
import { namesYear } from "./vague-date.ts";

/** A line of text, or a block of a page. */
export interface Item extends Passage {
  /** A blank line or the bound of a block stands before it. */
  readonly apart: boolean;
  /** h1 to h6. */
  readonly heading?: number;
  /** A paragraph of a page. */
  readonly paragraph?: boolean;
  readonly href?: string;
  readonly date?: DateReading;
}

/** A date with what follows it. */
export interface Group {
  readonly date: Item;
  readonly rest: readonly Item[];
  /** The page itself says where the letter ends. */
  readonly bounded: boolean;
}

/** Longest tagline in characters: what is longer is an introduction. */
const longestTagline = 300;

/** Longest line in characters that is sooner a label or a date than the first line of a paragraph. */
const longestLabel = 40;

/** Places everything. `others` are passages that stand outside. */
export function placeAll(
  front: readonly Item[],
  groups: readonly Group[],
  others: readonly NotPlaced[],
): Listing {
  const notPlaced: NotPlaced[] = [...others];
  const site = placeFront(front, notPlaced);
  const letters: ListedLetter[] = [];
  groups.forEach((group, index) => {
    const letter = placeGroup(group, groups[index + 1], notPlaced);
    if (letter) letters.push(letter);
  });
  notPlaced.sort((a, b) => a.lines[0]! - b.lines[0]!);
  return { ...site, letters, notPlaced };
}

/** The heading is the first heading of the page, or the first line; the tagline is what stands under it. */
function placeFront(front: readonly Item[], notPlaced: NotPlaced[]): Pick<Listing, "heading" | "tagline"> {
  const candidates = front.filter(({ text }) => !isLeftover(text));
  const first = candidates.find(({ heading }) => heading === 1) ?? candidates.find(({ heading }) => heading);
  const heading = first ?? candidates[0];
  const after = heading ? candidates.slice(candidates.indexOf(heading) + 1) : [];
  const end = after.findIndex((item, index) => index > 0 && item.apart);
  const run = after[0]?.heading ? [] : after.slice(0, end < 0 ? after.length : end);
  const tagline = joined(run);
  const used = new Set<Item>(tagline.text.length <= longestTagline ? run : []);
  if (heading) used.add(heading);
  for (const item of front) {
    if (!used.has(item)) leave(notPlaced, [item], isLeftover(item.text) ? "leftover" : "front");
  }
  return {
    ...(heading && { heading: { text: readTitle(heading.text).text, lines: heading.lines } }),
    ...(run[0] && used.has(run[0]) && { tagline }),
  };
}

function placeGroup(group: Group, next: Group | undefined, notPlaced: NotPlaced[]): ListedLetter | undefined {
  const { date, rest } = group;
  if (date.date === undefined || date.date === "unclear") {
    leave(notPlaced, [date, ...rest], "unclear-date");
    return undefined;
  }
  const candidates = rest.filter(({ text }) => !isLeftover(text));
  const title =
    candidates.find(({ heading }) => heading) ?? candidates.find(({ href }) => href) ?? candidates[0];
  if (!title) {
    leave(notPlaced, [date], isGroup(date, next) ? "group" : "no-title");
    leave(notPlaced, rest, "leftover");
    return undefined;
  }
  const at = rest.indexOf(title);
  for (const item of rest.slice(0, at))
    leave(notPlaced, [item], isLeftover(item.text) ? "leftover" : "label");
  const summary = placeSummary(rest.slice(at + 1), group.bounded || next !== undefined, notPlaced);
  const { text, href = title.href } = readTitle(title.text);
  return {
    date: date.date,
    written: date.text,
    title: text,
    summary: summary.text,
    ...(href && { href }),
    lines: joined([date, title, { ...summary, apart: true }]).lines,
  };
}

/** A year or a month that holds the next date is the heading of a group of letters; so is a year that stands alone. */
function isGroup({ date }: Item, next: Group | undefined): boolean {
  if (date === undefined || date === "unclear" || date.day !== undefined) return false;
  if (date.month === undefined) return true;
  const following = next?.date.date;
  return (
    following !== undefined &&
    following !== "unclear" &&
    following.year === date.year &&
    following.month === date.month
  );
}

/**
 * The first paragraph, and those after it that go on with it or read like prose. Once something does not, nothing after
 * it is taken: that would put words into a letter's mouth.
 * @param bounded whether the end is certain; after the last letter of a text, the foot of the page follows
 */
function placeSummary(rest: readonly Item[], bounded: boolean, notPlaced: NotPlaced[]): Passage {
  const taken: Item[] = [];
  let ended = false;
  const paragraphs = rest.findIndex(({ paragraph }) => paragraph);
  leave(notPlaced, rest.slice(0, Math.max(paragraphs, 0)), "label");
  for (const whole of runs(rest.slice(Math.max(paragraphs, 0)))) {
    const run = withoutLeftovers(whole, notPlaced);
    if (run.length === 0) {
      // After the links at the foot of a letter nothing of it follows; "Read more" may stand anywhere.
      ended ||= taken.length > 0 && !isMore(whole[0]!.text);
      continue;
    }
    const goesOn = taken.length > 0 && !endsSentence(taken.at(-1)!.text) && continues(run[0]!.text);
    const isProse = bounded && endsSentence(run.at(-1)!.text) && isOneParagraph(run);
    ended ||= run[0]!.heading !== undefined || (taken.length > 0 && !goesOn && !isProse);
    if (ended) leave(notPlaced, run, "after");
    else taken.push(...run);
  }
  const all = joined(taken);
  const { text, cut } = cutMore(all.text);
  if (cut) notPlaced.push({ text: cut, lines: taken.at(-1)!.lines.slice(-1), reason: "leftover" });
  return { text, lines: all.lines };
}

/** Whether the lines of a run are one paragraph, broken by its width, and not a date or a label, a title and a summary. */
function isOneParagraph(run: readonly Item[]): boolean {
  const [first, ...more] = run;
  return more.length === 0 || (first!.text.length > longestLabel && !namesYear(first!.text));
}

/** Items that stand together. */
function runs(items: readonly Item[]): Item[][] {
  const found: Item[][] = [];
  for (const item of items) {
    if (item.apart || found.length === 0) found.push([]);
    found.at(-1)!.push(item);
  }
  return found;
}

/** "Read more" may stand at the end of a paragraph; other leftovers only alone, or after a sentence that ended. */
function withoutLeftovers(run: readonly Item[], notPlaced: NotPlaced[]): Item[] {
  const kept = [...run];
  for (let last = kept.at(-1); last; last = kept.at(-1)) {
    const before = kept.at(-2);
    const stray = isMore(last.text) || (isLeftover(last.text) && (!before || endsSentence(before.text)));
    if (!stray) break;
    leave(notPlaced, [kept.pop()!], "leftover");
  }
  return kept;
}

function joined(items: readonly Item[]): Passage {
  return {
    text: items.map(({ text }) => text).join(" "),
    lines: Array.from(new Set(items.flatMap(({ lines }) => lines))).sort((a, b) => a - b),
  };
}

function leave(notPlaced: NotPlaced[], items: readonly Item[], reason: Reason): void {
  for (const { text, lines } of items) notPlaced.push({ text, lines, reason });
}
