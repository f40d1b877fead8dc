"""An owner's accent: six palettes whose text can be read, or the nearest colour for which it can."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from plugins import look
from plugins.look.colours import Oklch, contrast, luminance, to_hex, to_oklch
from plugins.look.palettes import AccentError, Palette, accents, check, palettes, with_accent
from plugins.podcast import cover
from tests import portals
from tests.browser import colours as wcag

TOKENS = (portals.ROOT / "theme/css/tokens.css").read_text("utf-8")
HUES = [round(number * 7.2, 1) for number in range(50)]
BEFORE = palettes(TOKENS)


def least_contrast(palette: Palette, token: str) -> float:
    """Return the least contrast of a token's colour with what text stands on."""
    return min(contrast(palette.colours[token], palette.colours[name]) for name in ("paper", "tint"))


def accent_of(colour: str) -> str:
    """Return a colour if it can be the accent, else the one that is proposed."""
    try:
        check(TOKENS, colour)
    except AccentError as error:
        return error.nearest
    return colour


@pytest.mark.parametrize("lightness", [0.35, 0.9])
@pytest.mark.parametrize("chroma", [0.04, 0.3])
def test_fifty_hues_have_six_palettes_whose_text_can_be_read(lightness: float, chroma: float) -> None:
    for hue in HUES:
        accent = accent_of(to_hex(Oklch(lightness, chroma, hue)))
        found = palettes(with_accent(TOKENS, accent))
        assert len(found) == 6 and found[1].colours["red"] == accent
        for palette, before in zip(found, BEFORE, strict=True):
            assert least_contrast(palette, "red") >= 7, (hue, palette)
            assert least_contrast(palette, "seen") >= 7, (hue, palette)
            assert {**palette.colours, "red": "", "seen": ""} == {**before.colours, "red": "", "seen": ""}
            assert contrast(palette.colours["edge"], palette.colours["paper"]) >= 3


@pytest.mark.parametrize("hue", HUES[::5])
def test_links_that_were_followed_have_another_hue(hue: float) -> None:
    accent = accent_of(to_hex(Oklch(0.42, 0.14, hue)))
    for palette in palettes(with_accent(TOKENS, accent)):
        one, other = (to_oklch(palette.colours[name]) for name in ("red", "seen"))
        assert abs((one.hue - other.hue + 180) % 360 - 180) > 15, palette


@pytest.mark.parametrize("colour", ["#ffd400", "#00a651", "#ff0000", "#fff", "#9cf", "#da251d"])
def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_of_its_hue(colour: str) -> None:
    with pytest.raises(AccentError) as refused:
        with_accent(TOKENS, colour)
    nearest, wanted = to_oklch(refused.value.nearest), to_oklch(colour)
    check(TOKENS, refused.value.nearest)
    if wanted.chroma > 0.02:
        assert abs((nearest.hue - wanted.hue + 180) % 360 - 180) < 8
    lighter = to_hex(nearest._replace(lightness=nearest.lightness + 0.01, chroma=wanted.chroma))
    assert min(contrast(lighter, BEFORE[1].colours[name]) for name in ("paper", "tint")) < 7.15


def test_without_an_accent_the_styles_are_those_of_the_theme() -> None:
    assert with_accent(TOKENS, "") == TOKENS
    assert accents(TOKENS)["day", "standard"] == look.DEFAULT_ACCENT


def test_colours_are_computed_as_browsers_do() -> None:
    for colour in ("#941c12", "#0a5c36", "#05c", "#ffffff", "#000000"):
        again = to_hex(to_oklch(colour))
        assert again == (colour if len(colour) == 7 else "#0055cc")
        parts = [int(again[at : at + 2], 16) for at in (1, 3, 5)]
        assert luminance(colour) == pytest.approx(wcag.luminance("rgb({}, {}, {})".format(*parts)))


def test_the_owner_is_told_the_line_and_the_colour() -> None:
    ((path, text),) = look.mistakes(portals.ROOT / "theme", {"ACCENT": "#ffd400", "THEME": str(portals.ROOT / "theme")})
    assert path == ("look", "accent") and "7" in text and '"#' in text


def test_the_cover_of_the_podcast_follows() -> None:
    file = portals.ROOT / "plugins/podcast/cover.png"
    image = Image.open(io.BytesIO(cover.cover(file, "#0a5c36"))).convert("RGB")
    most = sorted(image.getcolors(10_000), reverse=True)[:3]
    assert [colour for _, colour in most] == [(10, 92, 54), (255, 253, 248), (251, 227, 162)]
