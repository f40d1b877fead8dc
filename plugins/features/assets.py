"""The site's stylesheets, script and security headers, put together from the theme and the features.

One stylesheet for a kind of page, one deferred script for all, and one tiny inline script that puts
the reader's choices on <html> before the first paint. File names carry a hash of their content, so
that they can be cached for ever.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plugins.addresses import ASSETS, PICTURES, Addresses
from plugins.problems import ContentError

from . import Feature, scripts
from .scripts import hashed_name

if TYPE_CHECKING:
    from plugins.artifacts import Cache

BUNDLES = ("article", "listing")  # pages to read, and pages that lead to them
NAMED_BY_CONTENT = (ASSETS, PICTURES)  # folders whose files carry a hash in their name, to be cached for ever


@dataclass(frozen=True)
class Assets:
    """files: address (without leading slash) -> bytes. stylesheets: bundle -> address. script: address or "".

    on_demand: "ROOM/FILE" -> address, of what features fetch only when it is asked for.
    """

    files: dict[str, bytes]
    stylesheets: dict[str, str]
    on_demand: dict[str, str]
    script: str
    inline: str  # the script in the head, "" where no feature has any
    immutable_paths: tuple[str, ...] = NAMED_BY_CONTENT  # folders to be cached for ever

    @property
    def policy(self) -> str:
        """The Content-Security-Policy of every page (https://www.w3.org/TR/CSP3/)."""
        allowed = "'self'" if self.script else "'none'"
        if self.inline:
            digest = base64.b64encode(hashlib.sha256(self.inline.encode()).digest()).decode()
            allowed += f" 'sha256-{digest}'"
        return (
            f"default-src 'none'; script-src {allowed}; style-src 'self'; img-src 'self'; media-src 'self'; "
            "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )

    @property
    def header_rules(self) -> list[tuple[str, dict[str, str]]]:
        """What the web server must send: folder ("/" is all of the site) and headers by name, later ones besides."""
        everywhere = {
            "Content-Security-Policy": self.policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        lasting = {"Cache-Control": "public, max-age=31536000, immutable"}
        return [("/", everywhere), *((f"/{folder}", lasting) for folder in self.immutable_paths)]

    @property
    def headers(self) -> str:
        """The `_headers` file, read by static hosts and by `serve`."""
        return "".join(
            f"{folder}*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
            for folder, headers in self.header_rules
        )

    @property
    def nginx(self) -> str:
        """The same for a `server` of nginx, where a location forgets what stands around it."""
        (_, everywhere), *others = self.header_rules

        def lines(headers: dict[str, str]) -> str:
            return "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())

        inside = (f"location ^~ {folder} {{\n{lines(everywhere | headers)}}}\n" for folder, headers in others)
        return lines(everywhere) + "".join(inside)

    def pack(self) -> str:
        """As text, to be kept."""
        return json.dumps(vars(self) | {"files": {address: data.decode() for address, data in self.files.items()}})

    @classmethod
    def unpack(cls, text: str) -> Assets:
        values = json.loads(text)
        values["files"] = {address: data.encode() for address, data in values["files"].items()}
        return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


class AssetSources(NamedTuple):
    """What assets are made from, as texts. on_demand: by ROOM/FILE. script: of every page, whole."""

    stylesheets: dict[str, str]
    on_demand: dict[str, str]
    script: str
    immutable_paths: list[str]


def cached_assets(cache: Cache, theme: Path, features: Iterable[Feature], addresses: Addresses) -> Assets:
    """The assets as the cache has them, or put together now."""
    features = list(features)
    kind = cache.namespace("assets", __name__)
    text = kind.cached_text(
        cache.build_fingerprint,
        lambda: [json.dumps(sources(theme, features, addresses))],
        lambda: build(theme, features, addresses).pack(),
    )
    return Assets.unpack(text)


def build(theme: Path, features: Iterable[Feature], addresses: Addresses) -> Assets:
    """Put the assets together. theme: its folder, with css/tokens.css, base.css, BUNDLE.css and print.css."""
    features = list(features)
    try:
        return minified_assets(sources(theme, features, addresses))
    except ValueError as error:
        problems = scripts.check(features)
        if not problems:
            raise
        raise ContentError(problems) from error


def sources(theme: Path, features: Sequence[Feature], addresses: Addresses) -> AssetSources:
    """What the assets are made from."""
    return AssetSources(
        {bundle: _style(theme, features, bundle) for bundle in BUNDLES},
        {f"{feature.name}/{name}": feature.read_text(name) for feature in features for name in feature.on_demand},
        scripts.join_scripts(features),
        [addresses.fill_placeholders(folder) for feature in features for folder in feature.immutable_paths],
    )


def minified_assets(given: AssetSources) -> Assets:
    """Assets without what a browser does not need, each under a name of its own."""
    files: dict[str, bytes] = {}

    def add(name: str, text: str) -> str:
        data = text.encode()
        address = hashed_name(name, data)
        files[address] = data
        return address

    stylesheets = {bundle: add(f"{bundle}.css", _small_css(text)) for bundle, text in given.stylesheets.items()}
    small = {".css": _small_css, ".js": scripts.minify}
    on_demand = {
        place: add(place.partition("/")[2], small.get(Path(place).suffix, str)(text))
        for place, text in given.on_demand.items()
    }
    script = given.script and scripts.minify(given.script)
    return Assets(
        files,
        stylesheets,
        on_demand,
        add("site.js", script) if script else "",
        scripts.INLINE if script else "",
        (*NAMED_BY_CONTENT, *given.immutable_paths),
    )


def _style(theme: Path, features: Sequence[Feature], bundle: str) -> str:
    own = [(theme / "css" / f"{name}.css").read_text(encoding="utf-8") for name in ("tokens", "base", bundle)]
    paper = (theme / "css" / "print.css").read_text(encoding="utf-8")
    theirs = [feature.read_text("style.css") + feature.read_text(f"{bundle}.css") for feature in features]
    return "\n".join([*own, *theirs, paper])


def _small_css(text: str) -> str:
    """Without comments and without space where it says nothing; gzip does the rest."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    # ": ;" stays: a custom property without a value needs that space in browsers before 2021
    idle = r""" ?([{},]) ?|(;) |(:) (?!;)|("[^"]*")"""
    return re.sub(idle, r"\1\2\3\4", " ".join(text.split())).replace(";}", "}")
