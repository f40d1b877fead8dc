/* The one store of the reader's choices, shared by all features.
   A choice stands as data-NAME on <html> and in localStorage "hien-thi"; CSS does the rest.
   Where storage is blocked it holds for this page. */
const root = document.documentElement, KEY = "hien-thi", watchers = [];
const display = {
  choices: {},
  get: (name) => root.dataset[name] || "",
  /* Choose a value; "" gives the choice back to the system. */
  set(name, value) {
    if (value) root.dataset[name] = value; else delete root.dataset[name];
    const chosen = {};
    for (const n in display.choices) if (root.dataset[n]) chosen[n] = root.dataset[n];
    try { localStorage.setItem(KEY, JSON.stringify(chosen)); } catch { /* storage is blocked */ }
    display.show();
  },
  /* Call `paint` now and after every change, here, in another tab or of the system. */
  watch(paint) { watchers.push(paint); paint(); },
  show() { for (const paint of watchers) paint(); },
  /* Tell assistive technology, politely, what a control has done. */
  say(words) {
    const status = document.getElementById("bao");
    status.textContent = "";
    setTimeout(() => { status.textContent = words; }, 50);
  },
  button(action, press) {
    const button = document.querySelector(`[data-do=${action}]`);
    button.addEventListener("click", press);
    return button;
  },
  /* A button that is pressed while `on()`; pressing it calls `turn` with the other state. */
  toggle(action, on, turn) {
    const button = display.button(action, () => {
      turn(!on());
      display.say(on() ? button.dataset.on : button.dataset.off);
    });
    display.watch(() => button.setAttribute("aria-pressed", on()));
  },
  /* Fetch a script that no page has from the start; one that is there already is not run again. */
  load(address) {
    const script = document.createElement("script");
    script.type = "module";
    script.src = address;
    document.head.append(script);
  },
};
for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(prefers-contrast: less)"]) {
  const list = matchMedia(query);
  if (list.addEventListener) list.addEventListener("change", display.show);
}
/* Another tab has chosen, or this page comes back from the browser's own memory. */
function adopt() {
  try {
    const chosen = JSON.parse(localStorage.getItem(KEY)) || {};
    for (const n in chosen) if (!display.choices[n]) delete root.dataset[n];
    for (const n in display.choices) {
      if (display.choices[n].includes(chosen[n])) root.dataset[n] = chosen[n]; else delete root.dataset[n];
    }
  } catch { return; }
  display.show();
}
addEventListener("storage", adopt);
addEventListener("pageshow", (event) => { if (event.persisted) adopt(); });
