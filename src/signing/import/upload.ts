/** A file of signatories on its way in: kept sealed until it is brought in or discarded, for a day at most. */
import type { Database } from "../../database/open.ts";
import { inTransaction } from "../../database/transaction.ts";
import type { Clock } from "../../foundation/clock.ts";
import { newId } from "../../foundation/ids.ts";
import type { Keys } from "../../foundation/keys.ts";
import { isProblem, type Problem, problem } from "../../foundation/problem.ts";
import { parseLine } from "../../foundation/text-field.ts";
import { recordAct, type Somebody } from "../../people/act.ts";
import { type DecodeProblem, decode, type Encoding, isEncoding } from "./decode.ts";
import type { Plan } from "./plan.ts";
import { type Delimiter, isDelimiter, readTable, type Table, type TableProblem } from "./read-table.ts";
import {
  deleteUpload,
  deleteUploadsBefore,
  insertUpload,
  lockUploads,
  selectUpload,
  selectUploads,
  selectUploadsOfLength,
  type UploadRow,
  updateUpload,
} from "./upload-store.ts";

/** The largest file that is taken, in bytes. */
export const fileLimit = 5 * 1024 * 1024;

/** How long a file is kept that nobody brings in, in milliseconds. */
const kept = 86_400_000;

export type FileProblem = DecodeProblem | TableProblem | "too-large";

/** A file that waits, without what is in it. */
export type WaitingUpload = Pick<UploadRow, "id" | "createdAt" | "by" | "fileName">;

export interface Upload extends WaitingUpload {
  readonly letterId: string;
  readonly encoding: Encoding;
  readonly table: Table;
  /** What is done with it; null until it was said. */
  readonly plan: Plan | null;
}

/**
 * Takes a file, if it holds a table. One that waits already, byte by byte, is not taken again.
 * @returns the id under which it waits, and whether it did before
 */
export async function keepUpload(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Somebody,
  letterId: string,
  file: { readonly bytes: Buffer; readonly name: string | null },
): Promise<{ readonly id: string; readonly known: boolean } | Problem<FileProblem>> {
  const read = await readBytes(file.bytes);
  if (isProblem(read)) return read;
  const name = parseLine(file.name ?? "", { urls: true });
  const at = clock();
  const fileName = isProblem(name) ? null : name;
  const text = file.bytes.toString("base64");
  const sealed = keys.seal(text);
  const { encoding, table } = read;
  return inTransaction(db, async (trx) => {
    await lockUploads(trx, letterId);
    const since = new Date(at.getTime() - kept);
    const alike = await selectUploadsOfLength(trx, letterId, sealed.length, since);
    const same = alike.find((one) => keys.open(one.sealed) === text);
    if (same) return { id: same.id, known: true };
    const id = newId();
    const row = { id, letterId, accountId: actor.id, at, fileName, sealed };
    await insertUpload(trx, { ...row, encoding, delimiter: table.delimiter });
    const subject = { id, name: fileName ?? undefined };
    await recordAct(trx, at, {
      actor,
      act: "import.uploaded",
      subject,
      letterId,
      after: { rows: table.rows.length },
    });
    return { id, known: false };
  });
}

/** A letter's file, opened and read; undefined once it is gone. */
export async function findUpload(
  db: Database,
  keys: Keys,
  clock: Clock,
  letterId: string,
  id: string,
): Promise<Upload | undefined> {
  const row = await selectUpload(db, letterId, id);
  if (!row || row.createdAt.getTime() < clock().getTime() - kept) return undefined;
  const { encoding, delimiter, sealed, ...others } = row;
  if (!isEncoding(encoding) || !isDelimiter(delimiter))
    throw new Error(`upload ${id} is read in no known way`);
  const read = await readBytes(Buffer.from(keys.open(sealed), "base64"), encoding, delimiter);
  if (isProblem(read)) throw new Error(`upload ${id} is no table any more: ${read.problem}`);
  return { ...others, ...read };
}

/** A letter's files that wait, the latest first. */
export async function listUploads(db: Database, clock: Clock, letterId: string): Promise<WaitingUpload[]> {
  const oldest = clock().getTime() - kept;
  return (await selectUploads(db, letterId)).filter(({ createdAt }) => createdAt.getTime() >= oldest);
}

/** Reads a file in another way. What its columns mean has to be said anew. */
export async function readUploadAs(
  db: Database,
  keys: Keys,
  letterId: string,
  id: string,
  encoding: Encoding,
  delimiter: Delimiter,
): Promise<"read" | Problem<FileProblem | "upload-unknown">> {
  const row = await selectUpload(db, letterId, id);
  if (!row) return problem("upload-unknown");
  const read = await readBytes(Buffer.from(keys.open(row.sealed), "base64"), encoding, delimiter);
  if (isProblem(read)) return read;
  await updateUpload(db, id, { encoding, delimiter, plan: null });
  return "read";
}

/** Says what is done with a file that was found. */
export function planUpload(db: Database, id: string, plan: Plan): Promise<void> {
  return updateUpload(db, id, { plan });
}

/** Deletes a file that is not to be brought in. */
export async function discardUpload(
  db: Database,
  clock: Clock,
  actor: Somebody,
  letterId: string,
  id: string,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (!(await deleteUpload(trx, letterId, id))) return;
    await recordAct(trx, clock(), { actor, act: "import.discarded", subject: { id }, letterId });
  });
}

/** Deletes files that nobody brought in within a day. */
export function purgeUploads(db: Database, clock: Clock): Promise<number> {
  return deleteUploadsBefore(db, new Date(clock().getTime() - kept));
}

async function readBytes(
  bytes: Buffer,
  encoding?: Encoding,
  delimiter?: Delimiter,
): Promise<{ readonly encoding: Encoding; readonly table: Table } | Problem<FileProblem>> {
  if (bytes.length > fileLimit) return problem("too-large");
  const decoded = decode(bytes, encoding);
  if (isProblem(decoded)) return decoded;
  const table = await readTable(decoded.text, delimiter);
  return isProblem(table) ? table : { encoding: decoded.encoding, table };
}
