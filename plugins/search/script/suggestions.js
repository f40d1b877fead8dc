/* Suggestions while one types: phrases of titles, and the newest titles. */
const PHRASES = 5,
  TITLES = 3;
let offered = null,
  pause = 0;

/* Where the words of a query stand in others, the last one perhaps unfinished: the index of the first, or -1. */
function placeOf(words, own) {
  const last = words.length - 1;
  return own.findIndex((_, at) =>
    words.every((word, i) => (i < last ? own[at + i] === word : (own[at + i] || "").startsWith(word))),
  );
}

/* The texts that have the words of a query, those that begin with them first. */
function fitting(texts, words, count) {
  const places = texts.map((text) => placeOf(words, wordsOf(text).map(fold))),
    numbers = [...texts.keys()].filter((i) => places[i] >= 0);
  return numbers.sort((a, b) => (places[a] > 0) - (places[b] > 0) || a - b).slice(0, count);
}

async function suggest() {
  const typed = field.value,
    words = wordsOf(normalize(typed)).map(fold);
  offered =
    offered ||
    fetch(data.suggestions)
      .then((response) => response.json())
      .catch(() => {
        offered = null;
        return [[], []];
      });
  const [phrases, newest] = await offered;
  if (typed !== field.value) return;
  const isEnough = words.join("").length > 1,
    chosen = isEnough
      ? fitting(phrases, words, PHRASES).map((i) => [phrases[i], `?q=${encodeURIComponent(phrases[i])}`])
      : [],
    titles = isEnough
      ? fitting(
          newest.map(([title]) => title),
          words,
          TITLES,
        ).map((i) => newest[i])
      : [];
  [chosen, titles].forEach((links, i) => {
    const part = suggestions.children[i];
    part.hidden = !links.length;
    part.querySelector("ul").textContent = "";
    for (const [text, address] of links) {
      const li = create("li"),
        link = create("a", "", text);
      link.href = address;
      li.append(link);
      part.querySelector("ul").append(li);
    }
  });
  suggestions.hidden = !chosen.length && !titles.length;
  if (!suggestions.hidden) status.textContent = fill(data.suggested, chosen.length + titles.length);
}

function hideSuggestions() {
  clearTimeout(pause);
  suggestions.hidden = true;
}

field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(suggest, 250);
});
form.addEventListener("submit", hideSuggestions);
suggestions.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || !link.getAttribute("href").startsWith("?")) return;
  event.preventDefault();
  field.value = link.textContent;
  field.focus();
  submit(true);
});
/* The arrow keys go from the field into the list and through it; Escape closes it. */
form.addEventListener("keydown", (event) => {
  if (suggestions.hidden || (event.target !== field && !suggestions.contains(event.target))) return;
  const stops = [field, ...suggestions.querySelectorAll("a")],
    step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    hideSuggestions();
    field.focus();
  } else if (step) stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(event.target) + step))].focus();
  else return;
  event.preventDefault();
});

readAddress();
search(history.state);
