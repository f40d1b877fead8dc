"""The portal and other generators: how each takes an article in its own format, and the command that builds it."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from . import corpus
from .corpus import ROOT, Article

THEMES = Path(__file__).resolve().parent / "themes"


class Peer:
    """A site generator in a folder of its own.

    name: its name in the tables. output: the folder of its site. build_folders: what `clean` removes besides.
    templates: the folder of templates in which `edit_template` changes the article's page.
    """

    name = ""
    template = "theme/templates/article.html"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output"
        self.build_folders: list[Path] = []

    @property
    def command(self) -> list[str | Path]:
        raise NotImplementedError

    def prepare(self, cache: Path) -> None:
        """Write everything except articles. cache: a folder that is kept from one size to the next."""
        raise NotImplementedError

    def take(self, article: Article) -> None:
        """Write an article, new or changed."""
        path = self.path(article)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text(article), encoding="utf-8")

    def drop(self, article: Article) -> None:
        """Delete an article."""
        self.path(article).unlink()

    def path(self, article: Article) -> Path:
        return corpus.path(self.folder / "content", article)

    def text(self, article: Article) -> str:
        raise NotImplementedError

    def clean(self) -> None:
        """Remove all that a build has made.

        A system that has just deleted thousands of files is slow to create new ones.
        """
        for path in filter(Path.exists, (self.output, *self.build_folders)):
            path.rename(Path(tempfile.mkdtemp(dir=self.folder.parent, prefix="away-")) / path.name)

    def edit_template(self, number: int) -> None:
        """Change the template of an article's page."""
        path = self.folder / self.template
        text = re.sub(r"<article[^>]*>", f'<article data-edit="{number}">', path.read_text("utf-8"), count=1)
        path.write_text(text, "utf-8")

    def page(self, article: Article) -> str:
        """Return the finished page of an article; empty if there is none."""
        path = self.output / "bai-viet" / article.slug / "index.html"
        return path.read_text("utf-8") if path.exists() else ""


class Portal(Peer):
    """This portal, built as editors do: python3 tasks.py build.

    Only its pages and feeds, as no other generator makes more.
    """

    name = "portal"
    without: tuple[str, ...] = ("plugins.search", "plugins.api")

    def prepare(self, cache: Path) -> None:
        self.build_folders = [self.folder / "output.state"]
        corpus.write(self.folder / "content", 0)
        shutil.copytree(ROOT / "theme", self.folder / "theme")
        settings = f"from publishconf import *\nTHEME = {str(self.folder / 'theme')!r}\nCACHE_PATH = {str(cache)!r}\n"
        settings += f"PLUGINS = [name for name in PLUGINS if name not in {self.without}]\n"
        (self.folder / "settings.py").write_text(settings, "utf-8")

    @property
    def command(self) -> list[str | Path]:
        options = ["--content", "content", "--output", "output", "--config", self.folder / "settings.py"]
        # no other generator makes PDFs or reads aloud; `bench pdf` and `bench audio` measure that
        return [sys.executable, ROOT / "tasks.py", "build", "--no-pdf", "--no-audio", *options]

    def take(self, article: Article) -> None:
        corpus.write_article(self.folder / "content", article)


class WholePortal(Portal):
    """The portal with its search and web service."""

    name = "portal, whole"
    without = ()


class LeanPortal(Portal):
    """The portal's generator with the pages of the others: no feature but neighbours, and an equally lean theme."""

    name = "portal, lean"
    plugins = ("plugins.neighbors",)

    def prepare(self, cache: Path) -> None:
        super().prepare(cache)
        shutil.copytree(THEMES / "portal", self.folder / "theme/templates", dirs_exist_ok=True)
        with (self.folder / "settings.py").open("a", encoding="utf-8") as settings:
            settings.write(f"PLUGINS = {list(self.plugins)}\n")


class Pelican(Peer):
    """Stock Pelican with a lean theme."""

    name = "Pelican"
    cached = False
    template = "theme/templates/article.html"

    def prepare(self, cache: Path) -> None:
        self.build_folders = [self.folder / "cache"]
        corpus.pictures(self.folder / "content/images")
        shutil.copytree(THEMES / "pelican", self.folder / "theme")
        settings = (self.folder / "theme/settings.py").read_text("utf-8")
        settings += f"CACHE_CONTENT = LOAD_CONTENT_CACHE = {self.cached}\n"
        (self.folder / "settings.py").write_text(settings, "utf-8")

    @property
    def command(self) -> list[str | Path]:
        return [
            sys.executable,
            "-m",
            "pelican",
            "content",
            "-s",
            "settings.py",
            "-o",
            "output",
            "--fatal",
            "errors",
            "-q",
        ]

    def text(self, article: Article) -> str:
        header = [
            f"Title: {article.title}",
            f"Date: {article.date:%Y-%m-%d %H:%M}",
            f"Category: {article.category}",
            f"Tags: {', '.join(article.tags)}",
            f"Authors: {article.author}",
            f"Slug: {article.slug}",
            f"Summary: {article.lead}",
            "",
        ]
        return "\n".join([*header, article.body.replace("{images}", "{static}/images"), ""])


class CachedPelican(Pelican):
    """Stock Pelican with its cache of read sources."""

    name = "Pelican, cached"
    cached = True


class Hugo(Peer):
    """Hugo with a lean theme."""

    name = "Hugo"
    template = "layouts/single.html"

    def prepare(self, cache: Path) -> None:
        self.build_folders = [self.folder / "resources", self.folder / "cache"]
        shutil.copytree(THEMES / "hugo", self.folder, dirs_exist_ok=True)
        corpus.pictures(self.folder / "static/images")

    @property
    def command(self) -> list[str | Path]:
        hugo = Path(sys.executable).with_name("hugo")
        return [hugo, "--quiet", "--destination", "output", "--cacheDir", self.folder / "cache"]

    def path(self, article: Article) -> Path:
        return self.folder / "content/bai-viet" / f"{article.date:%Y}" / f"{article.slug}.md"

    def text(self, article: Article) -> str:
        header = [
            "---",
            f'title: "{article.title}"',
            f"date: {article.date:%Y-%m-%dT%H:%M:00+07:00}",
            f"categories: [{article.category}]",
            f"tags: [{', '.join(article.tags)}]",
            f"authors: [{article.author}]",
            f'months: ["{article.date:%Y-%m}"]',
            f"slug: {article.slug}",
            f'summary: "{article.lead}"',
            "---",
            "",
        ]
        return "\n".join([*header, article.body.replace("{images}", "/images"), ""])


PEERS: tuple[type[Peer], ...] = (Portal, WholePortal, LeanPortal, Hugo, Pelican, CachedPelican)


def versions() -> dict[str, str]:
    """Return the versions of the generators that are compared."""
    return {
        "Python": sys.version.split()[0],
        **{name: version(name) for name in ("Pelican", "Markdown", "Jinja2", "Hugo")},
    }
