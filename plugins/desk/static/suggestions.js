/* Suggestions for a field with several values complete its last one. */
import { element } from "./common.js";

for (const input of document.querySelectorAll("[data-separator]")) {
  const choices = [...input.list.options].map((option) => option.value);
  const separator = input.dataset.separator;
  if (separator)
    input.addEventListener("input", () => {
      const typed = input.value.slice(0, input.value.lastIndexOf(separator) + 1);
      const lead = typed ? `${typed} ` : "";
      input.list.replaceChildren(...choices.map((choice) => element("option", { value: lead + choice })));
    });
}
