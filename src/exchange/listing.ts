/**
 * What a listing of letters holds, as it was found in a file. The law of the room: every line of the file that
 * says something stands in a letter, in the heading or the tagline, or among what was not placed.
 */
import type { PartialDate } from "../foundation/partial-date.ts";

/** Text with the numbers of the lines it stands on, counted from 1. */
export interface Passage {
  readonly text: string;
  readonly lines: readonly number[];
}

export interface ListedLetter {
  readonly date: PartialDate;
  /** The date as it was written. */
  readonly written: string;
  readonly title: string;
  /** Empty when the listing has none. */
  readonly summary: string;
  /** Where the title leads, as written; from HTML and Markdown links only. */
  readonly href?: string;
  /** Every line that the letter is made from. */
  readonly lines: readonly number[];
}

/** Why a passage was not placed. */
export type Reason =
  | "front" // before the first letter, and neither heading nor tagline
  | "furniture" // navigation, header, footer and controls of a page
  | "leftover" // "Read more", page numbers, a copyright line
  | "group" // a year or a month that stands above letters
  | "unclear-date" // no day of the calendar, or one that reads two ways
  | "no-title" // a date with nothing under it
  | "second-date" // a letter's other date
  | "label" // between date, title and summary
  | "after" // more text after a summary that ended
  | "between"; // outside any letter of the page

export interface NotPlaced extends Passage {
  readonly reason: Reason;
}

export interface Listing {
  readonly heading?: Passage;
  readonly tagline?: Passage;
  /** In the order of the file. */
  readonly letters: readonly ListedLetter[];
  /** In the order of the file. */
  readonly notPlaced: readonly NotPlaced[];
}
