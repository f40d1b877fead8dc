"""Builds the configuration that web servers need for a site: headers, addresses, languages, redirects.

nginx gets two files below `nginx/` in the site, which deploy/nginx/portal.conf includes; http.conf and server.conf
beside this module are their templates. Static hosts get `_headers`. Every build writes all of them, so that they always
fit the settings. headers.py has the headers of both, media_types.py the types of files, former_addresses.py the
redirects of nginx.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from plugins.addresses import (
    ERROR_PAGE,
    ERROR_PAGES,
    HEALTH,
    INVALID_PAGE,
    RATED_ADDRESS,
    REFUSED_PAGE,
    SERVER_FILES,
    STATS_NAME,
    THANKS,
    Addresses,
    output_name,
)
from plugins.features.assets import Assets

from . import caddy, former_addresses, headers, media_types
from .former_addresses import GONE

GONE_PAGE = ERROR_PAGES[410,]  # where an address has none of its own
_CUT_IPV4 = '    "~^(?<begin_of_four>\\d+\\.\\d+\\.\\d+)\\.\\d+$" "${begin_of_four}.0";\n'
_STATIC = {"gz": "gzip_static", "br": "brotli_static"}  # the directives that send compressed copies, by their kind


def files(
    addresses: Addresses,
    assets: Assets,
    redirects: Mapping[str, str],
    published: Container[str],
    encodings: Collection[str] = (),
    has_whole_addresses: bool = False,
    gone_pages: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, bytes]:
    """The files for web servers, by name.

    Args:
        addresses: the portal's.
        assets: the site's, for its headers.
        redirects: by former address, with its leading slash and query, the address without a slash.
        published: the names of all other files of the site.
        encodings: the kinds of compressed copies beside files, "gz" and "br".
        has_whole_addresses: whether nginx's log has more than the network of a reader.
        gone_pages: the file that an address answers with that it is gone, by the address with its leading slash.
    """
    rules = headers.header_rules(assets, addresses)
    texts = {
        f"{SERVER_FILES}http.conf": _http_conf(addresses, redirects, published, has_whole_addresses, gone_pages)
        + headers.nginx_maps(rules, addresses.base),
        f"{SERVER_FILES}server.conf": _server_conf(addresses, rules, encodings),
        f"{SERVER_FILES}health": "ok\n",
        f"{SERVER_FILES}portal.caddy": caddy.site_block(
            rules, addresses.base, [address for address in redirects if redirects[address] == GONE], gone_pages
        ),
        "_headers": headers.headers_file(rules),
    }
    return {name: text.encode("utf-8", "surrogateescape") for name, text in texts.items()}


def _http_conf(
    addresses: Addresses,
    redirects: Mapping[str, str],
    published: Container[str],
    has_whole_addresses: bool,
    gone_pages: Mapping[str, str],
) -> str:
    link, (first, *others) = addresses.path, addresses.languages
    back = rf'    "~*[?&]bai=(?<rated>{RATED_ADDRESS})(?:&|$)" "{addresses.base}$rated#{THANKS}";'
    thanks = [back, f"    default {link(addresses.url(first, 'thanks'))};"]
    thanks += [rf'    "~*[?&]bai={re.escape(lang)}(?:/|%2F)" {link(addresses.url(lang, "thanks"))};' for lang in others]

    def is_taken(address: str) -> bool:
        local = addresses.local(address)
        return local is not None and (output_name(local.lstrip("/")) in published or addresses.is_reserved(local))

    moved, size, bucket = former_addresses.nginx_map(redirects, is_taken, link)
    return _render(
        "http.conf",
        addresses.base,
        VOTE=addresses.vote_url,
        THANKS="\n".join(thanks),
        MAP_SIZE=str(size),
        MAP_BUCKET=str(bucket),
        TRACKING=former_addresses.TRACKING,
        MOVED=moved,
        GONE_PAGE=link(GONE_PAGE),
        GONE_PAGES="".join(f'    "{address}" {link(page)};\n' for address, page in sorted(gone_pages.items())),
        LOGGED="remote_addr" if has_whole_addresses else "network",
        CUT="" if has_whole_addresses else _CUT_IPV4,
    )


def _server_conf(addresses: Addresses, rules: Iterable[headers.HeaderRule], encodings: Collection[str]) -> str:
    link, stats_pages = addresses.path, []
    for lang in addresses.languages:
        url = addresses.url(lang, "statistics")
        candidates = " ".join(map(link, (addresses.stats_file(url, ".html"), output_name(url))))
        stats_pages.append(f"location = {link(url)} {{ try_files {candidates} =404; }}\n")
    errors = [
        f"error_page {' '.join(map(str, statuses))} {'$gone_page' if page == GONE_PAGE else link(page)};"
        for statuses, page in ERROR_PAGES.items()
    ]
    return _render(
        "server.conf",
        addresses.base,
        VOTE=addresses.vote_url,
        HEADERS=headers.nginx_headers(rules),
        TYPES=media_types.nginx_types(),
        PRECOMPRESSED="".join(f"{_STATIC[encoding]} on;\n" for encoding in sorted(encodings)),
        ERRORS="\n".join(errors),
        ERRORS_AGAIN="\n    ".join(errors),
        ERROR_PAGE=ERROR_PAGE,
        REFUSED=REFUSED_PAGE,
        INVALID_PAGE=INVALID_PAGE,
        REVALIDATE=headers.REVALIDATE,
        HEALTH=HEALTH,
        GONE=GONE,
        SERVER=SERVER_FILES,
        FILLED="".join(stats_pages),
        FIGURES=re.escape(STATS_NAME),
    )


def _render(template: str, base: str, **values: str) -> str:
    """Fill in the @NAME@ placeholders of a template beside this module. base: the path of the portal on its host."""
    values |= {"BASE": base, "BASE_PATTERN": re.escape(base)}
    text = (Path(__file__).parent / template).read_text(encoding="utf-8")
    return re.sub("@([A-Z_]+)@", lambda placeholder: values[placeholder[1]], text)
