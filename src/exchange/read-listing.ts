/** From the bytes of a file to the listing in it: which encoding, which form. Pure. */
import type { Listing } from "./listing.ts";
import { parseHtmlListing } from "./listing-html.ts";
import { parseTextListing } from "./listing-text.ts";

export const forms = ["text", "html"] as const;
export type Form = (typeof forms)[number];

export interface ReadListing {
  readonly listing: Listing;
  readonly form: Form;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  /** How many lines the file has. */
  readonly lines: number;
}

/**
 * Reads a listing. Without a form it is told by the first characters: a page begins with a tag.
 * Bytes that are no UTF-8 are read as Windows-1252, as old editors write curly quotes.
 */
export function readListing(bytes: Uint8Array, form?: Form): ReadListing {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  const found = form ?? (/^\s*<(?:!doctype|!--|[a-z][a-z0-9]*[\s/>])/i.test(text) ? "html" : "text");
  const listing = found === "html" ? parseHtmlListing(text) : parseTextListing(text);
  const rows = text.split(/\r\n|\n|\r/);
  return { listing, form: found, encoding, lines: rows.length - (rows.at(-1) === "" ? 1 : 0) };
}

function encodingOf(bytes: Uint8Array): ReadListing["encoding"] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}
