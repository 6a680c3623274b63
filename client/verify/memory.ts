/**
 * The last checkpoint of the log that this browser has verified whole, so that the next check can see whether the log
 * has only grown since. It is the same for all readers, stays here, and is sent to nobody.
 */
const place = (log: string) => `undersigned-checkpoint-${log}`;

/** The signed note, if this browser has kept one. */
export function remembered(log: string): string | undefined {
  try {
    return localStorage.getItem(place(log)) ?? undefined;
  } catch {
    // The browser keeps nothing.
    return undefined;
  }
}

export function remember(log: string, note: string): void {
  try {
    localStorage.setItem(place(log), note);
  } catch {
    // Then the next check has nothing to compare with.
  }
}
