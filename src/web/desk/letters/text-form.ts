/** The form in which a letter is written: what was typed, as it was typed. */
import type { DraftDocument } from "../../../drafting/document.ts";
import { placeCodes, placeName } from "../../../foundation/places.ts";
import { measureTypes } from "../../../letters/letter.ts";

/** What is said of a letter besides its text; stands beside the original. */
export interface TypedFacts {
  readonly kind: string;
  readonly role: string;
  readonly date: string;
  readonly addressees: readonly { readonly name: string; readonly type: string }[];
  /** One a line. */
  readonly initiators: string;
  /** Those of the list that are ticked. */
  readonly topics: readonly string[];
  /** Others, with commas between them. */
  readonly otherTopics: string;
  /** Names or codes. */
  readonly places: readonly string[];
  readonly measure: string;
  readonly measureType: string;
  readonly stance: string;
}

export interface TypedText {
  /** The edition that the writer began from. */
  readonly edition: number;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  /** A translation is said to be up to date with this original (its hash); empty where nothing is said. */
  readonly confirmed: string;
  /** Undefined beside a translation. */
  readonly facts?: TypedFacts;
}

/** Reads what was sent, all of it as strings. @param original whether it is the original's form */
export function readTypedText(form: URLSearchParams, original: boolean): TypedText {
  const text = (name: string) => clean(form.get(name) ?? "");
  const all = (name: string) => form.getAll(name).map(clean);
  const types = form.getAll("addressee-type[]");
  return {
    edition: Number.parseInt(form.get("edition") ?? "", 10) || 0,
    title: oneLine(text("title")),
    summary: oneLine(text("summary")),
    body: text("body"),
    confirmed: form.get("confirmed") ?? "",
    ...(original && {
      facts: {
        kind: text("kind"),
        role: text("role"),
        date: text("date").trim(),
        addressees: all("addressee[]").map((name, index) => ({
          name: oneLine(name),
          type: types[index] ?? "",
        })),
        initiators: text("initiators"),
        topics: all("topic[]"),
        otherTopics: text("topics"),
        places: all("place[]").map(oneLine),
        measure: oneLine(text("measure")),
        measureType: text("measure-type"),
        stance: text("stance"),
      },
    }),
  };
}

/** What the form shows of a document. @param reader the language in which places are named */
export function typedText(
  document: DraftDocument,
  edition: number,
  language: string,
  reader: string,
): TypedText {
  const { title = "", summary = "", body = "" } = document.texts[language] ?? {};
  return {
    edition,
    title,
    summary,
    body,
    confirmed: "",
    ...(language === document.language && {
      facts: {
        kind: document.kind,
        role: document.publisherRole ?? "",
        date: document.date,
        addressees: document.addressees,
        initiators: document.initiators.join("\n"),
        topics: document.topics,
        otherTopics: "",
        places: document.places.map((code) => (placeCodes.includes(code) ? placeName(code, reader) : code)),
        measure: document.measure?.name ?? "",
        measureType: document.measure?.type ?? measureTypes[0],
        stance: document.stance ?? "",
      },
    }),
  };
}

/** With line feeds, and without characters that no text needs and no database keeps. */
function clean(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ");
}
