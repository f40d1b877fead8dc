/* The panel of the player, and what it does. */
const KEY = "nghe", KEPT = 30; // places kept in the reader's own browser
const SPEEDS = [.75, 1, 1.25, 1.5, 1.75, 2];
const opener = document.querySelector("[data-do=listen]");
let panel, reader, spans, following = true, shown = -1, parts;

function remembered() {
  try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch (e) { return {}; }
}
function remember(change) {
  const all = remembered(), places = all.places || {};
  if ("sentence" in change) {
    delete places[location.pathname];
    if (change.sentence > 0) places[location.pathname] = change.sentence;
    for (const old of Object.keys(places).slice(0, -KEPT)) delete places[old];
  }
  const kept = { speed: change.speed || all.speed || 1, places };
  try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch (e) { /* storage is blocked */ }
}
function tell(words) {
  const status = document.getElementById("bao");
  if (status) status.textContent = words;
}
function fill(words, values) { return words.replace(/\{(\w+)\}/g, (_, name) => values[name]); }
function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
}

function button(name, words, path, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn " + name;
  made.innerHTML = '<svg class="ic" viewBox="0 0 24 24" aria-hidden="true"><path d="' + path + '"/></svg><span></span>';
  made.lastChild.textContent = words;
  if (name !== "doc-tiep") made.title = words;
  made.addEventListener("click", press);
  return made;
}
const PLAY = "M7 4.5l12 7.5-12 7.5z", PAUSE = "M8 5v14M16 5v14";

function build() {
  panel = document.createElement("div");
  panel.className = "player";
  panel.id = "trinh-phat";
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", WORDS.player);
  const place = document.createElement("input"), left = document.createElement("span");
  const speed = document.createElement("select");
  parts = {
    play: button("doc-tiep", WORDS.pause, PAUSE, toggle),
    previous: button("cau-truoc", WORDS.previous, "M18 5v14L9 12zM6.5 5v14", () => step(-1)),
    next: button("cau-sau", WORDS.next, "M6 5v14l9-7zM17.5 5v14", () => step(1)),
    stop: button("dung-doc", WORDS.stop, "M6.5 6.5h11v11h-11z", close),
    place, left, speed,
  };
  place.type = "range";
  place.min = 0;
  place.step = "any";
  place.setAttribute("aria-label", WORDS.place);
  place.addEventListener("input", () => { following = true; reader.time = +place.value; });
  left.className = "left";
  speed.setAttribute("aria-label", WORDS.speed);
  for (const rate of SPEEDS) {
    speed.add(new Option(rate.toLocaleString(NUMBERS) + "×", rate, rate === 1));
  }
  speed.addEventListener("change", () => { reader.rate = +speed.value; remember({ speed: +speed.value }); });
  panel.append(...Object.values(parts));
  opener.closest(".acts").after(panel);
  if (opener.dataset.sound) {
    const line = document.createElement("p"), file = document.createElement("a");
    line.className = "file meta";
    file.href = opener.dataset.sound + ".mp3";
    file.download = "";
    file.textContent = WORDS.file;
    line.append(file);
    panel.after(line);
  }
  opener.setAttribute("aria-controls", panel.id);
}

function toggle() {
  following = true;
  if (reader.playing) return reader.pause();
  if (reader.ended) reader.go(0);
  start();
}
function start() { reader.play().catch(() => paint()); } // where it must not begin by itself, the button stands at play
function step(by) {
  following = true;
  reader.go(Math.min(Math.max(0, reader.at + by), spans.length - 1));
}

/* Show what the reader does; called often. */
function paint() {
  if (!panel || panel.hidden) return;
  if (reader.failed) tell(WORDS.failed);
  const { play, place, left } = parts, playing = reader.playing;
  play.lastChild.textContent = playing ? WORDS.pause : WORDS.play;
  play.querySelector("path").setAttribute("d", playing ? PAUSE : PLAY);
  play.dataset.playing = playing;
  place.max = reader.length;
  place.value = reader.time;
  const values = opener.dataset.sound
    ? { at: clock(reader.time), left: clock((reader.length - reader.time) / reader.rate) }
    : { at: reader.at + 1, all: spans.length };
  left.textContent = fill(opener.dataset.sound ? WORDS.time : WORDS.sentence, values);
  place.setAttribute("aria-valuetext", left.textContent);
  if (reader.at !== shown) {
    shown = reader.at;
    mark(spans[shown]);
    follow();
    remember({ sentence: shown });
  }
  if (reader.ended) { mark([]); shown = -1; remember({ sentence: 0 }); }
  session();
}

/* Keep the sentence in view, unless the reader has gone elsewhere; once it is in view again, go on with it. */
function follow() {
  const first = spans[shown][0];
  if (!first) return;
  const box = first.getBoundingClientRect(), top = panel.getBoundingClientRect().bottom;
  const inside = box.top > Math.max(0, top) && box.top < innerHeight * .8;
  if (inside) following = true;
  else if (following) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: scrollY + box.top - innerHeight * .35, behavior: still ? "auto" : "smooth" });
  }
}
for (const name of ["wheel", "touchmove"]) addEventListener(name, () => { following = false; }, { passive: true });
addEventListener("keydown", (event) => {
  if (/^(Page|Arrow(Up|Down)|Home|End| $)/.test(event.key) && !panel.contains(event.target)) following = false;
});

/* The telephone's own controls, on its lock screen. */
function session() {
  const media = navigator.mediaSession;
  if (!media || !opener.dataset.sound || panel.hidden) return;
  media.playbackState = reader.playing ? "playing" : "paused";
  if (media.setPositionState && reader.time <= reader.length) {
    media.setPositionState({ duration: reader.length, position: reader.time, playbackRate: reader.rate });
  }
}
function introduce() {
  const media = navigator.mediaSession, picture = document.querySelector(".body img");
  if (!media || !opener.dataset.sound) return;
  const brand = document.querySelector(".brand"), actions = {
    play: start, pause: () => reader.pause(), stop: close,
    previoustrack: () => step(-1), nexttrack: () => step(1),
    seekbackward: () => { reader.time -= 10; }, seekforward: () => { reader.time += 10; },
    seekto: (event) => { reader.time = event.seekTime; },
  };
  media.metadata = new MediaMetadata({
    title: document.querySelector("article h1").textContent,
    artist: brand ? brand.textContent.trim().replace(/\s+/g, " ") : "",
    artwork: picture ? [{ src: picture.currentSrc || picture.src }] : [],
  });
  for (const name in actions) try { media.setActionHandler(name, actions[name]); } catch (e) { /* not known here */ }
}

function close() {
  reader.pause();
  panel.hidden = true;
  opener.setAttribute("aria-expanded", false);
  document.body.classList.remove("nghe");
  mark([]);
  shown = -1;
  opener.focus();
}
function open() {
  panel.hidden = false;
  opener.setAttribute("aria-expanded", true);
  document.body.classList.add("nghe");
  following = true;
  start();
  paint();
  parts.play.focus({ preventScroll: true });
}

/* A sentence that is pressed is read; links stay links, and text can be selected. */
document.querySelector("article").addEventListener("click", (event) => {
  const span = event.target.closest("[data-cau]");
  if (!span || !panel || panel.hidden || event.target.closest("a, button, summary") || String(getSelection())) return;
  following = true;
  reader.go(+span.dataset.cau);
  if (!reader.playing) start();
});

async function prepare() {
  let texts;
  if (opener.dataset.sound) {
    const answer = await fetch(opener.dataset.sound + ".vtt");
    if (!answer.ok) throw new Error(answer.status);
    reader = new Recording(opener.dataset.sound + ".mp3", cues(await answer.text()), () => paint());
    texts = reader.texts;
  } else {
    const lang = document.documentElement.lang;
    const fitting = speechSynthesis.getVoices().filter((voice) => voice.lang.slice(0, 2) === lang);
    texts = sentences();
    reader = new Speech(texts, fitting.find((voice) => voice.localService) || fitting[0], () => paint());
  }
  spans = wrap(texts);
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = STYLE;
  await new Promise((done) => { style.onload = style.onerror = done; document.head.append(style); });
  build();
  const before = remembered(), place = (before.places || {})[location.pathname] || 0;
  parts.speed.value = reader.rate = SPEEDS.includes(before.speed) ? before.speed : 1;
  introduce();
  if (place > 0 && place < spans.length) {
    reader.go(place);
    tell(WORDS.again);
  }
  addEventListener("pagehide", () => reader.pause());
  opener.addEventListener("click", () => (panel.hidden ? open() : close()));
  open();
}

opener.setAttribute("aria-busy", true);
prepare().catch(() => tell(WORDS.failed)).finally(() => opener.removeAttribute("aria-busy"));
