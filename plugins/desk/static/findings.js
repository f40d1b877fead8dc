/* What is wrong with the text: at its field, in a list that leads there, each with what it would be if it were mended. */
import { ADDRESS, element, post, say } from "./common.js";

/* editor: the form of an article and its path, and for a field by its name:
   goTo(field, line, start, end) puts the cursor there; read(field), write(field, text) have its text. */
export function findings(editor) {
  const region = document.getElementById("to-correct");
  const words = JSON.parse(region.dataset.words);
  const list = document.getElementById("problems");
  const mendAll = document.getElementById("mend-all");
  const mended = document.getElementById("mended");
  let shown = "";
  let undone = null; // what a press on undo brings back: [field, text before, text after]

  function show(found, isChecked) {
    const now = JSON.stringify([found, isChecked]);
    if (now === shown) return; // who is in the list stays where he is
    shown = now;
    const kept = document.activeElement?.dataset.key;
    list.replaceChildren(...found.map(item));
    if (!found.length) list.append(element("li", {}, isChecked ? words.fine : words.unchecked));
    atFields(found);
    document.getElementById("count").textContent = `${words.warning} (${found.length})`;
    mendAll.hidden = found.filter(({ change }) => change).length < 2;
    if (kept) [...list.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === kept)?.focus();
    if (undone?.some(([field, , after]) => editor.read(field) !== after)) forget();
  }

  function item(finding) {
    const { message, level, field, line, start, end, change, key } = finding;
    const place = field && line ? ` (${words.line} ${line})` : "";
    const text = `${words[level]}: ${message}${place}`;
    const made = element("li", { className: level });
    made.append(
      field
        ? element(
            "button",
            { type: "button", className: "to", onclick: () => editor.goTo(field, line, start, end) },
            text,
          )
        : element("span", {}, text),
    );
    if (change)
      made.append(
        difference(change),
        button(words.mend, () => mend(key), `mend ${key} ${message}`),
      );
    if (level === "review") made.append(button(words.seen, () => dismiss(message), `seen ${message}`));
    return made;
  }

  function button(text, onclick, key) {
    const made = element("button", { type: "button", onclick }, text);
    made.dataset.key = key;
    return made;
  }

  const difference = ([before, after]) =>
    element("p", { className: "change" }, element("del", {}, before), " → ", element("ins", {}, after));

  /* Errors stand at the fields of the header too, which name them to who is in the field. */
  function atFields(found) {
    for (const place of document.querySelectorAll("[data-problems-of]")) {
      const name = place.dataset.problemsOf;
      const own = found.filter(({ field }) => field === name);
      place.replaceChildren(...own.map(({ message, level }) => element("li", { className: level }, message)));
      for (const control of editor.form.querySelectorAll(`[name="${name}"]`)) {
        if (own.length) control.setAttribute("aria-describedby", place.id);
        else control.removeAttribute("aria-describedby");
        control.setAttribute("aria-invalid", String(own.some(({ level }) => level === "error")));
      }
      const box = place.closest("details");
      if (box && own.some(({ level }) => level === "error")) box.open = true;
    }
  }

  async function mend(key) {
    const data = new FormData(editor.form);
    if (key) data.append("finding", key);
    const answer = await post(`${ADDRESS}/sua/${editor.path}`, data).catch(() => null);
    const said = answer ? await answer.json() : { message: words.failed };
    if (said.fields) change(Object.entries(said.fields), said.changes);
    else say(said.message);
  }

  function change(fields, changes) {
    undone = fields.map(([field, after]) => [field, editor.read(field), after]);
    for (const [field, , after] of undone) editor.write(field, after);
    undone = undone.map(([field, before]) => [field, before, editor.read(field)]);
    mended.querySelector("ul").replaceChildren(...changes.map((lines) => element("li", {}, difference(lines))));
    mended.hidden = false;
    mended.querySelector("button").focus();
    say(`${words.mended} ${changes.length}`);
  }

  function forget() {
    undone = null;
    mended.hidden = true;
  }

  /* A note that something is to be looked at is taken out once that was done. */
  function dismiss(message) {
    const left = editor.read("review").split("\n");
    const changed = left.filter((line) => line.trim() !== message.trim()).join("\n");
    change([["review", changed]], [[message, ""]]);
  }

  mendAll.addEventListener("click", () => mend(""));
  mended.querySelector("button").addEventListener("click", () => {
    for (const [field, before] of undone || []) editor.write(field, before);
    forget();
    say(words.undone);
    region.querySelector("h2").focus();
  });
  return { show };
}
