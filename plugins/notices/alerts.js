/* Notices end by themselves, also where nobody builds the portal again: what has `data-until` is taken out at that time,
   or says `data-ended` instead. `show` is called by thong-bao.js with the warnings in force: on a page without notices
   in its bytes they are a bar at the lower edge, so that nothing on the page moves. Whoever hides the bar has it hidden
   until the tab is closed, unless another warning comes. */
const HOUR = 36e5;
const HIDDEN = "thong-bao-da-an";
const root = document.documentElement;

function endPast() {
  let next = HOUR;
  for (const place of document.querySelectorAll("[data-until]")) {
    const left = new Date(place.dataset.until) - Date.now();
    if (left > 0) next = Math.min(next, left);
    else if (place.dataset.ended) {
      place.textContent = place.dataset.ended;
      place.removeAttribute("data-until");
    } else place.remove();
  }
  for (const list of document.querySelectorAll(".alerts ul")) if (!list.children.length) list.parentElement.remove();
  if (!document.querySelector(".late")) root.classList.remove("with-late");
  setTimeout(endPast, next + 100);
}

function lastHidden() {
  try {
    return sessionStorage.getItem(HIDDEN);
  } catch {
    return null; // storage is blocked
  }
}

export default function show(notices) {
  const banner = notices[root.lang];
  if (!banner || document.querySelector(".alerts") || banner === lastHidden()) return;
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = notices.css;
  style.onload = () => insert(banner);
  document.head.append(style);
}

function insert(banner) {
  const skip = document.querySelector(".skip");
  skip.insertAdjacentHTML("afterend", banner);
  const section = skip.nextElementSibling;
  const own = section.querySelector(`li > [href="${location.pathname}"]`);
  if (own) own.parentElement.remove(); // the page says it itself
  const button = section.querySelector("button");
  if (button) button.onclick = () => hide(section, banner);
  /* Screen readers read what comes into a region that is there already, once. */
  const content = [...section.childNodes];
  section.textContent = "";
  setTimeout(() => {
    section.append(...content);
    endPast();
  }, 100);
  root.classList.add("with-late");
  new ResizeObserver(() => root.style.setProperty("--late", `${section.offsetHeight}px`)).observe(section);
}

function hide(section, banner) {
  section.remove();
  root.classList.remove("with-late");
  document.querySelector("main").focus({ preventScroll: true });
  try {
    sessionStorage.setItem(HIDDEN, banner);
  } catch {
    /* storage is blocked: hidden on this page only */
  }
}

endPast();
