/** What every page must pass: valid HTML, and no accessibility defect that axe can find. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate/node";
import type { Page } from "playwright-core";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  rules: {
    // White space is the template's own affair; void elements and attributes are written as HTML, not XML.
    "no-trailing-whitespace": "off",
    "void-style": ["error", { style: "omit" }],
    "attribute-boolean-style": ["error", { style: "omit" }],
    "doctype-style": ["error", { style: "lowercase" }],
    // Integrity is for files from elsewhere; ours are named by their content.
    "require-sri": ["error", { target: "crossorigin" }],
    // Titles of letters are what they are.
    "long-title": "off",
    // The house's buttons inside forms submit them, which is what a button does without a type.
    "no-implicit-button-type": "off",
  },
});

/** Fails with every complaint about a document. */
export async function assertValidHtml(document: string, name: string): Promise<void> {
  const report = await validator.validateString(document);
  const complaints = report.results.flatMap((result) =>
    result.messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`),
  );
  assert.deepEqual(complaints, [], name);
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Fails with every defect under WCAG 2.2 A and AA, and best practice, that axe finds on an open page. */
export async function assertAccessible(page: Page, name: string): Promise<void> {
  // Injected by the browser's own tool, not by the page: the page's policy stays as it is.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: await readFile(axe, "utf8") });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
      .then(({ violations }) => JSON.stringify(violations.map((one) => one.id + ": " + one.help + " " + one.nodes.map((node) => node.html.slice(0, 200)).join(" | "))))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  assert.deepEqual(JSON.parse(String(result.value)), [], name);
}
