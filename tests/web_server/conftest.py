"""A small portal with old and withdrawn addresses, for each web server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import editors, portals

LONG = "/web/guest/tin?p_p_id=" + "x" * 1970
LONG_IN_VIETNAMESE = "/tin/" + "đường-dài-" * 190
ALIASES = {
    "spellings": [
        "/tin/xem?ten=bản-tin",
        "/x/12.html?id=3",
        "/Tin/Bản-Tin.html",
        "/cu/%EA-legacy",
        "/Default.aspx?id=12&x=$1",
        "/a//b/",
        "//tin//cu/",
        "/tin/it's;$uri{}.html",
        "/hai...ba.html",
        "/tie%CC%82%CC%81ng",
        "/ds?loai=tin tức&ngay=1/2".replace(" ", "%20"),
        LONG,
        LONG_IN_VIETNAMESE,
    ],
    "capitals": ["/Bai-viet/capitals/", "/TIM-KIEM/", "/Thong-ke.json", "/Chuyen-muc/Xa-hoi/"],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web-server")
    content = editors.write_small_content(folder / "content")
    for slug, aliases in ALIASES.items():
        listed = "".join(f'\n  - "{address}"' for address in aliases)
        editors.write_article(content, f"{slug}.md", title=slug.capitalize(), slug=slug, aliases=listed)
    editors.write_article(content, "trang.md", title="Trang", slug="trang")
    withdrawn = {"status": "withdrawn", "reason": '"1/3/2026: Nhầm số liệu."'}
    editors.write_article(content, "sai.md", title="Sai", slug="sai", aliases="[/cu/sai.html]", **withdrawn)
    editors.write_file(content, "da-go.txt", "# đã gỡ\n/bai-viet/da-go/ # tin sai\n/tin/xem?ten=cũ\n")
    result = portals.build(folder / "output", content, settings='PRECOMPRESSED = ["gz"]')
    assert (result.returncode, result.stderr) == (0, "")
    return folder / "output"
