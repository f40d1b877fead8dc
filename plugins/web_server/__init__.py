"""Builds the configuration that web servers need for a site: headers, addresses, languages, redirects.

nginx gets two files below `nginx/` in the site, which deploy/nginx/portal.conf includes; http.conf and server.conf
beside this module are their templates. Static hosts get `_headers`. Every build writes all of them, so that they always
fit the settings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from plugins.addresses import ERROR_PAGE, SERVER_FILES, STATS_NAME, Addresses, output_name
from plugins.features.assets import Assets
from plugins.portal.filters import path as link


def files(addresses: Addresses, assets: Assets, redirects: Mapping[str, str]) -> dict[str, bytes]:
    """The files for web servers, by name.

    Args:
        addresses: the portal's.
        assets: the site's, for its headers.
        redirects: by former address, with its leading slash and query, the address without a slash.
    """
    texts = {
        f"{SERVER_FILES}http.conf": _http_conf(addresses, redirects),
        f"{SERVER_FILES}server.conf": _server_conf(addresses, assets),
        "_headers": assets.headers,
    }
    return {name: text.encode() for name, text in texts.items()}


def _http_conf(addresses: Addresses, redirects: Mapping[str, str]) -> str:
    first, *others = addresses.languages
    thanks = [f"    default {link(addresses.url(first, 'thanks'))};"]
    thanks += [rf'    "~*[?&]bai={re.escape(lang)}(?:/|%2F)" {link(addresses.url(lang, "thanks"))};' for lang in others]
    return _render("http.conf", VOTE=addresses.vote_url, THANKS="\n".join(thanks), MOVED=_redirect_lines(redirects))


def _redirect_lines(redirects: Mapping[str, str]) -> str:
    lines = (
        f"    {json.dumps(address, ensure_ascii=False)} {json.dumps(link(url))};\n"
        for address, url in redirects.items()
    )
    return "".join(lines).replace("$", "${dollar}")


def _server_conf(addresses: Addresses, assets: Assets) -> str:
    stats_pages = []
    for lang in addresses.languages:
        url = addresses.url(lang, "statistics")
        candidates = " ".join(map(link, (addresses.stats_file(url, ".html"), output_name(url))))
        stats_pages.append(f"location = {link(url)} {{ try_files {candidates} =404; }}\n")
    return _render(
        "server.conf",
        VOTE=addresses.vote_url,
        HEADERS=assets.nginx,
        ERROR_PAGE=ERROR_PAGE,
        SERVER=SERVER_FILES,
        FILLED="".join(stats_pages),
        FIGURES=re.escape(STATS_NAME),
    )


def _render(template: str, **values: str) -> str:
    """Fill in the @NAME@ placeholders of a template beside this module."""
    text = (Path(__file__).parent / template).read_text(encoding="utf-8")
    return re.sub("@([A-Z_]+)@", lambda placeholder: values[placeholder[1]], text)
