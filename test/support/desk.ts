/** The desk as tests use it: through the doors, each person with a browser of their own. */
import assert from "node:assert/strict";
import { inTransaction } from "../../src/database/transaction.ts";
import { makeSetUpLink } from "../../src/people/invite.ts";
import type { Role } from "../../src/people/roles.ts";
import { enter } from "../../src/people/session.ts";
import type { TestApp } from "./app.ts";
import { mailedLink } from "./signing.ts";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0";

/** A browser: it keeps cookies, and sends what browsers send along with forms. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly app: TestApp;
  userAgent = firefox;

  constructor(app: TestApp) {
    this.app = app;
  }

  /** Asks for a page; redirects are not followed. */
  get(path: string): Promise<Response> {
    return this.#send(path, { method: "GET" });
  }

  /** Sends a form, as from a page of this site. */
  post(path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
    return this.#send(path, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        Referer: "http://localhost/desk",
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** Sends a form about a letter's draft, as from a page that was opened just now: with the edition that it shows. */
  async postSeen(path: string, fields: Record<string, string> = {}) {
    const [, id] = /^\/desk\/letters\/([^/]+)\//.exec(path)!;
    const drafts = this.app.db.selectFrom("draft").select("edition").where("letter_id", "=", id!);
    const { edition } = await drafts.executeTakeFirstOrThrow();
    return this.post(path, { edition: String(edition), ...fields });
  }

  /** Sends a form of parts, as browsers do with a file. */
  postForm(path: string, form: FormData) {
    const headers = { "Sec-Fetch-Site": "same-origin", Referer: "http://localhost/desk" };
    return this.#send(path, { method: "POST", headers, body: form });
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const cookie = Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join("; ");
    const headers = new Headers({
      "User-Agent": this.userAgent,
      ...(init.headers as Record<string, string>),
    });
    if (cookie) headers.set("Cookie", cookie);
    const answer = await this.app.fetch(path, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/Max-Age=0(;|$)/.test(line)) this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    return answer;
  }
}

/** Where an answer leads on to. */
export function leadsTo(answer: Response, path: string | RegExp): void {
  assert.equal(answer.status, 303);
  const location = answer.headers.get("location")!;
  if (typeof path === "string") assert.equal(location, path);
  else assert.match(location, path);
}

/** The path of the newest mailed link of a kind to an address. */
export function deskLink(app: TestApp, address: string, kind: "sign-in" | "invitations" | "account/address") {
  return mailedLink(app, address, `desk/${kind}`);
}

/** Takes an invitation up, in a browser of one's own. */
export async function accept(app: TestApp, path: string, fields: Record<string, string>): Promise<Visitor> {
  const visitor = new Visitor(app);
  const answer = await visitor.post(path, { language: "en", ...fields });
  leadsTo(answer, "/desk/account/passkeys");
  return visitor;
}

/** Sets the desk up. Its owner is Ada, ada@example.org, whose address counts as proved without the mail that this takes. */
export async function setUp(app: TestApp): Promise<Visitor> {
  const token = await makeSetUpLink(app.db, app.deps.clock);
  const owner = await accept(app, `/desk/invitations/${token}`, {
    name: "Ada Byron",
    email: "ada@example.org",
  });
  await app.db.updateTable("account").set({ address_proved_at: app.deps.clock() }).execute();
  return owner;
}

/** An owner invites somebody, who accepts. */
export async function join(
  app: TestApp,
  owner: Visitor,
  role: Role,
  address: string,
  name: string,
  letter = "",
): Promise<Visitor> {
  leadsTo(
    await owner.post("/desk/people/invite", { email: address, role, language: "en", letter }),
    "/desk/people?done=invited",
  );
  await app.runJobs();
  return accept(app, await deskLink(app, address, "invitations"), { name });
}

/** An account by its name. */
export function accountOf(app: TestApp, name: string) {
  return app.db.selectFrom("account").selectAll().where("name", "=", name).executeTakeFirstOrThrow();
}

/** A browser in which somebody has just signed in, without the mails that this takes. */
export async function signedIn(app: TestApp, name: string): Promise<Visitor> {
  const account = await accountOf(app, name);
  const visitor = new Visitor(app);
  const token = await inTransaction(app.db, (trx) =>
    enter(trx, account, "mail", { device: "Firefox (Linux)" }, app.deps.clock()),
  );
  visitor.cookies.set("__Host-desk", token);
  return visitor;
}

/** What was done, the latest first: act, who, subject. */
export async function actsOf(app: TestApp): Promise<string[]> {
  const rows = await app.db.selectFrom("act").selectAll().orderBy("id", "desc").execute();
  return rows.map(({ act, actor, actor_name, subject_name }) =>
    [act, actor_name ?? actor, subject_name].filter(Boolean).join(" | "),
  );
}
