/**
 * Passkeys (Web Authentication Level 3): a form that makes one, or shows one, fills its hidden field with what the
 * browser's own dialogue gave and is then sent like any other. The forms stay hidden where a browser has no passkeys.
 */

/** Gives life to the forms that the server marked with data-passkey. */
export function preparePasskeys(): void {
  if (typeof PublicKeyCredential === "undefined") return;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    let busy = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      // Not for the watch over forms that are sent twice: nothing is sent yet.
      event.stopPropagation();
      if (busy) return;
      busy = true;
      const failed = form.querySelector<HTMLElement>("[data-failed]")!;
      failed.hidden = true;
      try {
        const field = form.querySelector<HTMLInputElement>("[name=passkey]")!;
        field.value = JSON.stringify(await ask(form.dataset.passkey!, form.dataset.challenge!));
        form.submit();
      } catch (error) {
        // Whatever is sent is answered by the page that says when to come back.
        if (error instanceof TooMany) return form.submit();

        // Cancelled, timed out, or already there: the browser has told why, and tells us little.
        failed.hidden = false;
      } finally {
        busy = false;
      }
    });
  }
}

/** What the browser's dialogue gives, as the JSON of sections 5.1.8.1 and 5.1.8.2. */
async function ask(what: string, path: string): Promise<unknown> {
  const answer = await fetch(path, { method: "POST" });
  if (answer.status === 429) throw new TooMany();
  if (!answer.ok || answer.redirected) throw new Error("no challenge");
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  if (what === "show") {
    const shown = (await navigator.credentials.get({ publicKey: options })) as PublicKeyCredential;
    const { clientDataJSON, authenticatorData, signature } = shown.response as AuthenticatorAssertionResponse;
    return {
      ...common(shown),
      response: {
        clientDataJSON: text(clientDataJSON),
        authenticatorData: text(authenticatorData),
        signature: text(signature),
      },
    };
  }
  options.user.id = bytes(options.user.id);
  for (const known of options.excludeCredentials) known.id = bytes(known.id);
  const made = (await navigator.credentials.create({ publicKey: options })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...common(made),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/** Too many have come from this network. */
class TooMany extends Error {}

function common({ id, rawId, type }: PublicKeyCredential) {
  return { id, rawId: text(rawId), type, clientExtensionResults: {} };
}

/** Bytes of base64url, and base64url of bytes. */
function bytes(encoded: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(encoded.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
