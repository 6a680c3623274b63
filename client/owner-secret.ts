/**
 * The owner secret of a signature is made here, so that the site never has it: on the page that confirms, the form is
 * given its hash; on the page of the receipt it is written into the file that is downloaded. In between it lies in this
 * tab's own memory. Where this script does not run, the site makes the secret (signing/owner-secret.ts).
 */
const place = "undersigned-owner-";

/** Makes a secret and puts its hash into the form that confirms. */
export async function makeOwnerSecret(): Promise<void> {
  const field = document.querySelector<HTMLInputElement>("input[name=owner]");
  // Without a secure origin there is no cryptography in browsers.
  if (!field || !globalThis.crypto?.subtle) return;
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const prefix = new TextEncoder().encode("undersigned/v1/owner\0");
  const input = new Uint8Array(prefix.length + secret.length);
  input.set(prefix);
  input.set(secret, prefix.length);
  const hash = base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", input)));
  try {
    sessionStorage.setItem(place + hash, base64url(secret));
    field.value = hash;
  } catch {
    // The browser keeps nothing: then the site makes the secret.
  }
}

/** Writes the secret that this tab has made into the receipt when it is downloaded. */
export function addOwnerSecret(): void {
  const link = document.querySelector<HTMLAnchorElement>("a[data-owner]");
  const secret = link && ownSecret(link.dataset.owner ?? "");
  if (!link || !secret) return;
  for (const note of document.querySelectorAll<HTMLElement>("[data-owner-note]")) note.hidden = false;
  for (const note of document.querySelectorAll<HTMLElement>("[data-owner-missing]")) note.hidden = true;
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href).catch(() => undefined);
    // What went wrong is shown by the page that the link leads to.
    if (!answer?.ok) return location.assign(link.href);
    const receipt = await answer.json();
    receipt.private.owner ??= secret;
    const file = new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: "application/json" });
    const made = document.createElement("a");
    made.href = URL.createObjectURL(file);
    made.download = link.download;
    made.click();
    URL.revokeObjectURL(made.href);
  });
}

function ownSecret(hash: string): string | null {
  try {
    return sessionStorage.getItem(place + hash);
  } catch {
    return null;
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
