/** What the history holds as codes, in the words of whoever reads it. */
import { type Html, html } from "../../foundation/html.ts";
import { isLanguage, isolated, languageName } from "../../foundation/i18n.ts";
import { placeName } from "../../foundation/places.ts";
import type { Facts } from "../../people/act.ts";
import { isRole } from "../../people/roles.ts";
import type { PageContext } from "../deps.ts";
import { onDay, whenExactly } from "../when.ts";
import { whyNot } from "./publishing/plan-part.ts";

/** An instant, as acts hold it. */
const anInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Facts whose values have messages of their own: the key of a value. */
const messages: Readonly<Record<string, (value: string) => string>> = {
  by: (value) => `history.by.${value}`,
  evidence: (value) => `evidence.${value}`,
  refusal: (value) => `refusal.${value}`,
};

/** One value. @param name of the fact, such as "role" */
export function factWords(page: PageContext, name: string, fact: Facts[string] | undefined): Html {
  const { t } = page;
  if (typeof fact === "boolean") return html`${t.text(`history.value.${fact}`)}`;
  if (typeof fact === "number") return html`${t.number(fact)}`;
  const text = String(fact ?? "") || "–";
  if (anInstant.test(text)) return whenExactly(page, new Date(text));
  if (name === "role" && isRole(text)) return isolated(t.text(`desk.role.${text}`));
  if (name === "language" && isLanguage(text)) return isolated(languageName(text));
  if (name === "condition") return conditionWords(page, text);
  if (name === "why") return sentences(page, text);
  if (name === "changed") return isolated(t.list(text.split(", ").map((one) => partWords(page, one))));
  if (name === "languages")
    return isolated(t.list(text.split(", ").map((one) => (isLanguage(one) ? languageName(one) : one))));
  const key = messages[name]?.(text);
  return isolated(key !== undefined && t.has(key) ? t.text(key) : text);
}

/** Why a letter could not be published, as drafting/publish-schedule.ts writes it down: "title, slug-taken". */
function sentences(page: PageContext, text: string): Html {
  const codes = text.split(", ");
  return html`${codes.map((code, index) => html`${index > 0 && " "}${isolated(whyNot(page, code))}`)}`;
}

/** A part of a public letter that was corrected in place. */
function partWords({ t }: PageContext, name: string): string {
  const key = `correction.fact.${name}`;
  return t.has(key) ? t.text(key) : name;
}

/** Which signatures a decision was about, as signing/decide.ts writes it down: "kind: person; domain; country: FR". */
function conditionWords(page: PageContext, text: string): Html {
  const { t } = page;
  const pieces = text.split("; ").map((piece): Html => {
    const [name = "", value = ""] = piece.split(": ");
    if (name === "domain") return html`${t.text("review.domain")}`;
    if (name === "country") return isolated(placeName(value, page.language));
    if (name === "before")
      return html`${t.text("history.label", { label: t.text("review.before") })} ${onDay(page, value)}`;
    const key = `review.${name}.${value}`;
    return isolated(t.has(key) ? t.text(key) : piece);
  });
  return html`${pieces.map((piece, index) => html`${index > 0 && " · "}${piece}`)}`;
}
