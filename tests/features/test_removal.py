"""A feature that is removed from PLUGINS is gone from every page, every stylesheet and every script."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import pelicanconf
from plugins.features import Feature
from plugins.features.hooks import STATEMENT_LISTS
from plugins.notices.header import SUBJECTS
from tests import editors, portals

# features that add nothing else
FILES = {
    "plugins.sitemap": r"sitemap|robots\.txt",
    "plugins.redirects": r"^_redirects$|^cu/",
    "plugins.security_txt": r"^\.well-known/security\.txt$",
}
FEATURES = [
    name for name in pelicanconf.PLUGINS if isinstance(getattr(importlib.import_module(name), "feature", None), Feature)
]
FEATURES = [name for name in FEATURES if name not in FILES]
ON_PAPER = ("pdf.css", "poster.css")  # styles of PDFs
# From and until when what runs now does: more than a year would be told
BEGUN, ENDS = (str(date.today() + timedelta(days)) for days in (-30, 300))
LATE = "muon"  # a draft whose result is late, which every build tells
THEME = portals.ROOT / "theme"
# features that are visible only with PDFs and recordings
RECORDED = (
    "plugins.pdf_export",
    "plugins.read_aloud",
    "plugins.podcast",
    "plugins.listening",
)


@dataclass(frozen=True)
class Fingerprint:
    """Something that only one feature adds. kinds: the file types in which it would be found."""

    what: str
    pattern: str
    kinds: str


@cache
def translations(catalogue: Path) -> dict[str, str]:
    """Return the msgids of a catalogue and their Vietnamese."""
    if not catalogue.exists():
        return {}
    with catalogue.open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream) if m.id and isinstance(m.id, str)}


def literals(script: str) -> list[str]:
    """Return the string literals in one of the portal's scripts, except short ones."""
    code = re.sub(r"/\*.*?\*/|(?<=\s)//[^\n]*", "", script, flags=re.S)
    return [text for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', code) if len(text) > 5 and "\\" not in text]


def texts_passed_to(code: str, function: str) -> set[str]:
    """Return the texts that a function of this name is called with."""
    calls = [call for call in ast.walk(ast.parse(code)) if isinstance(call, ast.Call) and call.args]
    names = [(getattr(call.func, "id", getattr(call.func, "attr", "")), call.args[0]) for call in calls]
    return {text.value for name, text in names if name == function and isinstance(text, ast.Constant)}


def fingerprints(package: Path) -> Iterator[Fingerprint]:
    """Return what identifies a feature, found in its own files."""

    def texts(*suffixes: str) -> str:
        files = [path for path in sorted(package.iterdir()) if path.suffix in suffixes and path.name not in ON_PAPER]
        return "\n".join(path.read_text(encoding="utf-8") for path in files)

    styles, script, fragments, code = texts(".css"), texts(".js"), texts(".html"), texts(".py")
    yield from _style_fingerprints(styles)
    yield from _fragment_fingerprints(package, fragments, script)
    yield from _message_fingerprints(package, code)
    yield from _script_fingerprints(package, script)
    for name in re.findall(r'preferences=\{"(\w+)"', code):
        yield Fingerprint(f"choice {name}", rf'[{{,]"?{name}"?:\[', "js")


def _style_fingerprints(styles: str) -> Iterator[Fingerprint]:
    """Return classes and attributes that the theme does not have."""
    theme = "\n".join(path.read_text(encoding="utf-8") for path in THEME.rglob("*") if path.suffix in (".css", ".html"))
    for name in sorted(set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"url\([^)]*\)", "", styles)))):
        if not re.search(rf"\.{name}\b|class=\"[^\"]*\b{name}\b", theme):
            yield Fingerprint(f".{name}", rf"\.{name}(?![\w-])", "css")
    for name in sorted(set(re.findall(r"\[(data-[\w-]+)", styles))):
        if name not in theme:
            yield Fingerprint(f"[{name}]", re.escape(f"[{name}"), "css")


def _actions(fragments: str) -> list[str]:
    return re.findall(r'data-action="([\w-]+)"', fragments)


def _fragment_fingerprints(package: Path, fragments: str, script: str) -> Iterator[Fingerprint]:
    """Return actions, ids and properties. Of actions, those that no other feature has."""
    actions = _actions(fragments) + re.findall(r'display\.button\("([\w-]+)"', script)
    others = [path for path in package.parent.glob("*/*.html") if path.parent != package]
    others_actions = _actions("\n".join(path.read_text(encoding="utf-8") for path in others))
    for action in sorted(set(actions) - set(others_actions)):
        yield Fingerprint(f"data-action={action}", rf'data-action="{action}"', "html")
    for name in sorted(set(re.findall(r'\bid="([\w-]+)"', fragments))):
        yield Fingerprint(f"#{name}", rf'id="{name}"', "html")
    for name in sorted(set(re.findall(r'<meta property="([\w:]+)"', fragments))):
        yield Fingerprint(f"property {name}", rf'property="{name}"', "html")


def _message_fingerprints(package: Path, code: str) -> Iterator[Fingerprint]:
    """Return words that readers see, and that no other package has."""
    others = [
        translations(path) for path in [THEME / "vi.po", *package.parent.glob("*/vi.po")] if path.parent != package
    ]
    unpublished = texts_passed_to(code, "translate")  # by commands, not to readers
    feature = importlib.import_module(f"plugins.{package.name}").feature
    unpublished |= {value.label for value in feature.values if "page" not in value.where}  # of feeds, PDFs, voice
    if "def stats_files(" in code:  # what `stats` writes is in no finished site
        unpublished |= texts_passed_to(code, "gettext")
    for english, vietnamese in translations(package / "vi.po").items():
        # not what a command prints, and not just a placeholder
        if any(english in other for other in others) or english in unpublished or vietnamese.startswith(("%(", "{")):
            continue
        if any(text.startswith(vietnamese) for other in others for text in other.values()):
            continue  # found in the words of another feature too
        text = re.escape(re.split(r"%s|%\(\w+\)[sd]|\{\w+_\w+\}", vietnamese)[0].strip())  # up to the first placeholder
        before = '>"|' if len(text) < 15 else '>"| '  # a short one may also occur in an ordinary sentence
        after = r"(?=[<|\"])" if len(text) < 4 else ""  # “In” is English too
        yield Fingerprint(f"“{vietnamese}”", rf"(?<=[{before}]){text}{after}", "html js")


def _script_fingerprints(package: Path, script: str) -> Iterator[Fingerprint]:
    """Return string literals in a feature's script, which stay as they are when names are shortened."""
    others = [path for path in package.parent.rglob("*.js") if package not in path.parents]
    other_literals = set(literals("\n".join(path.read_text(encoding="utf-8") for path in others)))
    for text in sorted(set(literals(script)) - other_literals):
        yield Fingerprint(f'"{text}"', rf'["`]{re.escape(text)}["`]', "js")


@cache
def lines_by_kind(output: Path) -> dict[str, str]:
    """Return each line of a finished site once, by the type of its file: most lines of pages are on all of them."""
    lines: dict[str, dict[str, None]] = {"html": {}, "css": {}, "js": {}}
    for path in sorted(output.rglob("*")):
        kind = path.suffix.removeprefix(".")
        if kind in lines and path.is_file():
            lines[kind].update(dict.fromkeys(path.read_text(encoding="utf-8").splitlines()))
    return {kind: "\n".join(found) for kind, found in lines.items()}


def find_fingerprints(output: Path, prints: list[Fingerprint]) -> set[Fingerprint]:
    """Return the fingerprints that occur anywhere in a finished site."""
    lines = lines_by_kind(output)
    return {p for p in prints if any(re.search(p.pattern, lines[kind]) for kind in p.kinds.split())}


LICENCE = '\n[licences.{kind}]\nvi = "Ghi công 4.0"\nen = "Attribution 4.0"\nlink = "https://cc.example/by/4.0/"\n'


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few articles, whose words mention no feature."""
    folder = editors.write_small_content(tmp_path_factory.mktemp("content"))
    portals.give_settings(folder, boundary_map=True)
    for day in range(1, 6):
        editors.write_article(folder, f"lu-{day}.md", title=f"Mưa lũ ngày {day}", date=f"2026-01-0{day}", tags="[lũ]")
    for day in range(1, 15):  # so many that no topic belongs to all of them
        alone = {"date": f"2026-02-{day:02}", "pdf": "false", "audio": "false"}
        editors.write_article(folder, f"khac-{day}.md", title=f"Việc khác {day}", **alone)
    editors.write_article(folder, "chuyen.md", title="Chuyện cũ", date="2026-01-09", aliases="[/cu/1.html]")
    headings = "\n\n".join(f"## Phần {number}\n\nLời." for number in (1, 2, 3))
    easy = "".join(f'\n  - "{question}: việc này"' for question in ("Ai", "Làm gì", "Ở đâu", "Hạn nào"))
    editors.write_article(folder, "dai.md", headings, title="Bài dài", date="2026-01-10", easy=easy)
    _write_documents(folder)
    editors.write_file(folder, "pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n\nMột trang.\n")
    noted = '["2/2/2026: Bản đầu viết 318 hộ."]'
    editors.write_article(folder, "sua.md", title="Bài sửa", date="2026-01-11", corrections=noted, updates=noted)
    gone = {"status": "withdrawn", "reason": '"3/2/2026: Nhầm."', "pdf": "false", "audio": "false"}
    editors.write_article(folder, "go.md", title="Bài gỡ", date="2026-01-12", **gone)
    for number, subject in enumerate(SUBJECTS):
        levels = ("khan", "2026-01-01", "2026-01-02"), ("canh-bao", BEGUN, ENDS), ("thong-tin", BEGUN, ENDS)
        level, begin, end = levels[number % 3]
        header = f"title: Tin {subject}\nfrom: {begin}\nuntil: {end}\nlevel: {level}\nkind: {subject}\nphone: '112'"
        more = "where: [Nà Lẹng]\ndate: 2025-12-31\npdf: false\naudio: false"
        editors.write_file(folder, f"thong-bao/{subject}.md", f"---\n{header}\n{more}\n---\n\nViệc {subject}.\n")
    later = "title: Sau này\nfrom: 2199-01-01\nuntil: 2199-12-31\nlevel: thông tin\ndate: 2026-01-01\npdf: false"
    editors.write_file(folder, "thong-bao/sau-nay.md", f"---\n{later}\naudio: false\n---\n\nMai sau.\n")
    statements = "\n\n".join(f"{{{{ {name} }}}}" for name in STATEMENT_LISTS)
    editors.write_file(folder, "pages/lien-he.md", f"---\ntitle: Liên hệ\n---\n\n{statements}\n")
    portals.give_settings(folder)
    with (folder / "portal.toml").open("a", encoding="utf-8") as stream:
        stream.write("".join(LICENCE.format(kind=kind) for kind in ("data", "pictures")))
    return folder


def told(stderr: str) -> list[str]:
    """Return what a build says, but for the late draft."""
    return [line for line in stderr.splitlines() if f"lay-y-kien/{LATE}.md" not in line]


def _write_documents(content: Path) -> None:
    """Write documents with every status and in every relation."""
    editors.write_file(content, "documents/goc.pdf", "%PDF")
    more = {
        1: "effective: 2020-01-02\nfiles: ../documents/goc.pdf\nsigner: Lê A\nfields: Đất đai",
        2: "effective: 2020-01-02\nreplaces: 1/2020/QĐ-UBND",
        3: "effective: 2020-01-02\namends: 2/2020/QĐ-UBND\nguides: 2/2020/QĐ-UBND\nbased_on: 2/2020/QĐ-UBND",
        4: f"effective: {ENDS}",
    }
    closed = "closes: 2026-01-02\npromised: 2199-02-01"
    result = "result: ../documents/goc.pdf\nreceived: 3\naccepted: 1\nrejected: 2\noutcome: 1/2020/QĐ-UBND"
    drafts = {
        "mo": f"closes: {ENDS}\npromised: 2199-02-01\ndrafted_by: Sở Nội vụ\nfiles: ../documents/goc.pdf",
        "cho": closed,
        LATE: "closes: 2026-01-02\npromised: 2026-01-03",
        "xong": f"{closed}\n{result}",
    }
    for name, lines in drafts.items():
        header = f"title: Dự thảo {name}\nopens: {BEGUN if name == 'mo' else '2026-01-01'}\nways: Gửi thư"
        editors.write_file(content, f"lay-y-kien/{name}.md", f"---\n{header}\n{lines}\n---\n\nViệc {name}.\n")
    for number, lines in more.items():
        issued = BEGUN if ENDS in lines else "2020-01-01"
        header = f"title: Việc {number}\nnumber: {number}/{issued[:4]}/QĐ-UBND\ntype: Quyết định\nissuer: Tỉnh"
        editors.write_file(content, f"van-ban/{number}.md", f"---\n{header}\nissued: {issued}\n{lines}\n---\n")


@pytest.fixture(scope="module")
def all_features(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal with all features."""
    output = tmp_path_factory.mktemp("complete") / "output"
    assert portals.build(output, content, pdf=True, audio=True).returncode == 0
    return output


@pytest.fixture(scope="module")
def without_media(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal with all features and without PDFs and recordings: some features show something else then."""
    output = tmp_path_factory.mktemp("silent") / "output"
    assert portals.build(output, content).returncode == 0
    return output


@pytest.mark.parametrize("name", FEATURES)
def test_nothing_of_a_feature_remains(
    name: str, content: Path, all_features: Path, without_media: Path, tmp_path: Path
) -> None:
    package = portals.ROOT.joinpath(*name.split("."))
    prints = list(fingerprints(package))
    assert prints, "a feature must be recognisable, otherwise this test proves nothing"
    assert set(prints) - find_fingerprints(all_features, prints) - find_fingerprints(without_media, prints) == set()
    more, reference = (True, all_features) if name in RECORDED else (False, without_media)
    result = portals.build(tmp_path / "output", content, without=name.removeprefix("plugins."), pdf=more, audio=more)
    assert (result.returncode, told(result.stderr)) == (0, [])
    assert find_fingerprints(tmp_path / "output", prints) == set()
    # it may have files of its own, but nothing replaces them
    new = editors.file_digests(tmp_path / "output").keys() - editors.file_digests(reference).keys()
    assert new <= named_by_content(reference, tmp_path / "output")


def named_by_content(*outputs: Path) -> set[str]:
    """Return the files that may change their names."""
    named = [
        (output, path)
        for output in outputs
        for name in ("theme", "tim-kiem/chi-muc")
        for path in (output / name).glob("*")
    ]
    return {path.relative_to(output).as_posix() for output, path in named}


def test_without_any_feature_there_is_no_script_and_no_toolbar(
    content: Path, all_features: Path, tmp_path: Path
) -> None:
    settings = f"PLUGINS[:] = [name for name in PLUGINS if name not in {FEATURES!r}]"
    result = portals.build(tmp_path / "output", content, settings=settings)
    assert (result.returncode, told(result.stderr)) == (0, [])
    pages = editors.read_pages(tmp_path / "output")
    assert len(pages) > 20 and pages.keys() <= editors.read_pages(all_features).keys()
    for address, page in pages.items():
        assert not page.find("script"), address
        assert not page.select(".tools, [data-action], [role=status], main button"), address
        assert page.find("main") and page.h1
    assert not list((tmp_path / "output").rglob("*.js"))
    assert "script-src 'none'" in (tmp_path / "output/_headers").read_text()
    every = [p for name in FEATURES for p in fingerprints(portals.ROOT.joinpath(*name.split(".")))]
    assert find_fingerprints(tmp_path / "output", every) == set()


@pytest.mark.parametrize("name", FILES)
def test_no_file_of_a_feature_remains(name: str, content: Path, without_media: Path, tmp_path: Path) -> None:
    assert any(re.search(FILES[name], file) for file in editors.file_digests(without_media))
    result = portals.build(tmp_path / "output", content, without=name.removeprefix("plugins."))
    assert (result.returncode, told(result.stderr)) == (0, [])
    remaining, before = editors.file_digests(tmp_path / "output"), editors.file_digests(without_media)
    assert not any(re.search(FILES[name], file) for file in remaining)
    assert remaining.keys() == {file for file in before if not re.search(FILES[name], file)}
