/**
 * Letters that a forger puts in the place of Latin ones, so that a watched name is read by people and not by software
 * (Unicode UTS #39, section 4). Those of Greek and Cyrillic in small letters stand in watched-words.ts: there both sides
 * are changed alike. What stands here is only ever a further way to read a name that is looked at, so no name is lost by
 * it: capitals that are drawn otherwise than their small letters, alphabets of capitals, and Latin letters of phonetics.
 * Pure.
 */

/** Latin letters, and what is drawn like each. */
const drawnLike: Readonly<Record<string, string>> = {
  a: "ɑᴀⱥꭺᎪꓮα@4",
  b: "ʙƀɓƅЬьᏴꓐΒβ8",
  c: "ᴄȼƈꞓϲϹᏟꓚ",
  d: "ᴅɗԁԀᎠꓓ",
  e: "ᴇɇҽᎬꓰ€",
  f: "ƒꓝϝ",
  g: "ɡɢǥɠցԌᏀꓖ9",
  h: "ʜɦհҺᎻꓧΗ",
  i: "ɪɩɨᎥꓲ!",
  j: "ᴊɉȷյϳͿᎫꓙ",
  k: "ᴋƙᏦꓗ",
  l: "ʟƚǀӏӀᏞꓡԼ|£",
  m: "ᴍᎷꓟΜ",
  n: "ɴƞɲŋոпηΝꓠ",
  o: "ᴏɵօՕꓳ",
  p: "ᴘᵽƥᏢꓑ",
  q: "ԛԚզգ",
  r: "ʀɍɾгᎡꓣ",
  s: "ꜱƨʂȿᏚꓢՏ$",
  t: "ᴛŧƭꞇᎢꓔ7",
  u: "ᴜʉսՍꓴ",
  v: "ᴠʋѵѴᏙꓦ",
  w: "ᴡԝԜѡաωᎳꓪ",
  x: "ꓫ",
  y: "ʏɏƴγүҮᎩꓬΥ",
  z: "ᴢƶɀᏃꓜΖ2",
};
const plain = new Map<string, string>();
// The other case of each as well, unless that is drawn like another.
for (const drawn of [
  String,
  (others: string) => others.toUpperCase(),
  (others: string) => others.toLowerCase(),
])
  for (const [latin, others] of Object.entries(drawnLike))
    for (const other of drawn(others))
      if (!plain.has(other) && !/[a-z]/i.test(other)) plain.set(other, latin);
/** A to Z in white on black discs and squares, and the letters that flags are made of. */
const boxed = [0x1f150, 0x1f170, 0x1f1e6];

const disguised = new RegExp(
  `[${Array.from(plain.keys(), (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`).join("")}${boxed
    .map((first) => `\\u{${first.toString(16)}}-\\u{${(first + 25).toString(16)}}`)
    .join("")}]`,
  "gu",
);

function undisguise(letter: string): string {
  const code = letter.codePointAt(0)!;
  const first = boxed.find((one) => code >= one && code < one + 26);
  return first === undefined ? plain.get(letter)! : String.fromCharCode(0x61 + code - first);
}

/**
 * What people may read where this stands: with disguised letters as the Latin ones; and beyond that with a capital I
 * within a word as l, an l at its beginning as I, rn as m and vv as w. None that says the same as the text itself.
 */
export function furtherReadings(text: string): string[] {
  const latin = text.replace(disguised, undisguise).normalize("NFKD").replace(disguised, undisguise);
  const drawn = latin
    .replace(/(?<=\p{L})I/gu, "l")
    .replace(/(?<![\p{L}\p{M}\p{N}])l(?=\p{Ll})/gu, "I")
    .replaceAll("rn", "m")
    .replace(/vv/gi, "w");
  const plainly = text.normalize("NFKD");
  return [...new Set([latin, drawn])].filter((reading) => reading !== plainly);
}
