/* Splits a text into words as plugins/search/tokens.py does. RULES come from there and from plugins/unicode_text. */
const WORD = /[\p{L}\p{N}]+/gu;
const UNSEEN = new RegExp(RULES.unseen, "gu"),
  MEANINGFUL = new RegExp(RULES.meaningful, "gu"),
  SPELLINGS = RULES.spellings.map(([pattern, replacement]) => [new RegExp(pattern, "u"), replacement]);

const isOfOtherScript = (letter) =>
  letter >= "\u0370" && /[\p{L}\p{M}\p{S}]/u.test(letter) && !/[\p{Script=Latin}\p{Script=Inherited}]/u.test(letter);

/* The one form of text, as plugins/unicode_text makes it of articles. */
function normalize(text) {
  const composed = text
    .normalize("NFC")
    .replace(/[\u{1d400}-\u{1d7ff}][\u0300-\u036f]*/gu, (letter) => letter.normalize("NFKC"))
    .replace(/.\u0335?/gsu, (letter) => (letter in RULES.letters ? RULES.letters[letter] : letter));
  return composed.replace(UNSEEN, (run, at) => {
    const before = [...composed.slice(Math.max(0, at - 2), at)].pop() || "",
      after = String.fromCodePoint(composed.codePointAt(at + run.length) || 0);
    return isOfOtherScript(before) || isOfOtherScript(after) ? (run.match(MEANINGFUL) || []).join("") : "";
  });
}

/* Words by what they were made of: a text has the same words again and again. */
function cached(make) {
  const known = new Map();
  return (word) => {
    if (!known.has(word)) known.set(word, make(word));
    return known.get(word);
  };
}

/* The one spelling of a word, in lower case. */
const spell = cached((word) => {
  const apart = word.normalize("NFKC").toLowerCase().normalize("NFD");
  return SPELLINGS.reduce((now, [pattern, replacement]) => now.replace(pattern, replacement), apart).normalize("NFC");
});

/* A spelling without its diacritics, đ as d. */
const fold = cached((word) => word.replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, ""));

/* The spellings of all words of a text. */
const wordsOf = (text) => (text.match(WORD) || []).map(spell);

/* --- Vietnamese syllables ------------------------------------------------------------------------ */

const SYLLABLE =
  /^(?:ngh?|nh|[cgkpt]h|gi?|qu|tr|[bcdhklmnprstvx])?(?:a[iouy]?|e[ou]?|i(?:a|eu?|u)?|o(?:a[ioy]?|eo?|i|o)?|u(?:a|ay|e|i|o[iu]?|u|y[aeu]?)?|y(?:eu?)?)(?:ch|n[gh]?|[cmpt])?$/;
const isSyllable = (word) => SYLLABLE.test(fold(word));
const TONES = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323" };

/* A word that was typed with the keyboard switched off, as Telex or VNI would have written it: nawngx, na8ng4 are
   nẵng. "" if it is no such word. */
function fromKeys(word) {
  const keys = /^[a-z]+\d/.test(word)
    ? word.replace(/[aeo]?6/, (v) => v[0] + v[0]).replace(/[1-9]/g, (digit) => "sfrxj6wwd"[digit - 1])
    : word;
  const [, onset, rest] = keys.match(/^(dd|qu|gi(?=[aeouw])|[^aeiouyw]*)([aeiouyw].*)$/) || [];
  if (!rest) return "";
  const tone = (rest.match(/[sfrxj]/g) || []).pop();
  let vowels = rest.replace(/[sfrxj]/g, "");
  const hasD = onset.length === 1 && onset === "d" && /d/.test(vowels);
  if (hasD) vowels = vowels.replace("d", "");
  vowels = vowels
    .replace(/([aeo])(.*?)\1/, (_, v, between) => `${v}\u0302${between}`)
    .replace(/^uo(.*?)w|^uwow?/, (_, end) => `u\u031bo\u031b${end || ""}`)
    .replace(
      /([aou])((?:(?!\u0302|\u031b)[^aouw])*)w/,
      (_, v, between) => v + (v === "a" ? "\u0306" : "\u031b") + between,
    )
    .replace(/^w/, "u\u031b");
  const start = (onset === "dd" || hasD ? "đ" : onset).normalize("NFC");
  if (tone) vowels = placeTone(vowels, TONES[tone]);
  const read = spell((start + vowels).normalize("NFC"));
  return read !== word && isSyllable(read) ? read : "";
}

/* Put a tone mark on its vowel. end: vowels and final consonants, decomposed. */
function placeTone(end, tone) {
  const vowels = [...end.matchAll(/[aeiouy][\u0302\u0306\u031b]*/g)],
    marked = vowels.filter(([v]) => v.length > 1).pop(),
    isOpen = /[\u0302\u0306\u031baeiouy]$/.test(end),
    first = vowels.length > 2 || /^(?:o[ae]|uy)/.test(end) ? 1 : 0,
    chosen = marked || vowels[isOpen ? Math.min(first, vowels.length - 1) : vowels.length - 1];
  const at = chosen.index + chosen[0].length;
  return end.slice(0, at) + tone + end.slice(at);
}

/* The ways to cut a word that is no syllable into as few as can be: danang is da nang. */
const MOST_CUTS = 12;
function splits(word) {
  if (!/^[a-z]{3,24}$/.test(fold(word)) || isSyllable(word)) return [];
  let begun = [[word]]; // syllables, and the rest
  while (begun.length) {
    begun = begun.flatMap((parts) => {
      const rest = parts[parts.length - 1];
      return Array.from(rest, (_, at) => [...parts.slice(0, -1), rest.slice(0, at), rest.slice(at)]).filter((cut) =>
        isSyllable(cut[cut.length - 2]),
      );
    });
    const whole = begun.filter((parts) => isSyllable(parts[parts.length - 1]));
    if (whole.length) return whole.slice(0, MOST_CUTS);
  }
  return [];
}

/* Words with their figures and units apart: 85ha is 85 ha. */
const figures = (words) => words.flatMap((word) => (word.match(/^(\d+)(\p{L}+)$/u) || [0, word]).slice(1));
