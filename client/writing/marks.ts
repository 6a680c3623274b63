/**
 * Keys for a text area with Markdown: Ctrl or Cmd with B, I and K for bold, italic and links; a new line goes on with a
 * list. Tab goes on to the next field, as everywhere. What is put in can be undone like what is typed.
 */

const wraps: Readonly<Record<string, string>> = { b: "**", i: "*" };

export function listenForMarks(area: HTMLTextAreaElement): void {
  area.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    const key = event.key.toLowerCase();
    const wrap = wraps[key];
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && (wrap || key === "k")) {
      event.preventDefault();
      if (wrap) around(area, wrap);
      else link(area);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      if (nextItem(area)) event.preventDefault();
    }
  });
}

/** Puts marks around what is selected; or takes them away, where they are there. */
function around(area: HTMLTextAreaElement, mark: string): void {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const inside = value.slice(start, end);
  const marked =
    value.slice(start - mark.length, start) === mark && value.slice(end, end + mark.length) === mark;
  // One star of two is not italic.
  const bold =
    mark === "*" && value.slice(start - 2, start) === "**" && value.slice(start - 3, start) !== "***";
  if (marked && !bold) {
    area.setSelectionRange(start - mark.length, end + mark.length);
    put(area, inside);
    area.setSelectionRange(start - mark.length, end - mark.length);
  } else {
    put(area, `${mark}${inside}${mark}`);
    area.setSelectionRange(start + mark.length, end + mark.length);
  }
}

/** Makes a link of what is selected; the address is selected then, to be written over. */
function link(area: HTMLTextAreaElement): void {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  const address = "https://";
  put(area, `[${words}](${address})`);
  const at = start + words.length + 3;
  if (words === "") area.setSelectionRange(start + 1, start + 1);
  else area.setSelectionRange(at, at + address.length);
}

/** After a list's item comes the next one; after an empty item the list ends. @returns whether a list went on or ended */
function nextItem(area: HTMLTextAreaElement): boolean {
  const { selectionStart: at, selectionEnd, value } = area;
  if (at !== selectionEnd) return false;
  const line = value.slice(value.lastIndexOf("\n", at - 1) + 1, at);
  const found = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))( +)(.*)$/.exec(line);
  if (!found) return false;
  const [, indent = "", bullet, number, point = "", gap = " ", words] = found;
  if (words === "") {
    area.setSelectionRange(at - line.length, at);
    put(area, "\n");
    return true;
  }
  put(area, `\n${indent}${bullet ?? `${Number(number) + 1}${point}`}${gap}`);
  return true;
}

/** As if typed, so that it can be undone; browsers that do not know how set it. */
function put(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  const typed =
    text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (typed) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
