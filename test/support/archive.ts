/** Reads the archive's pages as a reader sees them. */
import type { TestApp } from "./app.ts";

export interface ReadList {
  readonly status: number;
  readonly html: string;
  /** The slugs of the letters, in the order of the page. */
  readonly slugs: readonly string[];
  /** The headings by which letters stand together, with the slugs under each. */
  readonly years: readonly (readonly [heading: string, slugs: readonly string[]])[];
}

/** Asks for a list of letters. */
export async function readList(
  app: TestApp,
  path: string,
  headers: Record<string, string> = {},
): Promise<ReadList> {
  const response = await app.fetch(path, { headers });
  const html = await response.text();
  const sections = html.split('<section class="year"').slice(1);
  const years = sections.map((section) => {
    const heading = /<h2[^>]*>([^<]*)<\/h2>/.exec(section)?.[1] ?? "";
    return [heading, slugsIn(section)] as const;
  });
  return { status: response.status, html, slugs: years.flatMap(([, slugs]) => slugs), years };
}

function slugsIn(html: string): string[] {
  return Array.from(html.matchAll(/<h3><a href="\/letters\/([^"?]*)/g), ([, slug]) => slug!);
}

/** What a filter offers: each value with the number beside it. */
export function offered(html: string, filter: string): Record<string, number> {
  const select = new RegExp(`<select id="f-${filter}"[^>]*>(.*?)</select>`, "s").exec(html)?.[1] ?? "";
  const options = select.matchAll(/<option value="([^"]+)"[^>]*>([^<]*)<\/option>/g);
  return Object.fromEntries(
    Array.from(options, ([, value, label]) => [
      value!,
      Number(/(\d[\d,]*)\D*$/.exec(label!)?.[1]?.replace(",", "")),
    ]),
  );
}

/** The words of a piece of HTML, without its marks. */
export function wordsOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
