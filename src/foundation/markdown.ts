/**
 * The text of letters, in Markdown (CommonMark with tables). A signed text must be shown as it was signed: nothing
 * is made prettier (no typographic quotes, no addresses turned into links), and what has no place on the page is
 * shown as it was typed rather than left out.
 */
import MarkdownIt from "markdown-it";
import sanitizeHtml from "sanitize-html";
import { type Html, raw } from "./html.ts";

interface Environment {
  /** The level of the page's heading that the text stands under. */
  readonly under?: number;
}

/** Links lead to web pages and mail, and carry their whole address; anything else stays as typed. */
const linkable = /^(?:https?:\/\/[^/]|mailto:.)/i;

const markdownIt = new MarkdownIt("default", { html: false, linkify: false, typographer: false });
markdownIt.disable("strikethrough");
markdownIt.validateLink = (address) => linkable.test(address.trim());
// The text's headings begin one below the page's own that it stands under, whatever its first is marked as, and each is at
// most one deeper than the one before it: readers who go from heading to heading miss none. Those that are marked alike
// under one heading are set alike; h4 is the deepest that the pages set.
markdownIt.core.ruler.push("order-headings", (state) => {
  const { under = 1 } = state.env as Environment;
  let above: number[] = [];
  for (const token of state.tokens) {
    if (token.type === "heading_open") {
      const marked = Number(token.tag[1]);
      above = [...above.filter((one) => one < marked), marked];
    }
    if (/^heading_(open|close)$/.test(token.type)) token.tag = `h${Math.min(under + above.length, 4)}`;
  }
});
// Pages load nothing that a letter's text names: an image is shown by its description.
markdownIt.renderer.rules.image = (tokens, index) => markdownIt.utils.escapeHtml(tokens[index]!.content);

const tables = ["table", "thead", "tbody", "tr", "th", "td"];
const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "em",
    "strong",
    "a",
    "hr",
    "br",
    "code",
    "pre",
    "sup",
    ...tables,
  ],
  allowedAttributes: { a: ["href", "rel"], ol: ["start"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  transformTags: { a: sanitizeHtml.simpleTransform("a", { rel: "nofollow noopener" }) },
};

/**
 * The text as HTML for a page: an allow-list of plain elements, headings from h2 to h4, no images.
 * @param under the level of the page's heading that it stands under
 */
export function renderMarkdown(markdown: string, under: 1 | 2 = 1): Html {
  // markdown-it writes only what is allowed; the sanitiser holds even if a later version of it does not.
  return raw(sanitizeHtml(markdownIt.render(markdown, { under } satisfies Environment), allowed));
}

/** A paragraph, heading, list, quotation or table that stands by itself in a text: as HTML, and its words alone. */
export interface Block {
  readonly html: Html;
  readonly words: string;
}

/** The text in its blocks, in order; together they are what renderMarkdown makes of it. */
export function renderBlocks(markdown: string): Block[] {
  const environment = {};
  const tokens = markdownIt.parse(markdown, environment);
  const blocks: (typeof tokens)[] = [];
  for (const token of tokens) {
    if (token.level === 0 && token.nesting >= 0) blocks.push([]);
    blocks.at(-1)!.push(token);
  }
  return blocks.map((block) => ({
    html: raw(sanitizeHtml(markdownIt.renderer.render(block, markdownIt.options, environment), allowed)),
    words: wordsOf(block),
  }));
}

/** The text's words alone, a line for each paragraph, heading, list item or cell: for search and descriptions. */
export function plainText(markdown: string): string {
  return wordsOf(markdownIt.parse(markdown, {}));
}

function wordsOf(tokens: ReturnType<typeof markdownIt.parse>): string {
  const lines = tokens.map((token) => {
    if (token.type === "fence" || token.type === "code_block") return token.content;
    return (token.children ?? []).map((part) => (/break$/.test(part.type) ? " " : part.content)).join("");
  });
  return lines
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}
