/* The one store of the reader's choices, shared by all features.
   A choice stands as data-NAME on <html> and in localStorage "hien-thi"; CSS does the rest.
   Where storage is blocked it holds for this page. */
var root = document.documentElement, KEY = "hien-thi", watchers = [];
var display = {
  choices: {},
  get: function (name) { return root.dataset[name] || ""; },
  /* Choose a value; "" gives the choice back to the system. */
  set: function (name, value) {
    if (value) root.dataset[name] = value; else delete root.dataset[name];
    var chosen = {};
    for (var n in display.choices) if (root.dataset[n]) chosen[n] = root.dataset[n];
    try { localStorage.setItem(KEY, JSON.stringify(chosen)); } catch (e) { /* storage is blocked */ }
    display.show();
  },
  /* Call `paint` now and after every change, here, in another tab or of the system. */
  watch: function (paint) { watchers.push(paint); paint(); },
  show: function () { watchers.forEach(function (paint) { paint(); }); },
  /* Tell assistive technology, politely, what a control has done. */
  say: function (words) {
    var status = document.getElementById("bao");
    status.textContent = "";
    setTimeout(function () { status.textContent = words; }, 50);
  },
  button: function (action, press) {
    var button = document.querySelector("[data-do=" + action + "]");
    button.addEventListener("click", press);
    return button;
  },
  /* A button that is pressed while `on()`; pressing it calls `turn` with the other state. */
  toggle: function (action, on, turn) {
    var button = display.button(action, function () {
      turn(!on());
      display.say(on() ? button.dataset.on : button.dataset.off);
    });
    display.watch(function () { button.setAttribute("aria-pressed", on()); });
  },
  /* Fetch a script that no page has from the start; one that is there already is not run again. */
  load: function (address) {
    var script = document.createElement("script");
    script.type = "module";
    script.src = address;
    document.head.append(script);
  },
};
["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(prefers-contrast: less)"].forEach(function (query) {
  var list = matchMedia(query);
  if (list.addEventListener) list.addEventListener("change", display.show);
});
/* Another tab has chosen, or this page comes back from the browser's own memory. */
function adopt() {
  try {
    var chosen = JSON.parse(localStorage.getItem(KEY)) || {};
    for (var n in chosen) if (!display.choices[n]) delete root.dataset[n];
    for (n in display.choices) {
      if (display.choices[n].includes(chosen[n])) root.dataset[n] = chosen[n]; else delete root.dataset[n];
    }
  } catch (e) { return; }
  display.show();
}
addEventListener("storage", adopt);
addEventListener("pageshow", function (event) { if (event.persisted) adopt(); });
