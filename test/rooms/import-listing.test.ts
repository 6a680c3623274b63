/** `undersigned import-listing`, by its door and as a program, over a real database. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { readConfig } from "../../src/config.ts";
import { migrate } from "../../src/database/migrate.ts";
import { type OpenDatabase, openDatabase } from "../../src/database/open.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { run } from "../../src/exchange/import-listing.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { importSample } from "../../src/ops/sample.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { asText, pages, sampleEntries, sampleSite } from "../support/listings.ts";

const now = new Date("2026-11-24T09:00:00Z");
const program = join(import.meta.dirname, "../../bin/undersigned");

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-import-"));
  await chmod(folder, 0o711);
});
after(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe("the command", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    await database?.drop();
    database = await createTestDatabase();
  });
  after(() => database.drop());

  async function command(...args: string[]) {
    const { host, database: name } = database.connection;
    const url = `postgresql://undersigned@localhost/${name}?host=${encodeURIComponent(host!)}`;
    const said = { out: [] as string[], err: [] as string[] };
    const code = await run(args, {
      env: { DATABASE_URL: url },
      clock: () => now,
      out: (words) => void said.out.push(words),
      err: (words) => void said.err.push(words),
    });
    return { code, out: said.out.join(""), err: said.err.join("") };
  }

  async function archive() {
    const { rows } = await sql<{
      title: string;
      state: string;
      role: string | null;
      language: string;
      kind: string;
    }>`
      select title, state, publisher_role as role, letter.language, kind, slug from letter join translation on letter_id = id
      order by dated desc, listed desc`.execute(database.db);
    return rows;
  }

  test("shows and writes nothing; then writes; then finds everything already there", async () => {
    const path = await file("sample.txt", asText(sampleEntries));
    const shown = await command(path);
    assert.equal(shown.code, 0);
    assert.match(shown.out, /24 letters: 24 new, 0 already there\./);
    assert.match(shown.out, /Nothing was written/);
    assert.match(
      shown.out,
      /^3\. +2023-05-10 Opposition to the Strengthening .*\n +letter, “10 May 2023”, lines 12–14\n/m,
    );
    assert.deepEqual(await archive(), []);

    const written = await command(path, "--write");
    assert.match(written.out, /24 letters: 24 imported, 0 already there\./);
    const letters = await archive();
    // Equal dates too stand as the listing has them.
    assert.deepEqual(
      letters.map(({ title }) => title),
      sampleEntries.map(({ title }) => title),
    );
    assert.ok(
      letters.every(
        ({ state, role, language }) => state === "archived" && role === "signatory" && language === "en",
      ),
    );
    const kinds = new Map(letters.map(({ title, kind }) => [title, kind]));
    assert.equal(kinds.get("Open Letter to Interior and Justice Ministers of EU27"), "open-letter");
    assert.equal(kinds.get("Letter to the Bangladesh Telecommunication Regulatory Commission"), "letter");

    const again = await command(path, "--write");
    assert.match(again.out, /24 letters: 0 imported, 24 already there\./);
    assert.deepEqual(await archive(), letters);
  });

  test("a page of the letters that the sample has brings nothing new", async () => {
    await importSample(database.db, () => now);
    const before = await archive();
    const path = await file("sample.html", pages["cards with the title first"]!(sampleEntries));
    const { out } = await command(path, "--write", "--take-heading");
    assert.match(out, /24 letters: 0 imported, 24 already there\./);
    assert.deepEqual(await archive(), before);
  });

  test("titles agree whatever their quotes, blanks and capitals; a title twice in a file is imported once", async () => {
    await command(await file("one.txt", "L\n\nMay 2020\nIndia’s “Rules”: the U.S. & others\n"), "--write");
    const listing =
      'L\n\nMay 2020\nINDIA\'S "Rules" -  the U. S. & Others\n\nMay 2021\nSame\nA.\n\nMay 2021\nSame.\nB.\n\n1 May 2020\nIndia’s “Rules”: the U.S. & others\n';
    const { out } = await command(await file("two.txt", listing), "--write");
    assert.match(out, /4 letters: 2 imported, 1 already there, 1 repeated in the file\./);
    assert.equal((await archive()).length, 3);
  });

  test("the oldest first is the oldest first", async () => {
    await command(await file("old.txt", "L\n\nMay 2019\nA\n\nMay 2020\nB\n\nMay 2020\nC\n"), "--write");
    assert.deepEqual(
      (await archive()).map(({ title }) => title),
      ["C", "B", "A"],
    );
  });

  test("options say what a listing cannot", async () => {
    const path = await file("fr.txt", "Lettres ouvertes\nÀ qui de droit\n\n1er mars 2021\nUne lettre\n");
    const args = [
      "--write",
      "--publisher-role",
      "none",
      "--language",
      "FR-ca",
      "--kind",
      "declaration",
      "--take-heading",
    ];
    assert.equal((await command(path, ...args)).code, 0);
    assert.deepEqual(await archive(), [
      {
        title: "Une lettre",
        state: "archived",
        role: null,
        language: "fr-CA",
        kind: "declaration",
        slug: "une-lettre",
      },
    ]);
    const site = await database.db
      .selectFrom("site")
      .select(["name", "heading", "tagline", "sample"])
      .execute();
    assert.deepEqual(site, [
      { name: "127.0.0.1", heading: "Lettres ouvertes", tagline: "À qui de droit", sample: false },
    ]);
  });

  test("the site keeps its own words unless told otherwise", async () => {
    await importSample(database.db, () => now);
    await command(await file("h.txt", "Other heading\nOther tagline\n\nMay 2020\nT\n"), "--write");
    const site = await database.db.selectFrom("site").select(["heading", "tagline"]).execute();
    assert.deepEqual(site, [{ heading: sampleSite.heading, tagline: sampleSite.tagline }]);
  });

  test("what cannot be placed is shown with its line", async () => {
    const { out, code } = await command(
      await file("odd.txt", "L\n\n31 April 2020\nNo day\n\nMay 2020\nT\nS.\n\n© 2020 X\n"),
    );
    assert.equal(code, 0);
    assert.match(
      out,
      /Not placed \(3 passages\):\n {2}line 3: “31 April 2020” .*\n {2}line 4: “No day” .*\n {2}line 10: “© 2020 X”/,
    );
  });

  test("no letters, no file, no such option", async () => {
    const none = await command(await file("none.txt", "Nothing here\n"), "--write");
    assert.equal(none.code, 1);
    assert.match(none.out, /No letters were found\./);
    assert.equal((await command(join(folder, "missing.txt"))).code, 1);
    assert.match((await command(folder)).err, /it is a folder/);
    for (const args of [
      [],
      ["a", "b"],
      ["a", "--nope"],
      ["a", "--kind", "poem"],
      ["a", "--language", "not a tag"],
      ["a", "--format", "pdf"],
    ]) {
      const { code, err } = await command(...args);
      assert.equal(code, 2, args.join(" "));
      assert.match(err, /--help/);
    }
    const help = await command("--help");
    assert.equal(help.code, 0);
    assert.match(help.out, /^Usage: undersigned import-listing FILE/);
  });

  test("imports at the same moment do not double", async () => {
    const path = await file("twice.txt", asText(sampleEntries.slice(0, 6)));
    await Promise.all([command(path, "--write"), command(path, "--write"), command(path, "--write")]);
    assert.equal((await archive()).length, 6);
  });
});

describe("the program", () => {
  let path: string;
  before(async () => {
    path = await file("program.txt", asText(sampleEntries.slice(0, 3)));
  });

  /** Runs bin/undersigned with whatever Node the machine has of its own. */
  async function undersigned(dataDir: string, ...args: string[]) {
    return ended(begin(dataDir, ...args));
  }

  function begin(dataDir: string, ...args: string[]) {
    const own = (process.env.PATH ?? "").split(delimiter).filter((entry) => !entry.includes("node_modules"));
    return spawn(program, args, {
      env: { PATH: own.join(delimiter), DATA_DIR: dataDir },
      cwd: folder,
      // A group of its own, as a terminal gives it: Ctrl-C reaches every process of it.
      detached: true,
    });
  }

  async function ended(child: ReturnType<typeof begin>) {
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "exit"),
    ]);
    return { code, out, err };
  }

  test("says which commands there are", async () => {
    const help = await undersigned("data", "--help");
    assert.equal(help.code, 0, help.err);
    assert.match(help.out, /^ {2}import-listing +shows/m);
    assert.equal((await undersigned("data")).code, 2);
    assert.equal((await undersigned("data", "no-such-command")).code, 2);
    assert.match((await undersigned("data", "--version")).out, /^\d+\.\d+\.\d+\n$/);
  });

  test("starts the embedded database and stops it; makes none for a look; works beside a server", async () => {
    const dataDir = join(folder, "data");
    const looked = await undersigned(dataDir, "import-listing", path);
    assert.equal(looked.code, 0, looked.err);
    assert.match(looked.out, /3 letters: 3 new/);
    assert.equal(existsSync(dataDir), false);

    const written = await undersigned(dataDir, "import-listing", path, "--write");
    assert.equal(written.code, 0, written.err);
    assert.match(written.out, /3 letters: 3 imported/);
    assert.equal(existsSync(join(dataDir, "postgres/postmaster.pid")), false);

    const config = readConfig({ DATA_DIR: dataDir });
    const server: OpenDatabase = await openDatabase(config, createLogger("silent"));
    try {
      const beside = await undersigned(dataDir, "import-listing", path, "--write");
      assert.equal(beside.code, 0, beside.err);
      assert.match(beside.out, /3 letters: 0 imported, 3 already there/);
      assert.equal((await server.db.selectFrom("letter").select("id").execute()).length, 3);
    } finally {
      await server.close();
    }
  });

  test("ends in silence on Ctrl-C, and what it had begun is rolled back", async () => {
    const dataDir = join(folder, "interrupted");
    const server = await openDatabase(readConfig({ DATA_DIR: dataDir }), createLogger("silent"));
    try {
      await migrate(server);
      await inTransaction(server.db, async (trx) => {
        await sql`lock table letter`.execute(trx);
        const child = begin(dataDir, "import-listing", path, "--write");
        const waiting = sql`select from pg_locks where not granted`;
        while ((await waiting.execute(server.db)).rows.length === 0) await sleep(20);
        process.kill(-child.pid!, "SIGINT");
        assert.deepEqual(await ended(child), { code: 130, out: "", err: "" });
      });
      assert.deepEqual(await server.db.selectFrom("letter").select("id").execute(), []);
    } finally {
      await server.close();
    }
  });
});
