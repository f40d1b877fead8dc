"""What not everybody could read on the old portal is not published here, and each such post is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import editors

from . import archives, export_files
from .export_files import HTML, blogger_entry, older_blogger_entry, wordpress_post


def convert(text: str, name: str, tmp_path: Path, **options: bool) -> dict[str, tuple[str, list[str]]]:
    """Return of each post whether it is published, a draft, or has no article, and the reasons; by its first word."""
    rows = archives.convert(
        editors.write_file(tmp_path / "old", name, text), tmp_path / "content" / "articles", **options
    )
    found: dict[str, tuple[str, list[str]]] = {}
    for key, row in rows.items():
        if key:
            found[row["title"] or key.rsplit("#", 1)[-1]] = (_published(row), row["reasons"])
    return found


def _published(row: dict[str, Any]) -> str:
    if not row["output"]:
        return row["status"]
    text = Path(row["output"]).read_text("utf-8")
    return "published" if "\nstatus: published\n" in text else "draft"


def test_only_public_posts_of_wordpress_are_published(tmp_path: Path) -> None:
    export = export_files.wordpress(
        wordpress_post("Công khai của xã"),
        wordpress_post("Có mật khẩu", password="bimat"),
        *(wordpress_post(f"Trạng thái {status}", status) for status in ("draft", "pending", "future", "private", "")),
        *(wordpress_post(f"Bỏ {status}", status) for status in ("trash", "auto-draft", "inherit")),
        wordpress_post("Trạng thái lạ của plugin", "archived"),
        wordpress_post("Chỉ cho hội viên đọc", fields={"_members_access_role": "editor"}),
        wordpress_post("Không hạn chế ai cả", fields={"_members_access_role": "", "_restrict_content": "0"}),
        wordpress_post("Ẩn một phần bài", html=f"{HTML}[restrict role='a']Chỉ hội viên đọc được dòng này.[/restrict]"),
        wordpress_post("Khối trả phí", html=f"{HTML}<!-- wp:premium-content/container --><p>Trả phí.</p>"),
        wordpress_post("Loại bài riêng của cổng", kind="van_ban"),
        wordpress_post("Mục của trình đơn", kind="nav_menu_item"),
        wordpress_post("Ảnh đính kèm", "inherit", kind="attachment"),
    )
    found = convert(export, "wp.xml", tmp_path)
    assert {title for title, (state, _) in found.items() if state == "published"} == {
        "Công khai của xã",
        "Không hạn chế ai cả",
    }
    drafts = {title: reasons for title, (state, reasons) in found.items() if state == "draft"}
    assert set(drafts) == {
        *(f"Trạng thái {status}" for status in ("draft", "pending", "future")),
        "Loại bài riêng của cổng",
    }
    assert all(any(reason.startswith(("Người đọc:", "Loại:")) for reason in reasons) for reasons in drafts.values()), (
        drafts
    )
    left_out = {title: reasons for title, (state, reasons) in found.items() if state == "left-out"}
    assert len(left_out) == 10 and all(left_out.values())
    assert any("mật khẩu" in reason for reason in left_out["Có mật khẩu"])
    assert "--restricted" in left_out["Có mật khẩu"][-1] and "--restricted" in left_out["Ẩn một phần bài"][-1]
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "content").rglob("*.md*"))
    assert "Chỉ hội viên đọc được dòng này" not in written and "Có mật khẩu" not in written
    assert found["nav_menu_item"][0] == found["attachment"][0] == "not-an-article"


def test_restricted_posts_are_drafts_if_they_are_asked_for(tmp_path: Path) -> None:
    export = export_files.wordpress(
        wordpress_post("Có mật khẩu", password="bimat"),
        wordpress_post("Ẩn một phần bài", html=f"{HTML}[restrict role='a']Chỉ hội viên đọc được dòng này.[/restrict]"),
        wordpress_post("Bỏ trash", "trash"),
    )
    found = convert(export, "wp.xml", tmp_path, restricted=True)
    assert {title: state for title, (state, _) in found.items()} == {
        "Có mật khẩu": "draft",
        "Ẩn một phần bài": "draft",
        "Bỏ trash": "left-out",
    }


@pytest.mark.parametrize(
    ("name", "export"),
    [
        (
            "takeout.atom",
            export_files.blogger(
                blogger_entry("Công khai", "LIVE"),
                blogger_entry("Nháp", "DRAFT"),
                blogger_entry("Hẹn giờ", "SCHEDULED"),
                blogger_entry("Thùng rác", "SOFT_TRASHED"),
                blogger_entry("Lời bình của bạn đọc", "LIVE", "COMMENT"),
            ),
        ),
        (
            "sao-luu.xml",
            export_files.older_blogger(
                older_blogger_entry("Công khai"),
                older_blogger_entry("Nháp", is_draft=True),
                older_blogger_entry("Lời bình của bạn đọc", "comment"),
                older_blogger_entry("Khuôn giao diện", "template"),
            ),
        ),
        (
            "ghost.json",
            export_files.ghost(
                {"title": "Công khai", "status": "published"},
                {"title": "Nháp", "status": "draft"},
                {"title": "Hẹn giờ", "status": "scheduled"},
                {"title": "Gửi riêng qua thư", "status": "sent"},
                {"title": "Cho hội viên", "status": "published", "visibility": "members"},
                {"title": "Cho người trả tiền", "status": "published", "visibility": "paid"},
            ),
        ),
    ],
    ids=["Blogger", "older Blogger", "Ghost"],
)
def test_only_public_posts_of_other_systems_are_published(name: str, export: str, tmp_path: Path) -> None:
    found = convert(export, name, tmp_path)
    assert [title for title, (state, _) in found.items() if state == "published"] == ["Công khai"]
    assert all(state == "published" or reasons for state, reasons in found.values())
    assert "Lời bình của bạn đọc" not in found


def test_a_ghost_export_has_author_category_and_date(tmp_path: Path) -> None:
    source = editors.write_file(
        tmp_path / "old", "ghost.json", export_files.ghost({"title": "Kè suối đã xong", "status": "published"})
    )
    (row,) = (row for key, row in archives.convert(source, tmp_path / "articles").items() if key)
    assert (row["title"], row["author"], row["category"], row["date"]) == (
        "Kè suối đã xong",
        "Thu Hà",
        "Kinh tế",
        "2022-03-04 08:00",
    )


def test_other_json_files_in_a_folder_are_no_exports(tmp_path: Path) -> None:
    editors.write_file(tmp_path / "old", "manifest.json", '{"name": "Cổng", "icons": []}')
    rows = archives.convert(tmp_path / "old", tmp_path / "articles")
    assert rows[""]["exit"] == 0
