/** Every language has every key, with the same arguments and tags, in messages that can be read. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { IntlMessageFormat } from "intl-messageformat";
import { languages } from "../../src/foundation/i18n.ts";

const root = join(import.meta.dirname, "../..");
const locales = Object.fromEntries(
  languages.map((language) => [
    language,
    JSON.parse(readFileSync(join(root, "locales", `${language}.json`), "utf8")) as Record<string, string>,
  ]),
);

type Node = ReturnType<IntlMessageFormat["getAst"]>[number];

/** The names of a message's arguments and tags, which no translation may lose or add. */
function names(nodes: readonly Node[], found = new Set<string>()): Set<string> {
  for (const node of nodes) {
    if ("value" in node && node.type !== 0)
      found.add(`${node.type === 8 ? "tag" : "argument"} ${node.value}`);
    if ("children" in node) names(node.children, found);
    if ("options" in node) for (const option of Object.values(node.options)) names(option.value, found);
  }
  return found;
}

/** The plural categories that a language uses for whole numbers. */
function categories(language: string): string[] {
  return Array.from(
    new Set(Array.from({ length: 1000 }, (_, n) => new Intl.PluralRules(language).select(n))),
  );
}

function plurals(nodes: readonly Node[], found: string[][] = []): string[][] {
  for (const node of nodes) {
    if (node.type === 6) found.push(Object.keys(node.options));
    if ("children" in node) plurals(node.children, found);
    if ("options" in node) for (const option of Object.values(node.options)) plurals(option.value, found);
  }
  return found;
}

for (const language of languages) {
  test(`${language} has every key, and no other`, () => {
    assert.deepEqual(Object.keys(locales[language]!).sort(), Object.keys(locales.en!).sort());
  });

  test(`${language}: every message can be read, and takes what the English one takes`, () => {
    for (const [key, words] of Object.entries(locales[language]!)) {
      assert.ok(words.trim() !== "", key);
      const own = names(new IntlMessageFormat(words, language).getAst());
      const measure = names(new IntlMessageFormat(locales.en![key]!, "en").getAst());
      assert.deepEqual([...own].sort(), [...measure].sort(), `${language} ${key}`);
    }
  });

  test(`${language}: every plural has every form of the language`, () => {
    for (const [key, words] of Object.entries(locales[language]!)) {
      for (const forms of plurals(new IntlMessageFormat(words, language).getAst())) {
        for (const category of categories(language))
          assert.ok(forms.includes(category), `${key} lacks ${category}`);
      }
    }
  });
}

test("every key is used, and every key that the code names exists", () => {
  const code = [...files("src"), ...files("client")].map((path) => readFileSync(path, "utf8")).join("\n");
  const keys = Object.keys(locales.en!);
  const prefixes = Array.from(code.matchAll(/`([a-z][\w.-]*\.)\$\{/gi), (match) => match[1]!);
  const unused = keys.filter(
    (key) => !code.includes(`"${key}"`) && !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  assert.deepEqual(unused, []);
});

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(root, folder, path));
}

test("the form says in two sentences what happens to the data, and leads to the rest", () => {
  for (const language of languages) {
    const note = locales[language]!["sign.data"]!.replace(/<a>.*<\/a>/, "").trim();
    assert.equal(note.match(/\.(?=\s|$)/g)?.length, 2, language);
  }
});
