/* The store of the reader's choices, shared by all features.
   A choice is data-NAME on <html>, which CSS acts on, and is saved in localStorage under "hien-thi".
   Where storage is blocked it holds for this page only. `choices` (name -> values) is defined before it. */
const root = document.documentElement,
  KEY = "hien-thi",
  listeners = [];
const display = {
  get: (name) => root.dataset[name] || "",
  /* Set a choice; "" leaves it to the system again. */
  set(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
    const chosen = {};
    for (const n in choices) if (root.dataset[n]) chosen[n] = root.dataset[n];
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      /* storage is blocked */
    }
    notify();
  },
  /* Call `listener` now and after every change, made on this page, in another tab or in the system's settings. */
  onChange(listener) {
    listeners.push(listener);
    listener();
  },
  /* Announce politely to assistive technology what a control has done. */
  announce(text) {
    const status = document.getElementById("status");
    status.textContent = "";
    setTimeout(() => {
      status.textContent = text;
    }, 50);
  },
  /* Set up the button of an action; not every page has each. */
  button(action, onClick) {
    const button = document.querySelector(`[data-action=${action}]`);
    if (button) button.addEventListener("click", onClick);
    return button;
  },
  /* Set up a button that is shown as pressed while `isOn()`; a click calls `turn` with the other state. */
  toggle(action, isOn, turn) {
    const button = display.button(action, () => {
      turn(!isOn());
      display.announce(isOn() ? button.dataset.on : button.dataset.off);
    });
    display.onChange(() => button.setAttribute("aria-pressed", isOn()));
  },
  /* Load a script on demand. A module, so that it runs once however often it is requested. */
  loadScript(address, onFailure) {
    const script = document.createElement("script");
    script.type = "module";
    script.src = address;
    script.onerror = onFailure;
    document.head.append(script);
  },
};
function notify() {
  for (const listener of listeners) listener();
}
for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(prefers-contrast: less)"]) {
  const list = matchMedia(query);
  if (list.addEventListener) list.addEventListener("change", notify);
}
/* Apply the saved choices: at the start, after a choice in another tab, and when the browser shows a cached page. */
function restore() {
  try {
    const chosen = JSON.parse(localStorage.getItem(KEY)) || {};
    for (const n in chosen) if (!choices[n]) delete root.dataset[n];
    for (const n in choices) {
      if (choices[n].includes(chosen[n])) root.dataset[n] = chosen[n];
      else delete root.dataset[n];
    }
  } catch {
    return;
  }
  notify();
}
addEventListener("storage", restore);
addEventListener("pageshow", (event) => {
  if (event.persisted) restore();
});
restore();
