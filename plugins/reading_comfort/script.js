function wide() { return display.get("spacing") === "wide"; }
var button = display.button("space", function () {
  display.set("spacing", wide() ? "" : "wide");
  display.say(wide() ? button.dataset.on : button.dataset.off);
});
display.watch(function () { button.setAttribute("aria-pressed", wide()); });
