/* Plays the recordings of the day's news one after the other. Loaded when the button is pressed for the first time; the
   panel stands in the page, hidden until then. It stays at the lower edge of the screen, in reach of a thumb. */
const opener = document.querySelector("[data-action=listen]"),
  panel = document.getElementById("news-player"),
  texts = panel.dataset,
  news = JSON.parse(texts.news).map(([title, page, sound]) => ({ title, page: `/${page}`, sound: `/${sound}` })),
  [place, link] = panel.querySelectorAll(".now > *"),
  [previous, play, next, stop] = panel.querySelectorAll("button"),
  media = navigator.mediaSession;
const PLAY = "M7 4.5l12 7.5-12 7.5z",
  PAUSE = "M8 5v14M16 5v14";
const sound = new Audio();
opener.removeAttribute("aria-busy");
opener.setAttribute("aria-controls", panel.id);
let at = 0;

/* Play an article, and say which. */
function go(number) {
  at = number;
  const focused = document.activeElement;
  const { title, page, sound: file } = news[at];
  place.textContent = texts.place.replace("{at}", at + 1).replace("{all}", news.length);
  link.textContent = title;
  link.href = page;
  previous.disabled = at === 0;
  next.disabled = at === news.length - 1;
  if (focused.disabled) play.focus(); // browsers would leave the focus nowhere
  sound.src = file;
  start();
  if (media) media.metadata = new MediaMetadata({ title, artist: document.title });
}
function start() {
  sound.play().catch(update); // if the browser blocks it, the button says "play"
}
function toggle() {
  if (sound.paused) start();
  else sound.pause();
}
function step(by) {
  if (news[at + by]) go(at + by);
}
function update() {
  const label = sound.paused ? texts.play : texts.pause;
  play.lastChild.textContent = play.title = label;
  play.querySelector("path").setAttribute("d", sound.paused ? PLAY : PAUSE);
}

function open() {
  document.body.append(panel); // it sticks to the lower edge from here
  panel.hidden = false;
  opener.setAttribute("aria-expanded", true);
  document.documentElement.classList.add("hears-news");
  play.focus({ preventScroll: true });
  go(0);
}
function close() {
  sound.pause();
  panel.hidden = true;
  opener.setAttribute("aria-expanded", false);
  document.documentElement.classList.remove("hears-news");
  opener.focus();
}

for (const name of ["play", "pause"]) sound.addEventListener(name, update);
sound.addEventListener("ended", () => (news[at + 1] ? go(at + 1) : close()));
sound.addEventListener("error", () => {
  place.textContent = texts.failed;
  update();
});
opener.addEventListener("click", () => (panel.hidden ? open() : close()));
play.addEventListener("click", toggle);
stop.addEventListener("click", close);
previous.addEventListener("click", () => step(-1));
next.addEventListener("click", () => step(1));
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
addEventListener("pagehide", () => sound.pause());
if (media) {
  const actions = { play: start, pause: () => sound.pause(), stop: close };
  actions.previoustrack = () => step(-1);
  actions.nexttrack = () => step(1);
  for (const name in actions)
    try {
      media.setActionHandler(name, actions[name]);
    } catch {
      /* not supported */
    }
}
open();
