/** The domain by which a website is called. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isWithin, websiteDomain } from "../../src/foundation/website-domain.ts";

test("a website's domain is its host, without www.", () => {
  for (const [website, domain] of [
    ["https://readers.example/", "readers.example"],
    ["https://www.readers.example/about?x#y", "readers.example"],
    ["http://WWW.Readers.Example:8080", "readers.example"],
    ["https://readers.example./", "readers.example"],
    ["https://en.readers.example/", "en.readers.example"],
    ["https://www.example/", "www.example"],
    ["https://bücher.example/", "xn--bcher-kva.example"],
  ] as const)
    assert.equal(websiteDomain(website), domain, website);
  for (const website of [
    "",
    "readers.example",
    "https://localhost/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://2130706433/",
    "mailto:office@readers.example",
  ])
    assert.equal(websiteDomain(website), undefined, website);
});

test("a host is within a domain if it is the domain or a part of it", () => {
  assert.ok(isWithin("readers.example", "readers.example"));
  assert.ok(isWithin("www.readers.example", "readers.example"));
  assert.ok(!isWithin("evilreaders.example", "readers.example"));
  assert.ok(!isWithin("example", "readers.example"));
});
