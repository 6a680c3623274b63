/**
 * Keys of the queue of held signatures. They work while a row has the focus and nowhere else, so that nobody who speaks
 * to their browser decides by accident (WCAG 2.2, 2.1.4). Everything that they do can be done without them.
 */
export function prepareReviewKeys(): void {
  const queue = document.querySelector<HTMLFormElement>("form[data-queue]");
  if (!queue) return;
  for (const note of queue.querySelectorAll<HTMLElement>("[data-keys]")) note.hidden = false;
  const boxes = Array.from(queue.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]"));
  queue.addEventListener("keydown", (event) => {
    const row = (event.target as HTMLElement).closest("tbody tr");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = boxes.findIndex((box) => row.contains(box));
    const box = boxes[at];
    if (!box) return;
    switch (event.key) {
      case "j":
        boxes[at + 1]?.focus();
        break;
      case "k":
        boxes[at - 1]?.focus();
        break;
      case "x":
        box.checked = !box.checked;
        break;
      case "a":
        row.querySelector<HTMLButtonElement>("[data-accept]")?.click();
        break;
      case "r":
        box.checked = true;
        queue.querySelector<HTMLSelectElement>("select[name=reason]")?.focus();
        break;
      case "o":
        row.querySelector<HTMLAnchorElement>("a[data-open]")?.click();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}
