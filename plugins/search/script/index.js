/* Reads the index: the articles with a word, a pair of words, a phrase. plugins/search/postings.py and index.py document
   the files of a segment. Segments follow each other by date; an article's id is the number of its segment times SEGMENT
   plus its number in the segment. */
const SEGMENT = 1 << 24,
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

/* The places of the parts of a file, from the table of their sizes: where each begins, and where the last ends. */
function readTable(bytes, count, unit = 1) {
  const bits = new BitReader(bytes, 1),
    places = [0];
  for (let i = 0; i < count; i++) places.push(places[i] + bits.rice(bytes[0]) * unit);
  return places;
}

/* Decode a posting list: call onArticle(article, value) for each. The value is (frequency << 1 | in the title), or the
   positions if `hasPositions`. */
function decodePostings(bytes, hasPositions, onArticle) {
  const head = new ByteReader(bytes),
    count = head.number(),
    [by] = head.take(1),
    k = by >> 4,
    l = by & 15;
  const bits = new BitReader(bytes, head.at);
  let article = -1;
  for (let i = 0; i < count; i++) {
    article += bits.rice(k) + 1;
    if (!hasPositions) {
      onArticle(article, bits.rice(1) + 2);
      continue;
    }
    const frequency = bits.rice(0) + 1,
      positions = [];
    for (let n = 0, position = 0; n < frequency; n++) {
      position += bits.rice(l);
      positions.push(position);
    }
    onArticle(article, positions);
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

/* The posting lists of a language in a segment. lists: number of buckets, bytes of the tables of words and pairs, of the
   table of places. */
class SegmentLists {
  constructor(address, [buckets, tables, placesTable]) {
    this.file = new PartialFile(address);
    [this.buckets, this.tables, this.placesTable] = [buckets, tables, placesTable];
  }

  /* The places of the buckets of a kind. */
  async places(kind) {
    this.own = this.own || this.readTables();
    const { words, pairs } = await this.own;
    if (kind !== "places") return kind === "words" ? words : pairs;
    this.third = this.third || this.file.read(this.tables, this.placesTable);
    const start = pairs[this.buckets];
    return readTable(await this.third, this.buckets).map((place) => start + place);
  }
  async readTables() {
    const bytes = await this.file.read(0, this.tables),
      start = this.tables + this.placesTable,
      bits = new BitReader(bytes, 1);
    for (let i = 0; i < this.buckets; i++) bits.rice(bytes[0]);
    const words = readTable(bytes, this.buckets).map((place) => start + place),
      second = bytes.subarray((bits.bit + 7) >> 3),
      pairs = readTable(second, this.buckets).map((place) => words[this.buckets] + place);
    return { words, pairs };
  }

  /* A reader of the bucket that has a word or a pair. */
  async bucket(kind, word) {
    const places = await this.places(kind),
      number = crc32(word) % this.buckets;
    return new ByteReader(await this.file.read(places[number], places[number + 1] - places[number]));
  }
}

/* settings: folder: of the files; unit: of the sizes of cards; segments: see plugins/search/index.py. */
function Index({ folder, unit, segments }) {
  const addressOf = ({ files }, ending) => `${folder}${files[ending]}.${ending}`,
    inLangs = (langs, use) =>
      segments.flatMap((segment, i) =>
        langs.filter((lang) => segment.lists[lang]).map((lang) => use(lists[i][lang], i)),
      );
  const lists = segments.map((segment) =>
    Object.fromEntries(
      Object.keys(segment.lists).map((lang) => [
        lang,
        new SegmentLists(addressOf(segment, `${lang}.lists`), segment.lists[lang]),
      ]),
    ),
  );
  const cards = segments.map((segment) => new PartialFile(addressOf(segment, "cards"))),
    texts = segments.map((segment) => new PartialFile(addressOf(segment, "texts"))),
    total = ({ articles }, langs) => langs.reduce((sum, lang) => sum + (articles[lang] || 0), 0),
    cardPlaces = [];

  /* Call onBucket(number of the segment, reader) for the bucket of a word in each segment. */
  const readBuckets = (langs, kind, word, onBucket) =>
    Promise.all(inLangs(langs, async (each, i) => onBucket(i, await each.bucket(kind, word))));
  const collector = (map, segment) => (article, value) => addTo(map, segment * SEGMENT + article, value);

  /* The articles with a word, and those that have its very spelling. */
  async function findWord(langs, kind, wanted) {
    const bare = fold(wanted),
      all = new Map(),
      exact = wanted === bare ? all : new Map();
    await readBuckets(langs, kind, bare, (segment, bucket) => {
      while (bucket.hasMore) {
        const here = bucket.text() === bare,
          forms = new ByteReader(bucket.sized());
        while (here && forms.hasMore) {
          const form = forms.text() || bare,
            list = forms.sized();
          decodePostings(list, kind === "places", collector(all, segment));
          if (form === wanted && exact !== all) decodePostings(list, kind === "places", collector(exact, segment));
        }
      }
    });
    return [all, exact];
  }

  /* The articles where two words are adjacent. */
  async function findPair(langs, first, second) {
    const joined = `${fold(first)} ${fold(second)}`,
      wanted = crc32(joined) >>> 16,
      all = new Map();
    await readBuckets(langs, "pairs", joined, (segment, bucket) => {
      while (bucket.hasMore) {
        const [low, high] = bucket.take(2),
          list = bucket.sized();
        if ((low | (high << 8)) === wanted) decodePostings(list, false, collector(all, segment));
      }
    });
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

  /* Where the cards of a segment are. */
  function placesOfCards(i) {
    const { cards: size, articles } = segments[i];
    cardPlaces[i] =
      cardPlaces[i] ||
      cards[i].read(0, size).then((bytes) => readTable(bytes, total({ articles }, Object.keys(articles)), unit));
    return cardPlaces[i];
  }

  /* The articles with a term, and those that have it in its very spelling. */
  async function findTerm(langs, { name, words, isPhrase }) {
    for (const i of segments.keys()) placesOfCards(i).catch(() => delete cardPlaces[i]); // needed soon
    if (name || words.length === 1) return findWord(langs, "words", name || words[0]);
    const together = words.join("");
    if (isPhrase || /^\d+$/.test(together) || together.length > LONGEST_JOINED) return findPhrase(langs, words);
    const found = await Promise.all([findPhrase(langs, words), findWord(langs, "words", together)]);
    return [0, 1].map((which) => union(found[0][which], found[1][which]));
  }

  const segmentOf = (id) => Math.floor(id / SEGMENT);

  /* What a result shows of an article: [title, address, publication time, category, language, where its text begins, its
     size, its first words]. */
  async function card(id) {
    const i = segmentOf(id);
    const places = await placesOfCards(i),
      number = id % SEGMENT;
    return parse(await cards[i].read(segments[i].cards + places[number], places[number + 1] - places[number]));
  }
  const decode = (bytes) => new TextDecoder().decode(bytes),
    parse = (bytes) => JSON.parse(decode(bytes));

  /* Its whole text. */
  const text = async (id, start, size) => decode(await texts[segmentOf(id)].read(start, size));

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
    card,
    text,
    year,
    langs,
    total: (langs) => segments.reduce((sum, segment) => sum + total(segment, langs), 0),
    newestYear: last ? last.years[last.years.length - 1][0] : 0,
  };
}
