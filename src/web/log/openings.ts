/** GET /letters/:slug/openings.json */
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeOpenings } from "../../archive/openings.ts";
import { newId } from "../../foundation/ids.ts";
import { findLetterBySlug } from "../../letters/find-letter.ts";
import { routes } from "../../routes.ts";
import { findSignableLetter } from "../../signing/find-letter.ts";
import type { Deps, Handler } from "../deps.ts";
import { openData, openHeaders } from "../headers.ts";
import { movedData, noSuchData, plainText } from "../respond.ts";
import { turns } from "../turns.ts";

/** Lists up to this length are kept in memory like pages; longer ones go through a file. */
const keptAtMost = 2_000;

/** How many long lists are made at a time. */
const makers = 2;

/** How many bytes of a file are read at a time. */
const pieceLength = 65_536;

/** What anybody needs to compute the commitments in the log from the names on a letter's list. */
export function sendOpenings(deps: Deps): Handler {
  const longList = longLists(deps);
  return async (c) => {
    const slug = c.req.param("slug")!;
    const found = await findLetterBySlug(deps.db, slug);
    if (!found) return noSuchData();
    if ("movedTo" in found) return movedData(routes.openings(found.movedTo));
    const letter = (await findSignableLetter(deps.db, slug, c.var.page.language))!;
    const busy = () =>
      plainText("Names are being removed just now. Please ask again in a moment.\n", 503, {
        "Retry-After": "1",
      });
    if (letter.people + letter.organisations > keptAtMost) {
      const headers = openHeaders("application/json; charset=utf-8");
      // Whoever asks for the head alone would leave the file unread, and open.
      if (c.req.method === "HEAD") return new Response(null, { headers });
      const file = await longList(letter.id);
      return file ? new Response(file, { headers }) : busy();
    }
    const options = {
      key: routes.openings(slug),
      type: "application/json; charset=utf-8",
      headers: openData,
    };
    const answer = await deps.pages.answer(c, options, async () => {
      const pieces: string[] = [];
      const written = await writeOpenings(deps.db, letter.id, (piece) => void pieces.push(piece));
      return written ? { body: pieces.join(""), letterId: letter.id } : undefined;
    });
    return answer ?? busy();
  };
}

/** Gives long lists. A letter's is made once at a time: whoever asks meanwhile reads the same file. */
function longLists(deps: Deps) {
  const take = turns(makers);
  const underway = new Map<string, { readers: number; readonly made: Promise<FileHandle | undefined> }>();
  const making = (letterId: string) => {
    const made = take(() => throughFile(deps, letterId)).finally(() => underway.delete(letterId));
    const list = { readers: 0, made };
    underway.set(letterId, list);
    return list;
  };
  return async (letterId: string): Promise<ReadableStream | undefined> => {
    const list = underway.get(letterId) ?? making(letterId);
    list.readers++;
    const file = await list.made;
    return file && streamOf(file, async () => void (--list.readers === 0 && (await file.close())));
  };
}

/** Written to a file without a name first, so that a slow reader holds no connection of the database. */
async function throughFile(deps: Deps, letterId: string): Promise<FileHandle | undefined> {
  const path = join(tmpdir(), `undersigned-openings-${newId()}`);
  const file = await open(path, "wx+", 0o600);
  await unlink(path);
  // writeFile() goes on until all of a piece is written, or throws: a write() that a full disk cuts short says nothing.
  const written = await writeOpenings(deps.db, letterId, (piece) => file.writeFile(piece)).catch(
    async (error: unknown) => {
      await file.close();
      throw error;
    },
  );
  if (written) return file;
  await file.close();
  return undefined;
}

/** A file from its beginning, for one of several readers. @param done is called once, however the reading ends */
function streamOf(file: FileHandle, done: () => Promise<void>): ReadableStream {
  let position = 0;
  let ended = false;
  const end = async () => {
    if (ended) return;
    ended = true;
    await done();
  };
  return new ReadableStream({
    async pull(controller) {
      const read = await file
        .read({ buffer: Buffer.allocUnsafe(pieceLength), position })
        .catch((error) => error);
      if (ended) return;
      if (read instanceof Error || read.bytesRead === 0) {
        await end();
        return read instanceof Error ? controller.error(read) : controller.close();
      }
      controller.enqueue(read.buffer.subarray(0, read.bytesRead));
      position += read.bytesRead;
    },
    cancel: end,
  });
}
