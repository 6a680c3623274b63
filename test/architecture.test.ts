/** Holds the house to its plan: who may import whom, and no cycle (ARCHITECTURE.md). */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";

const source = resolve(import.meta.dirname, "../src");

/** The rooms from the ground up: a room may import from its own row and from rows before it only as `mayImport` says. */
const rows = [
  ["foundation"],
  ["database"],
  ["jobs"],
  ["mail", "transparency"],
  ["people"],
  ["letters"],
  ["signing"],
  ["drafting"],
  ["outcomes"],
  ["archive"],
  ["web", "exchange", "ops"],
  ["app"],
  ["main"],
];
const level = new Map(rows.flatMap((names, index) => names.map((name) => [name, index] as const)));

/** May be imported anywhere: the map of URLs, and the types of the configuration. */
const common = new Set(["routes", "config"]);

interface Module {
  readonly path: string;
  readonly room: string;
  readonly imports: readonly { readonly path: string; readonly typeOnly: boolean }[];
  readonly packages: readonly string[];
}

const modules: Module[] = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => {
    const text = readFileSync(join(source, path), "utf8");
    const found = [
      ...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+"([^"]+)"/gms),
      ...text.matchAll(/^import\s+()"([^"]+)"/gm),
      ...text.matchAll(/\bimport\(\s*()"([^"]+)"/g),
    ].map((match) => ({ specifier: match[2]!, typeOnly: Boolean(match[1]) }));
    return {
      path,
      room: roomOf(path),
      imports: found
        .filter(({ specifier }) => specifier.startsWith(".") && specifier.endsWith(".ts"))
        .map(({ specifier, typeOnly }) => ({
          path: relative(source, resolve(source, dirname(path), specifier)),
          typeOnly,
        })),
      packages: found.filter(({ specifier }) => !specifier.startsWith(".")).map(({ specifier }) => specifier),
    };
  });

function roomOf(path: string): string {
  return path.includes("/") ? path.split("/")[0]! : path.replace(/\.ts$/, "");
}

test("every file lies in a room that the plan knows", () => {
  assert.ok(modules.length > 20);
  for (const { path, room } of modules) assert.ok(level.has(room) || common.has(room), path);
});

test("imports point towards the foundation only, and doors do not import each other", () => {
  for (const from of modules) {
    for (const { path } of from.imports) {
      const to = roomOf(path);
      if (to === from.room || common.has(to)) continue;
      // The health of the process is asked through the web: one small file that both doors share.
      if (from.path === "web/router.ts" && path === "ops/health.ts") continue;
      assert.ok(
        !common.has(from.room),
        `${from.path} imports ${path}: it should import nothing of the house`,
      );
      assert.ok(level.get(to)! < level.get(from.room)!, `${from.path} imports ${path}, which lies above it`);
    }
  }
});

test("no cycle of imports", () => {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const done = new Set<string>();
  function visit(path: string, trail: readonly string[]): void {
    assert.ok(!trail.includes(path), `cycle: ${[...trail, path].join(" → ")}`);
    if (done.has(path)) return;
    for (const next of byPath.get(path)?.imports ?? [])
      if (!next.typeOnly) visit(next.path, [...trail, path]);
    done.add(path);
  }
  for (const { path } of modules) visit(path, []);
});

test("rooms know nothing of HTTP: Hono belongs to the doors, and to the foundation's templates", () => {
  for (const { path, room, packages } of modules) {
    if (room === "web" || room === "app" || room === "main" || path === "foundation/html.ts") continue;
    const http = packages.filter(
      (name) => name === "hono" || name.startsWith("hono/") || name.startsWith("@hono/"),
    );
    assert.deepEqual(http, [], path);
  }
});

const isStore = (path: string) => path.endsWith("-store.ts");

test("a room's SQL stands in its stores, each named after what it reads and writes", () => {
  // What holds the database itself together, the queue, and the watch for changed pages.
  const others = /^(database\/|jobs\/|web\/changes\.ts$)/;
  for (const { path, packages } of modules) {
    if (isStore(path) || others.test(path)) continue;
    assert.ok(!packages.includes("pg"), path);
    assert.ok(!packages.includes("kysely"), path);
  }
});

test("a store belongs to its room: others call the room's commands and queries", () => {
  for (const from of modules) {
    for (const { path } of from.imports)
      assert.ok(!isStore(path) || roomOf(path) === from.room, `${from.path} imports ${path}`);
  }
});

test("pages open no transaction: what belongs together is one command of a room", () => {
  for (const from of modules)
    if (from.room === "web")
      assert.ok(!from.imports.some(({ path }) => path === "database/transaction.ts"), from.path);
});

test("the environment is read in one place", () => {
  for (const { path } of modules) {
    const text = readFileSync(join(source, path), "utf8");
    if (!["config.ts", "main.ts"].includes(path)) assert.ok(!/process\.env\b/.test(text), path);
  }
});
