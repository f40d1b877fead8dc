"""What a plugin that was written for any Pelican site gets from this portal."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from blinker import NamedSignal
from pelican.plugins import signals

from tests import editors
from tests.pelican_bridge.pelican_portals import Portal

NOTHING = "def register(): pass\n"
SIGNALS = [name for name, _ in inspect.getmembers(signals, lambda value: isinstance(value, NamedSignal))]


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    new_portal = Portal(tmp_path)
    editors.write_article(
        new_portal.content, "mot-bai.md", "Chữ của *bài*.", title="Một bài", tags="[lũ, mưa]", summary="Tóm tắt"
    )
    editors.write_article(new_portal.content, "mot-bai.en.md", title="One article", category="Society")
    editors.write_article(new_portal.content, "nhap.md", title="Bài nháp", status="draft")
    editors.write_file(new_portal.content, "pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n\nMột trang.\n")
    return new_portal


# --- the build ---


def test_a_plugin_that_does_nothing_changes_nothing(portal: Portal) -> None:
    portal.build_successfully()
    without = portal.files()
    portal.plugin("idle", NOTHING)
    portal.build_successfully()
    assert portal.files() == without


def test_with_a_third_party_plugin_every_build_is_a_full_build(portal: Portal) -> None:
    portal.plugin("idle", NOTHING)
    first, second = portal.build_successfully(), portal.build_successfully()
    assert first.read == second.read == 5
    assert second.changes.rendered == len(portal.files()) and second.changes.written == 0
    assert second.output.count("idle: with a plugin that was written for any Pelican site") == 1


def test_features_of_the_portal_do_not_cause_full_builds(portal: Portal) -> None:
    portal.plugin(
        "custom", "from plugins.features import Feature\nfeature = Feature(__file__)\nregister = feature.register\n"
    )
    portal.build_successfully()
    second = portal.build_successfully()
    assert (second.read, second.counts) == (0, (0, 0, 0))
    assert "every build" not in second.output


def test_without_a_third_party_plugin_no_installed_plugin_is_imported(portal: Portal) -> None:
    portal.plugin(
        "looks",
        "import sys\nfrom plugins.features import Feature\nfeature = Feature(__file__)\n"
        "def register(): record(sorted(n for n in sys.modules if n.startswith('pelican.plugins.') or n == 'gensim'))\n",
    )
    portal.build_successfully()
    assert portal.recorded("looks") == [[["pelican.plugins._utils", "pelican.plugins.signals"]]]


def test_a_plugin_that_is_removed_leaves_nothing_behind(portal: Portal) -> None:
    portal.build_successfully()
    without = portal.files()
    portal.plugin("writes", "import os\ndef write(pelican):\n    Path(pelican.output_path, 'own').mkdir()\n"
                  "    Path(pelican.output_path, 'own/file.txt').write_text('own')\n"
                  "def register(): signals.finalized.connect(write)\n")  # fmt: skip
    portal.build_successfully()
    assert portal.text("own/file.txt") == "own"
    portal.build_successfully()
    assert portal.text("own/file.txt") == "own"
    portal.plugins.clear()
    portal.build_successfully()
    assert portal.files() == without


@pytest.mark.parametrize("signal", ["article_generator_finalized", "content_written", "finalized"])
def test_a_plugin_that_fails_is_reported_in_one_line_and_nothing_is_published(portal: Portal, signal: str) -> None:
    portal.plugin(
        "fails", f"def fail(*_, **__): raise ValueError('broken')\ndef register(): signals.{signal}.connect(fail)\n"
    )
    result = portal.build()
    assert (result.status, result.crash) == (1, "")
    assert "PLUGINS: fails: this plugin has failed: ValueError: broken" in result.complaints
    assert not portal.output.exists()


def test_a_missing_plugin_is_reported_in_one_line(portal: Portal) -> None:
    portal.plugins.append("no_such_plugin")
    result = portal.build()
    assert (result.status, result.crash) == (1, "")
    assert "PLUGINS: no_such_plugin: there is no such plugin" in result.complaints


# --- signals ---


def test_signals_are_sent_in_pelicans_order(portal: Portal) -> None:
    lines = [f"def {name}(*_, **__): record({name!r})\n" for name in SIGNALS]
    portal.plugin(
        "hears", "".join(lines) + "def register():\n" + "".join(f"    signals.{n}.connect({n})\n" for n in SIGNALS)
    )
    portal.build_successfully(STATIC_PATHS=["pages"], STATIC_EXCLUDE_SOURCES=False)
    signals = [name for (name,) in portal.recorded("hears")]
    first = list(dict.fromkeys(signals))
    assert first.index("initialized") == 0 and first.index("get_generators") == 1
    assert set(SIGNALS) - set(signals) == {"feed_generated", "feed_written"}  # the portal's feeds are not Pelican's
    order = [
        "article_generator_preread",
        "article_generator_context",
        "content_object_init",
        "article_generator_pretaxonomy",
        "article_generator_finalized",
        "page_generator_finalized",
        "static_generator_preread",
        "static_generator_context",
        "static_generator_finalized",
        "all_generators_finalized",
        "get_writer",
        "article_generator_write_article",
        "content_written",
        "article_writer_finalized",
        "page_writer_finalized",
        "finalized",
    ]
    assert [name for name in first if name in order] == order
    count = {name: signals.count(name) for name in first}
    assert count["article_generator_context"] == 4 and count["page_generator_context"] == 1
    assert count["content_object_init"] == 6  # and that of the static file
    assert count["article_generator_write_article"] == 3 and count["page_generator_write_page"] == 1
    assert signals[-1] == "finalized"


# --- articles ---


def test_an_article_has_what_pelican_promises(portal: Portal) -> None:
    portal.plugin(
        "looks",
        """
def look(generator):
    for a in generator.articles:
        if a.slug != "mot-bai": continue
        record(type(a).__mro__[2].__name__, a.title, a.url, a.save_as, a.lang, a.in_default_lang, a.status, a.template)
        record(str(a.category), [str(t) for t in a.tags], [str(x) for x in a.authors], str(a.author), a.summary, \
a.content)
        record(a.date.isoformat(), a.locale_date, a.date.tzinfo.key, str(a.timezone), a.relative_source_path, \
Path(a.source_path).exists())
        record([t.url for t in a.translations], a.translations[0].in_default_lang, a.metadata["title"], \
str(a.metadata["category"]))
        record(a.settings["SITEURL"], a.category.url, a.tags[0].save_as, a.get_siteurl())
def register(): signals.article_generator_finalized.connect(look)
""",
    )
    portal.build_successfully()
    assert portal.recorded("looks") == [
        ["Story", "Một bài", "bai-viet/mot-bai/", "bai-viet/mot-bai/index.html", "vi", True, "published", "article"],
        ["Xã hội", ["lũ", "mưa"], ["Ban Biên tập"], "Ban Biên tập", "Tóm tắt", "<p>Chữ của <em>bài</em>.</p>"],
        [
            "2026-01-02T00:00:00+07:00",
            "02/01/2026",
            "Asia/Ho_Chi_Minh",
            "Asia/Ho_Chi_Minh",
            "articles/2026/mot-bai.md",
            True,
        ],
        [["en/bai-viet/mot-bai/"], False, "Một bài", "Xã hội"],
        ["https://vanson.example", "chuyen-muc/xa-hoi/", "chu-de/lu/index.html", "https://vanson.example"],
    ]


def test_what_a_plugin_changes_in_an_article_is_shown_everywhere(portal: Portal) -> None:
    portal.plugin(
        "changes",
        """
def change(content):
    if getattr(content, "slug", "") == "mot-bai" and content.lang == "vi": content._content += "<p>Thêm.</p>"
def more(generators):
    generators[0].articles[0].title += "!"
def register():
    signals.content_object_init.connect(change)
    signals.all_generators_finalized.connect(more)
""",
    )
    portal.build_successfully(FEED_FULL_TEXT=True)
    assert "<p>Thêm.</p>" in portal.text("bai-viet/mot-bai/index.html")
    assert "Thêm." in portal.text("tin-moi/feed.atom") and "Thêm." in portal.text("api/v1/articles/mot-bai.json")
    assert sum("!</a>" in text.decode() for name, text in portal.files().items() if name.endswith("index.html")) > 2


def test_metadata_that_a_plugin_changes_decide_where_an_article_is_listed(portal: Portal) -> None:
    portal.plugin(
        "changes",
        """
from pelican.urlwrappers import Category, Tag
def change(generator, metadata):
    if metadata["slug"] == "mot-bai" and metadata["lang"] == "vi":
        metadata["category"] = Category("Nông nghiệp", generator.settings)
        metadata["tags"] = [Tag("hồi", generator.settings)]
        metadata["rating_custom"] = 5
    if metadata["slug"] == "an-article": metadata["status"] = "draft"
def register(): signals.article_generator_context.connect(change)
""",
    )
    portal.build_successfully()
    assert "/bai-viet/mot-bai/" in portal.text("chuyen-muc/nong-nghiep/index.html")
    assert (portal.output / "chu-de/hoi/index.html").exists() and not (portal.output / "chu-de/lu").exists()
    assert not (portal.output / "en/bai-viet/an-article").exists()


def test_articles_that_a_plugin_removes_are_not_published(portal: Portal) -> None:
    portal.plugin(
        "takes",
        """
def take(generator): generator.articles = [a for a in generator.articles if a.slug != "an-article"]
def register(): signals.article_generator_pretaxonomy.connect(take)
""",
    )
    portal.build_successfully()
    assert not (portal.output / "en/bai-viet/an-article").exists()
    assert (portal.output / "bai-viet/mot-bai/index.html").exists()


def test_attributes_that_a_plugin_adds_are_available_in_templates(portal: Portal) -> None:
    portal.plugin(
        "adds",
        """
def add(generator):
    for article in generator.articles: article.custom = f"custom-{article.slug}"
    generator.context["everywhere"] = "in every page"
def register(): signals.article_generator_finalized.connect(add)
""",
    )
    source = (Path(__file__).parents[2] / "theme/templates/footer.html").read_text(encoding="utf-8")
    article = (Path(__file__).parents[2] / "theme/templates/article.html").read_text(encoding="utf-8")
    editors.write_file(portal.folder, "overrides/footer.html", source)
    editors.write_file(
        portal.folder,
        "overrides/article.html",
        article.replace("{% block main %}", "{% block main %}{{ article.custom }} {{ everywhere }}"),
    )
    portal.build_successfully(THEME_TEMPLATES_OVERRIDES=[str(portal.folder / "overrides")])
    assert "custom-mot-bai in every page" in portal.text("bai-viet/mot-bai/index.html")


# --- generators and context ---


def test_generators_have_pelicans_lists(portal: Portal) -> None:
    portal.plugin(
        "looks",
        """
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
def look(generators):
    a, p, s = (next(g for g in generators if isinstance(g, k)) for k in (ArticlesGenerator, PagesGenerator, \
StaticGenerator))
    slugs = lambda items: [(x.slug, x.lang) for x in items]
    record(slugs(a.articles), slugs(a.translations), slugs(a.drafts), slugs(a.dates), a.hidden_articles, \
a.related_posts)
    record([(str(c), slugs(x)) for c, x in a.categories], sorted((str(t), slugs(x)) for t, x in a.tags.items()))
    record([(str(c), slugs(x)) for c, x in a.authors], slugs(p.pages), [x.relative_source_path for x in s.staticfiles])
    c = a.context
    record(slugs(c["articles"]), slugs(c["dates"]), slugs(c["pages"]), [str(x) for x, _ in c["categories"]], \
[str(x) for x, _ in c["authors"]])
    record(sorted(c["generated_content"]), sorted(c["static_content"]), sorted(c["static_links"]), c["SITENAME"], \
c["localsiteurl"])
    record([x["url"] for x in c["period_archives"]["month"]], sorted(str(x) for x, _ in c["tags"]))
def register(): signals.all_generators_finalized.connect(look)
""",
    )
    editors.write_file(portal.content, "documents/a.txt", "a document")
    editors.write_article(
        portal.content, "van-ban.md", "[Văn bản](../../documents/a.txt)", title="Có văn bản", date="2026-02-03"
    )
    portal.build_successfully()
    every = [["van-ban", "vi"], ["an-article", "en"], ["mot-bai", "vi"]]
    content = [f"articles/2026/{n}.md" for n in ("an-article.en", "mot-bai.en", "mot-bai", "nhap", "van-ban")]
    assert portal.recorded("looks") == [
        [every, [["mot-bai", "en"]], [["nhap", "vi"]], every, [], []],
        [[["Xã hội", every]], [["lũ", [["mot-bai", "vi"]]], ["mưa", [["mot-bai", "vi"]]]]],
        [[["Ban Biên tập", every]], [["gioi-thieu", "vi"]], ["documents/a.txt"]],
        [every, every, [["gioi-thieu", "vi"]], ["Xã hội"], ["Ban Biên tập"]],
        [
            [*content, "pages/gioi-thieu.md"],
            ["documents/a.txt"],
            ["documents/a.txt"],
            "Cổng thông tin điện tử tỉnh Vân Sơn",
            "https://vanson.example",
        ],
        [["luu-tru/2026/02/", "luu-tru/2026/01/"], ["lũ", "mưa"]],
    ]


GENERATOR = """
from pelican.generators import Generator
from jinja2 import Template
class Own(Generator):
    def generate_context(self): self.context["custom"] = 7
    def generate_output(self, writer):
        record(type(self).__name__, Path(writer.output_path).is_dir())
        writer.write_file("own/page.html", Template("<p>{{ custom }} {{ SITENAME }} {{ extra }}</p>"), self.context, \
extra="more")
        writer.write_feed(self.context["news"].published[:1], self.context, "own/feed.xml", feed_type="rss")
class Odd:
    def __init__(self, *_, **__): pass
    def generate_output(self, writer): record("Odd", sorted(p.name for p in Path(writer.output_path).glob("[!.]*"))[:1])
def register(): signals.get_generators.connect(lambda pelican: (Own, Odd), weak=False)
"""


def test_a_plugins_own_generator_writes_files_of_the_site(portal: Portal) -> None:
    portal.plugin("own", GENERATOR)
    portal.build_successfully()
    assert "7 Cổng thông tin điện tử tỉnh Vân Sơn more" in portal.text("own/page.html")
    assert "<title>Một bài</title>" in portal.text(
        "own/feed.xml"
    ) or "<title>An ordinary article</title>" in portal.text("own/feed.xml")
    assert portal.recorded("own") == [["Own", True], ["Odd", ["400.html"]]]
    portal.plugins.clear()
    portal.build_successfully()
    assert not (portal.output / "own").exists()


def test_a_features_own_generator_writes_files_of_the_site_too(portal: Portal) -> None:
    portal.plugin(
        "own",
        GENERATOR.replace("(Own, Odd)", "Own") + "from plugins.features import Feature\nfeature = Feature(__file__)\n",
    )
    portal.build_successfully()
    assert "7 Cổng thông tin điện tử tỉnh Vân Sơn more" in portal.text("own/page.html")
    assert "<rss" in portal.text("own/feed.xml")
    assert portal.build_successfully().counts == (0, 0, 0)


def test_a_writer_of_a_plugin_writes_the_pages(portal: Portal) -> None:
    portal.plugin(
        "writes",
        """
from pelican.writers import Writer
class Own(Writer):
    def write_file(self, name, *arguments, **named):
        super().write_file(name, *arguments, **named)
        file = Path(self.output_path, name)
        file.write_text(file.read_text().replace("</body>", "<!-- custom --></body>"))
def register(): signals.get_writer.connect(lambda pelican: Own, weak=False)
""",
    )
    portal.build_successfully()
    assert all(
        "<!-- custom -->" in portal.text(name)
        for name in ("index.html", "bai-viet/mot-bai/index.html", "tin-moi/index.html")
    )


# --- the output folder ---


def test_pages_can_be_rewritten_as_they_are_written(portal: Portal) -> None:
    portal.plugin(
        "rewrites",
        """
def rewrite(path, context):
    thing = context.get("article") or context.get("page")
    record(context["output_file"], getattr(thing, "slug", ""), context["SITEURL"])
    file = Path(path)
    file.write_text(file.read_text() + "<!-- rewritten -->")
def register(): signals.content_written.connect(rewrite)
""",
    )
    portal.build_successfully()
    pages = [name for name in portal.files() if name.endswith(".html")]
    slugs = {name: slug for name, slug, _ in portal.recorded("rewrites")}
    assert sorted(slugs) == sorted(pages)
    assert all(portal.text(name).endswith("<!-- rewritten -->") for name in pages)
    assert {name: slug for name, slug in slugs.items() if slug} == {
        "bai-viet/mot-bai/index.html": "mot-bai", "en/bai-viet/mot-bai/index.html": "mot-bai",
        "en/bai-viet/an-article/index.html": "an-article", "gioi-thieu/index.html": "gioi-thieu",
    }  # fmt: skip


def test_at_the_end_the_complete_new_site_is_in_the_output_folder(portal: Portal) -> None:
    portal.build_successfully()
    names = sorted(portal.files())
    portal.plugin(
        "looks",
        """
def look(pelican):
    folder = Path(pelican.output_path)
    record(sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()))
    record(pelican.settings["OUTPUT_PATH"] == pelican.output_path)
def register(): signals.finalized.connect(look)
""",
    )
    portal.build_successfully()
    assert portal.recorded("looks") == [[names], [True]]


def test_a_plugins_file_at_the_address_of_a_features_is_reported(portal: Portal) -> None:
    portal.plugin(
        "robots",
        """
def write(pelican): Path(pelican.output_path, "robots.txt").write_text("of the plugin")
def register(): signals.finalized.connect(write)
""",
    )
    result = portal.build_successfully()
    assert portal.text("robots.txt") == "of the plugin"
    assert "robots.txt: warning: both plugins.sitemap and a plugin for Pelican make this file" in result.complaints


def test_a_check_writes_nothing(portal: Portal) -> None:
    from plugins.portal import command

    portal.plugin("writes", "def write(generators): Path(generators[0].output_path, 'early.txt').write_text('early')\n"
                  "def register(): signals.all_generators_finalized.connect(write)\n")  # fmt: skip
    portal.build_successfully()
    assert portal.text("early.txt") == "early"
    (portal.output / "early.txt").unlink()
    import os

    child = os.fork()
    if not child:
        named = {"PLUGINS": portal.plugins, "PLUGIN_PATHS": [str(portal.folder / "elsewhere")]}
        paths = {"PATH": str(portal.content), "OUTPUT_PATH": str(portal.output), "CACHE_PATH": str(portal.cache)}
        os._exit(command.check(**named, **paths))
    assert os.waitpid(child, 0)[1] == 0
    assert not (portal.output / "early.txt").exists()


def test_a_reader_of_a_plugin_is_not_used(portal: Portal) -> None:
    portal.plugin(
        "reads",
        """
from pelican.readers import BaseReader
class Own(BaseReader):
    enabled, file_extensions = True, ["own"]
    def read(self, path): return "<script>alert(1)</script>", {"title": "Own", "category": "x", "date": "2026-01-01"}
def add(readers): readers.reader_classes["own"] = Own
def register(): signals.readers_init.connect(add)
""",
    )
    editors.write_file(portal.content, "articles/2026/a.own", "anything")
    portal.build_successfully()
    assert not [name for name, data in portal.files().items() if b"alert(1)" in data]
