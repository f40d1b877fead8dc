"""A kind of content that is outside the project: consultations, each open for some days."""

from __future__ import annotations

from pathlib import Path

from tests import editors

CODE = '''
"""Kind of content: drafts of documents on which readers may comment for some days."""

from datetime import date, datetime, timedelta

from plugins.features import Feature, Grouping, Key, Kind, Status, Value, header_value
from plugins.features.hooks import ARTICLES
from plugins.markdown_reader.header_values import date_time, text


def status(header, today):
    opens, closes = (datetime.fromisoformat(header[key]).date() for key in ("opens", "closes"))
    if today < opens:
        return Status("Not yet open", opens)
    return Status("Open for comment", closes + timedelta(days=1)) if today <= closes else Status("Closed")


class Consultations(Feature):
    kinds = (
        Kind(
            "consultation",
            "Drafts for comment",
            "consultations",
            "gop-y/",
            keys=(
                Key("opens", date_time, required=ARTICLES),
                Key("closes", date_time, required=ARTICLES),
                Key("number", text),
                Key("fields", text, separators=(";",)),
            ),
            template="consultations/page",
            schema="Legislation",
            status=status,
            facts=("opens", "closes", "fields"),
            groupings=(
                Grouping(
                    "field",
                    "Field",
                    "linh-vuc/",
                    lambda story: story.facts.get("fields", ()),
                    feeds=True,
                    facet=True,
                ),
            ),
            rows=True,
        ),
    )
    values = (
        Value(
            "number",
            "Number",
            {"page", "list", "pdf", "feed", "api"},
            compute=header_value("number"),
            kinds=("consultation",),
        ),
    )


feature = Consultations(__file__)
register = feature.register
'''
PAGE = (
    '{% extends "article.html" %}{% block meta %}{{ super() }}<meta name="kind" content="{{ item.kind }}">{% '
    "endblock %}\n"
)
WORDS = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Drafts for comment"
msgstr "Dự thảo lấy ý kiến"

msgid "Field"
msgstr "Lĩnh vực"

msgid "Number"
msgstr "Số hiệu"

msgid "Not yet open"
msgstr "Chưa mở góp ý"

msgid "Open for comment"
msgstr "Đang lấy ý kiến"

msgid "Closed"
msgstr "Đã hết hạn góp ý"
"""


def install(root: Path) -> str:
    """Write the feature into a folder; return the lines of settings that load it."""
    for name, text in (("__init__.py", CODE), ("page.html", PAGE), ("vi.po", WORDS)):
        editors.write_file(root / "consultations", name, text)
    return f"PLUGIN_PATHS = [{str(root)!r}]\nPLUGINS += ['consultations']"


def write(content: Path, slug: str, title: str, opens: str, closes: str, body: str = "Mời góp ý.", **more: str) -> Path:
    """Write a consultation below the content folder."""
    header = {"title": title, "date": opens, "opens": opens, "closes": closes} | more
    lines = [f"{key}: {value}" for key, value in header.items()]
    return editors.write_file(content, f"consultations/{slug}.md", "\n".join(["---", *lines, "---", "", body, ""]))
