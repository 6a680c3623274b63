import type { Context } from "hono";
import type { Env } from "../deps.ts";

/** More than the one field takes in any coding, in bytes. */
const limit = 4096;

/** Whether a form says what a mail program sends at one click on "unsubscribe" (RFC 8058 section 3.2). */
export function saysOneClick(form: Pick<URLSearchParams, "get">): boolean {
  return form.get("List-Unsubscribe") === "One-Click";
}

/** The same of a request in multipart/form-data, the coding that the RFC prefers and that our own forms never have. */
export async function isOneClickUpload(c: Context<Env>): Promise<boolean> {
  if (!/^multipart\/form-data\s*;/i.test(c.req.header("content-type") ?? "")) return false;
  const length = Number(c.req.header("content-length") ?? Number.NaN);
  if (!(length <= limit)) return false;
  const form = await c.req.raw.formData().catch(() => undefined);
  return form?.get("List-Unsubscribe") === "One-Click";
}
