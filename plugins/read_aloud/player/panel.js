/* The panel of the player. The constants WORDS, STYLE and NUMBERS (the language of numbers) are defined before it. */
const KEY = "nghe",
  MAX_POSITIONS = 30; // in localStorage: the speed, and the position in each of the last articles
const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];
const opener = document.querySelector("[data-action=listen]");
let panel,
  reader,
  spans,
  following = true,
  shown = -1,
  resumed = false,
  failed = false,
  line,
  controls;

function load() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
}
function save(change) {
  const saved = load(),
    places = saved.places || {};
  if ("sentence" in change) {
    delete places[location.pathname];
    if (change.sentence > 0) places[location.pathname] = change.sentence;
    for (const old of Object.keys(places).slice(0, -MAX_POSITIONS)) delete places[old];
  }
  const next = { speed: change.speed || saved.speed || 1, places };
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    /* storage is blocked */
  }
}
function announce(text) {
  const status = document.getElementById("status");
  if (status) status.textContent = text;
}
function format(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
function clockTime(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function createButton(name, label, path, onClick) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `btn ${name}`;
  button.innerHTML = `<svg class="ic" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg><span></span>`;
  button.lastChild.textContent = label;
  if (name !== "play") button.title = label;
  button.addEventListener("click", onClick);
  return button;
}
const PLAY = "M7 4.5l12 7.5-12 7.5z",
  PAUSE = "M8 5v14M16 5v14";

/* The panel is the last thing of the page and sticks to the lower edge of the screen. */
function buildPanel() {
  panel = document.createElement("section");
  panel.className = "player";
  panel.id = "player";
  panel.hidden = true;
  panel.setAttribute("aria-label", WORDS.player);
  line = document.createElement("p");
  line.className = "line";
  line.setAttribute("aria-hidden", true); // the page has the same words
  const row = document.createElement("div");
  row.className = "row";
  const place = document.createElement("input"),
    left = document.createElement("span"),
    made = document.createElement("span");
  const speed = document.createElement("select");
  controls = {
    play: createButton("play", WORDS.pause, PAUSE, toggle),
    previous: createButton("previous", WORDS.previous, "M18 5v14L9 12zM6.5 5v14", () => step(-1)),
    next: createButton("next", WORDS.next, "M6 5v14l9-7zM17.5 5v14", () => step(1)),
    stop: createButton("stop", WORDS.stop, "M6.5 6.5h11v11h-11z", close),
    place,
    made,
    speed,
  };
  place.type = "range";
  place.min = 0;
  place.step = "any";
  place.setAttribute("aria-label", WORDS.place);
  place.addEventListener("input", () => {
    following = true;
    reader.time = +place.value;
  });
  // who listens is told that a machine reads
  made.className = "left";
  made.append(left, document.createElement("small"));
  made.lastChild.textContent = WORDS.voice;
  speed.setAttribute("aria-label", WORDS.speed);
  for (const rate of SPEEDS) {
    speed.add(new Option(`${rate.toLocaleString(NUMBERS)}×`, rate, rate === 1));
  }
  speed.addEventListener("change", () => {
    reader.rate = +speed.value;
    save({ speed: +speed.value });
  });
  row.append(...Object.values(controls));
  controls.left = left;
  if (opener.dataset.sound) {
    const file = document.createElement("a");
    file.className = "btn file";
    file.href = `${opener.dataset.sound}.mp3`;
    file.download = "";
    file.title = WORDS.file;
    file.innerHTML = `<svg class="ic" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4v11m-4-4 4 4 4-4M5 20h14"/></svg><span></span>`;
    file.lastChild.textContent = WORDS.file;
    place.before(file);
  }
  panel.append(line, row);
  document.body.append(panel);
  opener.setAttribute("aria-controls", panel.id);
  if (window.ResizeObserver) new ResizeObserver(keepFocusClear).observe(panel);
  addEventListener("resize", keepFocusClear);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && !event.defaultPrevented) close();
  });
}
/* Whatever the browser scrolls to, for instance what gets the focus, comes to stand above the panel. */
function keepFocusClear() {
  const { style } = document.documentElement;
  style.scrollPaddingTop = panel.hidden ? "" : "1rem";
  style.scrollPaddingBottom = panel.hidden ? "" : `${panel.offsetHeight + 16}px`;
}

function toggle() {
  following = true;
  if (reader.playing) return reader.pause();
  if (reader.ended) reader.go(0);
  start();
}
function start() {
  reader.play().catch(() => update());
} // if the browser blocks autoplay, the button shows "play"
function step(by) {
  following = true;
  reader.go(Math.min(Math.max(0, reader.at + by), spans.length - 1));
}

/* Show the state of the reader; called often. */
function update() {
  if (!panel || panel.hidden) return;
  if (reader.failed && !failed) announce(WORDS.failed);
  failed = reader.failed;
  if (resumed && !reader.arriving) {
    resumed = false;
    announce(WORDS.again);
  }
  const { play, place, left } = controls,
    playing = reader.playing;
  play.lastChild.textContent = playing ? WORDS.pause : WORDS.play;
  play.querySelector("path").setAttribute("d", playing ? PAUSE : PLAY);
  play.dataset.playing = playing;
  place.max = reader.length;
  place.value = reader.time;
  const values = opener.dataset.sound
    ? { at: clockTime(reader.time), left: clockTime((reader.length - reader.time) / reader.rate) }
    : { at: reader.at + 1, all: spans.length };
  left.textContent = format(opener.dataset.sound ? WORDS.time : WORDS.sentence, values);
  place.setAttribute("aria-valuetext", left.textContent);
  if (reader.at !== shown) {
    shown = reader.at;
    markSentence(spans[shown]);
    scrollToSentence();
    if (!reader.arriving) save({ sentence: shown });
    line.textContent = reader.texts[shown];
  }
  followLine();
  if (reader.ended) {
    markSentence([]);
    shown = -1;
    save({ sentence: 0 });
  }
  updateMediaSession();
}

/* Show the lines of the sentence that are being read, as far as the time tells. */
function followLine() {
  const height = parseFloat(getComputedStyle(line).lineHeight);
  line.scrollTop = Math.floor(reader.share * Math.round(line.scrollHeight / height)) * height;
}
/* Keep the sentence in view until the user scrolls away; once it is in view again, follow it again. */
function scrollToSentence() {
  const first = spans[shown][0];
  if (!first) return;
  const box = first.getBoundingClientRect(),
    height = panel.getBoundingClientRect().top; // of the screen above the panel
  const inside = box.top > 0 && box.top < height * 0.8;
  if (inside) following = true;
  else if (following) {
    const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: scrollY + box.top - height * 0.3, behavior: reduced ? "auto" : "smooth" });
  }
}
for (const name of ["wheel", "touchmove"])
  addEventListener(
    name,
    () => {
      following = false;
    },
    { passive: true },
  );
addEventListener("keydown", (event) => {
  if (/^(Page|Arrow(Up|Down)|Home|End| $)/.test(event.key) && !panel.contains(event.target)) following = false;
});

/* The controls on a phone's lock screen (Media Session). */
function updateMediaSession() {
  const media = navigator.mediaSession;
  if (!media || !opener.dataset.sound || panel.hidden) return;
  media.playbackState = reader.playing ? "playing" : "paused";
  if (media.setPositionState && reader.time <= reader.length) {
    media.setPositionState({ duration: reader.length, position: reader.time, playbackRate: reader.rate });
  }
}
function startMediaSession() {
  const media = navigator.mediaSession,
    picture = document.querySelector(".body img");
  if (!media || !opener.dataset.sound) return;
  const brand = document.querySelector(".brand"),
    actions = {
      play: start,
      pause: () => reader.pause(),
      stop: close,
      previoustrack: () => step(-1),
      nexttrack: () => step(1),
      seekbackward: () => {
        reader.time -= 10;
      },
      seekforward: () => {
        reader.time += 10;
      },
      seekto: (event) => {
        reader.time = event.seekTime;
      },
    };
  media.metadata = new MediaMetadata({
    title: document.querySelector("article h1").textContent,
    artist: brand ? brand.textContent.trim().replace(/\s+/g, " ") : "",
    artwork: picture ? [{ src: picture.currentSrc || picture.src }] : [],
  });
  for (const name in actions)
    try {
      media.setActionHandler(name, actions[name]);
    } catch {
      /* not supported */
    }
}

function close() {
  reader.pause();
  panel.hidden = true;
  opener.setAttribute("aria-expanded", false);
  document.body.classList.remove("listening");
  keepFocusClear();
  markSentence([]);
  shown = -1;
  if (navigator.mediaSession) navigator.mediaSession.playbackState = "none";
  opener.focus({ preventScroll: true }); // the reader stays at the place in the text
}
function open() {
  panel.hidden = false;
  opener.setAttribute("aria-expanded", true);
  document.body.classList.add("listening");
  keepFocusClear();
  following = true;
  start();
  update();
  controls.play.focus({ preventScroll: true });
}

/* A click on a sentence reads it; links still work, and text can be selected. */
document.querySelector("article").addEventListener("click", (event) => {
  const span = event.target.closest("[data-sentence]");
  if (!span || !panel || panel.hidden || event.target.closest("a, button, summary") || String(getSelection())) return;
  following = true;
  reader.go(+span.dataset.sentence);
  if (!reader.playing) start();
});

async function prepare() {
  let texts;
  if (opener.dataset.sound) {
    const response = await fetch(`${opener.dataset.sound}.vtt`);
    if (!response.ok) throw new Error(response.status);
    reader = new Recording(`${opener.dataset.sound}.mp3`, parseCues(await response.text()), () => update());
    texts = reader.texts;
  } else {
    const lang = document.documentElement.lang;
    const voices = speechSynthesis.getVoices().filter((voice) => voice.lang.slice(0, 2) === lang);
    texts = pageSentences();
    reader = new Speech(texts, voices.find((voice) => voice.localService) || voices[0], () => update());
  }
  spans = wrapSentences(texts);
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = STYLE;
  await new Promise((resolve) => {
    style.onload = resolve;
    style.onerror = resolve;
    document.head.append(style);
  });
  buildPanel();
  const saved = load(),
    place = (saved.places || {})[location.pathname] || 0;
  controls.speed.value = reader.rate = SPEEDS.includes(saved.speed) ? saved.speed : 1;
  startMediaSession();
  if (place > 0 && place < spans.length) {
    resumed = true;
    reader.go(place);
  }
  addEventListener("pagehide", () => reader.pause());
  opener.addEventListener("click", () => (panel.hidden ? open() : close()));
  open();
}

opener.setAttribute("aria-busy", true);
prepare()
  .catch(() => announce(WORDS.failed))
  .finally(() => opener.removeAttribute("aria-busy"));
