"""Everything that a feature may bring, and everything that it may be asked: one documented field or method each.

A feature is a folder whose `__init__.py` holds

    class ReadingTime(Feature):
        values = (Value("reading_time", "Reading time", {"page", "list"}, compute=minutes),)

    feature = ReadingTime(__file__)
    register = feature.register

and whose files fill the slots of the theme (see `plugins.features`). It may stand in plugins/, on PLUGIN_PATHS, or come
from PyPI; a line of PLUGINS names it. docs/features.md is the reference, with an example of each.

A feature lives as long as its process, which may build many times: what belongs to one build is set in `prepare`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.problems import Problem
    from plugins.statistics import Stats

Where = Literal["page", "list", "pdf", "feed", "api", "search", "voice"]
WHERE: frozenset[Where] = frozenset(("page", "list", "pdf", "feed", "api", "search", "voice"))
ARTICLES = ("article",)
ALL = ("article", "page")


@dataclass(frozen=True)
class Key:
    """A key of an article's header.

    name: as editors write it. check: makes a value of what is written, or raises ValueError with what is wrong (see
    plugins/markdown_reader/header_values.py). kinds: of content that have it. separators: for a list, what may separate its
    items where they stand in one line, the first that occurs; "" for one value. synonyms: other ways to write it.
    required: by these kinds. internal: about the work, not about the article; readers never get the line. machine:
    written by programs, so that the editors' guide need not name it.
    """

    name: str
    check: Callable[[str], Any]
    kinds: tuple[str, ...] = ARTICLES
    separators: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    internal: bool = False
    machine: bool = False


@dataclass(frozen=True)
class Value:
    """Something that is said of an article besides its title, lead, dates, people, source and text.

    name: of the value, as other systems read it. label: before it, an English msgid. where: places that show it.
    of: makes it of the header's checked values and the body's HTML, when the file is read: a text, a list of texts, or
    None where there is nothing to say; it must depend on nothing else. kinds: of content that have it.
    text: how a part of it is written in a language (its code); by default as it is.
    """

    name: str
    label: str
    where: frozenset[Where] | set[Where]
    compute: Callable[[Mapping[str, Any], str], str | list[str] | None]
    kinds: tuple[str, ...] = ARTICLES
    text: Callable[[str, str], str] = lambda part, lang: part


class Status(NamedTuple):
    """What a thing with dates is on a day.

    text: an English msgid. until: the first day on which it is something else, if any.
    """

    text: str
    until: date | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of content: articles, editors' pages (plugins/portal/kinds.py), a feature's notices, events, documents.

    It is a folder of Markdown files. Its things have a header, a page, a list with feeds, answers of the web service, a PDF and a recording, and are
    found by search, as articles are; in place of a category they have the kind.

    name: of one thing, as other systems read it, such as "notice". label: of all of them, an English msgid. folder:
    below the content folder; the setting NOTICE_PATHS names others. address: of its list; a thing stands below it. The
    settings NOTICE_LIST_URL and NOTICE_URL name others. keys: of its headers, besides those of articles but `category`
    and `featured`. template: of its pages: "FEATURE/page" for page.html of a feature's folder, or the theme's for
    articles. schema: the type of a thing for search engines (https://schema.org/). status: what a thing is on a day, of
    its header (dates as ISO 8601 texts) and that day; a build on the day on which that changes makes its pages anew.
    pdf, voice: whether its things have a PDF, a recording. listed: whether they stand in lists, feeds, the web service and
    search, and so have a date and a section; editors' pages do not.
    """

    name: str
    label: str
    folder: str
    address: str
    keys: tuple[Key, ...] = ()
    template: str = "article"
    schema: str = "Article"
    status: Callable[[Mapping[str, Any], date], Status | None] | None = None
    pdf: bool = True
    voice: bool = True
    listed: bool = True

    def is_among(self, kinds: Iterable[str]) -> bool:
        """Whether what is declared for some kinds is meant for this one: what articles have, all that is listed has."""
        return self.name in kinds or (self.listed and "article" in kinds)

    def folders(self, settings: Mapping[str, Any]) -> list[str]:
        """Where its files are, below the content folder: what the owner says, else its own folder."""
        return settings.get(f"{self.setting}_PATHS", [self.folder])

    @property
    def setting(self) -> str:
        """What the names of its settings begin with."""
        return self.name.upper()

    @property
    def urls(self) -> dict[str, str]:
        """Its settings of addresses, and what they are where the owner says nothing."""
        return {f"{self.setting}_URL": self.address + "{slug}/", f"{self.setting}_LIST_URL": self.address}


def header_value(name: str) -> Callable[[Mapping[str, Any], str], str | list[str] | None]:
    """For `Value.of`: the value of a header's key as it was checked."""
    return lambda header, body: header.get(name)


class Feature:
    """A reader's feature or a stage of publishing.

    file: `__file__` of its `__init__.py`. Fields below may be set on a subclass or given by name.
    """

    preferences: Mapping[str, tuple[str, ...]] = {}
    """What the reader can choose and the site remembers: name -> allowed values. A chosen value stands as `data-NAME`
    on <html>, before the first paint; without one the system decides."""

    on_demand: tuple[str, ...] = ()
    """Files of its folder (scripts, styles) that are published, but on no page from the start."""

    immutable_paths: tuple[str, ...] = ()
    """Folders of the site whose files never change under their name, to be cached for ever; in braces the places of
    plugins/addresses: "{search}chi-muc/"."""

    urls: Mapping[str, str] = {}
    """Settings that name addresses of its own, and what they are by default: {"HELLO_URL": "chao/"}."""

    settings: Mapping[str, Any] = {}
    """Its other settings, and what they are where the owner says nothing."""

    keys: tuple[Key, ...] = ()
    """Keys of headers that it brings."""

    values: tuple[Value, ...] = ()
    """What it says of each article, in which places."""

    needs: tuple[str, ...] = ()
    """Features, by name, without which it cannot do its work: they must stand before it in PLUGINS."""

    kinds: tuple[Kind, ...] = ()
    """Kinds of content that it brings."""

    commands: Mapping[str, Callable[..., int | None]] = {}
    """Tasks of `python3 tasks.py` that it brings, name -> function. It is called with the settings of the portal; its
    further parameters are the task's options, the first line of its docstring is what the list of tasks says of it, and
    what it returns is the exit status: nothing, or 0, where all has been done."""

    def __init__(self, file: str, **fields: Any) -> None:
        self.file = file
        for name, value in fields.items():
            if not hasattr(type(self), name):
                raise TypeError(f"a feature has no field {name}")
            setattr(self, name, value)

    @cached_property
    def folder(self) -> Path:
        """Where its files are."""
        return Path(self.file).resolve().parent

    @property
    def name(self) -> str:
        """That of its folder."""
        return self.folder.name

    def read_text(self, name: str) -> str:
        """One of its files, empty where it has none."""
        path = self.folder / name
        try:
            return path.read_text(encoding="utf-8") if path.exists() else ""
        except UnicodeDecodeError as error:
            from plugins.i18n import translate
            from plugins.problems import ContentError, Problem, display_path

            line = error.object.count(b"\n", 0, error.start) + 1
            text = translate("the file is not in UTF-8; save it again with the encoding UTF-8")
            raise ContentError([Problem(display_path(path), line, text)]) from None

    # --- what the build asks it, in this order ---

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Everything is read and nothing is published: find out what pages will show. What is wrong is given back.

        What it shows of an article on that one's own page belongs into `article.extra_key_parts` (texts), another article whose
        card it shows there into `article.displayed_stories`: they are part of what the page is made from.
        """
        return ()

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """As `prepare`, after all features have prepared and every file is known to be sound: make what takes long."""
        return ()

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """Names for all templates of this build: functions, texts, flags."""
        return {}

    def template_filters(self, build: BuildContext) -> Mapping[str, Callable[..., Any]]:
        """Filters for all templates of this build."""
        return {}

    def article_context(self, story: Story) -> Any:
        """What its fragments on the page of an article (or of an editor's page) see as `mine`."""
        return None

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Ask for files and pages of its own."""

    # --- what the commands `due` and `stats` ask it ---

    def next_changes(self, build: BuildContext) -> Iterable[datetime]:
        """Asked by `due`: moments to come at which what it makes is something else, with no file changed."""
        return ()

    def stats_files(self, figures: Stats, output: Path) -> Mapping[str, bytes]:
        """Files by name, relative to the site, that show how many have read it.

        Called by every run of `stats`, as figures change and pages around them do; what is as it was is not written
        again. It must depend on nothing but its arguments and what the build has left in `output` and beside it, and
        take a few hundredths of a second at most. A build must not ask for the same files.
        """
        return {}

    def register(self) -> None:
        """Pelican's hook: nothing to connect, the build asks the features that are loaded."""
