/** Text from outside, shown among words of our own. */

/** Without what could steer a terminal, hide, or turn lines around: each such character by its number. */
export function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

/** The same, and no longer than what names and addresses need. */
export function printableShort(text: string): string {
  return printable(text.length > longest ? `${text.slice(0, longest)}…` : text);
}
const longest = 200;
