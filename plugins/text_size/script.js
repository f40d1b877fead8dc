var STEPS = ["90", "", "112", "125", "150", "175", "200"], label = document.getElementById("co-chu");
function at() { return STEPS.indexOf(display.get("size")); }
function move(step) {
  display.set("size", STEPS[Math.max(0, Math.min(STEPS.length - 1, step))]);
  display.say(label.textContent);
}
var smaller = display.button("smaller", function () { move(at() - 1); });
display.button("plain", function () { move(1); });
var larger = display.button("larger", function () { move(at() + 1); });
display.watch(function () {
  label.lastChild.textContent = (STEPS[at()] || "100") + " %";
  smaller.setAttribute("aria-disabled", at() === 0);
  larger.setAttribute("aria-disabled", at() === STEPS.length - 1);
});
