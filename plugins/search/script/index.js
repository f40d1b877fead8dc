/* Reads the index: the articles with a word, a pair of words, a phrase. plugins/search/postings.py and index.py document
   the files of a segment. Segments follow each other by date; an article's id is the number of its segment times SEGMENT
   plus its number in the segment. */
const SEGMENT = 1 << 24,
  BODY = 64,
  PAIR_FACTOR = 0x9e3779b1,
  SHARE_BITS = 6,
  NO_TITLE = 15,
  WHOLE_TITLE = 64, // the share of a word that is all of a title
  SHARE = 128; // a hit is a number: how often, times SHARE, plus the share of the title, 0 if it is not there

const TABLE = Array.from({ length: 256 }, (_, value) => {
  for (let i = 0; i < 8; i++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
function crc32(text) {
  let value = -1;
  for (const byte of new TextEncoder().encode(text)) value = (value >>> 8) ^ TABLE[(value ^ byte) & 255];
  return ~value >>> 0;
}

const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/* Reads bytes from offset `at` on. */
class ByteReader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  /* Whether another entry follows: behind the last are zeros. */
  get hasMore() {
    return this.bytes[this.at] > 0;
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
  /* Bytes after their number. more: how many are not counted. */
  sized(more = 0) {
    return this.take(this.number() + more);
  }
  text() {
    return new TextDecoder().decode(this.sized());
  }
}

/* Reads the bits of some bytes. */
class BitReader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.bit = at * 8;
  }
  next() {
    return (this.bytes[this.bit >> 3] >> (7 - (this.bit++ & 7))) & 1;
  }
  rice(k) {
    let high = 0,
      low = 0;
    while (this.next()) high++;
    for (let i = 0; i < k; i++) low = (low << 1) | this.next();
    return (high << k) | low;
  }
}

/* The places of the buckets of a kind, from the table of their sizes: where each begins, and where the last ends. Reads
   the table. start: the place of the first. */
function readTable(reader, count, unit, start) {
  const [k] = reader.take(1),
    bits = new BitReader(reader.bytes, reader.at),
    places = [start];
  for (let i = 0; i < count; i++) places.push(places[i] + bits.rice(k) * unit);
  reader.at = (bits.bit + 7) >> 3;
  return places;
}

/* Decode a posting list of a kind: call onArticle(article, hit) for each; of places the hit is the positions. */
function decodePostings(bytes, kind, onArticle) {
  const head = new ByteReader(bytes),
    count = head.number(),
    [by] = head.take(1),
    k = by >> 4,
    l = by & 15,
    bits = new BitReader(bytes, head.at),
    hits = [];
  let article = -1;
  for (let i = 0; i < count; i++) {
    article += bits.rice(k) + 1;
    hits.push([article, kind === "words" ? (bits.rice(0) + 1) * SHARE : readHit(bits, kind, l)]);
  }
  if (kind === "words" && l < NO_TITLE)
    for (let i = bits.rice(l); i < count; i += bits.rice(l) + 1) hits[i][1] += bits.rice(SHARE_BITS) + 1;
  for (const hit of hits) onArticle(...hit);
}

/* A hit of pairs or places. */
function readHit(bits, kind, l) {
  const number = bits.rice(kind === "pairs" ? 1 : 0) + (kind === "pairs" ? 2 : 1);
  if (kind === "pairs") return (number >> 1) * SHARE + (number & 1);
  let position = 0;
  return Array.from({ length: number }, () => (position += bits.rice(l)));
}

const timesOf = (hit) => Math.floor(hit / SHARE),
  shareOf = (hit) => hit % SHARE;

/* Merge the hits of one article. */
const merge = (a, b) =>
  Array.isArray(a)
    ? a.concat(b).sort((x, y) => x - y)
    : (timesOf(a) + timesOf(b)) * SHARE + Math.min(WHOLE_TITLE, shareOf(a) + shareOf(b));
function addTo(map, id, hit) {
  const before = map.get(id);
  map.set(id, before === undefined ? hit : merge(before, hit));
}
const union = (first, ...others) => {
  const all = new Map(first);
  for (const other of others) for (const [id, hit] of other) addTo(all, id, hit);
  return all;
};

/* The posting lists of a language in a segment. buckets: their number; placesTable: bytes of the table of places, at the
   start of the file; head: gives a reader of the tables of words and pairs. */
class SegmentLists {
  constructor(address, buckets, placesTable, unit, head) {
    this.file = new PartialFile(address);
    [this.buckets, this.placesTable, this.unit, this.head] = [buckets, placesTable, unit, head];
  }

  async tables() {
    const reader = await this.head(),
      words = readTable(reader, this.buckets, this.unit, this.placesTable),
      pairs = readTable(reader, 2 * this.buckets, this.unit, words[this.buckets]);
    return { words, pairs };
  }

  /* The places of the buckets of a kind. */
  async places(kind) {
    this.known = this.known || this.tables();
    this.known.catch(() => delete this.known);
    const tables = await this.known;
    if (kind !== "places") return tables[kind];
    const bytes = await this.file.read(0, this.placesTable);
    return readTable(new ByteReader(bytes), this.buckets, this.unit, tables.pairs[2 * this.buckets]);
  }

  /* A reader of the bucket with a hash. */
  async bucket(kind, hash) {
    const places = await this.places(kind),
      number = hash % (places.length - 1);
    return new ByteReader(await this.file.read(places[number], places[number + 1] - places[number]));
  }
}

/* settings: folder: of the files; unit: of the sizes of buckets; card: bytes of a card; tables: the heads of all segments of the
   page's language, in Base64, which saves a request before the first answer; heads: addresses of those of other languages;
   segments: see plugins/search/index.py. */
function Index({ folder, unit, card: cardSize, tables, heads, segments }) {
  const addressOf = ({ files }, ending) => `${folder}${files[ending]}.${ending}`,
    inLangs = (langs, use) =>
      segments.flatMap((segment, i) =>
        langs.filter((lang) => segment.lists[lang]).map((lang) => use(lists[i][lang], i)),
      );
  const loaded = {};
  /* A reader of the heads of a language, from a place on. */
  async function readHead(lang, at) {
    loaded[lang] = loaded[lang] || (tables[lang] ? Promise.resolve(fromBase64(tables[lang])) : fetchFile(heads[lang]));
    loaded[lang].catch(() => delete loaded[lang]);
    return new ByteReader(await loaded[lang], at);
  }
  const places = {}; // of the next segment's head, by language
  const lists = segments.map((segment) =>
    Object.fromEntries(
      Object.entries(segment.lists).map(([lang, [buckets, placesTable, head]]) => {
        const at = places[lang] || 0;
        places[lang] = at + head;
        const address = addressOf(segment, `${lang}.lists`);
        return [lang, new SegmentLists(address, buckets, placesTable, unit, () => readHead(lang, at))];
      }),
    ),
  );
  const cards = segments.map((segment) => new PartialFile(addressOf(segment, "cards"))),
    texts = segments.map((segment) => new PartialFile(addressOf(segment, "texts"))),
    total = ({ articles }, langs) => langs.reduce((sum, lang) => sum + (articles[lang] || 0), 0);

  /* Call onBucket(number of the segment, reader) for the bucket with a hash in each segment. */
  const readBuckets = (langs, kind, hash, onBucket) =>
    Promise.all(inLangs(langs, async (each, i) => onBucket(i, await each.bucket(kind, hash))));
  const collector = (map, segment) => (article, value) => addTo(map, segment * SEGMENT + article, value);

  /* The articles with a word, and those that have its very spelling. */
  async function findWord(langs, kind, wanted) {
    const bare = fold(wanted),
      all = new Map(),
      exact = wanted === bare ? all : new Map();
    await readBuckets(langs, kind, crc32(bare), (segment, bucket) => {
      while (bucket.hasMore) {
        const here = bucket.text() === bare,
          forms = new ByteReader(bucket.sized());
        while (here && forms.at < forms.bytes.length) {
          const form = forms.text() || bare,
            list = forms.sized();
          decodePostings(list, kind, collector(all, segment));
          if (form === wanted && exact !== all) decodePostings(list, kind, collector(exact, segment));
        }
      }
    });
    return [all, exact];
  }

  /* The articles where two words are adjacent. */
  async function findPair(langs, first, second) {
    const hash = (Math.imul(crc32(fold(first)), PAIR_FACTOR) + crc32(fold(second))) >>> 0,
      all = new Map();
    await readBuckets(langs, "pairs", hash, (segment, bucket) => {
      while (bucket.hasMore) {
        const list = bucket.sized(2),
          [low, high] = list;
        if ((low | (high << 8)) === hash >>> 16) decodePostings(list.subarray(2), "pairs", collector(all, segment));
      }
    });
    return all;
  }

  /* The articles where each of some words is beside the next. */
  async function findRun(langs, words) {
    const [first, ...others] = await Promise.all(words.slice(1).map((word, i) => findPair(langs, words[i], word)));
    return new Map([...first].filter(([id]) => others.every((all) => all.has(id))));
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
        // the index has no shares of phrases: as in a title of eight words
        const share = starts[0] < BODY ? Math.min(WHOLE_TITLE, words.length * 8) : 0;
        if (starts.length) all.set(id, starts.length * SHARE + share);
      }
      return all;
    });
  }

  /* The articles with a term, and those that have it in its very spelling. */
  async function findTerm(langs, { name, words, joined, apart }) {
    if (apart) {
      const [[all, exact], run] = await Promise.all([findWord(langs, "words", words[0]), findRun(langs, apart)]);
      return [union(all, run), all === exact ? union(all, run) : exact];
    }
    if (name || words.length === 1) return findWord(langs, "words", name || words[0]);
    if (!joined) return findPhrase(langs, words);
    const found = await Promise.all([findPhrase(langs, words), findWord(langs, "words", joined)]);
    return [0, 1].map((which) => union(found[0][which], found[1][which]));
  }

  const segmentOf = (id) => Math.floor(id / SEGMENT);

  /* What a result shows of an article: [title, address, publication time, category, language, where its text begins, its
     size, its first words]; the size is 0 if these are all. */
  async function card(id) {
    const i = segmentOf(id),
      known = parse(await cards[i].read((id % SEGMENT) * cardSize, cardSize));
    return known.length > 2 ? known : parse(await texts[i].read(...known));
  }
  const parse = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

  /* Its whole text. */
  async function text(id, start, size) {
    const packed = new Blob([await texts[segmentOf(id)].read(start, size)]);
    return new Response(packed.stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
  }

  /* The year of an article: that of the last beginning of a year before it. */
  function year(id) {
    const number = id % SEGMENT;
    return segments[segmentOf(id)].years.reduce((found, [each, first]) => (first <= number ? each : found), 0);
  }
  const langs = [...new Set(segments.flatMap((segment) => Object.keys(segment.lists)))],
    last = segments[segments.length - 1];
  return {
    findTerm,
    findWord,
    findPair,
    findRun,
    findPhrase,
    card,
    text,
    year,
    langs,
    total: (langs) => segments.reduce((sum, segment) => sum + total(segment, langs), 0),
    newestYear: last ? last.years[last.years.length - 1][0] : 0,
  };
}
