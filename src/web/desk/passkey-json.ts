/** What browsers say of passkeys, as it comes in a field of a form. */
import * as z from "zod";
import type { ShownPasskey } from "../../people/enter-by-passkey.ts";
import type { NewPasskey } from "../../people/passkey.ts";

const bytes = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]+$/);
const credential = {
  id: bytes.max(1400),
  rawId: bytes.max(1400),
  type: z.literal("public-key"),
  // Nothing of the extensions is used.
  clientExtensionResults: z.unknown().transform(() => ({})),
};

const shownPasskey: z.ZodType<ShownPasskey> = z.object({
  ...credential,
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }),
});

const newPasskey: z.ZodType<NewPasskey> = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
});

/** A passkey that is shown to sign in; undefined when the text is none. */
export function parseShownPasskey(text: string | null): ShownPasskey | undefined {
  return parse(shownPasskey, text);
}

/** A passkey that was made; undefined when the text is none. */
export function parseNewPasskey(text: string | null): NewPasskey | undefined {
  return parse(newPasskey, text);
}

function parse<Value>(schema: z.ZodType<Value>, text: string | null): Value | undefined {
  try {
    return schema.safeParse(JSON.parse(text ?? "")).data;
  } catch {
    return undefined;
  }
}
