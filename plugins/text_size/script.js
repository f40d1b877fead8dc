const STEPS = ["90", "", "112", "125", "150", "175", "200"], label = document.getElementById("co-chu");
function at() { return STEPS.indexOf(display.get("size")); }
function move(step) {
  display.set("size", STEPS[Math.max(0, Math.min(STEPS.length - 1, step))]);
  display.say(label.textContent);
}
const smaller = display.button("smaller", () => move(at() - 1));
display.button("plain", () => move(1));
const larger = display.button("larger", () => move(at() + 1));
display.watch(() => {
  label.lastChild.textContent = `${STEPS[at()] || "100"} %`;
  smaller.setAttribute("aria-disabled", at() === 0);
  larger.setAttribute("aria-disabled", at() === STEPS.length - 1);
});
