"""Nothing that was published becomes 404 without somebody having said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.portal import ended_addresses
from plugins.redirects.answers import with_alias
from tests import editors
from tests.incremental import builds


class Portal:
    """A portal with an article for each way in which an address can end."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.output = folder, folder / "content", folder / "output"
        for name in ("doi-ten", "doi-slug", "xoa", "nhap", "o-lai"):
            editors.write_article(self.content, f"{name}.md", f"Nội dung của bài {name}.", category="Xã hội")
        editors.write_article(self.content, "doi-muc.md", category="Giáo dục")
        assert self.build().status == 0

    def build(self, **options: object) -> builds.Built:
        settings = {"KEEP_ADDRESSES": True} | options
        return builds.build(self.output, self.content, self.folder / "cache", **settings)

    def article(self, name: str) -> Path:
        return self.content / "articles" / "2026" / f"{name}.md"

    def replace(self, name: str, old: str, new: str) -> None:
        file = self.article(name)
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    def page(self, address: str) -> str:
        file = self.output / address / "index.html"
        return file.read_text("utf-8") if file.exists() else ""


def test_each_address_that_ends_is_told_and_kept_by_one_answer(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    portal.article("doi-ten").rename(portal.article("ten-moi"))
    portal.replace("doi-slug", "category:", "slug: slug-moi\ncategory:")
    portal.article("xoa").unlink()
    portal.replace("nhap", "category:", "status: draft\ncategory:")
    portal.replace("doi-muc", "category: Giáo dục", "category: Xã hội")
    portal.replace("o-lai", "Bài viết o-lai", "Tiêu đề mới")
    refused = portal.build()
    assert refused.status == 1
    told = [line.partition(" was published")[0].rpartition(" ")[2] for line in refused.complaints.splitlines()]
    assert sorted(told[:-1]) == [
        "/bai-viet/doi-slug/",
        "/bai-viet/doi-ten/",
        "/bai-viet/xoa/",
        "/chuyen-muc/giao-duc/",
    ]
    assert "ten-moi.md:1: /bai-viet/doi-ten/ was published and would end; /bai-viet/ten-moi/ is" in refused.complaints
    assert "<h1" in portal.page("bai-viet/xoa")
    kept = portal.build(keep=True)
    assert kept.status == 1
    assert "aliases:\n  - /bai-viet/doi-ten/\n---" in portal.article("ten-moi").read_text("utf-8")
    assert (portal.content / "dia-chi-cu.txt").read_text("utf-8") == "/chuyen-muc/giao-duc/ = /chuyen-muc/xa-hoi/\n"
    answered = portal.build(gone=True)
    assert answered.status == 0, answered.complaints
    assert (portal.content / "da-go.txt").read_text("utf-8") == "/bai-viet/xoa/\n"
    for old, new in (("bai-viet/doi-slug", "bai-viet/slug-moi"), ("chuyen-muc/giao-duc", "chuyen-muc/xa-hoi")):
        assert f'url=/{new}/"' in portal.page(old)
    assert portal.build().counts == (0, 0, 0)


def test_force_publishes_without_an_answer_and_asks_no_more(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    portal.article("xoa").unlink()
    assert portal.build(FORCE=True).status == 0
    assert portal.page("bai-viet/xoa") == ""
    assert portal.build().status == 0


def test_an_address_is_kept_while_something_else_is_wrong(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    portal.article("doi-ten").rename(portal.article("ten-moi"))
    portal.replace("o-lai", "Nội dung", "[Xem](doi-ten.md) nội dung")
    assert portal.build(keep=True).status == 1
    assert "- /bai-viet/doi-ten/" in portal.article("ten-moi").read_text("utf-8")
    portal.replace("o-lai", "doi-ten.md", "ten-moi.md")
    assert portal.build().status == 0


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("title: A", "title: A\naliases:\n  - /moi/"),
        ("aliases: [/a/, /b/]", "aliases: [/a/, /b/, /moi/]"),
        ("aliases: []", "aliases: [/moi/]"),
        ("aliases: /a/\ntitle: A", "aliases:\n  - /a/\n  - /moi/\ntitle: A"),
        ("aliases:\n- /a/\ntitle: A", "aliases:\n- /moi/\n- /a/\ntitle: A"),
        ("aliases:\n    - /a/", "aliases:\n    - /moi/\n    - /a/"),
        ("aliases:\ntitle: A", "aliases:\n  - /moi/\ntitle: A"),
    ],
)
def test_an_address_is_added_to_any_list_of_aliases(header: str, expected: str) -> None:
    for end in ("\n", "\r\n"):
        text = f"---\n{header}\n---\n\nNội dung\n---\n".replace("\n", end)
        assert with_alias(text, "/moi/") == f"---\n{expected}\n---\n\nNội dung\n---\n".replace("\n", end)


@pytest.mark.parametrize("text", ["Title: A\n\nNội dung", "---\ntitle: A", "---\naliases: {a: b}\n---\n"])
def test_a_header_that_cannot_be_written_into_is_left_alone(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        with_alias(text, "/moi/")


def test_another_content_folder_has_addresses_of_its_own(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    moved = tmp_path / "other name"
    moved.symlink_to(portal.content)
    for content, is_own in ((portal.content, True), (moved, True), (tmp_path, False)):
        assert ended_addresses.is_of_content(portal.output, str(content)) == is_own
