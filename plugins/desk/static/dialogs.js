/* The dialog of the page: what is asked before something is inserted. */
import { element } from "./common.js";

export const dialog = document.getElementById("ask");

/* Asks for texts; the answers by name, or null.
   labels: by name, the first is needed; words: of the buttons; values: what is there; picture: shown above. */
export function questions(labels, words, values = {}, picture = null) {
  const inputs = Object.keys(labels).map((name) =>
    element("input", { name, id: `ask-${name}`, autocomplete: "off", value: values[name] || "" }),
  );
  inputs[0].required = !values[inputs[0].name];
  return asked(inputs, labels, words, picture);
}

/* Asks for a text of several lines; null if nothing is to be changed. */
export async function textQuestion(label, text, words) {
  const input = element("textarea", { name: "text", id: "ask-text", value: text, rows: 10, spellcheck: false });
  const answers = await asked([input], { text: label }, { ...words, insert: words.take });
  return answers && answers.text;
}

function asked(inputs, labels, words, picture) {
  return new Promise((resolve) => {
    const rows = inputs.flatMap((input) => [element("label", { htmlFor: input.id }, labels[input.name]), input]);
    const insert = element("button", { className: "primary" }, words.insert);
    const cancel = element("button", { type: "button", onclick: () => dialog.close() }, words.cancel);
    const buttons = element("div", { className: "row" }, insert, cancel);
    const form = element("form", { method: "dialog" }, ...rows, buttons);
    let answers = null;
    form.onsubmit = () => {
      answers = Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]));
    };
    dialog.replaceChildren(...(picture ? [picture] : []), form);
    dialog.onclose = () => resolve(answers);
    dialog.showModal();
    inputs[0].focus();
  });
}
