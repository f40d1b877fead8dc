/* The newest titles, while one types. */
let newest = null,
  pause = 0;
async function suggest() {
  const words = wordsOf(normalize(field.value)).map(fold);
  newest ||= fetch(data.titles)
    .then((response) => response.json())
    .catch(() => {
      newest = null;
      return [];
    });
  const all = await newest,
    ul = titles.querySelector("ul");
  const fit =
    words.join("").length < 2
      ? []
      : all
          .filter(([title]) => {
            const own = wordsOf(title).map(fold);
            return words.every((word) => own.some((other) => other.startsWith(word)));
          })
          .slice(0, 5);
  ul.textContent = "";
  for (const [title, address] of fit) {
    const li = create("li"),
      link = create("a", "", title);
    link.href = address;
    li.append(link);
    ul.append(li);
  }
  titles.hidden = !fit.length;
  if (fit.length) status.textContent = data.newest.replace("%d", fit.length);
}

field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(suggest, 250);
});
form.addEventListener("submit", () => clearTimeout(pause));
