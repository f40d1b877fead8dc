"""The portal and its peers: how each takes an article in its own format, and the command that builds it."""

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
    """A generator of sites in a folder of its own.

    name: as the tables call it. output: where its site is; made: what `clean` removes besides.
    templates: the folder of templates that `edit_template` changes the article's page in.
    """

    name = ""
    template = "theme/templates/article.html"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output"
        self.made: list[Path] = []

    @property
    def command(self) -> list[str | Path]:
        raise NotImplementedError

    def prepare(self, cache: Path) -> None:
        """Everything but articles. cache: a folder that stays from one size to the next."""
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
        """Take away all that a build has made.

        A system that has just deleted thousands of files makes new ones slowly.
        """
        for path in filter(Path.exists, (self.output, *self.made)):
            path.rename(Path(tempfile.mkdtemp(dir=self.folder.parent, prefix="away-")) / path.name)

    def edit_template(self, number: int) -> None:
        """Change the template of an article's page."""
        path = self.folder / self.template
        text = re.sub(r"<article[^>]*>", f'<article data-edit="{number}">', path.read_text("utf-8"), count=1)
        path.write_text(text, "utf-8")

    def page(self, article: Article) -> str:
        """The finished page of an article; empty where there is none."""
        path = self.output / "bai-viet" / article.slug / "index.html"
        return path.read_text("utf-8") if path.exists() else ""


class Portal(Peer):
    """This portal, as an editor starts it: python3 tasks.py build. Its pages and feeds, as no peer makes more."""

    name = "portal"
    without: tuple[str, ...] = ("plugins.search", "plugins.api")

    def prepare(self, cache: Path) -> None:
        self.made = [self.folder / "output.state"]
        corpus.write(self.folder / "content", 0)
        shutil.copytree(ROOT / "theme", self.folder / "theme")
        settings = f"from publishconf import *\nTHEME = {str(self.folder / 'theme')!r}\nCACHE_PATH = {str(cache)!r}\n"
        settings += f"PLUGINS = [name for name in PLUGINS if name not in {self.without}]\n"
        (self.folder / "settings.py").write_text(settings, "utf-8")

    @property
    def command(self) -> list[str | Path]:
        options = ["--content", "content", "--output", "output", "--config", self.folder / "settings.py"]
        # no peer makes PDFs or reads aloud; `bench pdf` and `bench audio` measure that
        return [sys.executable, ROOT / "tasks.py", "build", "--no-pdf", "--no-audio", *options]

    def take(self, article: Article) -> None:
        corpus.write_article(self.folder / "content", article)


class WholePortal(Portal):
    """With its search and web service."""

    name = "portal, whole"
    without = ()


class LeanPortal(Portal):
    """The portal's generator with the peers' pages: no feature but neighbours, and a theme as lean as theirs."""

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
        self.made = [self.folder / "cache"]
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
    """Stock Pelican that keeps what its readers gave."""

    name = "Pelican, cached"
    cached = True


class Hugo(Peer):
    """Hugo with a lean theme."""

    name = "Hugo"
    template = "layouts/single.html"

    def prepare(self, cache: Path) -> None:
        self.made = [self.folder / "resources", self.folder / "cache"]
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
    """The versions of what is compared."""
    return {
        "Python": sys.version.split()[0],
        **{name: version(name) for name in ("Pelican", "Markdown", "Jinja2", "Hugo")},
    }
