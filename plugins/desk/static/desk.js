/* The editors' desk: saves, checks and shows an article while it is written; reads what is pasted and dropped. */
const ADDRESS = "/soan";
const token = document.querySelector("meta[name=desk-token]").content;
const status = document.getElementById("said");

const say = (text) => {
  status.textContent = "";
  setTimeout(() => {
    status.textContent = text;
  }, 50);
};

const post = (address, body) => fetch(address, { method: "POST", body, headers: { "X-Desk-Token": token } });

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/* --- the list --- */

document.getElementById("new")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await post(`${ADDRESS}/moi/`, new FormData(event.target));
  const said = await answer.json();
  if (answer.ok) location.href = said.address;
  const problem = document.getElementById("new-problem");
  problem.hidden = answer.ok;
  problem.textContent = said.message || "";
});

/* --- an article --- */

const form = document.getElementById("article");
if (form) start(form);

function start(form) {
  const words = JSON.parse(form.dataset.words);
  const path = form.dataset.path;
  const body = form.elements.body || form.elements.text;
  const saved = document.getElementById("saved");
  const frame = document.getElementById("page");
  const ask = document.getElementById("ask");
  const kept = `desk:${path}`; // what was typed and not saved, should the machine stop
  let clean = snapshot();
  let timer = 0;

  function snapshot() {
    const data = new FormData(form);
    data.delete("version");
    return JSON.stringify([...data].filter(([, value]) => typeof value === "string"));
  }

  const show = (text) => {
    saved.textContent = text;
  };

  function changed() {
    clearTimeout(timer);
    timer = setTimeout(tryText, 400);
    if (snapshot() === clean) return;
    show(words.changed);
    try {
      localStorage.setItem(kept, JSON.stringify({ version: form.elements.version.value, data: snapshot() }));
    } catch {
      /* no room, or not allowed: the text is in the form */
    }
  }

  /* What is wrong with the text, and its page. */
  async function tryText() {
    const answer = await post(`${ADDRESS}/thu/${path}`, new FormData(form)).catch(() => null);
    if (!answer?.ok) return;
    const { problems, html, isChecked = true } = await answer.json();
    list(problems, isChecked);
    if (html) display(html);
  }

  function list(problems, isChecked) {
    const items = problems.map(([line, message, level]) => {
      const item = element("li", { className: level }, message);
      if (line && body.name === "text")
        item.append(" ", element("button", { type: "button", onclick: () => goTo(line) }, `${words.line} ${line}`));
      return item;
    });
    if (!items.length) items.push(element("li", {}, isChecked ? words.fine : words.unchecked));
    document.getElementById("problems").replaceChildren(...items);
  }

  function goTo(line) {
    const before = body.value
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length;
    body.focus();
    body.setSelectionRange(before, before);
  }

  function display(html) {
    const shown = frame.contentDocument?.querySelector("main");
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    if (shown && main) shown.replaceWith(frame.contentDocument.adoptNode(main));
    else frame.src = `${ADDRESS}/trang/${path}`;
  }

  async function save(event) {
    event?.preventDefault();
    show(words.saving);
    const sent = snapshot();
    const answer = await post(`${ADDRESS}/bai/${path}`, new FormData(form)).catch(() => null);
    if (!answer) {
      show(words.failed);
      say(words.failed);
      return;
    }
    const said = await answer.json();
    if (answer.ok) {
      form.elements.version.value = said.version;
      clean = sent;
      localStorage.removeItem(kept);
    } else if (answer.status === 409) conflict(said);
    const text = answer.ok ? words.saved : said.message;
    show(text);
    say(text);
  }

  /* Somebody else has saved the article: both texts are shown, one is chosen. */
  function conflict(said) {
    const mine = element("button", { type: "button", className: "primary" }, words.mine);
    const theirs = element("button", { type: "button" }, words.theirs);
    mine.hidden = !said.version;
    mine.onclick = () => {
      form.elements.version.value = said.version;
      ask.close();
      save();
    };
    theirs.onclick = () => location.reload();
    if (said.version) theirs.addEventListener("click", () => localStorage.removeItem(kept));
    ask.replaceChildren(
      element("p", {}, said.message),
      element("pre", {}, (said.changes || []).join("\n")),
      element("div", { className: "row" }, mine, theirs),
    );
    ask.showModal();
  }

  /* --- the text --- */

  function insert(text, start = body.selectionStart, end = body.selectionEnd) {
    body.focus();
    body.setSelectionRange(start, end);
    // the browser's own way of typing, so that Ctrl+Z takes it back
    if (!document.execCommand("insertText", false, text)) body.setRangeText(text, start, end, "end");
    changed();
  }

  const lineStart = () => body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;

  function around(mark) {
    const { selectionStart: start, selectionEnd: end } = body;
    const chosen = body.value.slice(start, end);
    insert(`${mark}${chosen}${mark}`);
    if (!chosen) body.setSelectionRange(start + mark.length, start + mark.length);
  }

  function before(marks) {
    const start = lineStart();
    const lines = body.value.slice(start, body.selectionEnd).split("\n");
    insert(lines.map((line, number) => `${marks(number)}${line}`).join("\n"), start, body.selectionEnd);
  }

  const paragraph = (text) => {
    const above = body.value.slice(0, body.selectionStart);
    const gap = !above || above.endsWith("\n\n") ? "" : above.endsWith("\n") ? "\n" : "\n\n";
    insert(`${gap}${text}\n\n`);
  };

  const marks = {
    heading: () => before(() => "## "),
    bold: () => around("**"),
    italic: () => around("*"),
    list: () => before(() => "- "),
    numbers: () => before((number) => `${number + 1}. `),
    quote: () => before(() => "> "),
    table: () => paragraph("| Cột 1 | Cột 2 |\n| --- | --- |\n| … | … |"),
    link: async () => {
      const { selectionStart: start, selectionEnd: end } = body;
      const chosen = body.value.slice(start, end);
      const answers = await questions({ link: words.link });
      if (answers) insert(`[${chosen || answers.link}](${answers.link})`, start, end);
    },
    file: () => document.getElementById("file").click(),
  };
  for (const button of document.querySelectorAll("[data-mark]"))
    button.addEventListener("click", () => marks[button.dataset.mark]());

  /* Asks for texts in a dialog; the answers by name, or null. */
  function questions(labels, picture) {
    return new Promise((resolve) => {
      const inputs = Object.keys(labels).map((name) =>
        element("input", { name, id: `ask-${name}`, autocomplete: "off" }),
      );
      const rows = inputs.flatMap((input) => [element("label", { htmlFor: input.id }, labels[input.name]), input]);
      const insertButton = element("button", { className: "primary" }, words.insert);
      const cancel = element("button", { type: "button", onclick: () => ask.close() }, words.cancel);
      const asked = element(
        "form",
        { method: "dialog" },
        ...rows,
        element("div", { className: "row" }, insertButton, cancel),
      );
      let answers = null;
      inputs[0].required = true;
      asked.onsubmit = () => {
        answers = Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]));
      };
      ask.replaceChildren(...(picture ? [picture] : []), asked);
      ask.onclose = () => resolve(answers);
      ask.showModal();
      inputs[0].focus();
    });
  }

  body.addEventListener("paste", async (event) => {
    const files = [...event.clipboardData.files];
    const html = event.clipboardData.getData("text/html");
    if (html) {
      event.preventDefault();
      const answer = await post(`${ADDRESS}/dan/`, html);
      const { markdown, notes } = await answer.json();
      insert(markdown);
      say([words.pasted, ...notes].join(" "));
      show(notes.join(" ") || words.pasted);
    } else if (files.length) {
      event.preventDefault();
      add(files);
    }
  });

  for (const name of ["dragover", "dragleave", "drop"])
    body.addEventListener(name, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      body.classList.toggle("dropping", name === "dragover");
      if (name === "drop") add([...event.dataTransfer.files]);
    });
  document.getElementById("file")?.addEventListener("change", (event) => add([...event.target.files]));

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
      insert(`[${file.name.replace(/\.[^.]*$/, "").replace(/[[\]]/g, "")}](${stored.path})`);
      return;
    }
    const picture = element("img", { src: URL.createObjectURL(file), alt: "" });
    const answers = await questions({ alt: words.alt, caption: words.caption }, picture);
    if (!answers) return;
    const caption = answers.caption ? ` "${answers.caption.replaceAll('"', "”")}"` : "";
    paragraph(`![${answers.alt.replace(/[[\]]/g, "")}](${stored.path}${caption})`);
  }

  /* Suggestions for a list of several complete its last item. */
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

  for (const button of document.querySelectorAll("[data-version]"))
    button.addEventListener("click", async () => {
      const answer = await fetch(`${ADDRESS}/ban-cu/${path}?ban=${button.dataset.version}`);
      const text = await answer.text();
      const back = element("button", { type: "button", className: "primary" }, words.theirs);
      const leave = element("button", { type: "button", onclick: () => ask.close() }, words.cancel);
      back.onclick = async () => {
        const data = new FormData();
        data.append("version", form.elements.version.value);
        data.append("text", text);
        const done = await post(`${ADDRESS}/bai/${path}`, data);
        if (done.ok) location.reload();
        else ask.close();
      };
      ask.replaceChildren(element("pre", {}, text), element("div", { className: "row" }, back, leave));
      ask.showModal();
    });

  function restore() {
    const stored = JSON.parse(localStorage.getItem(kept) || "null");
    if (!stored || stored.data === clean) return;
    form.elements.version.value = stored.version; // if the file has changed meanwhile, saving asks which text to keep
    for (const [name, value] of JSON.parse(stored.data)) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    show(words.restored);
    say(words.restored);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", save);
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") save(event);
  });
  addEventListener("beforeunload", (event) => {
    if (snapshot() !== clean) event.preventDefault();
  });
  restore();
  tryText();
}
