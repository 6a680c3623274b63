/** Two owners have met in the settings: the second sees what is saved now beside what they typed. */
import { type Html, html } from "../../../foundation/html.ts";
import { isLanguage, languageName, languages } from "../../../foundation/i18n.ts";
import type { PageContext } from "../../deps.ts";
import type { FormErrors } from "../field.ts";
import { type Typed, wordLimits } from "./settings-form.ts";

/** The most characters of a saved value that stand beside a field. */
const longest = 300;

/** What stands above a form that met another. */
export function changedMeanwhile({ t }: PageContext): Html {
  return html`<p class="box" role="status">${t.text("settings.changed.text")}</p>`;
}

/** What is saved now, in words. */
export function savedNow({ t }: PageContext, value: string): string {
  if (value === "") return t.text("settings.changed.empty");
  const shown = value.length > longest ? `${value.slice(0, longest).trimEnd()} …` : value;
  return t.text("settings.changed.value", { value: shown });
}

/** What differs, each with its field's name: for the list above the form. */
export function withFields({ t }: PageContext, differing: FormErrors): FormErrors {
  const fields = Object.entries(differing).map(([name, saved]) => {
    const [language, word] = name.split("-");
    const field = isLanguage(language)
      ? `${t.text(`settings.${word}` as "settings.name")} (${languageName(language)})`
      : t.text(`settings.${name}` as "settings.name");
    return [name, t.text("settings.changed.field", { field, saved })];
  });
  return Object.fromEntries(fields);
}

/** Where what was typed differs from what is saved: for each field what is saved. Nothing where both say the same. */
export function differences(page: PageContext, typed: Typed, saved: Typed): FormErrors {
  const { t } = page;
  const found: Record<string, string> = {};
  const offered = (of: Typed) => [of.first, ...of.languages.filter((language) => language !== of.first)];
  if (offered(typed).join() !== offered(saved).join())
    found.first = savedNow(page, t.list(offered(saved).map(languageName)));
  if (typed.contact !== saved.contact) found.contact = savedNow(page, saved.contact);
  for (const language of languages)
    for (const name of Object.keys(wordLimits) as (keyof typeof wordLimits)[]) {
      const is = saved.words[language][name];
      if (typed.words[language][name].trim() !== is) found[`${language}-${name}`] = savedNow(page, is);
    }
  if (typed.accent.toLowerCase() !== saved.accent) found.accent = savedNow(page, saved.accent);
  const hash = (of: Typed, name: "logo" | "logo-dark") => of.pictures[name]?.hash;
  if (hash(typed, "logo") !== hash(saved, "logo") || typed.named !== saved.named)
    found.logo = t.text("settings.changed.logo");
  if (hash(typed, "logo-dark") !== hash(saved, "logo-dark"))
    found["logo-dark"] = t.text("settings.changed.logo");
  return found;
}
