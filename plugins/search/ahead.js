/* Fetches what the search page needs, so that it is there on Enter. Loaded once somebody types a query in the masthead. */
const form = document.getElementById("search");
async function fetchAhead() {
  const page = await (await fetch(form.action)).text(),
    { head } = new DOMParser().parseFromString(page, "text/html");
  for (const { href, src } of head.querySelectorAll("[href$=css],[type=module]")) fetch(href || src);
}
const ahead = setTimeout(() => fetchAhead().catch(() => {}), 300);
form.addEventListener("submit", () => clearTimeout(ahead));
