"""Variants of pictures: small, upright, in true colours, and without personal data."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageCms, ImageFile

from plugins.pictures import Pictures
from plugins.pictures.encoding import inspect, make_variants
from plugins.pictures.variants import WIDTHS, Picture, PictureError
from tests import artifacts, editors

PLACES = (b"Exif", b"GPS", b"SECRETPHONE", b"ICC_PROFILE", b"iCCP", b"xmp", b"XMP", b"Photoshop", b"tEXt")


def variants(folder: Path, data: bytes, name: str = "anh.png") -> dict[str, Image.Image]:
    """Make a picture's variants; return each by `width.ending`."""
    (folder / "cache").mkdir(exist_ok=True)
    source = folder / name
    source.write_bytes(data)
    source_picture = inspect(source)
    picture = Picture(name, "anh", source_picture.digest, source_picture.width, source_picture.height)
    targets = {(w, e): folder / "cache" / picture.variant_name(w, e) for w, e in picture.variants}
    make_variants(source, source_picture.content_digest, targets)
    return {f"{w}.{e}": Image.open(target) for (w, e), target in targets.items()}


def has_colour(image: Image.Image, x: float, y: float, colour: tuple[int, int, int]) -> bool:
    pixel = image.convert("RGB").getpixel((int(image.width * x), int(image.height * y)))
    return all(abs(a - b) < 24 for a, b in zip(pixel, colour, strict=True))


RED, BLUE, WHITE = (200, 0, 0), (0, 0, 200), (255, 255, 255)


@pytest.mark.parametrize("width", [1, 200, 319, 320, 321, 640, 1000, 1280, 1281, 3000])
def test_no_variant_is_wider_than_the_original(width: int) -> None:
    picture = Picture("a.png", "a", "0", width, 100)
    assert max(picture.widths) <= width
    assert max(picture.widths) == min(width, WIDTHS[-1])
    assert picture.widths == sorted(set(picture.widths))


def test_a_picture_is_made_in_every_width_and_format(tmp_path: Path) -> None:
    images = variants(tmp_path, editors.photo(1000, 500))
    assert {name: image.size for name, image in images.items()} == {
        f"{width}.{ending}": (width, width // 2) for width in (320, 640, 960, 1000) for ending in ("avif", "jpg")
    }
    assert {image.format for image in images.values()} == {"AVIF", "JPEG"}


@pytest.mark.parametrize(
    "data",
    [
        editors.photo(),
        editors.photo(ending="jpeg"),
        editors.photo(ending="webp"),
        editors.photo(mode="P", ending="gif"),
        editors.photo(mode="CMYK", ending="jpeg"),
        editors.photo(mode="P"),
        editors.photo(mode="RGBA"),
        editors.photo(ending="avif"),
    ],
    ids=["png", "jpeg", "webp", "gif", "cmyk", "palette", "rgba", "avif"],
)
def test_pictures_of_every_kind_keep_their_colours(tmp_path: Path, data: bytes) -> None:
    for image in variants(tmp_path, data).values():
        assert image.mode == "RGB"
        assert has_colour(image, 0.25, 0.5, RED) and has_colour(image, 0.75, 0.5, BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA"])
def test_pictures_without_colours_stay_without(tmp_path: Path, mode: str) -> None:
    for image in variants(tmp_path, editors.photo(mode=mode)).values():
        red, green, blue = image.convert("RGB").getpixel((20, 20))
        assert max(red, green, blue) - min(red, green, blue) < 8


def test_a_grey_picture_of_sixteen_bits_keeps_its_grey(tmp_path: Path) -> None:
    grey = 40_000 * 255 // 65_535
    for image in variants(tmp_path, editors.deep_photo()).values():
        assert has_colour(image, 0.5, 0.5, (grey, grey, grey))


def test_transparent_pixels_become_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (400, 300), (200, 0, 0, 255))
    image.paste((0, 0, 0, 0), (200, 0, 400, 300))
    for mode in ("RGBA", "P"):
        stream = io.BytesIO()
        image.convert(mode).save(stream, "png")
        for variant in variants(tmp_path, stream.getvalue(), f"{mode}.png").values():
            assert has_colour(variant, 0.25, 0.5, RED) and has_colour(variant, 0.75, 0.5, WHITE)


def test_an_animated_picture_shows_its_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (400, 300), colour) for colour in (RED, BLUE, WHITE)]
    for ending in ("gif", "webp", "png"):
        stream = io.BytesIO()
        frames[0].save(stream, ending, save_all=True, append_images=frames[1:])
        for image in variants(tmp_path, stream.getvalue(), f"a.{ending}").values():
            assert getattr(image, "n_frames", 1) == 1
            assert has_colour(image, 0.5, 0.5, RED)


def test_a_phones_photo_is_upright_and_does_not_say_where_it_was_taken(tmp_path: Path) -> None:
    data = editors.phone_photo()
    assert b"SECRETPHONE" in data
    images = variants(tmp_path, data, "a.jpg")
    assert inspect(tmp_path / "a.jpg").width == 300
    for name, image in images.items():
        assert image.width < image.height, name
        assert has_colour(image, 0.5, 0.25, RED) and has_colour(image, 0.5, 0.75, BLUE)
        assert not image.getexif() and "icc_profile" not in image.info
    for file in (tmp_path / "cache").iterdir():
        assert not [word for word in PLACES if word in file.read_bytes()]


def test_colours_of_another_profile_become_srgb(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    images = variants(tmp_path, editors.photo(icc_profile=lab), "a.png")
    broken = variants(tmp_path, editors.photo(icc_profile=b"no profile"), "b.png")
    for image in (*images.values(), *broken.values()):
        assert has_colour(image, 0.25, 0.5, RED)
        assert "icc_profile" not in image.info


def test_a_very_flat_picture_is_still_a_picture(tmp_path: Path) -> None:
    assert {image.height for image in variants(tmp_path, editors.photo(4000, 1)).values()} == {1}


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        variants(tmp_path / folder, editors.phone_photo(), "x.jpg")
    assert editors.file_digests(tmp_path / "a/cache") == editors.file_digests(tmp_path / "b/cache")
    assert len(editors.file_digests(tmp_path / "a/cache")) == 2


def test_a_changed_picture_gets_another_name(tmp_path: Path) -> None:
    variants(tmp_path, editors.photo())
    variants(tmp_path, editors.photo(401))
    assert len(editors.file_digests(tmp_path / "cache")) == 8


def test_a_picture_that_is_overwritten_while_it_is_read_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    source = tmp_path / "a.png"
    source.write_bytes(editors.photo())
    picture = inspect(source)
    source.write_bytes(editors.photo(401))
    with pytest.raises(PictureError):
        make_variants(source, picture.content_digest, {(320, "jpg"): tmp_path / "a.jpg"})
    assert not (tmp_path / "a.jpg").exists()


@pytest.mark.parametrize("size", [(20_000, 10_000), (9_000, 9_000), (60_000, 60_000)])
def test_a_picture_that_is_too_large_is_rejected_before_it_is_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "a.png").write_bytes(editors.huge_png(*size))
    with pytest.raises(PictureError):
        inspect(tmp_path / "a.png")


@pytest.mark.parametrize("cut", [0.1, 0.4, 0.7, 0.95])
@pytest.mark.parametrize("ending", ["jpeg", "png", "webp", "gif", "avif"])
@pytest.mark.parametrize("lenient", [False, True])
def test_a_truncated_picture_is_rejected_and_leaves_nothing(
    tmp_path: Path, ending: str, cut: float, lenient: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)  # True once WeasyPrint has been imported
    data = editors.photo(ending=ending)
    with pytest.raises(PictureError):
        variants(tmp_path, data[: int(len(data) * cut)])
    assert not editors.file_digests(tmp_path / "cache")


def test_one_bad_picture_does_not_prevent_others(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(editors.photo())
    (tmp_path / "b.png").write_bytes(editors.photo()[:500])
    (tmp_path / "c.png").write_bytes(b"")
    pictures = Pictures(tmp_path, artifacts.open_namespace(tmp_path / "cache", "pictures"), jobs=2)
    problems = list(pictures.prepare(dict.fromkeys(["a.png", "b.png", "c.png"], "bai.md")))
    assert sorted(Path(p.path).name for p in problems) == ["b.png", "c.png"]
    assert {file.name for _, file in pictures.published_files() if file.exists()} == editors.file_digests(
        tmp_path / "cache/pictures"
    ).keys()
    assert len(editors.file_digests(tmp_path / "cache/pictures")) == 4


def test_a_figure_links_to_its_largest_version_if_that_shows_more(tmp_path: Path) -> None:
    for name, width in (("large.png", 1000), ("small.png", 600)):
        Image.new("RGB", (width, 300)).save(tmp_path / name)
    pictures = Pictures(tmp_path, artifacts.open_namespace(tmp_path / "cache", "pictures"))
    assert not list(pictures.prepare(dict.fromkeys(["large.png", "small.png"], "bai.md")))

    def links(html: str, enlarge: str = "Larger") -> list[tuple[str, str | None]]:
        html = html.format(
            large='<img src="{picture}large.png" alt="A">', small='<img src="{picture}small.png" alt="B">'
        )
        page = BeautifulSoup(pictures.insert_pictures(html, enlarge=enlarge), "html.parser")
        assert len(page.select("img")) == html.count("<img")
        return [(link["href"], link.get("title")) for link in page.select("a:has(img)")]

    largest = pictures.by_path["large.png"].variant_name(1000, "jpg")
    assert links("<figure>{large}</figure><figure>\n{small}</figure>") == [(f"/anh/{largest}", "Larger")]
    assert links("<figure>{large}</figure>", enlarge="") == []  # in feeds
    assert links("<p>in a line {large}</p>") == []
    assert links('<p><a href="/x">y</a></p><a href="/z"><figure>{large}</figure></a>') == [("/z", None)]


def test_descriptions_and_names_are_escaped_in_html(tmp_path: Path) -> None:
    name = """x"'><b>&.png"""
    (tmp_path / name).write_bytes(editors.photo())
    pictures = Pictures(tmp_path, artifacts.open_namespace(tmp_path / "cache", "pictures"))
    assert not list(pictures.prepare({name: "bai.md"}))
    html = BeautifulSoup(pictures.html(name, alt='"><script>x</script>'), "html.parser")
    assert {element.name for element in html.find_all(True)} == {"picture", "source", "img"}
    assert html.img["alt"] == '"><script>x</script>'
