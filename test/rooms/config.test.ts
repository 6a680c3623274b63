import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { ConfigError, readConfig } from "../../src/config.ts";
import { withSecretKey } from "../../src/ops/secret-key.ts";

const production = {
  NODE_ENV: "production",
  SITE_URL: "https://letters.example.org",
  SMTP_URL: "smtps://user:word@mail.example.org",
  MAIL_FROM: "Example Coalition <letters@example.org>",
  SECRET_KEY: "0123456789abcdef0123456789abcdef",
};

const witness = `witness.example.org+1a2b3c4d+BA${"+/a9".repeat(11).slice(0, 42)}`;

describe("the configuration", () => {
  test("of an empty environment is that of a developer's machine; empty values count as not set", () => {
    const config = readConfig({ PORT: "", SITE_URL: "", HOME: "/root" });
    assert.deepEqual(config, {
      port: 3000,
      host: "127.0.0.1",
      siteUrl: new URL("http://127.0.0.1:3000"),
      dataDir: "./data",
      mailFrom: "Undersigned <letters@undersigned.example>",
      secretKey: "",
      logLevel: "info",
      production: false,
    });
  });

  test("takes every variable", () => {
    const config = readConfig({
      ...production,
      PORT: "8080",
      HOST: "::",
      DATABASE_URL: "postgresql://user:word@db.example.org:5433/letters",
      DATA_DIR: "/var/lib/undersigned",
      WITNESSES: `${witness} https://witness.example.org/w1,\n other.${witness}\thttp://127.0.0.1:8423\n`,
      TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8 fd00::/8,\n2001:db8::1",
      ORCID_CLIENT_ID: "APP-ABCD1234EFGH5678",
      ORCID_CLIENT_SECRET: "a secret",
      SOURCE_URL: "https://code.example.org/undersigned",
      LOG_LEVEL: "warn",
    });
    const { trustedProxies, ...others } = config;
    const trusted: [string, "ipv4" | "ipv6", boolean][] = [
      ["127.0.0.1", "ipv4", true],
      ["127.0.0.2", "ipv4", false],
      ["10.9.8.7", "ipv4", true],
      ["fd00::1", "ipv6", true],
      ["2001:db8::1", "ipv6", true],
      ["2001:db8::2", "ipv6", false],
    ];
    for (const [address, family, is] of trusted)
      assert.equal(trustedProxies!.check(address, family), is, address);
    assert.deepEqual(others, {
      port: 8080,
      host: "::",
      siteUrl: new URL("https://letters.example.org"),
      databaseUrl: "postgresql://user:word@db.example.org:5433/letters",
      dataDir: "/var/lib/undersigned",
      smtpUrl: production.SMTP_URL,
      mailFrom: production.MAIL_FROM,
      secretKey: production.SECRET_KEY,
      witnesses: [
        { key: witness, url: new URL("https://witness.example.org/w1") },
        { key: `other.${witness}`, url: new URL("http://127.0.0.1:8423") },
      ],
      orcid: {
        clientId: "APP-ABCD1234EFGH5678",
        clientSecret: "a secret",
        url: new URL("https://orcid.org"),
      },
      sourceUrl: new URL("https://code.example.org/undersigned"),
      logLevel: "warn",
      production: true,
    });
  });

  test("says in links an address that a browser can open", () => {
    assert.equal(readConfig({ HOST: "0.0.0.0", PORT: "80" }).siteUrl.origin, "http://127.0.0.1");
    assert.equal(readConfig({ HOST: "::1" }).siteUrl.origin, "http://[::1]:3000");
  });

  const refused: Record<string, readonly string[]> = {
    TRUSTED_PROXIES: ["proxy.example.org", "10.0.0.0/33", "10.0.0", "fd00::/129", "127.0.0.1;10.0.0.1"],
    PORT: ["http", "-1", "65536", "3000.5", " 3000"],
    HOST: ["two words", "http://localhost"],
    SITE_URL: [
      "letters.example.org",
      "https://example.org/letters",
      "ftp://example.org",
      "https://a:b@c.org",
    ],
    DATABASE_URL: ["mysql://localhost/letters", "letters"],
    SMTP_URL: ["mail.example.org", "https://mail.example.org", "smtp://"],
    MAIL_FROM: ["letters", "Letters letters@example.org", "A <a@b>, C <c@d>", "A\r\nBcc: x <a@b>"],
    SECRET_KEY: ["0123456789abcdef0123456789abcde"],
    WITNESSES: [
      witness,
      "https://witness.example.org",
      `${witness} witness.example.org`,
      `${witness} ftp://witness.example.org`,
      `${witness} https://user:word@witness.example.org`,
      `${witness} https://witness.example.org?a=b`,
      `${witness} https://witness.example.org https://witness.example.net`,
      `${witness} https://witness.example.org ${witness}`,
      `${witness.replace("+BA", "+AA")} https://witness.example.org`,
      `${witness.slice(0, -1)} https://witness.example.org`,
      ",",
    ],
    ORCID_URL: ["orcid.org", "http://orcid.org", "https://orcid.org/oauth", "https://a:b@orcid.org"],
    SOURCE_URL: ["code.example.org", "javascript:alert(1)", "https://a:b@code.example.org"],
    LOG_LEVEL: ["verbose"],
    NODE_ENV: ["prod"],
  };
  for (const [name, values] of Object.entries(refused)) {
    test(`refuses a wrong ${name} in one line that names it, says what it takes and shows no value`, () => {
      const messages = values.map((value) => refusal({ [name]: value }));
      for (const message of messages) assert.match(message, new RegExp(`^${name} takes [^\\n]{6,}\\.$`));
      // One and the same for every value, so none is shown.
      assert.equal(new Set(messages).size, 1);
    });
  }

  test("takes ORCID's ID and secret together, or neither", () => {
    for (const env of [{ ORCID_CLIENT_ID: "APP-ABCD" }, { ORCID_CLIENT_SECRET: "a secret" }])
      assert.match(refusal(env), /^ORCID_CLIENT_ID and ORCID_CLIENT_SECRET go together: [^\n]+$/);
    const { orcid } = readConfig({
      ORCID_CLIENT_ID: "APP-ABCD",
      ORCID_CLIENT_SECRET: "a secret",
      ORCID_URL: "https://sandbox.orcid.org",
    });
    assert.equal(orcid!.url.href, "https://sandbox.orcid.org/");
  });

  test("names everything that production needs, a line each", () => {
    const lines = refusal({ NODE_ENV: "production", PORT: "x" }).split("\n");
    const names = lines.map((line) => line.split(" ")[0]);
    assert.deepEqual(names, ["PORT", "SITE_URL", "SMTP_URL", "MAIL_FROM", "SECRET_KEY"]);
  });
});

/** What the operator reads. */
function refusal(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("the key of a developer's machine", async () => {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-key-"));
  after(() => rm(folder, { recursive: true }));
  const config = readConfig({ DATA_DIR: join(folder, "data") });
  const file = join(config.dataDir, "secret-key");

  test("is made once, by whoever comes first, and kept for its owner alone", async () => {
    const made = await Promise.all([1, 2].map(() => withSecretKey(config)));
    const [first, second] = made.map(({ secretKey }) => secretKey);
    assert.ok(first!.length >= 43);
    assert.equal(second, first);
    assert.equal((await withSecretKey(config)).secretKey, first);
    assert.equal((await readFile(file, "utf8")).trim(), first);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  test("gives way to SECRET_KEY", async () => {
    const own = readConfig({ ...production, DATA_DIR: config.dataDir });
    assert.equal((await withSecretKey(own)).secretKey, production.SECRET_KEY);
  });

  test("is not replaced when its file was damaged, for that would lose every address", async () => {
    await writeFile(file, "short");
    await assert.rejects(withSecretKey(config), /secret-key holds no key/);
    assert.equal(await readFile(file, "utf8"), "short");
  });
});
