"""Feature: a web service of static files, so that other systems can read the portal's content.

API_URL explains it to people; `v1/` below it answers machines in JSON: the articles by page (numbered
from the oldest, so that a full page never changes), the newest, by month, one by one, and the
categories. Every kind of answer has its JSON Schema beside it. The rules for state portals ask for
such sharing; what an article's page does not show is not in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from plugins.addresses import PICTURES, list_page_number
from plugins.features import Feature
from plugins.portal import links
from plugins.portal.filters import has_time, path
from plugins.portal.pagination import ListPage, paginate
from plugins.portal.stories import digest

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.portal.view import ArticleView

SIZE = 100  # articles on a full page
NEWEST = 20
KINDS = ("service", "articles", "article", "categories")  # of answers, each with a schema
SCHEMAS = "{api}v1/schema/"  # where they are, for all languages


def machine_date(moment: datetime) -> str:
    """ISO 8601 with the offset from UTC; without the time where the article gives none."""
    return moment.isoformat() if has_time(moment) else moment.date().isoformat()


class Service:
    """The answers of one edition. site: the public address, "" in a preview, where addresses are local."""

    def __init__(self, build: BuildContext, edition: Edition) -> None:
        self.site, self.edition = build.settings["SITEURL"], edition
        self.root = edition.url("api") + "v1/"
        self.schemas = build.addresses.fill_placeholders(SCHEMAS)
        self.pictures, self.addresses = build.pictures, build.links
        self._groups: dict[int, dict[str, str]] = {}

    def absolute(self, url: str) -> str:
        """The whole address of an address of the portal."""
        return f"{self.site}/{url}" if url.isascii() else self.site + path(url)  # addresses of names are ASCII

    def answer(self, schema: str, content: dict[str, Any]) -> bytes:
        """An answer as bytes, naming its schema."""
        whole = {"$schema": self.absolute(f"{self.schemas}{schema}.json"), **content}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()

    # --- fingerprints ------------------------------------------------------------------------

    def mark(self, article: Story) -> str:
        """Of what a list says of an article."""
        named = (
            *(tag.name + tag.slug for tag in article.tags),
            *(author.name + author.slug for author in article.authors),
        )
        twins = [twin.url for twin in article.translations]
        pictures = self.pictures.fingerprints(article.picture_paths[:1])
        return digest(
            article.card_digest, article.url, article.category.name, article.category.slug, *named, *twins, *pictures
        )

    # --- what is said ------------------------------------------------------------------------

    def card(self, article: Story) -> dict[str, Any]:
        """An article in a list."""
        view: ArticleView = article.view
        said = {
            "id": article.slug,
            "url": self.absolute(article.url),
            "self": self.absolute(self.address(article)),
            "title": view.title,
            "summary": view.lead,
            "language": article.lang,
            "published": machine_date(view.published) if view.published else None,
            "modified": machine_date(view.updated) if view.updated else None,
            "category": self.group(view.category),
            "tags": [self.group(tag) for tag in view.tags],
            "authors": [self.group(author) for author in view.authors],
            "source": view.origin and {key: value for key, value in view.origin._asdict().items() if value},
            "image": self.image(view),
            **{extra.name: view.values.get(extra.name, extra.texts[0]) for extra in view.extras("api")},
            "translations": [{"language": twin.lang, "url": self.absolute(twin.url)} for twin in article.translations],
        }
        return {key: value for key, value in said.items() if value not in (None, "", [])}

    def address(self, article: Story) -> str:
        """Where an article is told alone; a thing of another kind below the name of its kind."""
        return f"{self.root}{'articles' if article.kind == 'article' else article.kind}/{article.slug}.json"

    def group(self, group: Any) -> dict[str, str]:
        """A category, tag or author, as it is spelt in this article: to Pelican all spellings of a name are equal."""
        if id(group) not in self._groups:
            self._groups[id(group)] = {"id": group.slug, "name": group.name, "url": self.absolute(group.url)}
        return self._groups[id(group)]

    def image(self, view: ArticleView) -> dict[str, Any] | None:
        """The picture that stands for an article."""
        if not view.cover:
            return None
        picture = self.pictures.known[view.cover.path]
        width = picture.widths[-1]
        said = {"url": self.absolute(f"{PICTURES}{picture.name(width, 'jpg')}"), "alt": view.cover.alt}
        return {**said, "width": width, "height": round(picture.height * width / picture.width)}

    def article(self, article: Story) -> bytes:
        """One article with its text."""
        body = self.pictures.insert_pictures(links.resolve_links(article.body, self.addresses))
        return self.answer(
            "article", {**self.card(article), "content_html": body, "licence": self.edition.agency["reuse"]}
        )

    def articles(self, url: str, items: Iterable[Any], page: ListPage | None = None) -> bytes:
        """A list of articles, newest first."""
        near = {"older": page.older, "newer": page.newer} if page else {}
        near = {name: at and _json(url, at) for name, at in near.items()}
        around = {name: self.absolute(at) for name, at in near.items() if at}
        said = {"self": self.absolute(url), **around, "licence": self.edition.agency["reuse"]}
        return self.answer("articles", {**said, "articles": [self.card(article) for article in items]})

    def categories(self) -> bytes:
        """The categories and how many articles each has."""
        said = [{**self.group(c), "articles": len(a)} for c, a in self.edition.categories.items()]
        return self.answer("categories", {"licence": self.edition.agency["reuse"], "categories": said})

    def service(self) -> bytes:
        """What there is: the answer to begin with."""
        agency, months = self.edition.agency, sorted(self.edition.months)
        said = {
            "name": f"{agency['portal']} {agency['name']}",
            "publisher": agency["owner"],
            "language": self.edition.lang,
            "licence": agency["reuse"],
            "documentation": self.absolute(self.edition.url("api")),
            "newest": self.absolute(f"{self.root}newest.json"),
            "articles": self.absolute(f"{self.root}articles.json"),
            "categories": self.absolute(f"{self.root}categories.json"),
            "months": [self.absolute(f"{self.root}articles/{year}/{month:02}.json") for year, month in months],
        }
        if self.edition.extra_kinds:
            said["kinds"] = {kind: self.absolute(f"{self.root}{kind}.json") for kind in self.edition.extra_kinds}
        return self.answer("service", said)

    # --- the files ---------------------------------------------------------------------------

    def ask(self, outputs: Outputs) -> None:
        """Ask for every file."""
        edition, mark = self.edition, cache(self.mark)
        frame = digest(self.site, self.root, repr(sorted(edition.agency.items())))
        names = [f"{g.name} {g.slug}" for groups in (edition.categories, edition.tags, edition.authors) for g in groups]
        around = digest(frame, *names, *self.pictures.fingerprints(sorted(self.pictures.known)))
        for url, items, page in self._lists():
            # one look at a list spares one at each of its articles
            parts = [around, str(page and (page.older, page.newer))]
            parts += [
                self._whole(article) if article.link_paths or article.translations else article.full_digest
                for article in items
            ]
            outputs.add_group(url, digest(*parts), partial(self._ask_list, outputs, frame, mark, url, items, page))
        counts = [f"{c.name} {c.slug} {len(a)}" for c, a in edition.categories.items()]
        outputs.add_file(f"{self.root}categories.json", digest(frame, *counts), self.categories)
        outputs.add_file(f"{self.root}index.json", digest(frame, repr(list(edition.months))), self.service)

    def _whole(self, article: Story) -> str:
        """Of the article as it is told alone, without what all articles share."""
        twins = (twin.url for twin in article.translations)
        return digest(article.full_digest, *twins, *(self.addresses.get(target, "") for target in article.link_paths))

    def _ask_list(
        self,
        outputs: Outputs,
        frame: str,
        mark: Callable[[Any], str],
        url: str,
        items: list[Any],
        page: ListPage | None,
    ) -> None:
        marks = [mark(article) for article in items]
        around = str(page and (page.older, page.newer))
        outputs.add_file(url, digest(frame, around, *marks), partial(self.articles, url, items, page), url)
        alone = url != f"{self.root}newest.json" and (page is None or not url.startswith(f"{self.root}articles"))
        for article, its in zip(items, marks, strict=True) if alone else ():  # articles month by month, others by page
            whole = digest(frame, its, self._whole(article), *self.pictures.fingerprints(article.picture_paths))
            outputs.add_file(self.address(article), whole, partial(self.article, article), url)

    def _lists(self) -> Iterator[tuple[str, list[Any], ListPage | None]]:
        articles = self.edition.articles
        yield f"{self.root}newest.json", articles[:NEWEST], None
        for (year, month), items in self.edition.months.items():
            yield f"{self.root}articles/{year}/{month:02}.json", items, None
        for kind, stories in (("articles", articles), *self.edition.extra_kinds.items()):
            for page in paginate("", stories, SIZE):
                yield _json(f"{self.root}{kind}.json", page.url), list(page.items), page


def _json(url: str, page: str) -> str:
    """The file of a page of a list: articles.json the newest, articles/page/3.json the third oldest.

    url: of any of them.
    """
    whole = re.sub(r"/page/\d+\.json\Z", ".json", url)
    return f"{whole.removesuffix('.json')}/page/{list_page_number(page)}.json" if page else whole


def _with_values(schema: str, names: set[str]) -> str:
    """A schema that allows the values which features say of an article: a text, or a list of texts."""
    if not names:
        return schema
    whole = json.loads(schema)
    article = whole if whole["title"].startswith("An article") else whole["properties"]["articles"]["items"]
    text = {"type": "string"}
    article["properties"] |= {name: {"anyOf": [text, {"type": "array", "items": text}]} for name in sorted(names)}
    return json.dumps(whole, ensure_ascii=False, indent=1)


class Api(Feature):
    """Publishes the web service of every edition, and the page that explains it."""

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """The schemas, the answers, the page."""
        schemas = build.addresses.fill_placeholders(SCHEMAS)
        values = {value.name for edition in build.editions.values() for value in edition.values if "api" in value.where}
        values |= {"status" for edition in build.editions.values() for kind in edition.kinds.values() if kind.status}
        for name in KINDS:
            text = (self.folder / "schema" / f"{name}.json").read_text(encoding="utf-8")
            data = _with_values(text, values if name in ("article", "articles") else set()).encode()
            outputs.add_file(f"{schemas}{name}.json", digest(data.decode()), lambda data=data: data)
        for edition in build.editions.values():
            service = Service(build, edition)
            service.ask(outputs)
            example = [
                f"{service.root}articles/{article.slug}.json" for article in edition.articles[-1:]
            ]  # the oldest: it stays
            month = [f"{service.root}articles/{year}/{month:02}.json" for year, month in list(edition.months)[-1:]]
            outputs.add_page(
                edition.lang, "api/page", "api", [*example, *month], kind="service",
                root=service.root, example=example, month=month, schema=schemas,
            )  # fmt: skip


feature = Api(__file__, on_demand=("page.css",))
register = feature.register
