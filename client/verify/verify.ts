/** Checks receipts and letters in this browser, with the same code that the server and the command line use. */
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { sha256 } from "../../src/transparency/sha256.ts";
import {
  type AskedWitnesses,
  asReceipt,
  asSlug,
  asWitnesses,
  givenWitnesses,
} from "../../src/web/verify/asked.ts";
import type { FormName, ProblemCode } from "../../src/web/verify/problems.ts";
import type { Result } from "../../src/web/verify/result-parts.ts";
import { checkLetterHere, checkReceiptHere } from "./check-here.ts";
import { takeDrops } from "./drop.ts";
import { readPage } from "./page.ts";
import { showNothing, showProblem, showResult, type Work, working } from "./show.ts";
import { Unreachable } from "./site.ts";

const page = readPage();
const form = (name: FormName) => document.querySelector<HTMLFormElement>(`form[data-check=${name}]`)!;
const file = document.querySelector<HTMLInputElement>("#receipt")!;
const pasted = document.querySelector<HTMLTextAreaElement>("#text")!;
const letter = document.querySelector<HTMLInputElement>("#letter")!;
/** The largest file that is read, in bytes. */
const largest = 4_000_000;
let busy = false;
/** The form whose check was asked for last. */
let last: FormName = "receipt";

/** Runs one check at a time, with the witnesses asked for, and shows what came out or what stood in its way. */
async function check(
  work: (asked: AskedWitnesses | undefined, work: Work) => Promise<Result | ProblemCode>,
): Promise<void> {
  if (busy) return;
  busy = true;
  showNothing();
  try {
    const result = (await canVerify()) ? await ask(work) : "unable";
    if (typeof result === "string") showProblem(page.spoken, result, last);
    else showResult(page.spoken, result);
  } catch (error) {
    if (error instanceof Unreachable) showProblem(page.spoken, error.reason, last);
    else if (error instanceof DOMException && error.name === "AbortError")
      showProblem(page.spoken, "stopped", last);
    else {
      // Nobody foresaw it: the reader is told at least that nothing was checked.
      showProblem(page.spoken, "answer", last);
      throw error;
    }
  } finally {
    busy = false;
  }
}

async function ask(work: Parameters<typeof check>[0]): Promise<Result | ProblemCode> {
  const fields = new FormData(form(last));
  const texts = Array.from(fields, ([name, value]) => [name, typeof value === "string" ? value : ""]);
  const asked = asWitnesses(sha256, givenWitnesses(new URLSearchParams(texts)));
  if (asked && "problem" in asked) return asked.problem;
  return working(page.spoken, (one) => work(asked, one));
}

/** Whether this browser knows the signatures of the log: some older ones do not, and none without a secure origin. */
async function canVerify(): Promise<boolean> {
  try {
    await verifyEd25519(page.trust.log.publicKey, new Uint8Array(0), new Uint8Array(64));
    return true;
  } catch {
    return false;
  }
}

/** Checks a text, or a file, that was chosen or dropped. What is far too large is not read at all. */
function checkGiven(given: File | string): Promise<void> {
  return check(async (asked, work) => {
    if (typeof given !== "string" && given.size > largest) return "receipt-large";
    // A file that was moved away since it was chosen is as good as none.
    const receipt = asReceipt(typeof given === "string" ? given : await given.text().catch(() => ""));
    return typeof receipt === "string" ? checkReceiptHere(page, receipt, asked, work) : receipt.problem;
  });
}

/** Keeps a form here, from the site and from the script that shows forms as sent. */
function keep(name: FormName, act: () => Promise<void>): void {
  form(name).addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    last = name;
    void act();
  });
}

keep("receipt", () => checkGiven(file.files?.[0] ?? pasted.value));
keep("letter", () =>
  check(async (asked, work) => {
    const slug = asSlug(letter.value, [page.host, location.host]);
    return typeof slug === "string" ? checkLetterHere(page, slug, asked, work) : slug.problem;
  }),
);
takeDrops(form("receipt"), (files) => {
  file.files = files;
  last = "receipt";
  void checkGiven(files[0]!);
});
// The one way for a receipt to leave this browser: its owner asks the server to check it.
document.querySelector("[data-unable] button")!.addEventListener("click", () => form(last).submit());
for (const note of document.querySelectorAll<HTMLElement>("[data-scripts]"))
  note.hidden = note.dataset.scripts === "off";
