/* The search page: takes the form's words to the index (index.js) and shows what it found. */
const { WORD, folded, terms, Index } = window.seek;
const form = document.getElementById("tim"), data = form.dataset, field = form.elements.q;
const found = document.getElementById("ket-qua"), list = found.querySelector("ol"), more = found.querySelector("button");
const status = document.getElementById("tong"), titles = document.getElementById("moi");
const PAGE = 10, index = Index(JSON.parse(data.indexes), JSON.parse(data.texts));

/* --- What is shown of a result -------------------------------------------------------------- */

/* The words of a text that belong to a term: [start, end, which term, with its very diacritics, first word, last]. */
function hits(text, asked) {
  const words = [...text.matchAll(WORD)].map((m) => [m.index, m.index + m[0].length, m[0].toLowerCase()]);
  const bare = words.map(([, , word]) => folded(word));
  const marks = [];
  asked.forEach((term, which) => {
    const wanted = term.map(folded);
    bare.forEach((word, i) => {
      if (wanted.every((w, k) => bare[i + k] === w)) {
        const exact = term.every((w, k) => words[i + k][2] === w);
        marks.push([words[i][0], words[i + wanted.length - 1][1], which, exact, i, i + wanted.length - 1]);
      }
    });
  });
  return marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

/* Without the lone words of terms that stand beside each other elsewhere: no "của" where "cửa khẩu" was found. */
function telling(...texts) {
  const together = texts.map((marks) => {
    const begin = new Set(marks.map((mark) => mark[2] + " " + mark[4])), end = new Set(marks.map((mark) => mark[2] + " " + mark[5]));
    return new Set(marks.filter(([, , which, , first, last]) => begin.has(which + 1 + " " + (last + 1)) || end.has(which - 1 + " " + (first - 1))));
  });
  const terms = new Set(together.flatMap((marks) => [...marks].map((mark) => mark[2])));
  return texts.map((marks, i) => marks.filter((mark) => together[i].has(mark) || !terms.has(mark[2])));
}

/* The stretch of a text with most of what was asked, about 200 letters. */
function stretch(text, marks) {
  let best = 0, most = 0;
  for (const [start] of marks) {
    const inside = marks.filter((mark) => mark[0] >= start && mark[1] <= start + 160);
    const worth = new Set(inside.map((mark) => mark[2])).size * 10 + inside.filter((mark) => mark[3]).length;
    if (worth > most) { most = worth; best = start; }
  }
  let from = best > 60 ? text.indexOf(" ", best - 50) + 1 : 0, to = from + 210;
  to = to < text.length ? text.lastIndexOf(" ", to) : text.length;
  return [from, to];
}

/* Put a text with its hits into an element. */
function write(element, text, marks, from = 0, to = text.length) {
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

function make(name, kind = "") {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  return element;
}

/* 07/4/2021 as pages write it: from the template of its month. */
const DATES = JSON.parse(data.dates);
function date(machine) {
  const [year, month, day] = machine.slice(0, 10).split("-");
  return DATES[month - 1].replace("{dd}", day).replace("{d}", Number(day)).replace("{y}", year);
}

function item([title, address, moment, category, lang, text], asked) {
  const li = make("li"), head = make("h3"), link = make("a"), deck = make("p", "deck"), meta = make("p", "meta"), time = make("time");
  link.href = address;
  const [above, marks] = telling(hits(title, asked), hits(text, asked));
  write(link, title, above);
  head.append(link);
  write(deck, text, marks, ...stretch(text, marks));
  time.dateTime = moment;
  time.textContent = date(moment);
  if (data.numbers !== data.lang) time.lang = data.numbers;
  meta.append(category + " · ", time);
  if (lang !== data.lang) { head.lang = deck.lang = lang; }
  li.append(head, deck, meta);
  return li;
}

/* --- The page ------------------------------------------------------------------------------- */

let current = 0, shown = 0, results = [], asked = [];

/* Show some results more, each as it comes. */
async function next(focus) {
  const turn = current, first = list.children.length, coming = results.slice(shown, shown + PAGE).map(index.text);
  for (const each of coming) each.catch(() => {}); // told where it is waited for
  for (const each of coming) {
    const li = item(await each, asked);
    if (turn !== current) return;
    list.append(li);
    if (focus && list.children.length === first + 1) li.querySelector("a").focus();
  }
  shown += coming.length;
  more.hidden = shown >= results.length;
}

/* Answer what the form holds. */
async function answer() {
  const turn = ++current, value = (name) => form.elements[name] ? form.elements[name].value : "";
  const lang = value("lang") || data.lang;
  const query = { asked: terms(field.value), year: value("year"), sort: value("sort"), langs: lang === "all" ? index.langs : [lang] };
  query.filters = ["category", "author"].filter(value).map((name) => name + ":" + value(name));
  if (!query.asked.length && !query.year && !query.filters.length) return clear();
  found.setAttribute("aria-busy", "true");
  delete found.dataset.count;
  const busy = setTimeout(() => { status.textContent = data.busy; }, 400);
  try {
    const answered = await index.ask(query);
    if (turn !== current) return;
    clearTimeout(busy);
    list.textContent = "";
    [results, asked, shown] = [answered, query.asked, 0];
    more.hidden = true;
    const count = results.length.toLocaleString(data.numbers);
    status.textContent = !results.length ? data.none : results.length === 1 ? data.foundOne : data.found.replace("%d", count);
    await next(false);
    found.dataset.count = results.length;
  } catch (error) {
    if (turn === current) status.textContent = data.failed;
    throw error;
  } finally {
    clearTimeout(busy);
    if (turn === current) found.removeAttribute("aria-busy");
  }
}

function clear() {
  results = [];
  list.textContent = status.textContent = "";
  more.hidden = true;
  delete found.dataset.count;
}

/* The form from the address, and the address from the form, so that a search can be passed on. */
function read() {
  const wanted = new URLSearchParams(location.search);
  for (const element of form.elements) {
    if (!element.name) continue;
    if (wanted.has(element.name)) element.value = wanted.get(element.name);
    else element.value = element.name === "lang" ? data.lang : "";
    if (element.tagName === "SELECT" && element.selectedIndex < 0) element.selectedIndex = 0;
  }
  if ([...wanted.keys()].some((name) => name !== "q")) form.querySelector("details").open = true;
}
function go() {
  const wanted = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...wanted]) if (!value || (name === "lang" && value === data.lang)) wanted.delete(name);
  history.pushState(null, "", location.pathname + (String(wanted) && "?" + wanted));
  titles.hidden = true;
  answer();
}

/* --- The newest titles, while one types ------------------------------------------------------ */

let newest = null, pause = 0;
async function suggest() {
  const words = (field.value.normalize("NFC").match(WORD) || []).map(folded);
  newest ||= fetch(data.titles).then((response) => response.json()).catch(() => { newest = null; return []; });
  const all = await newest, ul = titles.querySelector("ul");
  const fit = words.join("").length < 2 ? [] : all.filter(([title]) => {
    const own = (title.match(WORD) || []).map(folded);
    return words.every((word) => own.some((other) => other.startsWith(word)));
  }).slice(0, 5);
  ul.textContent = "";
  for (const [title, address] of fit) {
    const li = make("li"), link = make("a");
    link.href = address;
    link.textContent = title;
    li.append(link);
    ul.append(li);
  }
  titles.hidden = !fit.length;
  if (fit.length) status.textContent = data.newest.replace("%d", fit.length);
}

field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(suggest, 250); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(pause); go(); });
form.addEventListener("change", (event) => { if (event.target.tagName === "SELECT") go(); });
more.addEventListener("click", () => next(true));
addEventListener("popstate", () => { read(); answer(); });
read();
answer();
