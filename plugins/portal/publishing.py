"""From generators that have read everything to the files of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins import web_server
from plugins.addresses import Addresses, output_name
from plugins.features.assets import Assets
from plugins.i18n import translate
from plugins.incremental import precompressed
from plugins.incremental.fingerprints import digest_bytes
from plugins.incremental.site import Publishing
from plugins.look.emblem import THEME_FILE, emblem
from plugins.problems import ContentError, Problem, display_path
from plugins.problems.files import stamp
from plugins.statistics.rules import has_whole_addresses

from . import links, navigation
from .copied_files import CopiedFiles

if TYPE_CHECKING:
    from plugins.incremental.site import Site
    from plugins.pelican_bridge.staging import StagedSite

    from .generators import NewsGenerator

# RELEASES: how many earlier releases stay; 0 to publish into the output folder itself. KEPT_BUILDS: for so many builds
# files with a digest in their names stay when no page needs them any more. PRECOMPRESSED: "gz", "br" or both.
DEFAULTS: Mapping[str, Any] = {"RELEASES": 0, "KEPT_BUILDS": 5, "PRECOMPRESSED": []}
MAX_REMOVED = 20  # so many articles may be removed without a question


def add_outputs(
    site: Site | StagedSite, generators: Iterable[Any], news: NewsGenerator, content: Path, theme: Path
) -> None:
    """Add all files to a site: what generators make, static files of the theme, linked documents, and assets.

    Args:
        site: The site.
        generators: All generators of the build.
        news: The one that has all stories. Its context gets the linked "documents" and the "copied_files".
        content: The content folder.
        theme: The folder of the theme.
    """
    context = news.context
    documents = sorted({*links.linked_documents(news.published), *navigation.documents(news.settings)})
    context["documents"] = documents
    copies = context["copied_files"] = CopiedFiles(context["state"])
    for generator in generators:
        if hasattr(generator, "generate_output"):
            generator.generate_output(site)
    static = theme / "static"
    own = emblem(news.settings)
    for file in sorted(path for path in static.rglob("*") if path.is_file()):
        if own.is_own and file == static / THEME_FILE:
            continue
        copies.add(site, file.relative_to(static).as_posix(), file)
    for document in documents:
        copies.add(site, document, content / document)
    for address, render in own.outputs().items():
        site.add_output(address, f"{address} {stamp(own.file.stat())}", render)
    copies.store()
    assets: Assets = context["page_values"]["assets"]
    encodings, whole = ways(news.settings).encodings, has_whole_addresses(news.settings)
    gone_pages = {address: output_name(url) for address, url in news.build.gone_pages.items()}
    rules = web_server.files(
        context["addresses"], assets, news.build.redirects, site.requested, encodings, whole, gone_pages
    )
    for address, data in {**assets.files, **rules}.items():
        site.add_output(address, digest_bytes(data), _constant(data))


def ways(settings: Mapping[str, Any]) -> Publishing:
    """Return how the settings say that the site is published."""
    return Publishing(*(settings.get(name, default) for name, default in DEFAULTS.items()))


def settings_problems(settings: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the settings of `ways`."""
    for name in ("RELEASES", "KEPT_BUILDS"):
        value = settings.get(name, 0)
        if not isinstance(value, int) or value < 0:
            yield Problem(name, 0, translate("must be a whole number, 0 or more"))
    encodings = settings.get("PRECOMPRESSED", [])
    if not isinstance(encodings, list | tuple) or not set(map(str, encodings)) <= precompressed.SUFFIXES.keys():
        yield Problem("PRECOMPRESSED", 0, translate('must be a list of "gz" and "br"'))


def _constant(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def check_removal(site: Site, addresses: Addresses, content: str, is_empty: bool) -> None:
    """Refuse to remove most of a portal, which is nearly always a slip such as a wrong content folder.

    Args:
        site: The site with all its files added.
        addresses: The addresses of the portal.
        content: The content folder.
        is_empty: Whether nothing is published any more.

    Raises:
        ContentError: More than `MAX_REMOVED` articles, and more than half of them, would be removed; or any at all
            if nothing is published any more.
    """

    def count_articles(names: Iterable[str]) -> int:  # other pages come and go with them
        places = (addresses.resolve(name) for name in names if name.endswith(".html"))
        return sum(place is not None and place.name == "article" for place in places)

    removed = count_articles(site.obsolete)
    if not removed or (removed <= MAX_REMOVED and not is_empty):
        return
    before = count_articles(site.owned.union(site.previous))
    if removed <= before // 2 and not is_empty:
        return
    text = translate(
        "{gone} of {all} articles would be removed; if that is meant, build with --force", gone=removed, all=before
    )
    raise ContentError([Problem(display_path(content), 0, text)])
