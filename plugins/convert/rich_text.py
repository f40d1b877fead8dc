r"""An RTF file to a page: texts in fonts of old are converted, then pandoc reads the file.

RTF is bytes with control words; a text is in the font that `\fN` last named in its group, and the font table says its
name. Only texts in fonts of TCVN3 and VNI are rewritten, as `\uN` of Unicode.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace

from . import document_notes, document_page, encodings, legacy_fonts, pandoc
from .blocks import Page, clean_text
from .errors import SourceError
from .legacy_fonts import FontText

_TOKEN = re.compile(rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]+)(-?\d+)? ?|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S)
_FONT_TABLE = re.compile(rb"\{\\fonttbl")
_FONT = re.compile(rb"\\f(\d+)(?:[^;{}]|\{[^{}]*\})*?\s([^\\{};]+)(?:\{[^{}]*\})?;", re.S)
_DROPPED = {b"v": "hidden", b"deleted": "cut"}
_NO_TEXT = (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict")
_PICTURE = re.compile(r'src="data:[\w/+.-]*;base64,([A-Za-z0-9+/=]*)"')
# What programs that know no lists show before a paragraph. pandoc leaves it out, and puts some lists in the wrong
# place, so that paragraphs of lists are read as paragraphs with these labels.
_LABEL = re.compile(rb"\{(?:\\\*)?\\(?:listtext|pntext)\b((?:[^{}]|\{[^{}]*\})*)\}")
_IN_LIST = re.compile(rb"\\(?:ls|ilvl)\d+ ?")
LARGEST = 40_000_000  # bytes, pictures included
MOST_TOKENS = 4_000_000


@dataclass
class _State:
    """What holds within a group.

    font: its number; is_text: whether the group is text at all; fallback: how many letters follow a code of Unicode,
    for programs that do not know it; dropped: why its text is left out, "" if it is not.
    """

    font: str = ""
    is_text: bool = True
    fallback: int = 1
    dropped: str = ""


def read(raw: bytes) -> tuple[Page, dict[str, bytes]]:
    """Return the page of a file, and its pictures by the names that the page uses. Raises SourceError."""
    if len(raw) > LARGEST:
        raise SourceError("large")
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise SourceError("document")
    text, notes = prepared(raw)
    html = pandoc.to_html(text, "rtf", "document", "--embed-resources")
    files: dict[str, bytes] = {}

    def name(found: re.Match[str]) -> str:
        files[f"anh-{len(files)}"] = base64.b64decode(found[1])
        return f'src="anh-{len(files) - 1}"'

    html = _PICTURE.sub(name, html)  # a small picture with its data as address would be taken for an icon
    page = document_page.from_html(html)
    page.notes += notes
    return page, files


def prepared(raw: bytes) -> tuple[bytes, list[str]]:
    """Return RTF in Unicode that pandoc reads whole, without what is hidden or was cut, and the notes about that."""
    raw = _LABEL.sub(_label, raw.replace(b"{\\*\\footnote", b"{\\footnote"))
    dropped = {"hidden": "", "cut": ""}
    parts, texts = _split(_IN_LIST.sub(b"", raw), _fonts(raw), dropped)
    legacy_fonts.convert([[text for _, text in texts]])
    for index, text in texts:
        parts[index] = _escaped(text.text)
    hidden, cut = (clean_text(encodings.unicode_text(text)[0]) for text in dropped.values())
    return b"".join(parts), [*document_notes.hidden(hidden), *document_notes.changes("", cut)]


def _label(found: re.Match[bytes]) -> bytes:
    """Return what stands before a paragraph of a list, as text: its number, or a dash for any other sign."""
    text = re.sub(rb"\\'[0-9a-fA-F]{2}|\\[a-zA-Z]+-?\d* ?|[{}]", b"", found[1]).strip()
    return b"{%s }" % (text if re.search(rb"[\d.)]", text) else b"-")


def _fonts(raw: bytes) -> dict[str, str]:
    """Return the names of the fonts by number."""
    table = _FONT_TABLE.search(raw)
    if not table:
        return {}
    depth, end = 0, table.start()
    for found in re.finditer(rb"[{}]", raw[table.start() : table.start() + 200_000]):
        depth += 1 if found[0] == b"{" else -1
        end = table.start() + found.end()
        if not depth:
            break
    found_fonts = _FONT.findall(raw[table.end() : end])
    return {number.decode(): name.decode("latin-1").strip() for number, name in found_fonts}


def _split(
    raw: bytes, fonts: dict[str, str], dropped: dict[str, str]
) -> tuple[list[bytes], list[tuple[int, FontText]]]:
    """Return RTF in pieces, and the texts in fonts of old with the index of the piece that each stands for.

    dropped: gets the texts that are left out, by why.
    """
    parts: list[bytes] = []
    texts: list[tuple[int, FontText]] = []
    stack = [_State()]
    skipped = 0  # letters that are still to be left out
    for count, found in enumerate(_TOKEN.finditer(raw)):
        if count > MOST_TOKENS:
            raise SourceError("large")
        letter, word, number, symbol, brace, plain = found.groups()
        skipped = 0 if brace or (word and word != b"u") else skipped
        if skipped and letter:
            skipped -= 1
            continue
        if skipped and plain:
            plain, skipped = plain[skipped:], max(0, skipped - len(plain))
        _change_state(stack, word, number, symbol, brace)
        state = stack[-1]
        if state.dropped and (letter or plain or word == b"u"):
            code = bytes.fromhex(letter.decode()) if letter else plain
            dropped[state.dropped] += code.decode("latin-1") if code else chr(int(number or 63) % 0x10000)
            skipped = state.fallback if word else skipped
            continue
        if word == b"u" and number is not None:
            skipped = state.fallback
            parts.append(_unit(int(number)))
            continue
        if word == b"uc":  # all codes are written with one letter behind them
            continue
        font = fonts.get(state.font, "")
        if state.is_text and (letter or plain) and legacy_fonts.is_legacy(font):
            text = chr(int(letter, 16)) if letter else plain.decode("latin-1")
            if texts and texts[-1][0] == len(parts) - 1 and texts[-1][1].font == font:
                texts[-1][1].text += text
                continue
            texts.append((len(parts), FontText(text, font)))
        parts.append(plain if plain is not None else found[0])
    return parts, texts


def _change_state(
    stack: list[_State], word: bytes | None, number: bytes | None, symbol: bytes | None, brace: bytes | None
) -> None:
    """Let a control word or brace change what holds in the group."""
    state = stack[-1]
    if brace == b"{":
        stack.append(replace(state))
    elif brace == b"}" and len(stack) > 1:
        stack.pop()
    elif word == b"f" and number is not None:
        state.font = number.decode()
    elif word == b"uc" and number is not None:
        state.fallback = int(number)
    elif word == b"plain":
        state.font = state.dropped = ""
    elif word in _DROPPED and state.is_text:
        state.dropped = "" if number == b"0" else _DROPPED[word]
    elif symbol == b"*" or word in _NO_TEXT:
        state.is_text = False


def _unit(code: int) -> bytes:
    """Return a code unit of UTF-16 in the one form that pandoc reads without losing the letter behind it."""
    return b"\\u%d\\'3f" % code


def _escaped(text: str) -> bytes:
    """Return a text as RTF."""
    written = []
    for letter in text:
        if letter.isascii():
            written.append(f"\\{letter}" if letter in "\\{}" else letter)
        else:
            units = letter.encode("utf-16-le")
            codes = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
            written.extend(_unit(code).decode() for code in codes)
    return "".join(written).encode("ascii")
