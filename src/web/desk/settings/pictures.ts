/** The pictures of the settings form: those that are there, and those that come along as files. */
import { isProblem } from "../../../foundation/problem.ts";
import {
  findImage,
  type ImageProblem,
  imageLimit,
  keepImage,
  readImage,
} from "../../../letters/site-image.ts";
import type { Deps, PageContext } from "../../deps.ts";
import type { FormErrors } from "../field.ts";
import { type PictureField, type Pictures, pictureFields } from "./settings-form.ts";

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * The pictures that a form means, and what is wrong with its files. A good file is kept at once: a form that comes back
 * for another reason still has it, by its hash.
 */
export async function keepPictures(
  deps: Deps,
  page: PageContext,
  form: URLSearchParams,
  files: Files,
): Promise<{ readonly pictures: Pictures; readonly errors: FormErrors }> {
  const errors: Record<string, string> = {};
  const pictures = await eachPicture(async (field) => {
    const sent = files.get(field);
    if (sent) {
      const kept = await keepImage(deps.db, deps.clock, sent);
      if (!isProblem(kept)) return kept;
      errors[field] = pictureError(page, kept);
    }
    return known(deps, form, field);
  });
  return { pictures, errors };
}

/** The same for a preview, which keeps nothing: a new picture goes into the page itself, as a data URL (RFC 2397). */
export async function seePictures(
  deps: Deps,
  form: URLSearchParams,
  files: Files,
): Promise<{ readonly pictures: Pictures; readonly sources: ReadonlyMap<string, string> }> {
  const sources = new Map<string, string>();
  const pictures = await eachPicture(async (field) => {
    const sent = files.get(field);
    const read = sent && readImage(sent);
    if (!read || isProblem(read)) return known(deps, form, field);
    sources.set(field, `data:${read.type};base64,${Buffer.from(sent).toString("base64")}`);
    return { ...read, hash: field };
  });
  return { pictures, sources };
}

/** The picture that the form brought back by its hash, unless it is to go. */
async function known(deps: Deps, form: URLSearchParams, field: PictureField) {
  const hash = form.get(`${field}-kept`);
  if (!hash || form.get(`${field}-none`) === "yes") return null;
  return (await findImage(deps.db, hash)) ?? null;
}

async function eachPicture(
  find: (field: PictureField) => Promise<Pictures[PictureField]>,
): Promise<Pictures> {
  const [logo, dark] = [await find(pictureFields[0]), await find(pictureFields[1])];
  return { logo, "logo-dark": dark };
}

function pictureError({ t }: PageContext, { problem }: ImageProblem): string {
  return t.text(`settings.error.${problem}`, {
    size: imageLimit.bytes / 1024,
    pixels: imageLimit.pixels,
  });
}
