/** The page on which a letter is written. Without scripts it is a form like any other. */
import { fieldsOf, findKept, forget, keep, letGo, same, take, turnOver } from "./kept.ts";
import { listenForMarks } from "./marks.ts";
import { type Said, type State, saveByScript } from "./save.ts";
import { showSetting } from "./setting.ts";

export function prepareWriting(): void {
  const form = document.querySelector<HTMLFormElement>("form.writing");
  const area = form?.querySelector<HTMLTextAreaElement>("#body");
  const setting = form?.querySelector<HTMLElement>("[data-setting]");
  if (!form || !area || !setting) return;
  const { key = "", set = "" } = form.dataset;
  const said = speaker(form);
  listenForMarks(area);
  for (const hint of form.querySelectorAll<HTMLElement>("[data-keys]")) hint.hidden = false;
  showSetting(area, setting, set);
  comeBack(form, key, said);
  saveByScript(form, key, said);
}

/** Chooses among the sentences that the page came with. */
function speaker(form: HTMLFormElement): Said {
  const states = Array.from(form.querySelectorAll<HTMLElement>("[data-is]"));
  const kept = form.querySelector<HTMLElement>("[data-kept]");
  return {
    show(state: State, isKept: boolean) {
      form.dataset.state = state;
      for (const one of states) one.hidden = one.dataset.is !== state;
      if (kept) kept.hidden = !isKept;
    },
    words(html: string) {
      const saved = states.find((one) => one.dataset.is === "saved");
      if (saved) saved.innerHTML = html;
    },
  };
}

/** What the browser kept is offered; it goes where it was saved meanwhile. */
function comeBack(form: HTMLFormElement, key: string, said: Said): void {
  const { state } = form.dataset;
  const fields = fieldsOf(form);
  if (state === "saved") forget(key);
  if (state === "unsaved") {
    const kept = keep(key, fields);
    said.show("unsaved", kept);
    letGo(key, kept);
    return;
  }
  letGo(key, false);
  const found = findKept(key);
  if (!found) return;
  if (same(found.fields, fields)) {
    forget(key, found.place);
    return;
  }
  turnOver();
  offer(form, key, found);
}

function offer(form: HTMLFormElement, key: string, kept: NonNullable<ReturnType<typeof findKept>>): void {
  const box = document.querySelector<HTMLElement>("[data-offer]");
  const time = box?.querySelector("time");
  if (!box || !time) return;
  const at = new Date(kept.at);
  time.dateTime = at.toISOString();
  time.textContent = at.toLocaleString(document.documentElement.lang, {
    dateStyle: "long",
    timeStyle: "short",
  });
  box.hidden = false;
  box.querySelector("[data-drop]")?.addEventListener("click", () => {
    forget(key, kept.place);
    box.hidden = true;
  });
  // The server shows the form with what was kept in it: it knows how many rows that takes.
  box.querySelector("[data-use]")?.addEventListener("click", () => {
    const carrier = document.createElement("form");
    carrier.method = "post";
    carrier.action = form.action;
    for (const [name, value] of [...kept.fields, ["do", "look"] as const]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      carrier.append(field);
    }
    document.body.append(carrier);
    take(key, kept.place);
    carrier.submit();
  });
}
