"""Every kind of source: Word, exports, feeds, archives, encodings; pictures and documents beside a page."""

from __future__ import annotations

import io
import random
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import pytest

from plugins.convert import account, encodings, fallback, saved_page
from tests import editors, portals

from . import archives, stories, templates

STORY = stories.story(4, 9)
TEXT = templates.text_labelled(STORY, random.Random(1)).raw.decode()
PARAGRAPHS = (
    "Đoạn một của bài viết này dài vừa đủ để là một đoạn văn, có dấu chấm.",
    "Đoạn hai của bài viết này cũng dài vừa đủ để là một đoạn văn, có dấu chấm.",
)


def only_article(source: Path, tmp_path: Path) -> tuple[dict, str]:
    """Return the only row of a source with an article, and that article."""
    rows = archives.convert(source, tmp_path / "content" / "articles")
    (row,) = (row for key, row in rows.items() if key and row["output"])
    return row, Path(row["output"]).read_text("utf-8")


def in_tcvn3(text: str) -> str:
    back = {letter: sign for sign, letter in encodings.TCVN3_LETTERS.items()}
    return "".join(back.get(c) or back.get(c.lower(), c) for c in text)


def in_vni(text: str) -> str:
    alone = {letter: sign for sign, letter in encodings.VNI_LETTERS.items()}
    marks = {unicodedata.normalize("NFC", "a" + mark): sign for sign, mark in encodings.VNI_MARKS.items()}
    encoded = ""
    for letter in text:
        first, *accents = unicodedata.normalize("NFD", letter)
        if letter in alone or not accents or first not in "aeiouyAEIOUY":
            encoded += alone.get(letter, letter)
            continue
        horn = "\u031b" in accents
        base = alone[unicodedata.normalize("NFC", first + "\u031b")] if horn else first
        sign = marks.get(unicodedata.normalize("NFC", "a" + "".join(m for m in accents if m != "\u031b")), "")
        encoded += base + (sign.upper() if first.isupper() else sign)
    return encoded


def in_1258(text: str) -> bytes:
    encoded = b""
    for letter in unicodedata.normalize("NFC", text):
        decomposed = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in decomposed if c in encodings.TONE_MARKS)
        base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in encodings.TONE_MARKS))
        encoded += (base + tone).encode("cp1258", "replace")
    return encoded


ENCODED = {
    "UTF-8 with BOM": TEXT.encode("utf-8-sig"),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16 without BOM": TEXT.encode("utf-16-le"),
    "decomposed": unicodedata.normalize("NFD", TEXT).encode(),
    "windows-1258": in_1258(TEXT),
    "TCVN3": in_tcvn3(TEXT).encode("cp1252", "replace"),
    "TCVN3 in UTF-8": in_tcvn3(TEXT).encode(),
    "VNI": in_vni(TEXT).encode("cp1252", "replace"),
    "VNI in UTF-8": in_vni(TEXT).encode(),
}


def lower(text: str) -> str:
    """Return a text in lower case: TCVN3 has no capital letters with tones."""
    return text.lower()


@pytest.mark.parametrize("name", ENCODED)
def test_legacy_encodings_are_read(name: str, tmp_path: Path) -> None:
    row, text = only_article(editors.write_file(tmp_path / "old", "a.txt", ENCODED[name]), tmp_path)
    assert lower(row["title"]) == lower(STORY.title) and lower(row["lead"]) == lower(STORY.lead)
    assert lower(row["author"]) == lower(STORY.author)
    assert all(lower(part.words) in lower(text.replace("\\", "")) for part in STORY.parts if part.kind == "p")


def test_a_page_with_a_part_in_another_encoding_is_read(tmp_path: Path) -> None:
    html = templates.bootstrap(STORY, random.Random(1)).raw.decode()
    paragraph = next(part.words for part in STORY.parts if part.kind == "p")
    row, text = only_article(
        editors.write_file(tmp_path / "old", "a.html", html.replace(paragraph, in_tcvn3(paragraph)).encode()), tmp_path
    )
    assert row["title"] == STORY.title and paragraph.lower() in text.lower()


def test_word_files_are_read(tmp_path: Path) -> None:
    import pypandoc

    (tmp_path / "anh.png").write_bytes(editors.photo())
    source = (
        f"# {STORY.title}\n\n**{STORY.lead}**\n\n{PARAGRAPHS[0]}\n\n![Người đứng bên "
        f"bảng](anh.png)\n\n{PARAGRAPHS[1]}\n\n| A | B |\n|---|---|\n| một | hai |\n\nTác giả: Thu Hà\n"
    )
    (tmp_path / "old").mkdir()
    subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "markdown", "-o", tmp_path / "old" / "a.docx"],
        input=source.encode(),
        cwd=tmp_path,
        check=True,
    )
    row, text = only_article(tmp_path / "old" / "a.docx", tmp_path)
    assert (row["title"], row["lead"], row["author"]) == (STORY.title, STORY.lead, "Thu Hà")
    assert PARAGRAPHS[0] in text and "| một | hai |" in text
    assert list((tmp_path / "content" / "images").rglob("*.png"))


WXR = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>VS</title>
<wp:author><wp:author_login>thuha</wp:author_login><wp:author_display_name>Thu Hà</wp:author_display_name></wp:author>
<item><title>Bài về mùa màng &amp; chợ</title><link>https://vs.example/1</link><dc:creator>thuha</dc:creator>
<wp:post_date>2020-03-04 05:06:07</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category">Nông nghiệp</category><category domain="post_tag">lúa</category>
<content:encoded><![CDATA[{PARAGRAPHS[0]}

[caption id="x"]<img src="a.jpg" /> Chú thích ảnh[/caption]

{PARAGRAPHS[1]}]]></content:encoded></item>
<item><title>Menu</title><wp:post_type>nav_menu_item</wp:post_type></item></channel></rss>"""


def test_a_wordpress_export_is_read(tmp_path: Path) -> None:
    row, text = only_article(editors.write_file(tmp_path / "old", "wxr.xml", WXR), tmp_path)
    assert (row["title"], row["lead"], row["date"], row["author"], row["captions"], row["category"]) == (
        "Bài về mùa màng & chợ",
        PARAGRAPHS[0],
        "2020-03-04 05:06",
        "Thu Hà",
        ["Chú thích ảnh"],
        "Nông nghiệp",
    )
    assert PARAGRAPHS[1] in text and 'source_url: "https://vs.example/1"' in text and '- "lúa"' in text


def test_an_excerpt_becomes_the_lead_and_the_text_stays_complete(tmp_path: Path) -> None:
    export = WXR.replace("xmlns:wp=", 'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp=').replace(
        "<content:encoded>",
        "<excerpt:encoded>Lời dẫn riêng của bài viết này, viết ngoài thân bài.</excerpt:encoded><content:encoded>",
    )
    row, text = only_article(editors.write_file(tmp_path / "old", "wxr.xml", export), tmp_path)
    assert row["lead"] == "Lời dẫn riêng của bài viết này, viết ngoài thân bài."
    assert PARAGRAPHS[0] in text and PARAGRAPHS[1] in text


def test_feeds_are_read(tmp_path: Path) -> None:
    html = "".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in PARAGRAPHS)
    editors.write_file(
        tmp_path / "old",
        "a.atom",
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Bài Atom về đường sá</title><link '
            'href="https://vs.example/2"/><published>2021-05-06T23:30:00Z</published><author><name>Lê '
            f'Quang</name></author><content type="html">{html}</content></entry></feed>'
        ),
    )
    editors.write_file(
        tmp_path / "old",
        "b.rss",
        (
            "<rss><channel><item><title>Bài RSS về đường sá</title><pubDate>Thu, 06 May 2021 23:30:00 "
            f"GMT</pubDate><description>{html}</description></item></channel></rss>"
        ),
    )
    rows = [row for key, row in archives.convert(tmp_path / "old", tmp_path / "articles").items() if key]
    # in the portal's time zone
    assert [(row["title"], row["date"]) for row in rows] == [
        ("Bài Atom về đường sá", "2021-05-07 06:30"),
        ("Bài RSS về đường sá", "2021-05-07 06:30"),
    ]
    assert rows[0]["author"] == "Lê Quang"


def test_archives_and_folders_are_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("trang/a.html", templates.drupal(stories.story(3), random.Random(3)).raw)
        archive.writestr("trang/images/anh-3-0.jpg", editors.photo())
    rows = archives.convert(
        editors.write_file(tmp_path / "old", "goi.zip", stream.getvalue()), tmp_path / "content" / "articles"
    )
    archive_path = str(tmp_path / "old" / "goi.zip")
    assert rows.keys() == {"", f"{archive_path}/trang/a.html", f"{archive_path}/trang/images/anh-3-0.jpg"}
    assert list((tmp_path / "content" / "images").rglob("anh-3-0-*.png"))


def test_pictures_and_documents_are_copied_along(tmp_path: Path) -> None:
    story = stories.story(3)
    page = templates.drupal(story, random.Random(3)).raw.decode()
    page = page.replace(
        "</p>",
        (
            ' Xem <a href="van-ban.pdf">Kế hoạch (PDF)</a>, <a href="https://a.example/x">trang khác</a>, <a '
            'href="/cu/tin">tin cũ</a>.</p>'
        ),
        6,
    )
    editors.write_file(tmp_path / "old", "a.html", page)
    editors.write_file(tmp_path / "old", "van-ban.pdf", b"%PDF-1.4 x")
    first = archives.convert(tmp_path / "old", tmp_path / "content" / "articles")
    row = first[str(tmp_path / "old" / "a.html")]
    assert any("thiếu 3 ảnh" in reason for reason in row["reasons"])
    for part in story.parts:
        if part.kind == "img":
            editors.write_file(tmp_path / "old", f"images/{part.link}", editors.photo())
    row = archives.convert(tmp_path / "old", tmp_path / "content" / "articles")[str(tmp_path / "old" / "a.html")]
    text = Path(row["output"]).read_text("utf-8")
    assert text.count("![") == 3 and not any("thiếu" in reason for reason in row["reasons"])
    assert (
        "[Kế hoạch (PDF)](../../documents/" in text
        and "[trang khác](https://a.example/x)" in text
        and "tin cũ" in text
        and "/cu/tin" not in text
    )
    result = portals.build(tmp_path / "output", tmp_path / "content")
    assert result.returncode == 0, result.stderr
    assert list((tmp_path / "output" / "documents").rglob("*.pdf"))


def test_trafilatura_is_used_if_the_rules_find_nothing() -> None:
    raw = templates.wordpress(STORY, random.Random(1)).raw
    page = saved_page.read(raw)
    article = fallback.article_of(raw, page)
    assert article is not None and any(
        part.words[:60] in block.text for part in STORY.parts if part.kind == "p" for block in article.body
    )
    assert any("chương trình khác" in note for note in article.review)
    assert account.account_of(page, article).adds_up
