/* The search page: searches for what the form and the address say, and shows the results. */
const PAGE = 10,
  field = form.elements.q,
  section = document.getElementById("results"),
  status = document.getElementById("result-count"),
  notes = document.getElementById("search-notes"),
  first = document.getElementById("first-results"),
  others = document.getElementById("other-results"),
  nothing = document.getElementById("no-results"),
  suggestions = document.getElementById("suggestions"),
  pageTitle = document.title;
const firstList = new ResultList(first, failed),
  otherList = new ResultList(others, failed);
let index = Index(SETTINGS),
  current = 0,
  ended = []; // values of filters in the address that are not offered any more
history.scrollRestoration = "manual"; // the results come later than the page
/* What stands there for browsers in which this script does not start. */
nothing.hidden = true;
nothing.classList.remove("waiting");
nothing.firstElementChild.remove();

const value = (name) => (form.elements[name] ? form.elements[name].value : "");

/* What is searched for, and what the reader should know of it. */
function readForm() {
  const lang = value("lang") || data.lang,
    terms = parseTerms(field.value),
    told = ended.map((value) => fill(data.ended, inQuotes(value)));
  if (terms.length > MAX_TERMS) told.push(fill(data.tooMany, MAX_TERMS));
  const filters = Array.from(form.querySelectorAll("[data-filter]"), (choice) => choice)
    .filter((choice) => choice.value)
    .map((choice) => `${choice.name}:${choice.value}`);
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

/* Search for what the form holds. place: as in `remember`, if the reader comes back to it. */
async function search(place = null) {
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
    notes.append(...[...told, ...readings(result.terms)].map((text) => create("p", "", text)));
    await show(result, place);
    if (turn !== current) return;
    section.dataset.count = result.count;
    const helpful = await help(index, query, result);
    if (turn !== current) return;
    notes.append(...helpful);
    nothing.hidden = result.together.length + result.others.length > 0;
  } catch (error) {
    if (turn !== current) return;
    await failed(error, place);
  } finally {
    clearTimeout(busy);
    if (turn === current) section.removeAttribute("aria-busy");
  }
}

/* Search again if the portal has been published anew meanwhile, else say that it failed. */
async function failed(error, place = null) {
  if (error instanceof GoneError && (await renewIndex())) {
    search(place);
    return;
  }
  clear();
  status.textContent = data.failed;
  throw error;
}

/* Where the files that this page knows are gone, take the present ones from the page as it is now. Returns whether there
   are others. */
async function renewIndex() {
  const response = await fetch(location.pathname, { cache: "no-store" }),
    page = new DOMParser().parseFromString(await response.text(), "text/html"),
    now = page.getElementById("search-form");
  if (!now || !now.dataset.settings || now.dataset.settings === data.settings) return false;
  data.settings = now.dataset.settings;
  index = Index(JSON.parse(data.settings));
  return true;
}

/* What was read otherwise than it was typed, in sentences. */
function readings(terms) {
  const typed = [...new Set(terms.map((term) => term.typed).filter(Boolean))],
    read = typed.map((word) =>
      terms
        .filter((term) => term.typed === word)
        .flatMap((term) => term.shown || term.words)
        .join(" "),
    ),
    both = terms.filter((term) => term.apart);
  return [
    ...(typed.length ? [fill(data.read, typed.map(inQuotes).join(", "), read.map(inQuotes).join(", "))] : []),
    ...both.map(({ words, apart }) => fill(data.also, inQuotes(words[0]), inQuotes(apart.join(" ")))),
  ];
}

async function show(result, place) {
  const { count, together } = result,
    rest = result.others,
    most = together.length + rest.length - count,
    hasBoth = together.length > 0 && rest.length > 0;
  status.textContent = summary(count, most);
  const typed = field.value.trim();
  if (typed) document.title = `${fill(data.title, typed, countOf("articles", count))} – ${pageTitle}`;
  first.querySelector("h2").hidden = !hasBoth;
  first.querySelector("h2").textContent = countOf("together", together.length);
  others.hidden = !hasBoth;
  others.open = place ? place.isOpen : together.length < PAGE;
  others.querySelector("h2").textContent = countOf("others", rest.length);
  firstList.clear(result, together.length ? together : rest);
  otherList.clear(result, hasBoth ? rest : []);
  const [one, two] = place ? place.shown : [PAGE, PAGE - Math.min(PAGE, together.length)];
  await Promise.all([firstList.show(one), others.open ? otherList.show(two) : null]);
  if (place) scrollTo(0, place.y);
}

/* Keep in the history what is shown, and where, for a reader who comes back from an article. */
function remember() {
  if (!("count" in section.dataset)) return;
  const place = { shown: [firstList.shown, otherList.shown], isOpen: others.open, y: scrollY };
  history.replaceState(place, "");
}
addEventListener("pagehide", remember);
section.addEventListener("click", remember);

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
  first.querySelector("h2").hidden = others.hidden = nothing.hidden = true;
  document.title = pageTitle;
  delete section.dataset.count;
}

others.addEventListener("toggle", () => {
  if (others.open && !otherList.shown) otherList.show(PAGE).catch(failed);
});

/* Fill the form from the address, and the address from the form, so that a search can be shared. */
function readAddress() {
  const wanted = new URLSearchParams(location.search);
  ended = [];
  for (const element of form.elements) {
    if (!element.name) continue;
    if (wanted.has(element.name)) element.value = wanted.get(element.name).replace(/\s+/g, " ");
    else element.value = element.name === "lang" ? data.lang : "";
    if (element.tagName === "SELECT" && element.selectedIndex < 0) {
      ended.push(wanted.get(element.name));
      element.selectedIndex = 0;
    }
  }
  if ([...wanted.keys()].some((name) => name !== "q")) form.querySelector("details").open = true;
}
function submit(isNew) {
  const wanted = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...wanted]) if (!value || (name === "lang" && value === data.lang)) wanted.delete(name);
  const address = location.pathname + (String(wanted) && `?${wanted}`);
  if (isNew && address !== location.pathname + location.search) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  ended = [];
  hideSuggestions();
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
addEventListener("popstate", ({ state }) => {
  hideSuggestions();
  readAddress();
  search(state);
});
