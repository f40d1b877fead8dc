/* Asks the index: which articles have all words of a query, the best first. What stands in its files tells
   postings.py. An article is one number: its year's place among the years, times YEAR, and its place in the year.
   In the newest year each month stands for a year: 202611 after 2025. */
window.seek = (() => {
const YEAR = 1 << 20, BUCKETS = 4096, BODY = 64, MOST = 32, WORD = /[\p{L}\p{N}]+/gu;

/* Small letters without diacritics, đ as d. */
const folded = (text) => text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");

/* Terms of a query, each a list of words that must stand together: a phrase in quotes, or one word. */
function terms(query) {
  const found = new Map();
  for (const [chunk] of query.normalize("NFC").matchAll(/["“”„«][^"“”„«»]*["“”»]?|[^\s"“”„«»]+/g)) {
    const words = (chunk.match(WORD) || []).map((word) => word.toLowerCase());
    if (words.length) found.set(words.join(" "), words);
  }
  return [...found.values()].slice(0, MOST);
}

/* --- Reading a shard ------------------------------------------------------------------------- */

const TABLE = Array.from({ length: 256 }, (_, value) => {
  for (let i = 0; i < 8; i++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
function crc32(text) {
  let value = -1;
  for (const byte of new TextEncoder().encode(text)) value = (value >>> 8) ^ TABLE[(value ^ byte) & 255];
  return ~value >>> 0;
}

/* Reads bytes from `at` on. */
class Bytes {
  constructor(bytes, at = 0) { this.bytes = bytes; this.at = at; }
  get more() { return this.at < this.bytes.length; }
  number() {
    let value = 0, shift = 1, byte;
    do { byte = this.bytes[this.at++]; value += (byte & 127) * shift; shift *= 128; } while (byte > 127);
    return value;
  }
  take(size) { this.at += size; return this.bytes.subarray(this.at - size, this.at); }
  sized() { return this.take(this.number()); }
  text() { return new TextDecoder().decode(this.sized()); }
}

/* Calls got(article, value) for each article of a list; value: (how often << 1 | in its title), or its places. */
function each(bytes, placed, got) {
  const head = new Bytes(bytes), count = head.number(), [by] = head.take(1), k = by >> 4, l = by & 15;
  let bit = head.at * 8, article = -1;
  const next = () => bytes[bit >> 3] >> (7 - (bit++ & 7)) & 1;
  const rice = (k) => {
    let high = 0, low = 0;
    while (next()) high++;
    for (let i = 0; i < k; i++) low = low << 1 | next();
    return high << k | low;
  };
  for (let i = 0; i < count; i++) {
    article += rice(k) + 1;
    const often = rice(0) + 1;
    if (!placed) got(article, often << 1 | next());
    else {
      const places = [];
      for (let n = 0, place = 0; n < often; n++) places.push(place += rice(l));
      got(article, places);
    }
  }
}

const both = (a, b) => Array.isArray(a) ? a.concat(b).sort((x, y) => x - y) : (a & ~1) + b | a & 1;

/* --- The index ------------------------------------------------------------------------------- */

/* indexes: language -> [folder, shards, mark, articles]; texts: [folder, year -> mark]. */
function Index(indexes, [folder, marks]) {
  const years = Object.keys(marks), shards = new Map();

  async function get(address, how) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(address + ": " + response.status);
    return response[how]();
  }
  function shard(address) {
    if (!shards.has(address)) {
      const come = get(address, "arrayBuffer").then((data) => new Uint8Array(data));
      come.catch(() => shards.delete(address));
      shards.set(address, come);
    }
    return shards.get(address);
  }

  /* Calls got(year's place, reader) for each year in the shard where a word stands. */
  async function search(lang, kind, word, got) {
    const [folder, count, mark] = indexes[lang], step = BUCKETS / count;
    const number = Math.floor(crc32(word) % BUCKETS / step).toString(16).padStart(3, "0");
    const all = new Bytes(await shard(folder + kind + "/" + number + ".bin?v=" + mark));
    while (all.more) {
      const year = years.indexOf(String(all.number()));
      got(year, new Bytes(all.sized()));
    }
  }
  const put = (map, year) => (article, value) => {
    const id = year * YEAR + article, before = map.get(id);
    map.set(id, before === undefined ? value : both(before, value));
  };

  /* The articles with a word, and those with its very diacritics, if it has any. */
  async function word(langs, kind, wanted) {
    const bare = folded(wanted), all = new Map(), exact = wanted === bare ? all : new Map();
    await Promise.all(langs.map((lang) => search(lang, kind, bare, (year, part) => {
      while (part.more) {
        const here = part.text() === bare, forms = new Bytes(part.sized());
        while (here && forms.more) {
          const form = forms.text() || bare, list = forms.sized();
          each(list, kind === "places", put(all, year));
          if (form === wanted && exact !== all) each(list, kind === "places", put(exact, year));
        }
      }
    })));
    return [all, exact];
  }

  async function pair(langs, words) {
    const both = words.map(folded).join(" "), wanted = crc32(both) >>> 16, all = new Map();
    await Promise.all(langs.map((lang) => search(lang, "pairs", both, (year, part) => {
      while (part.more) {
        const [low, high] = part.take(2), list = part.sized();
        if ((low | high << 8) === wanted) each(list, false, put(all, year));
      }
    })));
    return all;
  }

  /* The articles where words stand together, and those where they do so with their very diacritics. */
  async function phrase(langs, words) {
    const found = await Promise.all(words.map((each) => word(langs, "places", each)));
    return [0, 1].map((which) => {
      const [first, ...others] = found.map((lists) => lists[which]), all = new Map();
      for (const [id, places] of first) {
        if (!others.every((other) => other.has(id))) continue;
        const sets = others.map((other) => new Set(other.get(id)));
        const starts = places.filter((place) => sets.every((set, i) => set.has(place + i + 1)));
        if (starts.length) all.set(id, starts.length << 1 | starts[0] < BODY);
      }
      return all;
    });
  }

  /* How well a term fits an article: the rarer it is, the oftener it stands there; in the title most. */
  const fit = (value, rare) => rare * ((value >> 1) / ((value >> 1) + 1.2) + (value & 1 ? 1.5 : 0));

  /* The articles that answer a query, in their order. filters: words of the index; year "" for all;
     sort: "desc" or "asc" by date, "" by fit: who has the very diacritics first, then who has the words side by side. */
  async function ask({ asked, filters, langs, year, sort }) {
    const known = langs.filter((lang) => indexes[lang]), total = known.reduce((sum, lang) => sum + indexes[lang][3], 0);
    const one = (words) => words.length > 1 ? phrase(known, words) : word(known, "words", words[0]);
    const beside = sort ? [] : asked.slice(1).map((words, i) => pair(known, [asked[i][asked[i].length - 1], words[0]]));
    if (!asked.length && !filters.length) filters = ["*"];
    const [found, narrow, pairs] = await Promise.all([
      Promise.all(asked.map(one)), Promise.all(filters.map((name) => word(known, "words", name))), Promise.all(beside),
    ]);
    const needed = [...found, ...narrow].map(([all]) => all).sort((a, b) => a.size - b.size);
    let ids = [...needed[0].keys()].filter((id) => needed.every((all) => all.has(id)));
    if (year) ids = ids.filter((id) => years[Math.floor(id / YEAR)].slice(0, 4) === year);
    if (sort || !asked.length) return ids.sort((a, b) => sort === "asc" ? a - b : b - a);
    const rare = (number) => Math.log(1 + total / number), fits = new Map();
    const weights = found.map(([all]) => rare(all.size));
    const together = pairs.map((all) => [all, 2 * rare(ids.reduce((sum, id) => sum + all.has(id), 1))]);
    for (const id of ids) {
      let sum = found.every(([, exact]) => exact.has(id)) ? 1e6 : 0;
      found.forEach(([all], i) => { sum += fit(all.get(id), weights[i]); });
      for (const [all, weight] of together) if (all.has(id)) sum += fit(all.get(id), weight);
      fits.set(id, sum);
    }
    return ids.sort((a, b) => fits.get(b) - fits.get(a) || b - a);
  }

  /* What is shown of an article: [title, address, moment, category, language, text]. */
  function text(id) {
    const year = years[Math.floor(id / YEAR)];
    return get(folder + year + "/" + id % YEAR + ".json?v=" + marks[year], "json");
  }
  return { ask, text, langs: Object.keys(indexes) };
}

return { WORD, folded, terms, Index };
})();
