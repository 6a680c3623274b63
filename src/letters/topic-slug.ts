/** What letters are about, as addresses and facets name it. Pure. */
import { fold } from "../foundation/fold.ts";

/** The longest slug, in characters. */
const longest = 60;

const pieces = /[\p{L}\p{M}\p{N}]+/gu;
const slug = /^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$/u;

/** "Right to repair" → "right-to-repair", "الفضاء العام" → "الفضاء-العام"; empty where there is no letter. */
export function topicSlug(name: string): string {
  const words = (fold(name).match(pieces) ?? []).join("-");
  return Array.from(words).slice(0, longest).join("").replace(/-$/, "");
}

/** Whether a text can be a topic's slug. */
export function isTopicSlug(text: string): boolean {
  return slug.test(text) && text.length <= 2 * longest && text === text.normalize("NFC");
}
