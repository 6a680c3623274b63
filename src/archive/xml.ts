/** XML as text. Pure. */

/** A piece of finished XML. */
export class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** What XML 1.0 does not admit, not even escaped (section 2.2). */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

type Content = Xml | string | number | undefined | readonly Content[];

function print(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Xml) return content.text;
  if (typeof content === "object") return content.map(print).join("");
  return String(content)
    .replace(forbidden, "")
    .replace(/[&<>"']/g, (sign) => escapes[sign]!);
}

/** Template tag: every value is escaped unless it is XML already. */
export function xml(strings: TemplateStringsArray, ...values: Content[]): Xml {
  return new Xml(strings.reduce((text, part, index) => text + print(values[index - 1]) + part));
}
