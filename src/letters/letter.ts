/** The words in which a letter is described. The database holds the same lists (migrations/0001_letters.sql). */

export const kinds = ["open-letter", "letter", "joint-statement", "declaration"] as const;
export type Kind = (typeof kinds)[number];

/** The publisher's role in a letter. */
export const publisherRoles = ["author", "co-author", "signatory", "supporter", "affiliate"] as const;
export type PublisherRole = (typeof publisherRoles)[number];

/** archived: recorded from elsewhere. invited: signed here by those invited alone. Neither ever opens. */
export const states = ["archived", "invited", "open", "closed"] as const;
export type State = (typeof states)[number];

/** Whether a letter is, or was, open to all who want to sign it. */
export function everOpens(state: State): boolean {
  return state === "open" || state === "closed";
}

export const addresseeTypes = [
  "government",
  "legislature",
  "regulator",
  "company",
  "public-body",
  "person",
  "public",
] as const;
export type AddresseeType = (typeof addresseeTypes)[number];

export const measureTypes = ["bill", "regulation", "policy", "proposal"] as const;
export type MeasureType = (typeof measureTypes)[number];

export const stances = ["opposes", "supports", "calls-for"] as const;
export type Stance = (typeof stances)[number];

export const signatoryKinds = ["person", "organisation"] as const;
export type SignatoryKind = (typeof signatoryKinds)[number];

export const reportedKinds = ["person", "organisation", "mixed"] as const;
export type ReportedKind = (typeof reportedKinds)[number];

export const qualifiers = ["exactly", "more-than", "about"] as const;
export type Qualifier = (typeof qualifiers)[number];
