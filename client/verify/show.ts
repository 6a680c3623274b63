/** Shows what is going on and what came out, on the page and to screen readers. */
import { type FormName, fieldOf, type ProblemCode, problemHtml } from "../../src/web/verify/problems.ts";
import { type Result, resultHtml } from "../../src/web/verify/result-parts.ts";
import type { Words } from "../../src/web/verify/words.ts";

const section = () => document.querySelector<HTMLElement>("#result")!;
const unable = () => document.querySelector<HTMLElement>("[data-unable]")!;
const spoken = () => document.querySelector<HTMLElement>("#said")!;

/** A result. It takes the focus, and its verdict is said. */
export function showResult(words: Words, result: Result): void {
  show(String(resultHtml(words, result)), "result-title").focus();
  spoken().textContent = result.verdict;
}

/** Nothing could be checked. */
export function showProblem(words: Words, code: ProblemCode, form: FormName): void {
  // The command is for what the server alone leaves undone.
  const place = show(String(problemHtml(words, code, form, "")), "problem");
  const field = fieldOf(code, form);
  if (field) {
    const input = document.querySelector<HTMLElement>(`#${field}`)!;
    input.closest("details")?.setAttribute("open", "");
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `${field}-hint problem-text`);
    input.closest("div")!.classList.add("has-err");
  }
  if (code === "unable") unable().hidden = false;
  place.querySelector<HTMLElement>(".sum")!.focus();
}

/** All that was shown before goes. */
export function showNothing(): void {
  section().hidden = true;
  section().removeAttribute("aria-labelledby");
  section().replaceChildren();
  spoken().textContent = "";
  unable().hidden = true;
  for (const input of document.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.setAttribute("aria-describedby", `${input.id}-hint`);
    input.closest("div")!.classList.remove("has-err");
  }
}

/** Every value in this HTML was escaped by the template that made it. */
function show(html: string, label: string): HTMLElement {
  const place = section();
  place.innerHTML = html;
  place.setAttribute("aria-labelledby", label);
  place.hidden = false;
  return place;
}

/** Work under way. */
export interface Work {
  readonly signal: AbortSignal;
  /** @param what what is counted: entries read so far, names compared, or names of the lists */
  progress(done: number, of: number, what: "far" | "names" | "listed"): void;
}

/** So often progress is drawn, and so often it is said to screen readers, in milliseconds. */
const drawn = 100;
const said = 10_000;

/** Shows that something is being done, and how far, with a way to stop it. */
export async function working<Result>(words: Words, work: (work: Work) => Promise<Result>): Promise<Result> {
  const box = document.querySelector<HTMLElement>("#work")!;
  const bar = box.querySelector("progress")!;
  const text = box.querySelector<HTMLElement>("[data-far]")!;
  const stop = box.querySelector("button")!;
  const abort = new AbortController();
  const end = () => abort.abort();
  const begun = words.text("verify.work.begun");
  const saying = setInterval(() => {
    spoken().textContent = text.textContent || begun;
  }, said);
  let last: { readonly at: number; readonly what?: string } = { at: 0 };
  bar.removeAttribute("value");
  text.textContent = "";
  spoken().textContent = begun;
  box.hidden = false;
  // On a phone the form stands a screen below it.
  box.scrollIntoView({ block: "nearest" });
  stop.addEventListener("click", end);
  try {
    return await work({
      signal: abort.signal,
      progress(done, of, what) {
        const at = performance.now();
        if (what === last.what && at - last.at < drawn) return;
        last = { at, what };
        // A list may hold a name more than was counted.
        bar.max = Math.max(of, done);
        bar.value = done;
        text.textContent = words.text(`verify.work.${what}`, {
          done: words.number(done),
          of: words.number(of),
        });
      },
    });
  } finally {
    clearInterval(saying);
    stop.removeEventListener("click", end);
    // Whatever is still on its way is not needed any more.
    end();
    box.hidden = true;
  }
}
