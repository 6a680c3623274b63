/** Node's own SHA-256, for the server and the command line. The one file of the log's core that needs Node. */
import { hash } from "node:crypto";
import type { Sha256 } from "./sha256.ts";

/** SHA-256 of the bytes, by Node. */
export const nodeSha256: Sha256 = (bytes) => hash("sha256", bytes, "buffer");
