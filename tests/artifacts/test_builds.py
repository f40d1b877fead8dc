"""An edit of content or code reaches pages, PDFs, recordings and search in one build; nothing else is made again."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from tests import editors
from tests.artifacts.projects import Project
from tests.search import published

KINDS = ("pdf", "recordings", "pictures", "search", "previews", "assets")
DATES = """
_date = Formats.date
Formats.date = lambda self, day: _date(self, day).replace("/", " tháng ", 1)
"""
MACHINE_DATES = """
_machine_date = machine_date
machine_date = lambda moment: _machine_date(moment).replace("T", " ")
FILTERS |= {"machine_date": machine_date}
"""
LINKS = """
_resolve_links = resolve_links
resolve_links = lambda *given: _resolve_links(*given).replace('/mot-bai/"', '/mot-bai/#tu-bai"')
"""
READER = """
_read = read
def read(*given):
    body, values = _read(*given)
    body.__dict__["html"] = body.html.replace("Đường lên bản", "Đường lên bản Khau Muồi")
    return body, values
"""
ADDRESS = "bai-viet/duong/duong"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that has been built once."""
    project = Project.new(tmp_path_factory.mktemp("built"))
    project.build()
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy of the built project, to be edited."""
    return built.copy(tmp_path)


def reader_outputs(project: Project) -> dict[str, str]:
    """What readers get of one article: its page, its PDF with links, its recording, and the search index."""
    pdf = pypdf.PdfReader(project.output / f"{ADDRESS}.pdf")
    links = [str(note.get_object().get("/A", {}).get("/URI")) for page in pdf.pages for note in page.get("/Annots", [])]
    texts = [" ".join(article) for article in published.articles(project.output / "tim-kiem")]
    return {
        "page": (project.output / "bai-viet/duong/index.html").read_text("utf-8"),
        "pdf": " ".join([*(page.extract_text() for page in pdf.pages), *links]),
        "recording": (project.output / f"{ADDRESS}.vtt").read_text("utf-8"),
        "search": " ".join(texts),
    }


CHANGES = {  # change: file, what is appended to it, and which words are in which output afterwards
    "dates": ("plugins/languages/formats.py", DATES, dict.fromkeys(("page", "pdf", "recording"), "02 tháng 01")),
    "machine dates": (
        "plugins/portal/filters.py", MACHINE_DATES, dict.fromkeys(("page", "search"), "2026-01-02 08:30"),
    ),
    "links": ("plugins/portal/links.py", LINKS, {"page": "/mot-bai/#tu-bai", "pdf": "/mot-bai/#tu-bai"}),
    "reader": (
        "plugins/markdown_reader/__init__.py", READER,
        dict.fromkeys(("page", "pdf", "recording", "search"), "Khau Muồi"),
    ),
}  # fmt: skip


def change_code(project: Project, change: str, *options: str) -> None:
    """Change code, build with some options, and check what has changed."""
    file, text, expected = CHANGES[change]
    before = reader_outputs(project)
    assert not [kind for kind, words in expected.items() if words in before[kind]]
    project.add(file, text)
    project.build(*options)
    after = reader_outputs(project)
    assert [kind for kind, words in expected.items() if words not in after[kind]] == []


@pytest.mark.parametrize("change", CHANGES)
def test_changed_code_reaches_everything_in_one_build(project: Project, change: str) -> None:
    change_code(project, change)


def correct_a_word(project: Project, *options: str) -> None:
    """Correct a word of the theme, build with some options, and check where it appears."""
    catalogue = project.code / "theme/vi.po"
    words = catalogue.read_text("utf-8")
    old = 'msgid "Author"\nmsgstr "Tác giả"'
    assert old in words
    catalogue.write_text(words.replace(old, 'msgid "Author"\nmsgstr "Người viết"'), "utf-8")
    recordings = project.artifact_times("recordings")
    project.build(*options)
    assert "Người viết" in reader_outputs(project)["page"] and "Người viết" in reader_outputs(project)["pdf"]
    assert project.artifact_times("recordings") == recordings


def test_a_corrected_word_reaches_page_and_pdf(project: Project) -> None:
    correct_a_word(project)


def test_a_comment_in_a_package_that_makes_no_artifact_makes_none_again(project: Project) -> None:
    old_artifacts, before = project.artifact_times(*KINDS), editors.file_digests(project.output)
    assert {name.partition("/")[0] for name in old_artifacts} == set(KINDS)
    for file in ("plugins/share/__init__.py", "plugins/portal/filters.py", "plugins/read_aloud/player.css"):
        project.add(file, "\n# a remark\n" if file.endswith(".py") else "\n/* a remark */\n")
    (project.code / "theme/templates/article.html").open("a").write("{# a remark #}")
    project.build()
    new = project.artifact_times(*KINDS).items() - old_artifacts.items()
    assert {name.partition("/")[0] for name, _ in new} == {"assets"}, (
        "the comment in a style is part of the input of the assets, not of their content"
    )
    assert editors.file_digests(project.output) == before


def change_pdf_code(project: Project, *options: str) -> None:
    """Change the code that makes PDFs, build with some options, and check which artifacts are made."""
    old_artifacts = project.artifact_times(*KINDS)
    project.add("plugins/pdf/table_structure.py", "\n# a remark\n")
    project.build(*options)
    new = project.artifact_times(*KINDS).items() - old_artifacts.items()
    assert {name.partition("/")[0] for name, _ in new} == {"pdf"} and len(new) == 3


def test_changed_code_of_one_kind_of_artifact_makes_that_kind_again_and_no_other(project: Project) -> None:
    change_pdf_code(project)


def test_verifying_finds_a_tampered_artifact(project: Project) -> None:
    published = [f"{ADDRESS}.pdf", f"{ADDRESS}.mp3"]
    for name in project.artifact_times("pdf", "recordings"):
        if name.endswith((".pdf", ".mp3")):
            with (project.cache / "artifacts" / name).open("ab") as stream:
                stream.write(b"x")
    for name in published:
        (project.output / name).unlink()
    process = project.build("--verify", code=1)
    assert [name for name in published if name not in process.stderr] == []


def test_a_clean_build_for_comparison_uses_no_cache_and_leaves_nothing(project: Project) -> None:
    old_artifacts = project.artifact_times(*KINDS)
    names = {path.name for path in project.cache.iterdir()}
    result = project.build("--verify")
    assert result.returncode == 0
    assert project.artifact_times(*KINDS) == old_artifacts and {path.name for path in project.cache.iterdir()} == names


def test_the_cache_may_be_deleted_at_any_time(project: Project) -> None:
    before = editors.file_digests(project.output)
    for path in (project.cache / "artifacts/artifacts.sqlite", *(project.cache / "artifacts/pdf").glob("*.pdf")):
        path.unlink()
    for path in project.output.rglob("*.pdf"):
        path.unlink()
    project.build()
    assert editors.file_digests(project.output) == before
    assert pypdf.PdfReader(io.BytesIO((project.output / f"{ADDRESS}.pdf").read_bytes())).pages
