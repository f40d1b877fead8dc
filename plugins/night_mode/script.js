function dark() {
  return display.get("theme") ? display.get("theme") === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}
var button = display.button("night", function () {
  display.set("theme", dark() ? "light" : "dark");
  display.say(dark() ? button.dataset.on : button.dataset.off);
});
display.watch(function () { button.setAttribute("aria-pressed", dark()); });
