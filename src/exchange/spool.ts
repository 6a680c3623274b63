/**
 * Long files, piece by piece. What comes over a network waits in a file without a name until all of it is there: so it is
 * not held in memory, can be asked for anew when it breaks off, and keeps no connection open while its reader computes.
 */
import { closeSync, openSync, readSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "../foundation/ids.ts";

export interface Spool {
  readonly take: (piece: Uint8Array) => void;
  /** All that was taken, to be read once; nothing if that is nothing. */
  readonly pieces: () => Iterable<Uint8Array> | undefined;
  /** Forgets what was taken, where it is not read. */
  readonly close: () => void;
}

export function openSpool(): Spool {
  const path = join(tmpdir(), `undersigned-${newId()}`);
  const file = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  let length = 0;
  return {
    take(piece) {
      writeFileSync(file, piece);
      length += piece.length;
    },
    pieces() {
      if (length > 0) return readPieces(file, length);
      closeSync(file);
      return undefined;
    },
    close: () => closeSync(file),
  };
}

const pieceLength = 65_536;

/** Reads an open file from its beginning, and closes it at the end, or when its reader wants no more. */
export function* readPieces(file: number, longest: number): Generator<Uint8Array> {
  try {
    for (let at = 0; at < longest; ) {
      const bytes = new Uint8Array(Math.min(pieceLength, longest - at));
      const read = readSync(file, bytes, 0, bytes.length, at);
      if (read === 0) return;
      yield bytes.subarray(0, read);
      at += read;
    }
  } finally {
    closeSync(file);
  }
}
