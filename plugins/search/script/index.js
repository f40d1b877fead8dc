/* Reads the index: the articles with a word, a pair of words, a phrase. plugins/search/postings.py documents the file
   format. An article's id is one number: the index of its year times YEAR plus its index in the year. The newest year is
   split into months, which take the place of years: 202611 after 2025. */
const YEAR = 1 << 20,
  BUCKETS = 4096,
  BODY = 64,
  LONGEST_JOINED = 16;

const TABLE = Array.from({ length: 256 }, (_, value) => {
  for (let i = 0; i < 8; i++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
function crc32(text) {
  let value = -1;
  for (const byte of new TextEncoder().encode(text)) value = (value >>> 8) ^ TABLE[(value ^ byte) & 255];
  return ~value >>> 0;
}

/* Reads bytes from offset `at` on. */
class ByteReader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  get hasMore() {
    return this.at < this.bytes.length;
  }
  number() {
    let value = 0,
      shift = 1,
      byte;
    do {
      byte = this.bytes[this.at++];
      value += (byte & 127) * shift;
      shift *= 128;
    } while (byte > 127);
    return value;
  }
  take(size) {
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  sized() {
    return this.take(this.number());
  }
  text() {
    return new TextDecoder().decode(this.sized());
  }
}

/* Decode a posting list: call onArticle(article, value) for each. The value is (frequency << 1 | in the title), or the
   positions if `hasPositions`. */
function decodePostings(bytes, hasPositions, onArticle) {
  const head = new ByteReader(bytes),
    count = head.number(),
    [by] = head.take(1),
    k = by >> 4,
    l = by & 15;
  let bit = head.at * 8,
    article = -1;
  const next = () => (bytes[bit >> 3] >> (7 - (bit++ & 7))) & 1;
  const rice = (k) => {
    let high = 0,
      low = 0;
    while (next()) high++;
    for (let i = 0; i < k; i++) low = (low << 1) | next();
    return (high << k) | low;
  };
  for (let i = 0; i < count; i++) {
    article += rice(k) + 1;
    const frequency = rice(0) + 1;
    if (!hasPositions) onArticle(article, (frequency << 1) | next());
    else {
      const positions = [];
      for (let n = 0, position = 0; n < frequency; n++) {
        position += rice(l);
        positions.push(position);
      }
      onArticle(article, positions);
    }
  }
}

/* Merge the values of one article: positions, or frequencies. */
const merge = (a, b) => (Array.isArray(a) ? a.concat(b).sort((x, y) => x - y) : ((a & ~1) + b) | (a & 1));
function addTo(map, id, value) {
  const before = map.get(id);
  map.set(id, before === undefined ? value : merge(before, value));
}
const union = (first, ...others) => {
  const all = new Map(first);
  for (const other of others) for (const [id, value] of other) addTo(all, id, value);
  return all;
};

/* indexes: language -> [folder, shards, mark, articles]; texts: [folder, year -> mark]. */
function Index(indexes, [folder, marks]) {
  const years = Object.keys(marks),
    shards = new Map();

  async function get(address, how) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response[how]();
  }
  function shard(address) {
    if (!shards.has(address)) {
      const loading = get(address, "arrayBuffer").then((data) => new Uint8Array(data));
      loading.catch(() => shards.delete(address));
      shards.set(address, loading);
    }
    return shards.get(address);
  }

  /* Call onYear(index of the year, reader) for each year in the shard of a word. */
  async function readShard(lang, kind, word, onYear) {
    const [folder, count, mark] = indexes[lang],
      step = BUCKETS / count;
    const number = Math.floor((crc32(word) % BUCKETS) / step)
      .toString(16)
      .padStart(3, "0");
    const all = new ByteReader(await shard(`${folder + kind}/${number}.bin?v=${mark}`));
    while (all.hasMore) {
      const year = years.indexOf(String(all.number()));
      onYear(year, new ByteReader(all.sized()));
    }
  }
  const collector = (map, year) => (article, value) => addTo(map, year * YEAR + article, value);

  /* The articles with a word, and those that have its very spelling. */
  async function findWord(langs, kind, wanted) {
    const bare = fold(wanted),
      all = new Map(),
      exact = wanted === bare ? all : new Map();
    await Promise.all(
      langs.map((lang) =>
        readShard(lang, kind, bare, (year, part) => {
          while (part.hasMore) {
            const here = part.text() === bare,
              forms = new ByteReader(part.sized());
            while (here && forms.hasMore) {
              const form = forms.text() || bare,
                list = forms.sized();
              decodePostings(list, kind === "places", collector(all, year));
              if (form === wanted && exact !== all) decodePostings(list, kind === "places", collector(exact, year));
            }
          }
        }),
      ),
    );
    return [all, exact];
  }

  /* The articles where two words are adjacent. */
  async function findPair(langs, first, second) {
    const joined = `${fold(first)} ${fold(second)}`,
      wanted = crc32(joined) >>> 16,
      all = new Map();
    await Promise.all(
      langs.map((lang) =>
        readShard(lang, "pairs", joined, (year, part) => {
          while (part.hasMore) {
            const [low, high] = part.take(2),
              list = part.sized();
            if ((low | (high << 8)) === wanted) decodePostings(list, false, collector(all, year));
          }
        }),
      ),
    );
    return all;
  }

  /* The articles with adjacent words, and those that have them in their very spelling. */
  async function findPhrase(langs, words) {
    const found = await Promise.all(words.map((word) => findWord(langs, "places", word)));
    return [0, 1].map((which) => {
      const [first, ...others] = found.map((lists) => lists[which]),
        all = new Map();
      for (const [id, places] of first) {
        if (!others.every((other) => other.has(id))) continue;
        const sets = others.map((other) => new Set(other.get(id)));
        const starts = places.filter((place) => sets.every((set, i) => set.has(place + i + 1)));
        if (starts.length) all.set(id, (starts.length << 1) | (starts[0] < BODY));
      }
      return all;
    });
  }

  /* The articles with a term, and those that have it in its very spelling. */
  async function findTerm(langs, { name, words, isPhrase }) {
    if (name || words.length === 1) return findWord(langs, "words", name || words[0]);
    const together = words.join("");
    if (isPhrase || /^\d+$/.test(together) || together.length > LONGEST_JOINED) return findPhrase(langs, words);
    const found = await Promise.all([findPhrase(langs, words), findWord(langs, "words", together)]);
    return [0, 1].map((which) => union(found[0][which], found[1][which]));
  }

  /* What a result shows of an article: [title, address, publication time, category, language, text]. */
  function article(id) {
    const year = years[Math.floor(id / YEAR)];
    return get(`${folder + year}/${id % YEAR}.json?v=${marks[year]}`, "json");
  }

  return {
    findTerm,
    findWord,
    findPair,
    article,
    langs: Object.keys(indexes),
    total: (langs) => langs.reduce((sum, lang) => sum + indexes[lang][3], 0),
    year: (id) => Number(years[Math.floor(id / YEAR)].slice(0, 4)),
    newestYear: Number((years[years.length - 1] || "0").slice(0, 4)),
  };
}
