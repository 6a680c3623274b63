/** Leaves empty filters out of the address when the search form is sent, so that links stay short to share. */
export function dropEmptyFilters(): void {
  const form = document.querySelector<HTMLFormElement>(".find form");
  form?.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of Array.from(formData.entries())) if (value === "") formData.delete(name);
  });
}
