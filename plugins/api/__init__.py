"""Feature: a web service of static JSON files, so that other systems can read the portal's content.

API_URL explains it to people. Below it, `v1/` answers machines: the articles by page (numbered from the oldest, so that
a full page never changes), the newest, by month, one by one, and the categories. Each type of answer has a JSON Schema
beside it. The rules for state portals ask for such sharing; what an article's page does not show is not in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins.addresses import PICTURES, list_page_number
from plugins.features import Feature
from plugins.portal import licences, links
from plugins.portal.filters import has_time
from plugins.portal.gaps import is_gap
from plugins.portal.licences import Licence
from plugins.portal.pagination import ListPage, paginate
from plugins.portal.stories import Story, digest

if TYPE_CHECKING:
    from pelican.urlwrappers import Author, Category, Tag

    from plugins.portal.editions import Edition, Section
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.view import ArticleView

PAGE_SIZE = 100  # articles on a full page
NEWEST_COUNT = 20
ANSWER_TYPES = ("service", "articles", "article", "categories", "withdrawn")  # each has a schema
SCHEMA_FOLDER = "{api}v1/schema/"  # shared by all languages


class StoryList(NamedTuple):
    """A list that the service answers with.

    Attributes:
        url: Its address, without leading slash.
        stories: Its articles, newest first.
        page: The page of a longer list that it is, if any.
    """

    url: str
    stories: list[Story]
    page: ListPage[Story] | None = None

    @property
    def neighbours(self) -> tuple[str | None, str | None] | None:
        """What identifies the older and the newer page; None where the list has no pages."""
        return (self.page.older, self.page.newer) if self.page else None


def machine_date(time: datetime) -> str:
    """ISO 8601 with the offset from UTC; only the date where the article gives no time."""
    return time.isoformat() if has_time(time) else time.date().isoformat()


class Service:
    """The answers of one edition. In a preview, which has no public address, addresses are local."""

    def __init__(self, build: BuildContext, edition: Edition) -> None:
        self.addresses, self.edition = build.addresses, edition
        self._root_url = build.addresses.absolute("")
        self.root = edition.url("api") + "v1/"
        self.schema_folder = build.addresses.fill_placeholders(SCHEMA_FOLDER)
        self.pictures, self.links = build.pictures, build.links
        self._groups: dict[int, dict[str, str]] = {}
        self.licence = _licence_fields(licences.licence(edition, "DATA_LICENCE")) or {
            "licence": edition.agency["reuse"]
        }

    def absolute_url(self, url: str) -> str:
        """The absolute URL of an address of the portal."""
        return self._root_url + url if url.isascii() else self.addresses.absolute(url)  # addresses of names are ASCII

    def story_address(self, story: Story) -> str:
        """The address of the answer about one article; other kinds of content have folders of their own."""
        return f"{self.root}{'articles' if story.kind == 'article' else story.kind}/{story.slug}.json"

    # --- the outputs -------------------------------------------------------------------------

    def add_outputs(self, outputs: Outputs) -> None:
        """Add the file of every answer."""
        edition, card_fingerprint = self.edition, cache(self._card_fingerprint)
        shared = digest(self._root_url, self.root, repr(sorted(edition.agency.items())))
        names = [f"{g.name} {g.slug}" for groups in (edition.categories, edition.tags, edition.authors) for g in groups]
        shared_by_lists = digest(shared, *names, *self.pictures.fingerprints(sorted(self.pictures.by_path)))
        for story_list in self._lists():
            # Compare the list's fingerprint once instead of every article's.
            parts = [shared_by_lists, str(story_list.neighbours)]
            parts += [
                self._story_fingerprint(story) if story.link_paths or story.translations else story.full_digest
                for story in story_list.stories
            ]
            add_list = partial(self._add_list, outputs, shared, card_fingerprint, story_list)
            outputs.add_group(story_list.url, digest(*parts), add_list)
        counts = [f"{c.name} {c.slug} {len(articles)}" for c, articles in edition.categories.items()]
        outputs.add_file(f"{self.root}categories.json", digest(shared, *counts), self.categories)
        outputs.add_file(
            f"{self.root}index.json",
            digest(shared, repr(list(edition.months)), str(bool(edition.withdrawn))),
            self.service,
        )
        self._add_withdrawn(outputs, shared)

    def _add_withdrawn(self, outputs: Outputs, shared: str) -> None:
        """Add what is left of withdrawn articles: a list, and an answer in the place of each."""
        gone = {story: self._withdrawn(story) for story in self.edition.withdrawn}
        lists = {f"{self.root}withdrawn.json": list(gone.values())} if gone else {}
        for url, notes in {**lists, **{self.story_address(story): [note] for story, note in gone.items()}}.items():
            answer = partial(self._answer, "withdrawn", {"self": self.absolute_url(url), "withdrawn": notes})
            outputs.add_file(url, digest(shared, repr(notes)), answer)

    def _withdrawn(self, story: Story) -> dict[str, str]:
        """Say that an article is gone, and not a word of it; whoever has taken it is to remove it."""
        reason = story.metadata.get("reason", "")
        return {"id": story.slug, "url": self.absolute_url(story.url), "language": story.lang, "reason": reason}

    def _lists(self) -> Iterator[StoryList]:
        articles = self.edition.articles
        yield StoryList(f"{self.root}newest.json", articles[:NEWEST_COUNT])
        for (year, month), stories in self.edition.months.items():
            yield StoryList(f"{self.root}articles/{year}/{month:02}.json", stories)
        for kind, stories in (("articles", articles), *self.edition.extra_kinds.items()):
            places = self.edition.gaps.among(stories, *(["all"] if kind == "articles" else ["kind", kind]))
            for page in paginate("", places, PAGE_SIZE, is_gap):
                yield StoryList(_page_address(f"{self.root}{kind}.json", page.url), list(page.items), page)

    def _add_list(
        self, outputs: Outputs, shared: str, card_fingerprint: Callable[[Story], str], story_list: StoryList
    ) -> None:
        """Add the answer of a list, and those of its articles unless another list adds them."""
        url, stories, page = story_list
        cards = [card_fingerprint(story) for story in stories]
        render_list = partial(self.articles, url, stories, page)
        outputs.add_file(url, digest(shared, str(story_list.neighbours), *cards), render_list, url)
        # articles are added month by month, other kinds page by page
        if url == f"{self.root}newest.json" or (page and url.startswith(f"{self.root}articles")):
            return
        for story, card in zip(stories, cards, strict=True):
            pictures = self.pictures.fingerprints(story.picture_paths)
            fingerprint = digest(shared, card, self._story_fingerprint(story), *pictures)
            outputs.add_file(self.story_address(story), fingerprint, partial(self.article, story), url)

    def _card_fingerprint(self, story: Story) -> str:
        """The digest of everything that a list shows of an article."""
        tags = (tag.name + tag.slug for tag in story.tags)
        authors = (author.name + author.slug for author in story.authors)
        translations = [translation.url for translation in story.translations]
        pictures = self.pictures.fingerprints(story.picture_paths[:1])
        return digest(
            story.card_digest,
            story.url,
            story.category.name,
            story.category.slug,
            *tags,
            *authors,
            *translations,
            *pictures,
        )

    def _story_fingerprint(self, story: Story) -> str:
        """The digest of what only the answer about one article shows, without what all articles share."""
        translations = (translation.url for translation in story.translations)
        linked = (self.links.get(target, "") for target in story.link_paths)
        return digest(story.full_digest, *translations, *linked)

    # --- the answers -------------------------------------------------------------------------

    def service(self) -> bytes:
        """The first answer: what there is, and where."""
        agency, months = self.edition.agency, sorted(self.edition.months)
        content: dict[str, Any] = {
            "name": f"{agency['portal']} {agency['name']}",
            "publisher": agency["owner"],
            "language": self.edition.lang,
            **self.licence,
            "documentation": self.absolute_url(self.edition.url("api")),
            "newest": self.absolute_url(f"{self.root}newest.json"),
            "articles": self.absolute_url(f"{self.root}articles.json"),
            "categories": self.absolute_url(f"{self.root}categories.json"),
            "months": [self.absolute_url(f"{self.root}articles/{year}/{month:02}.json") for year, month in months],
        }
        kinds = [kind for kind, stories in self.edition.extra_kinds.items() if stories]
        if kinds:
            content["kinds"] = {kind: self.absolute_url(f"{self.root}{kind}.json") for kind in kinds}
        if self.edition.withdrawn:
            content["withdrawn"] = self.absolute_url(f"{self.root}withdrawn.json")
        return self._answer("service", content)

    def articles(self, url: str, stories: Iterable[Story], page: ListPage[Story] | None = None) -> bytes:
        """A list of articles, newest first."""
        neighbours = {"older": page.older, "newer": page.newer} if page else {}
        pages = {
            name: self.absolute_url(_page_address(url, address)) for name, address in neighbours.items() if address
        }
        content = {"self": self.absolute_url(url), **pages, **self.licence}
        return self._answer("articles", {**content, "articles": [self._card(story) for story in stories]})

    def article(self, story: Story) -> bytes:
        """One article with its text."""
        body = self.pictures.insert_pictures(links.resolve_links(story.body, self.links, self.addresses))
        content = {**self._card(story), "content_html": body, **self.licence}
        return self._answer("article", content)

    def categories(self) -> bytes:
        """The categories and how many articles each has."""
        categories = self.edition.categories.items()
        counted = [{**self._group(category), "articles": len(articles)} for category, articles in categories]
        return self._answer("categories", {**self.licence, "categories": counted})

    def _answer(self, answer_type: str, content: dict[str, Any]) -> bytes:
        """The bytes of an answer, with the address of its schema."""
        with_schema = {"$schema": self.absolute_url(f"{self.schema_folder}{answer_type}.json"), **content}
        return json.dumps(with_schema, ensure_ascii=False, separators=(",", ":")).encode()

    def _card(self, story: Story) -> dict[str, Any]:
        """An article in a list; what is not known is left out."""
        view: ArticleView = story.view
        card = {
            "id": story.slug,
            "url": self.absolute_url(story.url),
            "self": self.absolute_url(self.story_address(story)),
            "title": view.title,
            "summary": view.lead,
            "language": story.lang,
            "published": machine_date(view.published) if view.published else None,
            "modified": machine_date(view.updated) if view.updated else None,
            "category": self._group(story.category),
            "tags": [self._group(tag) for tag in view.tags],
            "authors": [self._group(author) for author in view.authors],
            "source": view.origin and {key: value for key, value in view.origin._asdict().items() if value},
            "image": self._image(view),
            **story.content_kind.api_values(story),
            **{extra.name: view.values.get(extra.name, extra.texts[0]) for extra in view.extras("api")},
            "translations": [
                {"language": translation.lang, "url": self.absolute_url(translation.url)}
                for translation in story.translations
            ],
        }
        return {key: value for key, value in card.items() if value not in (None, "", [])}

    def _group(self, group: Category | Section | Tag | Author) -> dict[str, str]:
        """A category, tag or author, spelt as in this article.

        Cached by identity: to Pelican all spellings of a name are equal.
        """
        if id(group) not in self._groups:
            self._groups[id(group)] = {"id": group.slug, "name": group.name, "url": self.absolute_url(group.url)}
        return self._groups[id(group)]

    def _image(self, view: ArticleView) -> dict[str, Any] | None:
        """The picture that represents an article."""
        if not view.cover:
            return None
        picture = self.pictures.by_path[view.cover.path]
        width = picture.widths[-1]
        return {
            "url": self.absolute_url(f"{PICTURES}{picture.variant_name(width, 'jpg')}"),
            "alt": view.cover.alt,
            "width": width,
            "height": round(picture.height * width / picture.width),
            **_licence_fields(licences.licence(self.edition, "PICTURE_LICENCE")),
        }


def _licence_fields(licence: Licence | None) -> dict[str, str]:
    return {"licence": licence.name, "licence_url": licence.url} if licence else {}


def _page_address(url: str, page: str) -> str:
    """The file of a page of a list: articles.json for the newest, articles/page/3.json for the third oldest.

    Args:
        url: The file of any page of the list.
        page: The address of the page, as of a list whose root is ""; "" for the newest.
    """
    first = re.sub(r"/page/\d+\.json\Z", ".json", url)
    return f"{first.removesuffix('.json')}/page/{list_page_number(page)}.json" if page else first


def _allow_values(schema: str, names: set[str], more: Mapping[str, Any]) -> str:
    """Extend a schema by the values that features add to an article, each a text or a list of texts, and by `more`."""
    if not (names or more):
        return schema
    extended = json.loads(schema)
    is_article = extended["title"].startswith("An article")
    article = extended if is_article else extended["properties"]["articles"]["items"]
    text = {"type": "string"}
    article["properties"] |= {name: {"anyOf": [text, {"type": "array", "items": text}]} for name in sorted(names)}
    article["properties"] |= more
    return json.dumps(extended, ensure_ascii=False, indent=1)


class Api(Feature):
    """Publishes the web service of every edition, and the page that explains it."""

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add the schemas, the answers and the page."""
        schema_folder = build.addresses.fill_placeholders(SCHEMA_FOLDER)
        editions = build.editions.values()
        values = {value.name for edition in editions for value in edition.values if "api" in value.where}
        kinds = [kind for edition in editions for kind in map(edition.kinds.__getitem__, edition.extra_kinds)]
        values |= {"status" for _ in kinds}
        more = {name: schema for kind in kinds for name, schema in kind.api_schema.items()}
        for answer_type in ANSWER_TYPES:
            schema = (self.folder / "schema" / f"{answer_type}.json").read_text(encoding="utf-8")
            if answer_type in ("article", "articles"):
                schema = _allow_values(schema, values, more)
            outputs.add_file(f"{schema_folder}{answer_type}.json", digest(schema), schema.encode)
        for edition in editions:
            service = Service(build, edition)
            service.add_outputs(outputs)
            oldest = edition.articles[-1:]  # an example that stays
            example = [f"{service.root}articles/{article.slug}.json" for article in oldest]
            month = [f"{service.root}articles/{year}/{month:02}.json" for year, month in list(edition.months)[-1:]]
            outputs.add_page(
                edition.lang,
                "api/page",
                "api",
                [*example, *month],
                kind="service",
                root=service.root,
                example=example,
                month=month,
                schema=schema_folder,
            )


feature = Api(__file__, on_demand=("page.css",), cross_origin_paths=("{api}",))
register = feature.register
