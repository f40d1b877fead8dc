"""The build: Pelican's run, that makes only what has changed and publishes all or nothing."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemBytecodeCache, FileSystemLoader, PrefixLoader
from pelican import Pelican, signals
from pelican.settings import DEFAULT_CONFIG

from plugins import features, i18n, markdown_reader, pictures, web_server
from plugins.addresses import URLS
from plugins.artifacts import Cache
from plugins.features import assets, declaration_checks
from plugins.i18n import translate
from plugins.incremental import fingerprints
from plugins.incremental.site import Changes
from plugins.incremental.state import State, discard
from plugins.markdown_reader.front_matter import KEYS
from plugins.pelican_bridge import loading, log, pelican_internals, staging
from plugins.pelican_bridge.generators import Pages
from plugins.pelican_bridge.staging import StagedSite, WritingSite
from plugins.pelican_bridge.static import StaticFiles
from plugins.pelican_bridge.template_pages import TemplatePages
from plugins.problems import ContentError, Problem, display_path

from . import filters, kinds, links, reading, theme
from .editions import checked_addresses, editions
from .generators import NewsGenerator
from .stories import digest

MANY = 20  # so many articles may go without a question
ROOT = Path(__file__).resolve().parents[2]
STAGES = (markdown_reader, pictures)  # parts of every build that listen to Pelican's signals


class Portal(Pelican):
    """Reads what has changed, checks everything, makes what depends on it, then brings it over.

    After `run()`: `changes` (files), `read` and `articles` (numbers), `notes` (warnings and open
    reviews), `news` (all articles), `site` (why each file was made), `seconds`.

    published: the folder that readers see. foreign: the plugins that were written for any Pelican site; with one of
    them every build makes everything, in a folder that is `output_path` until it is published.
    """

    changes: Changes
    articles: int
    read: int
    notes: list[Problem]
    news: NewsGenerator
    site: WritingSite
    seconds: float

    def __init__(self, settings: dict[str, Any]) -> None:
        self._of_plugins: list[Problem] = []  # what went wrong before a build
        self.published = Path(settings["OUTPUT_PATH"])
        if settings["SITENAME"] == DEFAULT_CONFIG["SITENAME"]:  # plugins and feeds of Pelican show it
            settings["SITENAME"] = _name(settings)
        try:
            super().__init__(settings)
        except Exception as error:  # raised by a plugin when told that all are there
            problem = loading.plugin_problem(error, self.plugins)
            if problem is None:
                raise
            self._of_plugins.append(problem)

    def init_plugins(self) -> None:
        """Register the stages and the plugins of PLUGINS. What goes wrong with one is an error of the next build."""
        for stage in STAGES:
            stage.register()
        self.plugins, problems = loading.register(self.settings)
        self._of_plugins += problems
        self.foreign = loading.foreign_names(self.plugins)
        self.settings["PLUGINS"] = [pelican_internals.get_plugin_name(plugin) for plugin in self.plugins]
        # here, before any fingerprint of the settings is taken
        features.apply_default_settings(self.settings, features.features_of(self.plugins))

    def run(self) -> None:
        """`build`, for whoever calls it; started by Pelican's own command it reports as that does."""
        caller = pelican_internals.command_of(sys._getframe(1))
        if not caller:
            return self.build()
        from .command import summary

        return log.run(self, caller == "autoreload", self.problems_of, summary)

    def problems_of(self, error: Exception) -> list[Problem]:
        """What is wrong, where a build has ended with this exception; [] where only a programmer can act on it."""
        if isinstance(error, ContentError):
            return error.problems
        blamed = loading.plugin_problem(error, self.plugins)
        if blamed:
            return [blamed]
        if isinstance(error, OSError | sqlite3.Error):  # a full disk, a folder of somebody else's
            reason = getattr(error, "strerror", None) or str(error)
            where = display_path(getattr(error, "filename", None) or self.output_path)
            text = translate("{reason}; free some space or ask whoever looks after this machine", reason=reason)
            return [Problem(where, 0, text)]
        return []

    def build(self, review: Callable[[list[Problem]], None] = lambda notes: None) -> None:
        """Build and publish. Raises ContentError, with the published site as it was.

        review: gets the notes just before anything is published, and may raise.
        """
        self._review = review
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
        problems = no_content(self.settings)
        if problems:
            raise ContentError(problems)
        with self._state() as state:
            generators = self._read(state)
            self.site = WritingSite(self.published, self._beside, state, self.settings.get("JOBS"))
            self.site.settings = self.settings
            if self.foreign:
                self._stage(generators)
            else:
                self._ask(generators, self.site)
            published = self.news.published
            self.notes += links.dead_link_problems(published, self.site.requested, self.path)
            self._beware(published)
            self._artifacts.prune()
            self._review(self.notes)
            self.changes = self.site.publish()
            if not self.foreign:
                signals.finalized.send(self)

    def _stage(self, generators: list[Any]) -> None:
        """Make a whole new site where plugins of others may write too, and ask for what lies there in the end."""
        staged = StagedSite(Path(self.output_path), self._get_writer())
        for generator in generators:
            if hasattr(generator, "refresh_metadata_intersite_links"):
                generator.refresh_metadata_intersite_links()
        self._ask(generators, staged)
        staged.write_requested()
        signals.finalized.send(self)
        self.notes += staged.overwritten(self.plugins)
        staged.add_all_to(self.site)

    def _beware(self, published: list[Any]) -> None:
        """Refuse to take most of a portal away: mostly a slip, such as a wrong folder of content."""
        place = self.context["addresses"].resolve

        def articles(names: Iterable[str]) -> int:  # only: other pages come and go with them
            found = (place(name) for name in names if name.endswith(".html"))
            return sum(what is not None and what.name == "article" for what in found)

        gone = articles(self.site.obsolete)
        if self.settings.get("FORCE") or not gone or (published and gone <= MANY):
            return
        known = articles(self.site.owned.union(self.site.previous))
        if published and gone <= known // 2:
            return
        text = translate(
            "{gone} of {all} articles would be removed; if that is meant, build with --force", gone=gone, all=known
        )
        raise ContentError([Problem(display_path(self.path), 0, text)])

    def check(self) -> list[Problem]:
        """Read everything and publish nothing: all problems, warnings and open reviews."""
        try:
            with self._state() as state:
                self._read(state)
        except ContentError as error:
            return error.problems
        return self.notes

    def due(self) -> datetime | None:
        """The next moment at which something published is something else, with no file changed; None where there is
        none.

        Reads what has changed and publishes nothing. Raises ContentError.
        """
        with self._state() as state:
            self._read(state)
            news = self.news
            coming = [
                datetime.fromtimestamp(story.published_at, news.build.now.tzinfo)
                for story in news.found
                if story.status == "published"
            ]
            for feature in self.context["page"]["features"]:
                coming += feature.next_changes(news.build)
        return min((moment for moment in (*coming, *news.changes) if moment > news.build.now), default=None)

    @property
    def _beside(self) -> Path:
        """Our own folder beside the published one."""
        return self.published.with_name(self.published.name + ".state")

    @contextmanager
    def _state(self) -> Iterator[State]:
        """The state of this output folder, for one build at a time."""
        i18n.add_catalogues(self.theme, self.plugins)
        marks = fingerprints.Fingerprints(self.settings, ROOT, self.plugins)
        cache = Cache(Path(self.settings["CACHE_PATH"]) / "artifacts", marks.rendering)
        with build_lock(self._beside), self._folder_for_plugins(), closing(cache) as self._artifacts:
            if self.foreign:
                discard(self._beside / "build.sqlite")
            state = State(self._beside / "build.sqlite", marks.reading)
            collecting = gc.isenabled()
            gc.disable()  # nearly everything lives until the end
            try:
                yield state
            finally:
                if collecting:
                    gc.enable()
                state.close()

    @contextmanager
    def _folder_for_plugins(self) -> Iterator[None]:
        """For plugins of others, a folder that is everybody's output folder until the site is published."""
        if not self.foreign:
            yield
            return
        folder = staging.empty(self._beside / "site")
        self.output_path = self.settings["OUTPUT_PATH"] = str(folder)
        try:
            yield
        finally:
            self.output_path = self.settings["OUTPUT_PATH"] = str(self.published)
            shutil.rmtree(folder, ignore_errors=True)

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
            if hasattr(generator, "env"):
                _fit(generator, self.context["page"]["features"], Path(self.settings["CACHE_PATH"]))
        for generator in generators:
            if hasattr(generator, "generate_context"):
                generator.generate_context()
        signals.all_generators_finalized.send(generators)
        problems, active = self.context["problems"], self.context["page"]["features"]
        for feature in active if not any(problem.level == "error" for problem in problems) else ():
            problems += feature.finish(generators[0].build)
        if any(problem.level == "error" for problem in problems):
            raise ContentError(problems)
        for feature in active:
            generators[0].env.globals.update(feature.template_globals(generators[0].build))
            generators[0].env.filters.update(feature.template_filters(generators[0].build))
        self.notes = sorted(problems)
        self.news = generators[0]
        self.read = len(self.news.sources.changed)
        self.articles = sum(story.kind == "article" for story in self.news.published)
        return generators

    def _ask(self, generators: list[Any], site: WritingSite | StagedSite) -> None:
        def ask_file(address: str, file: Path) -> None:
            stat = file.stat()
            site.add_output(address, f"{stat.st_mtime_ns} {stat.st_size}", file.read_bytes)

        self.context["documents"] = links.linked_documents(self.news.published)
        for generator in generators:
            if hasattr(generator, "generate_output"):
                generator.generate_output(site)
        static = Path(self.theme) / "static"
        for file in sorted(path for path in static.rglob("*") if path.is_file()):
            ask_file(file.relative_to(static).as_posix(), file)
        for path in self.context["documents"]:
            ask_file(path, Path(self.path) / path)
        made: assets.Assets = self.context["page"]["assets"]
        rules = web_server.files(self.context["addresses"], made, self.news.build.redirects)
        for address, data in {**made.files, **rules}.items():
            site.add_output(address, fingerprints.digest_bytes(data), lambda data=data: data)

    def _context(self, state: State) -> dict[str, Any]:
        theme.check_theme(Path(self.theme), self.settings["THEME_TEMPLATES_OVERRIDES"])
        active = features.features_of(self.plugins)
        wrong = declaration_checks.problems(active, self.settings, Path(self.theme), kinds.OWN, KEYS, URLS)
        if wrong:
            raise ContentError(wrong)
        addresses = checked_addresses(self.settings, features.urls(active))
        state.addresses = addresses.pack()
        rules = reading.ReadingRules(self.settings, addresses, active)
        fragments = features.fragments(active)
        found = editions(self.settings, addresses, rules.values, rules.kinds)
        for edition in found.values():
            edition.language.words  # noqa: B018  # a catalogue that cannot be read is told before all else
        return {
            **self.settings,  # from here on as Pelican has it
            "generated_content": {},
            "static_content": {},
            "static_links": set(),
            "localsiteurl": self.settings["SITEURL"],
            "state": state,  # and from here on the portal's own
            "whole": bool(self.foreign),
            "rendering": self._artifacts.build_fingerprint,
            "artifacts": self._artifacts,
            "problems": [*self._of_plugins],
            "fragments": fragments,
            "now": reading.now(self.settings),
            "addresses": addresses,
            "rules": rules,
            "editions": found,
            # what every template gets
            "page": {
                "SITEURL": self.settings["SITEURL"],
                "features": active,
                "slots": features.slots(fragments),
                "assets": assets.cached_assets(self._artifacts, Path(self.theme), active, addresses),
                "vote": addresses.vote_url,
                "about": {feature.name: feature.article_context for feature in active},
            },
        }

    def _get_generator_classes(self) -> list[type]:
        theirs = [kind for kind in super()._get_generator_classes() if kind not in pelican_internals.REPLACED]
        pages = [TemplatePages] if self.settings["TEMPLATE_PAGES"] else []
        static = [StaticFiles] if self.foreign or self.settings["STATIC_PATHS"] else []
        return [NewsGenerator, *([Pages] if self.foreign else []), *pages, *theirs, *static]


def _name(settings: Mapping[str, Any]) -> str:
    """The portal's name in its first language; "" where the settings lack it, which the build tells."""
    try:
        agency = settings["AGENCY"][settings["DEFAULT_LANG"]]
        return f"{agency['portal']} {agency['name']}"
    except (KeyError, TypeError):
        return ""


class _Slots(DictLoader):
    """Templates that errors know by name."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, _, is_fresh = super().get_source(environment, template)
        return source, template, is_fresh


def no_content(settings: Mapping[str, Any]) -> list[Problem]:
    """What is wrong where the content folder is none."""
    if any(os.path.isdir(os.path.join(settings["PATH"], folder)) for folder in settings["ARTICLE_PATHS"]):
        return []
    folders = " ".join(settings["ARTICLE_PATHS"])
    text = translate("this is no folder of content: it has no {folders}", folders=folders)
    return [Problem(display_path(settings["PATH"]), 0, text)]


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
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
            print(translate("Another build is at work on {folder}; waiting for it", folder=folder.name), flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fit(generator: Any, active: list[features.Feature], cache: Path) -> None:
    """Give a generator's templates the features' fragments and the portal's filters."""
    rooms = PrefixLoader({feature.name: FileSystemLoader(feature.folder) for feature in active})
    options = digest(
        repr(generator.settings["JINJA_ENVIRONMENT"])
    )  # the same template is compiled otherwise with others
    compiled = cache / "templates" / options[:8]
    compiled.mkdir(parents=True, exist_ok=True)
    generator.env.loader = ChoiceLoader([rooms, _Slots(generator.context["fragments"]), generator.env.loader])
    generator.env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    languages = {lang: edition.language for lang, edition in generator.context["editions"].items()}
    generator.env.filters.update(filters.FILTERS | filters.language_filters(languages))
