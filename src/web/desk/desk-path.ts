/** The pages of the desk to which a person may be led on after signing in. */
import { routes } from "../../routes.ts";

const base = "http://desk.invalid";

/**
 * A path of the desk as it came in a query, a form or a link; undefined for whatever else came. No page of another site,
 * however it is spelt, and none of those that sign in.
 */
export function deskPath(text: string | null | undefined): string | undefined {
  if (!text || text.length > 500 || !text.startsWith("/")) return undefined;
  const url = URL.parse(text, base);
  if (url?.origin !== base) return undefined;
  const { pathname, search } = url;
  if (pathname !== routes.desk() && !pathname.startsWith(`${routes.desk()}/`)) return undefined;
  if (/^\/desk\/(?:sign-in|confirm|invitations|passkey)(?:\/|$)/.test(pathname)) return undefined;
  return pathname + search;
}
