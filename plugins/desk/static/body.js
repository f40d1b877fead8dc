/* The body of an article in two views: as text with marks of Markdown, and as readers see it where that is installed. */
import { ADDRESS, element } from "./common.js";
import { questions, textQuestion } from "./dialogs.js";
import { textArea } from "./text_area.js";

const CHOSEN = "desk:view"; // what this browser showed last
const SHOWN = 60; // letters of a part that is named

/* form: of the article; path: of its file; words: in the editor's language; changed: called when the text is another.
   Returns what both views can do: insert(text), paragraph(text), mark(name), goTo(line, start, end), write(text). */
export function articleBody(form, path, words, changed) {
  const area = form.elements.body || form.elements.text;
  const place = document.getElementById("rich");
  const toggle = document.getElementById("view");
  const askForLink = async (address = "") => (await questions({ link: words.link }, words, { link: address }))?.link;
  const plain = textArea(area, askForLink, changed);
  let rich = null;
  let shown = plain;

  const desk = {
    words,
    askForLink,
    addressOf: (source) => {
      const address = new URL(source.replaceAll("\\", "/"), `http://files/${path}`);
      return address.host === "files" ? `${ADDRESS}/tranh${address.pathname}` : source;
    },
    /* Says that readers will not see a part as it is shown; "" where all is well. show: asks for its source. */
    tellOtherwise(part, show) {
      const told = document.getElementById("otherwise");
      told.hidden = !part;
      const sentence = words.otherwise.replace("{part}", part.length > SHOWN ? `${part.slice(0, SHOWN)}…` : part);
      const button = element("button", { type: "button", onclick: show }, words.source);
      told.replaceChildren(...(part ? [sentence, " ", button] : []));
    },
    editSource: (text) => textQuestion(words.source, text, words),
    editPicture: async ({ src, alt, title }) => {
      const picture = element("img", { src: desk.addressOf(src), alt: "" });
      const answers = await questions(
        { alt: words.alt, caption: words.caption },
        words,
        { alt, caption: title },
        picture,
      );
      return answers && { alt: answers.alt, title: answers.caption || null };
    },
  };

  const tableTools = document.getElementById("table-tools");
  function active(editor) {
    for (const button of document.querySelectorAll("[data-active]")) {
      const [name, level] = button.dataset.active.split(" ");
      button.setAttribute("aria-pressed", editor.isActive(name, level ? { level: Number(level) } : {}));
    }
    tableTools.hidden = !editor.isActive("table");
  }

  async function open() {
    try {
      const { richView } = await import("./rich/view.js");
      rich ??= richView(place, desk, { changed, active });
      let text;
      do {
        text = area.value;
        await rich.load(text);
      } while (text !== area.value); // somebody types while the script is fetched
      const hasFocus = document.activeElement === area;
      choose(rich);
      if (hasFocus) rich.element.focus();
    } catch (error) {
      toggle.hidden = true; // the text area does the same
      console.error(error);
    }
  }

  async function close() {
    await rich.written();
    const text = rich.text();
    choose(plain);
    if (text !== area.value) plain.write(text);
  }

  function choose(view) {
    shown = view;
    const isRich = view === rich;
    area.hidden = isRich;
    place.hidden = !isRich;
    toggle.setAttribute("aria-pressed", String(!isRich));
    for (const button of document.querySelectorAll("[data-rich]")) button.hidden = !isRich;
    tableTools.hidden = true;
    if (!isRich) desk.tellOtherwise("");
    localStorage.setItem(CHOSEN, isRich ? "rich" : "source");
  }

  toggle?.addEventListener("click", async () => {
    await (shown === plain ? open() : close());
    shown.element.focus();
  });
  document.getElementById("body-label")?.addEventListener("click", () => shown.element.focus());
  for (const button of document.querySelectorAll("[data-mark]"))
    button.addEventListener("click", () => shown.mark(button.dataset.mark));
  form.addEventListener("formdata", ({ formData }) => {
    if (shown === rich) formData.set(area.name, rich.text());
  });

  return {
    element: area,
    elements: [area, ...(place ? [place] : [])],
    start: () => place && localStorage.getItem(CHOSEN) !== "source" && open(),
    text: () => (shown === rich ? rich.text() : area.value),
    written: () => rich?.written(),
    isOwn: (html) => shown === rich && rich.isOwn(html),
    insert: (text) => shown.insert(text),
    paragraph: (text) => shown.paragraph(text),
    write: (text) => shown.write(text),
    goTo: (line, start, end) => shown.goTo(line, start, end),
  };
}
