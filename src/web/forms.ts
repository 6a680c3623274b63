/** Reads ordinary forms. */
import type { Context } from "hono";
import { type Problem, problem } from "../foundation/problem.ts";
import type { Env } from "./deps.ts";

/** The largest form that is read, in bytes. */
const limit = 64 * 1024;

/**
 * The fields of a form as posted (application/x-www-form-urlencoded, WHATWG URL section 5).
 * text() and URLSearchParams keep about three quarters of a bare server's rate; a multipart parser kept a fifth.
 */
export async function readForm(
  c: Context<Env>,
): Promise<URLSearchParams | Problem<"form-too-large" | "form-type">> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return problem("form-type");
  if (Number(c.req.header("content-length") ?? 0) > limit) return problem("form-too-large");
  const reader = c.req.raw.body?.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  // Read piece by piece: a sender who understates the length, or names none, is stopped all the same.
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) break;
    size += piece.value.length;
    if (size > limit) {
      await reader?.cancel();
      return problem("form-too-large");
    }
    pieces.push(piece.value);
  }
  return new URLSearchParams(Buffer.concat(pieces).toString("utf8"));
}
