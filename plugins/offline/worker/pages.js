/* Answers for pages, and for what they show. With a line, always what the server says; a kept copy comes only without
   one, or if the server has not begun to answer in time, and says so. */
const PATIENCE = 6000; // ms: on 400 kbit/s with a second of delay, four ways to and fro and a page take four and a half
let lateAt = 0; // when a page last came from the store; what it shows does not wait once more
let isRemoved = false; // whether the portal has no worker any more

function languageOf(path) {
  const local = path.slice(SITE.base.length);
  return LANGUAGES.find((lang) => local.startsWith(`${lang}/`)) || LANGUAGES[0];
}
function inTime(promise, patience = PATIENCE) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, patience))]);
}

/* What the server says, once for the reader and once to be kept; undefined without a line. */
async function load(event) {
  try {
    const answer = (await event.preloadResponse) || (await fetch(event.request));
    return { answer, copy: answer.clone() };
  } catch {
    return undefined;
  }
}
async function page(path, loading) {
  const kept = await find(path);
  const loaded = await (kept ? inTime(loading) : loading);
  if (loaded) return loaded.answer;
  lateAt = Date.now();
  return kept ? withLine(kept, path) : notKept(path);
}

/* After a visit: keep the page, or drop what is not there any more. A page of this portal links to a manifest;
   one that does not may be of a portal without this feature. */
async function visited(path, response) {
  if (response.status === 404 || response.status === 410) await forget(path);
  if (!response.ok || !isPage({ response })) return;
  const text = await response.clone().text();
  if (!LANGUAGES.some((lang) => text.includes(`href="${SITE.languages[lang].manifest}"`))) {
    await leaveIfRemoved();
    return;
  }
  const saved = await get("saved", path);
  const facts = saved && { [SOUND]: saved.headers.get(SOUND) || "" };
  if (saved) await keepPage("saved", path, response.clone(), facts, Infinity);
  await keepPage("read", path, response);
}

/* Without its file on the server the worker has no place here: the feature was taken out. */
async function leaveIfRemoved() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (answer.status !== 404 && answer.status !== 410) return;
  isRemoved = true;
  await clear();
  await registration.unregister();
}

async function planOf(lang) {
  const kept = await get(`ahead ${lang}`, SITE.languages[lang].plan);
  return kept ? kept.json() : {};
}
function moment(time, lang) {
  const { numbers } = SITE.languages[lang],
    date = new Date(time),
    minutes = (Date.now() - time) / 6e4;
  const [count, unit] =
    minutes < 60 ? [minutes, "minute"] : minutes < 1440 ? [minutes / 60, "hour"] : [minutes / 1440, "day"];
  const age = new Intl.RelativeTimeFormat(numbers).format(-Math.max(1, Math.floor(count)), unit);
  const clock = date.toLocaleTimeString(numbers, { hour: "2-digit", minute: "2-digit" });
  return { clock, day: date.toLocaleDateString(numbers), age };
}
function withWords(text, words) {
  return Object.keys(words).reduce((filled, name) => filled.replace(`{${name}}`, () => words[name]), text);
}
/* A kept page with a line above everything that says how old it is. */
async function withLine(kept, path) {
  const lang = languageOf(path),
    time = timeOf(kept);
  const line = withWords(SITE.languages[lang].words.kept, moment(time, lang));
  return new Response(await aboveAll(await kept.text(), lang, line, time), { headers: kept.headers });
}
async function aboveAll(text, lang, line, time) {
  const { style } = await planOf(lang),
    link = style ? `<link rel="stylesheet" href="${style}">` : "";
  const html = `${link}<div class="kept-line" role="status" data-kept="${time}"><p>${line}</p></div>`;
  return text.replace(/<a class="skip".*?<\/a>/s, (skip) => skip + html);
}
/* The page of what is kept, in the place of one that is not; of another language if this one was never visited. */
async function notKept(path) {
  const own = languageOf(path);
  for (const lang of [own, ...LANGUAGES]) {
    const kept = await find(SITE.languages[lang].saved);
    if (kept) return instead(kept, lang);
  }
  return Response.error();
}
async function instead(kept, lang) {
  const { words } = SITE.languages[lang];
  const text = (await kept.text())
    .replace(/<title>.*? – /s, () => `<title>${words.heading} – `)
    .replace(/(<h1[^>]*>).*?(<\/h1>)/s, (_, start, end) => start + words.heading + end);
  return new Response(await aboveAll(text, lang, words.missing, 0), { status: 503, headers: kept.headers });
}

/* Styles and scripts with a digest in their names never change. */
async function file(request, path) {
  const kept = await get("files", path);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) put("files", path, answer.clone()).catch(() => {});
  return answer;
}
/* A picture, which never changes either, or the same in another size. Its name is STEM-DIGEST-WIDTH.ENDING. */
async function picture(request, path) {
  const kept = await find(path);
  if (kept) return kept;
  const answer = await fetch(request).catch(() => undefined);
  if (!answer) return (await inAnotherSize(path)) || Response.error();
  if (answer.status === 200) keepPicture(path, answer.clone()).catch(() => {});
  return answer;
}
async function inAnotherSize(path) {
  const stem = path.replace(/-\d+\.\w+$/, "-");
  for (const name of ["read", "saved", ...AHEAD])
    for (const entry of await entries(name)) if (entry.path.startsWith(stem)) return entry.response;
  return undefined;
}
async function keepPicture(path, response) {
  const body = await response.blob();
  if (body.size <= LARGEST_PICTURE) await put("read", path, new Response(body, { headers: response.headers }));
}
/* Anything else that may be kept: what the server says, else the copy. */
async function other(request, path) {
  const loading = fetch(request).catch(() => undefined),
    kept = await find(path);
  const isLate = Date.now() - lateAt < 5 * PATIENCE;
  return (await (kept ? inTime(loading, isLate ? 0 : PATIENCE) : loading)) || kept || Response.error();
}
