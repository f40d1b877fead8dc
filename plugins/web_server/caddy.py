"""What Caddy must know about a build: headers, media types, error pages. deploy/caddy/Caddyfile imports it."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.addresses import ERROR_PAGES, HEALTH, SERVER_FILES

from .headers import CROSS_ORIGIN, IMMUTABLE, REVALIDATE, HeaderRule
from .media_types import MEDIA_TYPES, media_type_of


def site_block(rules: Iterable[HeaderRule], base: str, gone: Iterable[str] = (), gone_pages: Iterable[str] = ()) -> str:
    """Return the directives for the site's block.

    Args:
        rules: See `headers.header_rules`.
        base: The path of the portal on its host.
        gone: Addresses of what is withdrawn, with leading slash; those with a query are left to nginx.
        gone_pages: Those among them that have a page which says why.
    """
    rules = list(rules)
    own = sorted(gone_pages)
    others = sorted(address for address in set(gone).difference(own) if "?" not in address and "*" not in address)
    kept = [rule.folder for rule in rules if rule.headers == IMMUTABLE]
    shared = [rule.folder for rule in rules if rule.headers == CROSS_ORIGIN]
    lines = ["# Written by the build; deploy/caddy/Caddyfile imports it. Reload Caddy when it has changed.", "header {"]
    lines += [f'\t{name} "{value}"' for name, value in rules[0].headers.items()]
    lines += [f'\t?Cache-Control "{REVALIDATE}"', "}"]  # unless another line says more
    # an error is never kept
    lines += ["@kept {", "\tfile", f"\tpath {_in(base, kept)}", "}"] if kept else []
    lines += [f'header @kept Cache-Control "{IMMUTABLE["Cache-Control"]}"'] if kept else []
    lines += [f"@shared path {_in(base, shared)}", "header @shared Access-Control-Allow-Origin *"] if shared else []
    for number, endings in enumerate(MEDIA_TYPES.values()):
        patterns = " ".join(f"*.{ending}" for ending in endings)
        lines += [f"@type{number} path {patterns}", f'header @type{number} Content-Type "{media_type_of(endings[0])}"']
    lines += [f"@hidden path {base}{SERVER_FILES}* {base}_headers {base}_redirects", "error @hidden 404"]
    lines += ["@dots {", "\tpath_regexp /\\.", f"\tnot path {base}.well-known/*", "}", "error @dots 404"]
    for name, withdrawn, directive in (
        ("gone", others, ["error @gone 410"]),
        ("withdrawn", own, ["handle @withdrawn {", "\tfile_server {", "\t\tstatus 410", "\t}", "}"]),
    ):
        paths = " ".join(f'"{address}"' for address in withdrawn)
        lines += [f"@{name} path {paths}", *directive] if withdrawn else []
    lines += [f"handle {base}{HEALTH} {{", f"\trewrite * {base}{SERVER_FILES}health", "\tfile_server", "}"]
    lines += ["handle_errors {", '\theader Content-Type "text/html; charset=utf-8"']
    lines += [f'\theader {name} "{value}"' for name, value in {**rules[0].headers, "Cache-Control": REVALIDATE}.items()]
    for number, (statuses, page) in enumerate(ERROR_PAGES.items()):
        listed = ", ".join(map(str, statuses))
        lines += [f"\t@e{number} expression `{{err.status_code}} in [{listed}]`", f"\trewrite @e{number} {base}{page}"]
    return "\n".join([*lines, "\tfile_server", "}", ""])


def _in(base: str, folders: Iterable[str]) -> str:
    return " ".join(f"{base}{folder}*" for folder in folders)
