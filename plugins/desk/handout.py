"""An article as one HTML file that shows itself: for whoever signs it, without the desk and without the portal."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

# What is no part of the text, or does nothing in a file alone
_LEFT_OUT = "script, form, button, nav, audio, video, iframe, object, .acts, .end, .tools, link[rel=icon]"
_FONT = re.compile(r"@font-face\s*\{[^}]*\}")
# Nothing is fetched and nothing runs, also where the file is opened from a disk
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'"
_OWN_STYLE = """
.handout{margin:0 auto;max-width:46rem;padding:.75rem 1rem;font:1rem/1.5 system-ui,sans-serif}
.handout p{margin:.25rem 0}.handout label,.handout legend{display:block;font-weight:600;margin:.75rem 0 .25rem}
.handout input:not([type=radio]),.handout textarea{box-sizing:border-box;width:100%;min-height:44px;padding:.5rem}
.handout input,.handout textarea,.handout button{font:inherit}
.handout .choice{font-weight:400;min-height:44px;padding:.5rem 0}.handout input[type=radio]{width:1.25em;height:1.25em}
.handout button{min-height:44px;margin-top:1rem;padding:.5rem 1.25rem;font:inherit;font-weight:700}
.handout fieldset{border:0;margin:0;padding:0}.handout.first{border-bottom:3px solid}.handout.last{border-top:3px solid}
"""


def self_contained(page: str, file_at: Callable[[str], Path | None], first: str, last: str = "") -> str:
    """Return the text of a page as a file that needs no other.

    Args:
        page: HTML of the portal.
        file_at: Returns the file at an address of the portal.
        first: HTML that stands before the text: what this is.
        last: HTML that stands below it.
    """
    soup = BeautifulSoup(page, "lxml")
    styles = [_style(link, file_at) for link in soup.select("link[rel=stylesheet]")]
    main = soup.find("main") or soup
    for part in main.select(_LEFT_OUT):
        part.decompose()
    for source in main.find_all("source"):
        source.unwrap()  # the parser puts the picture that follows into it
    for picture in main.find_all("img"):
        _embed(picture, file_at)
    for link in main.find_all("a", href=True):
        if not urlsplit(str(link["href"])).scheme and not str(link["href"]).startswith("#"):
            del link["href"]
    title = soup.title.get_text() if soup.title else ""
    lang = escape(str(soup.html.get("lang", "vi"))) if soup.html else "vi"
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title>\n{''.join(styles)}<style>{_OWN_STYLE}</style></head>\n"
        f'<body><div class="handout first">{first}</div>\n{main}\n{last}</body>\n</html>\n'
    )


def _style(link: Tag, file_at: Callable[[str], Path | None]) -> str:
    """Return the style sheet that a page links to as part of the page."""
    file = file_at(str(link.get("href", "")))
    if file is None:
        return ""
    text = _FONT.sub("", file.read_text(encoding="utf-8")).replace("</", "<\\/")
    media = f' media="{escape(str(link["media"]))}"' if link.get("media") else ""
    return f"<style{media}>{text}</style>\n"


def _embed(picture: Tag, file_at: Callable[[str], Path | None]) -> None:
    """Put a picture into the page itself; one that is not there stays as its description."""
    file = file_at(str(picture.get("src", "")))
    for name in ("srcset", "sizes", "loading", "src"):
        del picture[name]
    if file is not None:
        kind = mimetypes.guess_type(file.name)[0] or "image/jpeg"
        picture["src"] = f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def finder(site: Path, base: str) -> Callable[[str], Path | None]:
    """Return a function that finds the file at an address of a site. base: the path of the portal."""

    def file_at(address: str) -> Path | None:
        path = unquote(urlsplit(address).path)
        file = (site / path.removeprefix(base).lstrip("/")).resolve()
        return file if file.is_relative_to(site.resolve()) and file.is_file() else None

    return file_at
