/** Whether an address is at the domain of an organisation's website. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isAtOwnDomain } from "../../src/signing/own-domain.ts";

test("an address is at a website where both are below one domain that somebody has registered", () => {
  for (const [domain, website, expected] of [
    ["readers.org", "https://readers.org/", true],
    ["readers.org", "https://www.readers.org/", true],
    ["readers.org", "https://en.readers.org/", true],
    ["mail.readers.org", "https://readers.org/", true],
    ["law.oxbridge.ac.uk", "https://www.oxbridge.ac.uk/", true],
    ["evilreaders.org", "https://readers.org/", false],
    ["readers.org", "https://readers.org.evil.com/", false],
    // Neighbours below a suffix, or at one host of pages, are not each other's.
    ["evil.ac.uk", "https://oxbridge.ac.uk/", false],
    ["evil.github.io", "https://readers.github.io/", false],
    // Where anybody can have an address, it says nothing; nor does a page at such a provider.
    ["gmail.com", "https://gmail.com/", false],
    ["free.fr", "https://readers.free.fr/", false],
    ["readers.org", "no website", false],
  ] as const)
    assert.equal(isAtOwnDomain(domain, website), expected, `${domain} ${website}`);
  assert.equal(isAtOwnDomain("readers.org", null), false);
});
