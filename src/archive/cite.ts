/** A letter as bibliographies take it: BibTeX and CSL-JSON. Pure. */
import type { Entry } from "./entry.ts";

/** A letter and where it stands. */
export interface Citable {
  readonly letter: Pick<
    Entry,
    "slug" | "kind" | "title" | "language" | "date" | "initiators" | "addressees" | "publisherRole"
  >;
  readonly url: string;
  /** The name of the site's publisher. */
  readonly publisher: string;
}

/**
 * Who is cited as author: the initiators; without these the publisher where it wrote the letter. Nobody where the
 * archive does not know.
 */
export function authorsOf({ letter, publisher }: Pick<Citable, "letter" | "publisher">): readonly string[] {
  if (letter.initiators.length > 0) return letter.initiators;
  return letter.publisherRole === "author" || letter.publisherRole === "co-author" ? [publisher] : [];
}

const genres = {
  "open-letter": "Open letter",
  letter: "Letter",
  "joint-statement": "Joint statement",
  declaration: "Declaration",
} as const;

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

const special: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** Text that BibTeX prints as it is, capitals kept. */
function braced(text: string): string {
  const escaped = text.replace(/[\\{}~^]/g, (sign) => special[sign]!).replace(/[&%$#_]/g, "\\$&");
  return `{${escaped.replace(/\s+/g, " ")}}`;
}

/** A BibTeX entry, in UTF-8. Names are organisations' or whole, so each stands in braces of its own. */
export function toBibtex(citable: Citable): string {
  const { letter, url, publisher } = citable;
  const authors = authorsOf(citable);
  const { year, month, day } = letter.date;
  const fields: [string, string][] = [
    ...(authors.length > 0 ? [["author", `{${authors.map(braced).join(" and ")}}`] as [string, string]] : []),
    ["title", `{${braced(letter.title)}}`],
    ["year", `{${year}}`],
    ...(month ? [["month", months[month - 1]!] as [string, string]] : []),
    ...(day ? [["day", `{${day}}`] as [string, string]] : []),
    ["howpublished", braced(genres[letter.kind])],
    ["organization", braced(publisher)],
    ["url", `{${url}}`],
    ["langid", braced(letter.language)],
  ];
  return `@misc{${letter.slug},\n${fields.map(([name, value]) => `  ${name} = ${value},\n`).join("")}}\n`;
}

/** An array of one CSL-JSON item (Citation Style Language data model 1.0.2). */
export function toCsl(citable: Citable) {
  const { letter, url, publisher } = citable;
  const literal = (name: string) => ({ literal: name });
  const authors = authorsOf(citable);
  const { year, month, day } = letter.date;
  return [
    {
      id: letter.slug,
      type: "document",
      genre: genres[letter.kind],
      title: letter.title,
      ...(authors.length > 0 && { author: authors.map(literal) }),
      ...(letter.addressees.length > 0 && { recipient: letter.addressees.map(({ name }) => literal(name)) }),
      issued: { "date-parts": [[year, month, day].filter((part) => part !== undefined)] },
      publisher,
      URL: url,
      language: letter.language,
    },
  ];
}
