"""Lines of text, by a short way that gives what WeasyPrint's own gives.

WeasyPrint has Pango shape each line about four times: more text than fits, the line with the next word, the line alone,
and once more to draw it. Here words are measured once in each font, so that most lines are known before they are
shaped, once. Whatever is near the edge, or is no plain text, goes the long way.
"""

from __future__ import annotations

import re
import struct
from math import inf
from typing import Any, NamedTuple

from weasyprint.draw import text as drawing
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p

from .boxes import once
from .libraries import WEASYPRINT

SHORT = 60  # characters; what is longer is not kept as if it were a word
WORDS = 20_000  # kept of a font: more than the syllables of Vietnamese
NEAR = 1.0  # px; a word that would miss the edge by less is left to Pango
CHARACTERS = 4.0  # in the width of one em there are fewer, as WeasyPrint holds
_UNSPLIT = re.compile(r"[“‘\"'(]?[0-9A-Za-zÀ-ɏḀ-ỿ]+[.,;:!?”’\"')]*")  # words that no line ends within (UAX 14)
_PLAIN = {
    "white_space": ("normal",), "overflow_wrap": ("normal", "break-word"), "word_break": ("normal",),
    "hyphens": ("none", "manual"), "letter_spacing": ("normal",), "word_spacing": (0,), "direction": ("ltr",), "font_kerning": ("auto",),
}  # fmt: skip
_CONTROL = set("\n\t\r\xad\u200b\u2028\u2029")
_GLYPH = struct.Struct("=IiiiI")  # PangoGlyphInfo: glyph, width, offsets to the right and down, flags
_DECORATION = ("underline_position", "underline_thickness", "strikethrough_position", "strikethrough_thickness")
_LINE = ("text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum")
_setup = WEASYPRINT.require(line_break.Layout, "setup", "self", "style")
_split_first_line = WEASYPRINT.require(line_break, "split_first_line", *_LINE)
_draw_first_line = WEASYPRINT.require(
    drawing, "draw_first_line", "stream", "textbox", "text_overflow", "block_ellipsis", "matrix"
)
_font_key = WEASYPRINT.require(line_break, "_font_style_cache_key", "style", "include_size")
_line_size = WEASYPRINT.require(line_break, "line_size", "line", "style")
_font_of = WEASYPRINT.require(line_break, "get_font_description", "style")
if ffi.sizeof("PangoGlyphInfo") != _GLYPH.size:
    raise WEASYPRINT.mismatch_error(
        f"PangoGlyphInfo of {_GLYPH.size} bytes", f"PangoGlyphInfo of {ffi.sizeof('PangoGlyphInfo')} bytes"
    )
strut = once(WEASYPRINT.require(line_break, "strut", "style"))  # it looks up all that is said of a font


class Setting(NamedTuple):
    """What the layouts of all lines of a style share: Pango's context, the font, and other attributes of a layout."""

    context: Any
    font: Any
    more: dict[str, Any]


@once
def _setting(style: Any) -> Setting | None:
    """As `Layout.setup` begins; None for a style that asks for features of fonts."""
    variants = ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")
    named = [style[f"font_variant_{variant}"] for variant in variants]
    if (
        line_break.font_features(style["font_kerning"], *named, style["font_feature_settings"])
        or style["font_language_override"] != "normal"
    ):
        return None
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    if style["lang"]:
        language = pango.pango_language_from_string(unicode_to_char_p(style["lang"])[0])
        pango.pango_context_set_language(context, language)
    font = _font_of(style)
    more = {"language": language, "first_line_direction": 0} | dict.fromkeys(("ascent", *_DECORATION))
    if style["text_decoration_line"] != "none":
        metrics = ffi.gc(pango.pango_context_get_metrics(context, font, language), pango.pango_font_metrics_unref)
        for name in ("ascent", *_DECORATION):
            more[name] = FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(metrics)
    return Setting(context, font, more)


def set_up(self: Any, style: Any) -> None:
    """As `Layout.setup`, which makes all that for each line anew."""
    setting = _setting(style)
    if setting is None:
        _setup(self, style)
        return
    self.style = style
    self.__dict__.update(setting.more)
    self.layout = ffi.gc(pango.pango_layout_new(setting.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, setting.font)


def keep(self: Any) -> None:
    """As `Layout.deactivate`, called once a line is laid out: keep the Pango layout.

    WeasyPrint would rebuild it for drawing.
    """


def take_up(self: Any, style: Any) -> None:
    """As `Layout.reactivate`, called before a line is drawn."""
    if self.justification_spacing:
        self.set_text(self.text, justify=True)


class Words:
    """The widths of words in one font, in px."""

    def __init__(self, style: Any) -> None:
        self._layout = line_break.Layout(style).layout
        self._known: dict[str, float] = {}
        self.space = self[" "]

    def __getitem__(self, word: str) -> float:
        width = self._known.get(word)
        if width is None:
            if len(self._known) > WORDS:
                self._known.clear()
            pango.pango_layout_set_text(self._layout, word.encode(), -1)
            line = pango.pango_layout_get_line_readonly(self._layout, 0)
            width = self._known[word] = _line_size(line, {"letter_spacing": "normal"})[0]
        return width


@once
def _of(style: Any) -> Words | None:
    """The words in a style's font; None where a line of it is not the sum of its words."""
    if style["font_size"] <= 0 or any(style[name] not in values for name, values in _PLAIN.items()):
        return None
    key = _font_key(style, include_size=True)
    known = style.font_config.__dict__.setdefault("words", {})
    if key not in known:
        known[key] = Words(style)
    return known[key]


def split(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float,
    is_line_start: bool = True, minimum: bool = False,
) -> tuple[Any, int, int | None, float, float, float]:  # fmt: skip
    """As `weasyprint.text.line_break.split_first_line`."""
    if max_width is not None and max_width != inf and (words := _of(style)) is not None:
        line = _line(text, style, max_width, justification_spacing, words)
        if line is not None:
            return line
    return _split_first_line(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def measure(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float,
    is_line_start: bool = True, minimum: bool = False,
) -> tuple[Any, int, int | None, float, float, float]:  # fmt: skip
    """The same for whoever only asks for its width and where it ends: of a word, or of a few on one line."""
    words = _of(style) if minimum and len(text) < SHORT and not set(text) & _CONTROL else None
    if words is not None and max_width is None:
        return None, 0, None, words[text], 0, 0
    if words is not None and max_width == 0:
        word, space, _ = text.partition(" ")
        if _UNSPLIT.fullmatch(word) and not text.endswith(" "):
            return None, 0, len(word.encode()) + 1 if space else None, words[word], 0, 0
    return _split_first_line(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def _line(
    text: str, style: Any, max_width: float, justification_spacing: float, words: Words
) -> tuple[Any, int, int, float, float, float] | None:
    """The first line of a text that has more than one, and whose break is beyond doubt."""
    most = int(max_width / style["font_size"] * CHARACTERS)
    start = text[:most]
    if set(start) & _CONTROL:
        return None
    parts = start.split(" ")
    if len(text) > most:
        parts.pop()  # perhaps not the whole word
    width = -words.space
    for count, word in enumerate(parts):  # noqa: B007
        if not word:
            return None
        width += words.space + words[word]
        if width > max_width:
            break
    else:
        return None
    if not count or not _UNSPLIT.fullmatch(word):
        return None
    line_text = " ".join(parts[:count])
    layout = line_break.Layout(style, justification_spacing, max_width)
    layout.set_text(line_text)
    line, _ = layout.get_first_line()
    width, height = _line_size(line, style)
    if width > max_width or width + words.space + words[word] < max_width + NEAR:
        return None
    length = len(line_text.encode())
    return layout, length, length + 1, width, height, pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS


def draw(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> list[Any]:
    """As `weasyprint.draw.text.draw_first_line`."""
    layout = textbox.pango_layout
    runs = None
    if (
        text_overflow != "ellipsis"
        and block_ellipsis == "none"
        and layout.text.strip()
        and not set(layout.text) & _CONTROL
    ):
        runs = _runs(stream, layout)
    if runs is None:
        return _draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    text, set_in = "", None
    for font, size, item, glyphs in runs:
        if item.item.analysis.font != set_in:
            if text:
                stream.show_text(text)
            text, set_in = "", item.item.analysis.font
            stream.set_font_size(font.hash, size)
        text += _shown(stream, layout, font, size, item, glyphs)
    stream.show_text(text)
    return []


def _runs(stream: Any, layout: Any) -> list[tuple[Any, float, Any, list[tuple[int, ...]]]] | None:
    """Font, size and glyphs of each run of a line; None where one is no plain letter of an outline font."""
    found = []
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        string = item.glyphs
        glyphs = list(_GLYPH.iter_unpack(ffi.buffer(string.glyphs, string.num_glyphs * _GLYPH.size)))
        font, size = stream.add_font(item.item.analysis.font)
        special = font.bitmap or font.png or font.svg or font.colr or item.item.analysis.level % 2
        if special or any(glyph > 0xFFFF or rise for glyph, _, _, rise, _ in glyphs):
            return None
        found.append((font, size, item, glyphs))
    return found


def _shown(stream: Any, layout: Any, font: Any, size: float, item: Any, glyphs: list[tuple[int, ...]]) -> str:
    """A part of the operand of TJ (ISO 32000-1, 9.4.3): glyphs, and how far the next one misses its width's end."""
    widths = font.widths
    shown = ["<"]
    for place, (glyph, width, right, _, _) in enumerate(glyphs):
        if glyph not in widths:
            _meet(stream, layout, font, size, item, place, glyph)
        offset = right / size
        if offset:
            shown.append(f">{-offset}<")
        shown.append(f"{glyph:04x}")
        if kerning := widths[glyph] + offset - width * 1000 * FROM_UNITS / size:
            shown.append(f">{int(kerning)}<")
    text = "".join(shown)
    return text[:-1] if text.endswith("<") else text + ">"


def _meet(stream: Any, layout: Any, font: Any, size: float, item: Any, place: int, glyph: int) -> None:
    """Remember the width of a glyph and the letters that it stands for."""
    strings, offset = item.glyphs, item.item.offset
    ends = strings.log_clusters[place + 1] if place + 1 < strings.num_glyphs else item.item.length
    letters = layout.text.encode()[offset + strings.log_clusters[place] : offset + ends]
    font.to_unicode.setdefault(glyph, letters.decode())
    pango.pango_font_get_glyph_extents(item.item.analysis.font, glyph, stream.ink_rect, stream.logical_rect)
    font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
