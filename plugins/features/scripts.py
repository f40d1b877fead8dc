"""The site's scripts, without what a browser does not need, and with their words."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from . import Feature

FOLDER = "theme/"


def named(name: str, data: bytes) -> str:
    """The address of a file below FOLDER, with a hash of its content: it can be cached for ever."""
    stem, dot, ending = name.rpartition(".")
    return f"{FOLDER}{stem}.{hashlib.sha256(data).hexdigest()[:8]}{dot}{ending}"


def worded(stem: str, constants: dict[str, object], code: str) -> tuple[str, bytes]:
    """A script with constants before it, such as its words in one language: address (without leading slash) and content."""
    head = "".join(f"const {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in constants.items())
    data = (head + tight(code)).encode()
    return named(f"{stem}.js", data), data


def joined(features: Iterable[Feature]) -> str:
    """The script of every page: the store of choices, then each feature's in a function of its own; "" where none has one."""
    features = list(features)
    scripts = [feature.text("script.js") for feature in features]
    if not any(scripts):
        return ""
    store, near = ((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("preferences.js", "near.js"))
    names = f"display.choices = {json.dumps(choices(features))}; adopt();"
    rooms = [f"(function () {{\n{script}\n}})();" for script in scripts if script]
    return "\n".join(["(function () {", store, names, *rooms, 'root.dataset.js = "ready";', near, "})();"])


# In the head, so that the reader's choices are there before the first paint; preferences.js looks whether they are offered.
INLINE = (
    'document.documentElement.dataset.js="";try{Object.assign(document.documentElement.dataset,'
    'JSON.parse(localStorage.getItem("hien-thi")))}catch(e){}'
)


def choices(features: Iterable[Feature]) -> dict[str, tuple[str, ...]]:
    """What readers can choose: name -> values."""
    return {name: values for feature in features for name, values in feature.preferences.items()}


def tight(text: str) -> str:
    """Without comments and idle space."""
    import minify_html

    text = re.sub(r"^\s*/\*.*?\*/", "", text, flags=re.S | re.M)  # comments that begin a line; it would keep them
    return minify_html.minify(f"<script>{text}</script>", minify_js=True).removeprefix("<script>").removesuffix("</script>")


def short(text: str) -> str:
    """Besides with short names in functions. Of newer JavaScript than ECMAScript 5, which the parser reads, `tight`.

    It takes a tenth of a second.
    """
    from calmjs.parse import es5
    from calmjs.parse.exceptions import ECMASyntaxError
    from calmjs.parse.unparsers.es5 import minify_print

    try:
        return str(minify_print(es5(text), obfuscate=True, shadow_funcname=True, drop_semi=True))
    except ECMASyntaxError:
        return tight(text)
