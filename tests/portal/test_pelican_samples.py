"""The Markdown samples of Pelican's own test suite, read and published by the portal.

The portal requires more than Pelican does (a title, a date and a category, in the file itself), so missing ones are
added to a sample. Everything else must have the meaning it has to Pelican, or be rejected in one line.
"""

from __future__ import annotations

import copy
from datetime import datetime
from pathlib import Path

import pelican.tests
import pytest
from pelican.readers import MarkdownReader as StockReader
from pelican.settings import DEFAULT_CONFIG

from plugins.markdown_reader import read
from plugins.problems import ContentError
from tests import editors, front_matter_keys, portals

SAMPLES = Path(pelican.tests.__file__).parent
NEEDED = {"title": "Untitled", "date": "2010-12-02", "category": "misc"}
REFUSED = {  # keys that the portal does not know, or takes for a mistake, and reports
    "TestPages/hidden_page_markdown.md": "status: must be published, draft or withdrawn",
    "content/article_hidden.md": "status: must be published, draft or withdrawn",
    "content/article_skip.md": "status: must be published, draft or withdrawn",
    "TestPages/page_with_category_and_tag_links.md": "{tag}マック, which does not exist",
    "TestPages/page_with_static_links.md": "image0.jpg, which does not exist",
    "content/article_with_markdown_and_footnote.md": "unknown key multiline",
    "content/article_with_markdown_and_summary_metadata_multi.md": "unknown key custom_formatted_field",
    "content/article_with_markdown_and_nonascii_summary.md": "slug: may hold only small letters",
    "content/empty.md": "the file has no header",
    "content/empty_with_bom.md": "the file has no header",
}
NAMES = sorted(p.relative_to(SAMPLES).as_posix() for p in SAMPLES.rglob("*.md") if "output" not in p.parts)


def complete_sample(name: str) -> str:
    """Return a sample with the keys that the portal requires and it lacks."""
    text = (SAMPLES / name).read_text("utf-8-sig")
    header, _, _ = text.partition("\n\n")
    has = {line.partition(":")[0].strip().lower() for line in header.splitlines()}
    required = {"title"} if name.startswith("TestPages") else NEEDED.keys()
    added = [f"{key.title()}: {NEEDED[key]}" for key in sorted(required - has)] if text.strip() else []
    plain = any(line.lower().startswith(f"{key}:") for key in NEEDED for line in header.splitlines())
    return "\n".join([*added, text if plain or not added else f"\n{text}"])


@pytest.fixture(scope="module")
def samples_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with every sample: pages as pages, everything else as articles."""
    folder = tmp_path_factory.mktemp("shelf")
    for name in NAMES:
        editors.write_file(folder, place(name), complete_sample(name))
    return folder


def place(name: str) -> str:
    folder = "pages" if name.startswith("TestPages") else "articles"
    return f"{folder}/{name.replace('#', '-')}"


def test_there_are_enough_samples() -> None:
    assert len(NAMES) > 20 and REFUSED.keys() <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_means_what_it_means_to_pelican_or_is_rejected(
    name: str, samples_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    file, keys = (
        samples_folder / place(name),
        front_matter_keys.PAGE if name.startswith("TestPages") else front_matter_keys.ARTICLE,
    )
    if name in REFUSED:
        with pytest.raises(ContentError) as error:
            read(str(file), str(samples_folder), keys, ["vi", "en"])
        assert any(REFUSED[name] in problem.message for problem in error.value.problems)
        return
    _, portal_metadata = read(str(file), str(samples_folder), keys, ["vi", "en"])
    _, pelican_metadata = StockReader(copy.deepcopy(DEFAULT_CONFIG)).read(str(file))
    assert portal_metadata["title"] == pelican_metadata["title"]
    assert portal_metadata.get("date") == (
        pelican_metadata.get("date") and datetime.fromisoformat(str(pelican_metadata["date"]))
    )
    assert portal_metadata["status"] == pelican_metadata.get("status", "published")
    assert portal_metadata.get("category") == (pelican_metadata.get("category") and pelican_metadata["category"].name)
    # as Pelican's generator does
    pelican_metadata.setdefault("authors", [pelican_metadata["author"]] if "author" in pelican_metadata else [])
    for key in ("tags", "authors"):
        named = pelican_metadata.get(key, [])
        # what is not a list counts as empty
        assert portal_metadata.get(key, []) == ([each.name for each in named] if isinstance(named, list) else [])


def test_accepted_samples_are_published_and_a_rebuild_equals_a_clean_build(
    samples_folder: Path, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    for name in NAMES:
        if name not in REFUSED and "simple_content" not in name:  # that sample is a copy of another
            editors.write_file(content, place(name), complete_sample(name))
    output = tmp_path / "output"
    result = portals.build(output, content, env=editors.ENGLISH)
    assert result.returncode == 0, result.stderr
    titles = {page.h1.get_text() for page in editors.read_pages(output).values()}
    assert {"Test md File", "Test metadata duplicates", "This is a markdown test page"} <= titles
    assert not titles & {"This is a markdown test draft page", "Draft article"}
    before = editors.file_digests(output)
    second = portals.build(output, content, env=editors.ENGLISH)
    assert "0 files made" in second.stdout and editors.file_digests(output) == before
    file = content / place("content/article_draft.md")
    file.write_text(file.read_text().replace("Status: draft", "Status: published"))
    portals.build(output, content, env=editors.ENGLISH)
    portals.build(tmp_path / "clean", content, env=editors.ENGLISH)
    assert editors.file_digests(output) == editors.file_digests(tmp_path / "clean") != before
