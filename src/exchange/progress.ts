/** Shows how far the verifier has come, where somebody watches. */

import type { Surroundings } from "../foundation/command.ts";
import type { VerifyOptions } from "../transparency/verify.ts";

/** The options of the verifier by which it shows how far it is. */
export function showProgress(
  progress: Surroundings["progress"],
): Pick<VerifyOptions, "onRead" | "onCompared" | "onListed"> {
  if (!progress) return {};
  return {
    onRead: (entries, size) => progress(`Entries read: ${entries} of ${size}`),
    onListed: (names, of) => progress(`Listed names compared: ${names} of ${of}`),
    onCompared: (letters, of) => progress(`Letters compared: ${letters} of ${of}`),
  };
}
