/** What letters are about, as addresses and facets name it. Pure. */
import { fold } from "../foundation/fold.ts";

/** The longest slug, in characters. */
const longest = 60;
/** The longest name, in characters. */
export const longestTopicName = 100;

const pieces = /[\p{L}\p{M}\p{N}]+/gu;
/** What a slug leaves out and still tells one topic from another: that of "C++", or of "C#". */
const signs = /[\p{S}#@%*]/gu;
const slug = /^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$/u;

/** "Right to repair" → "right-to-repair", "الفضاء العام" → "الفضاء-العام"; empty where there is no letter. */
export function topicSlug(name: string): string {
  return Array.from(wordsOf(name)).slice(0, longest).join("").replace(/-$/, "");
}

/** Whether two names of one slug are of one topic: "AI" and "ai" are, "C++" and "C#" are not. */
export function isSameTopic(one: string, other: string): boolean {
  const signsOf = (name: string) => (fold(name).match(signs) ?? []).join("");
  return wordsOf(one) === wordsOf(other) && signsOf(one) === signsOf(other);
}

function wordsOf(name: string): string {
  return (fold(name).match(pieces) ?? []).join("-");
}

/** Whether a text can be a topic's slug. */
export function isTopicSlug(text: string): boolean {
  return slug.test(text) && text.length <= 2 * longest && text === text.normalize("NFC");
}
