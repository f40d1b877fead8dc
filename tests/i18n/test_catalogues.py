"""Every message of the interface and of the commands is translated to Vietnamese."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import environment
from environment import installing
from plugins import i18n
from plugins.i18n import catalogue_files, translate, translations
from plugins.languages import language
from tests import editors, portals
from tests.incremental import builds

PACKAGES = [
    portals.ROOT / "theme",
    environment.HERE,
    *sorted(path.parent for path in (portals.ROOT / "plugins").glob("*/__init__.py")),
]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "translate": None, "message": None}
KEYWORDS |= {"Value": (2,), "Statement": (2,), "Status": (1,), "Kind": (2,), "Grouping": (2,)}
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)[sd]|%[sd]")


def messages_in(package: Path) -> set[str]:
    """Return the English messages in a package's templates and code; of a plural, the singular."""
    messages: set[str] = said_in_tables() if package == environment.HERE else set()
    paths = package.glob("*.py") if package == environment.HERE else package.rglob("*")  # it has node_modules too
    for path in sorted(path for path in paths if path.suffix in (".html", ".py")):
        template = path.suffix == ".html"
        options = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "silent": "false"} if template else {}
        with path.open("rb") as stream:
            for _, message, _, _ in extract("jinja2" if template else "python", stream, KEYWORDS, (), options):
                messages.add(message[0] if isinstance(message, tuple) else message)
    return messages


def said_in_tables() -> set[str]:
    """Return the messages of the set-up and of tasks.py that are no arguments of a call."""
    messages = {remedy for _, remedy in installing.REMEDIES}
    tree = ast.parse((environment.ROOT / "tasks.py").read_text(encoding="utf-8"))
    tables = [node for node in tree.body if isinstance(node, ast.Assign)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            messages.add(ast.get_docstring(node) or "")
        if isinstance(node, ast.keyword) and node.arg == "help":
            tables.append(node.value)
    for node in (node for table in tables for node in ast.walk(table) if isinstance(node, ast.Dict)):
        messages |= {text.value for text in node.values if isinstance(text, ast.Constant)}
    return messages


def read_catalogue(package: Path) -> dict[str, list[str]]:
    """Return a package's catalogue: by English message, its Vietnamese forms."""
    path = package / "vi.po"
    if not path.exists():
        return {}
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale="vi")
    translations = {}
    for message in catalogue:
        if message.id:
            english = message.id[0] if isinstance(message.id, tuple) else message.id
            translations[english] = list(message.string) if isinstance(message.string, tuple) else [message.string]
    return translations


def test_messages_are_found_at_all() -> None:
    assert {"Skip to main content", "%(count)s article."} <= messages_in(portals.ROOT / "theme")
    assert "is empty" in messages_in(portals.ROOT / "plugins/markdown_reader")


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_every_message_is_translated(package: Path) -> None:
    translations = {english: forms for other in PACKAGES for english, forms in read_catalogue(other).items()}
    assert {message for message in messages_in(package) if not all(translations.get(message, [""]))} == set()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_no_translation_is_unused(package: Path) -> None:
    assert set(read_catalogue(package)) - messages_in(package) == set()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_translations_keep_the_placeholders(package: Path) -> None:
    for english, forms in read_catalogue(package).items():
        for vietnamese in forms:
            assert sorted(PLACEHOLDER.findall(vietnamese)) == sorted(PLACEHOLDER.findall(english)), english


def test_one_message_has_one_translation() -> None:
    translations: dict[str, list[str]] = {}
    for package in PACKAGES:
        for english, forms in read_catalogue(package).items():
            assert translations.setdefault(english, forms) == forms, english


def test_no_translation_is_marked_as_uncertain() -> None:
    assert not [path for path in catalogue_files("vi") if "#, fuzzy" in path.read_text(encoding="utf-8")]


def test_all_catalogues_are_read_as_one() -> None:
    gettext = translations("vi").gettext
    assert gettext("Skip to main content") == "Tới nội dung chính"
    assert gettext("Increase contrast") == "Tăng tương phản"
    assert gettext("no such words") == "no such words"
    assert translations("vi").ngettext("%(count)s article.", "%(count)s articles.", 5) == "%(count)s bài viết."


def test_english_needs_no_catalogue() -> None:
    assert translations("en").gettext("Skip to main content") == "Skip to main content"
    assert translations("en").ngettext("%(count)s article.", "%(count)s articles.", 2) == "%(count)s articles."


def test_commands_speak_the_language_of_the_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_LANG", raising=False)
    assert translate("unknown key {key}; {hint}", key="a", hint="b") == "không có khóa a; b"
    monkeypatch.setenv("PORTAL_LANG", "en")
    assert translate("unknown key {key}; {hint}", key="a", hint="b") == "unknown key a; b"


def read_as_nobody(compiled: Path) -> str:
    """Return a message as it is read by somebody who may not read what another one has compiled, and write nowhere."""
    import babel.messages.mofile  # noqa: F401  # Python itself may be where nobody looks

    compiled.chmod(0o600)
    if os.getuid() == 0:
        os.setuid(65534)
    return i18n.load_translations("vi").gettext("Skip to main content")


def test_a_cache_that_belongs_to_somebody_else_is_no_obstacle() -> None:
    translations("vi")
    newest = max((portals.ROOT / ".cache/i18n").glob("vi-*.mo"), key=lambda path: path.stat().st_mtime_ns)
    try:
        assert builds.in_copy(read_as_nobody, newest) == "Tới nội dung chính"
    finally:
        newest.chmod(0o644)


HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plurals}\\n"\n\n'


def catalogue(folder: Path, lang: str, plurals: str = "nplurals=1; plural=0;", **messages: str) -> ModuleType:
    """Write a plugin in a folder of its own, with messages: English with _ for spaces -> translation."""
    text = HEADER.replace("{plurals}", plurals)
    text += "".join(
        f'msgid "{key.replace("_", " ")}"\nmsgstr "{translation}"\n\n' for key, translation in messages.items()
    )
    editors.write_file(folder, f"{lang}.po", text)
    module = ModuleType(folder.name)
    module.__file__ = str(editors.write_file(folder, "__init__.py", ""))
    return module


@pytest.fixture
def project_alone() -> Iterator[None]:
    """Ensure that afterwards only the catalogues of the project are read again."""
    yield
    i18n.add_catalogues(portals.ROOT / "theme", ())


def test_catalogues_of_plugins_outside_the_project_are_read_once_they_are_loaded(
    tmp_path: Path, project_alone: None
) -> None:
    hello = catalogue(tmp_path / "hello", "vi", Hello_there="Xin chào", Search="Tìm tòi")
    assert translations("vi").gettext("Hello there") == "Hello there"
    before = i18n.fingerprint("vi")
    i18n.add_catalogues(portals.ROOT / "theme", [hello, i18n])
    assert translations("vi").gettext("Hello there") == translate("Hello there") == "Xin chào"
    assert language("tyz").words.gettext("Hello there") == "Xin chào"
    assert translations("vi").gettext("Skip to main content") == "Tới nội dung chính"
    digest = i18n.fingerprint("vi")
    catalogue(tmp_path / "hello", "vi", Hello_there="Chào bạn")
    assert len({before, digest, i18n.fingerprint("vi")}) == 3
    i18n.add_catalogues(portals.ROOT / "theme", [])
    assert translations("vi").gettext("Hello there") == "Hello there"


def test_a_theme_outside_the_project_translates_the_portal(tmp_path: Path, project_alone: None) -> None:
    catalogue(tmp_path / "theme", "vi", Search="Tra cứu")
    i18n.add_catalogues(tmp_path / "theme", ())
    assert translations("vi").gettext("Search") == "Tra cứu"
    assert translations("vi").gettext("Skip to main content") == "Tới nội dung chính"


def test_a_catalogue_of_a_language_that_babel_does_not_know(tmp_path: Path, project_alone: None) -> None:
    """Its catalogue says how many plural forms it has; missing messages fall back."""
    own = catalogue(tmp_path / "own", "tyz", Search="Zwqa")
    with (tmp_path / "own/tyz.po").open("a") as stream:
        stream.write('msgid "%(count)s article."\nmsgid_plural "%(count)s articles."\nmsgstr[0] "%(count)s zwqe."\n')
    i18n.add_catalogues(portals.ROOT / "theme", [own])
    words = language("tyz").words
    assert words.gettext("Search") == "Zwqa"
    assert words.ngettext("%(count)s article.", "%(count)s articles.", 5) == "%(count)s zwqe."
    assert (words.gettext("Author"), words.gettext("Author").lang) == ("Tác giả", "vi")
    assert not hasattr(words.gettext("Search"), "lang")
