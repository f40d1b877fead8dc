/* The search page: searches the index (index.js) for the words in the form and shows the results. */
const { WORD, compose, fold, parseTerms, Index } = window.searchIndex;
const form = document.getElementById("search-form"),
  data = form.dataset,
  field = form.elements.q;
const section = document.getElementById("results"),
  list = section.querySelector("ol"),
  more = section.querySelector("button");
const status = document.getElementById("result-count"),
  titles = document.getElementById("newest-titles");
const PAGE = 10,
  index = Index(JSON.parse(data.indexes), JSON.parse(data.texts));

/* --- What is shown of a result -------------------------------------------------------------- */

/* The matches of terms in a text: [start, end, index of the term, exact diacritics, first word, last word]. */
function findMatches(text, terms) {
  const words = [...text.matchAll(WORD)].map((m) => [m.index, m.index + m[0].length, m[0].toLowerCase()]);
  const bare = words.map(([, , word]) => fold(word));
  const marks = [];
  terms.forEach((term, which) => {
    const wanted = term.map(fold);
    bare.forEach((_, i) => {
      if (wanted.every((w, k) => bare[i + k] === w)) {
        const exact = term.every((w, k) => words[i + k][2] === w);
        marks.push([words[i][0], words[i + wanted.length - 1][1], which, exact, i, i + wanted.length - 1]);
      }
    });
  });
  return marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

/* Drop single matches of terms that are adjacent elsewhere: no "của" where "cửa khẩu" was found. */
function relevantMatches(...texts) {
  const together = texts.map((marks) => {
    const begin = new Set(marks.map((mark) => `${mark[2]} ${mark[4]}`)),
      end = new Set(marks.map((mark) => `${mark[2]} ${mark[5]}`));
    return new Set(
      marks.filter(
        ([, , which, , first, last]) => begin.has(`${which + 1} ${last + 1}`) || end.has(`${which - 1} ${first - 1}`),
      ),
    );
  });
  const terms = new Set(together.flatMap((marks) => [...marks].map((mark) => mark[2])));
  return texts.map((marks, i) => marks.filter((mark) => together[i].has(mark) || !terms.has(mark[2])));
}

/* The bounds of an excerpt of about 200 letters with the most matches. */
function excerpt(text, marks) {
  let best = 0,
    most = 0;
  for (const [start] of marks) {
    const inside = marks.filter((mark) => mark[0] >= start && mark[1] <= start + 160);
    const worth = new Set(inside.map((mark) => mark[2])).size * 10 + inside.filter((mark) => mark[3]).length;
    if (worth > most) {
      most = worth;
      best = start;
    }
  }
  let from = best > 60 ? text.indexOf(" ", best - 50) + 1 : 0,
    to = from + 210;
  to = to < text.length ? text.lastIndexOf(" ", to) : text.length;
  return [from, to];
}

/* Append a text with its matches marked to an element. */
function appendMarked(element, text, marks, from = 0, to = text.length) {
  let at = from;
  if (from) element.append("… ");
  for (const [start, end] of marks) {
    if (start < at || end > to) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    element.append(text.slice(at, start), mark);
    at = end;
  }
  element.append(text.slice(at, to), to < text.length ? " …" : "");
}

function create(name, className = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  return element;
}

/* Format a date as pages do: 07/4/2021, from the template of its month. */
const DATES = JSON.parse(data.dates);
function formatDate(isoDate) {
  const [year, month, day] = isoDate.slice(0, 10).split("-");
  return DATES[month - 1].replace("{dd}", day).replace("{d}", Number(day)).replace("{y}", year);
}

function createResult([title, address, publishedAt, category, lang, text], terms) {
  const li = create("li"),
    head = create("h3"),
    link = create("a"),
    deck = create("p", "deck"),
    meta = create("p", "meta"),
    time = create("time");
  link.href = address;
  const [titleMarks, marks] = relevantMatches(findMatches(title, terms), findMatches(text, terms));
  appendMarked(link, title, titleMarks);
  head.append(link);
  appendMarked(deck, text, marks, ...excerpt(text, marks));
  time.dateTime = publishedAt;
  time.textContent = formatDate(publishedAt);
  if (data.numbers !== data.lang) time.lang = data.numbers;
  meta.append(`${category} · `, time);
  if (lang !== data.lang) {
    head.lang = deck.lang = lang;
  }
  li.append(head, deck, meta);
  return li;
}

/* --- The page ------------------------------------------------------------------------------- */

let current = 0,
  shown = 0,
  results = [],
  terms = [];

/* Show the next results, each as it arrives. */
async function showMore(focus) {
  const turn = current,
    first = list.children.length,
    coming = results.slice(shown, shown + PAGE).map(index.article);
  for (const each of coming) each.catch(() => {}); // reported where it is awaited
  for (const each of coming) {
    const li = createResult(await each, terms);
    if (turn !== current) return;
    list.append(li);
    if (focus && list.children.length === first + 1) li.querySelector("a").focus();
  }
  shown += coming.length;
  more.hidden = shown >= results.length;
}

/* Search for what the form holds. */
async function search() {
  const turn = ++current,
    value = (name) => (form.elements[name] ? form.elements[name].value : "");
  const lang = value("lang") || data.lang;
  const query = {
    terms: parseTerms(field.value),
    year: value("year"),
    sort: value("sort"),
    langs: lang === "all" ? index.langs : [lang],
  };
  query.filters = ["category", "author"].filter(value).map((name) => `${name}:${value(name)}`);
  if (!query.terms.length && !query.year && !query.filters.length) return clear();
  section.setAttribute("aria-busy", "true");
  delete section.dataset.count;
  const busy = setTimeout(() => {
    status.textContent = data.busy;
  }, 400);
  try {
    const ids = await index.search(query);
    if (turn !== current) return;
    clearTimeout(busy);
    list.textContent = "";
    [results, terms, shown] = [ids, query.terms, 0];
    more.hidden = true;
    const count = results.length.toLocaleString(data.numbers);
    status.textContent = !results.length
      ? data.none
      : results.length === 1
        ? data.foundOne
        : data.found.replace("%d", count);
    await showMore(false);
    section.dataset.count = results.length;
  } catch (error) {
    if (turn === current) status.textContent = data.failed;
    throw error;
  } finally {
    clearTimeout(busy);
    if (turn === current) section.removeAttribute("aria-busy");
  }
}

function clear() {
  results = [];
  list.textContent = status.textContent = "";
  more.hidden = true;
  delete section.dataset.count;
}

/* Fill the form from the address, and the address from the form, so that a search can be shared. */
function readAddress() {
  const wanted = new URLSearchParams(location.search);
  for (const element of form.elements) {
    if (!element.name) continue;
    if (wanted.has(element.name)) element.value = wanted.get(element.name);
    else element.value = element.name === "lang" ? data.lang : "";
    if (element.tagName === "SELECT" && element.selectedIndex < 0) element.selectedIndex = 0;
  }
  if ([...wanted.keys()].some((name) => name !== "q")) form.querySelector("details").open = true;
}
function submit() {
  const wanted = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...wanted]) if (!value || (name === "lang" && value === data.lang)) wanted.delete(name);
  history.pushState(null, "", location.pathname + (String(wanted) && `?${wanted}`));
  titles.hidden = true;
  search();
}

/* --- The newest titles, while one types ------------------------------------------------------ */

let newest = null,
  pause = 0;
async function suggest() {
  const words = (compose(field.value).match(WORD) || []).map(fold);
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
            const own = (title.match(WORD) || []).map(fold);
            return words.every((word) => own.some((other) => other.startsWith(word)));
          })
          .slice(0, 5);
  ul.textContent = "";
  for (const [title, address] of fit) {
    const li = create("li"),
      link = create("a");
    link.href = address;
    link.textContent = title;
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
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  submit();
});
form.addEventListener("change", (event) => {
  if (event.target.tagName === "SELECT") submit();
});
more.addEventListener("click", () => showMore(true));
addEventListener("popstate", () => {
  readAddress();
  search();
});
readAddress();
search();
