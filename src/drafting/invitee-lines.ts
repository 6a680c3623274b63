/** Whom to invite, as editors type or paste it: a line each. Pure. */
import { type EmailAddress, parseEmailAddress } from "../foundation/email-address.ts";
import { isProblem } from "../foundation/problem.ts";
import { parseLine } from "../foundation/text-field.ts";

/** The most that are invited at once. */
export const mostLines = 200;

export interface InvitedLine {
  /** Its place in what was typed, from 1. */
  readonly line: number;
  readonly email: EmailAddress;
  readonly name: string;
  readonly organisation: string | null;
}

/**
 * What is wrong with a line: no address can be read in it; it says neither name nor organisation, or one that is no line
 * of text; it has the address of an earlier line.
 */
export interface WrongLine {
  readonly line: number;
  readonly code: "address" | "name" | "twice";
}

/**
 * Reads lines of the form `Name <address>, Organisation`; the organisation may be missing, or the name, in whose place
 * the organisation then stands. Empty lines count for nothing.
 * @returns everybody, or every line that is wrong
 */
export function readInvitedLines(text: string): readonly InvitedLine[] | { readonly wrong: WrongLine[] } {
  const found: InvitedLine[] = [];
  const wrong: WrongLine[] = [];
  const seen = new Set<string>();
  for (const [index, typed] of text.split(/\r\n?|\n/).entries()) {
    if (typed.trim() === "") continue;
    const read = readLine(typed, index + 1);
    if ("code" in read) wrong.push(read);
    else if (seen.has(read.email.canonical)) wrong.push({ line: read.line, code: "twice" });
    else {
      seen.add(read.email.canonical);
      found.push(read);
    }
  }
  return wrong.length > 0 ? { wrong } : found;
}

function readLine(typed: string, line: number): InvitedLine | WrongLine {
  const [, before = "", address = "", after = ""] =
    /^(.*)<([^<>]*)>(.*)$/.exec(typed) ?? /^()([^\s,;]+)(.*)$/.exec(typed.trim()) ?? [];
  const email = parseEmailAddress(address);
  if (isProblem(email)) return { line, code: "address" };
  const name = part(before.replace(/^[\s"]+|[\s"]+$/g, ""));
  const organisation = part(after.replace(/^[\s,;"]+|[\s"]+$/g, ""));
  const called = name ?? organisation;
  if (name === false || organisation === false || !called) return { line, code: "name" };
  return { line, email, name: called, organisation };
}

/** @returns null where nothing stands, false where what stands there is no line of text */
function part(text: string): string | null | false {
  if (text === "") return null;
  const read = parseLine(text, { urls: "domain-names" });
  return isProblem(read) ? false : read;
}
