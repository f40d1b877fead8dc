/* Reads a query as a list of terms. A term is what must stand in an article as it is: a word, a phrase in quotation
   marks, words that are joined by signs (45/2021/QĐ-UBND), a date, or words that have synonyms. Its fields:

   words    in their spelling
   isPhrase in quotation marks, so that no article without it is shown
   joined   the same without the signs, as the index has it; "" where it has not
   name     under which the index has it, if it is more than its words: "date:2021-4-7", "same:ubnd"
   forms    all ways in which articles write it, for the marks in results */
const MAX_TERMS = 32;
/* A number in groups that spaces part, as concepts.py knows it: it is one term. */
const SPACED =
  /(^|[^\p{L}\p{N}_.,])(\d{1,3}(?: \d{3}){2,}|1[89]00(?:[ .-]\d{2,4}){1,2}|(?:\(?\+84\)?[ .-]?|\(?0)\d{1,3}\)?(?:[ .-]?\d{2,4}){2,4})(?!\d|\.\d|,\d{3})/gu;
const QUOTED_OR_NOT = /["“”„«]([^"“”„«»]*)["“”»]?|[^\s"“”„«»]+/g;

function parseTerms(text) {
  const query = normalize(text)
      .replace(/\s+/g, " ")
      .replace(SPACED, (_, before, number) => before + number.replace(/\(?\+84\D*/, "0").replace(/\D+/g, "."))
      .replace(/^([^"“”„«»]+)["“”»] *$/, '"$1"'),
    terms = [];
  let loose = []; // words out of quotation marks: [word, the signs that join it to the word before, as written]
  for (const [chunk, quoted] of query.matchAll(QUOTED_OR_NOT)) {
    const words = wordsOf(chunk);
    if (!words.length) continue;
    if (quoted === undefined) {
      const signs = ["", ...chunk.split(WORD).slice(1, -1)],
        written = chunk.match(WORD);
      loose.push(...words.map((word, i) => [word, signs[i], written[i]]));
      continue;
    }
    terms.push(...looseTerms(loose), { words, joined: "", isPhrase: true, name: "", forms: [words] });
    loose = [];
  }
  terms.push(...looseTerms(loose));
  return [...new Map(terms.map((term) => [term.name || term.words.join(" "), term])).values()];
}

function looseTerms(loose) {
  const terms = [];
  for (let at = 0; at < loose.length; ) {
    let end = at + 1;
    while (end < loose.length && loose[end][1]) end++;
    const special = specialTerm(loose, at, end);
    if (special) end = at + special.words.length;
    const words = loose.slice(at, end).map(([word]) => word);
    const joined = joinedWords(loose.slice(at, end).map(([, , written]) => written));
    terms.push(special || { words, joined, isPhrase: false, name: "", forms: [words] });
    at = end;
  }
  return terms;
}

const LONGEST_JOINED = 16;

/* Words that signs join, without the signs: COVID19 of COVID-19. Of numbers only what is in groups: 2,5 is not 25. */
function joinedWords([first, ...others]) {
  const joined = [first, ...others].join(""),
    isGrouped =
      (first.length < 4 && others.every((each) => each.length === 3)) || /^(?:0\d{2}|1[89]00)\d{4}/.test(joined);
  return joined.length > LONGEST_JOINED || (/^\d+$/.test(joined) && !isGrouped) ? "" : spell(joined);
}

/* The date or the synonym that begins at a word, if there is one. end: of the words that signs join to this one. */
function specialTerm(loose, at, end) {
  const isWhole = (stop) => stop === loose.length || !loose[stop][1],
    folded = loose.slice(at).map(([word]) => fold(word)),
    term = (count, name, forms) =>
      isWhole(at + count) && { words: loose.slice(at, at + count).map(([word]) => word), isPhrase: false, name, forms };
  for (const forms of SYNONYMS) {
    for (const form of forms) {
      const words = form.split(" ");
      if (words.every((word, i) => word === folded[i]) && isWhole(at + words.length)) {
        return term(
          words.length,
          `same:${forms[0].replace(/ /g, "-")}`,
          forms.map((other) => other.split(" ")),
        );
      }
    }
  }
  const sign = end - at > 1 && loose[at + 1][1];
  const isDate = DATE_SIGNS.includes(sign) && (end - at === 2 || loose[at + 2][1] === sign);
  return (
    (isDate && numericDate(folded.slice(0, end - at), term)) || wordedDate(folded, term) || namedDate(folded, term)
  );
}

const DATE_SIGNS = ["/", "-", ".", "–"];
const isDay = (text) => /^\d\d?$/.test(text) && text > 0 && text < 32,
  isMonth = (text) => isDay(text) && text < 13,
  isYear = (text) => /^\d{4}$/.test(text);

function dateTerm(term, count, day, month, year) {
  const worded = [day, "thang", month],
    forms = [
      [day, month, year],
      [...worded, year && "nam", year],
      [...worded, year],
      ...(day ? [[day, month], worded] : []), // of the year in which it was published
    ];
  const name = `date:${[year, month, day].filter(Boolean).join("-")}`;
  return term(
    count,
    name,
    forms.map((form) => form.filter(Boolean)),
  );
}

function numericDate([a, b, c, ...more], term) {
  if (more.length) return null;
  if (isDay(a) && isMonth(b) && (!c || isYear(c))) return dateTerm(term, c ? 3 : 2, a, b, c);
  if (isMonth(a) && isYear(b) && !c) return dateTerm(term, 2, "", a, b);
  return null;
}

/* ngày 7 tháng 4 năm 2021, mồng 7 tháng 4, tháng 4 năm 2021, 7 tháng 4/2021 */
function wordedDate(folded, term) {
  const start = ["ngay", "mong", "mung"].includes(folded[0]) ? 1 : 0,
    day = isDay(folded[start]) ? folded[start] : "",
    month = start + (day ? 1 : 0);
  if (folded[month] !== "thang" || !isMonth(folded[month + 1]) || (start && !day)) return null;
  const after = month + 2,
    year = folded[after] === "nam" ? after + 1 : after;
  if (isYear(folded[year])) return dateTerm(term, year + 1, day, folded[month + 1], folded[year]);
  return day ? dateTerm(term, after, day, folded[month + 1], "") : null;
}

/* 7 April 2021, the 7th of April, April 7, 2021, April 2021: with the names of months of the edition's language */
function namedDate(folded, term) {
  const dayOf = (word = "") => (word.match(/^(\d\d?)(?:st|nd|rd|th|er)?$/) || [])[1],
    skip = (at) => (/^\p{L}{1,3}$/u.test(folded[at]) && !MONTHS[folded[at]] ? at + 1 : at),
    first = dayOf(folded[0]),
    at = first ? skip(1) : 0,
    name = folded[at],
    month = MONTHS[name];
  if (!month) return null;
  const second = first ? "" : dayOf(folded[at + 1]),
    end = at + (second ? 2 : 1),
    later = skip(end),
    year = isYear(folded[later]) ? folded[later] : "",
    day = first || second || "";
  if ((day && !isDay(day)) || !(day || year)) return null;
  const found = dateTerm(term, year ? later + 1 : end, day && String(Number(day)), String(month), year);
  if (found)
    found.forms.push(
      ...[
        [day, name, year],
        [name, day, year],
      ].map((form) => form.filter(Boolean)),
    );
  return found;
}
