/**
 * The same checks for readers whose browser runs no scripts: by the same code, over the site's own tables. Whoever
 * reads the result has to trust the server, and the page says so. A whole letter costs reading the whole log, so one is
 * checked at a time, the result is kept for a while, and a long log is left to those who check for themselves.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { findLetter } from "../../archive/letter.ts";
import { writeOpenings } from "../../archive/openings.ts";
import {
  listSignatories,
  type Names,
  namesForMachines,
  type Signatory,
  signatoriesOf,
} from "../../archive/signatories.ts";
import { findLetterBySlug } from "../../letters/find-letter.ts";
import type { SignatoryKind } from "../../letters/letter.ts";
import { findManifest } from "../../letters/log-text.ts";
import { findSignableLetter } from "../../signing/find-letter.ts";
import { encodeUtf8 } from "../../transparency/bytes.ts";
import { type CheckedReceipt, checkReceipt } from "../../transparency/check-receipt.ts";
import type { Trust } from "../../transparency/checkpoint.ts";
import { checkCosigners } from "../../transparency/cosigners.ts";
import { verifyEd25519 } from "../../transparency/ed25519.ts";
import { logLetterId } from "../../transparency/letter-id.ts";
import { serialiseManifest } from "../../transparency/manifest.ts";
import { findTile } from "../../transparency/read-tiles.ts";
import { nodeSha256 } from "../../transparency/sha256-node.ts";
import { readShownLetter } from "../../transparency/shown-letter.ts";
import type { NamesPage } from "../../transparency/shown-names.ts";
import { readShownText } from "../../transparency/shown-text.ts";
import type { Tile } from "../../transparency/tiles.ts";
import { verifyLog } from "../../transparency/verify.ts";
import type { Deps } from "../deps.ts";
import { turns } from "../turns.ts";
import type { AskedWitnesses } from "./asked.ts";
import type { CheckedLetter } from "./letter-result.ts";

/** How many entries of the log the server reads for one reader; half a second's work for each hundred thousand. */
export const mostEntries = 100_000;
/** How many checks may wait for their turn. */
const mostWaiting = 8;
/** How long a letter's result is kept, in milliseconds; the log's growth ends it sooner. */
const kept = 60_000;

export interface ServerChecks {
  /** @param asked the witnesses that the reader asks for */
  receipt(text: string, asked?: AskedWitnesses): Promise<CheckedReceipt | "busy">;
  letter(
    slug: string,
    language: string,
    asked?: AskedWitnesses,
  ): Promise<CheckedLetter | "letter-unknown" | "busy" | "long">;
}

/** A page of names as the verifier takes it; where it leads is told by kind and place. */
function namesPage(kind: SignatoryKind, { names, next }: Names<Signatory>): NamesPage {
  const shown = names.map(({ entry, name, affiliation }) => ({
    index: entry,
    name,
    affiliation: affiliation ?? "",
  }));
  return { names: shown, ...(next !== undefined && { next: `${kind} ${next}` }) };
}

/** The checks of a node. */
export function serverChecks(deps: Deps): ServerChecks {
  const { db, siteLog } = deps;
  const trust: Trust = { log: siteLog.key, witnesses: siteLog.witnesses.map(({ key }) => key), quorum: 0 };
  const take = turns(1);
  const letters = new LRUCache<string, Promise<CheckedLetter | "busy">>({
    max: 100,
    ttl: kept,
    // The site's own clock, asked each time.
    perf: { now: () => deps.clock().getTime() },
    ttlResolution: 0,
  });
  let waiting = 0;
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result | "busy"> => {
    if (waiting >= mostWaiting) return "busy";
    waiting++;
    return take(work).finally(() => waiting--);
  };
  const tile = async (one: Tile) => {
    // Other requests come between two tiles.
    await sleep(0);
    return findTile(db, one);
  };
  const log = { checkpoint: async () => (await siteLog.published()).note, bundle: tile, tile };

  /** Reads the log whole and compares one letter. */
  async function readLetter(id: string, slug: string, language: string): Promise<CheckedLetter> {
    const logId = logLetterId(id);
    const shown = () => findSignableLetter(db, slug, language);
    const files = {
      async page() {
        const [letter, page] = [await shown(), await findLetter(db, slug, language)];
        if (!letter || !page) return undefined;
        const { organisations, people } = await signatoriesOf(db, page);
        const lists = [namesPage("organisation", organisations), namesPage("person", people)];
        return { count: letter.people + letter.organisations, text: readShownText(page), lists };
      },
      async names(next: string) {
        const [kind, before] = next.split(" ") as [SignatoryKind, string];
        // Other requests come between two pages.
        await sleep(0);
        return namesPage(kind, await listSignatories(db, id, kind, Number(before), namesForMachines));
      },
      async openings() {
        const pieces: Uint8Array[] = [];
        const written = await writeOpenings(db, id, (piece) => void pieces.push(encodeUtf8(piece)));
        return written ? pieces : undefined;
      },
      async manifest(revision: number) {
        const manifest = await findManifest(db, id, revision);
        return manifest && serialiseManifest(manifest);
      },
    };
    const find = (_: string, size: number) => readShownLetter(logId, files, size);
    const source = { ...log, letters: { all: async () => [logId], find } };
    const verification = await verifyLog(nodeSha256, verifyEd25519, source, { trust, only: [logId] });
    const { cosigners } = await checkCosigners(verification.note, trust, verifyEd25519);
    return { id: logId, slug, title: (await shown())!.title, verification, cosigners, when: deps.clock() };
  }

  /** The same for all who ask within a while. */
  async function keptLetter(slug: string, language: string): ReturnType<ServerChecks["letter"]> {
    const found = await findLetterBySlug(db, slug);
    if (!found) return "letter-unknown";
    if ("movedTo" in found) return keptLetter(found.movedTo, language);
    const { size } = (await siteLog.published()).checkpoint;
    if (size > mostEntries) return "long";
    const key = `${size} ${found.id} ${language}`;
    const under = letters.get(key);
    if (under) return under;
    const reading = inTurn(() => readLetter(found.id, slug, language));
    letters.set(key, reading);
    // Kept is a result only: "busy" and what broke are told to all who wait for it, and tried again by the next.
    const forget = () => letters.delete(key);
    void reading.then((checked) => checked === "busy" && forget(), forget);
    return reading;
  }

  return {
    receipt: (text, asked) =>
      inTurn(() =>
        checkReceipt(nodeSha256, verifyEd25519, text, { ...trust, ...asked }, log, { most: mostEntries }),
      ),
    async letter(slug, language, asked) {
      const letter = await keptLetter(slug, language);
      if (typeof letter === "string" || !asked) return letter;
      // All else is the same whoever is asked for.
      const { check, cosigners } = await checkCosigners(
        letter.verification.note,
        { ...trust, ...asked },
        verifyEd25519,
      );
      const checks = letter.verification.checks.map((one) => (one.name === "witnesses" ? check : one));
      return { ...letter, cosigners, verification: { ...letter.verification, checks } };
    },
  };
}
