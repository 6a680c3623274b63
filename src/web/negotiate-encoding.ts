/** The content codings that the site speaks. */
export type Encoding = "br" | "gzip" | "identity";

/**
 * Chooses a content coding (RFC 9110 section 12.5.3). A coding with q=0 is refused; weights are otherwise not
 * compared, since Brotli is the smallest for every reader who takes it.
 * @param header Accept-Encoding, as it came
 */
export function chooseEncoding(header: string | undefined): Encoding {
  if (!header) return "identity";
  const taken = new Set<string>();
  for (const part of header.toLowerCase().split(",", 20)) {
    const [coding = "", ...parameters] = part.split(";").map((piece) => piece.trim());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) taken.add(coding);
  }
  return taken.has("br") ? "br" : taken.has("gzip") ? "gzip" : "identity";
}
