"""Hostile sources: each gives an article, "not an article" or a reason in one line, and nothing outside the target."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.convert import conversion, media
from plugins.convert.errors import message_of
from plugins.convert.report import STATUSES
from plugins.convert.sources import items
from tests import editors, portals

from . import archives, stories, templates

ENDINGS = [
    "txt",
    "html",
    "docx",
    "zip",
    "xml",
    "rss",
    "atom",
    "aspx",
    "dat",
    "json",
    "odt",
    "rtf",
    "mhtml",
    "eml",
    "pdf",
]
GOOD = templates.bootstrap(stories.story(5), random.Random(5)).raw


def outcome(raw: bytes, ending: str, folder: Path) -> list[dict]:
    """Convert a source in this process, and check every promise about the result; return its rows."""
    source = folder / "old" / f"x.{ending}"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(raw)
    unpacked = folder / "unpacked"
    unpacked.mkdir(exist_ok=True)
    plan = conversion.Plan(folder / "articles", folder)
    rows = [conversion.convert(item, plan).row for item in items(str(source), unpacked)]
    for row in rows:
        assert row["status"] in STATUSES
        assert (row["status"] == "error") <= bool(row["reasons"])
        assert message_of("slow") not in row["reasons"]
        assert not any(
            "\n" in reason or "Traceback" in reason or "người làm ra cổng" in reason for reason in row["reasons"]
        ), row["reasons"]
        json.dumps(row, ensure_ascii=False).encode()
    return rows


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(raw=st.binary(max_size=2000), ending=st.sampled_from(ENDINGS))
def test_any_bytes_are_handled(raw: bytes, ending: str, tmp_path: Path) -> None:
    outcome(raw, ending, tmp_path)


MARKUP = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<table>",
        "<td>",
        "</td>",
        "<tr>",
        "<li>",
        "<ul>",
        "<b>",
        "<h1>",
        "</h1>",
        "<a href='javascript:x'>",
        "<a href='http://['>",
        "<img src='//[x'>",
        "<img src='data:image/png;base64,AAAA'>",
        "<time datetime='9999-99-99'>",
        "<!--",
        "]]>",
        "<svg>",
        "<script>",
        "<blockquote>",
        "<pre>",
        "\0",
        "&#x110000;",
        "\ud7ff",
        "Ngày đăng: 31/02/2021",
        "Tác giả:",
        "Nguồn: ",
        " | ",
        "Sáng nay (31/2), ",
        "Một câu văn đủ dài để là một đoạn của bài viết, có dấu chấm ở cuối câu. ",
        "***",
        "[x](y)",
        "![]() |",
        "| --- |",
        "<br>",
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(parts=st.lists(MARKUP | st.text(max_size=30), max_size=60), ending=st.sampled_from(["html", "txt"]))
def test_any_markup_is_handled(parts: list[str], ending: str, tmp_path: Path) -> None:
    outcome("".join(parts).encode("utf-8", "replace"), ending, tmp_path)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_broken_pages_are_handled(data: st.DataObject, tmp_path: Path) -> None:
    """A good page with some of its bytes changed, removed or doubled."""
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw) - 1))
        end = min(len(raw), at + data.draw(st.integers(1, 200)))
        what = data.draw(st.sampled_from(["cut", "double", "noise"]))
        raw[at:end] = (
            b"" if what == "cut" else bytes(raw[at:end]) * 2 if what == "double" else data.draw(st.binary(max_size=20))
        )
        if not raw:
            break
    outcome(bytes(raw), "html", tmp_path)


HUGE = {
    "nested tags": ("html", b"<div>" * 2_000_000),
    "nested inline": ("html", b"<b>" * 3_000_000 + b"x"),
    "nested lists": ("html", b"<ul><li>" * 1_000_000),
    "nested tables": ("html", b"<table><tr><td>" * 600_000),
    "nested quotes": ("html", b"<blockquote>" * 300 + GOOD),
    "open paragraphs": ("html", b"<p>x" * 2_500_000),
    "open scripts": ("html", b"<script>" * 1_200_000),
    "open comments": ("html", b"<!--" * 2_500_000),
    "open tags": ("html", b"<a " * 3_000_000),
    "brackets": ("html", b"<" * 10_000_000),
    "one long word": ("html", b"<p>" + b"a" * 9_000_000),
    "one long text": ("html", b"<h1>T</h1><p>" + "Một câu văn. ".encode() * 600_000),
    "many breaks": ("html", b"<p>" + b"x<br>" * 1_000_000),
    "attributes": ("html", b"<p " + b"a=1 " * 2_500_000 + b">"),
    "entities": ("html", b"&amp;" * 2_000_000),
    "JSON": ("html", b'<script type="application/ld+json">' + b"[" * 150_000 + b"</script><p>x</p>"),
    "lines": ("txt", b"a\n" * 1_900_000),
    "bars": ("txt", b"|" * 3_900_000),
    "pictures": ("txt", b"![](" * 900_000),
    "chrome words": ("txt", ("Chia sẻ " * 60_000).encode()),
    "dates": ("txt", b"1/1/2021 " * 400_000),
    "capitals": ("txt", ("Lê " * 500_000).encode()),
    "deep XML": ("xml", b"<rss><channel><item>" + b"<a>" * 1_000_000),
    "laughs": (
        "xml",
        b'<!DOCTYPE a [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]><rss>&b;</rss>',
    ),
}


@pytest.mark.parametrize("name", HUGE)
def test_large_pages_are_rejected_or_read_in_time(name: str, tmp_path: Path) -> None:
    """A twentieth of each; tests/audit has them in full size."""
    ending, raw = HUGE[name]
    outcome(raw[: len(raw) // 20], ending, tmp_path)


def test_nothing_in_a_page_can_run(tmp_path: Path) -> None:
    evil = GOOD.decode().replace(
        "</h2>",
        """</h2><p onclick="alert(1)">Đoạn văn này có <a href="javascript:alert(1)">liên kết</a>,
        <a href="data:text/html,x">dữ liệu</a>, <a href="file:///etc/passwd">tệp</a>
        &lt;script&gt;alert(1)&lt;/script&gt; <img src="https://spy.example/a.gif" onerror="alert(1)">
        <svg onload=alert(1)></svg><iframe src="https://spy.example"></iframe> và chữ thường.</p><p>---</p>
        <p>{% raw %} {{ x }} {filename}/a.md</p>""",
        1,
    )
    editors.write_file(tmp_path / "old", "a.html", evil.encode())
    rows = archives.convert(tmp_path / "old", tmp_path / "content" / "articles")
    result = portals.build(tmp_path / "output", tmp_path / "content", env=editors.ENGLISH)
    assert result.returncode == 0, result.stderr
    text = Path(rows[str(tmp_path / "old" / "a.html")]["output"]).read_text("utf-8")
    body = text.split("\n---\n", 1)[1]  # an editor is told in `review` what the page showed from elsewhere
    assert "javascript:" not in text and "spy.example" not in body and "file:" not in text and "<script" not in text
    page = next((tmp_path / "output" / "bai-viet").glob("*/index.html")).read_text("utf-8")
    assert (
        "spy.example" not in page
        and "onclick" not in page
        and "alert(1)</script>" not in page.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")
    )


def test_an_archive_writes_nothing_outside(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("../outside.html", "/absolute.html", "C:\\windows.html", "a/../../up.html"):
            archive.writestr(name, GOOD)
        link = zipfile.ZipInfo("link.html")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good/page.html", GOOD)
    source = editors.write_file(tmp_path / "old", "old.zip", stream.getvalue())
    before = set(tmp_path.rglob("*"))
    rows = archives.convert(source, tmp_path / "content" / "articles")
    created = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert all(path.is_relative_to(tmp_path / "content") for path in created)
    statuses = [row["status"] for key, row in rows.items() if key]
    assert statuses.count("error") == 5 and len(statuses) == 6 and rows[""]["exit"] == 1


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.html", b"\0" * 120_000_000)
    rows = archives.convert(editors.write_file(tmp_path / "old", "b.zip", stream.getvalue()), tmp_path / "articles")
    assert [row["status"] for key, row in rows.items() if key] == ["error"]


def test_one_bad_page_does_not_stop_the_rest(tmp_path: Path) -> None:
    editors.write_file(tmp_path / "old", "a.docx", b"PK no")
    editors.write_file(tmp_path / "old", "b.html", GOOD)
    editors.write_file(tmp_path / "old", "c.xml", b"<rss><channel>")
    rows = archives.convert(tmp_path / "old", tmp_path / "articles")
    assert [row["status"] for key, row in sorted(rows.items()) if key] in (
        ["error", "review", "error"],
        ["error", "converted", "error"],
    )


def test_pictures_are_taken_only_from_beside_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr("socket.getaddrinfo", no_network)
    (tmp_path / "secret.png").write_bytes(editors.photo())
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "near.png").write_bytes(editors.photo())
    (folder / "fake.png").write_bytes(b"<script>")
    os.symlink(tmp_path / "secret.png", folder / "link.png")
    for address in (
        "../secret.png",
        str(tmp_path / "secret.png"),
        "file://" + str(tmp_path / "secret.png"),
        "link.png",
        "fake.png",
        "https://a.example/x.png",
        "%2e%2e/secret.png",
        "\0",
    ):
        assert media.find(address, "picture", folder, folder, "", None, False) is None, address
    assert media.find("near.png", "picture", folder, folder, "", None, False).ending == "png"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x.png",
        "http://localhost/x",
        "http://10.0.0.1/",
        "http://[::1]/",
        "ftp://a.example/",
        "http://169.254.169.254/",
    ],
)
def test_fetching_does_not_reach_into_the_local_network(address: str) -> None:
    assert not media.is_public(address)
