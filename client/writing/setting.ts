/** Shows a text as it will be set, while it is typed: set by the server, by the same rules as the letter's page. */

/** How long typing must rest, in milliseconds. */
const rest = 300;

export function showSetting(area: HTMLTextAreaElement, setting: HTMLElement, url: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  async function renew(): Promise<void> {
    const mine = ++last;
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams({ body: area.value }),
        redirect: "error",
      });
      // Answers may overtake each other; and the server alone decides what is HTML in it (foundation/markdown.ts).
      if (answer.ok && mine === last) setting.innerHTML = await answer.text();
    } catch {
      // Without a connection the setting stays as it was; that the text is not saved is said elsewhere.
    }
  }
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void renew(), rest);
  });
}
