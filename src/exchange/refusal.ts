/** Why a mirror does not take what is served, in words for a terminal. */
import type { Trust } from "../transparency/checkpoint.ts";
import { verifyEd25519 } from "../transparency/ed25519.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { verifyLog } from "../transparency/verify.ts";
import { logQuestions } from "./finding-words.ts";
import { compareStates, evidenceOf, type SignedState } from "./kept-state.ts";
import { logSource } from "./log-source.ts";
import { evidenceFolder, type MirrorFolder } from "./mirror-folder.ts";
import { describeChecks, line } from "./verify-report.ts";

/** Compares what is served with what is kept; of a conflict the evidence is kept. Nothing if it goes on from there. */
export async function refuse(
  mirror: MirrorFolder,
  kept: SignedState,
  served: SignedState,
): Promise<string[] | undefined> {
  const comparison = await compareStates(kept, served);
  if (comparison.result === "conflict") {
    const { folder, files, words } = await evidenceOf(kept, served, comparison);
    for (const [name, content] of files) await mirror.keepEvidence(`${folder}/${name}`, content);
    return [
      line("failed", "consistency", "the history of this log was rewritten").text,
      "",
      ...words,
      "",
      `The mirror is as it was. Both signed checkpoints are in ${evidenceFolder}/${folder}: show them to others.`,
    ];
  }
  const sizes = { kept: kept.checkpoint.size, served: served.checkpoint.size };
  if (sizes.served >= sizes.kept) return undefined;
  if (comparison.result === "unclear") return damagesOf(kept, { log: served.key, witnesses: [], quorum: 0 });
  const words = `${sizes.kept} entries are kept here, ${sizes.served} are served: an older state, nothing in it rewritten`;
  return [line("failed", "consistency", words).text, "", "The mirror is as it was."];
}

/** What is wrong with the mirror's own files, so that no site is blamed for it; empty if nothing is. */
export async function damagesOf({ site, note }: SignedState, trust: Trust): Promise<string[]> {
  const source = { ...logSource(site), checkpoint: async () => note };
  const { checks } = await verifyLog(nodeSha256, verifyEd25519, source, {
    trust: { ...trust, witnesses: [], quorum: 0 },
  });
  const failed = checks.filter(({ outcome }) => outcome === "failed");
  const damaged = failed.filter(({ name }) => name === "root" || name === "tiles");
  if (damaged.length === 0) return [];
  const names = { letter: () => undefined, seen: () => undefined };
  return [
    `The files kept in ${site.name} are damaged. Nothing is said about the site.`,
    "",
    ...describeChecks(damaged, logQuestions, names).map(({ text }) => text),
    "",
    `Delete ${site.name}/log/tile and run this again: it is fetched anew, and held to the checkpoints kept here.`,
  ];
}
