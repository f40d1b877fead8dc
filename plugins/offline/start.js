/* Comes a second after a page has loaded (script.js), once a release: sets up the worker and what pages offer
   for reading without a line. `SITE` and `WORDS` are defined before this. */
const root = document.documentElement;
const OFF = "ngoai-tuyen"; // in localStorage: the reader wants nothing kept
const path = location.pathname;

function wantsNothing() {
  try {
    return localStorage.getItem(OFF) === "khong";
  } catch {
    return false; // storage is blocked, and the worker will not be there either
  }
}
function announce(text) {
  let status = document.getElementById("status");
  if (!status) {
    status = document.createElement("p");
    Object.assign(status, { id: "status", className: "vh" });
    status.setAttribute("role", "status");
    document.querySelector("main").append(status);
  }
  status.textContent = "";
  setTimeout(() => {
    status.textContent = text;
  }, 50);
}
/* Ask the worker to do a job (worker/jobs.js); fails if it could not. */
async function ask(job, values) {
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => ("failure" in data ? reject(new Error(data.failure)) : resolve(data.result));
    active.postMessage({ job, lang: root.lang, ...values }, [port2]);
  });
}
function megabytes(size) {
  const number = Math.max(0.1, size / 1e6).toLocaleString(SITE.numbers, { maximumFractionDigits: 1 });
  return `${number}\xa0MB`;
}
function element(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

/* The colour of the browser's own bars is that of the page, in each palette. */
function showThemeColour() {
  const meta = document.createElement("meta");
  meta.name = "theme-color";
  const update = () => {
    meta.content = getComputedStyle(root).backgroundColor;
  };
  update();
  document.head.append(meta);
  new MutationObserver(update).observe(root, { attributes: true });
  const system = matchMedia("(prefers-color-scheme: dark)");
  if (system.addEventListener) system.addEventListener("change", update);
}
function loadStyle() {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: SITE.style, onload: resolve, onerror: resolve });
    document.head.append(link);
  });
}

/* The line above a kept page is said aloud once, and goes when the server says that the page is as it is. If the server
   has another one, it says that instead. */
function watch(line) {
  const text = line.firstElementChild;
  announce(text.textContent);
  const check = async () => {
    const isNew = await ask("isNew", { path }).catch(() => undefined); // no line yet
    if (isNew === false) line.remove();
    if (isNew) {
      text.innerHTML = WORDS.newer;
      text.querySelector("a").href = location.href;
      announce(text.textContent);
    }
    if (isNew !== undefined) stop();
  };
  const seen = () => !document.hidden && navigator.onLine && check();
  const timer = setInterval(seen, 5e3);
  const stop = () => {
    clearInterval(timer);
    removeEventListener("online", check);
    document.removeEventListener("visibilitychange", seen);
  };
  addEventListener("online", check);
  document.addEventListener("visibilitychange", seen);
  check();
}

/* In the footer, where a link costs every page its bytes and leads nowhere without a worker. */
function linkToSaved() {
  const list = document.querySelector(".foot nav ul");
  if (list) list.append(element(`<li><a href="${SITE.saved}">${WORDS.list}</a></li>`));
}

export default async function start(version) {
  showThemeColour();
  const line = document.querySelector(".kept-line"),
    isSavedPage = path === SITE.saved;
  if (line) watch(line);
  const isOff = wantsNothing();
  let isOn = false;
  try {
    isOn = !isOff && Boolean(await navigator.serviceWorker.register(SITE.worker, { updateViaCache: "none" }));
  } catch {
    /* no worker in this browser, over http, or where storage is blocked */
  }
  const tools = { ask, announce, megabytes, element };
  if (document.querySelector(".kept-page")) (await import(SITE.page)).default({ ...tools, isOn, isOff, OFF });
  if (isOn || isOff) linkToSaved();
  if (!isOn) return;
  const head = document.querySelector("main > article h1");
  if (head && !isSavedPage) {
    await loadStyle();
    (await import(SITE.article)).default({ ...tools, path, words: WORDS, saved: SITE.saved });
  }
  await ask("sync", { path, version }).catch(() => {}); // the line is gone, or storage full: next time
}
