/** What a site serves for those who check it, wherever it is read: over the network, or from a mirror's folder. */
import type { Pieces } from "../transparency/openings-file.ts";

export interface SiteFiles {
  /** How it is called in messages: an address without a slash at its end, or a folder. */
  readonly name: string;
  /** Whether it may change while it is read. */
  readonly live: boolean;
  /**
   * Reads a file.
   * @param path below the site's root, such as log/checkpoint
   * @param longest how many bytes are taken at most, more than any valid file has: of a longer one the beginning is
   *   given, which no reader takes for the whole
   * @returns nothing if the site says that there is no such file
   * @throws Unreadable if that cannot be told
   */
  read(path: string, longest: number): Promise<Uint8Array | undefined>;
  /**
   * The same for a file that may be long, and is not held in memory.
   * @returns its bytes as they are read, once and at least in part; nothing also where it is empty
   */
  open(path: string, longest: number): Promise<Pieces | undefined>;
}

/** The source cannot be read. Nothing follows from it for what is in it. The message is for people. */
export class Unreadable extends Error {}
