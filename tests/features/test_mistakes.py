"""A mistake of a feature's author is reported in one line that names the feature; nothing is published then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import editors, portals

HEAD = "from datetime import date\nfrom plugins.features import Feature, Key, Kind, Status, Value\n"
TAIL = "register = feature.register\n"
THING = "---\ntitle: Một\ndate: 2026-01-01\n---\n\nNội dung.\n"
PAGE = "{% extends 'base.html' %}\n{% block main %}\n{{ gone.away }}\n{% endblock %}\n"
CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Hello"\n'


def feature_with_fields(fields: str) -> str:
    """Return the code of a feature with fields."""
    return f"{HEAD}feature = Feature(__file__, {fields})\n{TAIL}"


def feature_with_method(text: str, fields: str = "") -> str:
    """Return the code of a feature with a method."""
    return f"{HEAD}class Things(Feature):\n    {fields or 'pass'}\n    {text}\nfeature = Things(__file__)\n{TAIL}"


def feature_with_kind(*values: str, more: str = "") -> str:
    return f"Kind({', '.join(map(repr, values))}{more})"


GOOD = ("thing", "Things", "things", "do-vat/")
STATUS = feature_with_kind(*GOOD, more=", status=lambda header, today: {}")

MISTAKES = {
    "kind with a name of the portal's": (
        feature_with_fields(f"kinds=({feature_with_kind('article', *GOOD[1:])},)"),
        {},
        "kind article: there is one already",
    ),
    "kind with the name of a place": (
        feature_with_fields(f"kinds=({feature_with_kind('category', *GOOD[1:])},)"),
        {},
        "kind category: there is one already",
    ),
    "kind with a strange name": (
        feature_with_fields(f"kinds=({feature_with_kind('công văn', *GOOD[1:])},)"),
        {},
        "kind công văn: its name must be",
    ),
    "two kinds with one name": (
        feature_with_fields(
            f"kinds=({feature_with_kind(*GOOD)}, {feature_with_kind('thing', 'Others', 'others', 'khac/')})"
        ),
        {},
        "kind thing: there is one already",
    ),
    "two kinds in one folder": (
        feature_with_fields(
            f"kinds=({feature_with_kind(*GOOD)}, {feature_with_kind('other', 'Others', 'things', 'khac/')})"
        ),
        {},
        "kind other: the folder things belongs to thing",
    ),
    "kind in the articles' folder": (
        feature_with_fields(f"kinds=({feature_with_kind('thing', 'Things', 'articles', 'x/')},)"),
        {},
        "belongs to article",
    ),
    "kind without its template": (
        feature_with_fields(f"kinds=({feature_with_kind(*GOOD, more=', template=' + repr('own/page'))},)"),
        {},
        "no template own/page",
    ),
    "status that fails": (
        feature_with_fields(f"kinds=({STATUS.format('header[1]')},)"),
        {},
        "PLUGINS: own: this plugin has failed: KeyError",
    ),
    "status that is a text": (
        feature_with_fields(f"kinds=({STATUS.format(repr('open'))},)"),
        {},
        "a.md:1: kind thing: status must give a Status",
    ),
    "value that fails": (
        feature_with_fields("values=(Value('v', 'V', {'page'}, compute=lambda header, body: 1 / 0),)"),
        {},
        "mot-bai.md:1: the value v of a plugin has failed: ZeroDivisionError",
    ),
    "value that is a number": (
        feature_with_fields("values=(Value('v', 'V', {'page'}, compute=lambda header, body: 3),)"),
        {},
        "the value v of a plugin",
    ),
    "value in no place": (
        feature_with_fields("values=(Value('v', 'V', {'aside'}, compute=lambda header, body: 'x'),)"),
        {},
        "value v: where must be of api,",
    ),
    "value twice": (
        feature_with_fields("values=[Value('v', 'V', {'page'}, compute=lambda header, body: 'x')] * 2"),
        {},
        "value v: there is one already",
    ),
    "key of the portal's": (
        feature_with_fields("keys=(Key('source', str),)"),
        {},
        "PLUGINS: own: key source: there is one already",
    ),
    "key of a kind that articles have": (
        feature_with_fields(f"kinds=({feature_with_kind(*GOOD, more=', keys=(Key(' + repr('tags') + ', str),)')},)"),
        {},
        "key tags: there is one already",
    ),
    "key whose check fails": (
        feature_with_fields("keys=(Key('seats', lambda text: int(text) / 0),)"),
        {"../content/articles/2026/x.md": THING.replace("title", "seats: 3\ncategory: Xã hội\nauthors: A\ntitle")},
        "x.md:2: seats: the check of this key has failed: ZeroDivisionError",
    ),
    "address of another": (feature_with_fields("urls={'SEARCH_URL': 'tim/'}"), {}, "urls: SEARCH_URL is another's"),
    "feature that is not there": (
        feature_with_fields("needs=('search', 'no_such')"),
        {},
        "PLUGINS: own: needs no_such, which is not installed; install it, or take this out",
    ),
    "prepare fails": (
        feature_with_method("def prepare(self, build): raise RuntimeError('broken')"),
        {},
        "PLUGINS: own: this plugin has failed: RuntimeError: broken",
    ),
    "about fails": (
        feature_with_method("def article_context(self, story): return {}['x']"),
        {"article_end.html": "{{ article_data }}"},
        "PLUGINS: own: this plugin has failed: KeyError",
    ),
    "fragment that is no template": (
        feature_with_fields(""),
        {"article_end.html": "\n\n{% if %}"},
        "PLUGINS: own/article_end.html:3: this plugin has failed",
    ),
    "fragment with an unknown name": (
        feature_with_fields(""),
        {"article_end.html": "<p>\n{{ nowhere.there }}"},
        "own/article_end.html:2: this plugin has failed: UndefinedError: 'nowhere'",
    ),
    "page with an unknown name": (
        feature_with_method(
            "def add_outputs(self, build, outputs): outputs.add_page('vi', 'own/page', 'hello', ['x'])",
            "urls = {'HELLO_URL': 'chao/'}",
        ),
        {"page.html": PAGE},
        "PLUGINS: own/page.html:3: this plugin has failed: UndefinedError",
    ),
    "file outside the site": (
        feature_with_method("def add_outputs(self, build, outputs): outputs.add_file('../x.txt', '1', lambda: b'x')"),
        {},
        "../x.txt: a file of the site must lie",
    ),
    "file of text": (
        feature_with_method("def add_outputs(self, build, outputs): outputs.add_file('x.txt', '1', lambda: 'x')"),
        {},
        "x.txt: what makes this file must give bytes",
    ),
    "script": (feature_with_fields(""), {"script.js": "const = 3;"}, "own/script.js: this is no JavaScript"),
    "script on demand": (
        feature_with_fields("on_demand=('late.js',)"),
        {"late.js": "if ("},
        "own/late.js: this is no JavaScript",
    ),
    "style in another encoding": (
        feature_with_fields(""),
        {"style.css": "\n/* \xe9 */".encode("latin-1")},
        "own/style.css:2: the file is not in UTF-8",
    ),
    "catalogue with an open quotation mark": (
        feature_with_fields(""),
        {"vi.po": CATALOGUE + 'msgstr "Chào\n'},
        'own/vi.po:5: gettext: msgstr "Chào',
    ),
    "catalogue with a wrong word": (
        feature_with_fields(""),
        {"vi.po": CATALOGUE + 'mgstr "Chào"\n'},
        "own/vi.po:5: gettext: mgstr",
    ),
    "catalogue in another encoding": (
        feature_with_fields(""),
        {"vi.po": CATALOGUE.encode() + 'msgstr "Ch\xe0o"\n'.encode("latin-1")},
        "own/vi.po: gettext:",
    ),
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mistakes")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_reported_with_its_place(tmp_path: Path, cache: Path, mistake: str) -> None:
    code, files, message = MISTAKES[mistake]
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, "things/a.md", THING)
    for name, text in {"__init__.py": code, **files}.items():
        editors.write_file(tmp_path / "own", name, text)
    settings = f"PLUGIN_PATHS = [{str(tmp_path)!r}]\nPLUGINS = [*PLUGINS, 'own']\nCACHE_PATH = {str(cache)!r}\n"
    result = portals.build(
        tmp_path / "output", content, settings=settings + "SEARCH_INDEX = False\n", env=editors.ENGLISH
    )
    assert result.returncode == 1 and message in result.stderr, result.stderr
    assert "Traceback" not in result.stderr and "error.log" not in result.stderr
    assert not (tmp_path / "output").exists()


def test_two_kinds_may_have_keys_and_values_of_one_name(tmp_path: Path) -> None:
    """Each kind is in a feature of its own, whose author does not know the other."""
    content = editors.write_small_content(tmp_path / "content")
    for name in ("circular", "decree"):
        fields = f"kinds=(Kind('{name}', 'Things', '{name}s', '{name}/', keys=(Key('number', str),)),), "
        fields += (
            f"values=(Value('number', 'No. of {name}', {{'page'}}, compute=lambda header, body: "
            f"header.get('number'), kinds=('{name}',)),)"
        )
        editors.write_file(tmp_path / "own", f"{name}s/__init__.py", feature_with_fields(fields))
        editors.write_file(content, f"{name}s/a.md", THING.replace("Một\n", f"Một {name}\nnumber: of a {name}\n"))
    settings = (
        f"PLUGIN_PATHS = [{str(tmp_path / 'own')!r}]\nPLUGINS = [*PLUGINS, 'circulars', 'decrees']\n"
        f"SEARCH_INDEX = False\n"
    )
    result = portals.build(tmp_path / "output", content, settings=settings)
    assert (result.returncode, result.stderr) == (0, "")
    for name, other in (("circular", "decree"), ("decree", "circular")):
        page = (tmp_path / f"output/{name}/a/index.html").read_text("utf-8")
        assert page.count(f">No. of {name}</dt><dd>of a {name}</dd>") == 1 and f"No. of {other}" not in page


def test_a_folder_of_another_kind_may_be_inside_that_of_articles(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, "articles/things/a.md", THING)
    editors.write_file(
        tmp_path / "own",
        "__init__.py",
        feature_with_fields(f"kinds=({feature_with_kind('thing', 'Things', 'articles/things', 'do-vat/')},)"),
    )
    settings = f"PLUGIN_PATHS = [{str(tmp_path)!r}]\nPLUGINS = [*PLUGINS, 'own']\nSEARCH_INDEX = False\n"
    result = portals.build(tmp_path / "output", content, settings=settings)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "output/do-vat/a/index.html").exists()
