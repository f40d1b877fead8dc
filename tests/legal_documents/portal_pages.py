"""Pages on which portals have documents: the layouts in layouts/, three pages of each, and what every page says.

The layouts are those of NukeViet's modules for laws (2016 and 2024), vbpl.vn, chinhphu.vn, SharePoint, Liferay,
home-made ASP and PHP, and of the lists that decree 34/2016/NĐ-CP lays down; names and numbers are invented. The first
line of a layout names the keys that its page says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jinja2

FOLDER = Path(__file__).parent / "layouts"
# Written after the rules were done with the others, to see what remains of the figure at first sight
LATER = {"liferay_table", "sharepoint_form", "headed_table", "news", "media_list", "wide_list"}
Facts = dict[str, str]


class PortalPage(NamedTuple):
    """A page. name: of its file; text: its content; said: for each of its documents the values that it says."""

    name: str
    text: str
    said: list[Facts]


@cache
def documents() -> list[Facts]:
    """Return twelve documents, with the names of their files, and with a title that begins with "Về việc"."""
    found = json.loads((FOLDER / "documents.json").read_text("utf-8"))
    for number, document in enumerate(found, 1):
        title = document["title"].removeprefix("Về việc ")
        document |= {
            "file": f"van-ban-{number}.pdf",
            "files": f"van-ban-{number}.pdf",
            "about": f"Về việc {_small(title)}",
        }
    return list(found)


def pages() -> Iterator[PortalPage]:
    """Yield three pages of each layout."""
    loader = jinja2.Environment(loader=jinja2.FileSystemLoader(FOLDER), autoescape=False, trim_blocks=True)
    loader.filters |= {"day": _day, "small": _small}
    known = documents()
    for at, path in enumerate(sorted(FOLDER.glob("[a-z]*.html")) + sorted(FOLDER.glob("*.txt"))):
        keys = path.read_text("utf-8").split("#}")[0].removeprefix("{#").split()
        is_list = keys[0] == "list:"
        for n in range(3):
            chosen = [known[(at + 4 * n + k) % len(known)] for k in range(3 if is_list else 1)]
            text = loader.get_template(path.name).render(d=chosen[0], documents=chosen)
            yield PortalPage(f"{path.stem}-{n}{path.suffix}", text, [_said(d, keys[is_list:]) for d in chosen])


def _said(document: Facts, keys: list[str]) -> Facts:
    return {"title" if key == "about" else key: document[key] for key in keys if document[key]}


def _day(day: str, form: str = "{2}/{1}/{0}") -> str:
    return form.format(*day.split("-")) if day else ""


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
