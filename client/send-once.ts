/** After so many milliseconds a form can be sent again: the reader may have stopped it, or lost the connection. */
const patience = 8_000;

/** Keeps an impatient second press from sending a form twice, and shows that the first one is under way. */
export function sendOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    // What goes into a frame leaves the page, and its form, where they are.
    const submitter = event.submitter as HTMLButtonElement | null;
    if (form.method !== "post" || submitter?.formTarget) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, patience);
  });
  // Coming back with the browser's own button finds the form ready again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]"))
      delete form.dataset.sent;
  });
}
