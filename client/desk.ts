/** All scripts of the desk. Only passkeys need them; all else does without. */
import { focusErrorSummary } from "./error-summary.ts";
import { proposeOwnZone } from "./own-zone.ts";
import { offerPassages } from "./passage.ts";
import { preparePasskeys } from "./passkeys.ts";
import { prepareReviewKeys } from "./review-keys.ts";
import { sendOnce } from "./send-once.ts";
import { renewPreview } from "./settings-preview.ts";
import { prepareWriting } from "./writing/writing.ts";

focusErrorSummary();
sendOnce();
preparePasskeys();
offerPassages();
prepareReviewKeys();
renewPreview();
prepareWriting();
proposeOwnZone();
