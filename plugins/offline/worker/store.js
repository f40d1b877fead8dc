/* What the worker keeps, in caches of this portal alone: `ahead` the newest pages of a language, `read` pages and
   pictures that were shown, `saved` what the reader has saved, `files` the styles and scripts of all of these. What is
   known of a response stands in headers of its own. `SITE` (see __init__.py) is defined before this. */
const LIMIT = 5e6; // bytes of `ahead` and `read` together
const LARGEST_PAGE = 3e5,
  LARGEST_PICTURE = 6e4;
const MOST_READ = 40; // pages
const AT = "kept-at",
  SIZE = "kept-size",
  TITLE = "kept-title",
  VERSION = "kept-version",
  SOUND = "kept-sound";
const ANY = { ignoreSearch: true, ignoreVary: true };
const LANGUAGES = Object.keys(SITE.languages);
const AHEAD = LANGUAGES.map((lang) => `ahead ${lang}`);
const FILE = new RegExp(`["'](${SITE.files}[^"']+\\.(?:css|js))["']`, "g");
const SMALLEST_PICTURE = new RegExp(`srcset="(${SITE.pictures}[^" ]+) `, "g");

function open(name) {
  return caches.open(`${SITE.base} ${name}`);
}
async function get(name, path) {
  return (await open(name)).match(path, ANY);
}
function timeOf(response) {
  return Number(response.headers.get(AT));
}

/* Keep a response. `facts` are further headers. */
async function put(name, path, response, facts) {
  const body = await response.blob(),
    headers = new Headers(response.headers);
  for (const each of ["content-encoding", "content-length", "vary"]) headers.delete(each);
  headers.set(AT, Date.now());
  headers.set(SIZE, body.size);
  for (const each in facts) headers.set(each, facts[each]);
  const cache = await open(name);
  await cache.delete(path, ANY); // so that it becomes the newest
  await cache.put(path, new Response(body, { headers }));
}

/* The newest copy of a page, picture or file; undefined if there is none. */
async function find(path, names = ["read", "saved", ...AHEAD, "files"]) {
  const copies = await Promise.all(names.map((name) => get(name, path)));
  return copies.filter(Boolean).sort((a, b) => timeOf(b) - timeOf(a))[0];
}

async function forget(path, names = ["read", "saved", ...AHEAD]) {
  for (const name of names) await (await open(name)).delete(path, ANY);
}

/* Keep a page, the files that it names and, of its pictures, the first few in their smallest size. */
async function keepPage(name, path, response, facts, pictures = 0) {
  const text = await response.text(),
    heading = /<h1[^>]*>(.*?)<\/h1>/s.exec(text);
  if (text.length > LARGEST_PAGE && name !== "saved") return;
  const title = heading ? heading[1].replace(/<[^>]*>/g, "").trim() : "";
  const copy = new Response(text, { headers: response.headers });
  await put(name, path, copy, { ...facts, [TITLE]: encodeURIComponent(title) });
  await keepFiles(text);
  for (const picture of smallestPictures(text).slice(0, pictures)) {
    if (!(await get(name, picture))) await fetchInto(name, picture);
  }
}
function smallestPictures(text) {
  return [...text.matchAll(SMALLEST_PICTURE)].map((match) => match[1]);
}
function filesIn(text) {
  return [...text.matchAll(FILE)].map((match) => match[1]);
}
/* Keep the styles and scripts that a page or a script names, and those that these name. Their names have a digest. */
async function keepFiles(text) {
  for (const path of filesIn(text)) {
    if (await get("files", path)) continue;
    await fetchInto("files", path);
    const kept = await get("files", path);
    if (kept && path.endsWith(".js")) await keepFiles(await kept.text());
  }
}

/* Ask the server for something that nobody waits for: it is no visit, and comes after everything else. */
function ask(path, options) {
  return fetch(path, { headers: { Purpose: "prefetch" }, priority: "low", ...options });
}
async function fetchInto(name, path, options) {
  const response = await ask(path, options);
  if (response.ok) await put(name, path, response);
}

/* All entries of a cache, the oldest first. */
async function entries(name) {
  const cache = await open(name),
    found = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request, ANY);
    if (response)
      found.push({ path: new URL(request.url).pathname, response, size: Number(response.headers.get(SIZE)) });
  }
  return found.sort((a, b) => timeOf(a.response) - timeOf(b.response));
}
function isPage({ response }) {
  return (response.headers.get("content-type") || "").startsWith("text/html");
}

/* Drop what was read longest ago until the rest fits. */
async function trim() {
  const read = await entries("read");
  let size = 0,
    pages = read.filter(isPage).length;
  for (const name of ["read", ...AHEAD]) for (const entry of await entries(name)) size += entry.size;
  for (const entry of read) {
    if (size <= LIMIT && pages <= MOST_READ) return;
    await forget(entry.path, ["read"]);
    size -= entry.size;
    pages -= isPage(entry);
  }
}

/* Drop the files that nothing names any more. */
async function sweepFiles() {
  const named = new Set();
  const look = async (text) => {
    for (const path of filesIn(text)) {
      if (named.has(path)) continue;
      named.add(path);
      const kept = path.endsWith(".js") && (await get("files", path));
      if (kept) await look(await kept.text());
    }
  };
  for (const name of ["read", "saved", ...AHEAD])
    for (const entry of await entries(name)) if (isPage(entry)) await look(await entry.response.text());
  for (const lang of LANGUAGES)
    for (const path of [SITE.languages[lang].saved, ...((await planOf(lang)).files || [])]) {
      named.add(path);
      const kept = await get("files", path);
      if (kept) await look(await kept.text());
    }
  for (const { path } of await entries("files")) if (!named.has(path)) await forget(path, ["files"]);
}

async function clear() {
  for (const name of await caches.keys()) if (name.startsWith(`${SITE.base} `)) await caches.delete(name);
}
