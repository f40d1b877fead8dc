/* "Save for later" above the headline of an article, and below its text with the recording. Nothing that is in view
   moves: the first takes no room, and the second comes where the page goes on below the screen, or when it is asked for. */
const ICON = '<svg class="ic" viewBox="0 0 24 24" aria-hidden="true"><path d="M6.5 3.5h11v17L12 16l-5.5 4.5z"/></svg>';

export default async function offer({ ask, announce, megabytes, element, path, words, saved }) {
  const recording = document.querySelector("[data-sound]");
  const address = recording ? recording.dataset.sound : "";
  let state = await ask("state", { path }).catch(() => null);
  if (!state) return; // storage is blocked
  const button = () => element(`<button class="btn" type="button">${ICON}<span>${words.save}</span></button>`);
  const top = element('<div class="keep"></div>'),
    end = element(`<section class="keep-end" aria-labelledby="keep-end"><h2 id="keep-end">${words.heading}</h2>
<div class="acts"></div><p class="meta"><a>${words.list}</a></p></section>`);
  const buttons = [button(), button()],
    sound = element('<button class="btn" type="button"></button>'),
    place = document.querySelector("main > article .end") || document.querySelector("main > article");
  top.append(buttons[0]);
  end.querySelector("a").href = saved;
  end.querySelector(".acts").append(buttons[1]);
  document.querySelector("main").prepend(top);

  function show() {
    for (const each of buttons) {
      each.lastElementChild.textContent = state.saved ? words.drop : words.save;
      each.classList.toggle("is-kept", state.saved);
    }
    if (!state.sound) return;
    if (!sound.parentElement) end.querySelector(".acts").append(sound);
    sound.textContent = (state.sound.kept ? words.dropSound : words.saveSound).replace(
      "{size}",
      megabytes(state.sound.size),
    );
  }
  async function showEnd() {
    if (end.isConnected) return;
    place.append(end);
    state = await ask("state", { path, sound: address }).catch(() => state);
    show();
  }
  async function run(control, job, done) {
    if (control.getAttribute("aria-busy")) return;
    control.setAttribute("aria-busy", true);
    announce(words.busy);
    try {
      await ask(job, { path });
      state = await ask("state", { path, sound: address });
      announce(done);
    } catch {
      announce(words.failed);
    }
    control.removeAttribute("aria-busy");
    show();
  }
  for (const each of buttons)
    each.onclick = () => {
      showEnd();
      run(each, state.saved ? "drop" : "save", state.saved ? words.dropped : words.kept);
    };
  sound.onclick = () =>
    state.sound.kept ? run(sound, "dropSound", words.soundDropped) : run(sound, "saveSound", words.soundKept);
  show();
  if (place.getBoundingClientRect().bottom > innerHeight) showEnd();
  fit(top, buttons[0]);
}

/* The button stands in the line of the breadcrumb; where that is long, its word goes, then it itself. */
function fit(top, button) {
  const crumb = document.querySelector(".crumb ol");
  if (!crumb) return;
  const covers = () => {
    const last = crumb.lastElementChild.getBoundingClientRect();
    return last.right + 12 > button.getBoundingClientRect().left;
  };
  new ResizeObserver(() => {
    top.className = "keep";
    if (covers()) top.className = "keep small";
    if (covers()) top.className = "keep none";
  }).observe(document.body);
}
