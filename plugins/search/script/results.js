/* What is shown of a result: its title, the part of its text with the most matches, what it lacks. */

/* The matches of terms in a text: [start, end, index of the term, exact diacritics, first word, last word]. */
function findMatches(text, terms) {
  const words = [...text.matchAll(WORD)].map((m) => [m.index, m.index + m[0].length, spell(m[0])]);
  const bare = words.map(([, , word]) => fold(word));
  const marks = [];
  terms.forEach((term, which) => {
    for (const form of term.forms) {
      const wanted = form.map(fold);
      bare.forEach((_, i) => {
        if (wanted.every((w, k) => bare[i + k] === w)) {
          const exact = form.every((w, k) => words[i + k][2] === w);
          marks.push([words[i][0], words[i + wanted.length - 1][1], which, exact, i, i + wanted.length - 1]);
        }
      });
    }
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

function create(name, className = "", text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

/* Fill the placeholders %1, %2 of a message. */
const fill = (message, ...values) => message.replace(/%(\d)/g, (_, number) => values[number - 1]);
const formatNumber = (number) => number.toLocaleString(data.numbers);
/* A count of articles in words: `name` is that of the messages for one and for several. */
const countOf = (name, number) => (number === 1 ? data[`${name}One`] : fill(data[name], formatNumber(number)));
const inQuotes = (text) => `“${text}”`;

/* Format a date as pages do: 07/4/2021, from the template of its month. */
const DATES = JSON.parse(data.dates);
function formatDate(isoDate) {
  const [year, month, day] = isoDate.slice(0, 10).split("-");
  return DATES[month - 1].replace("{dd}", day).replace("{d}", Number(day)).replace("{y}", year);
}

/* missing: the terms that the article lacks; whole: a function that fetches its whole text. */
function createResult([title, address, publishedAt, category, lang, , size, start], terms, missing, whole) {
  const li = create("li"),
    head = create("h3"),
    link = create("a"),
    deck = create("p", "deck"),
    meta = create("p", "meta"),
    time = create("time", "", formatDate(publishedAt));
  link.href = address;
  const titleMatches = findMatches(title, terms),
    isWhole = size === 0;
  const showText = (text, isStart) => {
    const [titleMarks, marks] = relevantMatches(titleMatches, findMatches(text, terms));
    link.textContent = deck.textContent = "";
    appendMarked(link, title, titleMarks);
    appendMarked(deck, text, marks, ...(isStart ? [0, text.length] : excerpt(text, marks)));
    if (isStart && !isWhole) deck.append(" …");
  };
  showText(start, true);
  head.append(link);
  time.dateTime = publishedAt;
  if (data.numbers !== data.lang) time.lang = data.numbers;
  meta.append(`${category} · `, time);
  if (missing.length)
    meta.append(` · ${fill(data.without, missing.map((term) => inQuotes(term.words.join(" "))).join(", "))}`);
  if (lang !== data.lang) {
    head.lang = deck.lang = lang;
  }
  li.append(head, deck, meta);
  const isAnySpelling = terms.map(({ name, words }) => name || words.every((word) => fold(word) === word)),
    marks = [...titleMatches, ...findMatches(start, terms)].filter(
      ([, , which, exact]) => exact || isAnySpelling[which],
    ),
    shown = new Set(marks.map(([, , which]) => which));
  if (!isWhole && shown.size < terms.length - missing.length)
    whenSeen(li, async () => {
      const text = await whole();
      await released();
      showText(text, false);
    });
  return li;
}

/* Wait until nothing is pressed: a click is lost if what was pressed has moved when it is let go. */
let isPressed = false;
for (const type of ["pointerdown", "pointerup", "pointercancel"])
  addEventListener(type, () => (isPressed = type === "pointerdown"), true);
async function released() {
  while (isPressed) await new Promise(requestAnimationFrame);
}

/* Call a function once an element is about to be seen. */
function whenSeen(element, then) {
  const observer = new IntersectionObserver(
    ([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      observer.disconnect();
      then().catch(() => {}); // the first words stay
    },
    { rootMargin: "100px" },
  );
  observer.observe(element);
}

/* A list of results that grows on request. element: with a list, and a button for more; onError: gets what failed. */
class ResultList {
  constructor(element, onError) {
    this.list = element.querySelector("ol");
    this.more = element.querySelector("button");
    this.more.addEventListener("click", () => this.show(PAGE, true).catch(onError));
    this.clear();
  }

  /* result: of a search; ids: those of its articles that this list has. */
  clear(result = null, ids = []) {
    [this.result, this.ids, this.shown] = [result, ids, 0];
    this.list.textContent = "";
    this.more.hidden = true;
  }

  /* Show the next results, each as it arrives. */
  async show(count, focus = false) {
    const { result, shown } = this,
      coming = this.ids.slice(shown, shown + count);
    this.shown += coming.length;
    this.more.hidden = true;
    const cards = coming.map((id) => index.card(id));
    for (const each of cards) each.catch(() => {}); // reported where it is awaited
    for (let i = 0; i < coming.length; i++) {
      const card = await cards[i];
      if (result !== this.result) return;
      const [, , , , , start, size] = card,
        li = createResult(card, result.terms, result.missing(coming[i]), () => index.text(coming[i], start, size));
      this.list.append(li);
      if (focus && !i) li.querySelector("a").focus();
    }
    this.more.hidden = this.shown >= this.ids.length;
  }
}
