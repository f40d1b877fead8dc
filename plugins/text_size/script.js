const STEPS = ["90", "", "112", "125", "150", "175", "200"],
  label = document.getElementById("text-size");
function step() {
  return STEPS.indexOf(display.get("size"));
}
function setStep(index) {
  display.set("size", STEPS[Math.max(0, Math.min(STEPS.length - 1, index))]);
  display.announce(label.textContent);
}
const smaller = display.button("smaller", () => setStep(step() - 1));
display.button("plain", () => setStep(1));
const larger = display.button("larger", () => setStep(step() + 1));
display.onChange(() => {
  label.lastChild.textContent = `${STEPS[step()] || "100"} %`;
  smaller.setAttribute("aria-disabled", step() === 0);
  larger.setAttribute("aria-disabled", step() === STEPS.length - 1);
});
