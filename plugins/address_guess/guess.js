/* Guesses from the address which page was meant: the links on this page whose addresses are most like it. */
const MOST = 3, // guesses
  LEAST_ALIKE = 0.6; // 1: the same letters in the same order; other titles are seldom above .55, slips seldom below .8
const place = document.getElementById("guess"),
  ROOT = place.dataset.root; // the path of the portal on its host: "/", or "/xa/"

/* The parts of an address below the path of the portal as its words: lower case, no diacritics, no ending. */
function parts(path) {
  let text = path.indexOf(ROOT) ? path : path.slice(ROOT.length - 1);
  try {
    text = decodeURIComponent(text);
  } catch {
    // it is no UTF-8
  }
  const plain = text
    .toLowerCase()
    .replace(/đ/g, "d")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
  return plain
    .replace(/\.[a-z]{2,5}$/, "")
    .split("/")
    .map((part) => part.replace(/[^a-z0-9]+/g, " ").trim())
    .filter((part) => part && part !== "index");
}
/* How alike two texts are: Dice's coefficient of their pairs of letters. */
function likeness(one, other) {
  const pairs = (text) => [...text].slice(1).map((letter, at) => text[at] + letter);
  const left = pairs(` ${one} `),
    right = pairs(` ${other} `),
    all = left.length + right.length;
  let common = 0;
  for (const pair of left) {
    const found = right.indexOf(pair);
    if (found >= 0) {
      right.splice(found, 1);
      common += 1;
    }
  }
  return (2 * common) / all;
}

const asked = parts(location.pathname),
  last = asked[asked.length - 1] || "";
const links = {};
for (const link of document.querySelectorAll("a[href^='/']")) links[link.pathname] = links[link.pathname] || link;
const guesses = Object.keys(links)
  .map((path) => {
    const known = parts(path),
      isAbove = known.length && known.length < asked.length && known.every((part, at) => part === asked[at]);
    return { path, score: Math.max(likeness(last, known[known.length - 1] || ""), isAbove ? LEAST_ALIKE : 0) };
  })
  .filter((guess) => guess.score >= LEAST_ALIKE)
  .sort((one, other) => other.score - one.score)
  .slice(0, MOST);
for (const { path } of guesses) {
  const item = document.createElement("li"),
    link = document.createElement("a");
  link.href = path;
  link.textContent = links[path].textContent;
  if (links[path].lang) link.lang = links[path].lang;
  item.append(link);
  place.lastChild.append(item);
}
place.hidden = !guesses.length;
const words = document.querySelector("main [type=search]");
if (words) {
  const named = asked.filter((part) => /[a-z]/.test(part)); // not a number
  words.value = (named[named.length - 1] || "")
    .replace(/\b\d+\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
