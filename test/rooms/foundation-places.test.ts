import assert from "node:assert/strict";
import { test } from "node:test";
import containment from "cldr-core/supplemental/territoryContainment.json" with { type: "json" };
import fc from "fast-check";
import { languages } from "../../src/foundation/i18n.ts";
import { countryCodes, isPlace, placeName, placesHolding } from "../../src/foundation/places.ts";
import { holders } from "../../src/foundation/places-data.ts";

const anyPlace = fc.constantFrom("001", ...holders.keys(), "US-CA", "GB-SCT", "CY-01");

test("a place is held by its country, its unions and its regions, the world last", () => {
  const chains: Record<string, string> = {
    "US-CA": "US-CA US 021 019 001",
    US: "US 021 019 001",
    EU: "EU 150 001",
    DE: "DE EU 155 150 001",
    GB: "GB 154 150 001",
    CY: "CY EU 150 145 142 001",
    MX: "MX 013 419 019 001",
    "419": "419 019 001",
    KE: "KE 014 202 002 001",
    EG: "EG 015 002 001",
    AQ: "AQ 001",
    "003": "003 019 001",
    "001": "001",
  };
  for (const [place, chain] of Object.entries(chains)) assert.equal(placesHolding(place).join(" "), chain);
});

test("law: whatever holds a place is held no less, and comes after it; nothing holds itself", () => {
  fc.assert(
    fc.property(anyPlace, (place) => {
      const chain = placesHolding(place);
      assert.equal(chain[0], place);
      assert.equal(chain.at(-1), "001");
      assert.equal(new Set(chain).size, chain.length);
      chain.forEach((holder, at) => {
        assert.ok(isPlace(holder), holder);
        // Everything that holds the holder stands in the same chain, behind it.
        for (const above of placesHolding(holder).slice(1))
          assert.ok(chain.indexOf(above) > at, `${holder} in ${above}`);
      });
    }),
  );
});

test("the data is that of the CLDR release installed", () => {
  const official: Record<string, { _contains: string[] }> = containment.supplemental.territoryContainment;
  const checked = Object.keys(official).filter((code) => /^(?!003)[0-9]{3}$|^EU$/.test(code));
  assert.ok(checked.length > 25);
  for (const holder of checked) {
    for (const held of official[holder]!._contains) {
      if (holders.has(held)) assert.ok(placesHolding(held).includes(holder), `${held} in ${holder}`);
    }
  }
  assert.equal(countryCodes.filter((code) => placesHolding(code).includes("EU")).length, 27);
});

test("places are told from what is none", () => {
  for (const code of ["DE", "EU", "001", "419", "003", "202", "150", "US-CA", "FR-75", "XK", "AQ"])
    assert.ok(isPlace(code), code);
  for (const code of [
    "",
    "de",
    "UK",
    "999",
    "UN",
    "ZZ",
    "ZZ-A",
    "EU-1",
    "US-",
    "US-ABCD",
    "constructor",
    "__proto__",
  ]) {
    assert.ok(!isPlace(code), code);
  }
});

test("every place has a name in every language of the interface", () => {
  for (const language of languages) {
    for (const code of ["001", ...holders.keys()])
      assert.doesNotMatch(placeName(code, language), /^[A-Z]{2}$|[0-9]/, code);
  }
  assert.equal(placeName("EU", "fr"), "Union européenne");
  assert.equal(placeName("US-CA", "es"), "California");
  assert.equal(placeName("DE-BY", "fr"), "Bavière");
  assert.equal(placeName("RU", "en"), "Russia");
  assert.equal(placeName("FR-75", "en"), "FR-75 (France)");
});
