/**
 * JSON in one spelling only: keys sorted, no spaces, strings and non-negative safe integers, all ASCII. In this
 * subset it is RFC 8785 (JSON Canonicalization Scheme), so other people's tools make the same bytes.
 */

/** What canonical JSON may hold here. */
export type Canonical = string | number | { readonly [key: string]: Canonical };

/** The one spelling of a value. Throws where a value is outside the subset: that is a fault of this program. */
export function canonicalJson(value: Canonical): string {
  const text = JSON.stringify(sorted(value));
  if (!isAscii(text)) throw new Error("canonical JSON is ASCII here");
  return text;
}

/** Whether a text is of printable ASCII characters only. */
export function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** Whether a value is a number that canonical JSON may hold. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function sorted(value: Canonical): Canonical {
  if (typeof value === "string") return value;
  if (typeof value === "number") {
    if (!isCount(value)) throw new Error(`${value} is not a non-negative safe integer`);
    return value;
  }
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key]!)]),
  );
}
