"""Links inside the portal: from one article to another, and to documents.

The reader leaves `{filename}/path` for a Markdown file and `{static}/path` for a document, both relative to the content
folder. Here they become addresses. If the target is not published (yet), only the words of the link remain, and the
editor gets a warning. Of the documents, only those that something published links to are published.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from html import unescape
from urllib.parse import quote, unquote

from plugins.addresses import Addresses, output_name
from plugins.i18n import translate
from plugins.markdown_reader.places import id_in_text, ids_of, place_of, suggestions
from plugins.problems import Problem, display_path
from plugins.problems.files import why_unreadable

from . import copied_files
from .stories import Story

_LINK = re.compile(
    r'<a(?P<before>[^>]*) href="\{(?P<kind>filename|static)\}/(?P<path>[^"?#]*)(?P<after>[^>]*)>(?P<words>.*?)</a>',
    re.S,
)
_FROM_ROOT = re.compile(r'(<a\b[^>]* href=")(/(?!/)[^"]*)')


def resolve_links(body: str, links: Mapping[str, str], addresses: Addresses) -> str:
    """Replace the placeholders for links in a text, and put links within the portal below its path.

    Args:
        body: The HTML as the reader left it.
        links: The address of each published story by its path, without the leading slash.
        addresses: Those of the portal.
    """
    if addresses.base != "/":
        body = _FROM_ROOT.sub(lambda link: f"{link[1]}{addresses.base}{addresses.typed(link[2])}", body)

    def resolve(link: re.Match[str]) -> str:
        path = unquote(unescape(link["path"]))
        if link["kind"] == "filename" and path not in links:
            return link["words"]
        address = links[path] if link["kind"] == "filename" else quote(path)
        return f'<a{link["before"]} href="{addresses.base}{address}{link["after"]}>{link["words"]}</a>'

    return _LINK.sub(resolve, body) if "{" in body else body


def link_problems(published: Iterable[Story], addresses: Mapping[str, str], content: str) -> Iterator[Problem]:
    """Yield a warning for each link to an article that readers cannot see, and an error for each to a missing file.

    Args:
        published: The published stories.
        addresses: The address of each of them by its path.
        content: The content folder.
    """
    known: dict[str, tuple[str, str]] = {}
    for story in published:
        for path in story.link_paths:
            if path in addresses:
                continue
            if path not in known:
                known[path] = _target_problem(path, content)
            level, text = known[path]
            if text:
                source = os.path.join(content, story.path)
                yield Problem(display_path(source), _line(source, path), text, level)


def _target_problem(path: str, content: str) -> tuple[str, str]:
    """Return the level and text of what is wrong with a linked file that has no address; "" if nothing is."""
    file = os.path.join(content, path)
    if not os.path.lexists(file):  # it existed when the story was read
        return "error", translate("the link leads to {target}, which does not exist", target=path)
    if path.endswith(".md"):
        return "warning", translate(
            "the link to {target} is left out: that article is a draft or not yet published", target=path
        )
    why = why_unreadable(file, copied_files.MAX_SIZE)
    return "error", f"{path}: {why}" if why else ""


def is_output(address: str, outputs: Container[str]) -> bool:
    """Return whether there is a page or a file at an address, with or without a slash at its end."""
    name = unquote(address)
    return name in outputs or f"{name.rstrip('/')}/index.html".lstrip("/") in outputs


def dead_link_problems(
    published: Iterable[Story], outputs: Container[str], content: str, addresses: Addresses
) -> Iterator[Problem]:
    """Yield a warning for each link to an address of the portal that has no page.

    Args:
        published: The published stories.
        outputs: The names of the site's files.
        content: The content folder.
        addresses: Those of the portal.
    """
    for story in published:
        for address in story.addresses if story.row.has_portal_links else ():
            if not is_output(addresses.typed(address), outputs):
                source = os.path.join(content, story.path)
                text = translate("the link leads to {target}, but the portal has no such page", target=address)
                yield Problem(display_path(source), _line(source, address), text, "warning")


def fragment_problems(
    published: Sequence[Story], content: str, ids_around: Callable[[], Container[str]], addresses: Addresses
) -> Iterator[Problem]:
    """Yield a warning for each link to a place that another article or page does not have.

    Args:
        published: The published stories.
        content: The content folder.
        ids_around: Returns the ids that a page has around its text; called only if it matters.
        addresses: Those of the portal.
    """
    linking = [story for story in published if story.row.has_fragments]
    if not linking:
        return
    by_target = {story.path: story for story in published}
    by_target |= {output_name(story.url): story for story in published}
    ids: dict[str, set[str]] = {}
    for story in linking:
        for target, fragment in story.fragments:
            linked = by_target.get(target) or _story_at(addresses.typed(unquote(target)), by_target)
            if linked is None:  # told elsewhere, or a page that is no article
                continue
            if linked.path not in ids:
                ids[linked.path] = ids_of(linked.body)
            place = place_of(unquote(fragment))
            if not target.startswith("/"):  # the file of an article, which is the text alone
                place = id_in_text(place)
            if place and place not in ids[linked.path] and place not in ids_around():
                source = os.path.join(content, story.path)
                text = translate(
                    "the link leads to #{place} of {target}, which has no such place; it has: {known}",
                    place=unquote(fragment),
                    target=target,
                    known=suggestions(place, ids[linked.path]),
                )
                yield Problem(display_path(source), _line(source, target, f"#{fragment}"), text, "warning")


def _story_at(address: str, stories: Mapping[str, Story]) -> Story | None:
    """Return the story at an address of the portal, with or without a slash at its end."""
    name = address.strip("/")
    return stories.get(name) or stories.get(output_name(f"{name}/"))


def linked_documents(published: Iterable[Story]) -> list[str]:
    """Return the documents that published stories link to, as paths in the content folder."""
    return sorted({path for story in published for path in story.link_paths if not path.endswith(".md")})


def _line(source: str, path: str, more: str = "") -> int:
    """Return the number of the first line that names the last part of a path, if possible with `more`; else 0."""
    name = path.rstrip("/").rpartition("/")[2]
    with open(source, encoding="utf-8", errors="replace") as stream:
        lines = list(enumerate(stream, start=1))
    for needles in ((name, more), (more or name,), (name,)):
        for number, line in lines:
            if all(needle in line for needle in needles):
                return number
    return 0
