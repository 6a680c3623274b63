/** Reads forms. */
import type { Context } from "hono";
import { type Problem, problem } from "../foundation/problem.ts";
import type { Env } from "./deps.ts";

/** The largest form that is read, in bytes; one that holds a letter's text; and the largest with a file. */
const limit = 64 * 1024;
export const textLimit = 2 * 1024 * 1024;
const fileLimit = 512 * 1024;

export type FormProblem = Problem<"form-too-large" | "form-type">;

/**
 * The fields of a form as posted (application/x-www-form-urlencoded, WHATWG URL section 5).
 * text() and URLSearchParams keep about three quarters of a bare server's rate; a multipart parser kept a fifth.
 */
export async function readForm(c: Context<Env>, most = limit): Promise<URLSearchParams | FormProblem> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return problem("form-type");
  const body = await readBody(c, most);
  return "problem" in body
    ? body
    : new URLSearchParams(withoutNul(body.toString("utf8").replaceAll("%00", "\0")));
}

/**
 * Nobody types NUL, and PostgreSQL keeps none: it is read as U+FFFD, as HTML reads it, which no line of text takes. What
 * is no UTF-8 has become the same character by now.
 */
function withoutNul(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

/**
 * A form that may bring a file of text along (multipart/form-data, RFC 7578). One without a file may be of either coding.
 * @param name the field of the file
 * @returns its fields, and the file's text where one was chosen
 */
export async function readFormWithFile(
  c: Context<Env>,
  name: string,
): Promise<{ readonly form: URLSearchParams; readonly file?: string } | FormProblem> {
  if (!isMultipart(c)) {
    const form = await readForm(c);
    return "problem" in form ? form : { form };
  }
  const read = await readParts(c, fileLimit);
  if ("problem" in read) return read;
  const file = read.files.get(name);
  return file ? { form: read.form, file: await file.text() } : { form: read.form };
}

/**
 * A form that may bring a large file along, or as much text in a field, of either coding. Only for doors that know who
 * sends it: the limit is theirs to say.
 * @param name the field of the file
 * @param most how large the form may be, in bytes
 * @returns its fields, and where a file was chosen its bytes and what it is called
 */
export async function readLargeForm(
  c: Context<Env>,
  name: string,
  most: number,
): Promise<
  | { readonly form: URLSearchParams; readonly file?: { readonly bytes: Buffer; readonly name: string } }
  | FormProblem
> {
  if (!isMultipart(c)) {
    const form = await readForm(c, most);
    return "problem" in form ? form : { form };
  }
  const read = await readParts(c, most);
  if ("problem" in read) return read;
  const file = read.files.get(name);
  if (!file) return { form: read.form };
  return { form: read.form, file: { bytes: Buffer.from(await file.arrayBuffer()), name: file.name } };
}

/**
 * A form of either coding, which may bring several files along.
 * @param most how large the form may be, in bytes
 * @returns its fields, and the bytes of each file that was chosen, by its field
 */
export async function readFormWithFiles(
  c: Context<Env>,
  most: number,
): Promise<
  { readonly form: URLSearchParams; readonly files: ReadonlyMap<string, Uint8Array> } | FormProblem
> {
  if (!isMultipart(c)) {
    const form = await readForm(c, most);
    return "problem" in form ? form : { form, files: new Map() };
  }
  const read = await readParts(c, most);
  if ("problem" in read) return read;
  const files = new Map<string, Uint8Array>();
  for (const [name, file] of read.files) files.set(name, new Uint8Array(await file.arrayBuffer()));
  return { form: read.form, files };
}

function isMultipart(c: Context<Env>): boolean {
  return /^multipart\/form-data\s*;/i.test(c.req.header("content-type") ?? "");
}

async function readParts(
  c: Context<Env>,
  most: number,
): Promise<{ readonly form: URLSearchParams; readonly files: ReadonlyMap<string, File> } | FormProblem> {
  const body = await readBody(c, most);
  if ("problem" in body) return body;
  const type = c.req.header("content-type")!;
  const parts = await new Response(body, { headers: { "content-type": type } })
    .formData()
    .catch(() => undefined);
  if (!parts) return problem("form-type");
  const form = new URLSearchParams();
  const files = new Map<string, File>();
  for (const [field, value] of parts) {
    if (typeof value === "string") form.append(withoutNul(field), withoutNul(value));
    // A field in which no file was chosen comes as an empty one without a name; a file may be empty, too.
    else if (value.size > 0 || value.name !== "") files.set(field, value);
  }
  return { form, files };
}

/** Read piece by piece: a sender who understates the length, or names none, is stopped all the same. */
async function readBody(
  c: Context<Env>,
  most: number,
): Promise<Buffer<ArrayBuffer> | Problem<"form-too-large">> {
  if (Number(c.req.header("content-length") ?? 0) > most) return problem("form-too-large");
  const reader = c.req.raw.body?.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) break;
    size += piece.value.length;
    if (size > most) {
      await reader?.cancel();
      return problem("form-too-large");
    }
    pieces.push(piece.value);
  }
  return Buffer.concat(pieces);
}
