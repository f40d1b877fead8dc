/* The search page: searches for what the form and the address say, and shows the results. */
const PAGE = 10,
  field = form.elements.q,
  section = document.getElementById("results"),
  status = document.getElementById("result-count"),
  notes = document.getElementById("search-notes"),
  first = document.getElementById("first-results"),
  others = document.getElementById("other-results"),
  titles = document.getElementById("newest-titles"),
  pageTitle = document.title;
const index = Index(SETTINGS.indexes, SETTINGS.texts),
  firstList = new ResultList(first),
  otherList = new ResultList(others);
let current = 0;

const value = (name) => (form.elements[name] ? form.elements[name].value : "");

/* What is searched for, and what the reader should know of it. */
function readForm() {
  const lang = value("lang") || data.lang,
    terms = parseTerms(field.value),
    told = [];
  if (terms.length > MAX_TERMS) told.push(fill(data.tooMany, MAX_TERMS));
  const filters = ["category", "author"].filter(value).map((name) => `${name}:${value(name)}`);
  return {
    told,
    query: {
      terms: terms.slice(0, MAX_TERMS),
      year: value("year"),
      sort: value("sort"),
      langs: (lang === "all" ? index.langs : [lang]).filter((each) => index.langs.includes(each)),
      filters,
    },
  };
}

/* Search for what the form holds. */
async function search() {
  const turn = ++current,
    { query, told } = readForm();
  clear();
  if (!query.terms.length && field.value.trim()) {
    status.textContent = data.noWords;
    return;
  }
  if (!query.terms.length && !query.year && !query.sort && !query.filters.length) return;
  section.setAttribute("aria-busy", "true");
  const busy = setTimeout(() => {
    status.textContent = data.busy;
  }, 400);
  try {
    const result = await findArticles(index, query);
    if (turn !== current) return;
    clearTimeout(busy);
    await show(result, [...told, ...readings(result.terms)]);
  } catch (error) {
    if (turn === current) {
      clear();
      status.textContent = data.failed;
    }
    throw error;
  } finally {
    clearTimeout(busy);
    if (turn === current) section.removeAttribute("aria-busy");
  }
}

/* What was read otherwise than it was typed, in one sentence, or none. */
function readings(terms) {
  const typed = [...new Set(terms.map((term) => term.typed).filter(Boolean))],
    read = typed.map((word) =>
      terms
        .filter((term) => term.typed === word)
        .flatMap((term) => term.words)
        .join(" "),
    );
  return typed.length ? [fill(data.read, typed.map(inQuotes).join(", "), read.map(inQuotes).join(", "))] : [];
}

async function show(result, told) {
  const { count, together } = result,
    rest = result.others,
    most = together.length + rest.length - count,
    hasBoth = together.length > 0 && rest.length > 0;
  status.textContent = summary(count, most);
  document.title = field.value.trim()
    ? `${fill(data.title, field.value.trim(), summary(count, most))} – ${pageTitle}`
    : pageTitle;
  notes.append(...told.map((text) => create("p", "", text)));
  first.querySelector("h2").hidden = !hasBoth;
  first.querySelector("h2").textContent = countOf("together", together.length);
  others.hidden = !hasBoth;
  others.open = together.length < PAGE;
  others.querySelector("h2").textContent = countOf("others", rest.length);
  firstList.clear(result, together.length ? together : rest);
  otherList.clear(result, hasBoth ? rest : []);
  await Promise.all([firstList.show(PAGE), others.open ? otherList.show(PAGE - together.length) : null]);
  if (firstList.result === result) section.dataset.count = count;
}

/* How many articles have all words, and how many most of them. */
function summary(count, most) {
  if (!count && !most) return data.none;
  if (!count) return countOf("most", most);
  return most ? `${countOf("foundAll", count)}; ${countOf("foundMost", most)}` : countOf("found", count);
}

function clear() {
  firstList.clear();
  otherList.clear();
  status.textContent = notes.textContent = "";
  first.querySelector("h2").hidden = others.hidden = true;
  document.title = pageTitle;
  delete section.dataset.count;
}

others.addEventListener("toggle", () => {
  if (others.open && !otherList.shown) otherList.show(PAGE);
});

/* Fill the form from the address, and the address from the form, so that a search can be shared. */
function readAddress() {
  const wanted = new URLSearchParams(location.search);
  for (const element of form.elements) {
    if (!element.name) continue;
    if (wanted.has(element.name)) element.value = wanted.get(element.name).replace(/\s+/g, " ");
    else element.value = element.name === "lang" ? data.lang : "";
    if (element.tagName === "SELECT" && element.selectedIndex < 0) element.selectedIndex = 0;
  }
  if ([...wanted.keys()].some((name) => name !== "q")) form.querySelector("details").open = true;
}
function submit(isNew) {
  const wanted = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...wanted]) if (!value || (name === "lang" && value === data.lang)) wanted.delete(name);
  const address = location.pathname + (String(wanted) && `?${wanted}`);
  if (isNew && address !== location.pathname + location.search) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  titles.hidden = true;
  search();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(true);
});
/* Who goes through the choices of a filter with the keyboard changes it at every step: no history of that. */
let choosing = 0;
form.addEventListener("change", (event) => {
  if (event.target.tagName !== "SELECT") return;
  clearTimeout(choosing);
  choosing = setTimeout(() => submit(false), 300);
});
addEventListener("popstate", () => {
  readAddress();
  search();
});
readAddress();
search();
