"""Which PDFs a build renders, reuses and removes; the same bytes wherever and however they are rendered."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from environment import system
from tests import editors, portals
from tests.incremental.portal_edits import tiny_portal
from tests.pdf import builds, torture
from tests.pdf.builds import Portal


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a portal in it."""
    folder = tmp_path_factory.mktemp("built")
    portal = Portal(folder, builds.content(folder / "content", pictures=3))
    portal.build()
    assert len(portal.pdfs()) == 5
    return folder


@pytest.fixture
def portal(built: Path, tmp_path: Path) -> Portal:
    """A copy of that portal."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return Portal(tmp_path, tmp_path / "content")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_only_what_has_changed_is_rendered(portal: Portal) -> None:
    articles = portal.content / "articles/2026"
    assert portal.new() == 0
    edit(articles / "bai-1.md", "Nội dung bài 1", "Nội dung mới")
    assert portal.new() == 1
    edit(articles / "bai-1.md", "Nội dung mới.", "Nội dung mới. <!-- cho nhau -->")  # the attached source changes
    assert portal.new() == 1
    editors.write_file(portal.content, "images/anh-2.jpg", torture.photo(99, 400, 300))
    assert portal.new() == 1
    shutil.rmtree(portal.output.with_name("output.state"))
    assert portal.new() == 0, "the cache outlives the state"


def test_an_edited_print_style_renders_all(portal: Portal) -> None:
    style = portals.ROOT / "plugins/pdf/pdf.css"
    text = style.read_bytes()
    copy = portal.output.with_name("project")
    ignored = shutil.ignore_patterns(
        ".git", ".venv", ".cache", "output", "output.*", "tests", "node_modules", "content", "docs"
    )
    shutil.copytree(portals.ROOT, copy, ignore=ignored)
    (copy / ".venv").symlink_to(portals.ROOT / ".venv")
    (copy / "plugins/pdf/pdf.css").write_bytes(text + b"\np { color: #111 }\n")
    before = portal.rendered()
    config = copy / "conf.py"
    config.write_text(
        f"from publishconf import *\nCACHE_PATH = {str(portal.cache)!r}\nBOUNDARY_MAP = {{}}  # content/ stays here\n"
    )
    script = (
        "from plugins.portal import command; import sys; "
        "sys.exit(command.build('conf.py', PATH=sys.argv[1], OUTPUT_PATH=sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-c", script, str(portal.content), str(portal.output)], cwd=copy, check=True)
    assert len(portal.rendered().keys() - before.keys()) == len(before)


def test_no_orphan_remains_and_no_dead_link(portal: Portal) -> None:
    articles = portal.content / "articles/2026"
    (articles / "bai-1.md").unlink()
    (articles / "bai-2.md").rename(articles / "bai-hai.md")
    edit(articles / "bai-3.md", "title:", "pdf: false\ntitle:")
    assert portal.new() == 1
    names = set(portal.pdfs())
    assert not {name for name in names if re.search("bai-[123]", name)} and "bai-viet/bai-hai/bai-hai.pdf" in names
    assert "PDF (" not in (portal.output / "bai-viet/bai-3/index.html").read_text()
    assert portal.new() == 0
    for address, page in editors.read_pages(portal.output).items():
        for link in page.select("a[href$='.pdf']"):
            assert link["href"].lstrip("/") in names, address


def test_without_pdfs_there_is_no_button_and_they_return_without_being_rendered(portal: Portal) -> None:
    before = portal.pdfs()
    assert portal.new("PDF_EXPORT = False") == 0
    assert portal.pdfs() == {}
    assert not any(page.select("a[type='application/pdf']") for page in editors.read_pages(portal.output).values())
    assert portal.new() == 0
    assert portal.pdfs() == before


def test_the_command_has_an_option_for_pdfs(portal: Portal, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "tasks.py",
        "build",
        "--no-pdf",
        "--content",
        str(portal.content),
        "--output",
        str(tmp_path / "other"),
    ]
    assert subprocess.run(command, cwd=portals.ROOT, capture_output=True).returncode == 0
    assert not list((tmp_path / "other").rglob("*.pdf"))


def test_the_same_bytes_in_another_folder_with_another_seed_and_number_of_workers(
    portal: Portal, tmp_path: Path
) -> None:
    other = tmp_path / "a quite/other place"
    shutil.copytree(portal.content, other / "content")
    second = Portal(other, other / "content")
    assert second.new("JOBS = 2", {"PYTHONHASHSEED": "7", "TZ": "America/New_York", "LC_ALL": "C"}) == 5
    assert second.pdfs() == portal.pdfs()


def test_a_failure_costs_one_pdf_and_one_line(portal: Portal) -> None:
    content = portal.content
    rows = "\n".join(f"| {n} | {n} | {n} |" for n in range(12000))
    editors.write_article(content, "bang-lon.md", f"| a | b | c |\n|---|---|---|\n{rows}\n", title="Bảng lớn")
    editors.write_article(content, "chu-la.md", "Chữ 中 và 😀.", title="Chữ lạ")
    settings = (
        "PDF_EXPORT_SECONDS = 5"  # the others take less on a busy machine too, the long table more on any machine
    )
    printed = portal.build(settings)
    strange = "chu-la.md:8: warning: the PDF shows □ in place of"
    assert sorted(re.sub(r"^.*/", "", line) for line in printed.splitlines()) == [
        "bang-lon.md: warning: has no PDF: it takes more than 5 seconds; divide the article or its tables",
        f'{strange} letters (Han): “Chữ 中 và 😀.”; the administrator can add "zh" to scripts in [pdf] of portal.toml',
        f"{strange} 😀, which its typefaces lack: “Chữ 中 và 😀.”; write it in words",
    ]
    assert len(portal.pdfs()) == 6 and "bai-viet/chu-la/chu-la.pdf" in portal.pdfs()
    page = editors.read_page(portal.output / "bai-viet/bang-lon/index.html")
    assert not page.select("a[type='application/pdf']") and page.select("button[data-action=print]")
    assert portal.build(settings) == printed, "reported again, not rendered again"
    edit(content / "articles/2026/bang-lon.md", rows, "| 1 | 2 | 3 |")
    told = portal.build(settings).splitlines()
    assert not [line for line in told if "bang-lon" in line and "without a note" not in line]
    assert len(portal.pdfs()) == 7


def test_fontconfigs_cache_has_a_folder_before_workers_use_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from plugins.pdf import render; render._use_fonts(Path(sys.argv[1]), ())"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], cwd=portals.ROOT, check=True)
    assert (tmp_path / "fontconfig").is_dir(), "two processes that create it at once complain"


def test_without_pango_the_portal_is_built_and_one_line_says_how_pdfs_come(tmp_path: Path) -> None:
    def hide_pango() -> None:
        system.has_library = lambda linux, mac, windows: False

    portal = tiny_portal(tmp_path)
    built = portal.build(prepare=hide_pango, PDF_EXPORT=True)
    assert built.status == 0
    assert not list((tmp_path / "output").rglob("*.pdf"))
    (line,) = (line for line in built.complaints.splitlines() if "PDF" in line)
    assert re.match(r"PDF: warning: new PDFs cannot be made on this machine: .*Pango", line)
