/** A site over the network may be slow, broken or wicked: it is read with bounds, and never led astray. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { RequestListener } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Unreadable } from "../../src/exchange/site-files.ts";
import { siteOverHttp } from "../../src/exchange/site-over-http.ts";
import { serveSite } from "../support/log-site.ts";

const stops: (() => Promise<void>)[] = [];
after(() => Promise.all(stops.map((stop) => stop())));

/**
 * A site that answers in its own way.
 * @param patience how often it is asked again, and for how many milliseconds it may be silent
 */
async function site(answer: RequestListener, { tries = 2, silence = 300_000 } = {}) {
  const served = await serveSite(new Map(), async (request, response) => {
    await answer(request, response);
    return true;
  });
  stops.push(() => served.stop());
  const patience = { pauses: Array<number>(tries).fill(1), silence };
  return { ...served, files: siteOverHttp(new URL(`${served.url}/below/`), patience) };
}
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

test("a file, one that is not there, and one that is compressed", async () => {
  const { files, url } = await site((request, response) => {
    if (request.url === "/below/a") response.end("A");
    else if (request.url === "/below/z")
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("Z"));
    else response.writeHead(request.url === "/below/gone" ? 410 : 404).end("no");
  });
  assert.equal(files.name, `${url}/below`);
  assert.equal(text(await files.read("a", 10)), "A");
  assert.equal(text(await files.read("z", 10)), "Z");
  assert.equal(await files.read("b", 10), undefined);
  assert.equal(await files.read("gone", 10), undefined);
});

test("what passes is tried again: 503, a lost connection, an answer that breaks off", async () => {
  const faults: RequestListener[] = [
    (_, response) => response.writeHead(503, { "retry-after": "0" }).end(),
    (request) => request.socket.destroy(),
    (_, response) => {
      response.writeHead(200, { "content-length": 10 }).write("half");
      setTimeout(() => response.destroy(), 5);
    },
  ];
  for (const fault of faults) {
    let asked = 0;
    const { files } = await site((request, response) =>
      ++asked < 3 ? fault(request, response) : void response.end("whole"),
    );
    assert.equal(text(await files.read("a", 100)), "whole");
    assert.equal(asked, 3);
    asked = -9;
    await assert.rejects(files.read("a", 100), Unreadable);
    assert.equal(asked, -6);
  }
});

test("whoever is silent is asked again, and left when silent for good", async () => {
  let asked = 0;
  // However slow the machine is, one of so many is answered in time.
  const passing = await site((_, response) => ++asked > 2 && response.end("whole"), {
    tries: 1_000,
    silence: 200,
  });
  assert.equal(text(await passing.files.read("a", 100)), "whole");
  assert.ok(asked > 2);
  const { files } = await site(() => undefined, { silence: 200 });
  await assert.rejects(
    files.read("a", 100),
    (error) => error instanceof Unreadable && /does not answer/.test(error.message),
  );
});

test("a refusal is not tried again", async () => {
  let asked = 0;
  const { files } = await site((_, response) => {
    asked++;
    response.writeHead(403).end();
  });
  await assert.rejects(files.read("a", 10), /403/);
  assert.equal(asked, 1);
});

test("redirects stay on the host", async () => {
  const strange = await site((_, response) => void response.end("strange"));
  const { files } = await site((request, response) => {
    const to: Record<string, string> = {
      "/below/here": "/below/there",
      "/below/round": "/below/round",
      "/below/away": `${strange.url}/x`,
      "/below/name": "http://localhost/x",
      "/below/file": "file:///etc/passwd",
    };
    const location = to[request.url!];
    if (location) response.writeHead(302, { location }).end();
    else response.end("there");
  });
  assert.equal(text(await files.read("here", 10)), "there");
  for (const path of ["away", "name", "file"]) await assert.rejects(files.read(path, 10), /another host/);
  await assert.rejects(files.read("round", 10), /from one address to the next/);
  assert.equal(strange.asked.length, 0);
});

test("an answer without end is cut where nothing valid can be longer, compressed or not", async () => {
  for (const compressed of [false, true]) {
    let sent = 0;
    const piece = compressed ? gzipSync(Buffer.alloc(1_000_000)) : Buffer.alloc(10_000);
    const { files } = await site((_, response) => {
      response.writeHead(200, compressed ? { "content-encoding": "gzip" } : {});
      const more = () => {
        while (!response.destroyed && sent++ < 100_000) if (!response.write(piece)) return;
      };
      response.on("drain", more);
      more();
    });
    const bytes = await files.read("endless", 12_345);
    assert.equal(bytes?.length, 12_345);
    assert.ok(sent < 100_000);
  }
});

test("a temporary folder that takes no more is no fault of the site: it is not asked again, and the operator is told", async () => {
  const { url, asked } = await site((_, response) => response.end(Buffer.alloc(100_000)));
  const room = new URL("../../src/exchange/site-over-http.ts", import.meta.url).href;
  const program = `import { siteOverHttp } from ${JSON.stringify(room)};
    await siteOverHttp(new URL("${url}")).open("long", 1_000_000).catch((error) => console.log(error.message));`;
  for (const [limit, folder, requests] of [
    ["ulimit -f 8;", "/tmp", 1],
    ["", "/nowhere", 0],
  ] as const) {
    asked.length = 0;
    const shell = [
      "-c",
      `${limit} exec "$0" --input-type=module-typescript -e "$1"`,
      process.execPath,
      program,
    ];
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn("sh", shell, { env, stdio: ["ignore", "pipe", "inherit"] });
    const told = await textOf(child.stdout);
    assert.match(told, new RegExp(`^no temporary file can be kept in ${folder} \\(E.*set TMPDIR`));
    assert.equal(asked.length, requests);
  }
});
