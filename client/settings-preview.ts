/**
 * The preview beside the settings, renewed as one types. Each renewal loads a frame of its own behind the one that is
 * seen, and takes its place when it is there: nothing flickers, and the browser's way back is not filled with previews.
 */
const pause = 350;

export function renewPreview(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-preview]");
  let seen = document.querySelector<HTMLIFrameElement>("iframe[name=preview]");
  if (!form || !seen) return;
  const button = document.querySelector<HTMLButtonElement>("[data-preview-now]");
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let count = 0;

  const renew = () => {
    clearTimeout(waiting);
    for (const late of document.querySelectorAll("iframe[data-coming]")) late.remove();
    const coming = seen!.cloneNode() as HTMLIFrameElement;
    count += 1;
    coming.name = `preview-${count}`;
    coming.removeAttribute("src");
    coming.dataset.coming = "";
    coming.hidden = true;
    seen!.after(coming);
    coming.addEventListener("load", () => {
      if (!coming.isConnected || coming.contentWindow?.location.href === "about:blank") return;
      const place = seen!.contentWindow?.scrollY ?? 0;
      coming.hidden = false;
      delete coming.dataset.coming;
      seen!.remove();
      seen = coming;
      coming.contentWindow?.scrollTo(0, place);
    });
    send(form, coming.name);
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(renew, pause);
  };
  document.addEventListener("input", (event) => {
    if ((event.target as HTMLInputElement).form === form) soon();
  });
  button?.addEventListener("click", (event) => {
    event.preventDefault();
    renew();
  });
  sayColour(form);
  // A form that came back, or to which the browser came back, may hold what is not saved.
  if (document.querySelector(".sum")) renew();
  addEventListener("pageshow", ({ persisted }) => persisted && renew());
}

/** Sends the form, as it stands, into a frame; no handler of submit events sees it. */
function send(form: HTMLFormElement, frame: string): void {
  const { action, target } = form;
  form.action = form.dataset.preview!;
  form.target = frame;
  HTMLFormElement.prototype.submit.call(form);
  form.action = action;
  form.target = target;
}

/** Says anew how the chosen colour is shown. */
function sayColour(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("[name=accent]");
  const note = form.querySelector<HTMLElement>("[data-colour-note]");
  input?.addEventListener("change", async () => {
    const url = new URL(form.dataset.colour!, location.href);
    url.searchParams.set("accent", input.value);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok && !answer.redirected && note) note.innerHTML = await answer.text();
  });
}
