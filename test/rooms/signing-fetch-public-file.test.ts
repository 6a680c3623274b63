/** The guard of what goes out for strangers: real names, real TLS, and servers that do what they should not. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { isWithin } from "../../src/foundation/website-domain.ts";
import { fetchPublicFile, longestFile } from "../../src/signing/fetch-public-file.ts";
import { openInternet } from "../../src/signing/internet.ts";
import { somewhere, startWorld, type World } from "../support/world.ts";

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.stop());
beforeEach(() => {
  world.names.zone.clear();
  for (const name of ["readers.example", "www.readers.example"]) world.names.zone.set(name, somewhere);
  for (const list of [world.asked, world.connected, world.names.asked]) list.length = 0;
});
afterEach(() => {
  for (const { host } of world.connected) assert.ok(isWithin(host, "readers.example"), host);
});

const path = "/.well-known/undersigned.txt";
const home = `https://readers.example${path}`;

function read(url = home, signal = AbortSignal.timeout(20_000)) {
  return fetchPublicFile(world.internet, {
    url: new URL(url),
    domain: "readers.example",
    agent: "Undersigned (+http://localhost)",
    signal,
  });
}

async function refused(code: string, url = home, signal?: AbortSignal): Promise<void> {
  assert.deepEqual(await read(url, signal), { problem: code });
}

test("a file is read by https, under the domain's name, without anybody's cookies or rights", async () => {
  let headers: NodeJS.Dict<string | string[]> = {};
  world.site.answer = (request, response) => {
    headers = request.headers;
    response.end("undersigned=é\n");
  };
  assert.equal(await read(), "undersigned=é\n");
  assert.deepEqual(world.asked, [`readers.example${path}`]);
  assert.deepEqual(world.connected, [
    { host: "readers.example", addresses: [...somewhere.A, ...somewhere.AAAA] },
  ]);
  assert.deepEqual(headers, {
    accept: "text/plain",
    "accept-encoding": "identity",
    connection: "close",
    host: "readers.example",
    "user-agent": "Undersigned (+http://localhost)",
  });
});

test("a name that leads to any address which is not public is never connected to", async () => {
  for (const records of [
    { A: ["127.0.0.1"] },
    { A: ["169.254.169.254"] },
    { A: ["10.1.2.3"] },
    { AAAA: ["::1"] },
    { AAAA: ["fd00:ec2::254"] },
    { AAAA: ["0:0:0:0:0:ffff:5db8:d70e"] },
    { AAAA: ["64:ff9b::a9fe:a9fe"] },
    // Public and not public together: which would be taken?
    { A: [...somewhere.A, "192.168.0.1"] },
    { A: somewhere.A, AAAA: ["fe80::1"] },
  ]) {
    world.names.zone.set("readers.example", records);
    await refused("not-public");
  }
  assert.deepEqual(world.connected, []);
});

test("a name is asked for once, and the connection goes to what was looked at", async () => {
  let times = 0;
  world.names.zone.set("readers.example", () => (times++ < 2 ? somewhere : { A: ["127.0.0.1"] }));
  world.serve({ [`readers.example${path}`]: "here" });
  assert.equal(await read(), "here");
  assert.deepEqual([...world.names.asked].sort(), ["A readers.example", "AAAA readers.example"]);
  assert.deepEqual(world.connected[0]!.addresses, [...somewhere.A, ...somewhere.AAAA]);
  // Whoever answers otherwise the next time is looked at again.
  await refused("not-public");
});

test("after a redirect the next name is looked at as the first was", async () => {
  world.site.answer = (_request, response) =>
    void response.writeHead(302, { Location: `https://inside.readers.example${path}` }).end();
  world.names.zone.set("inside.readers.example", { A: ["127.0.0.1"] });
  await refused("not-public");
  assert.equal(world.connected.length, 1);
});

test("redirects are followed within the domain", async () => {
  world.site.answer = (request, response) => {
    if (request.headers.host === "readers.example")
      response.writeHead(301, { Location: `//www.readers.example${path}` }).end();
    else if (request.url === path) response.writeHead(307, { Location: "/elsewhere.txt#x" }).end();
    else response.end("here");
  };
  assert.equal(await read(), "here");
  assert.deepEqual(world.asked, [
    `readers.example${path}`,
    `www.readers.example${path}`,
    "www.readers.example/elsewhere.txt",
  ]);
});

const outside = [
  "http://readers.example/",
  "https://readers.example:8443/",
  "https://readers.example.evil.example/",
  "https://evilreaders.example/",
  "https://readers.example@evil.example/",
  "https://user:word@readers.example/",
  "https://user@readers.example/",
  "https://evil.example/readers.example",
  "https://evil.example#readers.example",
  "https://evil.example\\.readers.example/",
  "//evil.example/",
  "\\\\evil.example/",
  "https://127.0.0.1/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://example/",
  "https://localhost/",
  "https://readers%2eexample.evil.example/",
  "https://readers.example。evil.example/",
  "file:///etc/passwd",
  "data:text/plain,undersigned",
  "ftp://readers.example/",
  "https://",
];

test("redirects lead nowhere else", async () => {
  for (const Location of outside) {
    world.site.answer = (_request, response) =>
      void response.writeHead(302, { Location: Buffer.from(Location).toString("latin1") }).end();
    await refused("leads-away");
  }
  assert.equal(world.connected.length, outside.length);
});

test("whatever a server sends browsers to, no other host is asked for", async () => {
  const host = fc.constantFrom("readers.example", "evil.example", "127.0.0.1", "[::1]", "a.readers.example");
  const glue = fc.constantFrom("", ".", "@", ":", ":443", ":80", "/", "#", "?", "%2e", "..", "-", "\\");
  const scheme = fc.constantFrom("https://", "http://", "//", "/", "", "https:", "HTTPS:///");
  const location = fc.tuple(scheme, host, glue, host, glue).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(location, async (Location) => {
      world.connected.length = 0;
      world.names.asked.length = 0;
      world.site.answer = (_request, response) => void response.writeHead(302, { Location }).end();
      const result = await read();
      assert.ok(typeof result === "object", Location);
      for (const { host } of world.connected) assert.ok(isWithin(host, "readers.example"), Location);
      for (const question of world.names.asked)
        assert.ok(isWithin(question.split(" ")[1]!.toLowerCase(), "readers.example"), question);
      assert.ok(world.connected.length <= 4, Location);
    }),
    { numRuns: 150 },
  );
});

test("a way that leads on and on is left", async () => {
  let step = 0;
  world.site.answer = (_request, response) => void response.writeHead(302, { Location: `/${step++}` }).end();
  await refused("too-many-redirects");
  assert.equal(world.asked.length, 4);
});

test("addresses that are not by https on port 443 within the domain are not asked in the first place", async () => {
  for (const url of outside.filter((one) => URL.canParse(one))) await refused("leads-away", url);
  assert.deepEqual([world.connected, world.names.asked], [[], []]);
});

test("a file may be as long as the bound and no longer, whatever length is named", async () => {
  world.site.answer = (_request, response) => void response.end("x".repeat(longestFile));
  assert.equal((await read()).toString().length, longestFile);
  world.site.answer = (_request, response) => void response.end("x".repeat(longestFile + 1));
  await refused("too-long");
  // A stream without end.
  let sent = 0;
  world.site.answer = (_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(16_384))) sent += 16_384;
      response.once("drain", more);
    };
    more();
  };
  await refused("too-long");
  assert.ok(sent < 100 * longestFile, String(sent));
  world.site.answer = (_request, response) =>
    void response.writeHead(200, { "X-Long": "x".repeat(32 * 1024) }).end();
  await refused("no-answer");
});

test("nothing is unpacked", async () => {
  const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024));
  assert.ok(bomb.length < longestFile);
  for (const encoding of ["gzip", "br", "deflate", "zstd", "gzip, identity", "x"]) {
    world.site.answer = (_request, response) =>
      void response.writeHead(200, { "Content-Encoding": encoding }).end(bomb);
    await refused("packed");
  }
  // One that does not say so is taken for what it is.
  world.site.answer = (_request, response) => void response.end(bomb);
  const text = await read();
  assert.ok(typeof text === "string" && text.length <= bomb.length);
});

test("a slow server ends with the time that was given, at whatever it is slow", async () => {
  const slow = {
    headers: () => undefined,
    body: (_request: unknown, response: import("node:http").ServerResponse) => {
      const drip = setInterval(() => void response.write("x"), 20);
      response.once("close", () => clearInterval(drip));
    },
    redirect: (_request: unknown, response: import("node:http").ServerResponse) => {
      setTimeout(() => response.writeHead(302, { Location: "/again" }).end(), 150);
    },
  };
  for (const answer of Object.values(slow)) {
    world.site.answer = answer;
    await refused("too-slow", home, AbortSignal.timeout(400));
  }
  world.names.zone.set("readers.example", "silent");
  await refused("too-slow", home, AbortSignal.timeout(400));
});

test("without a name, a connection, a valid certificate or HTTP there is no answer", async () => {
  world.names.zone.set("readers.example", {});
  await refused("no-answer");
  world.names.zone.delete("readers.example");
  await refused("no-answer");

  // The certificate is for readers.example and its parts, but not for parts of these.
  world.names.zone.set("a.b.readers.example", somewhere);
  await refused("no-answer", `https://a.b.readers.example${path}`);

  world.names.zone.set("readers.example", somewhere);
  world.site.answer = (request) => void request.socket.destroy();
  await refused("no-answer");
  world.site.answer = (request) =>
    void request.socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
  await refused("no-answer");
  world.site.answer = (request) => void request.socket.end("SSH-2.0-OpenSSH\r\n");
  await refused("no-answer");
  world.site.answer = (request) =>
    void request.socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut short");
  await refused("no-answer");
});

test("a page that says that there is nothing is no file", async () => {
  for (const status of [204, 206, 304, 400, 401, 403, 404, 410, 500, 503]) {
    world.site.answer = (_request, response) => void response.writeHead(status).end();
    await refused("no-file");
  }
});

test("the wire itself takes public addresses only", () => {
  const real = openInternet([world.names.address]);
  for (const addresses of [["127.0.0.1"], [...somewhere.A, "::1"], ["localhost"]])
    assert.throws(() => real.connect("readers.example", addresses), /not public/);
});
