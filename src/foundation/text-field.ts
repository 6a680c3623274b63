/**
 * One line of text as people type or paste it: a name, an affiliation, a role. Any script is welcome. What comes
 * out is safe to print in a list beside other people's lines: nothing in it is unseen, turns its neighbours
 * around or is drawn over them.
 *
 * Two kinds of unseen characters are told apart. Those that come along when text is pasted and change nothing that
 * anyone sees (byte order mark, zero width space, soft hyphen, word joiner, single direction marks; joiners where
 * no script joins) are dropped: nobody could find and mend them, and left in they would make one name look like
 * two. Those that hide or reorder text (control characters, bidirectional embeddings, overrides and isolates, tag
 * characters, fillers, private use, what was no text at all) are refused: who meant what by them is unknown.
 */
import { type Problem, problem } from "./problem.ts";

export type LineProblem = "empty" | "too-long" | "control-character" | "contains-url";

export interface LineOptions {
  /** The most characters (code points) after trimming and composing; 200 unless said. */
  readonly max?: number;
  /**
   * Whether web addresses may stand in the line. "domain-names" allows a bare one, for organisations that are
   * called after theirs, and still refuses https://, www. and paths. E-mail addresses go only with true.
   */
  readonly urls?: boolean | "domain-names";
}

/** U+00AD, U+200B, U+2060, U+FEFF, and the marks LRM, RLM and ALM. */
const dropped = /[\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c]/g;

/**
 * Characters that are unseen by themselves and rightly stand after others: zero width joiner and non-joiner
 * between letters of a script that joins or stacks (RFC 5892, appendix A), or in an emoji; variation selectors
 * after a Han character or an emoji; the selectors and the separator of Mongolian.
 */
const rightlyUnseen = new RegExp(
  [
    String.raw`(?<=[[\p{L}\p{M}]--[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Han}\p{sc=Hangul}]])[\u200c\u200d](?=[\p{L}\p{M}])`,
    String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})`,
    String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]`,
    String.raw`(?<=\p{sc=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
    String.raw`(?<=\p{sc=Mongolian})[\u180b-\u180f]`,
  ].join("|"),
  "gv",
);

const forbidden =
  /[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufff9-\ufffd\u2800]/u;
/** More marks on one letter than any script stacks; they would cover the lines around. */
const overloaded = /\p{Mn}{9}/u;
const something = /[\p{L}\p{N}\p{P}\p{S}]/u;

const webAddress =
  /[a-z][a-z0-9+.-]*:\/\/|\/\/\S|\b(?:https?|ftp|mailto|javascript|data|tel):\S|\bwww\d?\.\S/iu;
const emailAddress = /[^\s@]@[^\s@]+\.[^\s@]/u;
const path = /(?:^|[\s(])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}\/\S/u;
/**
 * A domain name without more. Initials (J.R.R. Tolkien), titles (Dr.Ing) and a blank forgotten after a full stop
 * (Md.Rahman) are no domain names: only endings count that advertisers use, and those of countries where all of
 * it is in small letters.
 */
const domainName =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}-]{2,}\.(?:com|net|org|info|biz|xyz|top|shop|store|site|online|website|club|casino|bet|live|link|click|app|dev|рф)(?![\p{L}\p{N}])/iu;
const countryDomainName =
  /(?<![\p{L}\p{N}.])[\p{Ll}\p{N}-]{3,}(?:\.[\p{Ll}\p{N}-]+)*\.[a-z]{2}(?![\p{L}\p{N}.])/u;

/**
 * Whether a web or mail address stands in a line, also in wide, circled or mathematical letters, or with a full stop
 * of another script: software reads those as plain ones (Unicode UTS #46, sections 2.3 and 4).
 */
function hasWebAddress(text: string, domainNames: boolean): boolean {
  const line = text.normalize("NFKC").replaceAll("。", ".");
  if (webAddress.test(line) || emailAddress.test(line) || path.test(line)) return true;
  return !domainNames && (domainName.test(line) || countryDomainName.test(line));
}

/**
 * Reads one line of text.
 * @returns the line in NFC, trimmed, its inner blanks folded to one; or why it is refused. Reading it again
 * returns it unchanged.
 */
export function parseLine(
  text: string,
  { max = 200, urls = false }: LineOptions = {},
): string | Problem<LineProblem> {
  // Far beyond any line: refused before the patterns run over it. Decomposed text shrinks, but not tenfold.
  if (text.length > 10 * max + 1000) return problem("too-long", { max });
  const line = withoutStrayJoiners(text.normalize("NFC").replace(dropped, ""))
    .trim()
    .replace(/[\p{Zs}\u2028\u2029]+/gu, " ")
    .normalize("NFC");
  if (line === "") return problem("empty");
  if (forbidden.test(line.replace(rightlyUnseen, "")) || overloaded.test(line))
    return problem("control-character");
  if (!something.test(line)) return problem("empty");
  if ([...line].length > max) return problem("too-long", { max });
  if (urls !== true && hasWebAddress(line, urls === "domain-names")) return problem("contains-url");
  return line;
}

function withoutStrayJoiners(text: string): string {
  if (!/[\u200c\u200d]/.test(text)) return text;
  const right = new Set(text.matchAll(rightlyUnseen).map((found) => found.index));
  return text.replace(/[\u200c\u200d]/g, (joiner, at: number) => (right.has(at) ? joiner : ""));
}
