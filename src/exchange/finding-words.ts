/** What the verifier finds, in words for a terminal. Pure; plain text. */
import type { FindingCode, LogCheckName, ReceiptCheckName } from "../transparency/checks.ts";

/** The values of a finding, ready to be shown. */
export type Shown = (name: string) => string;

/** What each check of a log asks. */
export const logQuestions: Readonly<Record<LogCheckName, string>> = {
  checkpoint: "the log signed its latest checkpoint",
  witnesses: "the witnesses asked for cosigned it",
  consistency: "nothing was changed since the checkpoints seen before",
  root: "the entries are those of the checkpoint",
  tiles: "the tiles of hashes are those of the entries",
  sequence: "every entry is well formed, in its place, with the right count",
  revisions: "every signature is under the text that stood then, and none came after the close",
  removals: "whatever was withdrawn or erased was there, once, and by whom it says",
  openings: "every name shown is the one signed",
  disclosure: "no signature without its name, no name without its signature",
  counts: "every count shown is the log's",
};

/** What each check of a receipt asks. */
export const receiptQuestions: Readonly<Record<ReceiptCheckName, string>> = {
  receipt: "the file is a receipt",
  entry: "its entry is that of a signature",
  checkpoint: "the log signed its checkpoint",
  witnesses: "the witnesses asked for cosigned it",
  inclusion: "the entry is in the tree of that checkpoint",
  manifest: "the text signed is the one in the receipt",
  commitment: "the entry is of this name, affiliation and address",
  owner: "the owner secret is the one that the entry waits for",
};

/** What each finding means. */
export const findingWords: Readonly<Record<FindingCode, (of: Shown) => string>> = {
  "note-invalid": () => "the checkpoint is no signed note",
  "checkpoint-invalid": () => "the signed note is no checkpoint",
  "origin-differs": (of) => `the checkpoint is of another log, ${of("origin")}, not of ${of("name")}`,
  "log-signature-missing": (of) => `it has no signature by the key of ${of("name")}`,
  "log-signature-invalid": (of) =>
    `the signature by ${of("name")} is not of this text: one of the two was changed`,
  "witness-signature-invalid": (of) => `the cosignature of ${of("name")} is not of this text`,
  "quorum-missed": (of) => `${of("count")} of the witnesses asked for cosigned it; ${of("quorum")} had to`,
  "seen-invalid": () => "the log did not sign this, so it proves nothing; the file may be damaged",
  "log-shrank": (of) =>
    `the log had ${of("seen")} entries before, and has ${of("size")} now; an older state is shown, or entries were dropped`,
  "history-rewritten": (of) =>
    `the first ${of("size")} entries are not those that the log signed before: its history was rewritten`,
  "bundle-missing": () => "entries that the checkpoint counts are missing",
  "bundle-invalid": () => "the file is broken: it does not hold the entries that it should",
  "bundle-differs": () => "the entries in this file are not those that the log signed",
  "root-differs": (of) => `the ${of("size")} entries do not add up to the root that the log signed`,
  "tile-missing": () => "a tile that the checkpoint counts is missing",
  "tile-differs": () => "the hashes in this file are not those of the entries",
  "entry-not-json": () => "the entry is no JSON in ASCII",
  "entry-type-unknown": () => "the entry is of no type that is known",
  "entry-key-unknown": (of) => `the entry holds what none may hold: ${of("key")}`,
  "entry-key-missing": () => "the entry lacks a part",
  "entry-value-invalid": (of) => `the entry's ${of("key")} is none`,
  "entry-not-canonical": () => "the entry is not spelled in the one way that is allowed",
  "sequence-gap": (of) =>
    `its number in the letter should be ${of("expected")}: entries were left out or moved`,
  "count-wrong": (of) => `it counts ${of("found")} signatures where there are ${of("expected")}`,
  "revision-not-rising": () => "the number of the revision does not rise",
  "revision-not-latest": () => "it is bound to another text than the one that stood then",
  "after-close": () => "it came after the letter was closed",
  "target-missing": (of) => `there is no signature ${of("target")} to take down`,
  "withdrawn-twice": (of) => `signature ${of("target")} was withdrawn before`,
  "owner-differs": (of) => `the secret revealed is not that of the owner of signature ${of("target")}`,
  "opening-invalid": () => "the openings file, or an opening in it, is broken",
  "opening-differs": () => "the name shown is not the one that was signed",
  "opening-index-differs": () => "the opening points to another entry",
  "opening-twice": () => "the signature is shown twice",
  "opening-of-withdrawn": () => "the signature was withdrawn, and is still shown",
  "opening-of-erased": () => "the name was erased, and is still shown",
  "signature-without-opening": () => "the signature is in the log and counts, but its name is not shown",
  "name-without-entry": () => "a name is shown that is not in the log",
  "names-missing": (of) =>
    `page ${of("page")} of a list of names, to which the one before leads, is not there`,
  "names-repeated": (of) => `page ${of("page")} of a list of names leads back to one of before`,
  "names-endless": (of) =>
    `the lists of names go on beyond ${of("read")} names; the log has ${of("logged")} signatures`,
  "letter-not-shown": () => "the letter has signatures in the log, but the site does not show it",
  "letter-shown-twice": () => "the site shows two pages of this letter",
  "count-differs": (of) => `the page counts ${of("shown")} signatures, the log ${of("logged")}`,
  "shown-ahead": (of) =>
    `the page shows a state (${of("shown")}) that the log (${of("size")}) has not reached`,
  "shown-behind": (of) =>
    `the page goes on showing a state (${of("shown")}) of before the letter's latest entries (${of("logged")} of the log)`,
  "receipt-invalid": (of) => `the file is no receipt, or was changed: ${of("field")}`,
  "receipt-version-unknown": () => "the receipt is of a later version than this program knows",
  "entry-not-signature": () => "the entry is not that of a signature",
  "proof-invalid": () => "the proof is broken",
  "inclusion-fails": (of) => `the proof does not show the entry at ${of("index")} of ${of("size")}`,
  "manifest-missing": () => "the manifest of this revision is missing",
  "manifest-invalid": () => "the manifest is broken, or of another revision",
  "manifest-differs": () => "the text is not the one in the log",
  "text-differs": () => "the text on the page is not the one in the log",
  "text-behind": (of) => `the page goes on showing this text; the log's latest is revision ${of("logged")}`,
  "commitment-differs": () => "the entry is not of this name, affiliation and address",
};
