"""An editor's mistake never publishes a draft, empties the portal or attributes an article to somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown_reader import header_parser
from plugins.portal.name_spellings import canonical, slugs
from plugins.problems import ContentError
from tests import editors, portals


def page(output: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((output / address / "index.html").read_text(encoding="utf-8"), "html.parser")


# --- headers ------------------------------------------------------------------------------------


def test_a_plain_header_may_be_continued_and_its_draft_stays_a_draft() -> None:
    document = header_parser.split_document("Title: Một\nSummary: dòng một\n    dòng hai\nStatus: draft\n\nBí mật\n")
    assert document.fields["summary"].value == "dòng một dòng hai"
    assert document.fields["status"].value == "draft"
    assert document.body.strip() == "Bí mật"


@pytest.mark.parametrize("text", ["Title: Một\nbí mật\nStatus: draft\n\nx", "Title: Một\nTitle: Hai\n\nx"])
def test_an_ambiguous_plain_header_is_rejected(text: str) -> None:
    with pytest.raises(ContentError):
        header_parser.split_document(text)


def test_text_lost_after_a_hash_in_a_list_is_reported() -> None:
    with pytest.raises(ContentError):
        header_parser.split_document("---\ntitle: a\ntags:\n  - Nghị quyết #12\n---\nx")


def test_a_draft_with_a_broken_header_does_not_stop_the_build(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, "articles/2026/nhap.md", "---\ntitle: a: b\nstatus: draft\n---\nx")
    result = portals.build(tmp_path / "output", content, env=editors.ENGLISH)
    assert result.returncode == 0
    assert "nhap.md:2: warning:" in result.stderr


# --- the portal ---------------------------------------------------------------------------------


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A portal of thirty articles."""
    content = editors.write_small_content(tmp_path / "content")
    for number in range(30):
        editors.write_article(content, f"bai-{number}.md", title=f"Bài {number}")
    assert portals.build(tmp_path / "output", content).returncode == 0
    return tmp_path / "output"


def test_a_folder_without_articles_does_not_empty_the_portal(published: Path, tmp_path: Path) -> None:
    before = editors.file_digests(published)
    (tmp_path / "other" / "articles").mkdir(parents=True)
    for wrong in (tmp_path / "other", tmp_path / "content" / "articles"):
        result = portals.build(published, wrong, env=editors.ENGLISH)
        assert result.returncode == 1
        assert len(result.stderr.splitlines()) <= 2
        assert editors.file_digests(published) == before


def test_most_of_a_portal_is_removed_only_on_request(published: Path, tmp_path: Path) -> None:
    for number in range(2, 30):
        (tmp_path / "content" / "articles" / "2026" / f"bai-{number}.md").unlink()
    refused = portals.build(published, tmp_path / "content", env=editors.ENGLISH)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert (published / "bai-viet" / "bai-7" / "index.html").exists()
    forced = portals.build(published, tmp_path / "content", settings="FORCE = True")
    assert forced.returncode == 0
    assert not (published / "bai-viet" / "bai-7").exists()


@pytest.mark.parametrize("name", ["trang.html", "ma.js", "hinh.svg", "kieu.css"])
def test_a_page_or_script_cannot_be_published_as_a_document(tmp_path: Path, name: str) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, f"documents/{name}", "<script>alert(1)</script>")
    editors.write_article(content, "bai.md", f"[tải](../../documents/{name})")
    assert portals.build(tmp_path / "output", content).returncode == 1


def test_a_document_with_an_unusual_name_can_be_downloaded(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, "documents/Mẫu #1 (sửa).pdf", "x")
    editors.write_article(content, "bai-1.md", "[tải](<../../documents/Mẫu %231 (sửa).pdf>)", slug="bai-1")
    result = portals.build(tmp_path / "output", content)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "output" / "documents" / "Mẫu #1 (sửa).pdf").exists()
    link = page(tmp_path / "output", "bai-viet/bai-1").select_one(".body a")
    assert link["href"] == "/documents/M%E1%BA%ABu%20%231%20%28s%E1%BB%ADa%29.pdf"


def test_a_link_to_a_missing_address_is_reported(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "bai.md", "[có](/tin-moi/) [không](/bai-viet/khong-co/)")
    result = portals.build(tmp_path / "output", content, env=editors.ENGLISH)
    assert result.returncode == 0
    warnings = [line for line in result.stderr.splitlines() if "no such page" in line]
    assert len(warnings) == 1 and "bai.md:8: warning: the link leads to /bai-viet/khong-co/" in warnings[0]


# --- names --------------------------------------------------------------------------------------


def test_two_people_whose_names_differ_in_marks_have_two_pages(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "a.md", date="2026-01-01", authors="Lê Dũng", title="Bài của Dũng")
    editors.write_article(content, "b.md", date="2026-01-02", authors="Lê Dung", title="Bài của Dung")
    assert portals.build(tmp_path / "output", content).returncode == 0
    pages = {p.name: p for p in (tmp_path / "output" / "tac-gia").iterdir() if p.name.startswith("le-dung")}
    assert len(pages) == 2
    first = page(tmp_path / "output", "tac-gia/le-dung")
    assert "Lê Dũng" in first.h1.text and "Bài của Dung" not in first.main.text
    other = next(name for name in pages if name != "le-dung")
    assert page(tmp_path / "output", "bai-viet/b").select_one(f'a[href="/tac-gia/{other}/"]').text == "Lê Dung"


@pytest.mark.parametrize("spelling", ["nông nghiệp", "NÔNG NGHIỆP", "nong-nghiep", " Nông  nghiệp "])
def test_a_spelling_does_not_rename_a_section(tmp_path: Path, spelling: str) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "a.md", category=spelling)
    result = portals.build(tmp_path / "output", content)
    assert result.returncode == 0 and not result.stderr
    assert page(tmp_path / "output", "chuyen-muc/nong-nghiep").h1.text == "Nông nghiệp"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hoá", "hóa"),
        ("Văn hoá – Du lịch", "văn hóa - du lịch"),
        ("thuỷ", "thủy"),
        ("hoè", "hòe"),
        ("kĩ thuật", "Kỹ thuật"),
        ("bác sĩ", "bác sỹ"),
        ("quý III", "quí III"),
        ("Lý luận", "Lí luận"),
        ("tỷ phú", "tỉ phú"),  # decomposed
        ("Mỹ – Hy Lạp", "Mĩ - Hi Lạp"),
    ],
)
def test_spellings_of_one_name_are_one(a: str, b: str) -> None:
    assert canonical(a) == canonical(b)
    assert len(set(slugs([a, b]).values())) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("bò", "bơ"),
        ("Dũng", "Dung"),
        ("hoa", "hoá"),
        ("đa", "da"),
        ("tay", "tai"),
        ("Hạ Vy", "Hạ Vi"),
        ("thuý", "thúi"),
    ],
)
def test_different_names_stay_different(a: str, b: str) -> None:
    assert canonical(a) != canonical(b)


def test_a_topic_in_two_right_spellings_is_one_topic_with_the_address_of_the_first(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    both = {"tags": "[kĩ thuật, hoà bình, kỹ thuật, hòa bình]", "authors": "Lí Mỹ; Lý Mĩ"}
    editors.write_article(content, "a.md", title="Bài cũ", date="2026-01-01", tags="[kỹ thuật]")
    editors.write_article(content, "b.md", title="Bài mới", date="2026-01-02", **both)
    result = portals.build(tmp_path / "output", content, env=editors.ENGLISH)
    assert result.returncode == 0
    topics = {path.name for path in (tmp_path / "output/chu-de").iterdir() if (path / "feed.atom").exists()}
    assert topics == {"ky-thuat", "hoa-binh"}
    listed = page(tmp_path / "output", "chu-de/ky-thuat").main.text
    assert "Bài cũ" in listed and "Bài mới" in listed
    links = [link["href"] for link in page(tmp_path / "output", "bai-viet/b").select('a[href^="/chu-de/"]')]
    assert links == ["/chu-de/ky-thuat/", "/chu-de/hoa-binh/"]
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "output/tac-gia").glob("l*/index.html")]
    assert len([text for text in pages if "http-equiv" not in text]) == 1  # others lead on to it
    told = [line.partition("warning: ")[2] for line in result.stderr.splitlines()]
    assert "tags: kĩ thuật is taken for kỹ thuật; write it one way" in told
    line = (content / "articles/2026/b.md").read_text("utf-8").split("\n").index(f"tags: {both['tags']}") + 1
    assert f"b.md:{line}: warning: tags: kĩ thuật" in result.stderr
    assert len(told) == 3


@given(st.lists(st.text("aàáạăâbđdoòóơ -", min_size=1, max_size=5).filter(lambda t: t.strip(" -")), unique=True))
def test_two_names_never_share_an_address(names: list[str]) -> None:
    slugs_by_name = slugs(names)
    by_address: dict[str, set[str]] = {}
    for name, slug in slugs_by_name.items():
        by_address.setdefault(slug, set()).add(canonical(name))
    assert all(len(forms) == 1 for forms in by_address.values())
