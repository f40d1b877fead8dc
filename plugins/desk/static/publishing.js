/* Publishes: what would change is shown first, then how far it is; and undoes that. */
import { ADDRESS, element, send } from "./common.js";

const PAUSE = 700; // milliseconds between two questions how far it is

const region = document.getElementById("publish");
if (region) start(JSON.parse(region.dataset.words));

function start(words) {
  const [look, go, undo, how, plan, lines, details] = ["look", "go", "undo", "how", "plan", "lines", "details"].map(
    (id) => document.getElementById(id),
  );
  const buttons = [look, go, undo];
  const running = { plan: words.looking, publish: words.publishing, undo: words.undoing };

  async function run(task) {
    for (const button of buttons) button.disabled = true;
    how.textContent = running[task];
    const said = await send(`${ADDRESS}/dang/viec/`, { task });
    if (said.status === 200) follow();
    else finish(said.message || words.silent);
  }

  async function follow() {
    const answer = await fetch(`${ADDRESS}/dang/viec/`).catch(() => null);
    if (!answer?.ok) {
      finish(words.silent);
      return;
    }
    const state = await answer.json();
    tell(state);
    if (!state.ended) setTimeout(follow, PAUSE);
    else if (state.ended === "failed") finish(words.failed);
    else if (state.task === "plan") offer(state.plan);
    else finish(state.task === "undo" ? words.undone : words.done, state.task);
  }

  function tell(state) {
    details.hidden = !state.lines.length;
    if (state.ended === "failed") details.open = true;
    lines.replaceChildren(
      ...state.lines.map(([text, file]) =>
        element("li", {}, file ? element("a", { href: `${ADDRESS}/bai/${encodeURI(file)}` }, text) : text),
      ),
    );
  }

  function offer({ new: added, changed, removed, others }) {
    const groups = [
      [words.new, added],
      [words.changed, changed],
      [words.removed, removed],
    ];
    const items = groups.flatMap(([name, places]) =>
      places.map(([address, title]) => element("li", {}, element("b", {}, name), ` ${title || ""} `, address)),
    );
    if (others) items.push(element("li", {}, words.others.replace("{count}", others)));
    plan.replaceChildren(...items);
    finish(items.length ? "" : words.nothing);
    go.hidden = false;
    go.focus();
  }

  function finish(text, task) {
    for (const button of buttons) button.disabled = false;
    how.textContent = text;
    if (task) {
      plan.replaceChildren();
      go.hidden = true;
    }
    undo.hidden = task !== "publish";
    if (task === "publish") undo.focus();
    else if (task) look.focus();
  }

  look.addEventListener("click", () => run("plan"));
  go.addEventListener("click", () => run("publish"));
  undo.addEventListener("click", () => run("undo"));
}
