/** Requests that no reader sends: answered in words, without an error in the log. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startTestApp, type TestApp } from "../support/app.ts";
import { listen } from "../support/listen.ts";

let app: TestApp;
/** A letter with signatories as reported. */
let slug: string;

before(async () => {
  app = await startTestApp({ sample: true });
  const { letters } = (await (await app.fetch("/letters.json")).json()) as {
    letters: { slug: string; reported: { named: number } }[];
  };
  ({ slug } = letters.find(({ reported }) => reported.named > 0)!);
});
after(() => app.close());

test("addresses that are no addresses, and values that no list has", async () => {
  const far = "999999999999999";
  const paths: [path: string, status: number][] = [
    ["//", 404],
    ["///", 404],
    ["//elsewhere.example/page", 404],
    ["/%00", 404],
    ["/confirm/%E0%A4%A", 404],
    ["/assets/..%2f..%2fpackage.json", 404],
    ["/?q=%00", 404],
    ["/?q=%ED%A0%80", 200],
    [`/letters/${slug}/signatories?who=%00`, 404],
    [`/letters/${slug}/signatories?who=a%00b`, 404],
    [`/letters/${slug}/signatories?kind=reported&after=${far}`, 200],
    [`/letters/${slug}/signatories.json?kind=reported&after=${far}`, 200],
    [`/letters/${slug}/signatories?kind=person&before=${far}`, 200],
    [`/?page=9999999`, 200],
  ];
  for (const [path, status] of paths) {
    const answer = await app.fetch(path);
    assert.equal(answer.status, status, path);
    const body = await answer.text();
    assert.ok(!body.includes("\0"), path);
    assert.doesNotMatch(body, /href="\/\//, path);
  }
  assert.deepEqual(
    app.lines.filter((line) => line.includes('"error"')),
    [],
  );
});

test("a form that breaks off in the middle is no error in the log", async () => {
  const site = await listen(app);
  const before = app.lines.length;
  const socket = connect(Number(new URL(site.origin).port), "127.0.0.1");
  socket.write(`POST /letters/${slug}/sign HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n`);
  socket.write("Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n");
  await once(socket, "data");
  socket.write("name=Ada");
  socket.resetAndDestroy();
  const told = () => app.lines.slice(before).find((line) => line.includes('"a request '));
  while (!told()) await sleep(10);
  await site.stop();
  assert.match(told()!, /"level":"debug".*cut off/);
});

test("a script of another site may ask again for data, and may send no form", async () => {
  const ask = (path: string, method: string) =>
    app.fetch(path, {
      method: "OPTIONS",
      headers: {
        Origin: "https://elsewhere.example",
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "if-none-match",
      },
    });
  const data = await ask("/letters.json", "GET");
  assert.equal(data.status, 204);
  assert.equal(data.headers.get("access-control-allow-origin"), "*");
  assert.match(data.headers.get("access-control-allow-headers")!, /If-None-Match/i);
  assert.equal((await ask(`/letters/${slug}/sign`, "POST")).status, 403);
});
