"""What a feature shows about an article is declared once, and appears where the declaration says."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import jsonschema
import pytest

from tests import editors, portals
from tests.search import published

CORRECTIONS = """
from plugins.features import Feature, Key, Value, header_value
from plugins.markdown_reader.header_values import text

feature = Feature(
    __file__,
    keys=(Key("remarks", text, separators=("\\n",)),),
    values=(
        Value(
            "remarks",
            "Corrections",
            {"page", "feed", "pdf", "api", "search", "voice"},
            compute=header_value("remarks"),
        ),
    ),
)
register = feature.register
"""
READING_TIME = """
import re

from plugins.features import Feature, Value

def minutes(header, body):
    return str(max(1, round(len(re.sub("<[^>]*>", " ", body).split()) / 200)))

def with_unit(minutes, lang):
    return minutes + (" phút" if lang == "vi" else " min")

feature = Feature(
    __file__,
    values=(Value("reading_time", "Reading time", {"page", "list"}, compute=minutes, text=with_unit),),
)
register = feature.register
"""
WORDS = r"""msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\n"

msgid "Corrections"
msgstr "Đính chính"

msgid "Reading time"
msgstr "Đọc trong"
"""
MISTAKE = "Bản trước viết nhầm <b>tên</b> xã."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal with two features outside the project, named by two lines of PLUGINS."""
    root = tmp_path_factory.mktemp("values")
    content = editors.write_small_content(root / "content")
    editors.write_article(
        content,
        "sua.md",
        title="Đã sửa",
        date="2026-01-05",
        remarks=f"\n  - {MISTAKE}\n  - Số liệu là của năm 2025.",
        body="chữ " * 450,
    )
    for name, code in (("remarks", CORRECTIONS), ("reading_time", READING_TIME)):
        editors.write_file(root / "elsewhere" / name, "__init__.py", code)
        editors.write_file(root / "elsewhere" / name, "vi.po", WORDS)
    settings = f"PLUGIN_PATHS = [{str(root / 'elsewhere')!r}]\nPLUGINS += ['remarks', 'reading_time']"
    result = portals.build(root / "output", content, settings=settings, pdf=True, audio=True)
    assert (result.returncode, result.stderr) == (0, "")
    return root / "output"


def rail(site: Path, address: str) -> dict[str, list[str]]:
    groups = editors.read_page(site / address / "index.html").select(".rail dl > div")
    return {group.dt.get_text(): [text.get_text() for text in group.select("dd")] for group in groups}


def test_a_value_appears_beside_date_and_author(site: Path) -> None:
    shown = rail(site, "bai-viet/sua")
    assert list(shown)[-2:] == ["Đính chính", "Đọc trong"]
    assert shown["Đính chính"] == [MISTAKE, "Số liệu là của năm 2025."] and shown["Đọc trong"] == ["2 phút"]
    assert "Đính chính" not in rail(site, "bai-viet/mot-bai") and rail(site, "bai-viet/mot-bai")["Đọc trong"] == [
        "1 phút"
    ]
    assert rail(site, "en/bai-viet/an-article")["Reading time"] == ["1 min"]


def test_a_value_appears_in_lists_if_it_is_declared_for_them(site: Path) -> None:
    lines = [line.get_text().strip() for line in editors.read_page(site / "tin-moi/index.html").select(".meta")]
    assert any(line.endswith(" · 2 phút") for line in lines) and not any("nhầm" in line for line in lines)


def test_feeds_end_with_a_value(site: Path) -> None:
    for ending in ("atom", "rss"):
        entry = feedparser.parse(site / f"tin-moi/feed.{ending}").entries[0]
        assert (
            "Đính chính: Bản trước viết nhầm &lt;b&gt;tên&lt;/b&gt; xã." in entry.summary
            and "phút" not in entry.summary
        )
    item = json.loads((site / "tin-moi/feed.json").read_text())["items"][0]
    assert item["content_text"].endswith(f"Đính chính: {MISTAKE}\n\nĐính chính: Số liệu là của năm 2025.")


def test_the_web_service_and_its_schema_know_a_value(site: Path) -> None:
    response = json.loads((site / "api/v1/articles/sua.json").read_text())
    assert response["remarks"] == [MISTAKE, "Số liệu là của năm 2025."] and "reading_time" not in response
    schema = json.loads((site / "api/v1/schema/article.json").read_text())
    jsonschema.validate(response, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(response | {"remarks": 7}, schema)


def test_the_pdf_has_a_value_under_its_headline(site: Path) -> None:
    from pypdf import PdfReader

    text = " ".join(PdfReader(site / "bai-viet/sua/sua.pdf").pages[0].extract_text().split())
    assert f"Đính chính {MISTAKE} Số liệu là của năm 2025." in text  # several texts are a list


def test_a_value_is_found_and_read_aloud(site: Path) -> None:
    texts = {article[1]: article[5] for article in published.articles(site / "tim-kiem")}
    assert texts["/bai-viet/sua/"].endswith(f"Đính chính: {MISTAKE} Đính chính: Số liệu là của năm 2025.")
    assert "phút" not in texts["/bai-viet/sua/"]
    cues = (site / "bai-viet/sua/sua.vtt").read_text("utf-8").split("\n")
    assert cues[-2:] != [] and "Số liệu là của năm 2025." in cues


def test_a_key_of_a_missing_feature_is_reported(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "sua.md", title="Đã sửa", remarks="x")
    result = portals.build(tmp_path / "output", content)
    assert result.returncode == 1 and "remarks" in result.stderr and "sua.md:6" in result.stderr
