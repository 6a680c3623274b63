/** Single lines of a listing: made plain, and told apart. */
import { fold } from "../foundation/fold.ts";

/** Not seen, and no part of any word: byte order mark, zero-width space, soft hyphen, embeddings and overrides. */
const unseen = /[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** C0 and C1 controls that are no blanks: they come from broken conversions. */
const controls = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;

/** A line as it is meant: blanks of every kind folded to one and trimmed, what is not seen left out, NFC. */
export function plainLine(line: string): string {
  return line
    .replace(unseen, "")
    .replace(controls, "")
    .replace(/[\s\u0085\u180e]+/gu, " ")
    .trim()
    .normalize("NFC");
}

/** Marks that Markdown and lists put before or around a line. */
export function withoutMarks(line: string): string {
  const bare = line.replace(/^(?:#{1,6} |[-*+•‣◦▪·–—] )\s*/u, "");
  const [, around, inner] = /^(\*\*|__|\*|_)(.+)\1$/u.exec(bare) ?? [];
  return around && inner && !inner.includes(around) ? inner.trim() : bare;
}

/** A title's words and, when it is a Markdown link, where it leads. */
export function readTitle(line: string): { text: string; href?: string } {
  const bare = withoutMarks(line);
  const [, text, href] = /^\[([^\]]+)\]\(<?([^\s()<>]+)>?(?: "[^"]*")?\)$/u.exec(bare) ?? [];
  return text && href ? { text: text.trim(), href } : { text: bare };
}

/** "Read more" in the languages of listings. */
const more =
  "(?:(?:read|see|view|find out|learn|show|load) more|read (?:the )?(?:full |open )?(?:letter|text|statement)|" +
  "continue reading|full (?:text|letter|story)|lire (?:la suite|plus|la lettre)|en savoir plus|voir plus|" +
  "leer m[aá]s|ver m[aá]s|m[aá]s informaci[oó]n|seguir leyendo|leer la carta|weiterlesen|mehr (?:lesen|erfahren)|" +
  "le[ií]a mais|saiba mais|leggi (?:di pi[uù]|tutto)|lees (?:meer|verder)|читать далее|подробнее|" +
  "(?:اقر[أا]|للاطلاع على) المزيد|اقر[أا] الرسالة|المزيد|للمزيد)";
const arrows = String.raw`[\s.…\[\](){}|>»›→←«‹<•·:*_-]*`;
const moreAbout =
  "(?:read more|continue reading|lire la suite|leer m[aá]s|seguir leyendo|اقر[أا] المزيد)(?:[:,]| about| on| sur| sobre| عن) .*";
const moreAlone = new RegExp(`^${arrows}(?:${more}${arrows}|${moreAbout})$`, "iu");
const moreAtEnd = new RegExp(String.raw`(?<=[.!?…\])”"»؟。]) *[\[(|]?${more}${arrows}$`, "iu");

/** Other lines that pages leave in copied text. Each has to be the whole line, folded, without arrows and bars. */
const leftovers = [
  /^(?:share(?: this)?|tweet|print|e-?mail|download(?: pdf| as pdf)?|partager|imprimer|telecharger|compartir|imprimir|descargar)$/u,
  /^pdf(?:[,:;]? ?[\d.,]+ ?[kmg]i?b)?$/u,
  /^(?:next|previous|prev|older|newer|suivante?|precedente?|siguiente|anterior|التالي|السابق)(?: (?:page|posts|letters|entries))?$/u,
  /^(?:back to top|top|skip to (?:main )?content|main menu|menu|home|haut de page|volver arriba)$/u,
  /^page \d+(?: (?:of|sur|de) \d+)?$/u,
  /^(?:\d{1,3} )*(?:(?:\.\.\.|…) )?(?:\d{1,3} )*\d{1,3}$/u,
  /^(?:©|copyright\b).*$/u,
];
const around = new RegExp(`^${arrows}|${arrows}$`, "gu");

/** Whether a line is no part of any letter: "Read more", "Page 1 of 3", "© 2023 …", a row of dots. */
export function isLeftover(line: string): boolean {
  if (moreAlone.test(line) || !/[\p{L}\p{N}]/u.test(line)) return true;
  const bare = fold(line).replace(around, "");
  return leftovers.some((leftover) => leftover.test(bare));
}

/** Whether a line says "Read more" and nothing else. */
export function isMore(line: string): boolean {
  return moreAlone.test(line);
}

/** Cuts a "Read more" from the end of a summary; what was cut is returned beside it. */
export function cutMore(text: string): { text: string; cut?: string } {
  const found = moreAtEnd.exec(text);
  return found ? { text: text.slice(0, found.index).trim(), cut: found[0].trim() } : { text };
}

/** Whether a line ends a sentence. */
export function endsSentence(line: string): boolean {
  return /[.!?…؟。！？:][\])}”’"'»]*$/u.test(line);
}

/** Whether a line goes on with a sentence begun before. */
export function continues(line: string): boolean {
  return /^[\p{Ll},;.)]/u.test(line);
}
