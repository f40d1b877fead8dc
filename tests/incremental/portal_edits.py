"""A small portal, and everything that editors and owners do to one, to be drawn at random.

Edits are written as `Edit("retitle", 3, 1)`: the kind of edit, which article or file it concerns (an index, modulo
their number), and a variant (a number that each kind of edit interprets in its own way). So every sequence of edits can
be applied to every state of a portal.
"""

from __future__ import annotations

import copy
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pelicanconf
from plugins.markdown_reader.header_values import slug_of
from plugins.problems.files import stamp
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

    kind: str
    choice: int
    variant: int

    def __repr__(self) -> str:
        return f"Edit({self.kind!r}, {self.choice}, {self.variant})"


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


class EditedPortal:
    """A portal in a folder of its own, with a model of its content. log: what was done, for failure messages."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.texts: dict[str, Text] = {}
        self.settings: dict[str, Any] = {"DEFAULT_PAGINATION": 3, "SITEURL": "https://vanson.example", "FORCE": True}
        self.epoch = NOON
        self.counter = 0
        self.recompile = True
        self.log: list[str] = []

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

    def build_clean(self, empty_cache: bool = False) -> tuple[Built, dict[str, bytes]]:
        """Build from scratch into another folder.

        From one such build to the next only artifacts are kept, and compiled templates while templates are unchanged.

        empty_cache: use an empty cache.
        """
        elsewhere, cache = self.root / "clean", self.root / "clean-cache"
        for folder in (elsewhere, self.root / "clean.state", *([cache / "templates"] if self.recompile else [])):
            shutil.rmtree(folder, ignore_errors=True)
        self.recompile = False
        if empty_cache:
            shutil.rmtree(cache, ignore_errors=True)
        built = self._build(elsewhere, cache, None, {})
        return built, contents(elsewhere)

    def _build(
        self, output: Path, cache: Path, prepare: Callable[[], object] | None, settings: dict[str, Any]
    ) -> Built:
        all_settings = {"THEME": str(self.theme), **self.settings, **settings}
        return build(output, self.content, cache, epoch=self.epoch, prepare=prepare, **all_settings)

    def copy(self, root: Path) -> EditedPortal:
        """Copy the portal with its output and state to another folder."""
        shutil.copytree(self.root, root, symlinks=True)
        other = copy.copy(self)
        other.root = root
        other.texts, other.settings = copy.deepcopy(self.texts), copy.deepcopy(self.settings)
        other.log = []
        other._count_as_built_here(self.root)
        return other

    def _count_as_built_here(self, original: Path) -> None:
        """Let the state of a copy know the stamps that copied files have, where they were as they had been built."""
        file = self.root / "output.state/build.sqlite"
        if not file.exists():
            return
        with closing(sqlite3.connect(file)) as state, state:
            for path, known in state.execute("SELECT path, stamp FROM sources").fetchall():
                before, now = original / "content" / path, self.content / path
                if before.exists() and stamp(before.stat()) == known:
                    state.execute("UPDATE sources SET stamp = ? WHERE path = ?", (stamp(now.stat()), path))

    # --- writing ------------------------------------------------------------------------------

    def write(self, path: str) -> None:
        editors.write_file(self.content, path, self.texts[path].markdown())

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
        self._repair()
        for edit in edits:
            description = EDITS[edit.kind](self, edit.choice, edit.variant)
            self.log.append(f"{edit}: {description}")
            self.recompile |= edit.kind == "template"

    def _repair(self) -> None:
        addresses = set()
        for path, text in sorted(self.texts.items()):
            before = copy.deepcopy(text)
            text.broken = False
            text.after = [
                part for part in text.after if not (target := _target(part)) or (self.content / target).is_file()
            ]
            if self.address(path) in addresses:
                self.counter += 1
                text.header["slug"] = f"khac-{self.counter}"
            addresses.add(self.address(path))
            if text != before:
                self.write(path)

    def next_number(self) -> int:
        self.counter += 1
        return self.counter


def _target(part: str) -> str | None:
    """Return the file of the content folder that a link, picture or document needs."""
    return part.rpartition("](../../")[2].rstrip(")") if "](../../" in part else None


def _numbered_article(portal: EditedPortal, number: int) -> None:
    """Write an article of `small_portal`; every third has a summary, some have a picture, links, a translation."""
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
    portal.article(f"bai-{number:02}", f"Nội dung {number}.", tuple(after), **header)
    if number < 8:
        header |= {"title": f"Story {number}", "category": CATEGORIES["en"][number % 4]}
        portal.article(f"bai-{number:02}.en", f"Text {number}.", (), **header)


def small_portal(root: Path) -> EditedPortal:
    """Thirty-six articles in two languages, eight of them in both, with pages, pictures, documents, links, drafts."""
    portal = EditedPortal(root)
    for number, width in enumerate(COLOURS):
        editors.write_file(portal.content, f"images/anh-{number}.png", editors.photo(width, 30))
    for number in range(2):
        editors.write_file(portal.content, f"documents/van-ban-{number}.txt", f"Văn bản {number}")
    for number in range(24):
        _numbered_article(portal, number)
    for number in range(4):
        portal.article(
            f"only-{number}.en",
            "English.",
            title=f"Only English {number}",
            date=f"2026-02-0{number + 1}",
            tags="[festival]",
        )
    for name in ("gioi-thieu", "lien-he"):
        portal.add(f"pages/{name}.md", "Một trang.", title=f"Trang {name}")
        portal.add(f"pages/{name}.en.md", "A page.", title=f"Page {name}")
    for number in range(2):
        portal.article(f"nhap-{number}", status="draft", title=f"Bản nháp {number}", date="2026-03-03", tags="[lúa]")
    portal.article(
        "tuong-lai", title="Bài của ngày mai", date="2026-06-05 08:00", tags="[lúa, lũ lụt]", featured="true"
    )
    return portal


def tiny_portal(root: Path) -> EditedPortal:
    """Three articles and a page, with all their artifacts: PDFs, recordings, the search index."""
    portal = EditedPortal(root)
    portal.settings |= {"PDF_EXPORT": True, "AUDIO": True, "SEARCH_INDEX": True, "JOBS": 2}
    portal.settings["READ_ALOUD_VOICES"] = {"vi": {"engine": "espeak", "voice": "vi", "speed": 250}}
    editors.write_file(portal.content, "images/anh-0.png", editors.photo(COLOURS[0], 30))
    editors.write_file(portal.content, "documents/van-ban-0.txt", "Văn bản")
    picture, link = "![Một con đường](../../images/anh-0.png)", "[bài khác](../../articles/2026/bai-1.md)"
    portal.article(
        "bai-0", "Một.", (picture, link), title="Mưa lũ", date="2026-01-02 08:30", authors=AUTHORS[0], tags="[lúa]"
    )
    portal.article("bai-1", "Hai.", (), title="Lễ hội", date="2026-02-03", authors=AUTHORS[2], tags="[lúa]")
    portal.article("bai-2.en", "Three.", (), title="A story", date="2026-02-04")
    portal.add("pages/lien-he.md", "Một trang.", title="Liên hệ")
    return portal


# --- edits of articles --------------------------------------------------------------------------

EDITS: dict[str, Callable[[EditedPortal, int, int], str]] = {}


def edit(function: Callable[[EditedPortal, int, int], str]) -> Callable[[EditedPortal, int, int], str]:
    EDITS[function.__name__] = function
    return function


def article_edit(function: Callable[[EditedPortal, str, int], str]) -> Callable[[EditedPortal, str, int], str]:
    """An edit of one article, which is saved afterwards."""

    def edit_article(portal: EditedPortal, choice: int, variant: int) -> str:
        path = portal.articles()[choice % len(portal.articles())]
        description = function(portal, path, variant)
        if path in portal.texts:
            portal.write(path)
        return f"{path}: {description}"

    EDITS[function.__name__] = edit_article
    return function


def _header(portal: EditedPortal, path: str, key: str, value: str | None) -> str:
    header = portal.texts[path].header
    if value is None:
        header.pop(key, None)
    else:
        header[key] = value
    return f"{key}: {value}"


@article_edit
def rewrite(portal: EditedPortal, path: str, variant: int) -> str:
    portal.texts[path].words = f"Nội dung mới {portal.next_number()}."
    return portal.texts[path].words


@article_edit
def retitle(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(portal, path, "title", f"{MATTERS[variant % 5]} {PLACES[variant % 4]} {portal.next_number()}")


@article_edit
def summarise(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(portal, path, "summary", f"Tóm tắt {portal.next_number()}" if variant % 3 else None)


@article_edit
def redate(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(
        portal,
        path,
        "date",
        f"202{5 + variant % 2}-{variant % 5 + 1:02}-{(variant * 11) % 27 + 1:02}"
        + (" 08:30" if variant % 3 == 0 else ""),
    )


@article_edit
def postpone(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(portal, path, "date", f"2026-06-{variant * 3 + 1:02}")


@article_edit
def move_to_category(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(portal, path, "category", CATEGORIES["en" if path.endswith(".en.md") else "vi"][variant % 5])


@article_edit
def retag(portal: EditedPortal, path: str, variant: int) -> str:
    tags = [TAGS[variant % 8], TAGS[(variant * 3) % 8]][: variant % 3]
    return _header(portal, path, "tags", f"[{', '.join(tags)}]" if tags else None)


@article_edit
def sign(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(portal, path, "authors", AUTHORS[variant % 4] if variant % 5 else None)


@article_edit
def name_source(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(
        portal,
        path,
        "source_url" if variant % 2 else "source",
        "https://langson.gov.vn/tin" if variant % 2 else f"Báo {variant}",
    )


@article_edit
def date_change(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(portal, path, "modified", f"2026-05-{variant + 1:02}" if variant % 3 else None)


@article_edit
def reslug(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(portal, path, "slug", f"dia-chi-{variant}" if variant % 4 else None)


@article_edit
def feature(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(portal, path, "featured", "true" if "featured" not in portal.texts[path].header else None)


@article_edit
def withdraw_or_publish(portal: EditedPortal, path: str, variant: int) -> str:
    return _header(portal, path, "status", "draft" if "status" not in portal.texts[path].header else None)


@article_edit
def break_header(portal: EditedPortal, path: str, variant: int) -> str:
    portal.texts[path].broken = True
    return "an unknown key"


@article_edit
def picture(portal: EditedPortal, path: str, variant: int) -> str:
    """Show a picture, as the first or the last, or none."""
    text, name = portal.texts[path], portal.pictures()[variant % len(portal.pictures())]
    shown = f"![Cảnh {variant} ở bản](../../images/{name})"
    if variant % 4 == 3:
        text.after = [part for part in text.after if not part.startswith("!")]
        return "no pictures"
    text.after.insert(0 if variant % 2 else len(text.after), shown)
    return shown


@article_edit
def cover(portal: EditedPortal, path: str, variant: int) -> str:
    if variant % 3 == 0:
        return _header(portal, path, "cover", None)
    _header(portal, path, "cover_alt", "Con đường lên bản")
    _header(portal, path, "cover_caption", f"Chú thích {variant}" if variant % 2 else None)
    return _header(portal, path, "cover", f"../../images/{portal.pictures()[variant % len(portal.pictures())]}")


@article_edit
def link(portal: EditedPortal, path: str, variant: int) -> str:
    """Link to an article, which may be a draft or scheduled, or to a page; or remove the links."""
    everything = sorted(portal.texts)
    target = everything[(variant * 11 + len(path)) % len(everything)]
    if variant % 4 == 0:
        target = next((p for p in everything if "status" in portal.texts[p].header), target)
    if variant % 7 == 5:
        portal.texts[path].after.append(f"[chủ đề](/chu-de/{('lua', 'khong-co', 'le-hoi')[variant % 3]}/)")
        return "link to an address"
    if variant % 7 == 6:
        portal.texts[path].after = [part for part in portal.texts[path].after if not part.startswith("[")]
        return "no links"
    portal.texts[path].after.append(f"[xem thêm {variant}](../../{target})")
    return f"link to {target}"


@edit
def change_target(portal: EditedPortal, choice: int, variant: int) -> str:
    """Withdraw or publish the target of a link, or change its address."""
    linked = sorted({_target(part) for text in portal.texts.values() for part in text.after} & portal.texts.keys())
    if not linked:
        return "there is none"
    path = linked[choice % len(linked)]
    if variant % 2 and path in portal.articles():
        description = _header(portal, path, "status", "draft" if "status" not in portal.texts[path].header else None)
    else:
        description = _header(portal, path, "slug", f"dich-{portal.next_number()}")
    portal.write(path)
    return f"{path}: {description}"


@article_edit
def attach(portal: EditedPortal, path: str, variant: int) -> str:
    portal.texts[path].after.append(f"[tải về {variant}](../../documents/van-ban-{variant % 2}.txt)")
    return f"document {variant % 2}"


@edit
def touch(portal: EditedPortal, choice: int, variant: int) -> str:
    files = sorted(p for p in portal.content.rglob("*") if p.is_file())
    file = files[choice % len(files)]
    os.utime(file)
    return file.name


@article_edit
def delete(portal: EditedPortal, path: str, variant: int) -> str:
    """Delete an article and, usually, the links to it."""
    if len(portal.articles()) < 12:
        return "not the last ones"
    del portal.texts[path]
    (portal.content / path).unlink()
    if variant % 3:
        for other, text in portal.texts.items():
            remaining = [part for part in text.after if _target(part) != path]
            if remaining != text.after:
                text.after = remaining
                portal.write(other)
    return "deleted" + (", with the links to it" if variant % 3 else "")


@article_edit
def rename(portal: EditedPortal, path: str, variant: int) -> str:
    """Rename the file, with or without its address, and usually with the links to it."""
    text = portal.texts.pop(path)
    (portal.content / path).unlink()
    if variant % 2:
        text.header["slug"] = text.header.get(
            "slug", slug_of(path.rpartition("/")[2].removesuffix(".md").removesuffix(".en"))
        )
    folder, ending = ("articles/2025", "articles/2026")[variant % 2], ".en.md" if path.endswith(".en.md") else ".md"
    new = f"{folder}/ten-{portal.next_number()}{ending}"
    portal.texts[new] = text
    portal.write(new)
    if variant % 3:
        for other, linking in portal.texts.items():
            if any(_target(part) == path for part in linking.after):
                linking.after = [part.replace(path, new) for part in linking.after]
                portal.write(other)
    return new


@edit
def create(portal: EditedPortal, choice: int, variant: int) -> str:
    number = portal.next_number()
    place, day = PLACES[choice % 4], f"2026-{variant % 5 + 1:02}-{choice % 27 + 1:02}"
    return portal.article(
        f"them-{number}", title=f"{MATTERS[variant % 5]} {place} {number}", date=day, tags=f"[{TAGS[variant]}]"
    )


@article_edit
def translate(portal: EditedPortal, path: str, variant: int) -> str:
    """Add or remove a translation."""
    twin = path.removesuffix(".md").removesuffix(".en") + ("" if path.endswith(".en.md") else ".en") + ".md"
    if twin in portal.texts:
        del portal.texts[twin]
        (portal.content / twin).unlink()
        return f"without {twin}"
    header = portal.texts[path].header | {
        "title": f"Twin {portal.next_number()}",
        "category": "Society" if twin.endswith(".en.md") else "Xã hội",
    }
    return portal.add(twin, "Twin.", **header)


# --- edits of everything else ---------------------------------------------------------------------


@edit
def repaint(portal: EditedPortal, choice: int, variant: int) -> str:
    """Put another picture into an old file; sometimes one of the same size."""
    name = portal.pictures()[choice % len(portal.pictures())]
    editors.write_file(portal.content, f"images/{name}", editors.photo(COLOURS[variant % 3], 30 + variant % 2))
    return f"{name} is now {COLOURS[variant % 3]} px wide"


@edit
def add_picture_file(portal: EditedPortal, choice: int, variant: int) -> str:
    editors.write_file(portal.content, f"images/them-{variant}.png", editors.photo(COLOURS[choice % 3], 31))
    return f"images/them-{variant}.png"


@edit
def change_document(portal: EditedPortal, choice: int, variant: int) -> str:
    editors.write_file(portal.content, f"documents/van-ban-{choice % 2}.txt", f"Văn bản sửa {variant}")
    return f"document {choice % 2}"


@edit
def retitle_page(portal: EditedPortal, choice: int, variant: int) -> str:
    if not portal.pages():
        return "there is none"
    path = portal.pages()[choice % len(portal.pages())]
    portal.texts[path].header["title"] = f"Trang {portal.next_number()}"
    portal.write(path)
    return path


@edit
def page(portal: EditedPortal, choice: int, variant: int) -> str:
    """Add or remove a page, in the footer or elsewhere."""
    path = f"pages/{('tro-nang', 'lien-he', 'hoi-dap')[choice % 3]}{('', '.en')[variant % 2]}.md"
    if path in portal.texts:
        del portal.texts[path]
        (portal.content / path).unlink()
        return f"without {path}"
    return portal.add(path, "Trang mới.", title=f"Trang mới {variant}")


@edit
def clock(portal: EditedPortal, choice: int, variant: int) -> str:
    portal.epoch = NOON + (variant - 2) * 4 * DAY
    return f"day {(variant - 2) * 4}"


@edit
def template(portal: EditedPortal, choice: int, variant: int) -> str:
    """Add a word to every page that a template renders."""
    files = sorted((portal.own_theme() / "templates").iterdir())
    file = files[choice % len(files)]
    text, number = file.read_text(encoding="utf-8"), portal.next_number()
    for mark in ("</main>", '<p class="meta">', "{% block main %}", "<li>"):
        if mark in text:
            break
    file.write_text(text.replace(mark, f"{mark}<!-- {number} -->", 1), encoding="utf-8")
    return file.name


@edit
def style(portal: EditedPortal, choice: int, variant: int) -> str:
    name = ("article", "base", "listing", "print")[choice % 4]
    with (portal.own_theme() / f"css/{name}.css").open("a") as stream:
        stream.write(f".x{portal.next_number()} {{ margin: 0 }}")
    return f"{name}.css"


@edit
def static_file(portal: EditedPortal, choice: int, variant: int) -> str:
    path = portal.own_theme() / f"static/tep-{variant % 2}.txt"
    if choice % 3 == 0 and path.exists():
        path.unlink()
        return f"without {path.name}"
    path.write_text(f"{portal.next_number()}")
    return path.name


SETTINGS: tuple[dict[str, Any], ...] = (
    {"SITEURL": "https://khac.example"},
    {"DEFAULT_PAGINATION": 4},
    {
        "AGENCY": {
            lang: block | {"phone": "0200 111 1111", "services": []} for lang, block in pelicanconf.AGENCY.items()
        }
    },
    {"CATEGORIES": [*reversed(pelicanconf.CATEGORIES)]},
    {"FOOTER_PAGES": ["lien-he"]},
    {"PLUGINS": [name for name in pelicanconf.PLUGINS if name != "plugins.neighbors"]},
    {"JINJA_ENVIRONMENT": pelicanconf.JINJA_ENVIRONMENT | {"trim_blocks": False}},
    {"SHOW_DRAFTS": True},
)


@edit
def setting(portal: EditedPortal, choice: int, variant: int) -> str:
    """Change a setting, or reset it."""
    ((name, value),) = SETTINGS[variant % len(SETTINGS)].items()
    if portal.settings.get(name) == value:
        del portal.settings[name]
        portal.settings.setdefault("DEFAULT_PAGINATION", 3)
        return f"{name} as it was"
    portal.settings[name] = value
    return f"{name}"


@edit
def meddle(portal: EditedPortal, choice: int, variant: int) -> str:
    """Change or remove a file of the site by hand."""
    files = sorted(p for p in portal.output.rglob("*") if p.is_file())
    if not files:
        return "there is none"
    file = files[(choice * 7) % len(files)]
    if variant % 2:
        file.unlink()
        return f"{file.name} removed"
    file.write_text("x")
    return f"{file.name} overwritten"
