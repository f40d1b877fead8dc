"""Stage: what a web server must know of a build: headers, addresses, languages, former addresses.

For nginx two files below `nginx/` in the site, that deploy/nginx/portal.conf includes (http.conf, server.conf: their
text stands beside this module); for static hosts `_headers`. They are written by every build, so that a server never
lacks one, and so that it knows each language and each address that the settings have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from plugins.addresses import ERROR_PAGE, STATS_NAME, SERVER_FILES, Addresses, output_name
from plugins.features.assets import Assets
from plugins.portal.filters import path as link


def files(addresses: Addresses, assets: Assets, redirects: Mapping[str, str]) -> dict[str, bytes]:
    """The files by name. moved: former address, with its leading slash and query -> address."""
    made = {
        f"{SERVER_FILES}http.conf": _http(addresses, redirects),
        f"{SERVER_FILES}server.conf": _server(addresses, assets),
    }
    return {name: text.encode() for name, text in made.items()} | {"_headers": assets.headers.encode()}


def _http(addresses: Addresses, moved: Mapping[str, str]) -> str:
    first, *others = addresses.languages
    thanks = [f"    default {link(addresses.url(first, 'thanks'))};"]
    thanks += [rf'    "~*[?&]bai={re.escape(lang)}(?:/|%2F)" {link(addresses.url(lang, "thanks"))};' for lang in others]
    return _filled("http.conf", VOTE=addresses.vote_url, THANKS="\n".join(thanks), MOVED=_moved(moved))


def _moved(moved: Mapping[str, str]) -> str:
    lines = (
        f"    {json.dumps(address, ensure_ascii=False)} {json.dumps(link(url))};\n" for address, url in moved.items()
    )
    return "".join(lines).replace("$", "${dollar}")


def _server(addresses: Addresses, assets: Assets) -> str:
    filled = []
    for lang in addresses.languages:
        url = addresses.url(lang, "statistics")
        tried = " ".join(map(link, (addresses.stats_file(url, ".html"), output_name(url))))
        filled.append(f"location = {link(url)} {{ try_files {tried} =404; }}\n")
    return _filled(
        "server.conf", VOTE=addresses.vote_url, HEADERS=assets.nginx, ERROR_PAGE=ERROR_PAGE, SERVER=SERVER_FILES,
        FILLED="".join(filled), FIGURES=re.escape(STATS_NAME),
    )  # fmt: skip


def _filled(name: str, **values: str) -> str:
    """The text of a file, with values in place of @NAME@."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return re.sub("@([A-Z_]+)@", lambda mark: values[mark[1]], text)
