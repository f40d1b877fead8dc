"""Folders of one template each, as an old portal leaves them: invented stories in marked pages, some of which differ.

See marked_pages.py for the marks. Each template was written before `convert` was run on it.
"""

from __future__ import annotations

from collections.abc import Callable

from .marked_pages import MarkedPage, parse
from .stories import OTHERS, Part, Story, story

PAGES = 12


def _parts(each: Story, paragraph: str, picture: str, heading: str) -> str:
    """Return the text of a story. paragraph, picture and heading: with {} where their words are."""
    return "".join(_part(part, paragraph, picture, heading) for part in each.parts)


def _part(part: Part, paragraph: str, picture: str, heading: str) -> str:
    if part.kind == "img":
        return picture.format(part.link, f"⟦c|{part.words}⟧")
    if part.kind == "table":
        rows = ("".join(f"<td>⟦s|{cell}⟧</td>" for cell in row) for row in part.items)
        return "<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    if part.kind in ("ul", "ol"):
        return "<ul>" + "".join(f"<li>⟦s|{item}⟧</li>" for item in part.items) + "</ul>"
    form = {"h": heading, "quote": "<blockquote><p>{}</p></blockquote>"}.get(part.kind, paragraph)
    return form.format(f"⟦s|{part.words}⟧")


def commune(number: int) -> str:
    """Return a page of a commune's portal: tables, the section as a bare line, no class for the author."""
    each = story(4000 + number, 11)
    author = f"<tr><td align=right><b>⟦a|{each.author}⟧</b></td></tr>" if each.author else ""
    text = _parts(each, "<p>{}</p>", "<p align=center><img src={}><br><i>{}</i></p>", "<p><b>{}</b></p>")
    others = "".join(f"<tr><td>- <a href=/{at}>⟦x|{words}⟧</a></td></tr>" for at, words in enumerate(OTHERS[:3]))
    return (
        "<html><head><title>Trang tin xã Pắc Luông</title></head><body><table class=khung><tr><td class=cot-trai>"
        "<b>⟦x|Ban biên tập trả lời⟧</b><br><a href=/hd>Hỏi đáp</a></td><td class=cot-giua>"
        f"<table class=bai><tr><td class=muc>⟦g|{each.category}⟧</td></tr>"
        f"<tr><td class=ten>⟦t|{each.title}⟧</td></tr>"
        f"<tr><td class=luc>⟦d {each.date:%Y-%m-%d}|{each.date:%d-%m-%Y %H:%M}⟧"
        f" &nbsp; Số lần đọc {each.number}</td></tr>"
        f"<tr><td class=tom>⟦l|{each.lead}⟧</td></tr><tr><td class=chu>{text}</td></tr>{author}</table>"
        f"<div class=duoi><p>⟦x|Gửi ý kiến về bài này⟧</p></div>"
        f"<table class=khac><tr><td>⟦x|Bài đã đăng trong mục⟧</td>"
        f"</tr>{others}</table></td></tr></table><div class=chan>⟦x|Xã Pắc Luông giữ bản quyền⟧</div></body></html>"
    )


def newspaper(number: int) -> str:
    """Return a page of a newspaper of 2015: author above the date, subtitle, a slogan and a poll below the text."""
    each = story(5000 + number, 12)
    author = f"<span class=au>⟦a|{each.author}⟧</span> " if each.author else ""
    picture = "<div class=pic><img src={}><div class=cap>{}</div></div>"
    text = _parts(each, "<div class=par>{}</div>", picture, "<div class=sub>{}</div>")
    return (
        f"<html><head><title>{each.title} - Tin sáng</title></head><body><div class=top><span>⟦x|Tin sáng, đọc nhanh⟧"
        f"</span></div><div class=path><a href=/>Trang nhất</a> <a href=/m>⟦g|{each.category}⟧</a></div>"
        "<div class=story>"
        f"<div class=kick>⟦x|Tin nóng trong ngày⟧</div><div class=hl>⟦t|{each.title}⟧</div><div class=by>{author}"
        f"<span class=tm>⟦d {each.date:%Y-%m-%d}|{each.date:%H:%M %d/%m/%Y}⟧</span></div><div class=sum>⟦l|{each.lead}⟧"
        f"</div>{text}<div class=end>⟦x|Bà con có tin, gửi ngay cho Tin sáng⟧</div><div class=poll>"
        "⟦x|Theo bạn, tin này có ích không⟧<label><input type=radio> ⟦x|Rất có ích⟧</label></div></div>"
        "<div class=foot>⟦x|Tin sáng, báo của mọi nhà⟧</div></body></html>"
    )


FOLDERS: dict[str, Callable[[int], str]] = {"commune": commune, "newspaper": newspaper}


def pages(name: str) -> dict[str, MarkedPage]:
    """Return the pages of a folder, by their numbers."""
    return {f"{name}-{number:02}": parse(FOLDERS[name](number), ".html") for number in range(PAGES)}
