"""The HTTP headers of the site: one list of rules, for nginx and for static hosts.

nginx sends `Cache-Control` with everything. In `_headers` only the rules for folders have it, because static hosts join
the values of rules that overlap; what no rule names, they already let browsers ask for again each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from plugins.addresses import Addresses
from plugins.features.assets import Assets

REVALIDATE = "no-cache"  # kept by browsers, but asked for again: an unchanged page costs a 304, a corrected one is seen
IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}
CROSS_ORIGIN = {"Access-Control-Allow-Origin": "*"}


class HeaderRule(NamedTuple):
    """Headers of all files in a folder, such as "theme/"; "" is the whole site."""

    folder: str
    headers: Mapping[str, str]


def header_rules(assets: Assets, addresses: Addresses) -> list[HeaderRule]:
    """Return the rules; the first is for the whole site, and the headers of the others are sent in addition."""
    everywhere = {
        "Content-Security-Policy": assets.policy,
        "Strict-Transport-Security": "max-age=63072000",  # browsers ignore it without TLS
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        # feeds, podcasts, pictures and the web service are there for others to use, and nothing here is private
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    shared = [addresses.prefix(lang) + folder for folder in assets.cross_origin_paths for lang in addresses.languages]
    return [
        HeaderRule("", everywhere),
        *(HeaderRule(folder, IMMUTABLE) for folder in assets.immutable_paths),
        *(HeaderRule(folder, CROSS_ORIGIN) for folder in shared),
    ]


def headers_file(rules: Iterable[HeaderRule]) -> str:
    """Return the content of the `_headers` file, which static hosts and `serve` read. Its paths begin at the folder."""
    return "".join(
        f"/{rule.folder}*\n" + "".join(f"  {name}: {value}\n" for name, value in rule.headers.items()) for rule in rules
    )


def nginx_headers(rules: Iterable[HeaderRule]) -> str:
    """Return the directives for a `server` block. They use the variables that `nginx_maps` defines.

    No `location` may have headers of its own: nginx drops inherited headers there.
    """
    everywhere = next(iter(rules)).headers
    variables = {"Cache-Control": "$cache_control", "Access-Control-Allow-Origin": "$allowed_origin"}
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in {**everywhere, **variables}.items())


def nginx_maps(rules: Iterable[HeaderRule], base: str) -> str:
    """Return the maps for the `http` block that decide on the headers of folders.

    What is there for ever is cached for ever only if it is there: an error never is.

    Args:
        rules: See `header_rules`.
        base: The path of the portal on its host.
    """
    folders = {name: [rule.folder for rule in rules if name in rule.headers] for name in (*IMMUTABLE, *CROSS_ORIGIN)}
    immutable, shared = (re.escape(base) + _any_of(found) for found in folders.values())
    return (
        f'map "$status $uri" $cache_control {{\n    default "{REVALIDATE}";\n'
        f'    "~^(?:200|206|304) {immutable}" "{IMMUTABLE["Cache-Control"]}";\n}}\n'
        f'map $request_uri $allowed_origin {{\n    default "";\n    "~^{shared}" "*";\n}}\n'
    )


def _any_of(folders: Iterable[str]) -> str:
    """Return a pattern for one of the folders, which matches nothing if there is none."""
    return f"(?:{'|'.join(map(re.escape, folders)) or '(?!)'})"
