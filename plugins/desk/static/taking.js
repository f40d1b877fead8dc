/* What is pasted or dropped into the body: text of other programs, pictures and documents. */
import { ADDRESS, element, post, say } from "./common.js";
import { questions } from "./dialogs.js";

/* body: where it is put; path: of the article; words: in the editor's language; show: shows how far it is. */
export function takeWhatIsBrought(body, path, words, show) {
  async function paste(html) {
    const answer = await post(`${ADDRESS}/dan/`, html);
    const { markdown, notes } = await answer.json();
    await body.insert(markdown);
    say([words.pasted, ...notes].join(" "));
    show(notes.join(" ") || words.pasted);
  }

  async function add(files) {
    for (const file of files) {
      show(words.uploading);
      const data = new FormData();
      data.append("file", file);
      const answer = await post(`${ADDRESS}/tep/${path}`, data).catch(() => null);
      const said = answer ? await answer.json() : { message: words.failed };
      show(said.message || "");
      if (said.message) say(said.message);
      else await place(file, said);
    }
  }

  async function place(file, stored) {
    if (!stored.isPicture) {
      await body.insert(`[${file.name.replace(/\.[^.]*$/, "").replace(/[[\]]/g, "")}](${stored.path})`);
      return;
    }
    const picture = element("img", { src: URL.createObjectURL(file), alt: "" });
    const answers = await questions({ alt: words.alt, caption: words.caption }, words, {}, picture);
    if (!answers) return;
    const caption = answers.caption ? ` "${answers.caption.replaceAll('"', "”")}"` : "";
    await body.paragraph(`![${answers.alt.replace(/[[\]]/g, "")}](${stored.path}${caption})`);
  }

  function pasted(event) {
    const files = [...event.clipboardData.files];
    const html = event.clipboardData.getData("text/html");
    if ((!html && !files.length) || body.isOwn(html)) return;
    event.preventDefault();
    if (html) paste(html);
    else add(files);
  }

  function dragged(event) {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    event.currentTarget.classList.toggle("dropping", event.type === "dragover");
    if (event.type === "drop") add([...event.dataTransfer.files]);
  }

  for (const element of body.elements) {
    element.addEventListener("paste", pasted, true);
    for (const name of ["dragover", "dragleave", "drop"]) element.addEventListener(name, dragged, true);
  }
  document.getElementById("file")?.addEventListener("change", (event) => add([...event.target.files]));
}
