/* Finds the articles for a query, and puts them in order. */
const TITLE = 0.5, // what a hit in the title is worth, beside the number of hits
  PAIR_IN_TITLE = 1.5,
  MANY = 2, // hits that are worth two thirds of the most
  ENOUGH = [0.5, 0.3], // shares of the words' weight: what an article needs to be shown, and where FEW_RESULTS have that
  FEW_RESULTS = 30,
  LONGEST_NAME = 4, // words
  ALL_WORDS = 0.5,
  ALL_EXACT = 1.25,
  ALL_IN_TITLE = 0.5,
  WHOLE = 10, // a title that has all of the words and no other
  ALL_PAIRS = 1.5,
  CALLED = 100, // what is called by the words, such as a document by its number
  NEW = 0.1, // an article of this year; half of that after a year: bonuses, each times the sum of the words' weights
  OTHER_SPELLING = 0.8,
  OFTEN = 9, // times more articles that a reading must have than what was typed, if some have that too
  PAIR = 1.5;

/* How much a word tells: more if it is rare. */
const weigh = (articles, total) => (articles ? Math.log(1 + total / articles) : 0);

/* The score of a hit: of more hits each counts less. */
const score = (hit, weight, title) => weight * (timesOf(hit) / (timesOf(hit) + MANY) + (shareOf(hit) ? title : 0));

/* The term of a single word. typed: what it was read from, if that is something else. */
const wordTerm = (word, typed = "") => ({ words: [word], isPhrase: false, name: "", forms: [[word]], typed });

/* The term of words with figures, read as others. shown: as the reader is told. */
const figureTerm = (typed, parts) => ({
  ...wordTerm("", typed.join(" ")),
  words: parts.map(spell),
  forms: [parts.map(spell)],
  shown: parts,
});

/* What is found: for each term its articles and those in its very spelling; the same for filters; for two terms that
   follow each other the articles that have them side by side; for words that may be several, run together, the best cut
   and its articles. */
async function lookUp(index, langs, terms, filters) {
  const sideBySide = terms.slice(1).map((right, i) => {
    const lefts = [...new Set(terms[i].forms.map((form) => form[form.length - 1]))],
      rights = [...new Set(right.forms.map((form) => form[0]))];
    const pairs = lefts.flatMap((a) => rights.map((b) => index.findPair(langs, a, b)));
    return Promise.all(pairs).then((lists) => union(...lists));
  });
  const [found, filtered, pairs, called, cuts] = await Promise.all([
    Promise.all(terms.map((term) => index.findTerm(langs, term))),
    Promise.all(filters.map((name) => index.findWord(langs, "words", name))),
    Promise.all(sideBySide),
    findNamed(index, langs, terms),
    Promise.all(terms.map((term) => bestCut(index, langs, term))),
  ]);
  return { terms, found, filtered: filtered.map(([all]) => all), pairs, called, cuts };
}

/* The syllables of a word that were run together, and the articles that have them side by side; the cut that most
   articles have. */
async function bestCut(index, langs, { words, isPhrase, name, apart }) {
  const cuts = words.length > 1 || isPhrase || name || apart ? [] : splits(words[0]),
    found = await Promise.all(cuts.map((parts) => index.findRun(langs, parts))),
    most = Math.max(0, ...found.map((all) => all.size)),
    best = found.findIndex((all) => all.size === most);
  return most ? { parts: cuts[best], all: found[best] } : { parts: [], all: new Map() };
}

/* The articles that are called by the words of a query, which must have a figure: qd 12 2026 is 12/2026/QĐ-UBND. */
async function findNamed(index, langs, terms) {
  const words = [...new Set(terms.flatMap((term) => term.words).map(fold))];
  if (!NAMES || !words.some((word) => /\d/.test(word))) return [];
  const lists = await Promise.all(words.map((word) => index.findWord(langs, "words", NAMES + word)));
  const [[first], ...others] = lists;
  return [...first.keys()].filter((id) => others.every(([all]) => all.has(id)));
}

/* Terms that stand nowhere, read otherwise: figures with their signs or units apart, joined words one by one, syllables
   that were run together apart, and keys that were typed with the keyboard switched off. A word that is rare beside its
   syllables, such as a part of an address, stands for both. Returns the terms, the same list if nothing is to be read
   otherwise. */
async function reread(index, langs, { terms, found, cuts }) {
  const size = (word) => index.findWord(langs, "words", word).then(([all]) => all.size);
  const isNowhere = (i) => !found[i][0].size && !terms[i].isPhrase && !terms[i].name;
  const isKeys = await Promise.all(
    terms.map(async ({ words }, i) => {
      const read = isNowhere(i) && words.length === 1 && fromKeys(words[0]);
      return Boolean(read && (await size(read)));
    }),
  );
  const keyboardWasOff = isKeys.some(Boolean);
  const readings = await Promise.all(
    terms.map(async (term, i) => {
      const [word] = term.words;
      if (isKeys[i]) return [wordTerm(fromKeys(word), word)];
      const parts = isNowhere(i) ? figures(term.words) : term.words;
      if (parts.length > term.words.length && (await index.findPhrase(langs, parts.map(spell)))[0].size)
        return [figureTerm(term.words, parts)];
      if (isNowhere(i) && term.words.length > 1) return term.words.map((each) => wordTerm(each, ""));
      if (term.words.length > 1 || term.name || term.isPhrase) return [term];
      const cut = cuts[i];
      if (isNowhere(i)) return cut.all.size ? cut.parts.map((part) => wordTerm(part, word)) : [term];
      if (cut.all.size > OFTEN * found[i][0].size) return [{ ...term, apart: cut.parts, forms: [[word], cut.parts] }];
      const read = keyboardWasOff && fromKeys(word);
      return read && (await size(read)) > OFTEN * found[i][0].size ? [wordTerm(read, word)] : [term];
    }),
  );
  const flat = readings.flat();
  return flat.length === terms.length && flat.every((term, i) => term === terms[i]) ? terms : flat;
}

/* The articles for a query. filters: words of the index; year: "" for all; sort: "desc" or "asc" by date, "" by score.
   Returns the terms as they were read, how many articles have each (sizes), how many have all of them (count), the ids
   of the articles that have them side by side (together) and of others in order (others), and functions that tell which
   terms an article lacks (missing), and whether a term stands beside none of its neighbours anywhere (isAlone). */
async function findArticles(index, { terms, filters, langs, year, sort }) {
  if (!terms.length && !filters.length) filters = ["*"];
  let looked = await lookUp(index, langs, terms, filters);
  const called = new Set(looked.called),
    read = called.size ? terms : await reread(index, langs, looked);
  if (read !== terms) looked = await lookUp(index, langs, read, filters);
  const { found, filtered, pairs } = looked,
    obligatory = [...filtered, ...found.filter((_, i) => read[i].isPhrase).map(([all]) => all)],
    isWanted = (id) => obligatory.every((all) => all.has(id)) && (!year || index.year(id) === Number(year)),
    hasAll = (id) => called.has(id) || found.every(([all]) => all.has(id)),
    isExact = (id) => found.every(([, exact]) => exact.has(id)),
    isTogether = (id) => called.has(id) || (hasAll(id) && pairs.every((all) => all.has(id)));
  const points = read.length ? scores(index, looked, isWanted, langs) : new Map(obligatory[0]);
  const ids = [...points.keys()].filter(isWanted),
    oldestFirst = (a, b) => a - b,
    newestFirst = (a, b) => b - a,
    bestFirst = (a, b) => points.get(b) - points.get(a) || b - a,
    order = sort === "asc" ? oldestFirst : sort || !read.length ? newestFirst : bestFirst;
  // by date, others come after those with the very spelling, if there are any
  let together = ids.filter(isTogether);
  if (sort) {
    const written = await writtenTogether(index, langs, read);
    together = [written, isExact].reduce(
      (ids, isBetter) => (ids.some(isBetter) ? ids.filter(isBetter) : ids),
      together,
    );
  }
  const first = new Set(together),
    rest = ids.filter((id) => !first.has(id)),
    others = sort ? [rest.filter(hasAll), rest.filter((id) => !hasAll(id))] : [rest];
  return {
    terms: read,
    sizes: found.map(([all]) => all.size),
    count: ids.filter(hasAll).length,
    together: together.sort(order),
    others: others.flatMap((part) => part.sort(order)),
    isAlone: (i) => pairs.length > 0 && [pairs[i - 1], pairs[i]].every((all) => !all || !all.size),
    missing: (id) => read.filter((_, i) => !found[i][0].has(id)),
  };
}

/* Whether an article has the words of a short query as they were typed, side by side. Pairs know no diacritics; where
   the score does not decide, Mỹ Tho must not be any mỹ beside thơ. */
async function writtenTogether(index, langs, terms) {
  const words = terms.flatMap((term) => term.words),
    isPlain = terms.every(({ name, isPhrase }) => !name && !isPhrase),
    isBare = words.every((word) => fold(word) === word);
  if (!isPlain || isBare || words.length < 2 || words.length > LONGEST_NAME) return () => false;
  const [, exact] = await index.findPhrase(langs, words);
  return (id) => exact.has(id);
}

/* The score of each article that has enough of the words. */
function scores(index, { found, pairs, called }, isWanted, langs) {
  const total = index.total(langs),
    weights = found.map(([all]) => weigh(all.size, total)),
    pairWeights = pairs.map((all) => PAIR * weigh(all.size, total)),
    sum = weights.reduce((a, b) => a + b, 0),
    present = new Map(),
    points = new Map();
  found.forEach(([all], i) => {
    for (const id of all.keys()) present.set(id, (present.get(id) || 0) + weights[i]);
  });
  // a word that is rare because it was mistyped weighs more than the right ones together
  for (const share of ENOUGH) {
    if (points.size >= FEW_RESULTS) break;
    for (const [id, weight] of present) {
      if (weight >= share * sum && !points.has(id) && isWanted(id))
        points.set(id, scoreOf(id) + sum * recency(index, id));
    }
  }
  for (const id of called)
    if (isWanted(id)) points.set(id, (points.get(id) || 0) + (CALLED + recency(index, id)) * sum);
  return points;

  function scoreOf(id) {
    let of = 0,
      bonus = 0,
      inTitle = 0,
      share = 0;
    found.forEach(([all, exact], i) => {
      if (!all.has(id)) return;
      const hit = exact.get(id) || all.get(id);
      of += score(hit, weights[i], TITLE) * (exact.has(id) ? 1 : OTHER_SPELLING);
      inTitle += shareOf(hit) > 0;
      if (exact.has(id)) share += shareOf(hit) / WHOLE_TITLE;
    });
    pairs.forEach((all, i) => {
      if (all.has(id)) of += score(all.get(id), pairWeights[i], PAIR_IN_TITLE);
    });
    if (found.every(([all]) => all.has(id))) {
      bonus += ALL_WORDS;
      if (found.every(([, exact]) => exact.has(id))) bonus += ALL_EXACT;
      if (pairs.every((all) => all.has(id))) bonus += ALL_PAIRS;
    }
    if (inTitle === found.length) bonus += ALL_IN_TITLE;
    return of + (bonus + WHOLE * Math.min(1, share) * (inTitle / found.length) ** 3) * sum;
  }
}

/* What makes a newer article worth a little more. */
const recency = (index, id) => NEW * 0.5 ** (index.newestYear - index.year(id));
