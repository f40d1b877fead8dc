/* The page of what is kept: lists what the worker has, and gets rid of it. */
const page = document.querySelector(".kept-page"),
  texts = page.dataset;

function plain(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent;
}

export default async function show({ ask, announce, megabytes, element, isOn, isOff, OFF }) {
  const toggle = page.querySelector("[data-action=keep-nothing]");
  const moment = (time) =>
    new Date(time).toLocaleString(texts.numbers, {
      day: "numeric",
      month: "numeric",
      hour: "2-digit",
      minute: "2-digit",
    });

  function item({ path, title, time, sound }, isSaved) {
    const row = element('<li><span class="meta"></span><a class="plain"></a></li>'),
      [meta, link] = row.children;
    meta.textContent = texts.time.replace("{time}", moment(time));
    link.textContent = plain(title);
    link.href = path;
    if (isSaved) row.append(controls(path, link.textContent, sound));
    return row;
  }
  function controls(path, title, sound) {
    const acts = element('<div class="acts"></div>');
    const add = (label, job, done) => {
      const button = element(
        '<button class="btn" type="button"><span class="label"></span><span class="vh"></span></button>',
      );
      button.firstElementChild.textContent = label;
      button.lastElementChild.textContent = `: ${title}`;
      button.onclick = () => run(button, job, { path }, done);
      acts.append(button);
    };
    if (sound) {
      const size = megabytes(sound.size);
      if (sound.kept) add(texts.dropSound.replace("{size}", size), "dropSound", texts.soundDropped);
      else add(texts.saveSound.replace("{size}", size), "saveSound", texts.soundKept);
    }
    add(texts.drop, "drop", texts.dropped);
    return acts;
  }
  async function run(button, job, values, done) {
    button.setAttribute("aria-busy", true);
    announce(texts.busy);
    try {
      await ask(job, values);
      await list();
      page.querySelector("h2").focus();
      announce(done);
    } catch {
      button.removeAttribute("aria-busy");
      announce(texts.failed);
    }
  }
  async function list() {
    const kept = await ask("list");
    for (const name of ["saved", "ahead", "read"]) {
      const section = page.querySelector(`[data-list=${name}]`),
        others = name === "read" ? new Set([location.pathname, ...kept.ahead.map(({ path }) => path)]) : new Set();
      const items = kept[name].filter(({ path }) => !others.has(path)).map((each) => item(each, name === "saved"));
      section.querySelector("ul").replaceWith(element('<ul class="news"></ul>'));
      section.querySelector("ul").append(...items);
      section.hidden = !items.length && name !== "saved";
      const nothing = section.querySelector(".nothing");
      if (nothing) nothing.hidden = Boolean(items.length);
    }
    page.querySelector(".size").textContent = texts.size.replace("{size}", megabytes(kept.size));
  }
  function showToggle() {
    toggle.textContent = isOn ? texts.off : texts.on;
  }
  toggle.onclick = async () => {
    try {
      if (isOn) {
        await ask("clear");
        localStorage.setItem(OFF, "khong");
        await (await navigator.serviceWorker.ready).unregister();
      } else localStorage.removeItem(OFF);
    } catch {
      announce(texts.failed);
      return;
    }
    location.reload();
  };

  page.querySelector(".lists").hidden = !isOn;
  page.querySelector(".impossible").hidden = isOn || isOff;
  toggle.parentElement.hidden = !(isOn || isOff);
  showToggle();
  if (isOn) await list();
}
