/** Pictures for the site's logo: kept in the database by the hash of their bytes, served under it, never changed. */
import { createHash } from "node:crypto";
import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Picture, readPicture } from "../foundation/picture.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import type { SiteImage } from "./site.ts";
import { deleteUnused, insertImage, selectImage, selectImageBytes } from "./site-image-store.ts";

/** The largest file, in bytes, and the longest side, in pixels. */
export const imageLimit = { bytes: 256 * 1024, pixels: 2000 } as const;

/** How long a picture that the site does not use waits for a form that comes back, in milliseconds. */
const patience = 86_400_000;

export type ImageProblem = Problem<"not-a-picture" | "moves" | "too-large" | "too-wide">;

/** What a file is, if it can be a logo. */
export function readImage(bytes: Uint8Array): Picture | ImageProblem {
  if (bytes.length > imageLimit.bytes) return problem("too-large");
  const picture = readPicture(bytes);
  if (isProblem(picture)) return picture;
  return Math.max(picture.width, picture.height) > imageLimit.pixels ? problem("too-wide") : picture;
}

/** Keeps a picture, so that a form can name it; sweeps away older ones that nothing uses. */
export function keepImage(db: Database, clock: Clock, bytes: Uint8Array): Promise<SiteImage | ImageProblem> {
  const picture = readImage(bytes);
  if (isProblem(picture)) return Promise.resolve(picture);
  const hash = createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
  return inTransaction(db, async (trx) => {
    const now = clock();
    await insertImage(trx, { hash, ...picture, bytes: Buffer.from(bytes), added_at: now });
    await deleteUnused(trx, new Date(now.getTime() - patience));
    return { hash, ...picture };
  });
}

/** A picture that is kept, without its bytes. */
export function findImage(db: Queryable, hash: string): Promise<SiteImage | undefined> {
  return selectImage(db, hash);
}

/** The bytes of a picture that is kept, and their media type. */
export function findImageFile(
  db: Queryable,
  hash: string,
): Promise<{ readonly type: SiteImage["type"]; readonly bytes: Buffer } | undefined> {
  return selectImageBytes(db, hash);
}
