"""Lays out and draws lines of text by a shortcut whose result is the same as WeasyPrint's own.

WeasyPrint has Pango shape each line about four times: more text than fits, the line with the next word, the line alone,
and once more to draw it. Here each word is measured once in each font, so that most line breaks are known in advance,
and the line is shaped once. A line whose break is a close call, or that is not plain text, is left to WeasyPrint.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from weasyprint.draw import text as drawing
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p

from .boxes import cached_by_style
from .libraries import WEASYPRINT

if TYPE_CHECKING:
    from weasyprint.css import Style
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.layout import LayoutContext
    from weasyprint.matrix import Matrix
    from weasyprint.pdf.fonts import Font
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.line_break import Layout

# As WeasyPrint returns it: layout, length and start of the next line in bytes, width, height and baseline in px.
FirstLine: TypeAlias = "tuple[Layout | None, int, int | None, float, float, float]"
# The fields of PangoGlyphInfo, one tuple a glyph.
Glyphs: TypeAlias = "list[tuple[int, ...]]"

MAX_MEASURED_LENGTH = 60  # characters; the width of a longer text is not cached
MAX_CACHED_WORDS = 20_000  # of a font; more than the syllables of Vietnamese
CLOSE_CALL = 1.0  # px; Pango decides where a word fits or exceeds the line by less
MAX_CHARACTERS_PER_EM = 4.0  # WeasyPrint assumes so too
_UNBREAKABLE_WORD = re.compile(r"[“‘\"'(]?[0-9A-Za-zÀ-ɏḀ-ỿ]+[.,;:!?”’\"')]*")  # by the rules of UAX 14
# The width of a line is the sum of its words' widths only with these values of these properties.
_ADDITIVE_STYLES = {
    "white_space": ("normal",),
    "overflow_wrap": ("normal", "break-word"),
    "word_break": ("normal",),
    "hyphens": ("none", "manual"),
    "letter_spacing": ("normal",),
    "word_spacing": (0,),
    "direction": ("ltr",),
    "font_kerning": ("auto",),
}
_CONTROL_CHARACTERS = set("\n\t\r\xad\u200b\u2028\u2029")
_GLYPH_INFO = struct.Struct("=IiiiI")  # PangoGlyphInfo: glyph, width, offsets to the right and down, flags
_DECORATION_METRICS = (
    "underline_position",
    "underline_thickness",
    "strikethrough_position",
    "strikethrough_thickness",
)
_PARAMETERS = ("text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum")
_setup = WEASYPRINT.require(line_break.Layout, "setup", "self", "style")
_split_first_line: Callable[..., FirstLine] = WEASYPRINT.require(line_break, "split_first_line", *_PARAMETERS)
_draw_first_line: Callable[..., list[Any]] = WEASYPRINT.require(
    drawing, "draw_first_line", "stream", "textbox", "text_overflow", "block_ellipsis", "matrix"
)
_font_key = WEASYPRINT.require(line_break, "_font_style_cache_key", "style", "include_size")
_line_size: Callable[..., tuple[float, float]] = WEASYPRINT.require(line_break, "line_size", "line", "style")
_font_description = WEASYPRINT.require(line_break, "get_font_description", "style")
if ffi.sizeof("PangoGlyphInfo") != _GLYPH_INFO.size:
    raise WEASYPRINT.mismatch_error(
        f"PangoGlyphInfo of {_GLYPH_INFO.size} bytes", f"PangoGlyphInfo of {ffi.sizeof('PangoGlyphInfo')} bytes"
    )
# Replaces `weasyprint.text.line_break.strut`, which looks up all properties of a font for each line.
strut = cached_by_style(WEASYPRINT.require(line_break, "strut", "style"))


class LayoutTemplate(NamedTuple):
    """What the layouts of all lines of a style share: Pango's context, the font, other attributes of the layout."""

    context: ffi.CData
    font: ffi.CData
    attributes: dict[str, Any]


@cached_by_style
def _layout_template(style: Style) -> LayoutTemplate | None:
    """Does the first part of `Layout.setup`; None for a style with font features, which WeasyPrint shall set up."""
    variants = ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")
    features = line_break.font_features(
        style["font_kerning"],
        *(style[f"font_variant_{variant}"] for variant in variants),
        style["font_feature_settings"],
    )
    if features or style["font_language_override"] != "normal":
        return None
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    if style["lang"]:
        language = pango.pango_language_from_string(unicode_to_char_p(style["lang"])[0])
        pango.pango_context_set_language(context, language)
    font = _font_description(style)
    metrics_names = ("ascent", *_DECORATION_METRICS)
    attributes = {"language": language, "first_line_direction": 0} | dict.fromkeys(metrics_names)
    if style["text_decoration_line"] != "none":
        metrics = ffi.gc(pango.pango_context_get_metrics(context, font, language), pango.pango_font_metrics_unref)
        for name in metrics_names:
            attributes[name] = FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(metrics)
    return LayoutTemplate(context, font, attributes)


def setup_layout(self: Layout, style: Style) -> None:
    """Replaces `Layout.setup`, which creates for each line anew what `_layout_template` creates for each style."""
    template = _layout_template(style)
    if template is None:
        _setup(self, style)
        return
    self.style = style
    self.__dict__.update(template.attributes)
    self.layout = ffi.gc(pango.pango_layout_new(template.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, template.font)


def keep_layout(self: Layout) -> None:
    """Replaces `Layout.deactivate`, called once a line is laid out: keep the Pango layout.

    WeasyPrint would drop it here, and create it again for drawing.
    """


def reuse_layout(self: Layout, style: Style) -> None:
    """Replaces `Layout.reactivate`, called before a line is drawn."""
    if self.justification_spacing:
        self.set_text(self.text, justify=True)


class WordWidths:
    """The widths of words in one font, in px, measured when they are first asked for."""

    def __init__(self, style: Style) -> None:
        self._layout = line_break.Layout(style).layout
        self._cached: dict[str, float] = {}
        self.space = self[" "]

    def __getitem__(self, word: str) -> float:
        width = self._cached.get(word)
        if width is None:
            if len(self._cached) > MAX_CACHED_WORDS:
                self._cached.clear()
            pango.pango_layout_set_text(self._layout, word.encode(), -1)
            line = pango.pango_layout_get_line_readonly(self._layout, 0)
            width = self._cached[word] = _line_size(line, {"letter_spacing": "normal"})[0]
        return width


@cached_by_style
def _word_widths(style: Style) -> WordWidths | None:
    """The widths of words in a style's font; None where the width of a line is not the sum of its words' widths."""
    if style["font_size"] <= 0 or any(style[name] not in values for name, values in _ADDITIVE_STYLES.items()):
        return None
    key = _font_key(style, include_size=True)
    by_font: dict[Any, WordWidths] = style.font_config.__dict__.setdefault("word_widths", {})
    if key not in by_font:
        by_font[key] = WordWidths(style)
    return by_font[key]


def split_first_line(
    text: str,
    style: Style,
    context: LayoutContext,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> FirstLine:
    """Replaces `weasyprint.text.line_break.split_first_line`."""
    if max_width is not None and max_width != inf and (widths := _word_widths(style)) is not None:
        line = _predicted_first_line(text, style, max_width, justification_spacing, widths)
        if line is not None:
            return line
    return _split_first_line(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def measure_first_line(
    text: str,
    style: Style,
    context: LayoutContext,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> FirstLine:
    """Replaces `split_first_line` where WeasyPrint needs only the line's width and end, as for preferred widths.

    The shortcut takes a single word, or a few words on one line.
    """
    is_short = minimum and len(text) < MAX_MEASURED_LENGTH and not set(text) & _CONTROL_CHARACTERS
    widths = _word_widths(style) if is_short else None
    if widths is not None and max_width is None:
        return None, 0, None, widths[text], 0, 0
    if widths is not None and max_width == 0:
        word, space, _ = text.partition(" ")
        if _UNBREAKABLE_WORD.fullmatch(word) and not text.endswith(" "):
            return None, 0, len(word.encode()) + 1 if space else None, widths[word], 0, 0
    return _split_first_line(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def _predicted_first_line(
    text: str, style: Style, max_width: float, justification_spacing: float, widths: WordWidths
) -> FirstLine | None:
    """The first line of a text of several lines; None where its break is not beyond doubt."""
    max_length = int(max_width / style["font_size"] * MAX_CHARACTERS_PER_EM)
    start = text[:max_length]
    if set(start) & _CONTROL_CHARACTERS:
        return None
    words = start.split(" ")
    if len(text) > max_length:
        words.pop()  # it may be cut
    count = _count_fitting(words, max_width, widths)
    if not count or not _UNBREAKABLE_WORD.fullmatch(words[count]):
        return None
    line_text, next_word = " ".join(words[:count]), words[count]
    layout = line_break.Layout(style, justification_spacing, max_width)
    layout.set_text(line_text)
    line, _ = layout.get_first_line()
    width, height = _line_size(line, style)
    if width > max_width or width + widths.space + widths[next_word] < max_width + CLOSE_CALL:
        return None
    length = len(line_text.encode())
    return layout, length, length + 1, width, height, pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS


def _count_fitting(words: list[str], max_width: float, widths: WordWidths) -> int:
    """How many words fit on the line before one that does not; 0 where that is unknown."""
    width = -widths.space
    for count, word in enumerate(words):
        if not word:
            return 0
        width += widths.space + widths[word]
        if width > max_width:
            return count
    return 0


def draw_first_line(
    stream: Stream, textbox: TextBox, text_overflow: str, block_ellipsis: str | tuple[str, str], matrix: Matrix
) -> list[Any]:
    """Replaces `weasyprint.draw.text.draw_first_line`. Returns the emojis to draw over the text, here none."""
    layout = textbox.pango_layout
    has_ellipsis = text_overflow == "ellipsis" or block_ellipsis != "none"
    is_plain = not has_ellipsis and layout.text.strip() and not set(layout.text) & _CONTROL_CHARACTERS
    runs = _plain_runs(stream, layout) if is_plain else None
    if runs is None:
        return _draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    text, current_font = "", None
    for run in runs:
        if run.pango_font != current_font:
            if text:
                stream.show_text(text)
            text, current_font = "", run.pango_font
            stream.set_font_size(run.font.hash, run.size)
        text += _glyphs_operand(stream, layout, run)
    stream.show_text(text)
    return []


class GlyphRun(NamedTuple):
    """Glyphs of one font on one line.

    Attributes:
        font: WeasyPrint's font.
        size: The size of the font, in px.
        item: The PangoGlyphItem.
        glyphs: Its PangoGlyphInfo, one tuple a glyph.
    """

    font: Font
    size: float
    item: ffi.CData
    glyphs: Glyphs

    @property
    def pango_font(self) -> ffi.CData:
        return self.item.item.analysis.font


def _plain_runs(stream: Stream, layout: Layout) -> list[GlyphRun] | None:
    """The runs of a line; None where a glyph is not a plain letter of an outline font."""
    runs = []
    next_run = layout.get_first_line()[0].runs[0]
    while next_run != ffi.NULL:
        item, next_run = next_run.data, next_run.next
        glyph_string = item.glyphs
        data = ffi.buffer(glyph_string.glyphs, glyph_string.num_glyphs * _GLYPH_INFO.size)
        glyphs = list(_GLYPH_INFO.iter_unpack(data))
        font, size = stream.add_font(item.item.analysis.font)
        is_right_to_left = item.item.analysis.level % 2
        if font.bitmap or font.png or font.svg or font.colr or is_right_to_left:
            return None
        if any(glyph > 0xFFFF or rise for glyph, _, _, rise, _ in glyphs):
            return None
        runs.append(GlyphRun(font, size, item, glyphs))
    return runs


def _glyphs_operand(stream: Stream, layout: Layout, run: GlyphRun) -> str:
    """Part of the operand of TJ (ISO 32000-1, 9.4.3): glyphs, and by how much the next one is off its regular place."""
    widths, size = run.font.widths, run.size
    parts = ["<"]
    for index, (glyph, width, right, _, _) in enumerate(run.glyphs):
        if glyph not in widths:
            _register_glyph(stream, layout, run, index)
        offset = right / size
        if offset:
            parts.append(f">{-offset}<")
        parts.append(f"{glyph:04x}")
        if kerning := widths[glyph] + offset - width * 1000 * FROM_UNITS / size:
            parts.append(f">{int(kerning)}<")
    operand = "".join(parts)
    return operand[:-1] if operand.endswith("<") else operand + ">"


def _register_glyph(stream: Stream, layout: Layout, run: GlyphRun, index: int) -> None:
    """Add a glyph's width and the characters that it stands for to the PDF's font."""
    item, glyph = run.item.item, run.glyphs[index][0]
    clusters, count = run.item.glyphs.log_clusters, run.item.glyphs.num_glyphs
    end = clusters[index + 1] if index + 1 < count else item.length
    characters = layout.text.encode()[item.offset + clusters[index] : item.offset + end]
    run.font.to_unicode.setdefault(glyph, characters.decode())
    pango.pango_font_get_glyph_extents(run.pango_font, glyph, stream.ink_rect, stream.logical_rect)
    run.font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / run.size)
