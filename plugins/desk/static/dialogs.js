/* The dialog of the page: what is asked before something is inserted. */
import { element } from "./common.js";

export const dialog = document.getElementById("ask");

/* Asks for texts; the answers by name, or null.
   labels: by name; words: of the buttons; picture: an element that is shown above. */
export function questions(labels, words, picture) {
  return new Promise((resolve) => {
    const inputs = Object.keys(labels).map((name) =>
      element("input", { name, id: `ask-${name}`, autocomplete: "off" }),
    );
    const rows = inputs.flatMap((input) => [element("label", { htmlFor: input.id }, labels[input.name]), input]);
    const insert = element("button", { className: "primary" }, words.insert);
    const cancel = element("button", { type: "button", onclick: () => dialog.close() }, words.cancel);
    const buttons = element("div", { className: "row" }, insert, cancel);
    const asked = element("form", { method: "dialog" }, ...rows, buttons);
    let answers = null;
    inputs[0].required = true;
    asked.onsubmit = () => {
      answers = Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]));
    };
    dialog.replaceChildren(...(picture ? [picture] : []), asked);
    dialog.onclose = () => resolve(answers);
    dialog.showModal();
    inputs[0].focus();
  });
}
