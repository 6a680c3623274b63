/** What the page carries along for its script: the key that is trusted, and all words. */
import type { Trust } from "../../src/transparency/checkpoint.ts";
import { sha256 } from "../../src/transparency/sha256.ts";
import { parseVerifierKey, type VerifierKey } from "../../src/transparency/verifier-key.ts";
import type { VerifyPageData } from "../../src/web/verify/verify-page.ts";
import { type Words, wordsOf } from "../../src/web/verify/words.ts";

export interface VerifyPage extends VerifyPageData {
  readonly spoken: Words;
  readonly trust: Trust;
  /** Carries a chosen language on. */
  readonly link: (path: string) => string;
}

export function readPage(): VerifyPage {
  const data = JSON.parse(document.querySelector("#carried")!.textContent!) as VerifyPageData;
  const language = new URLSearchParams(location.search).get("lang");
  return {
    ...data,
    spoken: wordsOf(data.words),
    trust: { log: knownKey(data.key), witnesses: data.witnesses.map(knownKey), quorum: 0 },
    link: (path) => (language ? `${path}?lang=${encodeURIComponent(language)}` : path),
  };
}

function knownKey(text: string): VerifierKey {
  const key = parseVerifierKey(sha256, text);
  if ("problem" in key) throw new Error(key.problem);
  return key;
}
