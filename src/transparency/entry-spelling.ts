/**
 * How entries look as text. A log is read entry by entry, millions of them, nearly all as they should be, and one look
 * is faster than taking each apart and writing it again. What passes here is an entry; what does not may still be one
 * (a count of more than 15 digits), and is for parseEntry to judge.
 */

const hash = '"[\\w-]{42}[AEIMQUYcgkosw048]"';
const letterId = '"[\\w-]{21}[AQgw]"';
const count = "(?:0|[1-9]\\d{0,14})";
const letter = `"l":${letterId},"n":${count},`;
const place = `"s":${count},"t":`;

const spellings = [
  `"c":${hash},"k":"[po]",${letter}"r":${hash},${place}"sign","u":${hash},"v":1`,
  `${letter}"q":${count},"r":${hash},${place}"rev","v":1`,
  `"i":${count},${letter}${place}"(?:withdraw|erase)","v":1,"y":"(?:own|duplicate|impersonation|undeliverable|rule)"`,
  `"i":${count},${letter}"o":${hash},${place}"(?:withdraw|erase)","v":1,"y":"own"`,
  `${letter}"r":${hash},${place}"close","v":1`,
  `"d":${hash},${letter}${place}"deliver","v":1`,
];
const entry = new RegExp(`^\\{(?:${spellings.join("|")})\\}$`);

/** Whether a text is spelled as an entry is. */
export function isSpelledAsEntry(text: string): boolean {
  return entry.test(text);
}
