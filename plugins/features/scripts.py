"""The site's scripts, without what a browser does not need, and with their words."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from plugins.addresses import ASSETS
from plugins.artifacts import Cache, digest
from plugins.checks import Problem, short
from plugins.i18n import say

from . import Feature

ROOT = Path(__file__).resolve().parents[2]
YEAR = 2019  # the edition of ECMAScript that tightening may make use of: browsers of telephones that are five years old
_loaded_by = 0  # the process that has loaded the minifier; 0 as long as none has


def named(name: str, data: bytes) -> str:
    """The address of a file below ASSETS, with a hash of its content: it can be cached for ever."""
    stem, dot, ending = name.rpartition(".")
    return f"{ASSETS}{stem}.{hashlib.sha256(data).hexdigest()[:8]}{dot}{ending}"


def worded(cache: Cache, stem: str, constants: dict[str, object], code: str) -> tuple[str, bytes]:
    """A script after constants, such as its words in one language: address (without leading slash), content."""
    head = "".join(f"const {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in constants.items())
    kind = cache.kind("scripts", __name__)
    data = (head + kind.text(digest(cache.build, code), lambda: [code], lambda: tight(code))).encode()
    return named(f"{stem}.js", data), data


def joined(features: Iterable[Feature]) -> str:
    """The script of every page: the store of choices, then each feature's in a function of its own; "" for none."""
    features = list(features)
    scripts = [feature.text("script.js") for feature in features]
    if not any(scripts):
        return ""
    folder = Path(__file__).parent
    store, lazy = ((folder / name).read_text(encoding="utf-8") for name in ("preferences.js", "lazy_scripts.js"))
    offered = f"const choices = {json.dumps(choices(features))};"
    rooms = [f"(() => {{\n{script}\n}})();" for script in scripts if script]
    return "\n".join(["(() => {", offered, store, *rooms, 'root.dataset.js = "ready";', lazy, "})();"])


# In the head, so that choices are there before the first paint; preferences.js looks whether they are offered.
INLINE = (
    'document.documentElement.dataset.js="";try{Object.assign(document.documentElement.dataset,'
    'JSON.parse(localStorage.getItem("hien-thi")))}catch(e){}'
)


def choices(features: Iterable[Feature]) -> dict[str, tuple[str, ...]]:
    """What readers can choose: name -> values."""
    return {name: values for feature in features for name, values in feature.preferences.items()}


def tight(text: str) -> str:
    """Without comments and idle space, with short names in functions. Raises ValueError where it is no JavaScript."""
    global _loaded_by
    if _loaded_by not in (0, os.getpid()):
        # Go's runtime has threads, and a forked copy of a process has none of them: a call there may wait for ever
        command = [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r}); from {__name__} import main; main()",
        ]
        done = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True)
        return done.stdout.decode()
    _loaded_by = os.getpid()
    import minify

    minify.config({"js-version": YEAR})
    return minify.string("application/javascript", text)


def check(features: Iterable[Feature]) -> list[Problem]:
    """What is wrong with each feature's script, where together they are no JavaScript."""
    found = []
    for feature in features:
        for name in {"script.js", *(name for name in feature.on_demand if name.endswith(".js"))}:
            try:
                tight(f"(() => {{{feature.text(name)}\n}})();")
            except ValueError as error:
                text = say("this is no JavaScript: {reason}", reason=str(error).partition("\n")[0])
                found.append(Problem(short(feature.folder / name), 0, text))
    return found


def main() -> None:
    """Make a script tight that comes by standard input."""
    sys.stdout.buffer.write(tight(sys.stdin.buffer.read().decode()).encode())
