/* An article: saved, checked and shown while it is written; its earlier versions. */
import { articleBody } from "./body.js";
import { ADDRESS, element, post, say } from "./common.js";
import { dialog } from "./dialogs.js";
import { filing } from "./filing.js";
import { findings } from "./findings.js";
import { reviewing } from "./reviewing.js";
import { takeWhatIsBrought } from "./taking.js";

const form = document.getElementById("article");
if (form) start(form);

function start(form) {
  const words = JSON.parse(form.dataset.words);
  const path = form.dataset.path;
  const saved = document.getElementById("saved");
  const frame = document.getElementById("page");
  const kept = `desk:${path}`; // what was typed and not saved, should the machine stop
  const body = articleBody(form, path, words, changed);
  const found = findings({ form, path, goTo, read, write });
  let clean = snapshot();
  let timer = 0;
  let remembering = 0;
  let tries = 0;

  function snapshot() {
    const data = new FormData(form);
    data.delete("version");
    return JSON.stringify([...data].filter(([, value]) => typeof value === "string"));
  }

  function show(text) {
    saved.textContent = text;
  }

  function changed() {
    clearTimeout(timer);
    timer = setTimeout(tryText, 400);
    clearTimeout(remembering);
    remembering = setTimeout(remember, 50); // not while letters follow each other: the text may be long
  }

  function remember() {
    const data = snapshot();
    if (data === clean) return;
    show(words.changed);
    try {
      localStorage.setItem(kept, JSON.stringify({ version: form.elements.version.value, data }));
    } catch {
      /* no room, or not allowed: the text is in the form */
    }
  }

  /* What is wrong with the text, and its page. */
  async function tryText() {
    tries += 1;
    const number = tries;
    await body.written();
    const answer = await post(`${ADDRESS}/thu/${path}`, new FormData(form)).catch(() => null);
    if (!answer?.ok) return;
    const answered = await answer.json();
    if (number !== tries) return; // a newer text was asked about, whose answer may have been quicker
    found.show(answered.findings, answered.isChecked ?? true);
    if (answered.html) display(answered.html);
  }

  /* --- the fields, by name --- */

  function goTo(field, line, start, end) {
    const control = document.getElementById(`f-${field}`) || form.querySelector(`[name="${field}"]`);
    if (field === body.element.name) body.goTo(line, start, end);
    else if (control) {
      const box = control.closest("details");
      if (box) box.open = true;
      control.focus();
    }
  }

  function leave(address) {
    localStorage.removeItem(kept);
    location.href = address;
    if (address.includes("#")) location.reload();
  }

  function read(field) {
    return field === body.element.name ? body.text() : form.elements[field].value;
  }

  function write(field, text) {
    if (field === body.element.name) body.write(text);
    else form.elements[field].value = text;
    changed();
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
    await body.written();
    const sent = snapshot();
    const answer = await post(`${ADDRESS}/bai/${path}`, new FormData(form)).catch(() => null);
    if (!answer) {
      show(words.failed);
      say(words.failed);
      return false;
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
    return answer.ok;
  }

  /* Somebody else has saved the article: both texts are shown, one is chosen. */
  function conflict(said) {
    const mine = element("button", { type: "button", className: "primary" }, words.mine);
    const theirs = element("button", { type: "button" }, words.theirs);
    mine.hidden = !said.version;
    mine.onclick = () => {
      form.elements.version.value = said.version;
      dialog.close();
      save();
    };
    theirs.onclick = () => location.reload();
    if (said.version) theirs.addEventListener("click", () => localStorage.removeItem(kept));
    dialog.replaceChildren(
      element("p", {}, said.message),
      element("pre", {}, (said.changes || []).join("\n")),
      element("div", { className: "row" }, mine, theirs),
    );
    dialog.showModal();
  }

  document.getElementById("add-file")?.addEventListener("click", () => document.getElementById("file").click());

  for (const button of document.querySelectorAll("[data-version]"))
    button.addEventListener("click", async () => {
      const answer = await fetch(`${ADDRESS}/ban-cu/${path}?ban=${button.dataset.version}`);
      const text = await answer.text();
      const back = element("button", { type: "button", className: "primary" }, words.theirs);
      const leave = element("button", { type: "button", onclick: () => dialog.close() }, words.cancel);
      back.onclick = async () => {
        const data = new FormData();
        data.append("version", form.elements.version.value);
        data.append("text", text);
        const done = await post(`${ADDRESS}/bai/${path}`, data);
        if (done.ok) location.reload();
        else dialog.close();
      };
      dialog.replaceChildren(element("pre", {}, text), element("div", { className: "row" }, back, leave));
      dialog.showModal();
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

  filing({
    form,
    path,
    isClean: () => snapshot() === clean,
    withdraw() {
      form.querySelector("[name=status][value=withdrawn]").click();
      goTo("reason");
    },
    leave,
  });
  reviewing({ path, leave, save: async () => snapshot() === clean || save() }, words.failed);
  takeWhatIsBrought(body, path, words, show);
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
  body.start();
  tryText();
}
