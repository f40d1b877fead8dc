"""Every address that the files of a finished site name, and those at which there is nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from plugins.addresses import HEALTH, VOTE, output_name

# Answered by a web server
WITHOUT_FILE = {VOTE, HEALTH}
PREFIXES = "service-worker.js"  # it names folders whose files it keeps


def addresses_in_html(text: str) -> Iterator[str]:
    """Yield everything in a page that may be an address: the values of all attributes, and JSON-LD."""
    soup = BeautifulSoup(text, "html.parser")
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            if isinstance(value, str) and name not in ("d", "class", "style", "data-sound"):
                yield from (re.split(r",\s+|\s", value) if name == "srcset" else [value.removeprefix("0; url=")])
    for script in soup.find_all("script", type=re.compile("json")):
        yield from strings_in(json.loads(script.string or "null"))


def strings_in(value: object) -> Iterator[str]:
    """Yield every text of a JSON document."""
    if isinstance(value, str):
        yield from addresses_in_html(value) if value.startswith("<") else [value]
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_in(part)


def addresses_in_xml(text: str) -> Iterator[str]:
    """Yield the values of all attributes and the texts of all elements of an XML document."""
    for element in ElementTree.fromstring(text).iter():
        yield from element.attrib.values()
        yield from strings_in((element.text or "").strip())


READERS = {
    ".html": addresses_in_html,
    ".json": lambda text: strings_in(json.loads(text)),
    **dict.fromkeys((".xml", ".atom", ".rss", ".svg"), addresses_in_xml),
    ".css": lambda text: re.findall(r"url\(([^)]*)\)", text),
    ".js": lambda text: re.findall(r"""["'`](/[a-z][^"'`\s]*)["'`]""", text),
    ".txt": lambda text: re.findall(r"(?<=\s)(?:https?:/)?/\S*", text),
}


def links_of(site: Path, origin: str) -> dict[str, set[str]]:
    """Return the paths on its host that the files of a site name, each with the files that name it.

    Args:
        site: The folder of the site.
        origin: Its scheme and host, such as https://tinh.example.
    """
    found: dict[str, set[str]] = {}
    for file in site.rglob("*"):
        name = file.relative_to(site).as_posix()
        read = READERS.get(file.suffix) if file.is_file() and not name.startswith("nginx/") else None
        for address in read(file.read_text(encoding="utf-8")) if read else ():
            parts = urlsplit(address)
            if address.startswith(origin) or (address.startswith("/") and not address.startswith("//")):
                found.setdefault(parts.path, set()).add(name)
    return found


def dead_links(site: Path, address: str) -> dict[str, set[str]]:
    """Return the paths within a site at which there is no file, each with the files that name it.

    Args:
        site: The folder of the site.
        address: Its address, such as https://tinh.example/xa, without a slash at its end.
    """
    parts = urlsplit(address)
    links = links_of(site, f"{parts.scheme}://{parts.netloc}")
    names = {unquote(path).removeprefix(f"{parts.path}/"): by for path, by in links.items()}
    dead = {name: by for name, by in names.items() if not (site / output_name(name)).is_file()}
    dead = {name: by for name, by in dead.items() if not (name.endswith("/") and by == {PREFIXES})}
    return {name: by for name, by in dead.items() if name not in WITHOUT_FILE and not name.startswith("/")}
