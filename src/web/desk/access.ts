/**
 * Who may do what at the desk: every route of it, once. The router takes its doors from here, and the tests walk them as
 * every role and as nobody. A route that is not here does not exist.
 */
import type { Role } from "../../people/roles.ts";
import { roles } from "../../people/roles.ts";
import type { patterns } from "../../routes.ts";

/** "anyone", signed in or not; or who has one of some roles. */
export interface Access {
  readonly for: "anyone" | readonly Role[];
  /** A sensitive act: asks again who it is, unless that was shown within the last minutes. */
  readonly fresh?: true;
  /** Its form holds what took long to write: whoever is not signed in any more is given it back, to send it again. */
  readonly keeps?: true;
}

type DeskRoute = Extract<keyof typeof patterns, "desk" | `desk${string}`>;
export type DoorName = `${"GET" | "POST"} ${DeskRoute}`;

const anyone: Access = { for: "anyone" };
const everybody: Access = { for: roles };
const everybodyAgain: Access = { for: roles, fresh: true };
const staff: Access = { for: ["owner", "editor", "moderator"] };
const moderators: Access = { for: ["owner", "moderator"] };
const editors: Access = { for: ["owner", "editor"] };
/** Editors, at a form that takes long to write. */
const writers: Access = { ...editors, keeps: true };
const owners: Access = { for: ["owner"] };
const ownersAgain: Access = { for: ["owner"], fresh: true };

export const access = {
  // Signing in
  "GET deskSignIn": anyone,
  "POST deskSignIn": anyone,
  "GET deskSignInSent": anyone,
  "GET deskLink": anyone,
  "POST deskLink": anyone,
  "POST deskPasskeyChallenge": anyone,
  "POST deskPasskey": anyone,
  "GET deskInvitation": anyone,
  "POST deskInvitation": anyone,
  "GET deskConfirm": everybody,
  "POST deskConfirm": everybody,
  "POST deskSignOut": everybody,

  "GET desk": everybody,
  "GET deskHistory": staff,
  "GET deskLog": owners,

  // Letters
  "GET deskSearch": staff,
  "GET deskLetters": staff,
  "GET deskStart": editors,
  "POST deskStart": editors,
  "GET deskLetter": staff,
  "GET deskLetterCsv": staff,
  "GET deskLetterHistory": staff,
  "GET deskText": editors,
  "POST deskText": writers,
  "POST deskTextSet": editors,
  "POST deskLanguages": editors,
  "GET deskPreview": editors,
  "GET deskRevisions": editors,
  "POST deskRevisions": editors,
  "GET deskDraftPreview": editors,
  "GET deskCompare": editors,
  "POST deskVersion": editors,
  "POST deskCopy": editors,
  "POST deskDiscard": editors,
  "POST deskTakeUp": editors,

  // Signatories gathered elsewhere
  "GET deskImports": moderators,
  "POST deskImports": moderators,
  "GET deskImportFile": moderators,
  "POST deskImportFile": moderators,
  "POST deskImportRead": moderators,
  "GET deskImportCheck": moderators,
  "POST deskImportCheck": moderators,
  // It holds addresses.
  "GET deskImportRows": { for: ["owner", "moderator"], fresh: true },
  "POST deskImportDiscard": moderators,
  "GET deskImport": moderators,
  "POST deskImportTakeBack": moderators,

  // Publishing
  "GET deskPublishing": editors,
  "POST deskPublishing": editors,
  "POST deskScheduleCancel": editors,
  "POST deskReported": writers,
  "POST deskEmbargoLinks": editors,
  "POST deskEmbargoRevoke": editors,
  "POST deskClosing": editors,
  "POST deskClose": editors,
  "POST deskCorrect": writers,
  "POST deskAddress": editors,

  // Signatures
  "GET deskReview": moderators,
  "POST deskReview": moderators,
  "GET deskReviewAll": moderators,
  "POST deskReviewAll": moderators,
  "GET deskDecisions": moderators,
  "POST deskDecisionUndo": moderators,
  "GET deskSignatures": moderators,
  "GET deskSignature": moderators,
  "POST deskSignature": moderators,
  "POST deskSignOn": moderators,
  "GET deskModeration": moderators,
  "POST deskModeration": moderators,

  // Evidence
  "GET deskEvidence": moderators,
  "GET deskSignatureEvidence": moderators,
  "POST deskEvidenceCheck": moderators,
  "POST deskEvidenceVouch": moderators,
  "POST deskEvidenceRemove": moderators,

  // Circulation: editors look after it, partners come in by it
  "GET deskCirculation": { for: ["owner", "editor", "partner"] },
  "POST deskCirculation": writers,
  "POST deskCirculationEnter": { for: ["partner"] },
  "POST deskInvitees": writers,
  "POST deskInvitee": editors,
  "GET deskInviteeErase": editors,
  "POST deskInviteeErase": editors,
  "POST deskCondition": writers,
  "POST deskFollow": editors,
  "GET deskComments": editors,
  "GET deskNewComment": editors,
  "POST deskNewComment": writers,
  "POST deskComment": writers,

  // My account
  "GET deskAccount": everybody,
  "POST deskAccount": everybody,
  "GET deskOwnAddress": everybodyAgain,
  "POST deskOwnAddress": everybodyAgain,
  "POST deskOwnAddressAgain": everybody,
  "GET deskOwnAddressLink": everybody,
  "POST deskOwnAddressLink": everybody,
  "POST deskSessionEnd": everybody,
  "POST deskSessionsEnd": everybody,
  "GET deskPasskeys": everybodyAgain,
  "POST deskPasskeys": everybodyAgain,
  "POST deskNewPasskey": everybodyAgain,
  "POST deskPasskeyName": everybodyAgain,
  "POST deskPasskeyRemove": everybodyAgain,

  // By the link of a mail, also for its program
  "GET deskNewsStop": anyone,
  "POST deskNewsStop": anyone,

  // People
  "GET deskPeople": owners,
  "GET deskInvite": ownersAgain,
  "POST deskInvite": ownersAgain,
  "POST deskInvitationWithdraw": owners,
  "GET deskPerson": owners,
  "POST deskPersonRole": ownersAgain,
  "GET deskPersonRemove": ownersAgain,
  "POST deskPersonRemove": ownersAgain,

  // The site. Words and look can be put back as they were, and are long to type: they ask for nothing again.
  "GET deskSettings": owners,
  "POST deskSettings": { ...owners, keeps: true },
  "GET deskSettingsPreview": owners,
  "POST deskSettingsPreview": owners,
  "GET deskSettingsColour": owners,
  "GET deskRetention": ownersAgain,
  "POST deskRetention": ownersAgain,
  "GET deskWatchList": owners,
  "POST deskWatchList": { ...owners, keeps: true },
} as const satisfies Partial<Record<DoorName, Access>>;
