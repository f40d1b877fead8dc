"""Listening to an article: the real recording, played by a real Chromium, with the current sentence marked."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page

import environment
from tests import portals
from tests.browser.pages import LONGER, SAMPLE, SHORTER
from tests.browser.readers import Readers

SLUG = LONGER.strip("/").split("/")[-1]
OPEN = "Đọc nội dung"
MARKED = """() => {
  const mark = window.CSS.highlights.get("reading");
  return mark ? [...mark][0].toString().replace(/\\s+/g, " ").trim() : "";
}"""
CUES = """async (address) => {
  const track = document.createElement("track");
  const audio = document.createElement("audio");
  track.src = address; track.default = true; track.kind = "metadata";
  audio.append(track); document.body.append(audio); track.track.mode = "hidden";
  await new Promise((done, fail) => { track.onload = done; track.onerror = fail; });
  const cues = [...track.track.cues].map((cue) => (
    { id: cue.id, start: cue.startTime, end: cue.endTime, text: cue.getCueAsHTML().textContent }
  ));
  audio.remove();
  return cues;
}"""
# As Safari does: a place that is chosen before the length of the recording is known is forgotten.
FORGETFUL = """const time = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "currentTime");
Object.defineProperty(HTMLMediaElement.prototype, "currentTime", { get: time.get,
  set(value) { if (this.readyState) time.set.call(this, value); } });"""
# How far the focused element reaches below the upper edge of the player; null where the player has the focus.
COVERED = """() => {
  const e = document.activeElement, panel = document.querySelector(".player");
  if (panel.contains(e) || e === document.body) return null;
  return [e.getBoundingClientRect().bottom - panel.getBoundingClientRect().top, e.outerHTML.slice(0, 90)];
}"""
# The recording plays at a tenth of the rate that the page sets, so that a sentence lasts on a busy machine too.
SOUND = """const Native = window.Audio;
window.Audio = function () {
  const sound = (window.sound = new Native());
  const plain = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "playbackRate");
  let rate = 1;
  plain.set.call(sound, window.SLOWNESS);
  Object.defineProperty(sound, "playbackRate", {
    get: () => rate,
    set: (value) => { rate = value; plain.set.call(sound, value * window.SLOWNESS); },
  });
  return sound;
};
window.SLOWNESS = 0.1;"""
ONE_VOICE = """
const spoken = (window.spoken = []), pending = [];
const voices = [
  { lang: "en-US", name: "English", localService: true }, { lang: "vi-VN", name: "Linh", localService: true },
];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => voices, addEventListener() {}, cancel() { pending.length = 0; },
  pause() { throw new Error("pause is not to be trusted"); },
  speak(words) { spoken.push([words.text, words.lang, words.rate]); pending.push(words); },
} });
window.finish = () => { const words = pending.shift(); if (words) words.onend(); };
"""


def listen(readers: Readers, path: str = LONGER, *, slowness: float = 0.1, **reader: Any) -> Page:
    """Open a page and press the button; the audio element is available as `sound`. slowness: 1 is full speed."""
    context = readers.new_reader(**reader)
    context.add_init_script(f"{SOUND} window.SLOWNESS = {slowness};")
    page = context.new_page()
    readers.go(page, path)
    press(page)
    return page


def press(page: Page) -> None:
    page.get_by_role("button", name=OPEN, exact=True).click()
    page.wait_for_function("() => window.sound && !sound.paused && sound.currentTime > 0")


def move(page: Page, seconds: float) -> None:
    """Move to a time and wait until the recording plays from there."""
    page.get_by_role("slider").evaluate("(e, s) => { e.value = s; e.dispatchEvent(new Event('input')); }", seconds)
    page.wait_for_function("s => !sound.seeking && sound.currentTime > s && sound.currentTime < s + 5", arg=seconds)


def wait_for_mark(page: Page, text: str) -> None:
    """Wait until exactly this text is marked."""
    page.wait_for_function(f"text => ({MARKED})() === text", arg=" ".join(text.split()))


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name="Trình đọc bài").get_by_role("button", name=name, exact=True)


def test_nothing_is_fetched_before_the_reader_asks(readers: Readers) -> None:
    page = readers.new_reader().new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    readers.go(page, LONGER, wait_until="networkidle")
    assert not [url for url in requests if any(word in url for word in ("player", ".mp3", ".vtt"))]
    page.get_by_role("button", name=OPEN, exact=True).click()
    page.wait_for_selector(".player")
    page.wait_for_function("() => window.CSS.highlights.has('reading')")
    assert {word for word in ("player-vi", "player.", ".mp3", ".vtt") if any(word in url for url in requests)} == {
        "player-vi",
        "player.",
        ".mp3",
        ".vtt",
    }


def test_at_ten_moments_the_sentence_that_is_marked_is_the_one_being_read(readers: Readers) -> None:
    page = listen(readers)
    cues = page.evaluate(CUES, f"{SLUG}.vtt")
    chosen = [cues[n * (len(cues) - 1) // 9] for n in range(10)]
    for cue in chosen:
        middle = cue["start"] + min(1.0, (cue["end"] - cue["start"]) / 3)
        move(page, middle)
        assert page.evaluate(MARKED) == " ".join(cue["text"].split())


def test_each_sentence_has_the_id_of_its_cue(readers: Readers) -> None:
    page = listen(readers, SAMPLE)
    for cue in page.evaluate(CUES, "mau-du-moi-thu.vtt"):
        text = page.evaluate(
            """id => [...document.querySelectorAll(`[data-sentence="${id.slice(4) - 1}"]`)]
              .map((e) => e.textContent).join("")""",
            cue["id"],
        )
        assert "".join(text.split()) == "".join(cue["text"].split())
        assert page.evaluate("id => !!document.getElementById(id)", cue["id"])


def test_the_mark_moves_on_by_itself_as_the_recording_plays(readers: Readers) -> None:
    page = listen(readers, slowness=0.25)
    cues = page.evaluate(CUES, f"{SLUG}.vtt")
    move(page, cues[2]["start"] - 0.3)
    wait_for_mark(page, cues[2]["text"])
    assert page.evaluate("sound.currentTime") >= cues[2]["start"]


def test_pause_resume_stop_and_the_state_of_each(readers: Readers) -> None:
    page = listen(readers)
    opener = page.get_by_role("button", name=OPEN, exact=True)
    assert opener.get_attribute("aria-expanded") == "true"
    button(page, "Tạm dừng").click()
    paused = page.evaluate("sound.currentTime")
    assert page.evaluate("sound.paused")
    button(page, "Đọc tiếp").click()
    page.wait_for_function("t => sound.currentTime > t", arg=paused)
    button(page, "Dừng đọc").click()
    assert page.evaluate("sound.paused") and page.evaluate(MARKED) == ""
    assert not page.locator(".player").is_visible() and opener.get_attribute("aria-expanded") == "false"
    assert opener.evaluate("e => e === document.activeElement")
    press(page)
    assert page.locator(".player").is_visible()


def test_previous_next_and_a_press_on_a_sentence(readers: Readers) -> None:
    page = listen(readers)
    cues = page.evaluate(CUES, f"{SLUG}.vtt")
    button(page, "Câu sau").click()
    button(page, "Câu sau").click()
    page.wait_for_function("s => sound.currentTime >= s", arg=cues[2]["start"])
    assert page.evaluate(MARKED) == cues[2]["text"]
    button(page, "Câu trước").click()
    page.wait_for_function("s => sound.currentTime < s", arg=cues[2]["start"])
    assert page.evaluate(MARKED) == cues[1]["text"]
    page.locator("#cau-9").scroll_into_view_if_needed()
    page.locator("#cau-9").click(position={"x": 20, "y": 8})
    page.wait_for_function("s => Math.abs(sound.currentTime - s) < 3", arg=cues[8]["start"])
    assert page.evaluate(MARKED) == " ".join(cues[8]["text"].split())


def test_a_link_in_a_sentence_stays_a_link(readers: Readers) -> None:
    page = listen(readers, SAMPLE)
    page.evaluate(
        """document.querySelectorAll(".body a").forEach((a) => a.addEventListener("click", (e) => {
          e.preventDefault();
          window.followed = 1;
        }))"""
    )
    before = page.evaluate("sound.currentTime")
    page.locator(".body a").first.click()
    assert page.evaluate("followed") == 1
    assert 0 <= page.evaluate("sound.currentTime") - before < 5


def test_speed_is_chosen_and_remembered(readers: Readers) -> None:
    page = listen(readers)
    speed = page.get_by_role("combobox", name="Tốc độ đọc")
    assert speed.locator("option").all_text_contents() == ["0,75×", "1×", "1,25×", "1,5×", "1,75×", "2×"]
    speed.select_option("1.5")
    assert page.evaluate("sound.playbackRate") == 1.5
    readers.go(page, SHORTER)
    press(page)
    assert page.evaluate("sound.playbackRate") == 1.5


def test_listening_continues_where_it_stopped(readers: Readers) -> None:
    page = listen(readers)
    cues = page.evaluate(CUES, f"{SLUG}.vtt")
    move(page, cues[6]["start"] + 0.5)
    readers.go(page, SHORTER)
    readers.go(page, LONGER)
    press(page)
    assert page.evaluate("sound.currentTime") >= cues[6]["start"]
    assert page.evaluate(MARKED) == " ".join(cues[6]["text"].split())
    assert page.locator("#status").text_content() == "Đọc tiếp từ chỗ đã dừng lần trước"


def test_a_place_is_gone_to_once_the_length_of_the_recording_is_known(readers: Readers) -> None:
    context = readers.new_reader()
    context.add_init_script(f"{FORGETFUL}{SOUND}")
    page = context.new_page()
    readers.go(page, LONGER)
    page.evaluate("localStorage.setItem('nghe', JSON.stringify({ speed: 1, places: { [location.pathname]: 6 } }))")
    cues = page.evaluate(CUES, f"{SLUG}.vtt")
    page.get_by_role("button", name=OPEN, exact=True).click()
    page.wait_for_function("() => document.getElementById('status').textContent.startsWith('Đọc tiếp')")
    assert page.evaluate("sound.currentTime") >= cues[6]["start"]
    assert page.evaluate("JSON.parse(localStorage.nghe).places[location.pathname]") == 6
    wait_for_mark(page, cues[6]["text"])


def on_lower_edge(page: Page) -> bool:
    """Whether the whole player stands at the lower edge of the screen."""
    return page.evaluate("""() => {
      const box = document.querySelector(".player").getBoundingClientRect();
      return Math.abs(box.bottom - innerHeight) < 1 && box.top > innerHeight * 0.4;
    }""")


@pytest.mark.parametrize(("width", "height", "size"), [(360, 640, "100"), (360, 640, "200"), (1280, 800, "100")])
def test_the_player_stays_at_the_lower_edge_whatever_is_read(
    readers: Readers, width: int, height: int, size: str
) -> None:
    page = listen(readers, width=width, height=height, less_motion=True, chosen={"size": size})
    cues = page.evaluate(CUES, f"{SLUG}.vtt")
    assert on_lower_edge(page)
    for cue in (cues[1], cues[4], cues[12], cues[-2]):
        move(page, cue["start"] + 0.1)
        wait_for_mark(page, cue["text"])
        assert on_lower_edge(page), cue["text"]
        box = page.locator(f"#{cue['id']}").bounding_box()
        assert 0 <= box["y"] < page.locator(".player").bounding_box()["y"], cue["text"]
    for place in (0, 99_999):
        page.evaluate("place => scrollTo(0, place)", place)
        assert on_lower_edge(page)
    buttons = page.locator(".player button").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
    assert len(buttons) == 4 and min(buttons) >= 44


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1280, 800)])
def test_no_focus_is_hidden_behind_the_player(readers: Readers, width: int, height: int) -> None:
    """WCAG 2.2, 2.4.11 and 2.4.12."""
    page = listen(readers, width=width, height=height, less_motion=True)
    button(page, "Tạm dừng").click()
    stops, hidden = 0, []
    for key in ("Shift+Tab", "Tab"):
        for _ in range(110):
            page.keyboard.press(key)
            found = page.evaluate(COVERED)
            if found is None:
                if stops and page.evaluate("document.activeElement === document.body"):
                    break
                continue
            stops += 1
            if found[0] > 0:
                hidden.append(f"{key}: {found}")
            if page.evaluate("document.activeElement.matches('.skip')"):
                break
    assert stops > 60
    assert not hidden, "\n".join(hidden)


def test_the_sentence_is_shown_in_large_letters_that_grow_with_the_text(readers: Readers) -> None:
    page = listen(readers, width=360, height=640)
    cues = page.evaluate(CUES, f"{SLUG}.vtt")
    line = page.locator(".player .line")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert line.evaluate(size) >= 20
    page.evaluate("document.documentElement.dataset.size = '200'")
    assert line.evaluate(size) >= 40
    longest = max(cues[3:], key=lambda cue: len(cue["text"]))
    move(page, longest["start"] + 0.1)
    wait_for_mark(page, longest["text"])
    assert line.text_content() == longest["text"]
    assert line.evaluate("e => e.scrollTop") == 0
    move(page, longest["end"] - 0.5)
    page.wait_for_function("e => e.scrollTop + e.clientHeight > e.scrollHeight - 5", arg=line.element_handle())


def test_escape_closes_the_player_and_leaves_the_reader_in_the_text(readers: Readers) -> None:
    page = listen(readers, less_motion=True)
    cues = page.evaluate(CUES, f"{SLUG}.vtt")
    move(page, cues[15]["start"] + 0.1)
    wait_for_mark(page, cues[15]["text"])
    place = page.evaluate("scrollY")
    assert place > 0
    page.keyboard.press("Escape")
    assert page.evaluate("sound.paused") and not page.locator(".player").is_visible()
    assert page.evaluate("scrollY") == place
    assert page.evaluate("document.activeElement.dataset.action") == "listen"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollPaddingBottom") == "auto"


def test_while_the_player_is_loaded_the_button_says_so_and_a_failure_is_told(readers: Readers) -> None:
    page = readers.new_reader().new_page()
    waiting = []
    page.route("**/player-vi*", lambda route: waiting.append(route))
    readers.go(page, LONGER)
    opener = page.get_by_role("button", name=OPEN, exact=True)
    opener.click()
    assert opener.get_attribute("aria-busy") == "true"
    while not waiting:
        page.wait_for_timeout(20)
    waiting[0].abort()
    page.wait_for_function("() => document.getElementById('status').textContent.startsWith('Hiện không đọc được')")
    assert opener.get_attribute("aria-busy") is None
    readers.faults.clear()  # the request that the test aborts


def test_at_its_end_it_stops_and_starts_again_from_the_beginning(readers: Readers) -> None:
    page = listen(readers, SHORTER, slowness=1)
    page.get_by_role("slider").evaluate("e => { e.value = e.max; e.dispatchEvent(new Event('input')); }")
    page.wait_for_function("() => sound.ended")
    assert page.evaluate(MARKED) == ""
    button(page, "Đọc tiếp").click()
    page.wait_for_function("() => !sound.paused && sound.currentTime < 5")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_everything_works_by_keyboard_alone(readers: Readers, key: str) -> None:
    context = readers.new_reader()
    context.add_init_script(SOUND)
    page = context.new_page()
    readers.go(page, LONGER)
    page.get_by_role("button", name=OPEN, exact=True).focus()
    page.keyboard.press(key)
    page.wait_for_function("() => window.sound && !sound.paused && sound.currentTime > 0")
    assert page.evaluate("document.activeElement.textContent") == "Tạm dừng"
    page.keyboard.press(key)
    assert page.evaluate("sound.paused")
    names = []
    for _ in range(6):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent")
        )
    assert names == ["Câu trước", "Câu sau", "Dừng đọc", "Tải tệp âm thanh", "Vị trí đọc", "Tốc độ đọc"]
    page.keyboard.press("Shift+Tab")
    before = page.evaluate("sound.currentTime")
    page.keyboard.press("PageUp")
    assert page.evaluate("sound.currentTime") > before + 3


def test_letters_do_nothing(readers: Readers) -> None:
    page = listen(readers)
    for key in "kjlmpf":
        page.locator("body").press(key)
    assert not page.evaluate("sound.paused")


def test_the_sentence_is_kept_in_view_until_the_reader_scrolls(readers: Readers) -> None:
    page = listen(readers, less_motion=True)
    cues = page.evaluate(CUES, f"{SLUG}.vtt")
    move(page, cues[15]["start"] + 0.1)
    box = page.locator("#cau-16").bounding_box()
    assert 0 < box["y"] < 900
    page.mouse.move(640, 600)
    page.mouse.wheel(0, -30_000)
    page.wait_for_function("() => scrollY === 0")
    page.evaluate("t => { sound.currentTime = t; }", cues[20]["start"] + 0.1)
    wait_for_mark(page, cues[20]["text"])
    assert page.evaluate("scrollY") == 0


def test_the_telephones_own_controls_know_the_article(readers: Readers) -> None:
    page = listen(readers)
    metadata = page.evaluate(
        """() => {
          const { metadata, playbackState } = navigator.mediaSession;
          return { title: metadata.title, artist: metadata.artist, state: playbackState };
        }"""
    )
    assert metadata == {
        "title": "Lãnh đạo UBND tỉnh làm việc với tập thể lãnh đạo các Ban Quản lý của tỉnh",
        "artist": "Cổng thông tin điện tử tỉnh Vân Sơn",
        "state": "playing",
    }


def test_an_old_browser_marks_with_a_class(readers: Readers) -> None:
    context = readers.new_reader()
    context.add_init_script(
        SOUND + "delete CSS.highlights; Object.defineProperty(CSS, 'highlights', { value: undefined });"
    )
    page = context.new_page()
    readers.go(page, LONGER)
    press(page)
    button(page, "Câu sau").click()
    page.wait_for_function("() => document.querySelector('.reading')?.textContent === '07/4/2021'")
    assert page.locator(".reading").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation_in_the_open_player(readers: Readers, width: int, scheme: str) -> None:
    page = listen(readers, width=width, scheme=scheme)
    page.evaluate((environment.NODE_MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate(
        "tags => axe.run(document, { runOnly: tags })",
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"],
    )
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations["violations"]] == []
    small = page.locator(".player :is(button, select, input)").evaluate_all(
        "all => all.filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"
    )
    assert small == []


@pytest.mark.parametrize("size", ["90", "200"])
def test_the_player_fits_a_small_screen(readers: Readers, size: str) -> None:
    page = listen(readers, width=320, chosen={"size": size})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(
        "[...document.querySelectorAll('.player *')].every((e) => e.getBoundingClientRect().right <= 320)"
    )


def test_without_javascript_the_file_plays_in_the_browsers_own_player(readers: Readers) -> None:
    page = readers.open(LONGER, javascript=False)
    assert page.locator("audio[controls]").is_visible()
    assert not page.get_by_role("button", name=OPEN).is_visible()
    link = page.get_by_role("link", name="Nghe tệp âm thanh")
    assert link.get_attribute("href") == f"{LONGER}{SLUG}.mp3"
    with page.expect_response("**/*.mp3") as sound:
        page.locator("audio").click(position={"x": 22, "y": 27})  # the browser's own button
    assert sound.value.status in (200, 206)


def test_a_lost_connection_is_reported(readers: Readers) -> None:
    context = readers.new_reader()
    page = context.new_page()
    readers.go(page, LONGER)
    page.route("**/*.vtt", lambda route: route.abort())
    page.get_by_role("button", name=OPEN, exact=True).click()
    page.wait_for_function(
        "() => document.getElementById('status').textContent === 'Hiện không đọc được bài này. Xin thử lại sau.'"
    )
    readers.faults.clear()  # the request that the test aborts


def page_without_recording(readers: Readers, voices: str) -> Page:
    """An article without a recording, in a browser with or without a voice."""
    context = readers.new_reader()
    context.add_init_script(voices)
    page = context.new_page()
    script = (portals.ROOT / "plugins/read_aloud/voice.js").read_text(encoding="utf-8")
    page.route("**/voice.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.route(
        f"**{LONGER}",
        lambda route: route.fulfill(response=(response := route.fetch()), body=html_without_recording(response.text())),
    )
    readers.go(page, LONGER)
    return page


def html_without_recording(text: str) -> str:
    """Return the page as the portal writes it if there is no recording."""
    start, end = (
        text.index('<button class="btn primary js" type="button" data-action="listen"'),
        text.index("</audio>"),
    )
    button = text[start : text.index("</button>", start) + 9].replace(f' data-sound="{LONGER}{SLUG}"', "")
    return f'{text[:start]}<span hidden>{button}</span><script src="/voice.js" defer></script>{text[end:]}'


def test_without_a_recording_and_without_a_voice_there_is_no_button(readers: Readers) -> None:
    page = page_without_recording(
        readers, "Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => [] } });"
    )
    assert not page.get_by_role("button", name=OPEN).is_visible()


def test_without_a_recording_the_browsers_own_voice_reads_sentence_by_sentence(readers: Readers) -> None:
    page = page_without_recording(readers, ONE_VOICE)
    page.get_by_role("button", name=OPEN, exact=True).click()
    page.wait_for_function("() => spoken.length === 1")
    assert page.evaluate("spoken[0]") == [
        "Lãnh đạo UBND tỉnh làm việc với tập thể lãnh đạo các Ban Quản lý của tỉnh",
        "vi-VN",
        1,
    ]
    for _ in range(12):
        page.evaluate("finish()")
    sentences = page.evaluate("spoken.map(([text]) => text)")
    assert all(len(text) <= 200 for text in sentences)
    assert page.evaluate(MARKED).startswith(sentences[-1][:20]) or sentences[-1][:20] in page.evaluate(MARKED)
    button(page, "Tạm dừng").click()
    count = page.evaluate("spoken.length")
    page.evaluate("finish()")
    assert page.evaluate("spoken.length") == count  # stopping means cancelling
    button(page, "Đọc tiếp").click()
    assert page.evaluate("spoken.length") == count + 1
    assert page.locator(".player .left").text_content().startswith("Câu ")
