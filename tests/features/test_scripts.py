"""Scripts are minified; a syntax error in one is reported with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.artifacts import Cache
from plugins.features import scripts
from plugins.features.minifier import minify
from plugins.features.scripts import localized_script
from tests.incremental import builds

MODERN = """/* What it is. */
const pick = async ({ words = [] } = {}, ...others) => {
  for (const word of words) await fetch(`/x?${word}`); // one after the other
  return others.length ? `${others[0]?.length ?? 0} ✓` : null;
};
class Counter { #count = 0; add() { this.#count += 1; return this.#count; } }
pick(new Counter(), "ạ");
"""


def test_modern_javascript_loses_comments_and_space_and_gets_short_names() -> None:
    minified = minify(MODERN)
    assert len(minified) < 0.65 * len(MODERN)
    assert not {"What it is", "others", "one after", "\n"} & {
        text for text in ("What it is", "others", "one after", "\n") if text in minified
    }
    # other scripts may use global names
    assert "pick" in minified and "Counter" in minified and "✓" in minified and "ạ" in minified


def test_constants_are_put_before_a_script_and_it_is_minified_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "(() => { const label = WORDS.play; document.title = label; })();"
    cache = Cache(tmp_path, "a build")
    address, data = localized_script(cache, "x-vi", {"WORDS": {"play": "Phát"}}, code)
    monkeypatch.setattr(scripts, "minify", lambda code: pytest.fail("made again"))
    assert localized_script(cache, "x-vi", {"WORDS": {"play": "Phát"}}, code) == (address, data)
    assert b"Play" in localized_script(cache, "x-en", {"WORDS": {"play": "Play"}}, code)[1]
    assert data.decode().startswith('const WORDS = {"play": "Phát"};\n') and b"said" not in data
    assert address.startswith("theme/x-vi.") and address.endswith(".js")


def test_a_syntax_error_is_reported_with_its_place() -> None:
    with pytest.raises(ValueError, match="line 2"):
        minify("const a = 1;\nconst = 2;")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked there")
def test_a_copy_of_a_process_that_has_minified_can_minify_too() -> None:
    """A preview builds in such copies."""
    minified = minify(MODERN)
    assert builds.in_copy(minify, MODERN) == minified
