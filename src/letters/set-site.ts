import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { type Actor, type Facts, recordAct } from "../people/act.ts";
import { type Logo, type SiteSettings, type SiteWords, siteEdition, wordsIn } from "./site.ts";
import { lockSite, updateSite } from "./site-store.ts";

/**
 * Sets what the owner says of the site, as a whole; every page is renewed. Each kind of change is an act of its own.
 * @param settings with a name in the first language, and pictures that are kept (site-image.ts)
 * @param seen what the owner began from (siteEdition); where something else is saved by now, nothing is
 * @returns whether that changed anything
 */
export function setSite(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  settings: SiteSettings,
  seen?: string,
): Promise<boolean | Problem<"changed-meanwhile">> {
  return inTransaction(db, async (trx) => {
    const before = await lockSite(trx);
    if (!before) throw new Error("there is no site to set");
    if (seen !== undefined && seen !== siteEdition(before)) return problem("changed-meanwhile");
    const changes = changesOf(before, settings);
    if (changes.length === 0) return false;
    await updateSite(trx, settings);
    await record(trx, clock(), actor, changes, wordsIn(settings, settings.languages[0]!).name);
    return true;
  });
}

interface Change {
  readonly act: string;
  readonly before: Facts;
  readonly after: Facts;
}

/** What differs, each as an act. Of long words only is said that they changed: the history holds no whole text. */
function changesOf(before: SiteSettings, after: SiteSettings): Change[] {
  const changes: Change[] = [];
  const changed = (act: string, was: Facts, is: Facts) => {
    if (JSON.stringify(was) !== JSON.stringify(is)) changes.push({ act, before: was, after: is });
  };
  changed("site.languages", languageFacts(before), languageFacts(after));
  changed("site.colour", { colour: before.accent }, { colour: after.accent });
  changed("site.logo", logoFacts(before.logo), logoFacts(after.logo));
  changed("site.contact", { contact: before.contact }, { contact: after.contact });
  const spoken = new Set([...Object.keys(before.words), ...Object.keys(after.words)]) as Set<
    keyof SiteSettings["words"]
  >;
  for (const language of spoken) {
    const [was, is] = [wordFacts(before.words[language]), wordFacts(after.words[language])];
    changed("site.words", { language, ...differing(was, is) }, { language, ...differing(is, was) });
    if ((before.words[language]?.privacy ?? "") !== (after.words[language]?.privacy ?? "")) {
      const length = (settings: SiteSettings) => settings.words[language]?.privacy.length ?? 0;
      changes.push({
        act: "site.privacy",
        before: { language, characters: length(before) },
        after: { language, characters: length(after) },
      });
    }
  }
  return changes;
}

const languageFacts = ({ languages }: SiteSettings): Facts => ({ languages: languages.join(", ") });

const logoFacts = (logo: Logo | null): Facts => ({
  logo: logo?.image.hash ?? null,
  "logo-dark": logo?.dark?.hash ?? null,
  "logo-named": logo?.named ?? false,
});

const wordFacts = (words: SiteWords | undefined): Facts => ({
  name: words?.name || null,
  heading: words?.heading || null,
  tagline: words?.tagline || null,
});

function differing(facts: Facts, others: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name, value]) => value !== others[name]));
}

async function record(
  trx: Transaction,
  now: Date,
  actor: Exclude<Actor, string>,
  changes: readonly Change[],
  name: string,
): Promise<void> {
  for (const change of changes)
    await recordAct(trx, now, { actor, subject: { id: "site", name }, ...change });
}
