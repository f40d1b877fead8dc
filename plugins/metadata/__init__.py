"""Feature: what a page tells machines about itself, in its head.

JSON-LD (schema.org), Open Graph and the card of X, and Dublin Core, the fields that the circulars
on state portals name. It says nothing that the page does not show. A page without a picture has one
drawn for it, with the portal's name and the section's, to stand beside its title where it is shared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from plugins import jobs
from plugins.addresses import PICTURES
from plugins.artifacts.files import write_atomically
from plugins.features import Feature
from plugins.portal.filters import machine_date, path

from . import share_image

if TYPE_CHECKING:
    from plugins.portal.editions import Edition, Frame
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story

VOCABULARY = "https://schema.org"


class Metadata:
    """Writes the metadata of a portal's pages. site: its public address."""

    def __init__(self, site: str, pictures: Any) -> None:
        self.site, self.pictures = site, pictures

    def html(self, kind: str, frame: Frame, address: str, words: Any, item: Any = None, title: str = "") -> Markup:
        """The elements for a page's head. frame: its edition's; item: the article, page or list that it shows."""
        if not self.site or kind not in ("home", "article", "page", "listing"):
            return Markup("")
        whole = f"{frame.agency['portal']} {frame.agency['name']}"
        if kind == "home":
            return self._head(
                frame,
                address,
                [self._organization(frame, True), self._website(frame)],
                "website",
                whole,
                frame.agency["description"],
            )
        trail = self._trail(frame, address, words, item, title)
        if kind == "listing":
            return self._head(
                frame,
                address,
                [trail],
                "website",
                f"{title} – {whole}",
                item.lead or frame.agency["description"],
                title,
            )
        if kind == "page":
            return self._head(frame, address, [trail], "website", item.title, item.summary_text)
        return self._article(frame, address, trail, item)

    def _article(self, frame: Frame, address: str, trail: dict[str, Any], article: Story) -> Markup:
        view, picture = article.view, self._picture(article)
        news = {
            "@type": article.content_kind.schema,
            "@id": self._url(address),
            "headline": view.title,
            "datePublished": machine_date(view.published),
            "dateModified": machine_date(view.updated) if view.updated else None,
            "author": [{"@type": "Person", "name": a.name, "url": self._url(a.url)} for a in view.authors],
            "image": picture and picture[0],
            "articleSection": view.category.name,
            "inLanguage": article.lang,
            "isBasedOn": view.origin and view.origin.url,
            "publisher": self._organization(frame),
        }
        subjects = [view.category.name, *(tag.name for tag in view.tags)]
        names = [("article:published_time", machine_date(view.published))]
        if view.updated:
            names.append(("article:modified_time", machine_date(view.updated)))
        core = [
            ("title", view.title),
            ("creator", "; ".join(author.name for author in view.authors)),
            ("subject", "; ".join(subjects)),
            ("description", view.lead),
            ("publisher", frame.agency["owner"]),
            ("date", view.published.date().isoformat()),
            ("identifier", self._url(address)),
            ("source", view.origin and (view.origin.url or view.origin.name)),
            ("language", article.lang),
            ("rights", frame.agency["reuse"]),
        ]
        head = self._head(
            frame, address, [news, trail], "article", view.title, view.lead, view.category.name, picture, names
        )
        lines = (f'<meta name="DC.{name}" content="{escape(value)}">\n' for name, value in core if value)
        return head + Markup("".join(lines))

    def _head(
        self, frame: Frame, address: str, graph: list[dict[str, Any]], kind: str, title: str, description: str,
        section: str = "", picture: tuple[str, int, int, str] | None = None, more: list[tuple[str, str]] | None = None,
    ) -> Markup:  # fmt: skip
        url, width, height, alt = picture or self._drawn(frame, section)
        properties = [
            ("og:type", kind),
            ("og:title", title),
            ("og:description", description),
            ("og:url", self._url(address)),
            ("og:locale", frame.language.og_locale),
            ("og:image", url),
            ("og:image:width", str(width)),
            ("og:image:height", str(height)),
            ("og:image:alt", alt),
            *(more or []),
        ]
        lines = [f'<meta property="{name}" content="{escape(value)}">' for name, value in properties if value]
        lines.append('<meta name="twitter:card" content="summary_large_image">')
        known = [{key: value for key, value in node.items() if value not in (None, "", [])} for node in graph]
        text = json.dumps({"@context": VOCABULARY, "@graph": known}, ensure_ascii=False, separators=(",", ":"))
        lines.append(f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>')
        return Markup("\n".join(lines) + "\n")

    def _trail(self, frame: Frame, address: str, words: Any, item: Any, title: str) -> dict[str, Any]:
        steps = [(words("Home"), frame.home)]
        if hasattr(item, "content_kind") and item.content_kind.listed:
            steps.append((item.category.name, item.category.url))
        steps.append((title or item.title, address))
        entries = [
            {"@type": "ListItem", "position": n, "name": name, "item": self._url(url)}
            for n, (name, url) in enumerate(steps, 1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": entries}

    def _organization(self, frame: Frame, whole: bool = False) -> dict[str, Any]:
        agency = frame.agency
        shown = (
            {"telephone": agency["phone"], "address": agency["address"], "logo": f"{self.site}/emblem.svg"}
            if whole
            else {}
        )
        return {"@type": "GovernmentOrganization", "name": agency["owner"], "url": self._url(frame.home), **shown}

    def _website(self, frame: Frame) -> dict[str, Any]:
        name = f"{frame.agency['portal']} {frame.agency['name']}"
        return {
            "@type": "WebSite",
            "@id": self._url(frame.home) + "#website",
            "name": name,
            "url": self._url(frame.home),
            "inLanguage": frame.lang,
        }

    def _picture(self, article: Story) -> tuple[str, int, int, str] | None:
        if not article.cover:
            return None
        picture = self.pictures.by_path[article.cover.path]
        width = picture.widths[-1]
        return (
            f"{self.site}/{PICTURES}{picture.variant_name(width, 'jpg')}",
            width,
            round(picture.height * width / picture.width),
            article.cover.alt,
        )

    def _drawn(self, frame: Frame, section: str) -> tuple[str, int, int, str]:
        name = f"{frame.agency['portal']} {frame.agency['name']}"
        file = share_image.file_name(frame.agency["portal"], frame.agency["name"], section)
        return (
            f"{self.site}/{PICTURES}{file}",
            share_image.WIDTH,
            share_image.HEIGHT,
            f"{name}. {section}".removesuffix(". "),
        )

    def _url(self, address: str) -> str:
        return self.site + path(address)


def _wanted(editions: Iterable[Edition]) -> list[tuple[str, str, str]]:
    """What pictures are drawn of: the portal's two lines, and a section or ""."""
    found = {}
    for edition in editions:
        sections = map(edition.section, edition.extra_kinds)
        groups = [*edition.categories, *sections, *edition.tags, *edition.authors]
        for section in ["", *(group.name for group in groups)]:
            found[edition.agency["portal"], edition.agency["name"], section] = None
    return list(found)


class MetadataFeature(Feature):
    """Gives templates what writes the metadata, and publishes the pictures that it names."""

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`metadata_of(…)`, see `Metadata.html`."""
        return {"metadata_of": Metadata(build.settings["SITEURL"], build.pictures).html}

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Ask for the pictures, and draw those that are missing."""
        if not build.settings["SITEURL"]:
            return
        kind = build.artifacts.namespace("previews", share_image.__name__)
        keys = {what: kind.key(*what) for what in _wanted(build.editions.values())}
        there = kind.find_by_key(keys.values())
        missing = [what for what, key in keys.items() if key not in there]
        work = lambda what: write_atomically(kind.file_path(keys[what], ".png"), share_image.draw(*what))  # noqa: E731
        for what, result in jobs.run_forked(work, missing, "", build.settings.get("JOBS")):
            jobs.unwrap(result)
            kind.store(keys[what], [".png"], {})
        for what, key in keys.items():
            outputs.add_file(PICTURES + share_image.file_name(*what), key, kind.file_path(key, ".png").read_bytes)


feature = MetadataFeature(__file__)
register = feature.register
