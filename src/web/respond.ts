/** The only place that chooses statuses: turns pages and refusals into answers. */
import type { Context } from "hono";
import type { Html } from "../foundation/html.ts";
import type { Env } from "./deps.ts";
import { privateHeaders, securityHeaders } from "./headers.ts";
import { messagePage } from "./message-page.ts";

/** A page that is made for this request alone. */
export function page(
  c: Context<Env>,
  body: Html,
  status: 200 | 400 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 500 | 503 = 200,
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

/** A page behind a private link: never stored, never indexed. */
export function privatePage(
  c: Context<Env>,
  body: Html,
  status: 200 | 404 | 409 | 410 | 422 | 429 = 200,
): Response {
  return new Response(body.toString(), {
    status,
    headers: {
      ...privateHeaders,
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

/** A form that cannot be read: too long, or not sent as a form. */
export function badForm(c: Context<Env>, code: "form-too-large" | "form-type"): Response {
  const status = code === "form-too-large" ? 413 : 415;
  return page(c, messagePage(c.var.page, "error.form.title", "error.form.text"), status);
}

/** "There is no such page", with ways on. */
export function notFound(c: Context<Env>): Response {
  return page(c, messagePage(c.var.page, "error.notFound.title", "error.notFound.text"), 404);
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

/** Plain text, for robots.txt and for machines that ask how the server is. */
export function plainText(text: string, status = 200): Response {
  return new Response(text, {
    status,
    headers: { ...securityHeaders, "Content-Type": "text/plain; charset=utf-8" },
  });
}
