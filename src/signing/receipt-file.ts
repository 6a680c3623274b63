/** The file in which a receipt is kept, with words for whoever finds it years later. */
import { isLanguage, translator } from "../foundation/i18n.ts";
import type { MailFile } from "../mail/content.ts";
import { routes } from "../routes.ts";
import { formatReceipt, type Receipt } from "../transparency/receipt.ts";
import type { SignableLetter } from "./letter.ts";

/** Makes the file, in the language of its signatory. */
export function receiptFile(
  receipt: Receipt,
  about: {
    readonly letter: Pick<SignableLetter, "slug" | "title">;
    readonly siteUrl: URL;
    readonly language: string;
  },
): MailFile {
  const t = translator(isLanguage(about.language) ? about.language : "en");
  const { slug, title } = about.letter;
  return {
    name: `receipt-${slug}.json`,
    type: "application/json",
    text: formatReceipt({
      about: [
        t.text("receipt.file.what"),
        t.text("receipt.file.check", { url: about.siteUrl.origin + routes.verify() }),
        t.text("receipt.file.private"),
      ],
      letter: { title, url: about.siteUrl.origin + routes.letter(slug) },
      ...receipt,
    }),
  };
}
