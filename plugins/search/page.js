/* The search page: takes a query apart, asks Pagefind, shows what it found.

   A word is found whole, with and without its diacritics. Pagefind's plain search also finds words that only
   begin alike, so each word and phrase is asked for in quotation marks, and what all of them have in common is
   the answer. Where the query has diacritics, a second engine that heeds them tells which articles have the very
   words: they come first. */
const form = document.getElementById("tim"), data = form.dataset, field = form.elements.q;
const found = document.getElementById("ket-qua"), list = found.querySelector("ol"), more = found.querySelector("button");
const status = document.getElementById("tong"), titles = document.getElementById("moi");
const PAGE = 10, WORD = /[\p{L}\p{N}\p{M}]+/gu, JOINER = /\u2060 ?/g, MOST = 32;

/* The reader's words in the disguise of the index, see text.py. */
const disguised = (text) => text.toLowerCase().replace(/đ/g, "ḏ");
const folded = (text) => disguised(text).normalize("NFD").replace(/\p{M}/gu, "");
const plain = (text) => text.replace(JOINER, "").replace(/\u2063/g, " ").replace(/ḏ/g, "đ").replace(/Ḏ/g, "Đ");

/* Terms of a query, each a list of words that must stand together: a phrase in quotes, or one word. */
function terms(query) {
  const found = new Map();
  for (const [chunk] of query.normalize("NFC").matchAll(/["“”„«][^"“”„«»]*["“”»]?|[^\s"“”„«»]+/g)) {
    const words = chunk.match(WORD);
    if (words) found.set(words.join(" ").toLowerCase(), words.map((word) => word.toLowerCase()));
  }
  return [...found.values()].slice(0, MOST);
}

/* --- Pagefind ------------------------------------------------------------------------------- */

const years = [], engines = {};
data.years.trim().split(" ").forEach((word, i, all) => { if (i % 3 === 0) years.push(all.slice(i, i + 3)); });

/* Pagefind would ask for these one after another; on a slow line each turn costs. They are kept for ever. */
const soon = [data.engine + years[0][0] + "/wasm.unknown.pagefind"];
for (const [year, tag, meta] of years) soon.push(data.engine + year + "/pagefind-entry.json?ts=" + tag, data.engine + year + "/" + meta);
for (const address of soon) fetch(address).then((response) => response.arrayBuffer()).catch(() => {});

/* One engine over the bundles of all years, newest first. No worker: its start gives up after five seconds,
   which on a slow line it needs, and then loads everything again. */
function engine(exact) {
  const name = exact ? "exact" : "folded";
  if (!engines[name]) engines[name] = start(exact).catch((error) => { delete engines[name]; throw error; });
  return engines[name];
}
async function start(exact) {
  const base = (year) => data.engine + year + "/";
  const pagefind = await import(base(years[0][0]) + "pagefind.js");
  const options = (tag) => ({ exactDiacritics: exact, metaCacheTag: tag, baseUrl: "/" });
  const made = pagefind.createInstance({ basePath: base(years[0][0]), noWorker: true, ...options(years[0][1]) });
  await made.init();
  await Promise.all(years.slice(1).map(([year, tag]) => made.mergeIndex(base(year), { language: year, ...options(tag) })));
  return made;
}

/* The articles that have all terms: id -> [Pagefind's result, how well it fits]. A word counts the more, the fewer
   articles have it and the oftener it stands there; in the title (Pagefind scores it above 1) most. */
async function having(pagefind, terms, filters) {
  const quoted = (words) => '"' + words.map(disguised).join(" ") + '"';
  const answers = await Promise.all(terms.map((words) => pagefind.search(quoted(words), { filters })));
  let common = null;
  for (const { results } of answers) {
    const rare = Math.log(1 + data.total / results.length), next = new Map();
    for (const result of results) {
      const before = common ? common.get(result.id) : [result, 0];
      if (!before) continue;
      const often = result.words.length / (result.words.length + 1.5);
      next.set(result.id, [before[0], before[1] + rare * (often + (result.score > 1 ? 2 : 0))]);
    }
    common = next;
  }
  return common;
}

/* The results of a query in their order. */
async function ask({ asked, filters, year, sort }) {
  const pagefind = await engine(false);
  const inYear = ({ id }) => !year || id.startsWith(year + "_");
  if (!asked.length) return (await byDate(pagefind, filters, sort || "desc")).filter(inYear);
  const common = await having(pagefind, asked, filters);
  if (!common.size) return [];
  if (sort) return (await byDate(pagefind, filters, sort)).filter((result) => common.has(result.id) && inYear(result));
  const words = asked.flat().map(disguised).join(" ");
  const together = asked.length > 1 ? await having(pagefind, [asked.flat()], filters) : common; // most words are two syllables
  const exact = words.normalize("NFD") !== folded(words) ? await having(await engine(true), asked, filters) : common;
  const level = ({ id }) => (exact.has(id) ? 2 : 0) + (together.has(id) ? 1 : 0);
  const ranked = [...common.values()].filter(([result]) => inYear(result));
  ranked.sort(([a, fitA], [b, fitB]) => level(b) - level(a) || fitB - fitA || (a.id < b.id ? 1 : -1));
  return ranked.map(([result]) => result);
}

/* Everything that passes the filters, by date. Pagefind sorts within a year only. */
async function byDate(pagefind, filters, order) {
  const { results } = await pagefind.search(null, { filters, sort: { date: order } });
  const year = ({ id }) => Number(id.split("_")[0]);
  return results.sort((a, b) => (order === "desc" ? year(b) - year(a) : year(a) - year(b)));
}

/* --- What is shown of a result -------------------------------------------------------------- */

/* The words of a text that belong to a term: [start, end, which term, with its very diacritics]. */
function hits(text, asked) {
  const words = [...text.matchAll(WORD)].map((m) => [m.index, m.index + m[0].length, m[0].toLowerCase()]);
  const bare = words.map(([, , word]) => folded(word));
  const marks = [];
  asked.forEach((term, which) => {
    const wanted = term.map(folded);
    bare.forEach((word, i) => {
      if (wanted.every((w, k) => bare[i + k] === w)) {
        const exact = term.every((w, k) => words[i + k][2] === w);
        marks.push([words[i][0], words[i + wanted.length - 1][1], which, exact]);
      }
    });
  });
  return marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
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

/* 07/4/2021 as filters.date has it. */
function date(machine, lang) {
  const [year, month, day] = machine.slice(0, 10).split("-");
  if (lang === "vi") return day + "/" + (month > "02" ? Number(month) : month) + "/" + year;
  return new Date(year, month - 1, day).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

function item(fragment, asked) {
  const [moment, category, lang] = JSON.parse(fragment.filters.shown[0]);
  const title = plain(fragment.meta.title), text = plain(fragment.content);
  const li = make("li"), head = make("h3"), link = make("a"), deck = make("p", "deck"), meta = make("p", "meta"), time = make("time");
  link.href = fragment.raw_url || fragment.url;
  write(link, title, hits(title, asked));
  head.append(link);
  const marks = hits(text, asked);
  write(deck, text, marks, ...stretch(text, marks));
  time.dateTime = moment;
  time.textContent = date(moment, data.lang);
  meta.append(category + " · ", time);
  if (lang !== data.lang) { head.lang = deck.lang = lang; }
  li.append(head, deck, meta);
  return li;
}

/* --- The page ------------------------------------------------------------------------------- */

let current = 0, shown = 0, results = [], asked = [];

async function next(focus) {
  const turn = current;
  const items = (await Promise.all(results.slice(shown, shown + PAGE).map((r) => r.data()))).map((f) => item(f, asked));
  if (turn !== current) return;
  list.append(...items);
  shown += items.length;
  more.hidden = shown >= results.length;
  if (focus && items.length) items[0].querySelector("a").focus();
}

/* Answer what the form holds. */
async function answer() {
  const turn = ++current, value = (name) => form.elements[name] ? form.elements[name].value : "";
  const query = { asked: terms(field.value), year: value("year"), sort: value("sort"), filters: {} };
  for (const name of ["category", "author", "lang"]) if (value(name) && value(name) !== "all") query.filters[name] = [value(name)];
  if (!query.asked.length && !query.year && !query.filters.category && !query.filters.author) return clear();
  found.setAttribute("aria-busy", "true");
  delete found.dataset.count;
  const busy = setTimeout(() => { status.textContent = data.busy; }, 400);
  try {
    const answered = await ask(query);
    if (turn !== current) return;
    clearTimeout(busy);
    list.textContent = "";
    [results, asked, shown] = [answered, query.asked, 0];
    more.hidden = true;
    const count = results.length.toLocaleString(data.lang);
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
engine(false).catch(() => {}); // to have it ready when the reader is
