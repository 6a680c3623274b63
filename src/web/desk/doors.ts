/** Which handler answers which route of the desk. Who may come in stands in access.ts. */
import type { Deps, Handler } from "../deps.ts";
import type { access } from "./access.ts";
import { sendAccount, sendSessionEnd, sendSessionsEnd, showAccount } from "./account.ts";
import { sendCirculation, sendCirculationEnter, showCirculation } from "./circulation/circulation.ts";
import { sendComment, sendNewComment, showComments, showNewComment } from "./circulation/comments.ts";
import { sendInviteeErase, showInviteeErase } from "./circulation/erase.ts";
import { sendFollow } from "./circulation/follow.ts";
import { sendCondition, sendInvitee, sendInvitees } from "./circulation/invitees.ts";
import { sendConfirm, showConfirm } from "./confirm.ts";
import {
  sendEvidenceCheck,
  sendEvidenceRemove,
  sendEvidenceVouch,
  showSignatureEvidence,
} from "./evidence/evidence.ts";
import { showMissingEvidence } from "./evidence/missing.ts";
import { showHistory } from "./history.ts";
import { showHome } from "./home.ts";
import { sendInvitation, showInvitation } from "./invitation.ts";
import { sendInvite, showInvite } from "./invite.ts";
import { sendCopy, sendDiscard, sendTakeUp } from "./letters/discard.ts";
import { showLetterHistory } from "./letters/history.ts";
import { sendLanguages } from "./letters/languages.ts";
import { showLetters } from "./letters/letters.ts";
import { showOverview, showOverviewCsv } from "./letters/overview.ts";
import { sendRevisions, sendVersion, showCompare, showRevisions } from "./letters/revisions.ts";
import { showDraftPreview, showLetterPreview } from "./letters/show-preview.ts";
import { sendStart, showStart } from "./letters/start.ts";
import { sendText, sendTextSet, showText } from "./letters/text.ts";
import { showLog } from "./log.ts";
import { sendNewsStop, showNewsStop } from "./news-stop.ts";
import {
  sendOwnAddress,
  sendOwnAddressAgain,
  sendOwnAddressLink,
  showOwnAddress,
  showOwnAddressLink,
} from "./own-address.ts";
import { sendPasskey, sendPasskeyChallenge } from "./passkey.ts";
import {
  sendNewPasskey,
  sendPasskeyName,
  sendPasskeyOffer,
  sendPasskeyRemove,
  showPasskeys,
} from "./passkeys.ts";
import {
  sendInvitationWithdraw,
  sendPersonRemove,
  sendPersonRole,
  showPeople,
  showPerson,
  showPersonRemove,
} from "./people.ts";
import { sendAddress, sendClose, sendClosing, sendCorrect, sendReported } from "./publishing/public.ts";
import {
  sendEmbargoLink,
  sendEmbargoRevoke,
  sendPublishing,
  sendScheduleCancel,
  showPublishing,
} from "./publishing/publishing.ts";
import { sendReviewAll, showReviewAll } from "./review/all.ts";
import { sendDecisionUndo, showDecisions } from "./review/decisions.ts";
import { sendReview, showReview } from "./review/queue.ts";
import { showSearch } from "./search/search.ts";
import { sendRetention, showRetention } from "./settings/retention.ts";
import { sendPreview, sendSettings, showColour, showPreview, showSettings } from "./settings/settings.ts";
import { sendWatchList, showWatchList } from "./settings/watch-list.ts";
import { sendLink, sendSignIn, sendSignOut, showLink, showSignIn, showSignInSent } from "./sign-in.ts";
import { sendImport, sendImportRows, showImportCheck } from "./signatures/import-check.ts";
import {
  sendImportDiscard,
  sendImportPlan,
  sendImportRead,
  showImportPlan,
} from "./signatures/import-plan.ts";
import { sendImportFile, sendImportTakeBack, showImport, showImports } from "./signatures/imports.ts";
import { sendModeration, showModeration } from "./signatures/moderation.ts";
import { sendSignOn } from "./signatures/sign-ons.ts";
import { sendSignature, showSignature, showSignatures } from "./signatures/signatures.ts";

/** What makes each door of the desk. */
export const doors: Readonly<Record<keyof typeof access, (deps: Deps) => Handler>> = {
  "GET deskSignIn": showSignIn,
  "POST deskSignIn": sendSignIn,
  "GET deskSignInSent": showSignInSent,
  "GET deskLink": showLink,
  "POST deskLink": sendLink,
  "POST deskPasskeyChallenge": sendPasskeyChallenge,
  "POST deskPasskey": sendPasskey,
  "GET deskInvitation": showInvitation,
  "POST deskInvitation": sendInvitation,
  "GET deskConfirm": showConfirm,
  "POST deskConfirm": sendConfirm,
  "POST deskSignOut": sendSignOut,

  "GET desk": showHome,
  "GET deskHistory": showHistory,
  "GET deskLog": showLog,

  "GET deskSearch": showSearch,
  "GET deskLetters": showLetters,
  "GET deskStart": showStart,
  "POST deskStart": sendStart,
  "GET deskLetter": showOverview,
  "GET deskLetterCsv": showOverviewCsv,
  "GET deskLetterHistory": showLetterHistory,
  "GET deskText": showText,
  "POST deskText": sendText,
  "POST deskTextSet": sendTextSet,
  "POST deskLanguages": sendLanguages,
  "GET deskPreview": showLetterPreview,
  "GET deskRevisions": showRevisions,
  "POST deskRevisions": sendRevisions,
  "GET deskDraftPreview": showDraftPreview,
  "GET deskCompare": showCompare,
  "POST deskVersion": sendVersion,
  "POST deskCopy": sendCopy,
  "POST deskDiscard": sendDiscard,
  "POST deskTakeUp": sendTakeUp,

  "GET deskImports": showImports,
  "POST deskImports": sendImportFile,
  "GET deskImportFile": showImportPlan,
  "POST deskImportFile": sendImportPlan,
  "POST deskImportRead": sendImportRead,
  "GET deskImportCheck": showImportCheck,
  "POST deskImportCheck": sendImport,
  "GET deskImportRows": sendImportRows,
  "POST deskImportDiscard": sendImportDiscard,
  "GET deskImport": showImport,
  "POST deskImportTakeBack": sendImportTakeBack,

  "GET deskPublishing": showPublishing,
  "POST deskPublishing": sendPublishing,
  "POST deskScheduleCancel": sendScheduleCancel,
  "POST deskReported": sendReported,
  "POST deskEmbargoLinks": sendEmbargoLink,
  "POST deskEmbargoRevoke": sendEmbargoRevoke,
  "POST deskClosing": sendClosing,
  "POST deskClose": sendClose,
  "POST deskCorrect": sendCorrect,
  "POST deskAddress": sendAddress,

  "GET deskReview": showReview,
  "POST deskReview": sendReview,
  "GET deskReviewAll": showReviewAll,
  "POST deskReviewAll": sendReviewAll,
  "GET deskDecisions": showDecisions,
  "POST deskDecisionUndo": sendDecisionUndo,
  "GET deskSignatures": showSignatures,
  "GET deskSignature": showSignature,
  "POST deskSignature": sendSignature,
  "POST deskSignOn": sendSignOn,
  "GET deskModeration": showModeration,
  "POST deskModeration": sendModeration,

  "GET deskEvidence": showMissingEvidence,
  "GET deskSignatureEvidence": showSignatureEvidence,
  "POST deskEvidenceCheck": sendEvidenceCheck,
  "POST deskEvidenceVouch": sendEvidenceVouch,
  "POST deskEvidenceRemove": sendEvidenceRemove,

  "GET deskCirculation": showCirculation,
  "POST deskCirculation": sendCirculation,
  "POST deskCirculationEnter": sendCirculationEnter,
  "POST deskInvitees": sendInvitees,
  "POST deskInvitee": sendInvitee,
  "GET deskInviteeErase": showInviteeErase,
  "POST deskInviteeErase": sendInviteeErase,
  "POST deskCondition": sendCondition,
  "POST deskFollow": sendFollow,
  "GET deskComments": showComments,
  "GET deskNewComment": showNewComment,
  "POST deskNewComment": sendNewComment,
  "POST deskComment": sendComment,

  "GET deskAccount": showAccount,
  "POST deskAccount": sendAccount,
  "GET deskOwnAddress": showOwnAddress,
  "POST deskOwnAddress": sendOwnAddress,
  "POST deskOwnAddressAgain": sendOwnAddressAgain,
  "GET deskOwnAddressLink": showOwnAddressLink,
  "POST deskOwnAddressLink": sendOwnAddressLink,
  "POST deskSessionEnd": sendSessionEnd,
  "POST deskSessionsEnd": sendSessionsEnd,
  "GET deskPasskeys": showPasskeys,
  "POST deskPasskeys": sendNewPasskey,
  "POST deskNewPasskey": sendPasskeyOffer,
  "POST deskPasskeyName": sendPasskeyName,
  "POST deskPasskeyRemove": sendPasskeyRemove,

  "GET deskNewsStop": showNewsStop,
  "POST deskNewsStop": sendNewsStop,

  "GET deskPeople": showPeople,
  "GET deskInvite": showInvite,
  "POST deskInvite": sendInvite,
  "POST deskInvitationWithdraw": sendInvitationWithdraw,
  "GET deskPerson": showPerson,
  "POST deskPersonRole": sendPersonRole,
  "GET deskPersonRemove": showPersonRemove,
  "POST deskPersonRemove": sendPersonRemove,

  "GET deskSettings": showSettings,
  "POST deskSettings": sendSettings,
  "GET deskSettingsPreview": showPreview,
  "POST deskSettingsPreview": sendPreview,
  "GET deskSettingsColour": showColour,
  "GET deskRetention": showRetention,
  "POST deskRetention": sendRetention,
  "GET deskWatchList": showWatchList,
  "POST deskWatchList": sendWatchList,
};
