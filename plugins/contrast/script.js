const LEVELS = ["soft", "standard", "high"], label = document.getElementById("tuong-phan");
function system() {
  return matchMedia("(prefers-contrast: more)").matches ? 2 : matchMedia("(prefers-contrast: less)").matches ? 0 : 1;
}
function at() {
  const chosen = LEVELS.indexOf(display.get("contrast"));
  return chosen < 0 ? system() : chosen;
}
function move(level) {
  if (LEVELS[level]) display.set("contrast", LEVELS[level]);
  display.say(label.textContent);
}
const softer = display.button("softer", () => move(at() - 1));
const stronger = display.button("stronger", () => move(at() + 1));
display.watch(() => {
  label.querySelector("[data-widest]").textContent = label.dataset.levels.split("|")[at()];
  softer.setAttribute("aria-disabled", at() === 0);
  stronger.setAttribute("aria-disabled", at() === 2);
});
