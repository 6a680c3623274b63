/** An address counts once its owner has answered a mail: the one typed at the set-up, and one that replaces another. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeSetUpLink } from "../../src/people/invite.ts";
import { purgePeople } from "../../src/people/purge.ts";
import type { TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { accept, accountOf, actsOf, deskLink, join, leadsTo, signedIn, Visitor } from "../support/desk.ts";
import { day, mailsTo, startSigningApp } from "../support/signing.ts";

const kind = "account/address";
const hour = 3_600_000;
let app: TestApp;
let ada: Visitor;

before(async () => {
  app = await startSigningApp();
  const token = await makeSetUpLink(app.db, app.deps.clock);
  ada = await accept(app, `/desk/invitations/${token}`, { name: "Ada Byron", email: "ada@example.org" });
  await app.runJobs();
});
after(() => app.close());

/** Whether a link to sign in comes when it is asked for. */
async function mayEnterBy(address: string): Promise<boolean> {
  const count = async () =>
    (await mailsTo(app, address)).filter(({ text }) => text.includes("/desk/sign-in/")).length;
  const earlier = await count();
  leadsTo(await new Visitor(app).post("/desk/sign-in", { email: address }), "/desk/sign-in/sent");
  await app.runJobs();
  return (await count()) > earlier;
}

const addressOf = async (name: string) => app.deps.keys.open((await accountOf(app, name)).email_sealed!);

test("whoever sets up is let in at once; by the typed address nobody is, before its mail is answered", async () => {
  assert.equal((await ada.get("/desk")).status, 200);
  assert.match(await (await ada.get("/desk")).text(), /address to confirm/);
  assert.match(await (await ada.get("/desk/account")).text(), /Not confirmed yet/);
  assert.match(await (await ada.get("/desk/people")).text(), /Not confirmed yet/);
  assert.equal(await mayEnterBy("ada@example.org"), false);
  const confirm = await (await ada.get("/desk/confirm")).text();
  assert.match(confirm, /Your address is not confirmed yet/);
  assert.doesNotMatch(confirm, /action="\/desk\/confirm"/);

  const link = await deskLink(app, "ada@example.org", kind);
  const [mail] = await mailsTo(app, "ada@example.org");
  assert.doesNotMatch(mail!.text, /Ada/);
  // A stranger to whom a slip of the finger sent the mail gets nowhere with it.
  leadsTo(await new Visitor(app).get(link), `/desk/sign-in?next=${encodeURIComponent(link)}`);
  leadsTo(await new Visitor(app).post(link), /^\/desk\/sign-in/);
  const page = await ada.get(link);
  assert.equal(page.status, 200);
  assert.match(await page.clone().text(), /<bdi dir="ltr">ada@example\.org<\/bdi>/);
  await assertValidHtml(await page.text(), link);
  assert.equal((await accountOf(app, "Ada Byron")).address_proved_at, null, "looking changes nothing");
  leadsTo(await ada.post(link), "/desk/account?address=proved");
  assert.equal((await ada.post(link)).status, 410);
  assert.equal(await mayEnterBy("ada@example.org"), true);
  assert.doesNotMatch(await (await ada.get("/desk/account")).text(), /Not confirmed yet/);
  assert.equal((await actsOf(app)).at(0), "account.address-proved | Ada Byron | Ada Byron");
});

test("an invitation proves its address by itself", async () => {
  const eva = await join(app, ada, "editor", "eva@example.org", "Eva Ed");
  assert.doesNotMatch(await (await eva.get("/desk/account")).text(), /Not confirmed yet/);
  assert.equal(await mayEnterBy("eva@example.org"), true);
});

test("another address counts once it is answered; the one before is told, and lets nobody in", async () => {
  const eva = await signedIn(app, "Eva Ed");
  const bad = await eva.post("/desk/account/address", { email: "eva@" });
  assert.equal(bad.status, 422);
  assert.match(await bad.text(), /value="eva@"/);
  leadsTo(
    await eva.post("/desk/account/address", { email: "eva@new.example" }),
    "/desk/account?address=asked",
  );
  await app.runJobs();
  assert.equal(await addressOf("Eva Ed"), "eva@example.org");
  const link = await deskLink(app, "eva@new.example", kind);
  // Another account cannot use it, nor can it be looked at there.
  assert.equal((await (await signedIn(app, "Ada Byron")).get(link)).status, 410);
  assert.equal((await (await signedIn(app, "Ada Byron")).post(link)).status, 410);
  assert.equal(await mayEnterBy("eva@example.org"), true);
  const open = await deskLink(app, "eva@example.org", "sign-in");

  leadsTo(await eva.post(link), "/desk/account?address=changed");
  await app.runJobs();
  assert.equal(await addressOf("Eva Ed"), "eva@new.example");
  const [told] = await mailsTo(app, "eva@example.org");
  assert.match(told!.subject, /address .* has changed/);
  assert.doesNotMatch(told!.text, /new\.example/);
  assert.equal((await new Visitor(app).get(open)).status, 410, "a link to sign in that the old address has");
  assert.equal(await mayEnterBy("eva@example.org"), false);
  assert.equal(await mayEnterBy("eva@new.example"), true);
  const history = await app.db.selectFrom("act").select("words").execute();
  assert.ok(!history.some(({ words }) => /new\.example/.test(words)), "the history holds no address");
});

test("asking is sensitive, limited, and tells nothing about whose an address is", async () => {
  const eva = await signedIn(app, "Eva Ed");
  const taken = await eva.post("/desk/account/address", { email: "ada@example.org" });
  leadsTo(taken, "/desk/account?address=asked");
  const before = (await mailsTo(app, "ada@example.org")).length;
  await app.runJobs();
  assert.equal((await mailsTo(app, "ada@example.org")).length, before);
  app.pass(day);
  const again = await signedIn(app, "Eva Ed");
  for (let number = 0; number < 8; number++)
    await again.post("/desk/account/address", { email: "many@new.example" });
  await app.runJobs();
  // Waiting mails give way to the newest one of the same link; links are what is counted.
  const { count } = await app.db
    .selectFrom("address_proof")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("created_at", ">", new Date(app.deps.clock().getTime() - hour))
    .executeTakeFirstOrThrow();
  assert.equal(Number(count), 5);
  app.pass(11 * 60_000);
  leadsTo(await again.post("/desk/account/address", { email: "x@new.example" }), /^\/desk\/confirm/);
});

test("what is counted tells nothing either: asking for somebody's address takes as much as asking for nobody's", async () => {
  const left = async (address: string) => {
    app.pass(day);
    const eva = await signedIn(app, "Eva Ed");
    for (let number = 0; number < 5; number++) await eva.post("/desk/account/address", { email: address });
    await app.runJobs();
    const before = (await mailsTo(app, "probe@new.example")).length;
    await eva.post("/desk/account/address", { email: "probe@new.example" });
    await app.runJobs();
    return (await mailsTo(app, "probe@new.example")).length > before;
  };
  assert.equal(await left("nobody@new.example"), false);
  const told = (await mailsTo(app, "ada@example.org")).length;
  assert.equal(await left("ada@example.org"), false);
  assert.equal((await mailsTo(app, "ada@example.org")).length, told);
});

test("two who ask for one address: the first to answer has it", async () => {
  app.pass(day);
  const [eva, own] = [await signedIn(app, "Eva Ed"), await signedIn(app, "Ada Byron")];
  await eva.post("/desk/account/address", { email: "both@new.example" });
  await app.runJobs();
  const evas = await deskLink(app, "both@new.example", kind);
  await own.post("/desk/account/address", { email: "both@new.example" });
  await app.runJobs();
  const adas = await deskLink(app, "both@new.example", kind);
  leadsTo(await own.post(adas), "/desk/account?address=changed");
  assert.equal((await eva.post(evas)).status, 410);
  assert.equal(await addressOf("Eva Ed"), "eva@new.example");
});

test("a link works for a day, and what is old is deleted with the address of before", async () => {
  const eva = await signedIn(app, "Eva Ed");
  app.pass(day);
  const late = await signedIn(app, "Eva Ed");
  await late.post("/desk/account/address", { email: "late@new.example" });
  await app.runJobs();
  const link = await deskLink(app, "late@new.example", kind);
  app.pass(day);
  assert.equal((await eva.get(link)).status, 410);
  assert.equal((await eva.post(link)).status, 410);
  app.pass(5 * day);
  await purgePeople(app.db, app.deps.clock);
  assert.deepEqual(await app.db.selectFrom("address_proof").select("id").execute(), []);
});

test("the address of a set-up with a slip in it is put right without a word to the stranger", async () => {
  const other = await startSigningApp();
  try {
    const token = await makeSetUpLink(other.db, other.deps.clock);
    const owner = await accept(other, `/desk/invitations/${token}`, {
      name: "Ada",
      email: "slip@example.org",
    });
    await other.runJobs();
    const strangers = await mailsTo(other, "slip@example.org");
    leadsTo(await owner.post("/desk/account/address/again"), "/desk/account?address=asked");
    await owner.post("/desk/account/address", { email: "right@example.org" });
    await other.runJobs();
    assert.equal((await mailsTo(other, "slip@example.org")).length, strangers.length + 1);
    leadsTo(
      await owner.post(await deskLink(other, "right@example.org", kind)),
      "/desk/account?address=changed",
    );
    await other.runJobs();
    assert.equal((await mailsTo(other, "slip@example.org")).length, strangers.length + 1);
    assert.equal((await owner.post(await deskLink(other, "slip@example.org", kind))).status, 410);
  } finally {
    await other.close();
  }
});
