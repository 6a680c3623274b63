/** Saves a letter's text without leaving the page, and says where it is: on the server, or on this device only. */
import { fieldsOf, forget, keep, same } from "./kept.ts";
import { takeBackMovedOn, takeBackWarnings } from "./mended.ts";

export type State = "saved" | "unsaved" | "saving" | "offline" | "signed-out" | "failed";

/** After so many milliseconds without a connection it is tried again. */
const patience = 10_000;

/** A server that has said nothing for so many milliseconds is not there. */
const silence = 12_000;

/** What says where the text is. */
export interface Said {
  show(state: State, kept: boolean): void;
  /** "Saved as edition 5 …", as the server says it. */
  words(html: string): void;
}

/** @param key under which the browser keeps what is not saved */
export function saveByScript(form: HTMLFormElement, key: string, said: Said): void {
  let kept = false;
  let under = false;
  let wanted = false;
  let leaving = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  // The form by which a language is taken away says as well which edition was seen.
  const editions = document.querySelectorAll<HTMLInputElement>('input[name="edition"]');

  /** Keeps what stands in the form now. */
  function note(): void {
    kept = keep(key, fieldsOf(form));
  }

  form.addEventListener("input", () => {
    note();
    said.show("unsaved", kept);
  });

  async function save(): Promise<void> {
    if (under) {
      wanted = true;
      return;
    }
    under = true;
    wanted = false;
    note();
    said.show("saving", false);
    const sent = fieldsOf(form);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(sent.map(([name, value]) => [name, value])),
        redirect: "manual",
        signal: AbortSignal.timeout(silence),
      });
      await heard(answer, sent);
    } catch {
      said.show("offline", kept);
      // A network may be there and lead nowhere; and saving the same twice does no harm.
      clearTimeout(again);
      again = setTimeout(saveIfOffline, patience);
    } finally {
      under = false;
    }
    // Asked for while it was under way: what has been typed since is saved as well.
    if (wanted && form.dataset.state === "unsaved") await save();
  }

  async function heard(answer: Response, sent: ReturnType<typeof fieldsOf>): Promise<void> {
    // Whoever is not signed in is sent elsewhere, or given the form back.
    if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status >= 500) {
      said.show(answer.status >= 500 ? "failed" : "signed-out", kept);
      return;
    }
    const result = answer.headers.get("content-type")?.startsWith("application/json")
      ? ((await answer.json()) as { edition?: number; saved?: string; stale?: boolean })
      : {};
    if (result.edition === undefined || result.saved === undefined) {
      // Something is to be looked at: the page that says what comes as an answer to the form itself.
      leaving = true;
      form.submit();
      return;
    }
    for (const edition of editions) edition.value = String(result.edition);
    said.words(result.saved);
    takeBackWarnings(form);
    if (!result.stale) takeBackMovedOn(form);
    if (same(sent, fieldsOf(form))) {
      forget(key);
      said.show("saved", false);
    } else {
      note();
      said.show("unsaved", kept);
    }
  }

  form.addEventListener("submit", (event) => {
    const { submitter } = event as SubmitEvent;
    // Buttons that ask for one more row are sent as they are.
    if (submitter?.getAttribute("name") === "do") {
      note();
      leaving = true;
      return;
    }
    event.preventDefault();
    // Other scripts see to it that a form is sent once; this one stays on the page.
    event.stopPropagation();
    void save();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      void save();
    }
  });
  function saveIfOffline(): void {
    if (form.dataset.state === "offline") void save();
  }
  addEventListener("online", saveIfOffline);
  addEventListener("beforeunload", (event) => {
    if (!leaving && !kept && form.dataset.state !== "saved" && form.dataset.state !== "clean")
      event.preventDefault();
  });
}
