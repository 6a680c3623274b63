/**
 * A draft's document: all that is known of a letter while it is written. Much may be missing yet; what is needed for
 * publication is asked for there (letterInputOf tells what is missing). Pure, but for the hash.
 */
import { z } from "zod";
import { parsePartialDate } from "../foundation/partial-date.ts";
import { isPlace } from "../foundation/places.ts";
import {
  addresseeTypes,
  kinds,
  measureTypes,
  publisherRoles,
  qualifiers,
  reportedKinds,
  signatoryKinds,
  stances,
} from "../letters/letter.ts";
import { isTopicSlug } from "../letters/topic-slug.ts";
import { encodeUtf8 } from "../transparency/bytes.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";

/** The longest text of one language, in UTF-16 units. */
export const longestBody = 200_000;

const line = z.string().max(500);
/** BCP 47, as far as letters use it. */
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/);

const text = z.object({
  title: line.default(""),
  summary: z.string().max(2_000).default(""),
  /** Markdown. */
  body: z.string().max(longestBody).default(""),
  /** For a translation: the hash (originalHash, base64url) of the original that it was made from. */
  of: z.string().optional(),
});
export type DraftText = z.infer<typeof text>;

/** Reads a document as it is stored. Every part has a default, so that documents of earlier releases can be read. */
export const draftDocument = z.object({
  kind: z.enum(kinds).default("open-letter"),
  publisherRole: z.enum(publisherRoles).nullable().default("author"),
  /** The original's. */
  language: language.default("en"),
  /** By language; the original's is always there. */
  texts: z.record(language, text).default({}),
  /** A partial date (2026, 2026-11 or 2026-11-24), or empty: the day of publication. */
  date: z
    .string()
    .refine((value) => value === "" || parsePartialDate(value) !== undefined)
    .default(""),
  addressees: z.array(z.object({ name: line, type: z.enum(addresseeTypes) })).default([]),
  initiators: z.array(line).default([]),
  topics: z.array(z.string().refine(isTopicSlug)).default([]),
  places: z.array(z.string().refine(isPlace)).default([]),
  measure: z
    .object({ name: line, type: z.enum(measureTypes) })
    .nullable()
    .default(null),
  stance: z.enum(stances).nullable().default(null),
  /** For letters that are recorded from elsewhere. */
  namedSignatories: z.array(z.object({ name: line, kind: z.enum(signatoryKinds) })).default([]),
  reportedCount: z
    .object({
      kind: z.enum(reportedKinds),
      count: z.number().int().positive().nullable(),
      qualifier: z.enum(qualifiers).nullable(),
      description: line,
    })
    .nullable()
    .default(null),
});
export type DraftDocument = z.infer<typeof draftDocument>;

/** A document in which nothing has been written yet. @param language the original's, a BCP 47 tag */
export function emptyDocument(language: string): DraftDocument {
  return draftDocument.parse({ language, texts: { [language]: {} } });
}

/** The original's text. */
export function originalOf(document: DraftDocument): DraftText {
  return document.texts[document.language] ?? { title: "", summary: "", body: "" };
}

/** What the letter is called: in a language where it has a title there, else in the original's. Empty without one. */
export function titleIn(document: DraftDocument, language: string): { title: string; language: string } {
  const own = document.texts[language]?.title.trim();
  return own
    ? { title: own, language }
    : { title: originalOf(document).title.trim(), language: document.language };
}

/** As manifests see a text: composed, with line feeds. */
export function plain(value: string): string {
  return value.replaceAll(/\r\n?/g, "\n").normalize("NFC");
}

/** SHA-256 of the original's title, summary and text: a translation remembers what it was made from. In base64url. */
export function originalHash(document: DraftDocument): string {
  const { title, summary, body } = originalOf(document);
  const bytes = nodeSha256(encodeUtf8(JSON.stringify([title, summary, body].map(plain))));
  return Buffer.from(bytes).toString("base64url");
}

/** Languages whose translation was made from an original that has changed since. */
export function staleTranslations(document: DraftDocument): string[] {
  const now = originalHash(document);
  return Object.entries(document.texts)
    .filter(([language, { of }]) => language !== document.language && of !== now)
    .map(([language]) => language);
}

/** The languages in which a document can be read: its original, and translations that have a text. */
export function readableIn({ language, texts }: DraftDocument): string[] {
  return Object.keys(texts).filter((tag) => tag === language || texts[tag]!.body.trim() !== "");
}

/** The languages in which both of two documents can be read, and not with the same title and text. */
export function changedIn(before: DraftDocument, after: DraftDocument): string[] {
  const still = new Set(readableIn(after));
  const changed = (tag: string) =>
    (["title", "body"] as const).some(
      (part) => plain(before.texts[tag]![part]) !== plain(after.texts[tag]![part]),
    );
  return readableIn(before).filter((tag) => still.has(tag) && changed(tag));
}

/**
 * Whether who signed one document need not be asked about another: whatever they could have read of it has the same title
 * and text there, if it is there at all, and the original is. What they could not have read, for it was added since, and
 * what was only taken away changes nothing of what they signed.
 */
export function staysSigned(signed: DraftDocument, now: DraftDocument): boolean {
  return readableIn(now).includes(signed.language) && changedIn(signed, now).length === 0;
}
