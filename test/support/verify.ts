/** The page that checks, as tests use it. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { type Language, type MessageKey, translator } from "../../src/foundation/i18n.ts";
import type { Receipt } from "../../src/transparency/receipt.ts";

/** A line of a result. */
export interface SeenStep {
  readonly title: string;
  readonly text: string;
  readonly mark: "ok" | "no" | "wait";
}

/** What the page shows of a result. */
export interface Seen {
  readonly verdict: string;
  readonly facts: string;
  readonly steps: readonly SeenStep[];
  /** All of it. */
  readonly text: string;
}

/** Waits for a result and reads it. */
export async function seenResult(page: Page): Promise<Seen> {
  await page.locator("#result .verdict").waitFor();
  await page.waitForLoadState("load");
  return page.evaluate<Seen>(reading);
}

/** Runs in the page. */
const reading = `(() => {
  const section = document.querySelector("#result");
  const words = (element) => (element?.textContent ?? "").replaceAll(/\\s+/g, " ").trim();
  const steps = Array.from(section.querySelectorAll(".steps > li"), (step) => ({
    title: words(step.querySelector("h3")),
    text: words(step.querySelector("h3 + div")),
    mark: (step.querySelector("use")?.getAttribute("href") ?? "").slice(3),
  }));
  const facts = words(section.querySelector(".facts"));
  return { verdict: words(section.querySelector(".verdict")), facts, steps, text: words(section) };
})()`;

/** The titles of the steps that failed. */
export function failedSteps({ steps }: Seen): string[] {
  return steps.filter(({ mark }) => mark === "no").map(({ title }) => title);
}

export const says = (language: Language, key: MessageKey) => translator(language).text(key);

/** Chooses a file and presses the button. */
export async function giveReceipt(page: Page, text: string, name = "receipt.json"): Promise<void> {
  const file = { name, mimeType: "application/json", buffer: Buffer.from(text) };
  await page.locator("#receipt").setInputFiles(file);
  await page.locator("form[data-check=receipt] button").click();
}

/** One character of a text of base64 changed into another, at its beginning. */
export function turned(text: string): string {
  return (text.startsWith("A") ? "B" : "A") + text.slice(1);
}

export interface BadReceipt {
  readonly name: string;
  readonly change: (text: string) => string;
  /** The checks that must fail, all of them. */
  readonly fails: readonly string[];
}

function edit(text: string, change: (file: Receipt & { proof: string[] }) => object): string {
  const file = JSON.parse(text) as Receipt & { proof: string[] };
  return JSON.stringify({ ...file, ...change(file) });
}

/** The lines of a receipt's proof with one changed; `find` says which, counted from the end when negative. */
function line(proof: readonly string[], at: number, change: (line: string) => string): string[] {
  assert.ok(proof.at(at));
  return proof.with(at, change(proof.at(at)!));
}

/** Everything that can be wrong with a receipt, one thing each, and what must be named for it. */
export const badReceipts: readonly BadReceipt[] = [
  {
    name: "a bit of the entry",
    change: (text) =>
      edit(text, ({ entry }) => ({ entry: entry.replace(/(?<="c":")./, (one) => turned(one)) })),
    fails: ["inclusion", "commitment", "place"],
  },
  {
    name: "a hash of the proof",
    change: (text) => edit(text, ({ proof }) => ({ proof: line(proof, 2, turned) })),
    fails: ["inclusion"],
  },
  {
    name: "the index",
    change: (text) => edit(text, ({ proof }) => ({ proof: line(proof, 1, () => "index 0") })),
    fails: ["inclusion", "place"],
  },
  {
    name: "the checkpoint's root",
    change: (text) => edit(text, ({ proof }) => ({ proof: line(proof, proof.indexOf("") + 3, turned) })),
    fails: ["checkpoint", "inclusion"],
  },
  {
    name: "the signature",
    change: (text) =>
      edit(text, ({ proof }) => ({
        proof: line(proof, -1, (one) =>
          one.replace(/.{4}==?$/, (end) => (end.startsWith("A") ? "B" : "A") + end.slice(1)),
        ),
      })),
    fails: ["checkpoint"],
  },
  {
    name: "another key's signature",
    change: (text) =>
      edit(text, ({ proof }) => ({
        proof: line(proof, -1, (one) => one.replace(/(?<= )[A-Za-z0-9+/]{5}(?=[A-Za-z0-9+/=]+$)/, turned)),
      })),
    fails: ["checkpoint"],
  },
  {
    name: "the manifest",
    change: (text) =>
      edit(text, ({ manifest }) => ({
        manifest: manifest!.replace(/(?<="title":")./, (one) => turned(one)),
      })),
    fails: ["manifest"],
  },
  {
    name: "the name",
    change: (text) => edit(text, (file) => ({ private: { ...file.private!, name: "Somebody Else" } })),
    fails: ["commitment"],
  },
  {
    name: "the address",
    change: (text) => edit(text, (file) => ({ private: { ...file.private!, email: "else@example.org" } })),
    fails: ["commitment"],
  },
  {
    name: "the master secret",
    change: (text) =>
      edit(text, (file) => ({ private: { ...file.private!, master: turned(file.private!.master) } })),
    fails: ["commitment"],
  },
  {
    name: "the owner secret",
    change: (text) =>
      edit(text, (file) => ({ private: { ...file.private!, owner: turned(file.private!.owner!) } })),
    fails: ["owner"],
  },
  { name: "a file cut off", change: (text) => text.slice(0, -200), fails: ["receipt"] },
  {
    name: "a later version",
    change: (text) => edit(text, () => ({ version: 2 })),
    fails: ["receipt"],
  },
];
