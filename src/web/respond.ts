/** The only place that chooses statuses: turns pages and refusals into answers. */
import type { Context } from "hono";
import type { Html } from "../foundation/html.ts";
import type { MailFile } from "../mail/content.ts";
import type { Env } from "./deps.ts";
import { etagOf, matchesEtag } from "./etag.ts";
import { openData, openHeaders, policyWithFormsTo, privateHeaders, securityHeaders } from "./headers.ts";
import { messagePage } from "./message-page.ts";
import { searchForm } from "./search-letters.ts";

/** A page that is made for this request alone. */
export function page(
  c: Context<Env>,
  body: Html,
  status: 200 | 400 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503 = 200,
): Response {
  return new Response(body.toString(), {
    status,
    headers: {
      ...securityHeaders,
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      Vary: "Accept-Language",
      "Content-Language": c.var.page.language,
    },
  });
}

/**
 * A page behind a private link: never stored, never indexed.
 * @param formsTo another site to which its form leads, as an origin
 */
export function privatePage(
  c: Context<Env>,
  body: Html,
  status: 200 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503 = 200,
  formsTo?: string,
): Response {
  return new Response(body.toString(), {
    status,
    headers: {
      ...privateHeaders,
      ...(formsTo && { "Content-Security-Policy": policyWithFormsTo(formsTo) }),
      "Content-Type": "text/html; charset=utf-8",
      "Content-Language": c.var.page.language,
    },
  });
}

/** Data behind a private link, as a file to keep. */
export function privateJson(body: unknown, fileName: string): Response {
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    headers: {
      ...privateHeaders,
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${fileName}"`,
    },
  });
}

/** Data for a script of the desk's own pages. */
export function deskJson(body: unknown): Response {
  return new Response(JSON.stringify(body), {
    headers: { ...privateHeaders, "Content-Type": "application/json; charset=utf-8" },
  });
}

/** A piece of a page, for a script of the desk's own pages. */
export function fragment(body: Html): Response {
  return new Response(body.toString(), {
    headers: { ...privateHeaders, "Content-Type": "text/html; charset=utf-8" },
  });
}

/** A file behind a private link. */
export function privateFile({ name, type, text }: MailFile): Response {
  return new Response(text, {
    headers: {
      ...privateHeaders,
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${name}"`,
    },
  });
}

/** A document of another kind than our pages, shown as it is: it may style itself, and can do nothing else. */
export function sandboxed(document: string): Response {
  return new Response(document, {
    headers: {
      ...privateHeaders,
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy":
        "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  });
}

/** What readers would see, for a frame on a page of this site: nothing in it runs, is sent, or leads anywhere. */
export function framed(document: string): Response {
  return new Response(document, {
    headers: {
      ...privateHeaders,
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy":
        "sandbox allow-same-origin; default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
    },
  });
}

/** Lets a page hold a frame with a page of this site. */
export function framing(answer: Response): Response {
  const policy = answer.headers.get("Content-Security-Policy");
  answer.headers.set("Content-Security-Policy", `${policy}; frame-src 'self'`);
  return answer;
}

/** A form that cannot be read: too long, or not sent as a form. */
export function badForm(c: Context<Env>, code: "form-too-large" | "form-type"): Response {
  const status = code === "form-too-large" ? 413 : 415;
  const { page: context, deskMessage } = c.var;
  const title = "error.form.title";
  const text = "error.form.text";
  if (deskMessage) return privatePage(c, deskMessage(title, text), status);
  return page(c, messagePage(context, title, text), status);
}

/** "There is no such page", with ways on. Whoever is at the desk stays there; everybody else can search the letters. */
export function notFound(c: Context<Env>): Response {
  const title = "error.notFound.title";
  const { page: context, deskMessage } = c.var;
  if (deskMessage) return privatePage(c, deskMessage(title, "desk.notFound.text"), 404);
  return page(c, messagePage(context, title, "error.notFound.text", searchForm(context)), 404);
}

/**
 * Sends the reader on to a path of this site; the chosen language is carried along.
 * @param status 303 after a form, 301 for a letter that has a new address
 */
export function redirect(c: Context<Env>, path: string, status: 301 | 303 = 303): Response {
  return new Response(null, {
    status,
    headers: {
      ...(status === 303 ? privateHeaders : securityHeaders),
      Location: c.var.page.link(path),
    },
  });
}

/**
 * Leads from an address with a slash at its end, where there is nothing, to the one without; undefined where there is
 * no such slash. Not from one with two at its start, which would name another site.
 */
export function withoutSlash(c: Context<Env>): Response | undefined {
  const { pathname, search } = new URL(c.req.url);
  let end = pathname.length;
  while (end > 0 && pathname[end - 1] === "/") end--;
  const path = pathname.slice(0, end);
  if (path === pathname || path === "" || path.startsWith("//")) return undefined;
  return new Response(null, { status: 308, headers: { ...privateHeaders, Location: `${path}${search}` } });
}

/** Sends a browser that reads on to the same page under its proper address (RFC 9110 section 15.4.8). */
export function redirectTo(url: string): Response {
  return new Response(null, { status: 307, headers: { ...privateHeaders, Location: url } });
}

/** Sends a browser to another site, after a form whose page allowed it. */
export function leaveFor(url: string): Response {
  return new Response(null, { status: 303, headers: { ...privateHeaders, Location: url } });
}

/** "You may ask", to a browser that asks for a script of another site. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...securityHeaders,
      ...openData,
      "Access-Control-Allow-Methods": "GET, HEAD",
      "Access-Control-Allow-Headers": "If-None-Match",
      "Access-Control-Max-Age": "86400",
    },
  });
}

/**
 * A file that anybody's program may read, from anywhere. Whoever has it already is told so (304).
 * @param headers of openHeaders
 */
export function openFile(
  c: Context<Env>,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>>,
): Response {
  const etag = etagOf(bytes);
  const tagged = { ...headers, ETag: `"${etag}"` };
  if (matchesEtag(c.req.header("if-none-match"), etag))
    return new Response(null, { status: 304, headers: tagged });
  return new Response(Buffer.from(bytes), { headers: tagged });
}

/** "There is nothing here", to a program that asked for data (RFC 9457). */
export function noSuchData(): Response {
  const problem = { title: "Not found", status: 404, detail: "There is no such document here." };
  return new Response(`${JSON.stringify(problem)}\n`, {
    status: 404,
    headers: openHeaders("application/problem+json", "no-store"),
  });
}

/** Sends a program on to the address that its document has now. */
export function movedData(path: string): Response {
  return new Response(null, { status: 301, headers: { ...securityHeaders, ...openData, Location: path } });
}

/** Plain text, for robots.txt and for machines that ask how the server is. */
export function plainText(
  text: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(text, {
    status,
    headers: { ...securityHeaders, "Content-Type": "text/plain; charset=utf-8", ...headers },
  });
}
