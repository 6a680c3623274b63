/** All scripts of the public pages. Every page works without them. */
import { focusErrorSummary } from "./error-summary.ts";
import { dropEmptyFilters } from "./filters.ts";
import { addOwnerSecret, makeOwnerSecret } from "./owner-secret.ts";
import { sendOnce } from "./send-once.ts";

focusErrorSummary();
dropEmptyFilters();
sendOnce();
void makeOwnerSecret();
addOwnerSecret();
