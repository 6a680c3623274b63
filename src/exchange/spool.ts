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

/** The place for temporary files fails; no fault of what was to be kept. The message is for the operator. */
export class SpoolFailed extends Error {}

/** @throws SpoolFailed, as its `take` does */
export function openSpool(): Spool {
  const file = keeping(() => {
    const path = join(tmpdir(), `undersigned-${newId()}`);
    const opened = openSync(path, "wx+", 0o600);
    unlinkSync(path);
    return opened;
  });
  let length = 0;
  return {
    take(piece) {
      keeping(() => writeFileSync(file, piece));
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

function keeping<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new SpoolFailed(
      `no temporary file can be kept in ${tmpdir()} (${(error as Error).message}); make room there, or set TMPDIR to another folder`,
    );
  }
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
