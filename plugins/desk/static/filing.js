/* Moves and deletes an article; asks what becomes of its published address. */
import { ADDRESS, complain, element, send } from "./common.js";
import { dialog } from "./dialogs.js";

/* article: its form, path, and isClean(), withdraw(), leave(address). */
export function filing(article) {
  const region = document.getElementById("filing");
  const words = JSON.parse(region.dataset.words);
  const problem = document.getElementById("filing-problem");
  const slug = document.getElementById("move-slug");
  const folder = document.getElementById("move-folder");

  async function act(what, values) {
    if (!article.isClean()) {
      complain(problem, words.unsaved);
      return;
    }
    const version = article.form.elements.version.value;
    const said = await send(`${ADDRESS}/${what}/${article.path}`, { version, ...values });
    complain(problem, said.status ? "" : words.failed);
    if (said.status === 200) article.leave(said.address);
    else if (said.status === 409) ask(said, (old) => act(what, { ...values, ...old }));
    else if (said.message) complain(problem, said.message);
  }

  function ask(question, answer) {
    const parts = [element("p", {}, question.message)];
    const row = element("div", { className: "row" });
    if (question.present) row.append(choice(words.keep, () => answer({ old: "keep" }), "primary"));
    else row.append(choice(words.withdraw, article.withdraw, "primary"));
    if (question.others.length) {
      const likely = element("datalist", { id: "likely" });
      likely.append(...question.others.map(([address, title]) => element("option", { value: address }, title)));
      const other = element("input", { id: "successor", value: question.others[0][0], autocomplete: "off" });
      other.setAttribute("list", likely.id);
      parts.push(element("label", { htmlFor: other.id }, words.successor), other, likely);
      row.append(choice(words.lead, () => answer({ old: "keep", to: other.value })));
    }
    row.append(choice(words.drop, () => answer({ old: "gone" })));
    row.append(choice(words.cancel, () => {}));
    dialog.replaceChildren(...parts, row);
    dialog.showModal();
  }

  function choice(text, chosen, className = "") {
    const onclick = () => {
      dialog.close();
      chosen();
    };
    return element("button", { type: "button", className, onclick }, text);
  }

  function askBeforeDeleting() {
    const row = element("div", { className: "row" });
    row.append(
      choice(words.delete, () => act("xoa", {}), "primary"),
      choice(words.cancel, () => {}),
    );
    dialog.replaceChildren(element("p", {}, words.sure), row);
    dialog.showModal();
  }

  document
    .getElementById("move")
    .addEventListener("click", () => act("chuyen", { slug: slug.value, folder: folder?.value || "" }));
  document.getElementById("delete").addEventListener("click", askBeforeDeleting);
}
