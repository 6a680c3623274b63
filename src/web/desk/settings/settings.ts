/** The owner's doors to the site's words and look, and to the preview of both. */
import type { Context } from "hono";
import { parseHex } from "../../../foundation/colour.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { setSite } from "../../../letters/set-site.ts";
import { imageLimit } from "../../../letters/site-image.ts";
import { routes, withQuery } from "../../../routes.ts";
import { sealGreen } from "../../accent.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readFormWithFiles } from "../../forms.ts";
import { badForm, framed, framing, privatePage, redirect } from "../../respond.ts";
import type { FormErrors } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { differences } from "./changed-meanwhile.ts";
import { colourNote } from "./colour-note.ts";
import { keepPictures, seePictures } from "./pictures.ts";
import { preview, readView, type View } from "./preview.ts";
import { readTyped, settingsOf, type Typed, typedOf } from "./settings-form.ts";
import { settingsPage } from "./settings-page.ts";

/** Both pictures, and words in every language. */
const formLimit = 2 * imageLimit.bytes + 512 * 1024;

const readSettingsForm = (c: Context<Env>) => readFormWithFiles(c, formLimit);

/** GET /desk/settings */
export function showSettings(deps: Deps): Handler {
  return (c) => {
    const site = deps.pages.site();
    const view = readView(new URLSearchParams({ "preview-language": c.var.page.language }), site);
    return shown(c, typedOf(site), view, {});
  };
}

function shown(
  c: Context<Env>,
  typed: Typed,
  view: View,
  errors: FormErrors,
  status: 409 | 422 = 422,
): Response {
  const saved = c.req.query("saved") === "yes";
  const changed = status === 409;
  const body = settingsPage(c.var.page, sessionOf(c), { typed, view, errors, saved, changed });
  return framing(privatePage(c, body, Object.keys(errors).length > 0 ? status : 200));
}

/** POST /desk/settings */
export function sendSettings(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const read = await readSettingsForm(c);
    if (isProblem(read)) return badForm(c, read.problem);
    const { pictures, errors: wrongFiles } = await keepPictures(deps, page, read.form, read.files);
    const typed = readTyped(read.form, pictures);
    const { settings, errors } = settingsOf(page, typed);
    const wrong = { ...errors, ...wrongFiles };
    if (Object.keys(wrong).length > 0) return shown(c, typed, readView(read.form, settings), wrong);
    const set = await setSite(deps.db, deps.clock, sessionOf(c).account, settings, typed.edition);
    await deps.pages.refresh();
    if (isProblem(set)) {
      const now = typedOf(deps.pages.site());
      const differing = differences(page, typed, now);
      // What is saved from here on has been seen.
      if (Object.keys(differing).length > 0)
        return shown(c, { ...typed, edition: now.edition }, readView(read.form, settings), differing, 409);
    }
    return redirect(c, withQuery(routes.deskSettings(), { saved: "yes" }));
  };
}

/** GET /desk/settings/preview: the pages as they are. For the frame beside the form. */
export function showPreview(deps: Deps): Handler {
  return async (c) => {
    const site = deps.pages.site();
    const view = readView(new URL(c.req.url).searchParams, site);
    return framed(await preview(deps, site, view));
  };
}

/** POST /desk/settings/preview: the pages as they would be. Changes and keeps nothing. */
export function sendPreview(deps: Deps): Handler {
  return async (c) => {
    const read = await readSettingsForm(c);
    if (isProblem(read)) return badForm(c, read.problem);
    const { pictures, sources } = await seePictures(deps, read.form, read.files);
    const { settings } = settingsOf(c.var.page, readTyped(read.form, pictures));
    return framed(await preview(deps, settings, readView(read.form, settings), sources));
  };
}

/** GET /desk/settings/colour: how a colour is shown, in both modes; a piece of the page, for its script. */
export function showColour(): Handler {
  return (c) => privatePage(c, colourNote(c.var.page, parseHex(c.req.query("accent") ?? "") ?? sealGreen));
}
