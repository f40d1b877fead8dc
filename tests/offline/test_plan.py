"""What the worker keeps ahead, and what a phone needs for its screen."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import environment
from plugins.web_server import media_types
from tests import editors, portals
from tests.incremental import builds

SITE = "https://tinh.example/xa"
NOTICE = "title: Lũ quét\nlevel: khẩn\nfrom: 28/05/2026 06:00\nuntil: 29/05/2026 17:00\nphone: '112'"  # around NOON


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal below a path, with more articles than are kept, a notice in force and one that has ended."""
    folder = tmp_path_factory.mktemp("offline")
    content = editors.write_small_content(folder / "content")
    for day in range(1, 25):
        editors.write_article(content, f"bai-{day}.md", title=f"Bài {day}", date=f"2026-02-{day:02}")
    editors.write_article(content, "sai.md", title="Sai", status="withdrawn", reason='"1/3/2026: Nhầm."')
    editors.write_file(content, "pages/lien-he.md", "---\ntitle: Liên hệ\n---\n\nGọi 112.\n")
    editors.write_file(content, "thong-bao/lu.md", f"---\n{NOTICE}\n---\n\nLên chỗ cao.\n")
    ended = NOTICE.replace("28/05", "20/05").replace("29/05", "21/05")
    editors.write_file(content, "thong-bao/cu.md", f"---\n{ended}\n---\n\nHết.\n")
    editors.write_file(content, "bieu-trung.png", editors.photo(300, 200, mode="RGBA"))
    assert build(folder).status == 0
    return folder


def build(folder: Path, **settings: Any) -> builds.Built:
    values = {"SITEURL": SITE, "FOOTER_PAGES": ["lien-he"], "EMBLEM": "bieu-trung.png"} | settings
    return builds.build(folder / "output", folder / "content", folder / "cache", **values)


def plan(folder: Path, prefix: str = "") -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "output" / f"{prefix}ngoai-tuyen.json").read_text())
    return read


def test_the_newest_articles_are_kept_after_what_helps_in_need(folder: Path) -> None:
    pages = [path for path, _ in plan(folder)["pages"]]
    articles = [f"/xa/bai-viet/bai-{day}/" for day in range(24, 4, -1)]
    assert pages == ["/xa/", "/xa/thong-bao/", "/xa/thong-bao/lu/", "/xa/lien-he/", *articles]
    assert [path for path, _ in plan(folder, "en/")["pages"]] == ["/xa/en/", "/xa/en/bai-viet/an-article/"]
    assert plan(folder)["gone"] == ["/xa/bai-viet/sai/"]
    assert plan(folder)["files"] == [
        f"/xa/{name}" for name in ("emblem-216.png", "emblem-48.png", "ngoai-tuyen.js", "thong-bao.js")
    ]


def test_after_an_edit_only_the_pages_that_show_the_article_are_fetched_again(folder: Path) -> None:
    before = plan(folder)
    editors.write_article(folder / "content", "bai-9.md", title="Bài chín", date="2026-02-09")
    built = build(folder)
    changed = [new[0] for new, old in zip(plan(folder)["pages"], before["pages"], strict=True) if new != old]
    assert changed == ["/xa/", *(f"/xa/bai-viet/bai-{day}/" for day in (10, 9, 8))]  # the neighbours name it
    assert plan(folder)["version"] != before["version"]
    own = {
        name for name in built.reasons if "tuyen" in name or name.startswith(("service", "manifest", "icon", "bai-da"))
    }
    assert own == {"ngoai-tuyen.js", "ngoai-tuyen.json"}
    assert plan(folder)["version"] in (folder / "output/ngoai-tuyen.js").read_text()


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_each_edition_can_stand_on_a_phones_screen(folder: Path, prefix: str) -> None:
    output = folder / "output"
    page = editors.read_page(output / prefix / "index.html")
    address = page.select_one("link[rel=manifest]")["href"]
    assert address == f"/xa/{prefix}manifest.webmanifest"
    manifest = json.loads((output / prefix / "manifest.webmanifest").read_text())
    assert (manifest["start_url"], manifest["scope"], manifest["lang"]) == (f"/xa/{prefix}",) * 2 + (
        prefix[:2] or "vi",
    )
    assert media_types.media_type_of(address).startswith("application/manifest+json")
    assert manifest["icons"]
    for icon in manifest["icons"]:
        data = (output / icon["src"].removeprefix("/xa/")).read_bytes()
        assert data[:4] == b"\x89PNG" and icon["sizes"] == "{0}x{0}".format(int.from_bytes(data[16:20], "big"))


@pytest.mark.parametrize(
    ("line", "is_dear"),
    [
        ("{saveData: true, effectiveType: '4g'}", True),
        ("{effectiveType: '2g'}", True),
        ("{effectiveType: 'slow-2g'}", True),
        ("{saveData: false, effectiveType: '3g'}", False),
        ("undefined", False),
    ],
)
def test_on_a_dear_line_nothing_is_kept_ahead(line: str, is_dear: bool) -> None:
    code = (portals.ROOT / "plugins/offline/worker/ahead.js").read_text()
    browser = f"Object.defineProperty(globalThis, 'navigator', {{value: {{connection: {line}}}}})"
    script = f"{browser};\n{code};\nconsole.log(isDear())"
    done = subprocess.run([environment.node(), "-e", script], capture_output=True, text=True, check=True)
    assert done.stdout == f"{str(is_dear).lower()}\n"


def test_a_preview_keeps_nothing(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    assert builds.build(tmp_path / "output", content, tmp_path / "cache", SITEURL="").status == 0
    assert (tmp_path / "output/ngoai-tuyen.js").read_bytes() == b""
    kept = {path.name for path in (tmp_path / "output").iterdir()}
    assert not kept & {"service-worker.js", "ngoai-tuyen.json", "manifest.webmanifest", "bai-da-luu"}
    assert "manifest" not in (tmp_path / "output/index.html").read_text()
