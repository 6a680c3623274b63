/**
 * Lets whoever reads a draft choose words and comment on them: a bar with a button comes up while words of one paragraph
 * are chosen. Without this script each paragraph has a link of its own.
 */
export function offerPassages(): void {
  const bar = document.querySelector<HTMLFormElement>("#passage-bar");
  if (!bar) return;
  const field = (name: string) => bar.querySelector<HTMLInputElement>(`input[name="${name}"]`)!;
  document.addEventListener("selectionchange", () => {
    const chosen = passageChosen();
    // While the button itself is in use, what was chosen stays chosen.
    if (!chosen && bar.contains(document.activeElement)) return;
    bar.hidden = !chosen;
    field("paragraph").value = chosen?.paragraph ?? "";
    field("quote").value = chosen?.quote ?? "";
  });
}

function passageChosen(): { paragraph: string; quote: string } | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const passage = [range.startContainer, range.endContainer].map((node) =>
    (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-paragraph]"),
  );
  const [from, to] = passage;
  const quote = selection.toString().replace(/\s+/g, " ").trim();
  // Words that were said beside it are no words of the letter.
  const beside = (range.startContainer.parentElement ?? document.body).closest(".remarks");
  if (!from || from !== to || beside || quote === "") return undefined;
  return { paragraph: from.dataset.paragraph!, quote };
}
