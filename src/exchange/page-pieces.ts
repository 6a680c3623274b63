/** What a page is made of: elements, and stretches of text in them. Pure. */
import type { DefaultTreeAdapterTypes } from "parse5";

export type Element = DefaultTreeAdapterTypes.Element;

/** A stretch of text within a block: one text node, or all that stands in one <time>. */
export interface Piece {
  /** As written, with its blanks. */
  readonly raw: string;
  readonly lines: readonly number[];
  readonly href?: string;
  /** The <time> around it. */
  readonly time?: Element;
  /** A <br> stands before it. */
  readonly broken: boolean;
  /** Set in bold, or a link: it may be a title before running text. */
  readonly strong: boolean;
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** The element around an element. */
export function parentOf(element: Element): Element | null {
  return element.parentNode && "tagName" in element.parentNode ? element.parentNode : null;
}
