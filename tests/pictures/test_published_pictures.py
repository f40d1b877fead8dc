"""The pictures of a finished site."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from tests import artifacts, editors, portals


def srcset_widths(srcset: str) -> dict[str, int]:
    """Return the addresses of a srcset and the widths that it declares."""
    return {unquote(part.split()[0]).lstrip("/"): int(part.split()[1].removesuffix("w")) for part in srcset.split(", ")}


def test_every_offered_file_exists_in_the_declared_width(site: Path) -> None:
    sizes: dict[str, tuple[int, int]] = {}
    offered = 0
    for address, page in editors.read_pages(site).items():
        for element in page.select("[srcset]"):
            for name, width in srcset_widths(element["srcset"]).items():
                offered += 1
                if name not in sizes:
                    with Image.open(site / name) as image:
                        sizes[name] = image.size
                assert sizes[name][0] == width, (address, name)
    assert offered > 100


def test_the_size_of_a_picture_is_known_before_it_is_loaded(site: Path) -> None:
    count = 0
    for address, page in editors.read_pages(site).items():
        for image in page.select("picture img"):
            width, height = int(image["width"]), int(image["height"])
            source = image.find_previous_sibling("source")
            for name in [*srcset_widths(source["srcset"]), unquote(image["src"]).lstrip("/")]:
                with Image.open(site / name) as variant:
                    assert abs(variant.height - variant.width * height / width) <= 1, (address, name)
            count += 1
    assert count > 50


def test_a_published_picture_has_no_personal_data(site: Path) -> None:
    for file in (site / "anh").iterdir():
        with Image.open(file) as image:
            assert not image.getexif(), file
            assert not {"icc_profile", "comment", "xmp"} & set(image.info), file


def test_no_original_is_published(site: Path) -> None:
    published = {path.stat().st_size: path for path in site.rglob("*") if path.is_file()}
    for original in (portals.ROOT / "content/images").iterdir():
        twin = published.get(original.stat().st_size)
        assert not twin or twin.read_bytes() != original.read_bytes()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Content with one phone photo and one article that shows it."""
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, "images/chợ phiên.jpg", editors.phone_photo())
    editors.write_article(content, "cho-phien.md", '![Người bán mận ở chợ](<../../images/chợ phiên.jpg> "Chợ phiên")')
    return content


def build(root: Path, content: Path, output: str = "output") -> None:
    result = portals.build(
        root / output, content, settings=f"CACHE_PATH = {str(root / 'cache')!r}", env=editors.ENGLISH
    )
    assert result.returncode == 0, result.stderr


def test_a_second_build_makes_no_picture_again(tmp_path: Path, small: Path) -> None:
    build(tmp_path, small)
    before = artifacts.artifact_times(tmp_path / "cache", "pictures")
    build(tmp_path, small, "another")
    assert before
    assert artifacts.artifact_times(tmp_path / "cache", "pictures") == before


def test_a_photo_with_spaces_and_marks_in_its_name_is_shown(tmp_path: Path, small: Path) -> None:
    build(tmp_path, small)
    page = editors.read_page(tmp_path / "output/bai-viet/cho-phien/index.html")
    image = page.select_one(".body figure picture img")
    assert (image["width"], image["height"], image["alt"]) == ("300", "400", "Người bán mận ở chợ")
    assert page.figcaption.get_text() == "Chợ phiên"
    for element in page.select("[srcset]"):
        assert not [part for part in element["srcset"].split(", ") if len(part.split()) != 2]
        for name in srcset_widths(element["srcset"]):
            assert (tmp_path / "output" / name).is_file()
