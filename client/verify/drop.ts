/** Lets a file be dropped anywhere on the page: a miss must not open it in place of the page. */
export function takeDrops(target: HTMLElement, take: (files: FileList) => void): void {
  const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    target.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) target.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    target.classList.remove("over");
    const { files } = event.dataTransfer!;
    if (files.length > 0) take(files);
  });
}
