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
/* Once somebody types a query, fetch what the search page needs, so that it is there on Enter. */
async function fetchAhead() {
  const page = await (await fetch(form.action)).text(),
    { head } = new DOMParser().parseFromString(page, "text/html");
  for (const { href, src } of head.querySelectorAll("[href$=css],[type=module],[as]")) fetch(href || src);
}
if (form) {
  let ahead = 0;
  form.addEventListener(
    "input",
    () => {
      ahead = setTimeout(() => fetchAhead().catch(() => {}), 300);
    },
    { once: true },
  );
  form.addEventListener("submit", () => clearTimeout(ahead));
}
