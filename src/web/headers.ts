/** Headers that stand on every answer. */

/**
 * Nothing is loaded from anywhere else, no inline script or style runs, no other site may frame a page.
 * Strict-Transport-Security is the work of whoever ends TLS in front of the server.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
};

/** The policy of a page whose form leads on to one other site. */
export function policyWithFormsTo(origin: string): string {
  return securityHeaders["Content-Security-Policy"]!.replace(
    "form-action 'self'",
    `form-action 'self' ${origin}`,
  );
}

/**
 * For pages behind a private link: kept by nobody, found by nobody, and their address told to no other site.
 * Not "no-referrer": browsers would then send `Origin: null` with the page's own forms.
 */
export const privateHeaders: Readonly<Record<string, string>> = {
  ...securityHeaders,
  "Referrer-Policy": "same-origin",
  "Cache-Control": "no-store",
  "X-Robots-Tag": "noindex, nofollow",
};

/** Data that a script on any other site may read, with the tag by which it may ask again. */
export const openData: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag",
};

/** The headers of such data. */
export function openHeaders(type: string, caching = "no-cache"): Record<string, string> {
  return { ...securityHeaders, ...openData, "Content-Type": type, "Cache-Control": caching };
}
