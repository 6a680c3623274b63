/**
 * What a mirror keeps of a letter's JSON (docs/api.md): its count, and the text that it shows. The names in it, with
 * roles, websites and evidence, are checked where the site shows them, and left there.
 */
import { encodeUtf8 } from "../transparency/bytes.ts";

type Members = Readonly<Record<string, unknown>>;

export interface KeptPage {
  readonly kept: Uint8Array;
  /** What is read instead of the page from here on: what is kept, and the names. */
  readonly shown: Uint8Array;
}

/**
 * @param longest how many bytes may be kept; of what is no letter's JSON, or too long, a page is kept that shows no text
 */
export function keptPage(bytes: Uint8Array, longest: number): KeptPage {
  const { id, slug, signatures, revision, texts, signatories } = parse(bytes);
  const page = {
    id,
    slug,
    signatures: { total: membersOf(signatures).total },
    revision: { number: membersOf(revision).number },
    texts: Array.isArray(texts) ? texts.map(titleAndBody) : [],
  };
  const kept = serialise(page);
  if (kept.length >= longest) return { kept: serialise({}), shown: serialise({ signatories }) };
  return { kept, shown: serialise({ ...page, signatories }) };
}

function titleAndBody(text: unknown): Members {
  const { language, title, body } = membersOf(text);
  return { language, title, body };
}

function parse(bytes: Uint8Array): Members {
  try {
    return membersOf(JSON.parse(Buffer.from(bytes).toString()));
  } catch {
    return {};
  }
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

function serialise(page: Members): Uint8Array {
  return encodeUtf8(`${JSON.stringify(page, null, 2)}\n`);
}
