"""Marks that readers would see on a page: not written as Markdown wants them, or of other programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from plugins.i18n import translate

from .elements import BLOCKS

_CODE = re.compile(r"<(pre|code|kbd|samp)\b.*?</\1>", re.S)
_TAG = re.compile(r"<[^>]*>")
_LINE_END = re.compile(r"</(?:t[dh]|li|p|div|d[dt]|summary|caption|figcaption|h[1-6])>|<br>")
# Each match of _MARK has one of these. One letter is found in a hundredth of the time that several take, so what has
# several is looked for only in the page of a text that has the letter before it here.
_SIGNS = "*_[]|~`"
_LONG_SIGNS = (
    ("<", "&lt;"),
    ("&", "&lt;"),
    ("=", "=="),
    (":", ":::"),
    ("!", "!!! "),
    *(("{", "{" + end) for end in "{%:"),
)
# `**Lưu ý: **`, `*nghiêng *`, `==tô==`, `[Cổng] (https://…)`, `[^1]` without a note, a line of dashes that makes no
# table, `[[trang]]`, and what other programs have: boxes, shortcodes, attributes. Groups say what to do.
_MARK = re.compile(
    r"(?P<code>^[ ]*(?:~{3,}(?!.*~)|`{3,}))|(?P<tildes>~{3,})"
    r"|(?P<emphasis>(?<![\w*(])\*{2,3}(?=[^\s*)]|\s[^*\n]+\s\*{2,3}(?!\S))|(?<=[^\W\d])\xa0\*(?!\S)"
    r"|(?<![\w*_])(?P<mark>\*|__?)(?=[^\s*_])(?=[^*_\n]*\s(?P=mark)(?![\w*_]))|~~|==(?=[^\s=][^=\n]*==))"
    r"|(?P<link>\] ?\((?=https?:|mailto:|tel:|#[\w-]|[\w.-]*/|[\w-]+\.\w{2,4}\))"
    r"|!?\((?=(?:https?:/|[\w.-]*)/[^()\s]*\)\[[^\]\n]+\]))|(?P<note>\[\^[^\]\s]+\])"
    r"|(?<=[^\W\d])(?P<address>\]\[[^\]\[\n^]+\])"
    r"|(?P<wiki>!?\[\[(?=[^\[\]\n]*[^\W\d][^\[\]\n]*\]\]))"
    r"|(?P<foreign>^(?::{3,}(?=[ ]?[\w{])|!!![ ](?=[a-z]+(?:[ ]\"[^\"\n]*\")?$)|\[![A-Za-z]+\])"
    r"|^\{:(?=[^}\n]*[.#=][^}\n]*\})|\^\[(?=[^\]\n]+\])|\{\{[<%](?=[^\n]*[>%]\}\})|\{%(?=[^\n]*%\})"
    r"|\[[a-z][a-z_-]+(?=[ ][a-z_-]+=[^\]\n]*\]))"
    r"|(?P<table>\|[ ]*:?-{2,}:?[ ]*\|)"
    rf"|(?P<element>^<(?:{'|'.join(sorted(BLOCKS))})(?:\s[^<>\n]*)?>(?=\S|[ ]*$))",
    re.M,
)


def visible_marks(html: str, typed: str) -> tuple[str, Iterable[re.Match[str]]]:
    """Return the text of a page and the marks in it. typed: the text that the page is made of."""
    if not any(sign in html for sign in _SIGNS) and not any(a in typed and sign in html for a, sign in _LONG_SIGNS):
        return "", ()
    text = unescape(_TAG.sub("", _LINE_END.sub("\n", _CODE.sub("", html))))
    return text, _MARK.finditer(text)


def advice(kind: str, mark: str) -> str:
    """Return what to do about a mark that stays as it is typed. kind: the group of its match."""
    if kind == "note":
        return translate("there is no note {mark}; add a line {mark}: …", mark=mark)
    if kind == "address":
        return translate("there is no address {mark}; add a line {mark}: https://…", mark=mark[1:])
    if kind == "code":
        return translate("{mark} stays as it is typed; end the code with a line {mark}", mark=mark)
    if kind == "tildes":
        return translate("{mark} stays as it is typed; to strike words out, write two: ~~words~~", mark=mark)
    if kind == "link":
        return translate("{mark} stays as it is typed; write a link as [words](address), without a space", mark=mark)
    if kind == "wiki":
        return translate(
            "{mark} stays as it is typed; write [words](article.md) or ![what it shows](picture.jpg)", mark=mark
        )
    if kind == "foreign":
        return translate("{mark} is a mark of another program and stays as it is typed; delete it", mark=mark)
    if kind == "element":
        end = f"</{mark[1:].rstrip('>').split()[0]}>"
        return translate("{mark} stays as it is typed; end it with {end}", mark=mark, end=end)
    if kind == "table":
        return translate("these lines make no table; begin it with a line of headings, after an empty line")
    return translate(
        "{mark} stays as it is typed; leave no space between the mark and the word, and an empty line after tags",
        mark=mark,
    )
