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
from plugins.i18n import translate
from plugins.problems import Problem, display_path

from . import Feature

ROOT = Path(__file__).resolve().parents[2]
YEAR = 2019  # the edition of ECMAScript that tightening may make use of: browsers of telephones that are five years old
_loaded_by = 0  # the process that has loaded the minifier; 0 as long as none has


def hashed_name(name: str, data: bytes) -> str:
    """The address of a file below ASSETS, with a hash of its content: it can be cached for ever."""
    stem, dot, ending = name.rpartition(".")
    return f"{ASSETS}{stem}.{hashlib.sha256(data).hexdigest()[:8]}{dot}{ending}"


def localized_script(cache: Cache, stem: str, constants: dict[str, object], code: str) -> tuple[str, bytes]:
    """A script after constants, such as its words in one language: address (without leading slash), content."""
    head = "".join(f"const {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in constants.items())
    kind = cache.namespace("scripts", __name__)
    minified = kind.cached_text(digest(cache.build_fingerprint, code), lambda: [code], lambda: minify(code))
    data = (head + minified).encode()
    return hashed_name(f"{stem}.js", data), data


def join_scripts(features: Iterable[Feature]) -> str:
    """The script of every page: the store of choices, then each feature's in a function of its own; "" for none."""
    features = list(features)
    scripts = [feature.read_text("script.js") for feature in features]
    if not any(scripts):
        return ""
    store, near = ((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("preferences.js", "near.js"))
    names = f"display.choices = {json.dumps(preference_values(features))}; adopt();"
    rooms = [f"(() => {{\n{script}\n}})();" for script in scripts if script]
    return "\n".join(["(() => {", store, names, *rooms, 'root.dataset.js = "ready";', near, "})();"])


# In the head, so that choices are there before the first paint; preferences.js looks whether they are offered.
INLINE = (
    'document.documentElement.dataset.js="";try{Object.assign(document.documentElement.dataset,'
    'JSON.parse(localStorage.getItem("hien-thi")))}catch(e){}'
)


def preference_values(features: Iterable[Feature]) -> dict[str, tuple[str, ...]]:
    """What readers can choose: name -> values."""
    return {name: values for feature in features for name, values in feature.preferences.items()}


def minify(text: str) -> str:
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
                minify(f"(() => {{{feature.read_text(name)}\n}})();")
            except ValueError as error:
                text = translate("this is no JavaScript: {reason}", reason=str(error).partition("\n")[0])
                found.append(Problem(display_path(feature.folder / name), 0, text))
    return found


def main() -> None:
    """Make a script tight that comes by standard input."""
    sys.stdout.buffer.write(minify(sys.stdin.buffer.read().decode()).encode())
