/**
 * Reads a log from its first entry to a given size, bundle by bundle: hashes it, compares served tiles, meets the
 * checkpoints seen before on the way, and hands each entry to its letter. What is kept is the tree's right edge and
 * the letters' histories, however long the log is. It can go on where it stopped when the log has grown.
 */
import { problem } from "../foundation/problem.ts";
import { equalBytes } from "./bytes.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { LogCheckName, Report } from "./checks.ts";
import { type Edge, edgeRoot, emptyEdge, grow } from "./growth.ts";
import { parseEntry } from "./leaf.ts";
import { LetterHistory } from "./letter-history.ts";
import { readAhead } from "./read-ahead.ts";
import { hashLength, type Sha256 } from "./sha256.ts";
import { decodeBundle, levelLength, type Tile, tileAt, tilePath, tileWidth } from "./tiles.ts";
import { leafHash } from "./tree.ts";

/** Where the log's files are read. Each function gives nothing for what is not there, and throws if it cannot tell. */
export interface LogFiles {
  readonly bundle: (tile: Tile) => Promise<Uint8Array | undefined>;
  /** Tiles of hashes, where they are to be checked too. */
  readonly tile?: ((tile: Tile) => Promise<Uint8Array | undefined>) | undefined;
}

/** Bundles on their way at once. */
const depth = 8;

export class LogReading {
  /** The letters met so far, by their ids. */
  readonly letters = new Map<string, LetterHistory>();
  readonly #sha256: Sha256;
  readonly #files: LogFiles;
  readonly #checks: Report<LogCheckName>;
  #edge: Edge = emptyEdge;
  /** Tiles that are not what the entries make them. */
  #differing: Tile[] = [];
  /** Checkpoints seen before that the entries contradict. */
  #contradicted: Checkpoint[] = [];

  constructor(sha256: Sha256, files: LogFiles, checks: Report<LogCheckName>) {
    this.#sha256 = sha256;
    this.#files = files;
    this.#checks = checks;
  }

  /** A letter by its id; one that was not met yet has an empty history, which goes on when it is met. */
  historyOf(id: string): LetterHistory {
    const known = this.letters.get(id);
    if (known) return known;
    const letter = new LetterHistory();
    this.letters.set(id, letter);
    return letter;
  }

  /** How many entries were read. */
  get size(): number {
    return this.#edge.size;
  }

  /**
   * Reads up to a checkpoint's size and compares the root.
   * @param seen checkpoints seen before, of sizes from this.size to the checkpoint's; their roots are compared too
   * @param onRead called after each bundle with the number of entries read
   * @returns false if a bundle could not be read, so that nothing can be said of what follows
   */
  async readTo(
    checkpoint: Checkpoint,
    seen: readonly Checkpoint[] = [],
    onRead?: (size: number) => void,
  ): Promise<boolean> {
    this.#differing = [];
    this.#contradicted = [];
    for (const earlier of seen) if (earlier.size === this.size) this.#compareSeen(earlier, this.#edge);
    for await (const [tile, { bundle, hashes }] of readAhead(
      this.#bundlesTo(checkpoint.size),
      depth,
      (tile) => this.#read(tile),
    )) {
      const entries = bundle && decodeBundle(bundle, tile.width);
      if (!entries || "problem" in entries) {
        const code = entries ? entries.problem : "bundle-missing";
        this.#checks.report("root", problem(code, { path: tilePath(tile) }));
        return false;
      }
      await this.#add(tile, entries, hashes, seen);
      onRead?.(this.size);
    }
    await this.#finish(checkpoint, seen.length > 0);
    return true;
  }

  *#bundlesTo(size: number): Generator<Tile> {
    if (size === this.size) return;
    for (let index = Math.floor(this.size / tileWidth); index * tileWidth < size; index++)
      yield tileAt("entries", index, size)!;
  }

  async #read(tile: Tile) {
    const [bundle, hashes] = await Promise.all([
      this.#files.bundle(tile),
      this.#files.tile?.({ ...tile, level: 0 }),
    ]);
    return { bundle, hashes };
  }

  /** Adds a bundle, whose beginning may have been read before. */
  async #add(
    tile: Tile,
    entries: readonly Uint8Array[],
    hashes: Uint8Array | undefined,
    seen: readonly Checkpoint[],
  ): Promise<void> {
    const start = tile.index * tileWidth;
    const known = this.size - start;
    const leaves = new Uint8Array(entries.length * hashLength);
    for (let at = 0; at < entries.length; at++)
      leaves.set(leafHash(this.#sha256, entries[at]!), at * hashLength);
    if (!equalBytes(leaves.subarray(0, known * hashLength), this.#edge.levels[0] ?? new Uint8Array(0)))
      this.#checks.report("root", problem("bundle-differs", { path: tilePath(tile) }));
    this.#compareTile({ ...tile, level: 0 }, leaves, hashes);
    for (let at = known; at < entries.length; at++) this.#addEntry(entries[at]!, start + at);
    const added = leaves.subarray(known * hashLength);
    for (const earlier of seen)
      if (earlier.size > this.size && earlier.size <= start + entries.length)
        this.#compareSeen(
          earlier,
          grow(this.#sha256, this.#edge, added.subarray(0, (earlier.size - this.size) * hashLength)).edge,
        );
    const grown = grow(this.#sha256, this.#edge, added);
    for (const { tile, bytes } of grown.tiles)
      if (tile.level > 0 && tile.width === tileWidth)
        this.#compareTile(tile, bytes, await this.#files.tile?.(tile));
    this.#edge = grown.edge;
  }

  #addEntry(bytes: Uint8Array, index: number): void {
    const entry = parseEntry(bytes);
    if ("problem" in entry) {
      this.#checks.report("sequence", problem(entry.problem, { ...entry.detail, index }));
      return;
    }
    this.historyOf(entry.l).add(this.#sha256, entry, index, (check, finding) =>
      this.#checks.report(check, finding),
    );
  }

  #compareSeen(earlier: Checkpoint, edge: Edge): void {
    if (!equalBytes(edgeRoot(this.#sha256, edge), earlier.root)) this.#contradicted.push(earlier);
  }

  #compareTile(tile: Tile, expected: Uint8Array, served: Uint8Array | undefined): void {
    if (!this.#files.tile) return;
    if (!served) this.#checks.report("tiles", problem("tile-missing", { path: tilePath(tile) }));
    else if (!equalBytes(expected, served)) this.#differing.push(tile);
  }

  /** Compares the partial tiles and the root, and says which side of a difference is at fault. */
  async #finish(checkpoint: Checkpoint, compared: boolean): Promise<void> {
    for (let level = 1; this.#files.tile && levelLength(level, this.size) > 0; level++) {
      const tile = tileAt(level, Math.floor(levelLength(level, this.size) / tileWidth), this.size);
      if (tile) this.#compareTile(tile, this.#edge.levels[level]!, await this.#files.tile(tile));
    }
    const whole = equalBytes(edgeRoot(this.#sha256, this.#edge), checkpoint.root);
    if (!whole) this.#checks.report("root", problem("root-differs", { size: checkpoint.size }));
    // Entries that are not those of this checkpoint say nothing of another one.
    if (whole && compared) {
      this.#checks.ran("consistency");
      for (const { size } of this.#contradicted)
        this.#checks.report("consistency", problem("history-rewritten", { size }));
    }
    for (const tile of this.#differing) {
      // With the right root the entries are right, and the tile is wrong; otherwise the bundle under it is.
      if (!whole && tile.level === 0)
        this.#checks.report(
          "root",
          problem("bundle-differs", { path: tilePath({ ...tile, level: "entries" }) }),
        );
      else this.#checks.report("tiles", problem("tile-differs", { path: tilePath(tile) }));
    }
  }
}
