/**
 * Accents, vowel points and other marks of the scripts in which a reader may leave them out. The marks of Indic
 * and other scripts are letters in all but name and stay, and so do the voiced marks of Japanese kana.
 */
const marks =
  /[[\p{M}&&[\p{sc=Inherited}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Greek}\p{sc=Cyrillic}]]--[\u3099\u309a]]/gv;

/** Joiners, soft hyphens and whatever else is not seen; the Arabic tatweel only draws a word out. */
const unseen = /[\p{Default_Ignorable_Code_Point}\u0640]/gu;

/** Letters that Unicode does not decompose, as readers without them on the keyboard write them. */
const plainer: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ħ: "h",
  ı: "i",
  ς: "σ",
  "’": "'",
  "‘": "'",
  ʼ: "'",
  "‐": "-",
  "–": "-",
  ى: "ي",
  ی: "ي",
  ک: "ك",
  ة: "ه",
  ٱ: "ا",
};
const replaced = new RegExp(`[${Object.keys(plainer).join("")}]`, "gu");

/**
 * Text as it is compared when a reader looks for a name: compatibility forms resolved (NFKD), accents dropped,
 * lower case, blanks folded to one and trimmed, then composed again. For comparison only, never for display;
 * equal folds do not mean the same name. fold(fold(x)) equals fold(x).
 */
export function fold(text: string): string {
  const open = text.normalize("NFKD").replace(unseen, "").toLowerCase().normalize("NFKD").replace(marks, "");
  return open
    .replace(replaced, (letter) => plainer[letter]!)
    .replace(/\s+/gu, " ")
    .trim()
    .normalize("NFC");
}
