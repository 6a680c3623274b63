/**
 * One client's side of signing in at ORCID: OAuth 2.0 with an authorization code (RFC 6749 section 4.1), the scope
 * `/authenticate`. ORCID then says whose record it is. Nothing else is asked for, and no token is kept.
 */
import * as z from "zod";
import { type Problem, problem } from "../foundation/problem.ts";

/** How the site is known to ORCID. */
export interface OrcidClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** https://orcid.org, or its sandbox. */
  readonly url: URL;
}

/** Whose record it is. */
export interface OrcidRecord {
  /** Four groups of four, such as 0000-0002-1825-0097. */
  readonly id: string;
  /** As its owner shows it to everybody; null where they do not. */
  readonly name: string | null;
}

/** Where the browser is sent, to sign in at ORCID and to come back to `returnTo` with a code and this state. */
export function authorizeUrl({ clientId, url }: OrcidClient, returnTo: string, state: string): string {
  const to = new URL("/oauth/authorize", url);
  to.search = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    scope: "/authenticate",
    redirect_uri: returnTo,
    state,
  }).toString();
  return to.href;
}

const patience = 10_000;
/** No answer has reason to be longer. */
const longestAnswer = 16 * 1024;

const answered = z.object({
  orcid: z.string().refine(isOrcidId),
  name: z.string().nullish(),
});

/**
 * Redeems the code that came back with the browser. Only the server that holds the client's secret can, and once.
 * @returns `orcid-failed` where ORCID does not take the code or does not answer; the reason is for the server's log
 */
export async function redeemCode(
  { clientId, clientSecret, url }: OrcidClient,
  returnTo: string,
  code: string,
): Promise<OrcidRecord | Problem<"orcid-failed">> {
  const failed = (reason: string) => problem("orcid-failed", { reason });
  try {
    const response = await fetch(new URL("/oauth/token", url), {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: "authorization_code",
        code,
        redirect_uri: returnTo,
      }),
      redirect: "error",
      signal: AbortSignal.timeout(patience),
    });
    const text = await readText(response);
    if (text === undefined) return failed("its answer is too long");
    if (response.status !== 200) return failed(`it answered ${response.status}`);
    const record = answered.safeParse(JSON.parse(text));
    if (!record.success) return failed("its answer names no record");
    const name = record.data.name
      ?.replace(/\p{Cc}/gu, " ")
      .trim()
      .slice(0, 200);
    return { id: record.data.orcid, name: name || null };
  } catch (error) {
    const { message, cause } = error as Error;
    return failed(String((cause as Error | undefined)?.message ?? message));
  }
}

async function readText(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > longestAnswer) return undefined;
  }
  return text;
}

/** Whether a text is an ORCID iD: sixteen digits, the last of them a check digit (ISO/IEC 7064, MOD 11-2). */
export function isOrcidId(text: string): boolean {
  if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(text)) return false;
  const digits = text.replaceAll("-", "");
  let total = 0;
  for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return digits[15] === (check === 10 ? "X" : String(check));
}

/** Where a record is to be read by everybody. */
export function orcidRecordUrl(id: string): string {
  return `https://orcid.org/${id}`;
}
