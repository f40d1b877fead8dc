const LEVELS = ["soft", "standard", "high"],
  label = document.getElementById("contrast");
function systemLevel() {
  return matchMedia("(prefers-contrast: more)").matches ? 2 : matchMedia("(prefers-contrast: less)").matches ? 0 : 1;
}
function level() {
  const chosen = LEVELS.indexOf(display.get("contrast"));
  return chosen < 0 ? systemLevel() : chosen;
}
function setLevel(index) {
  if (LEVELS[index]) display.set("contrast", LEVELS[index]);
  display.announce(label.textContent);
}
const softer = display.button("softer", () => setLevel(level() - 1));
const stronger = display.button("stronger", () => setLevel(level() + 1));
display.onChange(() => {
  label.querySelector("[data-widest]").textContent = label.dataset.levels.split("|")[level()];
  softer.setAttribute("aria-disabled", level() === 0);
  stronger.setAttribute("aria-disabled", level() === 2);
});
