"""Joins, localises and minifies the site's scripts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from plugins.addresses import ASSETS
from plugins.artifacts import Cache, digest
from plugins.i18n import translate
from plugins.problems import Problem, display_path

from . import Feature
from .minifier import minify


def hashed_name(name: str, data: bytes) -> str:
    """Return the address of an asset: its name with a hash of its content, so that it may be cached for ever."""
    stem, dot, ending = name.rpartition(".")
    return f"{ASSETS}{stem}.{hashlib.sha256(data).hexdigest()[:8]}{dot}{ending}"


def localized_script(cache: Cache, stem: str, constants: dict[str, object], code: str) -> tuple[str, bytes]:
    """Return address (without leading slash) and content of a script that begins with constants.

    Args:
        cache: Keeps the minified code, which is the same for all constants.
        stem: The first part of the file name.
        constants: JSON-like values by name, such as the script's messages in one language.
        code: The JavaScript that uses them.

    Raises:
        ValueError: If the code cannot be parsed.
    """
    head = "".join(f"const {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in constants.items())
    namespace = cache.namespace("scripts", __name__)
    minified = namespace.cached_text(digest(cache.build_fingerprint, code), lambda: [code], lambda: minify(code))
    data = (head + minified).encode()
    return hashed_name(f"{stem}.js", data), data


def join_scripts(features: Iterable[Feature]) -> str:
    """Return the script of every page, not yet minified; "" if no feature has one.

    It holds the store of preferences (preferences.js) and each feature's script, which is a function of its own.
    """
    features = list(features)
    feature_scripts = [feature.read_text("script.js") for feature in features]
    if not any(feature_scripts):
        return ""
    store, lazy_loader = (
        (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("preferences.js", "lazy_scripts.js")
    )
    offered = f"const choices = {json.dumps(preference_values(features))};"
    functions = [f"(() => {{\n{script}\n}})();" for script in feature_scripts if script]
    return "\n".join(["(() => {", offered, store, *functions, 'root.dataset.js = "ready";', lazy_loader, "})();"])


# In the head, to apply preferences before the first paint. Whether they are allowed values, preferences.js checks. If
# the script of all pages has not started after fifteen seconds, the page is as it is without JavaScript.
INLINE = (
    '(d=>{d.js="";setTimeout(()=>d.js||delete d.js,15e3);'
    'try{Object.assign(d,JSON.parse(localStorage["hien-thi"]))}catch(e){}})(document.documentElement.dataset)'
)


def preference_values(features: Iterable[Feature]) -> dict[str, tuple[str, ...]]:
    """Return the allowed values of each preference of the features, by name."""
    return {name: values for feature in features for name, values in feature.preferences.items()}


def check(features: Iterable[Feature]) -> list[Problem]:
    """Return a problem for each script of the features that is not valid JavaScript."""
    problems = []
    for feature in features:
        for name in {"script.js", *(name for name in feature.on_demand if name.endswith(".js"))}:
            try:
                minify(f"(() => {{{feature.read_text(name)}\n}})();")
            except ValueError as error:
                text = translate("this is no JavaScript: {reason}", reason=str(error).partition("\n")[0])
                problems.append(Problem(display_path(feature.folder / name), 0, text))
    return problems
