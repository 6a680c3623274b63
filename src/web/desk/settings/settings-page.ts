import { parseHex } from "../../../foundation/colour.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import { directionOf, type Language, languageName, languages } from "../../../foundation/i18n.ts";
import { imageLimit } from "../../../letters/site-image.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import { sealGreen } from "../../accent.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { errorList, type FormErrors, field, select } from "../field.ts";
import { changedMeanwhile, withFields } from "./changed-meanwhile.ts";
import { colourNote } from "./colour-note.ts";
import { checkbox, line, pictureField, text } from "./fields.ts";
import { previewPages, type View } from "./preview.ts";
import type { PictureField, Typed } from "./settings-form.ts";
import { settingsLayout } from "./settings-layout.ts";

export interface SettingsState {
  readonly typed: Typed;
  /** What the preview shows. */
  readonly view: View;
  readonly errors: FormErrors;
  readonly saved: boolean;
  /** Somebody else has saved meanwhile: the errors say what. */
  readonly changed: boolean;
}

/** The site's words and look, and beside them the pages as readers would see them. */
export function settingsPage(page: PageContext, session: Session, state: SettingsState): Html {
  const { t } = page;
  const { errors, saved, changed, view, typed } = state;
  const shown = { "preview-page": view.show, "preview-language": view.language, "preview-mode": view.mode };
  const source = withQuery(routes.deskSettingsPreview(), { lang: page.language, ...shown });
  return settingsLayout(page, session, {
    tab: "look",
    wrong: Object.keys(errors).length > 0,
    lead: html`${changed && changedMeanwhile(page)}${errorList(page, changed ? withFields(page, errors) : errors)}${saved && html`<p class="box" role="status">${t.text("own.saved")}</p>`}`,
    main: html`<div class="beside">
<form id="settings" class="fields" action="${page.link(routes.deskSettings())}" method="post" enctype="multipart/form-data" novalidate data-preview="${page.link(routes.deskSettingsPreview())}" data-colour="${page.link(routes.deskSettingsColour())}">
<input type="hidden" name="edition" value="${typed.edition}">
${languageFields(page, state)}
${contactField(page, state)}
<h2 class="h">${t.text("settings.words.title")}</h2>
<p>${t.text("settings.words.text")}</p>
${languages.map((language) => wordFields(page, state, language))}
${accentField(page, state)}
<h2 class="h">${t.text("settings.logo.title")}</h2>
<p>${t.text("settings.logo.text", { size: imageLimit.bytes / 1024, pixels: imageLimit.pixels })}</p>
${picture(page, state, "logo")}
${picture(page, state, "logo-dark")}
${checkbox({ name: "logo-named", label: t.text("settings.logo.named"), hint: t.text("settings.logo.named.hint"), checked: state.typed.named })}
<p class="row mid"><button class="btn">${t.text("desk.save")}</button></p>
</form>
<section class="preview" aria-labelledby="preview-title">
<h2 class="h" id="preview-title">${t.text("settings.preview.title")}</h2>
${viewFields(page, state)}
<iframe name="preview" title="${t.text("settings.preview.title")}" src="${source}" sandbox="allow-same-origin"></iframe>
</section>
</div>`,
  });
}

function languageFields({ t }: PageContext, { typed, errors }: SettingsState): Html {
  const name = (language: Language) => ({ value: language, label: languageName(language), language });
  return html`<fieldset><legend>${t.text("settings.languages")}</legend><span class="hint">${t.text("settings.languages.hint")}</span>
${languages.map((value) =>
  checkbox({
    name: `language-${value}`,
    label: html`<span lang="${value}" dir="${directionOf(value)}">${languageName(value)}</span>`,
    checked: typed.languages.includes(value),
  }),
)}</fieldset>
${select({ name: "first", label: t.text("settings.first"), choices: languages.map(name), chosen: typed.first, hint: t.text("settings.first.hint"), error: errors.first })}`;
}

/** Where people write to the publisher. */
function contactField({ t }: PageContext, { typed, errors }: SettingsState): Html {
  return field({
    name: "contact",
    label: t.text("settings.contact"),
    hint: t.text("settings.contact.hint"),
    value: typed.contact,
    type: "email",
    error: errors.contact,
  });
}

/** The words in one language; opened where there are any, or something is wrong. */
function wordFields({ t }: PageContext, { typed, errors }: SettingsState, language: Language): Html {
  const words = typed.words[language];
  const key = (name: string) => `${language}-${name}`;
  const wrong = Object.keys(errors).some((name) => name.startsWith(`${language}-`));
  const open = wrong || language === typed.first || Object.values(words).some((word) => word !== "");
  const optional = language === typed.first ? "" : t.text("settings.words.optional");
  const of = (name: keyof typeof words) => ({
    name: key(name),
    value: words[name],
    language,
    label: t.text(`settings.${name}`),
    error: errors[key(name)],
  });
  return html`<details class="words"${raw(open ? " open" : "")}><summary><span lang="${language}" dir="${directionOf(language)}">${languageName(language)}</span></summary>
<div class="fields">
${optional && html`<p class="hint">${optional}</p>`}
${line({ ...of("name"), hint: t.text("settings.name.hint") })}
${line({ ...of("heading"), hint: t.text("settings.heading.hint", { heading: t.text("site.heading") }) })}
${line({ ...of("tagline"), hint: t.text("settings.tagline.hint") })}
${text({ ...of("privacy"), hint: t.text("settings.privacy.hint"), rows: 5 })}
</div></details>
`;
}

function accentField(page: PageContext, { typed, errors }: SettingsState): Html {
  const { t } = page;
  const chosen = parseHex(typed.accent) ?? sealGreen;
  return html`<h2 class="h">${t.text("settings.accent")}</h2>
<div${errors.accent && raw(' class="has-err"')}><label for="accent">${t.text("settings.accent.label")}</label>
<span class="hint" id="accent-hint">${t.text("settings.accent.hint")}</span>${errors.accent && html`<span class="err" id="accent-err">${icon("no")} ${errors.accent}</span>`}
<input class="colour" id="accent" name="accent" type="color" value="${chosen}" aria-describedby="accent-hint${errors.accent && " accent-err"}"></div>
<div class="swatches" data-colour-note aria-live="polite">${colourNote(page, chosen)}</div>`;
}

function picture(page: PageContext, { typed, errors }: SettingsState, name: PictureField): Html {
  const { t } = page;
  return pictureField(page, {
    name,
    label: t.text(`settings.${name}`),
    hint: t.text(`settings.${name}.hint`),
    picture: typed.pictures[name],
    error: errors[name],
  });
}

/** What the preview shows. The fields and the button belong to the form; the frame takes the answer. */
function viewFields(page: PageContext, { view, typed }: SettingsState): Html {
  const { t } = page;
  const pages = previewPages.map((value) => ({ value, label: t.text(`settings.preview.${value}`) }));
  const spoken = (typed.languages.length > 0 ? typed.languages : languages).map((value) => ({
    value,
    label: languageName(value),
    language: value,
  }));
  const modes = (["light", "dark"] as const).map((value) => ({
    value,
    label: t.text(`settings.preview.${value}`),
  }));
  const inForm = (control: Html) =>
    raw(control.toString().replace(/<(select|input)/g, '<$1 form="settings"'));
  return html`<div class="view">${inForm(select({ name: "preview-page", label: t.text("settings.preview.page"), choices: pages, chosen: view.show }))}
${inForm(select({ name: "preview-language", label: t.text("settings.preview.language"), choices: spoken, chosen: view.language }))}
${inForm(select({ name: "preview-mode", label: t.text("settings.preview.mode"), choices: modes, chosen: view.mode }))}
<button class="btn line" form="settings" formaction="${page.link(routes.deskSettingsPreview())}" formtarget="preview" data-preview-now>${t.text("settings.preview.button")}</button></div>
<p class="hint">${t.text("settings.preview.hint")}</p>`;
}
