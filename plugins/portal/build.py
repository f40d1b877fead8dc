"""The build: a run of Pelican that renders only what has changed, and publishes everything or nothing."""

from __future__ import annotations

import gc
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.settings import DEFAULT_CONFIG

from plugins import features, i18n, languages, markdown_reader, owner_settings, pictures
from plugins.addresses import output_name
from plugins.artifacts import Cache
from plugins.i18n import translate
from plugins.incremental.fingerprints import Fingerprints
from plugins.incremental.site import Changes
from plugins.incremental.state import State, copy, discard, state_file, state_folder
from plugins.pelican_bridge import loading, log, pelican_internals, staging
from plugins.pelican_bridge.generators import PageListGenerator
from plugins.pelican_bridge.staging import StagedSite, WritingSite
from plugins.pelican_bridge.static import StaticFiles
from plugins.pelican_bridge.template_pages import TemplatePages
from plugins.problems import ContentError, Problem, display_path
from plugins.problems.files import why_unwritable

from . import ended_addresses, jinja_patches, links, navigation, publishing
from .build_lock import build_lock
from .content_checks import missing_content
from .generator_context import generator_context, prepare_environment
from .generators import NewsGenerator
from .outputs import BuildContext

ROOT = Path(__file__).resolve().parents[2]
STAGES = (markdown_reader, pictures)  # parts of every build that listen to Pelican's signals


class Portal(Pelican):  # type: ignore[misc]  # Pelican has no type information
    """Reads what has changed, checks everything, renders what depends on it, and publishes it.

    Attributes:
        published_folder: The folder that readers see.
        foreign_plugins: The names of the plugins that were written for any Pelican site. With one of them, every build
            renders everything, in a folder that is `output_path` until it is published.
        changes: After a build, the numbers of files written, removed and so on.
        read: After a build, the number of files of content that were read or have been removed.
        articles: After a build, the number of published articles.
        notes: After a build or check, the warnings and open reviews.
        news: After a build, the generator that has all stories.
        site: After a build, the site with the reason for each file that was rendered.
        seconds: How long the build took.
        errors: What kept the last build from publishing.
        ended: The published addresses that would end without a word.
    """

    foreign_plugins: list[str]
    changes: Changes
    read: int
    articles: int
    notes: list[Problem]
    news: NewsGenerator
    site: WritingSite
    seconds: float
    errors: list[Problem]

    def __init__(self, settings: dict[str, Any]) -> None:
        self.errors = []
        self.ended: list[ended_addresses.Ended] = []
        self._plugin_problems: list[Problem] = []  # reported by the next build
        self.published_folder = Path(settings["OUTPUT_PATH"])
        if settings["SITENAME"] == DEFAULT_CONFIG["SITENAME"]:  # plugins and feeds of Pelican show it
            settings["SITENAME"] = _site_name(settings)
        try:
            super().__init__(settings)
        except Exception as error:  # raised by a plugin when it hears that all are loaded
            problem = loading.plugin_problem(error, self.plugins)
            if problem is None:
                raise
            self._plugin_problems.append(problem)

    def init_plugins(self) -> None:
        """Register the stages and the plugins of PLUGINS. What goes wrong with one is an error of the next build."""
        for stage in STAGES:
            stage.register()
        self.plugins, problems = loading.register(self.settings)
        self._plugin_problems += problems
        self.foreign_plugins = loading.foreign_names(self.plugins)
        self.settings["PLUGINS"] = [pelican_internals.get_plugin_name(plugin) for plugin in self.plugins]
        # here, before any fingerprint of the settings is taken
        features.apply_default_settings(self.settings, features.features_of(self.plugins))

    def run(self) -> None:
        """Build as `build` does; if Pelican's own command has called this, report in its way."""
        command = pelican_internals.command_of(sys._getframe(1))  # noqa: SLF001  # public, in spite of its name
        if command:
            log.run(self, keep_going=command == "autoreload")
        else:
            self.build()

    def problems_of(self, error: Exception) -> list[Problem]:
        """Return what is wrong if a build has raised this exception; nothing if only a programmer can act on it."""
        if isinstance(error, ContentError):
            return error.problems
        plugin_problem = loading.plugin_problem(error, self.plugins)
        if plugin_problem:
            return [plugin_problem]
        if isinstance(error, OSError):  # a full disk, a folder of somebody else's
            return [Problem(display_path(error.filename or self.output_path), 0, why_unwritable(error))]
        if isinstance(error, sqlite3.Error):
            text = translate("{reason}; free some space or ask whoever looks after this machine", reason=str(error))
            return [Problem(display_path(self.output_path), 0, text)]
        return []

    def build(self, review: Callable[[list[Problem]], None] = lambda notes: None, on_copy: bool = False) -> None:
        """Build and publish.

        Args:
            review: Called with the warnings and open reviews just before anything is published; may raise.
            on_copy: Remember nothing, so that the next build finds what this one has found. For a `review` that raises.

        Raises:
            ContentError: Something is wrong, and the published site is as it was.
        """
        started = time.monotonic()
        try:
            self._build_once(review, "plan" if on_copy else "build")
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY):
                raise
            discard(state_file(self.published_folder))  # damaged or read-only
            self._build_once(review, "plan" if on_copy else "build")
        self.seconds = time.monotonic() - started

    def check(self) -> list[Problem]:
        """Read and proofread everything and publish nothing; return all problems, also open reviews and remarks."""
        from plugins.proofreading.content import proofread_files, without_repetitions  # builds do without

        with self._open_state("check") as state:
            try:
                self._read(state)
                self._check_links_of_settings(self.news.pages_as_read())
                problems = self.notes
            except ContentError as error:
                problems = error.problems
            langs, processes = languages.codes(self.settings), self.settings.get("JOBS")
            news = getattr(self, "context", {}).get("news")  # also where something in it cannot be published
            sources, build = getattr(news, "sources", None), getattr(news, "build", None)
            found = proofread_files(self.path, sources.stamps if sources else {}, langs, state, processes)
            is_compared = build and ended_addresses.is_of_content(self.published_folder, self.path)
            ended = self._ended_address_problems(build) if build and is_compared else []
            state.commit_reading()
        return [*without_repetitions(problems, found), *ended]

    def _ended_address_problems(self, build: BuildContext) -> list[Problem]:
        """Return an error for each address that would end without a word; `ended` has them."""
        if not self.settings.get("KEEP_ADDRESSES", True):
            return []
        self.ended = ended_addresses.find(self.published_folder, build)
        return list(ended_addresses.problems(self.ended, self.path))

    def _check_links_of_settings(self, is_published: Callable[[str], bool]) -> None:
        """Raise ContentError, with the notes too, if a link in the settings leads nowhere."""
        found = navigation.dead_links(
            self.settings, self.news.editions.values(), self.context["addresses"], is_published
        )
        _raise_errors([*self.notes, *owner_settings.located(self.settings, found)])

    def next_change(self) -> datetime | None:
        """Return the next time at which something published changes though no file does; None if there is none.

        Reads what has changed and publishes nothing.

        Raises:
            ContentError: Something is wrong.
        """
        with self._open_state("due") as state:
            self._read(state)
            state.commit_reading()
            return self.next_change_read()

    def next_change_read(self) -> datetime | None:
        """Return the same as `next_change` of what has been read."""
        build = self.news.build
        dates = (story.published_at for story in self.news.all_stories if story.status == "published")
        times = [*self.news.status_changes, *(datetime.fromtimestamp(date, build.now.tzinfo) for date in dates)]
        for feature in self.context["page_values"]["features"]:
            times += feature.next_changes(build)
        return min((time for time in times if time > build.now), default=None)

    def summary(self) -> str:
        """Return a line on what a build did, and a line on how to look at it."""
        summary = translate(
            "{articles} articles: {read} read, {rendered} files made, {written} written, "
            "{unchanged} unchanged, {removed} removed, {seconds:.1f} s",
            articles=self.articles,
            read=self.read,
            seconds=self.seconds,
            **vars(self.changes),
        )
        if self.foreign_plugins:
            remark = translate(
                "{plugins}: with a plugin that was written for any Pelican site, every build makes everything anew",
                plugins=", ".join(self.foreign_plugins),
            )
            summary = f"{summary}\n{remark}"
        where = translate(
            "The portal is in {folder}. To look at it: python3 tasks.py serve",
            folder=display_path(self.output_path) + "/",
        )
        return f"{summary}\n{where}"

    def _build_once(self, review: Callable[[list[Problem]], None], command: str) -> None:
        problems = [*missing_content(self.settings), *publishing.settings_problems(self.settings)]
        if problems:
            raise ContentError(problems)
        with self._open_state(command) as state:
            generators = self._read(state)
            work_folder = state_folder(self.published_folder)
            ways, jobs = publishing.ways(self.settings), self.settings.get("JOBS")
            self.site = WritingSite(self.published_folder, work_folder, state, jobs, ways)
            self.site.settings = self.settings
            if self.foreign_plugins:
                self._stage(generators)
            else:
                self._add_outputs(generators, self.site)
            published = self.news.published
            self.notes += links.dead_link_problems(published, self.site.requested, self.path, self.context["addresses"])
            self._check_links_of_settings(lambda address: links.is_output(address, self.site.requested))
            if not self.settings.get("FORCE"):
                publishing.check_removal(self.site, self.context["addresses"], self.path, is_empty=not published)
                _raise_errors(self._ended_address_problems(self.news.build))
            self._artifacts.prune()
            review(self.notes)
            # of what was withdrawn now, no picture and no part of the index stays
            withdraws = any(output_name(url) in self.site.reasons for url in self.news.build.gone_pages.values())
            lasting = self.context["page_values"]["assets"].immutable_paths
            self.changes = self.site.publish(lasting, keeps_obsolete=not withdraws)
            if not self.settings["SHOW_DRAFTS"]:
                ended_addresses.record(self.published_folder, self.news.build)
            if not self.foreign_plugins:
                signals.finalized.send(self)

    def _stage(self, generators: list[Any]) -> None:
        """Write a whole new site where foreign plugins may write too, and add what lies there in the end."""
        staged = StagedSite(Path(self.output_path), self._get_writer())
        for generator in generators:
            if hasattr(generator, "refresh_metadata_intersite_links"):
                generator.refresh_metadata_intersite_links()
        self._add_outputs(generators, staged)
        staged.write_requested()
        signals.finalized.send(self)
        self.notes += staged.overwritten(self.plugins)
        staged.add_all_to(self.site)

    def _add_outputs(self, generators: list[Any], site: WritingSite | StagedSite) -> None:
        publishing.add_outputs(site, generators, self.news, Path(self.path), Path(self.theme))

    @contextmanager
    def _open_state(self, command: str) -> Iterator[State]:
        """Provide the state that a command keeps of the output folder, for one build at a time."""
        i18n.add_catalogues(self.theme, self.plugins, self.settings.get("WORDS"))
        fingerprints = Fingerprints(self.settings, ROOT, self.plugins)
        file = state_file(self.published_folder, command)
        cache = Cache(Path(self.settings["CACHE_PATH"]) / "artifacts", fingerprints.rendering)
        with build_lock(file.parent), self._folder_for_foreign_plugins(), closing(cache) as self._artifacts:
            if command == "plan":
                copy(state_file(self.published_folder), file)
            if self.foreign_plugins:
                discard(file)
            state = State(file, fingerprints.reading)
            was_collecting = gc.isenabled()
            gc.disable()  # nearly all objects live until the end
            try:
                yield state
            finally:
                if was_collecting:
                    gc.enable()
                state.close()

    @contextmanager
    def _folder_for_foreign_plugins(self) -> Iterator[None]:
        """With foreign plugins, use a folder of its own as everybody's output folder until the site is published."""
        if not self.foreign_plugins:
            yield
            return
        folder = staging.empty_folder(state_folder(self.published_folder) / "site")
        self.output_path = self.settings["OUTPUT_PATH"] = str(folder)
        try:
            yield
        finally:
            self.output_path = self.settings["OUTPUT_PATH"] = str(self.published_folder)
            shutil.rmtree(folder, ignore_errors=True)

    def _read(self, state: State) -> list[Any]:
        """Have all generators read the content, and return them, that of the articles first."""
        active = features.features_of(self.plugins)
        self.context = generator_context(
            self.settings,
            Path(self.theme),
            active,
            state,
            self._artifacts,
            self._plugin_problems,
            bool(self.foreign_plugins),
        )
        generators = self._create_generators()
        for generator in generators:
            if hasattr(generator, "generate_context"):
                generator.generate_context()
        signals.all_generators_finalized.send(generators)
        news: NewsGenerator = generators[0]
        problems: list[Problem] = self.context["problems"]
        _raise_errors(problems)
        for feature in active:
            problems += feature.finish(news.build)
        _raise_errors(problems)
        for feature in active:
            news.env.globals.update(feature.template_globals(news.build))
            news.env.filters.update(feature.template_filters(news.build))
        if not self.foreign_plugins:  # which may give templates further names later
            jinja_patches.install(news.env)
        self.news = news
        self.notes = sorted(problems)
        self.read = len(news.sources.changed)
        self.articles = sum(story.kind == "article" for story in news.published)
        return generators

    def _create_generators(self) -> list[Any]:
        generators = [
            generator_class(
                context=self.context,
                settings=self.settings,
                path=self.path,
                theme=self.theme,
                output_path=self.output_path,
            )
            for generator_class in self._get_generator_classes()
        ]
        jinja_options, cache = self.settings["JINJA_ENVIRONMENT"], Path(self.settings["CACHE_PATH"])
        for generator in generators:
            if hasattr(generator, "env"):
                prepare_environment(generator.env, self.context, jinja_options, cache)
        return generators

    def _get_generator_classes(self) -> list[type]:
        """Return the classes of generators, with the portal's own in the place of Pelican's."""
        of_plugins = [c for c in super()._get_generator_classes() if c not in pelican_internals.REPLACED]
        page_lists = [PageListGenerator] if self.foreign_plugins else []
        template_pages = [TemplatePages] if self.settings["TEMPLATE_PAGES"] else []
        static_files = [StaticFiles] if self.foreign_plugins or self.settings["STATIC_PATHS"] else []
        return [NewsGenerator, *page_lists, *template_pages, *of_plugins, *static_files]


def _raise_errors(problems: list[Problem]) -> None:
    """Raise ContentError with all problems if one of them is an error."""
    if any(problem.level == "error" for problem in problems):
        raise ContentError(problems)


def _site_name(settings: Mapping[str, Any]) -> str:
    """Return the portal's name in its first language; "" if the settings lack it, which the build reports."""
    try:
        agency = settings["AGENCY"][settings["DEFAULT_LANG"]]
        return f"{agency['portal']} {agency['name']}"
    except (KeyError, TypeError):
        return ""
