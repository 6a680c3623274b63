/** Kept counts always equal a recount, whatever happens in whatever order. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { recount } from "../../src/signing/counts.ts";
import type { TestApp } from "../support/app.ts";
import {
  type Form,
  linkIn,
  mailsTo,
  openLetter,
  organisation,
  person,
  startSigningApp,
  tallyOf,
} from "../support/signing.ts";

let app: TestApp;
let letters = 0;

before(async () => {
  app = await startSigningApp();
});
after(() => app.close());

/** What may happen to one of a few addresses. */
const step = fc.record({
  who: fc.nat({ max: 3 }),
  what: fc.constantFrom("sign", "sign", "confirm", "confirm", "correct", "withdraw", "deny"),
  organisation: fc.boolean(),
  show: fc.constantFrom("yes", "no"),
});

/** A history that meets every state, whatever chance brings: one signs and withdraws, one signs, one only begins to. */
const certain = (
  [
    [0, "sign"],
    [0, "confirm"],
    [0, "withdraw"],
    [1, "sign"],
    [1, "confirm"],
    [2, "sign"],
  ] as const
).map(([who, what]) => ({ who, what, organisation: false, show: "yes" as const }));

test("sign, confirm, correct, withdraw and deny in any order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 16 }), async (steps) => {
      letters += 1;
      const letter = await app.letter({ ...openLetter, slug: `random-${letters}` });
      for (const { who, what, organisation: asOrganisation, show } of steps) {
        const email = `p${who}-${letters}@example.org`;
        const [newest] = await mailsTo(app, email);
        const links = (kind: "confirm" | "signatures") =>
          newest?.text.includes(`/${kind}/`) ? linkIn(newest.text, kind) : undefined;
        if (what === "sign") {
          const form: Form = asOrganisation
            ? organisation({ email, show, organisation: `Union ${who % 2}` })
            : person({ email, show });
          await app.post(`/letters/${letter.slug}/sign`, form);
        } else if (what === "confirm" || what === "deny") {
          const link = links("confirm");
          if (link) await app.post(what === "deny" ? `${link}/not-me` : link, {});
        } else {
          const link = links("signatures");
          const path = what === "withdraw" ? `${link}/withdraw` : link;
          if (link) await app.post(path!, { role: "Corrected", affiliation: "", updates: "yes" });
        }
        await app.runJobs();
        assert.deepEqual(await tallyOf(app, letter.id), await recount(app.db, letter.id));
      }
    }),
    { numRuns: 25, examples: [[certain]] },
  );
  // The histories went somewhere: signatures came, and went.
  const states = await app.db.selectFrom("signature").select("state").distinct().execute();
  assert.deepEqual(states.map(({ state }) => state).sort(), ["accepted", "pending", "withdrawn"]);
});
