/**
 * Gives readers the newest checkpoint of a log that has witnesses, with the cosignatures that they have given.
 *
 * A checkpoint is noted in the high-water file before any witness is sent it, because from then on somebody has seen it.
 * Readers are given it afterwards. So when the process dies in between, readers go on being given the one before, and
 * the next round sends the same checkpoint again: witnesses cosign what they have cosigned before.
 */
import type { Database } from "../database/open.ts";
import type { Logger } from "../foundation/logger.ts";
import type { Witness } from "./ask-witness.ts";
import { assertNotContradicted } from "./contradiction.ts";
import { deleteContradiction, upsertContradiction } from "./contradiction-store.ts";
import { verifyEd25519 } from "./ed25519.ts";
import { getState, replacePublished } from "./log-store.ts";
import { checkSignatures, formatNote, type Note, type NoteSignature, parseNote } from "./note.ts";
import { tileReader } from "./read-tiles.ts";
import { assertNotRewound } from "./rewound.ts";
import type { SiteLog } from "./site-log.ts";
import { witnessMemory } from "./witness-store.ts";
import { askWitnesses } from "./witnesses.ts";

/**
 * Sends the newest checkpoint to the witnesses that have not cosigned it, and publishes it with what there is then.
 * Any node may do it at any time; of two at once the second leaves it at what the first has published.
 * @returns whether all witnesses have cosigned what is published
 * @throws LogRewound when one of them contradicts it: then readers go on being given what they had
 */
export async function publishNewest(
  db: Database,
  siteLog: SiteLog,
  log: Logger,
  signal?: AbortSignal,
): Promise<boolean> {
  const { witnesses } = siteLog;
  const { checkpoint, published } = await getState(db);
  const newest = noteOf(checkpoint);
  const given = noteOf(published);
  const held = given.text === newest.text ? await validCosignatures(given, witnesses) : [];
  const missing = witnesses.filter(
    ({ key }) => !held.some(({ name, id }) => name === key.name && id === key.id),
  );
  if (missing.length === 0 && given.text === newest.text) return true;
  await assertNotRewound(db, siteLog.highWater);
  const gathered = await ask(db, siteLog, checkpoint, missing, log, signal);
  const note = formatNote({ text: newest.text, signatures: [...newest.signatures, ...held, ...gathered] });
  await replacePublished(db, published, note);
  return gathered.length === missing.length;
}

/**
 * Holds the stored log against what its witnesses know, before anything new is signed.
 * @throws LogRewound in words for the operator
 */
export async function askBeforeSigning(
  db: Database,
  siteLog: SiteLog,
  log: Logger,
  signal?: AbortSignal,
): Promise<void> {
  const { checkpoint } = await getState(db);
  await ask(db, siteLog, checkpoint, siteLog.witnesses, log, signal);
}

/** Asks witnesses to cosign, and notes what they say against the log. @throws LogRewound while anything stands */
async function ask(
  db: Database,
  siteLog: SiteLog,
  checkpoint: string,
  witnesses: readonly Witness[],
  log: Logger,
  signal?: AbortSignal,
): Promise<NoteSignature[]> {
  await siteLog.highWater.raise(checkpoint);
  const options = signal ? { signal } : {};
  const asked = await askWitnesses(checkpoint, witnesses, witnessMemory(db), tileReader(db), log, options);
  for (const { witness } of asked.cosigned) await deleteContradiction(db, witness);
  const { size } = await getState(db);
  for (const { witness, ...said } of asked.contradicting) {
    // Another node has grown the log meanwhile, and was faster: what the witness has seen is stored here.
    if (said.found === "witness-ahead" && said.size <= size) continue;
    await upsertContradiction(db, witness, said);
  }
  await assertNotContradicted(db, siteLog);
  return asked.cosigned.map(({ cosignature }) => cosignature);
}

async function validCosignatures(note: Note, witnesses: readonly Witness[]): Promise<NoteSignature[]> {
  const keys = witnesses.map(({ key }) => key);
  const checked = await checkSignatures(note, keys, verifyEd25519);
  const valid = checked.filter((one) => one.valid);
  return note.signatures.filter(({ name, id }) =>
    valid.some(({ key }) => key.name === name && key.id === id),
  );
}

function noteOf(text: string): Note {
  const note = parseNote(text);
  if ("problem" in note) throw new Error("a checkpoint in the database is no signed note");
  return note;
}
