"""The build: Pelican's run, that makes only what has changed and publishes all or nothing."""

from __future__ import annotations

import gc
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, FileSystemBytecodeCache, FileSystemLoader, PrefixLoader
from pelican import Pelican, signals

from plugins import features, i18n
from plugins.artifacts import Cache
from plugins.checks import ContentError, Problem, short
from plugins.features import assets
from plugins.i18n import say
from plugins.incremental import fingerprints
from plugins.incremental.state import State, discard
from plugins.incremental.writer import Changes, Site

from . import filters, links, reading
from .editions import editions
from .generators import NewsGenerator
from .stories import digest

MANY = 20  # so many articles may go without a question
ROOT = Path(__file__).resolve().parents[2]


class Portal(Pelican):
    """Reads what has changed, checks everything, makes what depends on it, then brings it over.

    After `run()`: `changes` (files), `read` and `articles` (numbers), `notes` (warnings and open
    reviews), `news` (all articles), `site` (why each file was made), `seconds`.
    """

    changes: Changes
    articles: int
    read: int
    notes: list[Problem]
    news: NewsGenerator
    site: Site
    seconds: float

    def run(self) -> None:
        """Build and publish. Raises ContentError, with the published site as it was."""
        begun = time.monotonic()
        try:
            self._run()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY):
                raise
            discard(self._beside / "build.sqlite")  # damaged, or not to be written
            self._run()
        self.seconds = time.monotonic() - begun

    def _run(self) -> None:
        with self._state() as state:
            generators = self._read(state)
            self.site = Site(Path(self.output_path), self._beside, state, self.settings.get("JOBS"))
            self._ask(generators)
            published = self.news.published
            self.notes += links.dead_addresses(published, self.site.asked, self.path)
            self._beware(published)
            self._artifacts.tidy()
            self.changes = self.site.publish()

    def _beware(self, published: list[Any]) -> None:
        """Refuse to take most of a portal away: mostly a slip, such as a wrong folder of content."""
        within = "/" + self.settings["ARTICLE_URL"].partition("{")[0]  # of articles only: other pages come and go with them

        def articles(names: Iterable[str]) -> int:
            return sum(name.endswith(".html") and within in f"/{name}" for name in names)

        gone = articles(self.site.gone)
        if self.settings.get("FORCE") or not gone or (published and gone <= MANY):
            return
        known = articles(self.site.owned.union(self.site.known))
        if published and gone <= known // 2:
            return
        text = say("{gone} of {all} articles would be removed; if that is meant, build with --force", gone=gone, all=known)
        raise ContentError([Problem(short(self.path), 0, text)])

    def check(self) -> list[Problem]:
        """Read everything and publish nothing: all problems, warnings and open reviews."""
        try:
            with self._state() as state:
                self._read(state)
        except ContentError as error:
            return error.problems
        return self.notes

    @property
    def _beside(self) -> Path:
        """Our own folder beside the published one."""
        return Path(self.output_path.rstrip("/") + ".state")

    @contextmanager
    def _state(self) -> Iterator[State]:
        """The state of this output folder, for one build at a time."""
        i18n.add(Path(plugin.__file__).parent for plugin in self.plugins if hasattr(plugin, "__path__"))
        marks = fingerprints.Fingerprints(self.settings, ROOT, self.plugins)
        cache = Cache(Path(self.settings["CACHE_PATH"]) / "artifacts", marks.rendering)
        with alone(self._beside), closing(cache) as self._artifacts:
            state = State(self._beside / "build.sqlite", marks.reading)
            collecting = gc.isenabled()
            gc.disable()  # nearly everything lives until the end
            try:
                yield state
            finally:
                if collecting:
                    gc.enable()
                state.close()

    def _read(self, state: State) -> list[Any]:
        self.context = self._context(state)
        generators = [
            kind(
                context=self.context,
                settings=self.settings,
                path=self.path,
                theme=self.theme,
                output_path=self.output_path,
            )
            for kind in self._get_generator_classes()
        ]
        for generator in generators:
            _fit(generator, self.context["page"]["features"], Path(self.settings["CACHE_PATH"]))
            generator.generate_context()
        signals.all_generators_finalized.send(generators)
        problems = self.context["problems"]
        if any(problem.level == "error" for problem in problems):
            raise ContentError(problems)
        self.notes = sorted(problems)
        self.news = generators[0]
        self.read = len(self.news.sources.changed)
        self.articles = sum(story.kind == "article" for story in self.news.published)
        return generators

    def _ask(self, generators: list[Any]) -> None:
        for generator in generators:
            if hasattr(generator, "generate_output"):
                generator.generate_output(self.site)
        static = Path(self.theme) / "static"
        for file in sorted(path for path in static.rglob("*") if path.is_file()):
            self._ask_file(file.relative_to(static).as_posix(), file)
        for path in links.documents(self.news.published):
            self._ask_file(path, Path(self.path) / path)
        made: assets.Assets = self.context["page"]["assets"]
        rules = {"_headers": made.headers.encode(), "headers.conf": made.nginx.encode()}
        for address, data in {**made.files, **rules}.items():
            self.site.ask(address, fingerprints.of_bytes(data), lambda data=data: data)
        signals.finalized.send(self)

    def _ask_file(self, address: str, file: Path) -> None:
        stat = file.stat()
        self.site.ask(address, f"{stat.st_mtime_ns} {stat.st_size}", file.read_bytes)

    def _context(self, state: State) -> dict[str, Any]:
        active = features.features_of(self.plugins)
        fragments = features.fragments(active)
        return {
            "state": state,
            "rendering": self._artifacts.build,
            "artifacts": self._artifacts,
            "problems": [],
            "fragments": fragments,
            "findable": [],  # addresses of features' own pages that search engines should know
            "now": reading.now(self.settings),
            "editions": editions(self.settings),
            # what every template gets
            "page": {
                "SITEURL": self.settings["SITEURL"],
                "features": active,
                "slots": features.slots(fragments),
                "assets": assets.recalled(self._artifacts, Path(self.theme), active),
            },
        }

    def _get_generator_classes(self) -> list[type]:
        theirs = super()._get_generator_classes()[2:-1]  # neither Pelican's articles and pages nor its static files
        return [NewsGenerator, *theirs]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of an output folder; a second build says so and waits."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            import fcntl
        except ImportError:  # Windows: editors there build on their own machine
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(say("Another build is at work on {folder}; waiting for it", folder=folder.name), flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fit(generator: Any, active: list[features.Feature], cache: Path) -> None:
    """Give a generator's templates the features' fragments and the portal's filters."""
    rooms = PrefixLoader({feature.name: FileSystemLoader(feature.room) for feature in active})
    options = digest(repr(generator.settings["JINJA_ENVIRONMENT"]))  # the same template is compiled otherwise with others
    compiled = cache / "templates" / options[:8]
    compiled.mkdir(parents=True, exist_ok=True)
    generator.env.loader = ChoiceLoader([rooms, DictLoader(generator.context["fragments"]), generator.env.loader])
    generator.env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    generator.env.filters.update(filters.FILTERS)
