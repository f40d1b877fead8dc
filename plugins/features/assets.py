"""The site's stylesheets, script and Content-Security-Policy, built from the theme and the features.

There is one stylesheet for each kind of page and one for paper, one deferred script for all pages, and a tiny inline
script that applies the reader's preferences to <html> before the first paint. File names contain a hash of the content,
so that browsers may cache them for ever.
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

from plugins import look
from plugins.addresses import ASSETS, PICTURES, Addresses
from plugins.problems import ContentError

from . import Feature, scripts
from .minifier import minify
from .scripts import hashed_name

if TYPE_CHECKING:
    from plugins.artifacts import Cache

BUNDLES = ("article", "listing")  # stylesheets: for pages to read, and for pages of links
HASHED_FOLDERS = (ASSETS, PICTURES)  # their files have a hash of the content in their names


@dataclass(frozen=True)
class Assets:
    """The built assets. Addresses have no leading slash.

    Args:
        files: The content of each file by its address.
        stylesheets: The address of each bundle's stylesheet, and of "print".
        on_demand: The address of each on-demand file by "FEATURE/FILE".
        script: The address of the script of all pages, "" if no feature has a script.
        inline: The source of the script in the head, "" if no feature has a script.
        immutable_paths: Folders whose files never change under the same name.
        cross_origin_paths: Folders, in each language, that pages of other sites may read.
        further_policy: Directives that features add to the policy.
    """

    files: dict[str, bytes]
    stylesheets: dict[str, str]
    on_demand: dict[str, str]
    script: str
    inline: str
    immutable_paths: tuple[str, ...] = HASHED_FOLDERS
    cross_origin_paths: tuple[str, ...] = ()
    further_policy: tuple[str, ...] = ()

    @property
    def policy(self) -> str:
        """The Content-Security-Policy of every page (https://www.w3.org/TR/CSP3/)."""
        allowed = "'self'" if self.script else "'none'"
        if self.inline:
            digest = base64.b64encode(hashlib.sha256(self.inline.encode()).digest()).decode()
            allowed += f" 'sha256-{digest}'"
        policy = (
            f"default-src 'none'; script-src {allowed}; style-src 'self'; img-src 'self'; media-src 'self'; "
            "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        return "; ".join([policy, *self.further_policy])

    def pack(self) -> str:
        """Serialise the assets for the cache."""
        return json.dumps(vars(self) | {"files": {address: data.decode() for address, data in self.files.items()}})

    @classmethod
    def unpack(cls, text: str) -> Assets:
        """Restore assets from the result of `pack`."""
        values = json.loads(text)
        return cls(
            {address: data.encode() for address, data in values["files"].items()},
            values["stylesheets"],
            values["on_demand"],
            values["script"],
            values["inline"],
            tuple(values["immutable_paths"]),
            tuple(values["cross_origin_paths"]),
            tuple(values["further_policy"]),
        )


class AssetSources(NamedTuple):
    """The texts that assets are built from.

    Args:
        stylesheets: By bundle, and "print".
        on_demand: By "FEATURE/FILE".
        script: Of every page.
        immutable_paths: Folders that features declare.
        cross_origin_paths: Folders that features declare.
        further_policy: Directives that features declare.
    """

    stylesheets: dict[str, str]
    on_demand: dict[str, str]
    script: str
    immutable_paths: list[str]
    cross_origin_paths: list[str]
    further_policy: list[str]


class Choices(NamedTuple):
    """What an owner has chosen that styles depend on.

    Attributes:
        accent: The colour, "" for that of the theme.
        parts: The names of further files of css/ that the pages need: "menu_groups" where the menu has groups,
            "languages" where there are more than two. Other portals do not carry them.
    """

    accent: str = ""
    parts: tuple[str, ...] = ()


DEFAULTS = Choices()


def cached_assets(
    cache: Cache, theme: Path, features: Iterable[Feature], addresses: Addresses, choices: Choices = DEFAULTS
) -> Assets:
    """Return the assets from the cache, or build them. Arguments as for `build`."""
    features = list(features)
    namespace = cache.namespace("assets", __name__)
    text = namespace.cached_text(
        cache.build_fingerprint,
        lambda: [json.dumps(sources(theme, features, addresses, choices))],
        lambda: build(theme, features, addresses, choices).pack(),
    )
    return Assets.unpack(text)


def build(theme: Path, features: Iterable[Feature], addresses: Addresses, choices: Choices = DEFAULTS) -> Assets:
    """Build the assets.

    Args:
        theme: The folder of the theme, with css/tokens.css, base.css, print.css, one file for each bundle, and those of
            `Choices.parts`.
        features: In the order of PLUGINS.
        addresses: Of the portal.
        choices: The owner's.

    Raises:
        ContentError: If a script or style of a feature cannot be read or parsed.
    """
    features = list(features)
    try:
        return minified_assets(sources(theme, features, addresses, choices))
    except ValueError as error:
        problems = scripts.check(features)
        if not problems:
            raise
        raise ContentError(problems) from error


def sources(
    theme: Path, features: Sequence[Feature], addresses: Addresses, choices: Choices = DEFAULTS
) -> AssetSources:
    """Collect the sources of the assets. Arguments as for `build`."""
    return AssetSources(
        {bundle: _stylesheet(theme, features, bundle, choices) for bundle in BUNDLES}
        | {"print": _theme_css(theme, "print") + "".join(feature.read_text("print.css") for feature in features)},
        {f"{feature.name}/{name}": feature.read_text(name) for feature in features for name in feature.on_demand},
        scripts.join_scripts(features),
        [addresses.fill_placeholders(folder) for feature in features for folder in feature.immutable_paths],
        [addresses.fill_placeholders(folder) for feature in features for folder in feature.cross_origin_paths],
        [directive for feature in features for directive in feature.policy],
    )


def minified_assets(sources: AssetSources) -> Assets:
    """Minify the sources, and name each file by its content. Raises ValueError if a script cannot be parsed."""
    files: dict[str, bytes] = {}

    def add(name: str, text: str) -> str:
        data = text.encode()
        address = hashed_name(name, data)
        files[address] = data
        return address

    stylesheets = {bundle: add(f"{bundle}.css", _minify_css(text)) for bundle, text in sources.stylesheets.items()}
    minifiers = {".css": _minify_css, ".js": minify}
    on_demand = {
        path: add(path.partition("/")[2], minifiers.get(Path(path).suffix, str)(text))
        for path, text in sources.on_demand.items()
    }
    script = sources.script and minify(sources.script)
    return Assets(
        files,
        stylesheets,
        on_demand,
        add("site.js", script) if script else "",
        scripts.INLINE if script else "",
        (*HASHED_FOLDERS, *sources.immutable_paths),
        tuple(sources.cross_origin_paths),
        tuple(sources.further_policy),
    )


def _stylesheet(theme: Path, features: Sequence[Feature], bundle: str, choices: Choices) -> str:
    names = ("base", *choices.parts, bundle)
    theme_css = [look.tokens(theme, choices.accent), *(_theme_css(theme, name) for name in names)]
    feature_css = [feature.read_text("style.css") + feature.read_text(f"{bundle}.css") for feature in features]
    return "\n".join([*theme_css, *feature_css])


def _theme_css(theme: Path, name: str) -> str:
    return (theme / "css" / f"{name}.css").read_text(encoding="utf-8")


def _minify_css(text: str) -> str:
    """Remove comments and unneeded white space; gzip does the rest."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    # ": ;" and ": !" stay: a custom property without a value needs that space in browsers before 2021
    unneeded_space = r""" ?([{},>]) ?|(;) |(:) (?![;!])|("[^"]*")|(?<!:) (?=!important)"""
    return re.sub(unneeded_space, r"\1\2\3\4", " ".join(text.split())).replace(";}", "}")
