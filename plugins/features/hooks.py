"""The interface for authors of features: what a feature can declare, and the methods that a build calls.

A feature is a folder whose `__init__.py` contains

    from plugins.features import Feature, Value


    def minutes(header, body):
        return str(max(1, len(body.split()) // 200))


    class ReadingTime(Feature):
        values = (Value("reading_time", "Reading time", {"page", "list"}, compute=minutes),)


    feature = ReadingTime(__file__)
    register = feature.register

and whose other files fill the slots of the theme (see `plugins.features`). The folder can be in plugins/, in a folder
of PLUGIN_PATHS, or in a package from PyPI; PLUGINS in the settings names it. docs/features.md explains everything here
with examples.

A feature object lives as long as its process, which may build many times. Whatever belongs to one build must therefore
be set in `prepare`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from plugins.convert.records.record import Record
    from plugins.portal.editions import Edition
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
    r"""A key of the header (front matter) of articles.

    Example: `number`, which every notice must have, and `corrections`, a list of texts that any article may have:

        Key("number", text, ("notice",), required=("notice",))
        Key("corrections", text, separators=("\n",))

    Args:
        name: The key as editors write it.
        check: Converts the text that an editor has written to a value, or raises ValueError with a message that says
            what is wrong. plugins/markdown_reader/header_values.py has ready-made ones: `text`, `flag`, `date_time`, …
        kinds: Names of the kinds of content that may have the key: ARTICLES, ALL or a tuple of names. Whatever articles
            have, all listed kinds have too.
        separators: For a list, the characters that may separate its items if they are written in one line; the first
            one that occurs is used. Empty for a single value.
        synonyms: Other names that editors may write instead of `name`; capitals, marks, spaces, hyphens and underscores
            make no difference.
        required: Names of the kinds of content that must have the key.
        internal: Whether the key is about editing, not about the article. Readers never get such a line, not even in
            the source that is embedded in a PDF.
        in_row: Whether every build needs to know which items have the key: `story.row.marks` has its name then.
        dates_change: Whether each of its values begins with the day or time of a change, in ISO 8601 and followed by a
            space. The newest counts as `modified` too.
        machine: Whether only programs write the key. The editors' guide need not mention it.
        is_file: Whether its values are files, named from the file that has the header, as in a link. They are published
            with the item, and become paths in the content folder.
    """

    name: str
    check: Callable[[str], Any]
    kinds: tuple[str, ...] = ARTICLES
    separators: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    internal: bool = False
    in_row: bool = False
    dates_change: bool = False
    machine: bool = False
    is_file: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """All names that editors may write."""
        return (self.name, *self.synonyms)


@dataclass(frozen=True)
class Value:
    """A piece of information about an article besides its title, lead, dates, authors, source and text.

    Example: the corrections of an article, taken from its header and shown in three places:

        Value("corrections", "Corrections", {"page", "feed", "pdf"}, compute=header_value("corrections"))

    Args:
        name: Its name for other systems, in the web service and in feeds.
        label: The text in front of it: an English msgid, translated by the feature's vi.po.
        where: The places that show it. "page": beside date and author. "list": below the headline of a card. "pdf":
            below the headline of the PDF, several texts as a list. "feed": after the lead or text. "api": a field of
            the web service. "search": the article can be found by it. "voice": read aloud after the text.
        compute: Function that is called when the file is read, with the header's checked values and the body's HTML. It
            returns a text, a list of texts, or None if there is nothing to show. The result may depend on nothing else:
            it is computed again only if the file or the code has changed.
        kinds: Names of the kinds of content that have the value, as in `Key`.
        text: Formats one text for display, given the text and the code of the language. The default returns it as it
            is.
    """

    name: str
    label: str
    where: frozenset[Where] | set[Where]
    compute: Callable[[Mapping[str, Any], str], str | list[str] | None]
    kinds: tuple[str, ...] = ARTICLES
    text: Callable[[str, str], str] = lambda part, lang: part


STATEMENT_LISTS = ("tools", "works", "needs_script", "stored", "erasing", "data")


class Statement(NamedTuple):
    """A sentence about a feature on editors' pages, such as those on privacy and accessibility.

    A page has `{{ works }}` in a line of its own, and shows there what all features of PLUGINS say of that.

    Args:
        list: "tools": a name of a tool for readers, in lower case. "works": what it does for people who read with
            difficulty. "needs_script": what does not work without JavaScript. "stored": what it keeps in the reader's
            browser. "erasing": how readers get rid of that. "data": what happens to data about readers outside of
            their browsers: for what, how, how long.
        text: An English msgid of HTML, with {log_days} or another number of plugins/statistics/rules.py.
        setting: The name of a setting without which it is not true, such as "BOUNDARY_MAP".
    """

    list: str
    text: str
    setting: str = ""


class Status(NamedTuple):
    """The status of a dated item on some day, such as "Open for comment".

    Args:
        text: An English msgid; "" for none.
        until: When it becomes a different one: the first day, or the time (in the portal's time zone, unless it has
            one). None if it will not change.
        then: The status from that time on, for one that changes in the course of a day. The build takes the last one
            of such a chain whose time has come.
    """

    text: str
    until: date | datetime | None = None
    then: Status | None = None


@dataclass(frozen=True)
class Grouping:
    """Lists of the items of a kind that have something in common, such as all documents of one type.

    Each group has a list of its own with the address of the grouping and the group's slug, and an entry on the page of
    the grouping and on that of the kind. Names that differ in marks or case only are one group.

    Example:
        Grouping("type", "Type", "loai/", lambda story: [story.facts["type"]], feeds=True, facet=True)

    Args:
        name: Its name for other systems, such as "type": the letters a to z and "_".
        label: Its name for readers, an English msgid.
        address: The end of its address, below that of the kind: "loai/" makes "van-ban/loai/" and
            "van-ban/loai/{slug}/". The settings DOCUMENT_TYPE_LIST_URL and DOCUMENT_TYPE_URL replace them.
        groups: Returns the names of the groups of an item. Asked when all features have prepared.
        are_messages: Whether the names are msgids, as a status is; else they are texts of the header.
        feeds: Whether each group has feeds.
        facet: Whether readers can narrow down a search by it.
    """

    name: str
    label: str
    address: str
    groups: Callable[[Story], Iterable[str]]
    are_messages: bool = False
    feeds: bool = False
    facet: bool = False


@dataclass(frozen=True)
class Conversion:
    """How `convert --as KIND` reads things of a kind on an old portal's pages and in tables.

    A page's labels are matched with the names and synonyms of the kind's keys.

    Args:
        identity: The key that every thing has, and by which two sources are known to tell of the same one.
        labels: Further labels, by the key that they mean, "title" included. A name that is no key is a value for
            `complete` alone.
        find: Returns how the value of `identity` is written in a text, "" for one that has none: things in a list may
            have it without a label.
        complete: Adds to a record what follows from its headings, its text and its other values, and notes in it what
            is doubtful. What is no key is to be taken out of its values.
    """

    identity: str = ""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    find: Callable[[str], str] = lambda text: ""
    complete: Callable[[Record], None] = lambda record: None


@dataclass(frozen=True)
class Kind:
    """A kind of content: articles and editors' pages (plugins/portal/kinds.py), or a feature's notices, events, ….

    A kind is a folder of Markdown files. Like articles, its items have a header, a page, a list with feeds, an entry in
    the web service, a PDF and a recording, and search finds them. Instead of a category they have their kind.

    Example:
        Kind("notice", "Notices", "notices", "thong-bao/", keys=(Key("number", text, required=ARTICLES),))

    Args:
        name: The name of one item for other systems, such as "notice": the letters a to z, digits and "_".
        label: The name of all of them: an English msgid, such as "Notices".
        folder: Their folder below the content folder. The setting NOTICE_PATHS (a list) replaces it.
        address: The address of their list, without leading slash: "thong-bao/". An item's address is below it,
            "thong-bao/{slug}/". The settings NOTICE_LIST_URL and NOTICE_URL replace them.
        keys: Keys of their headers, besides those of articles; `category`, `tags` and `featured` are for articles only.
        dated_by: The key that stands for `date` where a header has none, such as "issued": one of `keys` that
            all items must have.
        draft: Lines of the header with which `new` begins, besides title, date and status.
        template: Of an item's page: "FEATURE/page" for page.html in a feature's folder, or a template of the theme.
        schema: Their type for search engines (https://schema.org/).
        status: Returns the status of an item on a day, given its header (dates as ISO 8601 texts) and the day; None for
            none. The build that runs on `Status.until` renders what shows the status again. Where there are `facts`,
            it gets these only.
        facts: Names of keys whose values every build needs of all items, for `status`, `groupings` and `prepare`. They
            are kept in memory as `story.facts`; a whole header has to be fetched.
        groupings: Lists of items that have something in common.
        complete: Adds to a checked header what follows from other keys, such as "slug" and "short_title", unless an
            editor has written them.
        edit_body: Returns the sanitized HTML of an item's text as it is to be kept, given that which was read; called
            before its links are resolved.
        text_optional: Whether an item may have no text below its header.
        json_ld: Returns further properties of an item for search engines (https://schema.org/), for its page.
        api_values: Returns further fields of an item in the web service.
        api_schema: JSON Schemas of these fields, by name.
        names: Returns the words of what an item is called by besides its title, such as its number. A search for
            nothing but such words, with a figure among them, finds it first. They may depend on its header only.
        rows: Whether lists show items as rows, without pictures.
        problems: Yields what is wrong between keys, or between header and text, of a file whose keys are right: the key
            ("" for none), the message, and "error" or "warning". It gets the checked header and the HTML of the text.
        pdf: Whether items have a PDF.
        pdf_template: The template of their PDFs, as `template`. It extends the one of articles, which it gets as
            `document`: `{% extends document %}` and the blocks `style` and `main` of plugins/pdf/document.html.
        voice: Whether items are recorded.
        conversion: How `convert --as` makes items from an old portal's pages; None if it cannot.
        listed: Whether items appear in lists, feeds, the web service and search, and so have a date and a section.
            Editors' pages do not.
    """

    name: str
    label: str
    folder: str
    address: str
    keys: tuple[Key, ...] = ()
    dated_by: str = "date"
    draft: str = ""
    template: str = "article"
    schema: str = "Article"
    status: Callable[[Mapping[str, Any], date], Status | None] | None = None
    facts: tuple[str, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    complete: Callable[[dict[str, Any]], None] = lambda header: None
    problems: Callable[[Mapping[str, Any], str], Iterable[tuple[str, str, str]]] = lambda header, body: ()
    edit_body: Callable[[str], str] = lambda html: html
    text_optional: bool = False
    json_ld: Callable[[Story], Mapping[str, Any]] = lambda story: {}
    api_values: Callable[[Story], Mapping[str, Any]] = lambda story: {}
    api_schema: Mapping[str, Any] = field(default_factory=dict)
    names: Callable[[Story], Iterable[str]] | None = None
    rows: bool = False
    pdf: bool = True
    pdf_template: str = ""
    voice: bool = True
    conversion: Conversion | None = None
    listed: bool = True

    def is_among(self, kinds: Iterable[str]) -> bool:
        """Return whether a declaration for these kinds applies to this one.

        What is declared for articles applies to all listed kinds.
        """
        return self.name in kinds or (self.listed and "article" in kinds)

    def folders(self, settings: Mapping[str, Any]) -> list[str]:
        """Return the folders of its files below the content folder, from the settings or the default."""
        folders: list[str] = settings.get(f"{self.setting}_PATHS", [self.folder])
        return folders

    @property
    def setting(self) -> str:
        """The prefix of the names of its settings, such as "NOTICE"."""
        return self.name.upper()

    @property
    def urls(self) -> dict[str, str]:
        """The default values of its address settings, by name."""
        urls = {f"{self.setting}_URL": self.address + "{slug}/", f"{self.setting}_LIST_URL": self.address}
        for grouping in self.groupings:
            setting, address = f"{self.setting}_{grouping.name.upper()}", self.address + grouping.address
            urls |= {f"{setting}_URL": address + "{slug}/", f"{setting}_LIST_URL": address}
        return urls


def header_value(name: str) -> Callable[[Mapping[str, Any], str], str | list[str] | None]:
    """Return a function for `Value.compute` that returns the checked value of a header key."""
    return lambda header, body: header.get(name)


class Feature:
    """A feature for readers, or a stage of publishing.

    The fields can be set on a subclass or passed by name. Both of these declare one field:

        class NightMode(Feature):
            preferences = {"theme": ("light", "dark")}


        feature = Feature(__file__, preferences={"theme": ("light", "dark")})

    Args:
        file: `__file__` of the feature's `__init__.py`.
        fields: Values for the fields below.

    Raises:
        TypeError: If there is no such field.
    """

    preferences: Mapping[str, tuple[str, ...]] = {}
    """What readers can choose and the site remembers: name -> allowed values. The chosen value is `data-NAME` on <html>
    before the first paint; without a choice the attribute is missing, and the system's settings should decide."""

    on_demand: tuple[str, ...] = ()
    """Scripts and styles of the folder that are published, but loaded by no page from the start. Templates get their
    addresses (without leading slash) from `assets.on_demand["FEATURE/FILE"]`."""

    immutable_paths: tuple[str, ...] = ()
    """Folders of the site whose files never change under the same name, so that browsers may cache them for ever. Names
    of places in braces stand for their addresses (see plugins/addresses): "{search}chi-muc/"."""

    cross_origin_paths: tuple[str, ...] = ()
    """Folders of the site, in each language, that scripts on pages of other sites may read (CORS). Written as those of
    `immutable_paths`: "{api}"."""

    policy: tuple[str, ...] = ()
    """Further directives of the Content-Security-Policy of all pages: "worker-src 'self'"."""

    urls: Mapping[str, str] = {}
    """Settings for the feature's own addresses, with their defaults. {"GREETING_URL": "chao/"} makes the place
    "greeting", so that `edition.url("greeting")` returns its address in an edition."""

    settings: Mapping[str, Any] = {}
    """Other settings of the feature, with their defaults."""

    keys: tuple[Key, ...] = ()
    """Header keys that the feature adds."""

    values: tuple[Value, ...] = ()
    """Pieces of information that the feature adds to articles."""

    statements: tuple[Statement, ...] = ()
    """What editors' pages say of the feature."""

    needs: tuple[str, ...] = ()
    """Names of features that this one depends on. They must come before it in PLUGINS."""

    kinds: tuple[Kind, ...] = ()
    """Kinds of content that the feature adds."""

    commands: Mapping[str, Callable[..., int | None]] = {}
    """Tasks of `python3 tasks.py` that the feature adds: name -> function. The function gets the portal's settings; its
    other parameters become the task's options, and the first line of its docstring its description. It returns the exit
    status; None counts as 0."""

    def __init__(self, file: str, **fields: object) -> None:
        self.file = file
        for name, value in fields.items():
            if not hasattr(type(self), name):
                raise TypeError(f"a feature has no field {name}")
            setattr(self, name, value)

    @cached_property
    def folder(self) -> Path:
        """The folder of its files."""
        return Path(self.file).resolve().parent

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    def overrides(self, method: str) -> bool:
        """Return whether it has a method of its own for one of those below."""
        return getattr(type(self), method) is not getattr(Feature, method)

    def read_text(self, name: str) -> str:
        """Return the content of one of its files, "" if there is none. Raises ContentError if it is not UTF-8."""
        path = self.folder / name
        try:
            return path.read_text(encoding="utf-8") if path.exists() else ""
        except UnicodeDecodeError as error:
            from plugins.i18n import translate
            from plugins.problems import ContentError, Problem, display_path

            line = error.object.count(b"\n", 0, error.start) + 1
            text = translate("the file is not in UTF-8; save it again with the encoding UTF-8")
            raise ContentError([Problem(display_path(path), line, text)]) from None

    # --- called by every build, in this order ---

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Find out what pages will show. Called when all files are read; nothing is published yet.

        A page is rendered again only if something that it shows has changed. Therefore record what fragments show of an
        article on its own page: texts in `story.extra_key_parts`, other articles whose headlines appear there in
        `story.displayed_stories`. What the header or a `Value` says is recorded already.

        Returns:
            Problems to report. An error ends the build after all features have prepared.
        """
        return ()

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Do what takes long, such as making PDFs. Called only if there were no errors in any file or feature.

        Returns:
            Problems to report, as in `prepare`.
        """
        return ()

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """Return variables and functions for all templates of this build, by name.

        They are not part of what a page is known to show: let them depend on code and settings only, or record what
        they return as `prepare` says.
        """
        return {}

    def template_filters(self, build: BuildContext) -> Mapping[str, Callable[..., Any]]:
        """Return filters for all templates of this build, by name."""
        return {}

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add files and pages to the site with `outputs.add_page(…)` and `outputs.add_file(…)`."""

    def article_context(self, story: Story) -> object:
        """Return what the feature's fragments on the page of an article or an editors' page get as `article_data`.

        Called while the page is rendered. Compute in `prepare` whatever the result depends on, and record it there.
        """
        return None

    def body_html(self, story: Story, html: str) -> str:
        """Return the HTML of the text of an article or an editors' page as its page and its PDF show it.

        Called while these are rendered, with the HTML that the features before have returned. What it depends on
        besides the text must be recorded as in `article_context`.
        """
        return html

    def card_context(self, story: Story) -> object:
        """Return what the feature's fragment in an entry of a list gets as `card_data`.

        Called for every story of every build, after `finish`, so it must be quick. The lists that show a story are
        rendered again if the result's `repr` has changed.
        """
        return None

    def front_context(self, edition: Edition) -> object:
        """Return what the feature's fragment on the front page of an edition gets as `front_data`.

        Called by every build, after `finish`. The front page is rendered again if the result's `repr` has changed.
        """
        return None

    def banner_context(self, lang: str, address: str) -> object:
        """Return what the feature's fragment above everything else on a page gets as `banner_data`; None for no banner.

        Called by every build, after `finish`, for each page but those of articles, things and editors' pages. The page
        is rendered again if the result's `repr` has changed.

        Args:
            lang: The language of the page's edition.
            address: The address of the page, without leading slash.
        """
        return None

    # --- called by other commands ---

    def next_changes(self, build: BuildContext) -> Iterable[datetime]:
        """Return future times at which the feature's output will be different though no file has changed.

        Called by `python3 tasks.py due`. The times must have a time zone. Publication dates of articles and the dates
        of `Status.until` are known already.
        """
        return ()

    def stats_files(self, stats: Stats, output: Path) -> Mapping[str, bytes]:
        """Return files that show how many people have read the portal. Called by every `python3 tasks.py stats`.

        A file is written only if its content has changed. `stats` runs once a minute, so this should take a few
        hundredths of a second at most.

        Args:
            stats: All counts.
            output: The folder of the published site. Apart from `stats`, the result may only depend on this folder and
                the state that the last build has left beside it.

        Returns:
            The content of each file by its name relative to `output`. A build must not add the same files.
        """
        return {}

    def register(self) -> None:
        """Do nothing. Pelican requires that a plugin has this function; the build finds features by itself."""
