"""A small portal, and everything that editors and owners do to one, to be drawn at random.

Edits are written as `Edit("retitle", 3, 1)`: the kind of edit, which article or file it concerns (an index, modulo
their number), and a variant (a number that each kind of edit interprets in its own way). So every sequence of edits can
be applied to every state of a portal.
"""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pelicanconf
from plugins.markdown_reader.header_values import slug_of
from tests import editors, portals

from .builds import NOON, Built, build, contents

DAY = 86_400
PLACES = ("Khau Muồi", "Nà Lầu", "Đồng Đăng", "Bản Mù")
MATTERS = ("Mưa lũ ở", "Lễ hội", "Trường mới của", "Cửa khẩu", "Đường vào")
TAGS = (
    "lúa",
    "Lúa",
    "LUA",  # the third is another word with the same address
    "lũ lụt",
    "Lũ Lụt",
    "trường học",
    "biên giới",
    "lễ hội",
)
CATEGORIES = {
    "vi": ("Xã hội", "Nông nghiệp", "xa-hoi", "Chuyện lạ", "Văn bản"),
    "en": ("Society", "Agriculture", "xa-hoi", "Oddities", "Documents"),
}
AUTHORS = ("Lê Dũng", "lê dũng", "Lê Dung", "Ban Biên tập")
COLOURS = (40, 44, 48)  # widths in px: pictures that differ and are made quickly


class Edit(NamedTuple):
    """One edit of a portal."""

    what: str
    which: int
    how: int

    def __repr__(self) -> str:
        return f"Edit({self.what!r}, {self.which}, {self.how})"


@dataclass
class Text:
    """A Markdown file as its editor sees it. after: links, pictures and documents below its text."""

    header: dict[str, str]
    words: str = "Nội dung."
    after: list[str] = field(default_factory=list)
    broken: bool = False

    def markdown(self) -> str:
        lines = [f"{key}: {value}" for key, value in self.header.items()]
        lines += ["nonsense: x"] if self.broken else []
        return "\n".join(["---", *lines, "---", "", self.words, "", "\n\n".join(self.after), ""])


class World:
    """A portal in a folder of its own, with a model of its content. log: what was done, for failure messages."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.texts: dict[str, Text] = {}
        self.settings: dict[str, Any] = {"DEFAULT_PAGINATION": 3, "SITEURL": "https://vanson.example", "FORCE": True}
        self.epoch = NOON
        self.counter = 0
        self.recompile = True
        self.diary: list[str] = []

    content = property(lambda self: self.root / "content")
    output = property(lambda self: self.root / "output")

    @property
    def theme(self) -> Path:
        """Return the theme folder: the portal's own, until it is edited here."""
        own = self.root / "theme"
        return own if own.exists() else portals.ROOT / "theme"

    def own_theme(self) -> Path:
        """Return a copy of the theme, to be edited."""
        if not (self.root / "theme").exists():
            shutil.copytree(portals.ROOT / "theme", self.root / "theme")
        return self.theme

    # --- building -----------------------------------------------------------------------------

    def build(self, prepare: Callable[[], object] | None = None, **settings: Any) -> Built:
        """Build incrementally."""
        return self._build(self.output, self.root / "cache", prepare, settings)

    def build_clean(self, empty: bool = False) -> tuple[Built, dict[str, bytes]]:
        """Build from scratch into another folder.

        From one such build to the next only artifacts are kept, and compiled templates while templates and settings are
        unchanged.

        empty_cache: use an empty cache.
        """
        elsewhere, cache = self.root / "clean", self.root / "clean-cache"
        for folder in (elsewhere, self.root / "clean.state", *([cache / "templates"] if self.recompile else [])):
            shutil.rmtree(folder, ignore_errors=True)
        self.recompile = False
        if empty:
            shutil.rmtree(cache, ignore_errors=True)
        built = self._build(elsewhere, cache, None, {})
        return built, contents(elsewhere)

    def _build(
        self, output: Path, cache: Path, prepare: Callable[[], object] | None, settings: dict[str, Any]
    ) -> Built:
        given = {"THEME": str(self.theme), **self.settings, **settings}
        return build(output, self.content, cache, epoch=self.epoch, prepare=prepare, **given)

    def copy(self, root: Path) -> World:
        """Copy the portal with its output and state to another folder."""
        shutil.copytree(self.root, root, symlinks=True)
        other = copy.copy(self)
        other.root = root
        other.texts, other.settings = copy.deepcopy(self.texts), copy.deepcopy(self.settings)
        other.diary = []
        return other

    # --- writing ------------------------------------------------------------------------------

    def write(self, path: str) -> None:
        editors.raw(self.content, path, self.texts[path].markdown())

    def add(self, path: str, words: str = "Nội dung.", after: tuple[str, ...] = (), **header: str) -> str:
        self.texts[path] = Text(header, words, list(after))
        self.write(path)
        return path

    def article(self, name: str, words: str = "Nội dung.", after: tuple[str, ...] = (), **header: str) -> str:
        english = name.endswith(".en")
        usual = {"title": name, "date": "2026-01-02", "category": "Society" if english else "Xã hội"}
        return self.add(f"articles/2026/{name}.md", words, after, **(usual | header))

    def articles(self) -> list[str]:
        return sorted(path for path in self.texts if path.startswith("articles/"))

    def pages(self) -> list[str]:
        return sorted(path for path in self.texts if path.startswith("pages/"))

    def pictures(self) -> list[str]:
        return sorted(path.name for path in (self.content / "images").iterdir())

    def address(self, path: str) -> tuple[str, str, str]:
        """Return what no two texts may share."""
        name = path.rpartition("/")[2].removesuffix(".md")
        lang = "en" if name.endswith(".en") else "vi"
        return path.partition("/")[0], lang, self.texts[path].header.get("slug", slug_of(name.removesuffix(".en")))

    def do(self, edits: list[Edit]) -> None:
        """Apply edits, after repairing what has prevented the last build from being published."""
        self._mend()
        for edit in edits:
            done = EDITS[edit.what](self, edit.which, edit.how)
            self.diary.append(f"{edit}: {done}")
            self.recompile |= edit.what in ("template", "setting")

    def _mend(self) -> None:
        taken = set()
        for path, text in sorted(self.texts.items()):
            before = copy.deepcopy(text)
            text.broken = False
            text.after = [
                part for part in text.after if not (target := _target(part)) or (self.content / target).is_file()
            ]
            if self.address(path) in taken:
                self.counter += 1
                text.header["slug"] = f"khac-{self.counter}"
            taken.add(self.address(path))
            if text != before:
                self.write(path)

    def next(self) -> int:
        self.counter += 1
        return self.counter


def _target(part: str) -> str | None:
    """Return the file of the content folder that a link, picture or document needs."""
    return part.rpartition("](../../")[2].rstrip(")") if "](../../" in part else None


def _numbered_article(world: World, number: int) -> None:
    """Write an article; every third has a summary, some have a picture, links, a translation."""
    header = {
        "title": f"{MATTERS[number % 5]} {PLACES[number % 4]} {number}",
        "date": f"2026-{number % 5 + 1:02}-{number % 27 + 1:02}",
        "category": CATEGORIES["vi"][number % 4],
        "tags": f"[{TAGS[number % 8]}, {TAGS[(number * 3 + 1) % 8]}]",
        "authors": AUTHORS[number % 4],
    }
    if number % 3 == 0:
        header["summary"] = f"Tóm tắt của bài {number} ở {PLACES[number % 4]}"
    after = [f"![Một con đường {number}](../../images/anh-{number % 3}.png)"] if number % 4 == 0 else []
    if number % 5 == 1:
        after.append(f"[bài khác](../../articles/2026/bai-{(number * 7) % 24:02}.md)")
    if number % 7 == 2:
        after.append(f"[tải về](../../documents/van-ban-{number % 2}.txt)")
    world.article(f"bai-{number:02}", f"Nội dung {number}.", tuple(after), **header)
    if number < 8:
        header |= {"title": f"Story {number}", "category": CATEGORIES["en"][number % 4]}
        world.article(f"bai-{number:02}.en", f"Text {number}.", (), **header)


def small(root: Path) -> World:
    """Thirty-six articles in two languages, eight of them in both, with pages, pictures, documents, links, drafts."""
    world = World(root)
    for number, width in enumerate(COLOURS):
        editors.raw(world.content, f"images/anh-{number}.png", editors.photo(width, 30))
    for number in range(2):
        editors.raw(world.content, f"documents/van-ban-{number}.txt", f"Văn bản {number}")
    for number in range(24):
        _numbered_article(world, number)
    for number in range(4):
        world.article(
            f"only-{number}.en",
            "English.",
            title=f"Only English {number}",
            date=f"2026-02-0{number + 1}",
            tags="[festival]",
        )
    for name in ("gioi-thieu", "lien-he"):
        world.add(f"pages/{name}.md", "Một trang.", title=f"Trang {name}")
        world.add(f"pages/{name}.en.md", "A page.", title=f"Page {name}")
    for number in range(2):
        world.article(f"nhap-{number}", status="draft", title=f"Bản nháp {number}", date="2026-03-03", tags="[lúa]")
    world.article("tuong-lai", title="Bài của ngày mai", date="2026-06-05 08:00", tags="[lúa, lũ lụt]", featured="true")
    return world


def _add_article(world: World, number: int) -> None:
    """Add one of the articles of `small`, and its translation if it has one."""
    header = {
        "title": f"{MATTERS[number % 5]} {PLACES[number % 4]} {number}",
        "date": f"2026-{number % 5 + 1:02}-{number % 27 + 1:02}",
        "category": CATEGORIES["vi"][number % 4],
        "tags": f"[{TAGS[number % 8]}, {TAGS[(number * 3 + 1) % 8]}]",
        "authors": AUTHORS[number % 4],
    }
    if number % 3 == 0:
        header["summary"] = f"Tóm tắt của bài {number} ở {PLACES[number % 4]}"
    after = [f"![Một con đường {number}](../../images/anh-{number % 3}.png)"] if number % 4 == 0 else []
    if number % 5 == 1:
        after.append(f"[bài khác](../../articles/2026/bai-{(number * 7) % 24:02}.md)")
    if number % 7 == 2:
        after.append(f"[tải về](../../documents/van-ban-{number % 2}.txt)")
    world.article(f"bai-{number:02}", f"Nội dung {number}.", tuple(after), **header)
    if number < 8:
        header |= {"title": f"Story {number}", "category": CATEGORIES["en"][number % 4]}
        world.article(f"bai-{number:02}.en", f"Text {number}.", (), **header)


def tiny(root: Path) -> World:
    """Three articles and a page, with all their artifacts: PDFs, recordings, the search index."""
    world = World(root)
    world.settings |= {"PDF_EXPORT": True, "AUDIO": True, "SEARCH_INDEX": True, "JOBS": 2}
    world.settings["READ_ALOUD_VOICES"] = {"vi": {"engine": "espeak", "voice": "vi", "speed": 250}}
    editors.raw(world.content, "images/anh-0.png", editors.photo(COLOURS[0], 30))
    editors.raw(world.content, "documents/van-ban-0.txt", "Văn bản")
    picture, link = "![Một con đường](../../images/anh-0.png)", "[bài khác](../../articles/2026/bai-1.md)"
    world.article(
        "bai-0", "Một.", (picture, link), title="Mưa lũ", date="2026-01-02 08:30", authors=AUTHORS[0], tags="[lúa]"
    )
    world.article("bai-1", "Hai.", (), title="Lễ hội", date="2026-02-03", authors=AUTHORS[2], tags="[lúa]")
    world.article("bai-2.en", "Three.", (), title="A story", date="2026-02-04")
    world.add("pages/lien-he.md", "Một trang.", title="Liên hệ")
    return world


# --- edits of articles --------------------------------------------------------------------------

EDITS: dict[str, Callable[[World, int, int], str]] = {}


def edit(function: Callable[[World, int, int], str]) -> Callable[[World, int, int], str]:
    EDITS[function.__name__] = function
    return function


def of_article(function: Callable[[World, str, int], str]) -> Callable[[World, str, int], str]:
    """An edit of one article, which is saved afterwards."""

    def one(world: World, which: int, how: int) -> str:
        path = world.articles()[which % len(world.articles())]
        done = function(world, path, how)
        if path in world.texts:
            world.write(path)
        return f"{path}: {done}"

    EDITS[function.__name__] = one
    return function


def _header(world: World, path: str, key: str, value: str | None) -> str:
    header = world.texts[path].header
    if value is None:
        header.pop(key, None)
    else:
        header[key] = value
    return f"{key}: {value}"


@of_article
def rewrite(world: World, path: str, how: int) -> str:
    world.texts[path].words = f"Nội dung mới {world.next()}."
    return world.texts[path].words


@of_article
def retitle(world: World, path: str, how: int) -> str:
    return _header(world, path, "title", f"{MATTERS[how % 5]} {PLACES[how % 4]} {world.next()}")


@of_article
def summarise(world: World, path: str, how: int) -> str:
    return _header(world, path, "summary", f"Tóm tắt {world.next()}" if how % 3 else None)


@of_article
def redate(world: World, path: str, how: int) -> str:
    return _header(
        world,
        path,
        "date",
        f"202{5 + how % 2}-{how % 5 + 1:02}-{(how * 11) % 27 + 1:02}" + (" 08:30" if how % 3 == 0 else ""),
    )


@of_article
def postpone(world: World, path: str, how: int) -> str:
    return _header(world, path, "date", f"2026-06-{how * 3 + 1:02}")


@of_article
def move_to_category(world: World, path: str, how: int) -> str:
    return _header(world, path, "category", CATEGORIES["en" if path.endswith(".en.md") else "vi"][how % 5])


@of_article
def retag(world: World, path: str, how: int) -> str:
    tags = [TAGS[how % 8], TAGS[(how * 3) % 8]][: how % 3]
    return _header(world, path, "tags", f"[{', '.join(tags)}]" if tags else None)


@of_article
def sign(world: World, path: str, how: int) -> str:
    return _header(world, path, "authors", AUTHORS[how % 4] if how % 5 else None)


@of_article
def name_source(world: World, path: str, how: int) -> str:
    return _header(
        world, path, "source_url" if how % 2 else "source", "https://langson.gov.vn/tin" if how % 2 else f"Báo {how}"
    )


@of_article
def date_change(world: World, path: str, how: int) -> str:
    return _header(world, path, "modified", f"2026-05-{how + 1:02}" if how % 3 else None)


@of_article
def reslug(world: World, path: str, how: int) -> str:
    return _header(world, path, "slug", f"dia-chi-{how}" if how % 4 else None)


@of_article
def feature(world: World, path: str, how: int) -> str:
    return _header(world, path, "featured", "true" if "featured" not in world.texts[path].header else None)


@of_article
def withdraw_or_publish(world: World, path: str, how: int) -> str:
    return _header(world, path, "status", "draft" if "status" not in world.texts[path].header else None)


@of_article
def break_header(world: World, path: str, how: int) -> str:
    world.texts[path].broken = True
    return "an unknown key"


@of_article
def picture(world: World, path: str, how: int) -> str:
    """Show a picture, as the first or the last, or none."""
    text, name = world.texts[path], world.pictures()[how % len(world.pictures())]
    shown = f"![Cảnh {how} ở bản](../../images/{name})"
    if how % 4 == 3:
        text.after = [part for part in text.after if not part.startswith("!")]
        return "no pictures"
    text.after.insert(0 if how % 2 else len(text.after), shown)
    return shown


@of_article
def cover(world: World, path: str, how: int) -> str:
    if how % 3 == 0:
        return _header(world, path, "cover", None)
    _header(world, path, "cover_alt", "Con đường lên bản")
    _header(world, path, "cover_caption", f"Chú thích {how}" if how % 2 else None)
    return _header(world, path, "cover", f"../../images/{world.pictures()[how % len(world.pictures())]}")


@of_article
def link(world: World, path: str, how: int) -> str:
    """Link to an article, which may be a draft or scheduled, or to a page; or remove the links."""
    everything = sorted(world.texts)
    target = everything[(how * 11 + len(path)) % len(everything)]
    if how % 4 == 0:
        target = next((p for p in everything if "status" in world.texts[p].header), target)
    if how % 7 == 5:
        world.texts[path].after.append(f"[chủ đề](/chu-de/{('lua', 'khong-co', 'le-hoi')[how % 3]}/)")
        return "link to an address"
    if how % 7 == 6:
        world.texts[path].after = [part for part in world.texts[path].after if not part.startswith("[")]
        return "no links"
    world.texts[path].after.append(f"[xem thêm {how}](../../{target})")
    return f"link to {target}"


@edit
def change_target(world: World, which: int, how: int) -> str:
    """Withdraw or publish the target of a link, or change its address."""
    linked = sorted({_target(part) for text in world.texts.values() for part in text.after} & world.texts.keys())
    if not linked:
        return "there is none"
    path = linked[which % len(linked)]
    if how % 2 and path in world.articles():
        done = _header(world, path, "status", "draft" if "status" not in world.texts[path].header else None)
    else:
        done = _header(world, path, "slug", f"dich-{world.next()}")
    world.write(path)
    return f"{path}: {done}"


@of_article
def attach(world: World, path: str, how: int) -> str:
    world.texts[path].after.append(f"[tải về {how}](../../documents/van-ban-{how % 2}.txt)")
    return f"document {how % 2}"


@edit
def touch(world: World, which: int, how: int) -> str:
    files = sorted(p for p in world.content.rglob("*") if p.is_file())
    file = files[which % len(files)]
    os.utime(file)
    return file.name


@of_article
def delete(world: World, path: str, how: int) -> str:
    """Delete an article and, usually, the links to it."""
    if len(world.articles()) < 12:
        return "not the last ones"
    del world.texts[path]
    (world.content / path).unlink()
    if how % 3:
        for other, text in world.texts.items():
            kept = [part for part in text.after if _target(part) != path]
            if kept != text.after:
                text.after = kept
                world.write(other)
    return "deleted" + (", with the links to it" if how % 3 else "")


@of_article
def rename(world: World, path: str, how: int) -> str:
    """Rename the file, with or without its address, and usually with the links to it."""
    text = world.texts.pop(path)
    (world.content / path).unlink()
    if how % 2:
        text.header["slug"] = text.header.get(
            "slug", slug_of(path.rpartition("/")[2].removesuffix(".md").removesuffix(".en"))
        )
    folder, ending = ("articles/2025", "articles/2026")[how % 2], ".en.md" if path.endswith(".en.md") else ".md"
    new = f"{folder}/ten-{world.next()}{ending}"
    world.texts[new] = text
    world.write(new)
    if how % 3:
        for other, linking in world.texts.items():
            if any(_target(part) == path for part in linking.after):
                linking.after = [part.replace(path, new) for part in linking.after]
                world.write(other)
    return new


@edit
def create(world: World, which: int, how: int) -> str:
    number = world.next()
    place, day = PLACES[which % 4], f"2026-{how % 5 + 1:02}-{which % 27 + 1:02}"
    return world.article(
        f"them-{number}", title=f"{MATTERS[how % 5]} {place} {number}", date=day, tags=f"[{TAGS[how]}]"
    )


@of_article
def translate(world: World, path: str, how: int) -> str:
    """Add or remove a translation."""
    twin = path.removesuffix(".md").removesuffix(".en") + ("" if path.endswith(".en.md") else ".en") + ".md"
    if twin in world.texts:
        del world.texts[twin]
        (world.content / twin).unlink()
        return f"without {twin}"
    header = world.texts[path].header | {
        "title": f"Twin {world.next()}",
        "category": "Society" if twin.endswith(".en.md") else "Xã hội",
    }
    return world.add(twin, "Twin.", **header)


# --- edits of everything else ---------------------------------------------------------------------


@edit
def repaint(world: World, which: int, how: int) -> str:
    """Put another picture into an old file; sometimes one of the same size."""
    name = world.pictures()[which % len(world.pictures())]
    editors.raw(world.content, f"images/{name}", editors.photo(COLOURS[how % 3], 30 + how % 2))
    return f"{name} is now {COLOURS[how % 3]} px wide"


@edit
def add_picture_file(world: World, which: int, how: int) -> str:
    editors.raw(world.content, f"images/them-{how}.png", editors.photo(COLOURS[which % 3], 31))
    return f"images/them-{how}.png"


@edit
def change_document(world: World, which: int, how: int) -> str:
    editors.raw(world.content, f"documents/van-ban-{which % 2}.txt", f"Văn bản sửa {how}")
    return f"document {which % 2}"


@edit
def retitle_page(world: World, which: int, how: int) -> str:
    if not world.pages():
        return "there is none"
    path = world.pages()[which % len(world.pages())]
    world.texts[path].header["title"] = f"Trang {world.next()}"
    world.write(path)
    return path


@edit
def page(world: World, which: int, how: int) -> str:
    """Add or remove a page, in the footer or elsewhere."""
    path = f"pages/{('tro-nang', 'lien-he', 'hoi-dap')[which % 3]}{('', '.en')[how % 2]}.md"
    if path in world.texts:
        del world.texts[path]
        (world.content / path).unlink()
        return f"without {path}"
    return world.add(path, "Trang mới.", title=f"Trang mới {how}")


@edit
def clock(world: World, which: int, how: int) -> str:
    world.epoch = NOON + (how - 2) * 4 * DAY
    return f"day {(how - 2) * 4}"


@edit
def template(world: World, which: int, how: int) -> str:
    """Add a word to every page that a template renders."""
    files = sorted((world.own_theme() / "templates").iterdir())
    file = files[which % len(files)]
    text, number = file.read_text(encoding="utf-8"), world.next()
    for mark in ("</main>", '<p class="meta">', "{% block main %}", "<li>"):
        if mark in text:
            break
    file.write_text(text.replace(mark, f"{mark}<!-- {number} -->", 1), encoding="utf-8")
    return file.name


@edit
def style(world: World, which: int, how: int) -> str:
    name = ("article", "base", "listing", "print")[which % 4]
    with (world.own_theme() / f"css/{name}.css").open("a") as stream:
        stream.write(f".x{world.next()} {{ margin: 0 }}")
    return f"{name}.css"


@edit
def static_file(world: World, which: int, how: int) -> str:
    path = world.own_theme() / f"static/tep-{how % 2}.txt"
    if which % 3 == 0 and path.exists():
        path.unlink()
        return f"without {path.name}"
    path.write_text(f"{world.next()}")
    return path.name


SETTINGS: tuple[dict[str, Any], ...] = (
    {"SITEURL": "https://khac.example"},
    {"DEFAULT_PAGINATION": 4},
    {"AGENCY": pelicanconf.AGENCY | {"vi": pelicanconf.AGENCY["vi"] | {"phone": "0200 111 1111"}}},
    {"CATEGORIES": [*reversed(pelicanconf.CATEGORIES)]},
    {"FOOTER_PAGES": ["lien-he"]},
    {"PLUGINS": [name for name in pelicanconf.PLUGINS if name != "plugins.neighbors"]},
    {"JINJA_ENVIRONMENT": pelicanconf.JINJA_ENVIRONMENT | {"trim_blocks": False}},
    {"SHOW_DRAFTS": True},
)


@edit
def setting(world: World, which: int, how: int) -> str:
    """Change a setting, or reset it."""
    ((name, value),) = SETTINGS[how % len(SETTINGS)].items()
    if world.settings.get(name) == value:
        del world.settings[name]
        world.settings.setdefault("DEFAULT_PAGINATION", 3)
        return f"{name} as it was"
    world.settings[name] = value
    return f"{name}"


@edit
def meddle(world: World, which: int, how: int) -> str:
    """Change or remove a file of the site by hand."""
    files = sorted(p for p in world.output.rglob("*") if p.is_file())
    if not files:
        return "there is none"
    file = files[(which * 7) % len(files)]
    if how % 2:
        file.unlink()
        return f"{file.name} removed"
    file.write_text("x")
    return f"{file.name} overwritten"
