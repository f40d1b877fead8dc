# ruff: noqa: E501  # HTML as programs write it, on one line
"""What programs put on the clipboard as HTML for the same text: its marks and classes as they write them.

A story is a list of parts: ("heading", text), ("text", text), ("list", items) with nested lists as tuples, ("numbers", items),
("table", rows), ("caption", text).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

Story = Sequence[tuple[str, Any]]
STORIES: tuple[Story, ...] = (
    [
        ("heading", "Kết quả tháng mười một"),
        ("text", "Toàn tỉnh có 1.250 hộ tham gia, tăng 12% so với cùng kỳ."),
        ("list", ["Gạo nếp cái hoa vàng", "Chè Shan tuyết", ("Loại một", "Loại hai"), "Vải thiều"]),
        ("text", "Chi tiết ở bảng dưới đây; số liệu tính đến ngày 28/11/2026."),
        ("caption", "Bảng 1. Sản lượng theo xã"),
        (
            "table",
            [["Xã", "Sản lượng (tấn)", "Ghi chú"], ["Khau Mười", "1.204,5", "*"], ["Nà Lẹng", "980", "Tăng | giảm"]],
        ),
    ],
    [
        ("text", "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành:"),
        (
            "numbers",
            ["Rà soát hồ sơ <còn thiếu> của người dân", "Trả kết quả trước 17h00", "Báo cáo Chủ tịch & Phó Chủ tịch"],
        ),
        ("heading", "Tổ chức thực hiện"),
        ("text", "Văn phòng theo dõi, đôn đốc [hằng tuần]; có vướng mắc thì gọi 0205 3 812 345."),
    ],
    [
        ("heading", "Lịch tiếp công dân"),
        (
            "table",
            [["Ngày", "Người tiếp"], ["03/12", "Bà Nông Thu Hà"], ["17/12", "Ông Mạc Tiến Lâm"], ["", "Dự bị: ông Lý"]],
        ),
        ("heading", "Giấy tờ mang theo"),
        ("list", ["Căn cước công dân", "Đơn (nếu có)", "2 ảnh 3x4"]),
        ("text", "Người già yếu được tiếp trước."),
        ("numbers", ["Lấy số", "Chờ gọi tên", "Vào phòng số 2"]),
    ],
    [("text", "Một đoạn duy nhất, có dấu * và _ và # ở giữa, giá 5*3*2 đồng."), ("text", "Đoạn hai – có gạch ngang.")],
    [
        ("heading", "1. Mục đích"),
        ("text", "Nâng cao chất lượng phục vụ."),
        ("heading", "2. Yêu cầu"),
        ("list", ["Đúng hạn", ("Không quá 3 ngày", "Có phiếu hẹn"), "Đúng người"]),
        ("list", ["Danh sách sau một danh sách"]),
    ],
    [
        ("caption", "Bảng 2: Kinh phí"),
        (
            "table",
            [
                ["Nội dung", "2025", "2026"],
                ["Đường", "12 tỷ", "15 tỷ"],
                ["Trường", "8 tỷ", "9,5 tỷ"],
                ["Cộng", "20 tỷ", "24,5 tỷ"],
            ],
        ),
        ("text", "Nguồn: Sở Tài chính."),
    ],
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def levels(items: Sequence[Any], level: int = 1) -> Iterator[tuple[int, str]]:
    """Yield the level and the text of each item."""
    for item in items:
        if isinstance(item, tuple):
            yield from levels(item, level + 1)
        else:
            yield level, escaped(item)


def flat(items: Sequence[Any]) -> list[str]:
    """Return the texts of items, those of lists within too."""
    return [text for item in items for text in (flat(item) if isinstance(item, tuple) else [item])]


# --- the programs ---


def word(story: Story) -> str:
    """Word for Windows."""
    parts = [
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta name=Generator content='Microsoft Word 15'><style><!-- p.MsoNormal {margin:0cm;font-family:\"Times New Roman\",serif;} @list l0:level1 {mso-level-number-format:bullet;} --></style></head><body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->"
    ]
    for kind, value in story:
        if kind == "heading":
            parts.append(f"<h2><span lang=VI style='mso-ansi-language:VI'>{escaped(value)}<o:p></o:p></span></h2>")
        elif kind in ("text", "caption"):
            name = "MsoCaption" if kind == "caption" else "MsoNormal"
            parts.append(
                f"<p class={name} style='text-align:justify;text-indent:36.0pt'><span lang=VI>{escaped(value)}<o:p></o:p></span></p>"
            )
        elif kind in ("list", "numbers"):
            count: dict[int, int] = {}
            for level, text in levels(value):
                count[level] = count.get(level, 0) + 1
                mark = f"{count[level]}." if kind == "numbers" else "·" if level == 1 else "o"
                parts.append(
                    f"<p class=MsoListParagraphCxSpMiddle style='margin-left:{18 * level}.0pt;text-indent:-18.0pt;mso-list:l{kind == 'numbers':d} level{level} lfo1'>"
                    f"<![if !supportLists]><span lang=VI style='font-family:Symbol'><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
                    f"<span lang=VI>{text}<o:p></o:p></span></p>"
                )
        else:
            rows = "".join(
                "<tr style='mso-yfti-irow:0'>"
                + "".join(
                    f"<td width=208 valign=top style='border:solid windowtext 1.0pt;padding:0cm 5.4pt'><p class=MsoNormal><span lang=VI>{escaped(cell) or '&nbsp;'}<o:p></o:p></span></p></td>"
                    for cell in row
                )
                + "</tr>"
                for row in value
            )
            parts.append(
                f"<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>{rows}</table>"
            )
    return "\n".join([*parts, "<!--EndFragment--></body></html>"])


def outlook(story: Story) -> str:
    """Outlook: Word's paragraphs, but lists of HTML."""
    html = word([part for part in story if part[0] not in ("list", "numbers")])
    lists = "".join(
        html_list(
            value,
            "ul" if kind == "list" else "ol",
            "<li class=MsoListParagraph style='margin-left:0cm;mso-list:l0 level1 lfo1'><span lang=VI>{}</span>",
        )
        for kind, value in story
        if kind in ("list", "numbers")
    )
    return html.replace("<!--EndFragment-->", f"<div class=WordSection1>{lists}</div><!--EndFragment-->")


def html_list(items: Sequence[Any], tag: str, start: str, within: bool = True, around: str = "") -> str:
    """Return a list. start: of an item, with its text; within: whether a list of an item stands in it."""
    parts: list[str] = []
    for item in items:
        if isinstance(item, tuple):
            inner = html_list(item, tag, start, within, around)
            parts.insert(len(parts) - within, inner)
        else:
            parts += [start.format(escaped(item)), "</li>"]
    return f"<{tag}{around}>{''.join(parts)}</{tag}>"


def generic(story: Story, **tags: str) -> str:
    """Return a story in elements of HTML. tags: forms of heading, text, caption, item, table, row, cell, around."""
    parts = []
    for kind, value in story:
        if kind in ("heading", "text", "caption"):
            parts.append(tags.get(kind, tags["text"]).format(escaped(value)))
        elif kind in ("list", "numbers"):
            parts.append(
                html_list(
                    value, "ul" if kind == "list" else "ol", tags["item"], "docs" not in tags, tags.get("list", "")
                )
            )
        else:
            rows = "".join(
                tags.get("row", "<tr>{}</tr>").format("".join(tags["cell"].format(escaped(cell)) for cell in row))
                for row in value
            )
            parts.append(tags["table"].format(rows))
    return tags.get("around", "{}").format("".join(parts))


def google_docs(story: Story) -> str:
    """Google Docs."""
    span = '<span style="font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;font-weight:400;white-space:pre-wrap;">{}</span>'
    paragraph = f'<p dir="ltr" style="line-height:1.38;margin-top:0pt;margin-bottom:0pt;">{span}</p>'
    return generic(
        story, heading=f'<h2 dir="ltr" style="line-height:1.38;">{span}</h2>', text=paragraph, item=f'<li dir="ltr" style="list-style-type:disc;font-size:11pt;" aria-level="1"><p dir="ltr" role="presentation">{span}</p>',
        table='<div dir="ltr" style="margin-left:0pt;" align="left"><table style="border:none;border-collapse:collapse;"><colgroup><col width="312"/></colgroup><tbody>{}</tbody></table></div><br/>', row='<tr style="height:0pt">{}</tr>',
        cell=f'<td style="border-left:solid #000000 1pt;vertical-align:top;">{paragraph}</td>', docs="1",
        around='<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1a2b3c">{}</b>',
    )  # fmt: skip


def word_online(story: Story) -> str:
    """Word in the browser: a list for each item."""
    run = '<span data-contrast="auto" xml:lang="VI-VN" lang="VI-VN" class="TextRun SCXW1 BCX0"><span class="NormalTextRun SCXW1 BCX0">{}</span></span><span class="EOP SCXW1 BCX0" data-ccp-props="{{}}">&nbsp;</span>'
    parts = []
    for kind, value in story:
        if kind in ("list", "numbers"):
            count: dict[int, int] = {}
            for level, text in levels(value):
                count[level] = count.get(level, 0) + 1
                tag = f'ol role="list" start="{count[level]}"' if kind == "numbers" else 'ul role="list"'
                item = f'<li data-leveltext="·" data-aria-level="{level}" role="listitem" class="OutlineElement Ltr SCXW1 BCX0"><p class="Paragraph SCXW1 BCX0">{run.format(text)}</p></li>'
                parts.append(
                    f'<div class="ListContainerWrapper SCXW1 BCX0"><{tag} class="BulletListStyle1 SCXW1 BCX0">{item}</{tag[:2]}></div>'
                )
        elif kind == "table":
            rows = "".join(
                '<tr class="TableRow SCXW1" role="row">'
                + "".join(
                    f'<td class="FirstRow SCXW1" role="rowheader"><div class="TableCellContent SCXW1"><div class="OutlineElement Ltr SCXW1"><p class="Paragraph SCXW1">{run.format(escaped(cell))}</p></div></div></td>'
                    for cell in row
                )
                + "</tr>"
                for row in value
            )
            parts.append(
                f'<div class="OutlineElement Ltr SCXW1"><div class="TableContainer SCXW1"><table class="Table Ltr SCXW1" border="1"><tbody class="SCXW1">{rows}</tbody></table></div></div>'
            )
        else:
            role = ' role="heading" aria-level="2"' if kind == "heading" else ""
            parts.append(
                f'<div class="OutlineElement Ltr SCXW1 BCX0"><p class="Paragraph SCXW1 BCX0"{role}>{run.format(escaped(value))}</p></div>'
            )
    return "".join(parts)


def libreoffice(story: Story) -> str:
    """LibreOffice Writer."""
    return generic(
        story, heading='<h2 class="western">{}</h2>', text='<p align="justify" style="line-height: 100%; margin-bottom: 0cm"><font face="Liberation Serif, serif">{}</font></p>', item='<li><p style="margin-bottom: 0cm">{}</p>',
        table='<table width="643" cellpadding="4" cellspacing="0"><col width="212"/><col width="212"/>{}</table>', row='<tr valign="top">{}</tr>', cell='<td style="border: 1px solid #000000"><p>{}</p></td>',
        around='<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 24.8 (Linux)"/><style type="text/css">p {{ line-height: 115% }}</style></head><body lang="vi-VN" dir="ltr">{}</body></html>',
    )  # fmt: skip


def portal(story: Story) -> str:
    """A page of a portal, written in its editor from Word long ago."""
    return generic(
        story, heading='<h3><span style="font-size:16px"><strong>{}</strong></span></h3>', text='<p style="text-align:justify"><span style="font-family:Times New Roman,serif"><span style="color:#333">{}</span></span></p>',
        caption='<p style="text-align:center"><em>{}</em></p>', item="<li style=\"text-align:justify\"><span style=\"font-size:14px\">{}</span>", table='<table align="center" border="1" cellpadding="1" style="width:500px"><tbody>{}</tbody></table>', cell="<td><p style=\"text-align:center\">{}</p></td>",
        around='<div class="bodytext" style="box-sizing:border-box">{}</div>',
    )  # fmt: skip


def newspaper(story: Story) -> str:
    """A page of a modern portal: figures, sections, data attributes."""
    return generic(
        story, heading='<h2 class="subtitle" data-block="2">{}</h2>', text='<p class="Normal" data-line="1">{}</p>', item='<li class="item">{}', table='<div class="table-wrap"><table class="tplCaption"><thead></thead><tbody>{}</tbody></table></div>',
        cell="<td>{}</td>", around='<article class="fck_detail"><section>{}</section></article>',
    )  # fmt: skip


def table_only(start: str, cell: str, end: str) -> Callable[[Story], str]:
    """Return a spreadsheet: the tables of a story, and its lines as rows of one cell."""

    def write(story: Story) -> str:
        rows = [
            row
            for kind, value in story
            for row in (
                value
                if kind == "table"
                else [[item] for item in flat(value)]
                if kind in ("list", "numbers")
                else [[value]]
            )
        ]
        widest = max(len(row) for row in rows)
        cells = ([*row, *[""] * (widest - len(row))] for row in rows)
        return (
            start
            + "".join("<tr height=20>" + "".join(cell.format(escaped(text)) for text in row) + "</tr>" for row in cells)
            + end
        )

    return write


def chat(story: Story) -> str:
    """Zalo in the browser: lines of text, with marks that people type."""
    lines = [
        text
        for kind, value in story
        for text in (
            [f"- {text}" for _, text in levels(value)]
            if kind in ("list", "numbers")
            else [" | ".join(map(escaped, row)) for row in value]
            if kind == "table"
            else [escaped(value)]
        )
    ]
    return '<meta charset="utf-8"><div class="text"><span class="text">' + "<br>".join(lines) + "</span></div>"


PROGRAMS: dict[str, Callable[[Story], str]] = {
    "word": word,
    "outlook": outlook,
    "word online": word_online,
    "google docs": google_docs,
    "libreoffice": libreoffice,
    "portal": portal,
    "newspaper": newspaper,
    "chat": chat,
    "excel": table_only(
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta name=ProgId content=Excel.Sheet><style>.xl65 {mso-number-format:\"\\@\";}</style></head><body><table border=0 cellpadding=0 cellspacing=0 width=192 style='border-collapse:collapse'><!--StartFragment--><col width=64 span=3>",
        "<td class=xl65 style='border-left:none'>{}</td>",
        "<!--EndFragment--></table></body></html>",
    ),
    "google sheets": table_only(
        '<google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" dir="ltr" border="1" data-sheets-root="1"><colgroup><col width="100"></colgroup><tbody>',
        '<td style="overflow:hidden;padding:2px 3px;" data-sheets-value="{{&quot;1&quot;:2}}">{}</td>',
        "</tbody></table></google-sheets-html-origin>",
    ),
}
