"""The short title of a long one: what a document is called by its kind and number, "Quyết định 12/2026/QĐ-UBND".

The headline of an official document says all that it decides, in up to three hundred letters. Beside other articles its
kind and number are enough to know it by.
"""

from __future__ import annotations

import re
from html import unescape

LONG = 110  # characters; longer headlines are set smaller, and are shortened beside other articles
_NUMBER = r"\d+(?:/\d{4})?(?:/[A-ZĐ]+(?:-[A-ZĐ\d]+)*|-[A-ZĐ]+/[A-ZĐ]+)"  # 12/2026/QĐ-UBND, 345/BC-SNV, 6-KH/TU
_IN_TITLE = re.compile(rf"([^\W\d][^\d,;:.]{{1,40}}?)\s+số:?\s+({_NUMBER})(?!\w)", re.I)
_TABLE = re.compile(r"<table.*?</table>", re.S)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)
_TAG = re.compile(r"<[^>]*>")


def document_name(title: str, body: str) -> str:
    """Return the kind and number of a document with a long title, "" for anything else.

    The title names both ("Quyết định số 12/2026/QĐ-UBND về …"), or a table of the text has a cell with the number and
    one with the kind, with which the title begins.

    Args:
        title: The headline.
        body: The HTML of the text.
    """
    if len(title) <= LONG:
        return ""
    in_title = _IN_TITLE.match(title)
    if in_title:
        return f"{in_title[1]} {in_title[2]}"
    for table in _TABLE.findall(body):
        cells = [" ".join(unescape(_TAG.sub("", cell)).split()) for cell in _CELL.findall(table)]
        kind = next((cell for cell in cells if cell and title.casefold().startswith(cell.casefold() + " ")), "")
        number = next((found[0] for cell in cells if (found := re.match(_NUMBER, cell))), "")
        if kind and number:
            return f"{kind} {number}"
    return ""
