/* What pages ask the worker to do (see start.js), and what browsers do. */
const JOBS = {
  sync: ({ lang, path, version }) => sync(lang, path, version),
  clear,
  /* Whether the server has another page than the one that is shown; fails without a line. */
  async isNew({ path }) {
    const answer = await ask(path, { cache: "no-cache" }),
      kept = await find(path);
    if (!answer.ok || !kept) return true;
    const text = await answer.clone().text(),
      isSame = text === (await kept.text());
    await keepPage("read", path, answer);
    return !isSame;
  },
  /* What is known of a page: whether it is saved, and the size of its recording on the server and here. */
  async state({ path, sound: address }) {
    return { saved: Boolean(await get("saved", path)), sound: await soundOf(path, address) };
  },
  async save({ path }) {
    const answer = await fetch(path, { headers: { Purpose: "prefetch" } }).catch(() => find(path));
    if (!answer || !answer.ok) throw new Error("not there");
    const address = soundIn(await answer.clone().text());
    const size = address ? await sizeOf(address) : 0;
    await keepPage("saved", path, answer, { [SOUND]: size ? `${size} ${address}` : "" }, Infinity);
  },
  async drop({ path }) {
    await dropSound(path);
    await forget(path, ["saved"]);
  },
  async saveSound({ path }) {
    if (!(await get("saved", path))) await JOBS.save({ path });
    const [, address] = knownSound(await get("saved", path));
    const [recording, sentences] = await Promise.all([fetch(`${address}.mp3`), fetch(`${address}.vtt`)]);
    if (recording.status !== 200 || !sentences.ok) throw new Error("not there");
    await put("saved", `${address}.vtt`, sentences);
    await put("saved", `${address}.mp3`, recording);
    checked.clear();
  },
  async dropSound({ path }) {
    await dropSound(path);
  },
  /* Lists of { path, title, time, size, sound } */
  async list({ lang }) {
    const lists = {};
    let size = 0;
    for (const name of ["saved", "read", `ahead ${lang}`]) {
      const all = await entries(name);
      lists[name.slice(0, 5)] = await Promise.all(all.filter(isPage).map(description));
      for (const entry of all) size += entry.size;
    }
    const order = ((await planOf(lang)).pages || []).map(([path]) => path);
    lists.ahead.sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
    return { saved: lists.saved.reverse(), read: lists.read.reverse(), ahead: lists.ahead, size };
  },
};

function soundIn(text) {
  const found = /data-sound="([^"]+)"/.exec(text);
  return found ? found[1] : "";
}
async function sizeOf(address) {
  const answer = await fetch(`${address}.mp3`, { method: "HEAD" });
  return answer.ok ? Number(answer.headers.get("content-length")) : 0;
}
function knownSound(page) {
  const [size, address] = ((page && page.headers.get(SOUND)) || "0 ").split(" ");
  return [Number(size), address];
}
async function soundOf(path, address) {
  const [known, own] = knownSound(await get("saved", path)),
    kept = Boolean(own && (await get("saved", `${own}.mp3`)));
  const size = known || (address ? await sizeOf(address).catch(() => 0) : 0);
  return size ? { size, kept } : null;
}
async function dropSound(path) {
  const [, address] = knownSound(await get("saved", path));
  if (address) for (const ending of [".mp3", ".vtt"]) await forget(address + ending, ["saved"]);
}
async function description({ path, response }) {
  const title = decodeURIComponent(response.headers.get(TITLE) || "") || path;
  return { path, title, time: timeOf(response), sound: await soundOf(path) };
}

addEventListener("message", (event) => {
  const { job, ...values } = event.data,
    [port] = event.ports;
  const done = JOBS[job](values).then(
    (result) => port.postMessage({ result }),
    (error) => port.postMessage({ failure: error.name }),
  );
  event.waitUntil(done);
});
addEventListener("install", () => skipWaiting());
/* Browsers ask for a page while the worker starts, but for Firefox, which shows its own error then without a line
   (https://github.com/GoogleChrome/workbox/issues/3134). */
addEventListener("activate", (event) => {
  const { navigationPreload } = registration,
    hasPreload = navigationPreload && !navigator.userAgent.includes("Firefox");
  event.waitUntil(Promise.all([clients.claim(), hasPreload && navigationPreload.enable()]));
});
addEventListener("fetch", (event) => {
  const { request } = event,
    { origin, pathname: path } = new URL(request.url);
  if (isRemoved || request.method !== "GET" || origin !== location.origin || !path.startsWith(SITE.base)) return;
  if (request.mode === "navigate") {
    const loading = load(event);
    event.waitUntil(loading.then((loaded) => loaded && visited(path, loaded.copy)).catch(() => {})); // storage may be full
    event.respondWith(page(path, loading));
  } else if (path.endsWith(".mp3")) event.respondWith(sound(request, path));
  else if (path.startsWith(SITE.files)) event.respondWith(file(request, path));
  else if (path.startsWith(SITE.pictures)) event.respondWith(picture(request, path));
  else if (path.endsWith(".vtt") || ["script", "style", "image"].includes(request.destination))
    event.respondWith(other(request, path));
});
