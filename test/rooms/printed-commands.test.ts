/** The commands that the documents print run as they stand there, and none of them can run a stranger's package. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

const names = [
  "README.md",
  "ARCHITECTURE.md",
  ...(await readdir(join(root, "docs"))).map((name) => `docs/${name}`),
];
const documents = await Promise.all(
  names
    .filter((name) => name.endsWith(".md"))
    .map(async (name) => ({ name, text: await readFile(join(root, name), "utf8") })),
);

test("the program is called by its path, and each command that is printed is one of its own", async () => {
  const printed = new Set<string>();
  for (const { name, text } of documents) {
    for (const [, block] of text.matchAll(/^ *```\n(.*?)^ *```$/gms)) {
      assert.doesNotMatch(block!, /\bnpx\b|^ *undersigned /m, name);
      for (const [, command] of block!.matchAll(/\bbin\/undersigned ([a-z-]+)/g)) printed.add(command!);
    }
  }
  assert.deepEqual(
    Array.from(printed)
      .filter((command) => !command.startsWith("--"))
      .sort(),
    ["import-listing", "invite", "mirror", "verify", "witness"],
  );
  for (const command of printed) {
    const args = command.startsWith("--") ? [command] : [command, "--help"];
    const { stdout } = await run("bin/undersigned", args, { cwd: root });
    assert.match(stdout, /^Usage: undersigned /, command);
  }
});
