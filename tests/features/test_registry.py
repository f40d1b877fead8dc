"""Features are added and removed by PLUGINS alone."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment

import pelicanconf
from plugins import features
from plugins.addresses import URLS, Addresses
from plugins.features import SLOTS, Feature, assets
from tests import editors, portals
from tests.incremental import builds

ADDRESSES = Addresses(["vi"], URLS)


def feature(root: Path, name: str, **files: str) -> Feature:
    """Return a feature's package with the given files (`toolbar_html` is toolbar.html)."""
    for file, text in files.items():
        stem, _, ending = file.rpartition("_")
        editors.write_file(root / name, f"{stem}.{ending}", text)
    return Feature(str(root / name / "__init__.py"))


def build_assets(one: Feature) -> assets.Assets:
    """Return the assets of a portal with one feature."""
    return builds.in_copy(assets.build, portals.ROOT / "theme", [one], ADDRESSES)


def test_fragments_follow_the_order_of_plugins(tmp_path: Path) -> None:
    one = feature(tmp_path, "one", toolbar_html="1", footer_html="1")
    two = feature(tmp_path, "two", toolbar_html="2", article_end_html="2")
    shown = [
        Environment(trim_blocks=True, loader=DictLoader(features.fragments(order)))
        for order in ([one, two], [two, one])
    ]
    assert [env.get_template("slots/toolbar.html").render() for env in shown] == ["12", "21"]
    slots = features.slots(features.fragments([one, two]))
    assert (slots["toolbar"], slots["article_end"], slots["sidebar"]) == (
        "slots/toolbar.html",
        "slots/article_end.html",
        "",
    )
    assert features.slots({}) == dict.fromkeys(SLOTS, "")


def test_fragments_of_a_slot_do_not_see_each_others_names(tmp_path: Path) -> None:
    one = feature(tmp_path, "one", head_html="{% set own = 1 %}{{ own }}\n")
    two = feature(tmp_path, "two", head_html="{{ own is defined }}\n")
    env = Environment(trim_blocks=True, loader=DictLoader(features.fragments([one, two])))
    assert env.get_template("slots/head.html").render() == "1False"


def test_only_plugins_with_a_feature_are_features(tmp_path: Path) -> None:
    plugins = [SimpleNamespace(), SimpleNamespace(feature=3), SimpleNamespace(feature=feature(tmp_path, "one"))]
    assert [f.name for f in features.features_of(plugins)] == ["one"]  # type: ignore[arg-type]


def test_styles_of_a_feature_come_after_the_themes_and_in_their_place(tmp_path: Path) -> None:
    one = feature(
        tmp_path, "one", style_css=".one { color: red }", article_css=".in-article { color: red }", print_css=".ink {}"
    )
    built = build_assets(one)
    article, listing, paper = (built.files[built.stylesheets[b]].decode() for b in ("article", "listing", "print"))
    assert ".one" in article and ".one" in listing
    assert ".in-article" in article and ".in-article" not in listing
    assert ".ink" in paper and ".ink" not in article + listing


def test_a_portal_without_scripts_has_none(tmp_path: Path) -> None:
    built = build_assets(feature(tmp_path, "one", style_css=".x { color: red }"))
    assert (built.script, built.inline) == ("", "")
    assert "script-src 'none'" in built.policy


def test_asset_names_change_with_their_content_and_only_then(tmp_path: Path) -> None:
    first = build_assets(feature(tmp_path, "one", script_js="var a = 1;", style_css=".a { color: red }"))
    second = build_assets(feature(tmp_path, "one", script_js="var a = 1;", style_css=".a { color: red }"))
    other_script = build_assets(feature(tmp_path, "one", script_js="var a = 2;"))
    other_style = build_assets(feature(tmp_path, "one", script_js="var a = 2;", style_css=".a { color: blue }"))
    assert first.files == second.files
    assert other_script.script != first.script and other_script.stylesheets == first.stylesheets
    assert other_style.script == other_script.script and other_style.stylesheets != first.stylesheets


def test_what_is_fetched_on_demand_is_published_but_on_no_page_from_the_start(tmp_path: Path) -> None:
    package = feature(tmp_path, "one", player_js="  var a = 1;\n", player_css=".a { color: red }")
    built = build_assets(Feature(package.file, on_demand=("player.js", "player.css")))
    assert built.on_demand.keys() == {"one/player.js", "one/player.css"}
    assert [built.files[address] for address in built.on_demand.values()] == [b"var a=1", b".a{color:red}"]
    assert built.script == "" and all(b".a{" not in built.files[address] for address in built.stylesheets.values())


NEW_FEATURE = """
from plugins.features import Feature

class Greeting(Feature):
    urls = {"GREETING_URL": "greeting/"}

    def prepare(self, build):
        for story in build.published:
            story.extra_key_parts += (f"{len(story.title)} letters",)
        return ()

    def article_context(self, story):
        return len(story.title)

    def add_outputs(self, build, outputs):
        outputs.add_page("en", "greeting/own", "greeting", ["Hello"], greeting="Hello")

feature = Greeting(__file__)
register = feature.register
"""


@pytest.fixture(scope="module")
def new_feature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal with a feature in a folder of its own, outside the project."""
    root = tmp_path_factory.mktemp("new")
    package = root / "elsewhere/greeting"
    editors.write_file(package, "__init__.py", NEW_FEATURE)
    editors.write_file(
        package, "own.html", '{% extends "base.html" %}{% block main %}<h1>{{ greeting }}</h1>{% endblock %}'
    )
    editors.write_file(
        package, "article_end.html", "{% if article_data %}<p class=fact>{{ article_data }} letters</p>{% endif %}"
    )
    editors.write_file(
        package,
        "toolbar.html",
        "<button type='button' data-action='greet'>{{ _('Print') }} {{ edition.lang }}</button>",
    )
    editors.write_file(package, "style.css", ".greeting-text { color: var(--ink); }")
    settings = f"sys.path.insert(0, {str(root / 'elsewhere')!r})\nPLUGINS.insert(0, 'greeting')"
    result = portals.build(
        root / "output", editors.write_small_content(root / "content"), settings=settings, env=editors.ENGLISH
    )
    assert result.returncode == 0, result.stderr
    return root / "output"


def test_a_new_feature_appears_without_a_change_to_the_theme(new_feature: Path) -> None:
    for page in editors.read_pages(new_feature).values():
        first = page.select_one(".tb").find(attrs={"data-action": True})
        assert first["data-action"] == "greet"
        assert first.get_text() in ("In vi", "Print en")
    styles = [path for bundle in assets.BUNDLES for path in (new_feature / "theme").glob(f"{bundle}.*.css")]
    assert len(styles) == 2
    assert all(".greeting-text" in path.read_text() for path in styles)


def test_the_policy_allows_the_inline_script_of_every_page_and_no_other(site: Path) -> None:
    headers = (site / "_headers").read_text()
    policy = next(line for line in headers.splitlines() if "Content-Security-Policy" in line)
    hashes = [
        source for source in policy.split("script-src ")[1].split(";")[0].split() if source.startswith("'sha256-")
    ]
    inline = {
        s.get_text()
        for page in editors.read_pages(site).values()
        for s in page.find_all("script", src=False, type=False)
    }
    assert hashes == [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline
    ]
    assert "'unsafe-" not in policy


def test_files_that_are_cached_for_ever_are_named_by_their_content(site: Path) -> None:
    named = [path for path in (site / "theme").iterdir() if path.suffix in (".css", ".js")]
    assert len(named) >= 3
    for path in named:
        assert hashlib.sha256(path.read_bytes()).hexdigest().startswith(path.name.split(".")[1])


def test_every_page_names_files_that_exist(site: Path) -> None:
    for address, page in editors.read_pages(site).items():
        for element in [*page.select("link[rel=stylesheet]"), *page.select("script[src]")]:
            assert (site / (element.get("href") or element["src"]).lstrip("/")).is_file(), address


def test_every_package_with_a_feature_is_in_the_settings() -> None:
    files = (portals.ROOT / "plugins").glob("*/__init__.py")
    packages = {path.parent.name for path in files if re.search(r"^feature = Feature\(", path.read_text(), re.M)}
    assert packages
    assert packages <= {name.removeprefix("plugins.") for name in pelicanconf.PLUGINS}


def test_a_new_feature_has_a_page_of_its_own_and_shows_data_of_an_article(new_feature: Path) -> None:
    pages = editors.read_pages(new_feature)
    assert pages["en/greeting/index.html"].main.h1.string == "Hello"
    facts = [page.select_one(".fact").string for page in pages.values() if page.select_one(".fact")]
    assert facts and all(fact.endswith(" letters") for fact in facts)
