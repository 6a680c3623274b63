import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";
import { plainText, renderBlocks, renderMarkdown } from "../../src/foundation/markdown.ts";

const rendered = (markdown: string) => String(renderMarkdown(markdown));

/** Every element of a piece of HTML as a browser reads it, with its attributes. */
function elements(html: string): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const walk = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    if (!("tagName" in node)) return;
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    found.push({ name: node.tagName, attributes });
    node.childNodes.forEach(walk);
  };
  parseFragment(html).childNodes.forEach(walk);
  return found;
}

test("letters are set with plain elements, headings from h2", () => {
  assert.equal(
    rendered(
      "# One\n\n## Two\n\n##### Five\n\nDear *Ministers*,\\\nwe **ask** you `x`:\n\n3. to\n4. act\n\n> yes\n\n---\n",
    ),
    "<h2>One</h2>\n<h3>Two</h3>\n<h4>Five</h4>\n<p>Dear <em>Ministers</em>,<br />\nwe <strong>ask</strong> you <code>x</code>:</p>\n" +
      '<ol start="3">\n<li>to</li>\n<li>act</li>\n</ol>\n<blockquote>\n<p>yes</p>\n</blockquote>\n<hr />\n',
  );
  assert.match(rendered("Title\n=====\n"), /^<h2>Title<\/h2>/);
  assert.match(rendered("| a | b |\n|--:|---|\n| 1 | 2 |\n"), /^<table>\s*<thead>\s*<tr>\s*<th>a<\/th>/);
});

test("headings begin below the page's title and skip no level, however the text marks them", () => {
  const levels = (markdown: string, under?: 1 | 2) =>
    Array.from(
      String(renderMarkdown(markdown, under)).matchAll(/<h(\d)>(\w+)<\/h\1>/g),
      ([, level, word]) => `${word}${level}`,
    );
  assert.deepEqual(levels("## A\n\n### B\n\n## C"), ["A2", "B3", "C2"]);
  assert.deepEqual(levels("# A\n\n#### B\n\n## C\n\n###### D\n\n# E"), ["A2", "B3", "C3", "D4", "E2"]);
  assert.deepEqual(levels("### A\n\n> ## B\n\n- # C\n\nD\n-\n"), ["A2", "B2", "C2", "D3"]);
  assert.deepEqual(levels("# A\n\n## B\n\n### C\n\n#### D\n\n### E"), ["A2", "B3", "C4", "D4", "E4"]);
  assert.deepEqual(levels("#### A\n\n###### B", 2), ["A3", "B4"]);
  assert.deepEqual(
    renderBlocks("## A\n\ntext\n\n#### B").map(({ html }) => String(html)),
    ["<h2>A</h2>\n", "<p>text</p>\n", "<h3>B</h3>\n"],
  );
});

test("links go to the web and to mail, marked as not vouched for", () => {
  assert.equal(
    rendered('[a](https://example.org/?a=1&b=2 "title") <mailto:ada@example.org>'),
    '<p><a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener">a</a> ' +
      '<a href="mailto:ada@example.org" rel="nofollow noopener">mailto:ada@example.org</a></p>\n',
  );
});

test("what has no place on a page is shown as it was typed", () => {
  for (const text of [
    "[a](javascript:alert(1))",
    "[a](data:text/html,x)",
    "[a](/letters)",
    "[a](//example.org)",
    "[a](ftp://example.org)",
    "~~not~~ this",
    "see www.example.org and https://example.org",
    "“quotes” -- and 'others'... (c)",
  ]) {
    assert.equal(rendered(text), `<p>${text}</p>\n`);
  }
  assert.equal(rendered("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
  assert.equal(rendered("<b onclick=x>b</b>"), "<p>&lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
  assert.equal(rendered("![A <map>](https://example.org/x.png)"), "<p>A &lt;map&gt;</p>\n");
});

test("law: whatever is written, only the allowed elements and attributes come out, and links are safe", () => {
  const allowed = new Set(
    "p h2 h3 h4 ul ol li blockquote em strong a hr br code pre sup table thead tbody tr th td".split(" "),
  );
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 6 }),
    fc.constantFrom(
      ..."# |* |** |_|`|```|> |- |1. |\n|\n\n|[|]|](|)|<|>|!|&|\"|'|=|javascript:|https://a.org|mailto:a@b.c".split(
        "|",
      ),
      ..."<script>,<img src=x onerror=y>,<a href='x'>,</p>,<!--,-->,<style>,&#x6a;avascript:,| a | b |\n|---|---|\n".split(
        ",",
      ),
    ),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
      (markdown) => {
        for (const { name, attributes } of elements(rendered(markdown))) {
          assert.ok(allowed.has(name), name);
          for (const [attribute, value] of Object.entries(attributes)) {
            if (attribute === "href") assert.match(value, /^(https?:\/\/|mailto:)/i);
            else if (attribute === "rel") assert.equal(value, "nofollow noopener");
            else assert.equal(`${name} ${attribute}`, "ol start");
          }
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test("law: no word of a letter is lost on the page or in its plain text", () => {
  const word = fc.stringMatching(/^[a-zé]{1,8}$/);
  const mark = fc.constantFrom("", "*", "**", "`", "~~", "_", "![", "[", "<b>", "# ", "> ", "- ");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(mark, word, fc.constantFrom(" ", "\n", "\n\n")), { minLength: 1 }),
      (words) => {
        const markdown = words.map(([before, text, after]) => `${before}${text}${after}`).join("");
        for (const text of [rendered(markdown), plainText(markdown)]) {
          let at = 0;
          for (const [, each] of words) {
            at = text.indexOf(each, at);
            assert.ok(at >= 0, `${each} in ${text}`);
          }
        }
      },
    ),
  );
});

test("plain text is the words, a line for each block", () => {
  assert.equal(
    plainText(
      "# Dear *Ministers*\n\nWe\nask [you](https://example.org) to\\\nact &amp; `x`.\n\n- one\n- two\n\n![map](https://a.org/x)\n\n    code\n",
    ),
    "Dear Ministers\nWe ask you to act & x.\none\ntwo\nmap\ncode",
  );
  assert.equal(plainText(""), "");
});
