/** The folder in which a server without DATABASE_URL keeps its database, and one without SECRET_KEY its key. */
import { access, constants, mkdir, realpath } from "node:fs/promises";

/**
 * Makes DATA_DIR where it is not there.
 * @returns its real path
 * @throws Error in words for the operator when it is no folder, or one that the server may not write to
 */
export async function makeDataFolder(dataDir: string): Promise<string> {
  try {
    // Where root starts the server, PostgreSQL's own account has to pass through.
    await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await access(dataDir, constants.W_OK | constants.X_OK);
    return await realpath(dataDir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `DATA_DIR takes a folder that the server may write to; ${dataDir} cannot be used (${code}).`,
    );
  }
}
