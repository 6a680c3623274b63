/**
 * What a preview showed, sealed into its form: so that the decision touches this and no more, whatever else comes with
 * the form, and whatever was held in between.
 */
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { Keys } from "../../../foundation/keys.ts";
import type { QueueFilter } from "./filter.ts";

const shown = z.object({
  for: z.literal("review"),
  letter: z.string(),
  condition: z.record(z.string(), z.string()),
  until: z.string(),
  count: z.number(),
});

/** Until when it was counted, and how many there were. */
export type Shown = Pick<z.infer<typeof shown>, "until" | "count">;

export function sealShown(keys: Keys, filter: QueueFilter, { until, count }: Shown): string {
  const kept = { for: "review", ...described(filter), until, count };
  return keys.seal(JSON.stringify(kept)).toString("base64url");
}

/** What was shown; nothing if the seal is broken, or belongs to the preview of something else. */
export function openShown(keys: Keys, filter: QueueFilter, sealed: string): Shown | undefined {
  try {
    const kept = shown.parse(JSON.parse(keys.open(Buffer.from(sealed, "base64url"))));
    const { letter, condition } = kept;
    return isDeepStrictEqual({ letter, condition }, described(filter)) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Through JSON, since what is not said is left out there. */
function described({ letter, condition }: QueueFilter): {
  letter: string;
  condition: Record<string, string>;
} {
  return JSON.parse(JSON.stringify({ letter, condition }));
}
