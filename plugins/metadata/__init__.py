"""Feature: metadata for machines in the head of each page.

JSON-LD with the vocabulary of schema.org, Open Graph and the card of X, and Dublin Core, whose fields the Vietnamese
circulars on state portals require. It says nothing that the page does not show. A page without a picture has one drawn
for it, with the names of the portal and of the section, for links that are shared.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from plugins import jobs, look
from plugins.addresses import PICTURES
from plugins.artifacts.files import write_atomically
from plugins.features import Feature
from plugins.look.emblem import emblem
from plugins.portal.filters import machine_date

from . import share_image

if TYPE_CHECKING:
    from plugins.addresses import Addresses
    from plugins.pictures import Pictures
    from plugins.portal.editions import Edition
    from plugins.portal.frame import Frame
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story

VOCABULARY = "https://schema.org"

ARTICLE_TYPES = ("Article", "NewsArticle")  # that have a section

Node = dict[str, Any]  # of JSON-LD


class _Image(NamedTuple):
    """The picture of a page: its URL, its size in px and its description."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class _OpenGraph:
    """What Open Graph says of a page. section: for a drawn picture; extra: further properties and their values."""

    type: str
    title: str
    description: str
    section: str = ""
    image: _Image | None = None
    extra: Sequence[tuple[str, str]] = ()


class Metadata:
    """Renders the metadata of a portal's pages. site: the portal's URL, without a slash at its end."""

    def __init__(self, addresses: Addresses, pictures: Pictures, accent: str, logo: str) -> None:
        self.addresses, self.pictures, self.accent, self.logo = addresses, pictures, accent, logo

    def html(
        self,
        kind: str,
        frame: Frame,
        address: str,
        gettext: Callable[[str], str],
        item: Any = None,  # noqa: ANN401  # templates pass an article, a page or a listing
        title: str = "",
    ) -> Markup:
        """The elements for the head of a page; nothing for other kinds, or without a public address of the portal.

        Args:
            kind: "home", "article", "page" or "listing".
            frame: of the page's edition.
            address: of the page, without a leading slash.
            gettext: translates into the language of the edition.
            item: the article, page or listing that the page shows.
            title: of a listing.
        """
        if not self.addresses.origin or kind not in ("home", "article", "page", "listing"):
            return Markup("")
        portal, description = _portal_name(frame), frame.agency["description"]
        if kind == "home":
            nodes = [self._organization(frame, with_contact=True), self._website(frame)]
            return self._head(frame, address, nodes, _OpenGraph("website", portal, description))
        home = (gettext("Home"), frame.home)
        if kind == "listing":
            trail = self._breadcrumbs(home, (title or item.title, address))
            named = (item.section or title) if item.total else ""  # no picture is drawn of an empty section's name
            graph = _OpenGraph("website", f"{title} – {portal}", item.lead or description, named)
            return self._head(frame, address, [trail], graph)
        page = (title or item.title, address)
        if kind == "page":
            graph = _OpenGraph("website", item.title, item.summary_text)
            return self._head(frame, address, [self._breadcrumbs(home, page)], graph)
        section = (item.category.name, item.category.url)
        return self._article(frame, address, self._breadcrumbs(home, section, page), item)

    def _article(self, frame: Frame, address: str, trail: Node, article: Story) -> Markup:
        view, image = article.view, self._cover(article)
        assert view.published and view.category  # only editors' pages lack them
        news = {
            "@type": article.content_kind.schema,
            "@id": self._url(address),
            "headline": view.title,
            "datePublished": machine_date(view.published),
            "dateModified": machine_date(view.updated) if view.updated else None,
            "author": [{"@type": "Person", "name": a.name, "url": self._url(a.url)} for a in view.authors],
            "image": image and self._image_node(image, frame),
            "license": frame.data_licence and frame.data_licence.url,
            "articleSection": view.category.name if article.content_kind.schema in ARTICLE_TYPES else None,
            "inLanguage": article.lang,
            "isBasedOn": view.origin and view.origin.url,
            "publisher": self._organization(frame),
            **article.content_kind.json_ld(article),
            **article.structured_data,
        }
        times = [("article:published_time", machine_date(view.published))]
        if view.updated:
            times.append(("article:modified_time", machine_date(view.updated)))
        dublin_core = [
            ("title", view.title),
            ("creator", "; ".join(author.name for author in view.authors)),
            ("subject", "; ".join([view.category.name, *(tag.name for tag in view.tags)])),
            ("description", view.lead),
            ("publisher", frame.agency["owner"]),
            ("date", view.published.date().isoformat()),
            ("identifier", self._url(address)),
            ("source", view.origin and (view.origin.url or view.origin.name)),
            ("language", article.lang),
            ("rights", frame.rights),
        ]
        graph = _OpenGraph("article", view.title, view.lead, view.category.name, image, times)
        lines = (f'<meta name="DC.{name}" content="{escape(value)}">\n' for name, value in dublin_core if value)
        return self._head(frame, address, [news, trail], graph) + Markup("".join(lines))

    def _head(self, frame: Frame, address: str, nodes: Sequence[Node], graph: _OpenGraph) -> Markup:
        image = graph.image or self._drawn_image(frame, graph.section)
        properties = [
            ("og:type", graph.type),
            ("og:title", graph.title),
            ("og:description", graph.description),
            ("og:url", self._url(address)),
            ("og:locale", frame.language.og_locale),
            ("og:image", image.url),
            ("og:image:width", str(image.width)),
            ("og:image:height", str(image.height)),
            ("og:image:alt", image.alt),
            *graph.extra,
        ]
        lines = [f'<meta property="{name}" content="{escape(value)}">' for name, value in properties if value]
        lines.append('<meta name="twitter:card" content="summary_large_image">')
        filled = [{key: value for key, value in node.items() if value not in (None, "", [])} for node in nodes]
        text = json.dumps({"@context": VOCABULARY, "@graph": filled}, ensure_ascii=False, separators=(",", ":"))
        lines.append(f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>')
        return Markup("\n".join(lines) + "\n")

    def _breadcrumbs(self, *steps: tuple[str, str]) -> Node:
        """The way from the home page to a page. steps: names and addresses.

        The last step is the page itself, whose address need not be said:
        https://developers.google.com/search/docs/appearance/structured-data/breadcrumb
        """
        entries = [
            {"@type": "ListItem", "position": position, "name": name, "item": self._url(url)}
            for position, (name, url) in enumerate(steps, 1)
        ]
        del entries[-1]["item"]
        return {"@type": "BreadcrumbList", "itemListElement": entries}

    def _organization(self, frame: Frame, with_contact: bool = False) -> Node:
        agency = frame.agency
        node = {"@type": "GovernmentOrganization", "name": agency["owner"], "url": self._url(frame.home)}
        if with_contact:
            logo = self._url(self.logo)
            node |= {
                key: agency[name] for key, name in (("telephone", "phone"), ("address", "address")) if agency[name]
            }
            node["logo"] = logo
        return node

    def _website(self, frame: Frame) -> Node:
        return {
            "@type": "WebSite",
            "@id": self._url(frame.home) + "#website",
            "name": _portal_name(frame),
            "url": self._url(frame.home),
            "inLanguage": frame.lang,
        }

    def _cover(self, article: Story) -> _Image | None:
        if not article.cover:
            return None
        picture = self.pictures.by_path[article.cover.path]
        width = picture.widths[-1]
        height = round(picture.height * width / picture.width)
        url = self._url(f"{PICTURES}{picture.variant_name(width, 'jpg')}")
        return _Image(url, width, height, article.cover.alt)

    @staticmethod
    def _image_node(image: _Image, frame: Frame) -> Node | str:
        """A picture for search engines: its address, or with its licence if the portal names one."""
        licence = frame.picture_licence
        return {"@type": "ImageObject", "contentUrl": image.url, "license": licence.url} if licence else image.url

    def _drawn_image(self, frame: Frame, section: str) -> _Image:
        file = share_image.file_name(frame.agency["portal"], frame.agency["name"], section, self.accent)
        alt = f"{_portal_name(frame)}. {section}".removesuffix(". ")
        return _Image(self._url(f"{PICTURES}{file}"), share_image.WIDTH, share_image.HEIGHT, alt)

    def _url(self, address: str) -> str:
        return self.addresses.absolute(address)


def _portal_name(frame: Frame) -> str:
    return f"{frame.agency['portal']} {frame.agency['name']}"


def _share_images(editions: Iterable[Edition], accent: str) -> list[tuple[str, str, str, str]]:
    """The pictures to draw: the two lines of the portal's name, the name of a section or "", and the accent."""
    found: dict[tuple[str, str, str, str], None] = {}
    for edition in editions:
        sections = map(edition.section, edition.extra_kinds)
        groups = [*edition.categories, *sections, *edition.tags, *edition.authors]
        for section in ["", *(group.name for group in groups)]:
            found[edition.agency["portal"], edition.agency["name"], section, accent] = None
    return list(found)


class MetadataFeature(Feature):
    """Gives templates the function that renders metadata, and publishes the drawn pictures."""

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`metadata_of(…)`, see `Metadata.html`."""
        accent, logo = look.accent(build.settings), emblem(build.settings).logo
        return {"metadata_of": Metadata(build.addresses, build.pictures, accent, logo).html}

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add the pictures, and draw those that are not cached."""
        if not build.settings["SITEURL"]:
            return
        images = _share_images(build.editions.values(), look.accent(build.settings))
        namespace = build.artifacts.namespace("previews", share_image.__name__)
        keys = {image: namespace.key(*image) for image in images}
        cached = namespace.find_by_key(keys.values())
        missing = [image for image, key in keys.items() if key not in cached]

        def draw(image: tuple[str, str, str, str]) -> None:
            write_atomically(namespace.file_path(keys[image], ".png"), share_image.draw(*image))

        for image, result in jobs.run_forked(draw, missing, "", build.settings.get("JOBS")):
            jobs.unwrap(result)
            namespace.store(keys[image], [".png"], {})
        for image, key in keys.items():
            outputs.add_file(PICTURES + share_image.file_name(*image), key, namespace.file_path(key, ".png").read_bytes)


feature = MetadataFeature(__file__)
register = feature.register
