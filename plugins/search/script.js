const form = document.getElementById("search");
function show(open) {
  form.classList.toggle("open", open);
  button.setAttribute("aria-expanded", open);
}
const button = display.button("find", (event) => {
  event.preventDefault();
  show(!form.classList.contains("open"));
  if (form.classList.contains("open")) form.q.focus();
});
if (button && form) {
  button.setAttribute("role", "button");
  button.setAttribute("aria-controls", "search");
  show(false);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !button.offsetParent) return;
    event.preventDefault();
    show(false);
    button.focus();
  });
}
if (form) form.addEventListener("input", () => display.loadScript(form.dataset.ahead), { once: true });
