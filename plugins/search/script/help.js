/* What helps where little or nothing was found: another spelling, fewer filters, which words stand nowhere. */
const FEW = 3; // articles with a word, or with all of them, at which one may have mistyped
let knownWords = null;

/* The words of titles, from front-coded text: a digit for the letters shared with the word before, then the rest. */
function decodeVocabulary(text) {
  let word = "";
  return text.match(/\d\D*/g).map((part) => {
    word = word.slice(0, part[0]) + part.slice(1);
    return word;
  });
}
function vocabulary() {
  knownWords =
    knownWords ||
    fetch(data.vocabulary)
      .then((response) => response.text())
      .then(decodeVocabulary)
      .catch(() => {
        knownWords = null;
        return [];
      });
  return knownWords;
}

/* Whether one letter more, less or other, or two exchanged, makes one word of another. */
function isNear(a, b) {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [x, y] = [a.slice(at), b.slice(at)];
  return (
    x.slice(1) === y.slice(1) ||
    x === y.slice(1) ||
    x.slice(1) === y ||
    (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2))
  );
}

/* The terms with another word for one that was perhaps mistyped, and the result of that; null if there is none. The word
   must be a rare one, or never stand beside its neighbours. */
async function corrected(index, query, result) {
  if (result.count >= FEW) return null;
  const { terms, sizes } = result;
  for (let i = 0; i < terms.length; i++) {
    const { words, isPhrase, name, typed } = terms[i];
    if (isPhrase || name || typed || words.length > 1 || !/^\D{2,}$/.test(words[0])) continue;
    if (sizes[i] >= FEW && !result.isAlone(i)) continue;
    const near = (await vocabulary()).filter((word) => isNear(word, fold(words[0]))),
      before = terms[i - 1] && terms[i - 1].words.slice(-1)[0],
      after = terms[i + 1] && terms[i + 1].words[0];
    const found = await Promise.all(
      near.slice(0, 8).map((word) => {
        if (before) return index.findPair(query.langs, before, word);
        if (after) return index.findPair(query.langs, word, after);
        return index.findWord(query.langs, "words", word).then(([all]) => all);
      }),
    );
    const most = Math.max(0, ...found.map((all) => all.size));
    if (!most) continue;
    const other = near[found.findIndex((all) => all.size === most)],
      read = terms.map((term, n) => (n === i ? { ...term, words: [other], forms: [[other]] } : term)),
      again = await findArticles(index, { ...query, terms: read });
    if (again.count > result.count) return again;
  }
  return null;
}

/* Other searches that find something where this one finds nothing: [message, address, count]. */
async function nearestSearches(index, query) {
  const loose = query.terms.flatMap((term) => (term.isPhrase ? term.words.map((word) => wordTerm(word)) : [term])),
    all = index.langs,
    choices = Array.from(form.querySelectorAll("[data-filter]"), (choice) => choice.name),
    ways = [
      [data.noFilters, { filters: [], year: "" }, [...choices, "year"], query.filters.length || query.year],
      [data.noQuotes, { terms: loose }, ["q"], loose.length > query.terms.length],
      [data.everyLanguage, { langs: all }, ["lang"], all.length > query.langs.length],
    ];
  const found = [];
  for (const [message, change, names, isOther] of ways) {
    if (!isOther) continue;
    const { count } = await findArticles(index, { ...query, ...change });
    if (!count) continue;
    const address = new URLSearchParams(location.search);
    for (const name of names) address.delete(name);
    if (change.terms) address.set("q", loose.flatMap((term) => term.words).join(" "));
    if (change.langs) address.set("lang", "all");
    found.push([message, `?${address}`, count]);
  }
  return found;
}

function linkTo(text, address, count) {
  const p = create("p"),
    link = create("a", "", text);
  link.href = address;
  p.append(link, ` (${countOf("articles", count)})`);
  return p;
}

/* Offer what helps, below the count. */
async function help(index, query, result) {
  const again = await corrected(index, query, result),
    notes = [];
  if (again) {
    const words = again.terms
        .map(({ words, isPhrase }) => (isPhrase ? `"${words.join(" ")}"` : words.join(" ")))
        .join(" "),
      address = new URLSearchParams(location.search);
    address.set("q", words);
    const p = linkTo(words, `?${address}`, again.count);
    p.prepend(`${data.didYouMean} `);
    notes.push(p);
  }
  if (result.together.length || result.others.length) return notes;
  const counts = result.terms.map(
    ({ words }, i) => `${inQuotes(words.join(" "))}: ${countOf("articles", result.sizes[i])}`,
  );
  if (counts.length > 1) notes.push(create("p", "", `${counts.join("; ")}.`));
  for (const each of await nearestSearches(index, query)) notes.push(linkTo(...each));
  return notes;
}
