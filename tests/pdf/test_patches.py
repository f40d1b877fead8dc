"""The patches of WeasyPrint and pydyf change no byte of a PDF, are all in use, and replace or call no missing name."""

from __future__ import annotations

import functools
import io
import os
import pickle
import shutil
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest

from plugins.patching import SWITCH, Library, PatchError
from plugins.pdf.render import PdfJob, prepare, render_to_bytes
from tests import editors, portals

# in a process of its own, where no speed patch was ever installed
SLOW = """
import pickle, sys
from pathlib import Path
from plugins.pdf import render, weasyprint_patches
job = pickle.load(sys.stdin.buffer)
render.prepare(Path(job.target).parent)
assert [replaced.name for replaced in weasyprint_patches.WEASYPRINT.replaced] == ["_build_box_tree", "_in_flow_layout"]
assert not weasyprint_patches.PYDYF.replaced
sys.stdout.buffer.write(render.render_to_bytes(job)[0])
"""
TEXT = (
    "Ủy ban nhân dân tỉnh <b>đã họp</b>, bàn về <i>đường, trường, trạm</i> và "
    "<a href='https://vi.example/'>nhiều việc khác</a> ở vùng cao. "
)
ROWS = "<tr><td>Nậm Lẻng</td><td>12</td></tr>" * 40
STYLE = ".both { text-align: justify; margin-inline: 1em; hyphens: manual }"
MASTHEAD = (
    '<p class="masthead" style="background: none" data-portal="Cổng" data-headline="Bài" data-word="Trang"'
    ' data-where="x">Cổng</p>'
)
HTML = f"""<html lang="vi"><head><title>Bài</title><style>{STYLE}</style></head>
<body>{MASTHEAD}<h1>Bài</h1>
<article class="body"><p>{TEXT * 20}</p><p class="both">{TEXT * 9}</p>
<ul><li>{TEXT}<ol><li>{TEXT * 3}</li></ol></li></ul>
<section class="scroll"><table>
<thead><tr><th scope="col">Xã</th><th scope="col">Số</th></tr></thead><tbody>{ROWS}</tbody>
</table></section>
<blockquote><p>{TEXT * 2}</p></blockquote><pre tabindex="0">a\tb\n  c</pre><p dir="rtl">{TEXT}</p>
</article></body></html>"""


WORDS = (
    "Ngày 25/11/2026, UBND tỉnh – cùng Sở Xây dựng – họp về dự án (giai đoạn 2): 1.250 tỷ đồng, tăng 12,5 %, "
    "xe chạy 60 km/h; ông Giàng A Tính: “Phải xong trước 30/4”, chứ không “để đó”… "
    "Xem https://vi.example/van-ban/2026/quyet-dinh-1250?trang=2 hay gọi 0213.3876.543. "
    "Nậm Lẻng-Pa Tần, Pu Sam\u00a0Cáp, V/v cấp đất, A.B.C, anh/chị, <b>đậm</b><i>nghiêng</i>liền nhau, "
    "và một từdàikhôngcóchỗngắtnàođểxemdòngrasao rồi hết! Được không? Được. "
)
WIDE = "".join(f'<p style="width: {width}px">{WORDS}</p>' for width in range(60, 640, 17))
CELLS = "".join(
    f"<td>{word}</td>" for word in ["Xã", "số", "12", "–", "1.250", "km/h", "(a)", "Lẻng-Tần", "từdàikhôngngắt"]
)
TABLES = "".join(
    f'<section class="scroll" style="width: {width}px"><table><tbody><tr>{CELLS}</tr></tbody></table></section>'
    for width in (150, 300, 450, 600)
)
LINES = HTML.partition("<article")[0] + f'<article class="body">{WIDE}{TABLES}</article></body></html>'


def job_for(html: str, folder: Path) -> PdfJob:
    return PdfJob(html, {}, "https://vi.example/", "bai.md", "Chữ", datetime(2026, 1, 1), str(folder / "x.{size}.pdf"))


@pytest.mark.parametrize("html", [HTML, LINES], ids=["kinds of text", "lines of any width"])
def test_a_document_is_the_same_to_the_byte_without_the_speed_patches(tmp_path: Path, html: str) -> None:
    job = job_for(html, tmp_path)
    prepare(tmp_path)
    patched, _ = render_to_bytes(job)
    environment = {**os.environ, "PYTHONPATH": str(portals.ROOT), SWITCH: "0"}
    result = subprocess.run(
        [sys.executable, "-c", SLOW],
        input=pickle.dumps(job),
        cwd=portals.ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    with pikepdf.open(io.BytesIO(patched)) as pdf:
        assert len(pdf.pages) >= 3 and pdf.check_pdf_syntax() == []
    assert result.stdout == patched


def test_a_portal_is_the_same_to_the_byte_without_the_speed_patches(tmp_path: Path) -> None:
    compare_without_patches(tmp_path, editors.write_small_content(tmp_path / "content"))


def compare_without_patches(tmp_path: Path, content: Path) -> None:
    """Build with the patches and without, together with some real articles that have no picture."""
    real = [
        path
        for path in sorted((portals.ROOT / "content/articles").rglob("*.md"))
        if "](" not in path.read_text("utf-8")
    ]
    for path in real[:6]:
        shutil.copy(path, content / "articles/2026")
    results = {}
    for speed in "01":
        output = tmp_path / speed / "output"
        output.parent.mkdir()
        settings = f"CACHE_PATH = {str(output.with_name('cache'))!r}"
        result = portals.build(output, content, pdf=True, settings=settings, env={SWITCH: speed})
        assert result.returncode == 0, result.stderr
        results[speed] = editors.file_digests(output)
    assert sum(name.endswith(".pdf") for name in results["1"]) >= 5
    assert results["0"] == results["1"]


def test_each_patch_is_called_when_a_document_is_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path)
    from plugins.pdf.weasyprint_patches import PYDYF, WEASYPRINT

    replaced = [(library, *each[:2]) for library in (WEASYPRINT, PYDYF) for each in library.replaced]
    called: Counter[str] = Counter()

    def count(owner: object, name: str, label: str) -> None:
        was = getattr(owner, name)

        @functools.wraps(was)
        def counted(*arguments: object, **named: object) -> object:
            called[label] += 1
            return was(*arguments, **named)

        monkeypatch.setattr(owner, name, counted)

    labels = set()
    for library, owner, name in replaced:
        label = f"{library.distribution} {owner.__name__}.{name}"
        labels.add(label)
        attribute = getattr(owner, name)
        count(*((owner, name) if callable(attribute) else (attribute, "new")), label)
    assert len(labels) == len(replaced) > 15
    render_to_bytes(job_for(HTML, tmp_path))
    assert labels - called.keys() == set()


def required_names() -> list[tuple[object, str]]:
    """Return owner and name of everything that the patches replace or call."""
    required = []
    require = Library.require

    def record(library: Library, owner: object, name: str, *parameters: str) -> object:
        required.append((owner, name))
        return require(library, owner, name, *parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Library, "require", record)
        from plugins.pdf import weasyprint_patches

        weasyprint_patches.install(speed=True)
    return required


@pytest.mark.parametrize(
    "name", ["setup", "draw_first_line", "avoid_collisions", "_build_box_tree", "_to_bytes", "_ua_stylesheets"]
)
def test_a_missing_name_is_reported_when_a_worker_starts(tmp_path: Path, name: str) -> None:
    """Without this check a new version would silently be slower or wrong."""
    owner = next(owner for owner, required in required_names() if required == name)
    lines = [
        "from pathlib import Path",
        "from plugins.pdf import render",
        f"import {getattr(owner, '__module__', owner.__name__)} as module",
        f"delattr({'module' if not hasattr(owner, '__module__') else f'module.{owner.__name__}'}, {name!r})",
        f"render.prepare(Path({str(tmp_path)!r}))",
    ]
    environment = {**os.environ, "PYTHONPATH": str(portals.ROOT), **editors.ENGLISH}
    result = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], cwd=portals.ROOT, env=environment, text=True, capture_output=True
    )
    assert (
        result.returncode and "PatchError" in result.stderr.splitlines()[-1] and name in result.stderr.splitlines()[-1]
    )


def test_another_html_style_sheet_is_reported() -> None:
    from plugins.pdf.weasyprint_patches import stylesheet

    original = stylesheet.FILE.read_text(encoding="utf-8")
    assert "footnote" not in stylesheet.trim(original).partition("@page")[0]
    for other in (
        original.replace("::footnote", "*::footnote").replace("::note", "*::note"),
        original.replace("::marker {", "::marker{"),
    ):
        with pytest.raises(PatchError, match=r"html5_ua\.css"):
            stylesheet.trim(other)
